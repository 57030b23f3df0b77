//! Orders and their lines.
//!
//! An order's total is a field of its own: orders come from shops and ledgers that know better than the sum of the
//! lines that were brought along.

use records::{
    field::{Field, Kind},
    object::{Labels, Object},
};

pub fn object() -> Object {
    let labels = (
        Labels::all("Order", "Zamówienie", "Commande", "Comandă"),
        Labels::all("Orders", "Zamówienia", "Commandes", "Comenzi"),
    );
    Object::standard(6, "orders", "sales_order", labels, order_fields()).titled(&["number"])
}

fn order_fields() -> Vec<Field> {
    vec![
        Field::new("number", Kind::Text).called("Number", "Numer", "Numéro", "Număr").required().unique().searched(),
        Field::new("contact", Kind::Relation)
            .called("Contact", "Kontakt", "Contact", "Contact")
            .to("contacts", Some("orders"))
            .on_timeline(),
        Field::new("company", Kind::Relation)
            .called("Company", "Firma", "Entreprise", "Companie")
            .to("companies", Some("orders"))
            .on_timeline(),
        Field::new("placed_at", Kind::Instant).called("Placed", "Złożono", "Passée le", "Plasată la"),
        Field::new("shipped_at", Kind::Instant).called("Shipped", "Wysłano", "Expédiée le", "Expediată la"),
        Field::new("status", Kind::Choice)
            .called("Status", "Status", "Statut", "Stare")
            .default_choice("placed")
            .choices(&[
                ("draft", "Draft", "Szkic", "Brouillon", "Ciornă"),
                ("placed", "Placed", "Złożone", "Passée", "Plasată"),
                ("confirmed", "Confirmed", "Potwierdzone", "Confirmée", "Confirmată"),
                ("shipped", "Shipped", "Wysłane", "Expédiée", "Expediată"),
                ("delivered", "Delivered", "Dostarczone", "Livrée", "Livrată"),
                ("cancelled", "Cancelled", "Anulowane", "Annulée", "Anulată"),
                ("returned", "Returned", "Zwrócone", "Retournée", "Returnată"),
            ]),
        Field::new("currency", Kind::Currency).called("Currency", "Waluta", "Devise", "Monedă"),
        Field::new("total", Kind::Money).called("Total", "Razem", "Total", "Total"),
        Field::new("ship_city", Kind::Text).called(
            "Ship to city",
            "Miasto dostawy",
            "Ville de livraison",
            "Oraș livrare",
        ),
        Field::new("ship_region", Kind::Text).called(
            "Ship to region",
            "Region dostawy",
            "Région de livraison",
            "Județ livrare",
        ),
        Field::new("ship_country", Kind::Country).called(
            "Ship to country",
            "Kraj dostawy",
            "Pays de livraison",
            "Țară livrare",
        ),
    ]
}

/// The lines of orders.
pub fn lines() -> Object {
    let labels = (
        Labels::all("Order line", "Pozycja zamówienia", "Ligne de commande", "Linie de comandă"),
        Labels::all("Order lines", "Pozycje zamówień", "Lignes de commande", "Linii de comandă"),
    );
    let share = Field::new("discount", Kind::Decimal).called(
        "Discount (share of the price)",
        "Rabat (część ceny)",
        "Remise (part du prix)",
        "Reducere (parte din preț)",
    );
    let fields = vec![
        Field::new("order", Kind::Relation)
            .called("Order", "Zamówienie", "Commande", "Comandă")
            .to("orders", Some("lines"))
            .stored_in("sales_order")
            .required(),
        Field::new("product", Kind::Relation)
            .called("Product", "Produkt", "Produit", "Produs")
            .to("products", Some("order_lines")),
        Field::new("quantity", Kind::Decimal).called("Quantity", "Ilość", "Quantité", "Cantitate").scaled(3),
        Field::new("unit_price", Kind::Money).called("Unit price", "Cena jednostkowa", "Prix unitaire", "Preț unitar"),
        Field { min: Some(0), max: Some(10_000), ..share },
        Field::new("total", Kind::Money).called("Total", "Razem", "Total", "Total"),
    ];
    Object::standard(7, "order_lines", "order_line", labels, fields)
}
