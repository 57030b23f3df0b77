//! Products: the catalogue.

use records::{
    field::{Field, Kind},
    object::{Labels, Object},
    value::Value,
};

pub fn object() -> Object {
    let labels = (
        Labels::all("Product", "Produkt", "Produit", "Produs"),
        Labels::all("Products", "Produkty", "Produits", "Produse"),
    );
    let active = Field {
        default: Some(Value::Int(1)),
        ..Field::new("active", Kind::YesNo).called("Active", "Aktywny", "Actif", "Activ")
    };
    let fields = vec![
        Field::new("code", Kind::Text).called("Code", "Kod", "Code", "Cod").required().unique().searched(),
        Field::new("name", Kind::Text).called("Name", "Nazwa", "Nom", "Denumire").required().searched(),
        Field::new("category", Kind::Text).called("Category", "Kategoria", "Catégorie", "Categorie"),
        Field::new("subcategory", Kind::Text).called("Subcategory", "Podkategoria", "Sous-catégorie", "Subcategorie"),
        Field::new("unit", Kind::Text).called("Unit", "Jednostka", "Unité", "Unitate"),
        Field::new("price", Kind::Money).called("Price", "Cena", "Prix", "Preț"),
        active,
    ];
    Object::standard(5, "products", "product", labels, fields).titled(&["code", "name"])
}
