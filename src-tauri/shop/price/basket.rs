//! What is to be priced: lines, discounts, seller and buyer.

use serde::{Deserialize, Serialize};

use crate::gst::nature::Nature;
use crate::gst::place::{BuyerKind, Supplied};
use crate::gst::state::State;
use crate::money::{Paise, UnitPrice};
use crate::quantity::{Quantity, Unit};
use crate::rate::Rate;

/// The most lines of one basket.
pub const LINES_MAX: usize = 2_000;

/// A bill before it is priced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basket {
    pub seller: Seller,
    pub buyer: Buyer,
    /// The place of supply where a person has stated it; `None` follows the rule (gst.md §2.2).
    pub place: Option<State>,
    /// The buyer owes the tax to the government: it is stated and not collected (gst.md §2.3).
    pub reverse_charge: bool,
    /// Rounds the total to the whole rupee, as a line of its own.
    pub round_to_rupee: bool,
    /// The discount on the whole bill, spread over the lines by value.
    pub discount: Discount,
    pub lines: Vec<BasketLine>,
}

/// Who sells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seller {
    pub state: State,
    pub scheme: Scheme,
}

/// How the shop stands to GST.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    #[default]
    Regular,
    /// Section 10: pays on turnover, collects no tax, sells only inside the State.
    Composition,
    /// Below the limit of registration: no tax, and no word of it.
    Unregistered,
}

/// Who buys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buyer {
    pub kind: BuyerKind,
    /// The State of the GSTIN or of the recorded address.
    pub state: Option<State>,
    /// An export or a supply to a Zone under a letter of undertaking: zero rated, no tax (IGST Act s.16(3)(a)).
    pub under_lut: bool,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BasketLine {
    /// HSN or SAC; empty where the shop needs none.
    pub hsn: String,
    pub is_service: bool,
    pub quantity: Quantity,
    pub unit: Unit,
    pub price: UnitPrice,
    /// The price includes tax and cess, as an MRP does.
    pub inclusive: bool,
    pub discount: Discount,
    pub treatment: Treatment,
}

/// Something taken off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Discount {
    #[default]
    None,
    Percent(Rate),
    Amount(Paise),
}

/// How a line is taxed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Treatment {
    /// By a rate class of the rules, such as `gst5` or `apparel`.
    Class(String),
    /// As stated, whatever the rules of the day say: a credit note repeats its invoice.
    Stated {
        nature: Nature,
        rate: Rate,
        cess_rate: Rate,
        /// Cess on each unit, beside the part by value.
        cess_per_unit: UnitPrice,
    },
}

impl Treatment {
    /// Taxable at a plain rate, without cess.
    #[must_use]
    pub const fn rate(rate: Rate) -> Treatment {
        Treatment::Stated { nature: Nature::Taxable, rate, cess_rate: Rate::ZERO, cess_per_unit: UnitPrice::ZERO }
    }

    /// Not taxed, for this reason.
    #[must_use]
    pub const fn untaxed(nature: Nature) -> Treatment {
        Treatment::Stated { nature, rate: Rate::ZERO, cess_rate: Rate::ZERO, cess_per_unit: UnitPrice::ZERO }
    }
}

impl BasketLine {
    pub(super) fn supplied(&self) -> Supplied {
        Supplied::of(&self.hsn, self.is_service)
    }
}
