//! What a supply is to GST: taxed, nil rated, exempt, or outside of it.

use serde::{Deserialize, Serialize};

use crate::fault::Words;

/// The nature of one supply, as Table 8 of GSTR-1 keeps them apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// Taxed at a rate of the tariff; also at a stated rate of 0.
    #[default]
    Taxable,
    /// Rate nil in the tariff.
    Nil,
    /// Freed by a notification (Section 11).
    Exempt,
    /// Outside GST: petrol, diesel, liquor for drinking (Section 9).
    NonGst,
}

impl Nature {
    pub const ALL: [Nature; 4] = [Nature::Taxable, Nature::Nil, Nature::Exempt, Nature::NonGst];

    /// The word in files and facts: `taxable`, `nil`, `exempt`, `non_gst`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Nature::Taxable => "taxable",
            Nature::Nil => "nil",
            Nature::Exempt => "exempt",
            Nature::NonGst => "non_gst",
        }
    }

    /// The nature of a code, in any case.
    #[must_use]
    pub fn read(text: &str) -> Option<Nature> {
        let told = text.trim().to_lowercase().replace(['-', ' '], "_");
        Nature::ALL.into_iter().find(|nature| nature.code() == told)
    }

    /// What the cashier reads.
    #[must_use]
    pub fn words(self) -> Words {
        match self {
            Nature::Taxable => Words::new("Taxable", "कर वाला"),
            Nature::Nil => Words::new("Nil rated", "बिना कर"),
            Nature::Exempt => Words::new("Exempt", "कर से छूट"),
            Nature::NonGst => Words::new("Non-GST", "GST से बाहर"),
        }
    }

    #[must_use]
    pub const fn is_taxable(self) -> bool {
        matches!(self, Nature::Taxable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_nature_reads_its_own_code() {
        for nature in Nature::ALL {
            assert_eq!(Nature::read(nature.code()), Some(nature));
            let json = serde_json::to_string(&nature).expect("json");
            assert_eq!(json, format!("\"{}\"", nature.code()));
        }
        assert_eq!(Nature::read("Non-GST"), Some(Nature::NonGst));
        assert_eq!(Nature::read("zero"), None);
    }
}
