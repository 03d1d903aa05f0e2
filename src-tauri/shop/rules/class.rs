//! A rate class: the one word an item carries, and what it means on each day.

use serde::{Deserialize, Deserializer, de};

use crate::day::Day;
use crate::fault::Words;
use crate::gst::nature::Nature;
use crate::money::Paise;
use crate::rate::Rate;

/// A value with the days on which it holds, both included, and where it is written.
#[derive(Clone, Debug, Deserialize)]
pub struct Dated<T> {
    pub valid_from: Day,
    pub valid_to: Option<Day>,
    pub source: String,
    #[serde(flatten)]
    pub value: T,
}

impl<T> Dated<T> {
    #[must_use]
    pub fn holds(&self, day: Day) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day <= end)
    }
}

/// A rate class such as `gst5` or `apparel`, with its names and dated rows.
#[derive(Clone, Debug, Deserialize)]
pub struct Class {
    pub code: String,
    #[serde(deserialize_with = "both_languages")]
    pub name: Words,
    pub rows: Vec<Dated<Charge>>,
}

/// What a class charges on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Charge {
    /// No tax, and why.
    #[serde(rename = "nature")]
    Untaxed(Nature),
    /// One rate for all.
    #[serde(rename = "rate", deserialize_with = "rate")]
    At(Rate),
    /// A rate by the value of one piece or pair.
    #[serde(rename = "slab")]
    BySlab(Slab),
}

/// Two rates told apart by the value of one piece, without tax and after discounts (gst.md §3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Slab {
    /// The highest value that still bears the lower rate.
    #[serde(deserialize_with = "amount")]
    pub limit: Paise,
    #[serde(deserialize_with = "rate")]
    pub upto: Rate,
    #[serde(deserialize_with = "rate")]
    pub above: Rate,
}

impl Class {
    /// What the class charges on `day`; `None` before its first row and after its last.
    #[must_use]
    pub fn on(&self, day: Day) -> Option<Charge> {
        self.rows.iter().find(|row| row.holds(day)).map(|row| row.value)
    }

    /// The rate as a list shows it: `5%`, `5% / 18%`, or the words of its nature.
    #[must_use]
    pub fn rate_words(&self, day: Day) -> Words {
        match self.on(day) {
            Some(Charge::At(rate)) => Words::new(rate.to_string(), rate.to_string()),
            Some(Charge::BySlab(Slab { upto, above, .. })) => {
                Words::new(format!("{upto} / {above}"), format!("{upto} / {above}"))
            }
            Some(Charge::Untaxed(nature)) => nature.words(),
            None => Words::new("not in force", "अभी लागू नहीं"),
        }
    }
}

pub(super) fn amount<'de, D: Deserializer<'de>>(from: D) -> Result<Paise, D::Error> {
    Paise::read(&String::deserialize(from)?).map_err(de::Error::custom)
}

fn rate<'de, D: Deserializer<'de>>(from: D) -> Result<Rate, D::Error> {
    Rate::read(&String::deserialize(from)?).map_err(de::Error::custom)
}

fn both_languages<'de, D: Deserializer<'de>>(from: D) -> Result<Words, D::Error> {
    #[derive(Deserialize)]
    struct Both {
        en: String,
        hi: String,
    }
    Both::deserialize(from).map(|both| Words::new(both.en, both.hi))
}
