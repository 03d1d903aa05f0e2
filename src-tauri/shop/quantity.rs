//! Quantities in thousandths of a unit, and the unit codes (UQC) that GST knows.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::fault::Unreadable;
use crate::money::{Paise, UnitPrice, div_half_up, read_decimal, trim_decimals, write_decimal};

/// The largest quantity of one line: ten lakh units, in thousandths.
pub const MILLI_MAX: i64 = 1_000_000 * 1000;

/// A quantity in thousandths of its unit (0.750 kg is 750); signed, since stock movements are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quantity(i64);

impl Quantity {
    pub const ZERO: Quantity = Quantity(0);
    pub const ONE: Quantity = Quantity(1000);

    /// A quantity of `milli` thousandths; a value from outside goes through [`Quantity::read`].
    #[must_use]
    pub const fn new(milli: i64) -> Quantity {
        Quantity(milli)
    }

    /// A quantity of whole pieces.
    #[must_use]
    pub const fn pieces(pieces: i64) -> Quantity {
        Quantity(pieces * 1000)
    }

    /// The number of thousandths.
    #[must_use]
    pub const fn milli(self) -> i64 {
        self.0
    }

    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.0 % 1000 == 0
    }

    /// Reads a decimal of at most three places.
    ///
    /// # Errors
    /// [`Unreadable`] when the text is no such quantity or lies outside ±[`MILLI_MAX`].
    pub fn read(text: &str) -> Result<Quantity, Unreadable> {
        let units = read_decimal(text.trim(), 3).ok_or(Unreadable::Quantity)?;
        (units.abs() <= i128::from(MILLI_MAX)).then_some(Quantity(units as i64)).ok_or(Unreadable::Quantity)
    }

    /// What this quantity costs at `price`, to the paisa, half away from zero (gst.md §5.1 step 1).
    ///
    /// `None` when the amount leaves the range of [`Paise`].
    #[must_use]
    pub fn at(self, price: UnitPrice) -> Option<Paise> {
        // thousandths × ten-thousandths of a rupee = 10^-7 rupee = 10^-5 paisa
        Paise::checked(div_half_up(i128::from(self.0) * i128::from(price.get()), 100_000))
    }

    /// The plain decimal with as many places as are needed: `3`, `0.75`.
    #[must_use]
    pub fn decimal(self) -> String {
        trim_decimals(&write_decimal(self.0, 3), 0)
    }
}

/// Whole numbers plain, others with all three places: `3`, `0.750`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_whole() { write!(f, "{}", self.0 / 1000) } else { f.write_str(&write_decimal(self.0, 3)) }
    }
}

impl std::ops::Add for Quantity {
    type Output = Quantity;
    fn add(self, other: Quantity) -> Quantity {
        Quantity(self.0.checked_add(other.0).expect("sums of bounded quantities stay within i64"))
    }
}

impl std::ops::Neg for Quantity {
    type Output = Quantity;
    fn neg(self) -> Quantity {
        Quantity(-self.0)
    }
}

/// A unit of the GST unit list (UQC), as e-invoice and GSTR-1 Table 12 spell it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Unit {
    Bag,
    Bal,
    Bdl,
    Bkl,
    Bou,
    Box,
    Btl,
    Bun,
    Can,
    Cbm,
    Ccm,
    Cms,
    Ctn,
    Doz,
    Drm,
    Ggk,
    Gms,
    Grs,
    Gyd,
    Kgs,
    Klr,
    Kme,
    Ltr,
    Mlt,
    Mtr,
    Mts,
    Nos,
    Oth,
    Pac,
    #[default]
    Pcs,
    Prs,
    Qtl,
    Rol,
    Set,
    Sqf,
    Sqm,
    Sqy,
    Tbs,
    Tgm,
    Thd,
    Ton,
    Tub,
    Ugs,
    Unt,
    Yds,
}

impl Unit {
    pub const ALL: [Unit; 45] = [
        Unit::Bag,
        Unit::Bal,
        Unit::Bdl,
        Unit::Bkl,
        Unit::Bou,
        Unit::Box,
        Unit::Btl,
        Unit::Bun,
        Unit::Can,
        Unit::Cbm,
        Unit::Ccm,
        Unit::Cms,
        Unit::Ctn,
        Unit::Doz,
        Unit::Drm,
        Unit::Ggk,
        Unit::Gms,
        Unit::Grs,
        Unit::Gyd,
        Unit::Kgs,
        Unit::Klr,
        Unit::Kme,
        Unit::Ltr,
        Unit::Mlt,
        Unit::Mtr,
        Unit::Mts,
        Unit::Nos,
        Unit::Oth,
        Unit::Pac,
        Unit::Pcs,
        Unit::Prs,
        Unit::Qtl,
        Unit::Rol,
        Unit::Set,
        Unit::Sqf,
        Unit::Sqm,
        Unit::Sqy,
        Unit::Tbs,
        Unit::Tgm,
        Unit::Thd,
        Unit::Ton,
        Unit::Tub,
        Unit::Ugs,
        Unit::Unt,
        Unit::Yds,
    ];

