//! The pack of dated rows: one JSON file, read whole or refused whole.

use std::sync::OnceLock;

use serde::Deserialize;
use thiserror::Error;

use super::class::{Class, Dated, amount};
use crate::day::Day;
use crate::money::Paise;

/// All classes, limits and digit counts of one version.
#[derive(Clone, Debug, Deserialize)]
pub struct Pack {
    /// The day the pack was made.
    pub version: Day,
    pub classes: Vec<Class>,
    thresholds: Vec<Threshold>,
    hsn_digits: Vec<Dated<DigitsRow>>,
}

/// A text that is no pack of rules.
#[derive(Debug, Error)]
pub enum PackError {
    #[error("this is no pack of rules: {0}")]
    Unreadable(#[from] serde_json::Error),
    #[error("the pack has two classes {0}")]
    ClassTwice(String),
    #[error("the days of {0} overlap, or leave a day without a value")]
    Days(String),
}

#[derive(Clone, Debug, Deserialize)]
struct Threshold {
    code: String,
    rows: Vec<Dated<Limit>>,
}

#[derive(Clone, Debug, Deserialize)]
struct Limit {
    #[serde(deserialize_with = "amount")]
    amount: Paise,
}

#[derive(Clone, Debug, Deserialize)]
struct DigitsRow {
    #[serde(deserialize_with = "amount")]
    turnover_above: Paise,
    #[serde(flatten)]
    digits: HsnDigits,
}

/// How many digits of the HSN a bill carries, by the buyer; 0 is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct HsnDigits {
    pub registered: u8,
    pub unregistered: u8,
}

/// The limits that every pack has, on every day.
pub(super) const BUYER_ADDRESS: &str = "buyer_address";
pub(super) const CONSOLIDATED_BILL: &str = "consolidated_bill";

impl Pack {
    /// The pack that comes with the program.
    #[must_use]
    pub fn built_in() -> &'static Pack {
        static PACK: OnceLock<Pack> = OnceLock::new();
        const TEXT: &str = include_str!("../../../assets/packs/gst-rates.json");
        PACK.get_or_init(|| Pack::read(TEXT).expect("the built-in pack is read by a test"))
    }

    /// Reads a pack.
    ///
    /// # Errors
    /// [`PackError`] when the JSON is no pack, a class is there twice, rows overlap, or a limit is missing.
    pub fn read(json: &str) -> Result<Pack, PackError> {
        let pack: Pack = serde_json::from_str(json)?;
        for (place, class) in pack.classes.iter().enumerate() {
            if pack.classes[..place].iter().any(|other| other.code == class.code) {
                return Err(PackError::ClassTwice(class.code.clone()));
            }
            if class.rows.is_empty() || !class.rows.windows(2).all(|pair| ends_before(&pair[0], &pair[1])) {
                return Err(PackError::Days(class.code.clone()));
            }
        }
        for code in [BUYER_ADDRESS, CONSOLIDATED_BILL] {
            if !never_ends(pack.limits(code)) {
                return Err(PackError::Days(code.to_owned()));
            }
        }
        let lowest: Vec<_> = pack.hsn_digits.iter().filter(|row| row.value.turnover_above.is_zero()).cloned().collect();
        if !never_ends(&lowest) {
            return Err(PackError::Days("hsn_digits".to_owned()));
        }
        Ok(pack)
    }

    /// The limit of a code on `day`; before GST the first one.
    pub(super) fn limit(&self, code: &str, day: Day) -> Paise {
        let rows = self.limits(code);
        let row = rows.iter().find(|row| row.holds(day)).or(rows.first());
        row.expect("a pack without this limit is refused when read").value.amount
    }

    /// The row of the highest turnover that is exceeded; before GST none is asked for.
    pub(super) fn hsn_digits(&self, turnover: Paise, day: Day) -> HsnDigits {
        let rows = self.hsn_digits.iter().filter(|row| row.holds(day)).map(|row| &row.value);
        let below = rows.filter(|row| row.turnover_above.is_zero() || turnover > row.turnover_above);
        let highest = below.max_by_key(|row| row.turnover_above);
        highest.map_or(HsnDigits { registered: 0, unregistered: 0 }, |row| row.digits)
    }

    fn limits(&self, code: &str) -> &[Dated<Limit>] {
        self.thresholds.iter().find(|threshold| threshold.code == code).map_or(&[], |threshold| &threshold.rows)
    }
}

fn ends_before<T>(earlier: &Dated<T>, later: &Dated<T>) -> bool {
    earlier.valid_to.is_some_and(|end| end < later.valid_from)
}

/// Whether rows follow each other and the last one is open.
fn never_ends<T>(rows: &[Dated<T>]) -> bool {
    rows.windows(2).all(|pair| ends_before(&pair[0], &pair[1])) && rows.last().is_some_and(|row| row.valid_to.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../../../assets/packs/gst-rates.json");

    #[test]
    fn the_built_in_pack_is_whole() {
        let pack = Pack::read(TEXT).expect("a pack");
        let codes: Vec<&str> = pack.classes.iter().map(|class| class.code.as_str()).collect();
        let all = "nil exempt non_gst gst0_25 gst1_5 gst3 gst5 gst12 gst18 gst28 gst40 apparel footwear";
        assert_eq!(codes.join(" "), all);
        for class in &pack.classes {
            assert!(!class.name.en.is_empty() && !class.name.hi.is_empty(), "{}", class.code);
            assert!(class.rows.iter().all(|row| !row.source.is_empty()), "{}", class.code);
        }
    }

    #[test]
    fn a_broken_pack_is_refused_whole() {
        for (right, wrong) in [
            ("\"gst40\"", "\"gst18\""),
            ("\"valid_to\": \"2025-09-21\"", "\"valid_to\": null"),
            ("\"rate\": \"40\"", "\"rate\": 40"),
            ("\"amount\": \"50000.00\"", "\"amount\": \"fifty\""),
            ("\"buyer_address\"", "\"buyer\""),
            ("2021-04-01", "2021-03-31"),
        ] {
            assert!(TEXT.contains(right), "{right}");
            assert!(Pack::read(&TEXT.replace(right, wrong)).is_err(), "{wrong}");
        }
    }
}
