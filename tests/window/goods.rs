//! The list of items that a shop brings on its first day, and which of them a story sells.

use std::fs;
use std::path::PathBuf;

use pakka::catalog::generator::{Mess, generate_csv};

/// As many items as a kirana shop of the reference data has.
const ROWS: usize = 864;
const SEED: u64 = 20_261_122;

/// One row of the list.
#[derive(Clone, Debug)]
pub struct Good {
    pub barcode: String,
    pub name: String,
    pub hsn: String,
    /// Whole percent.
    pub gst: i64,
    /// What it sells at, tax included, in paise.
    pub price: i64,
}

/// A list as the file's bytes and row by row.
pub struct Goods {
    pub bytes: Vec<u8>,
    pub rows: Vec<Good>,
}

impl Goods {
    /// The list in the folder that `PAKKA_DATA` names, else a made-up one of 864 rows.
    #[must_use]
    pub fn of_the_shop() -> Goods {
        let named = std::env::var_os("PAKKA_DATA").map(|folder| PathBuf::from(folder).join("items-kirana.csv"));
        let bytes = match named.filter(|file| file.exists()) {
            Some(file) => fs::read(&file).unwrap_or_else(|why| panic!("{}: {why}", file.display())),
            None => generate_csv(ROWS, SEED, Mess::None),
        };
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let heads = reader.headers().expect("the list has a header row").clone();
        let place = |name: &str| heads.iter().position(|head| head == name).unwrap_or_else(|| panic!("no {name}"));
        let [barcode, name, hsn, gst, price] = ["barcode", "name", "hsn", "gst_rate", "selling_price"].map(place);
        let rows = reader.records().map(|row| {
            let row = row.expect("a row of as many fields as heads");
            Good {
                barcode: row[barcode].to_owned(),
                name: row[name].to_owned(),
                hsn: row[hsn].to_owned(),
                gst: row[gst].parse().expect("a rate in whole percent"),
                price: paise(&row[price]),
            }
        });
        let rows = rows.collect();
        Goods { bytes, rows }
    }

    /// The first so many at 5 %, between ₹ 20 and ₹ 100: a till's daily bread.
    #[must_use]
    pub fn everyday(&self, count: usize) -> Vec<Good> {
        let daily = |good: &&Good| good.gst == 5 && (2_000..=10_000).contains(&good.price) && good.barcode.len() == 13;
        let found: Vec<Good> = self.rows.iter().filter(daily).take(count).cloned().collect();
        assert_eq!(found.len(), count, "the list has too few everyday goods");
        found
    }
}

/// `1,249.00` or `30` as paise.
#[must_use]
pub fn paise(text: &str) -> i64 {
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let (rupees, paise) = digits.split_once('.').unwrap_or((&digits, "00"));
    rupees.parse::<i64>().expect("rupees") * 100 + format!("{paise:0<2}").parse::<i64>().expect("paise")
}

/// Whole rupees, half a rupee up, as the shop rounds a bill.
#[must_use]
pub fn to_rupee(paise: i64) -> i64 {
    (paise + 50) / 100 * 100
}

/// The tax of `rate` percent inside a price, to the paisa, half up (CGST Rule 35).
#[must_use]
pub fn tax_inside(price: i64, rate: i64) -> i64 {
    (2 * price * rate + 100 + rate) / (2 * (100 + rate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_and_taxed_as_on_paper() {
        assert_eq!(paise("1,249.00"), 124_900);
        assert_eq!(paise("₹ 30.5"), 3_050);
        assert_eq!(to_rupee(10_050), 10_100);
        assert_eq!(to_rupee(10_049), 10_000);
        assert_eq!(tax_inside(10_500, 5), 500);
        assert_eq!(tax_inside(9_000, 5), 429, "428.57");
    }

    #[test]
    fn a_made_up_list_has_everyday_goods() {
        let goods = Goods::of_the_shop();
        assert!(goods.rows.len() >= 863);
        assert_eq!(goods.everyday(40).len(), 40);
    }
}