    /// The codes, in the order of [`Unit::ALL`].
    const CODES: [&str; 45] = [
        "BAG", "BAL", "BDL", "BKL", "BOU", "BOX", "BTL", "BUN", "CAN", "CBM", "CCM", "CMS", "CTN", "DOZ", "DRM", "GGK",
        "GMS", "GRS", "GYD", "KGS", "KLR", "KME", "LTR", "MLT", "MTR", "MTS", "NOS", "OTH", "PAC", "PCS", "PRS", "QTL",
        "ROL", "SET", "SQF", "SQM", "SQY", "TBS", "TGM", "THD", "TON", "TUB", "UGS", "UNT", "YDS",
    ];

    /// The three-letter code.
    #[must_use]
    pub fn code(self) -> String {
        Unit::CODES[self as usize].to_owned()
    }

    /// Reads a code or what people write for it (`kg`, `pc`, `litre`, `pack`), in any case.
    ///
    /// # Errors
    /// [`Unreadable`] when no unit is meant.
    pub fn read(text: &str) -> Result<Unit, Unreadable> {
        let told = text.trim().trim_end_matches('.').to_uppercase();
        let code = match told.as_str() {
            "" | "PC" | "PIECE" | "PIECES" | "EACH" | "EA" => "PCS",
            "KG" | "KILO" | "KILOGRAM" => "KGS",
            "G" | "GM" | "GRAM" | "GRAMS" => "GMS",
            "L" | "LT" | "LITRE" | "LITER" | "LITRES" => "LTR",
            "ML" => "MLT",
            "M" | "METER" | "METRE" => "MTR",
            "CM" => "CMS",
            "NO" | "NUMBER" | "NUMBERS" => "NOS",
            "PKT" | "PACK" | "PACKET" | "PACKS" => "PAC",
            "PAIR" | "PAIRS" => "PRS",
            "DOZEN" => "DOZ",
            "BOTTLE" => "BTL",
            "UNIT" | "UNITS" => "UNT",
            "CARTON" => "CTN",
            "ROLL" => "ROL",
            "SETS" => "SET",
            "TUBE" => "TUB",
            other => other,
        };
        Unit::CODES.iter().position(|known| *known == code).map(|place| Unit::ALL[place]).ok_or(Unreadable::Unit)
    }

    /// Whether goods of this unit are weighed or measured, so that fractions make sense.
    #[must_use]
    pub fn is_measured(self) -> bool {
        matches!(
            self,
            Unit::Cbm
                | Unit::Ccm
                | Unit::Cms
                | Unit::Gms
                | Unit::Gyd
                | Unit::Kgs
                | Unit::Klr
                | Unit::Kme
                | Unit::Ltr
                | Unit::Mlt
                | Unit::Mtr
                | Unit::Mts
                | Unit::Oth
                | Unit::Qtl
                | Unit::Sqf
                | Unit::Sqm
                | Unit::Sqy
                | Unit::Tgm
                | Unit::Ton
                | Unit::Yds
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_read_and_told() {
        for (text, milli, told) in [
            ("3", Some(3000), "3"),
            (".750", Some(750), "0.750"),
            ("0.5", Some(500), "0.500"),
            ("1000000", Some(1_000_000_000), "1000000"),
            ("1000001", None, ""),
            ("0.0005", None, ""),
            ("abc", None, ""),
        ] {
            let read = Quantity::read(text);
            assert_eq!(read.as_ref().ok().map(|q| q.milli()), milli, "{text}");
            if let Ok(quantity) = read {
                assert_eq!(quantity.to_string(), told);
            }
        }
    }

    #[test]
    fn a_quantity_costs_its_price_to_the_paisa() {
        for (milli, price, paise) in
            [(750, 164_0000, 12_300), (333, 99_9900, 3330), (1, 5000, 0), (1, 5_0000, 1), (-2000, 10_0000, -2000)]
        {
            assert_eq!(Quantity::new(milli).at(UnitPrice::new(price)), Some(Paise::new(paise)));
        }
    }

    #[test]
    fn every_unit_reads_its_own_code() {
        for unit in Unit::ALL {
            assert_eq!(unit.code(), format!("{unit:?}").to_uppercase());
            assert_eq!(Unit::read(&unit.code()).ok(), Some(unit));
        }
        assert_eq!(Unit::read("kg").ok(), Some(Unit::Kgs));
        assert!(Unit::read("fathom").is_err());
    }
}
