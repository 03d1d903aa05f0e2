//! What the window is told when something is refused: a code, what happened, and what to do.

use serde::Serialize;
use thiserror::Error;

/// A refusal as it crosses to the window; the screen chooses by `code`, a person reads the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Fault {
    /// `room.situation`, such as `sale.tender_short`.
    pub code: String,
    /// What happened, in English and Hindi.
    pub say: Words,
    /// What to do next.
    pub hint: Words,
    /// The deed that was refused and how large it was, for the shop's own books; the window is not told.
    #[serde(skip)]
    #[ts(skip)]
    pub about: Option<Box<(String, u64)>>,
}

/// A sentence in both languages of the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Words {
    pub en: String,
    pub hi: String,
}

impl Words {
    #[must_use]
    pub fn new(en: impl Into<String>, hi: impl Into<String>) -> Words {
        Words { en: en.into(), hi: hi.into() }
    }
}

impl Fault {
    /// A fault of the given code: what happened and what to do, each as (English, Hindi).
    #[must_use]
    pub fn new(
        code: &str,
        say: (impl Into<String>, impl Into<String>),
        hint: (impl Into<String>, impl Into<String>),
    ) -> Fault {
        Fault { code: code.to_owned(), say: Words::new(say.0, say.1), hint: Words::new(hint.0, hint.1), about: None }
    }

    /// The fault with the deed it is about and how large that was.
    #[must_use]
    pub fn of_deed(self, deed: String, size: u64) -> Fault {
        Fault { about: Some(Box::new((deed, size))), ..self }
    }
}

/// A text that does not say what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Unreadable {
    #[error("an amount is digits with at most two decimals, up to 9,999 crore")]
    Amount,
    #[error("a quantity is digits with at most three decimals, up to ten lakh")]
    Quantity,
    #[error("a rate is a percent from 0 to 1000 with at most three decimals")]
    Rate,
    #[error("a unit is a GST unit code such as PCS, KGS or LTR")]
    Unit,
    #[error("a day is written 2026-11-22 or 22-11-2026")]
    Day,
}

impl From<Unreadable> for Fault {
    fn from(unreadable: Unreadable) -> Fault {
        match unreadable {
            Unreadable::Amount => Fault::new(
                "ground.amount",
                ("This is not an amount of money.", "यह कोई रकम नहीं है।"),
                ("Type digits, and at most two after the point.", "अंक लिखिए, पॉइंट के बाद ज़्यादा से ज़्यादा दो।"),
            ),
            Unreadable::Quantity => Fault::new(
                "ground.quantity",
                ("This is not a quantity.", "यह कोई मात्रा नहीं है।"),
                ("Type digits, and at most three after the point.", "अंक लिखिए, पॉइंट के बाद ज़्यादा से ज़्यादा तीन।"),
            ),
            Unreadable::Rate => Fault::new(
                "ground.rate",
                ("This is not a percentage.", "यह कोई प्रतिशत नहीं है।"),
                ("Type a number such as 5 or 2.5.", "5 या 2.5 जैसा नंबर लिखिए।"),
            ),
            Unreadable::Unit => Fault::new(
                "ground.unit",
                ("This unit is not on the GST list.", "यह यूनिट GST की सूची में नहीं है।"),
                ("Choose one such as PCS, KGS or LTR.", "PCS, KGS या LTR जैसी यूनिट चुनिए।"),
            ),
            Unreadable::Day => Fault::new(
                "ground.day",
                ("There is no such day.", "ऐसी कोई तारीख नहीं है।"),
                ("Write it as 22-11-2026.", "इसे 22-11-2026 जैसे लिखिए।"),
            ),
        }
    }
}
