//! Random changes of orders and companies, several at a time: the figures are those of a calculation from nothing.
//!
//! `RAPPORT_LONG=1` throws 100,000 of them.

use super::{company, oracle::agrees, with_figures};
use serde_json::{Value, json};
use testing::{Client, on_both};

/// How many changes are made before the figures are looked at.
const ROUND: usize = 60;
/// How many orders a caller makes, before they go on with those that there are.
const MOST_ORDERS: usize = 40;
/// How many callers make them side by side.
const CALLERS: usize = 4;

fn rounds() -> usize {
    if std::env::var_os("RAPPORT_LONG").is_some() { 100_000 / ROUND } else { 8 }
}

/// Numbers that are the same in each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(limit).unwrap()).unwrap()
    }

    fn one<'a>(&mut self, of: &'a [String]) -> Option<&'a String> {
        if of.is_empty() { None } else { of.get(self.below(of.len())) }
    }
}

on_both!(after_any_changes_the_figures_are_those_of_a_new_calculation, |app| {
    let ada = with_figures(&app).await;
    let mut companies = Vec::new();
    for n in 0..5 {
        companies.push(company(&ada, &format!("Firma {n}")).await);
    }
    let mut callers: Vec<(Chance, Vec<String>)> =
        (0..CALLERS).map(|n| (Chance(u64::try_from(n).unwrap()), Vec::new())).collect();
    for round in 0..rounds() {
        let work = callers.iter_mut().enumerate().map(async |(n, (chance, orders))| {
            for step in 0..ROUND / CALLERS {
                change(&ada, &companies, chance, orders, &format!("{n}-{round}-{step}")).await;
            }
        });
        futures_util::future::join_all(work).await;
        agrees(&ada, &format!("round {round}")).await;
    }
});

/// One random change. It may be refused where others were faster; that is no change then.
async fn change(ada: &Client, companies: &[String], chance: &mut Chance, orders: &mut Vec<String>, number: &str) {
    let firm = companies[chance.below(companies.len())].clone();
    let path = |id: &String| format!("/records/orders/{id}");
    let own = chance.one(orders).cloned();
    let roll = if orders.len() < MOST_ORDERS { chance.below(10) } else { 4 + chance.below(6) };
    let reply = match (roll, own) {
        (0..=3, _) | (_, None) => {
            let made = ada.post("/records/orders", &draft(&firm, chance, number)).await;
            if made.status == 201 {
                orders.push(made.made());
            }
            made
        }
        (4, Some(own)) => ada.patch(&path(&own), &json!({"company": firm})).await,
        (5, Some(own)) => {
            let status = ["placed", "cancelled", "shipped"][chance.below(3)];
            ada.patch(&path(&own), &json!({"status": status, "total": total(chance)})).await
        }
        (6, Some(own)) => ada.patch(&path(&own), &json!({"total": null, "placed_at": null})).await,
        (7, Some(own)) => ada.delete(&path(&own)).await,
        (8, Some(own)) => ada.post(&format!("{}/restore", path(&own)), &json!({})).await,
        (_, Some(_)) => ada.patch(&format!("/records/companies/{firm}"), &json!({"city": number})).await,
    };
    assert!(reply.status < 500, "{}", reply.text());
}

fn draft(firm: &str, chance: &mut Chance, number: &str) -> Value {
    let day = chance.below(28) + 1;
    json!({"number": number, "company": firm, "total": total(chance), "placed_at": format!("2026-10-{day:02}T08:00:00Z")})
}

fn total(chance: &mut Chance) -> String {
    format!("{}.{:02} EUR", chance.below(2_000), chance.below(100))
}
