//! A basket after pricing: every amount that a document, a return or a ledger will add up.

use serde::{Deserialize, Serialize};

use super::error::Warning;
use crate::fault::Words;
use crate::gst::nature::Nature;
use crate::gst::place::Place;
use crate::money::Paise;
use crate::quantity::{Quantity, Unit};
use crate::rate::Rate;

/// A priced basket. Amounts of lines sum to those of groups, groups to totals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    pub title: Title,
    /// Print "composition taxable person, not eligible to collect tax on supplies" (CGST Rule 5(1)(f)).
    pub composition_declaration: bool,
    pub place: Place,
    pub reverse_charge: bool,
    /// In the order of the basket.
    pub lines: Vec<PricedLine>,
    /// By nature, rate, cess rate and inclusiveness: the unit in which tax is worked out.
    pub groups: Vec<Group>,
    /// The taxable lines by rate, lowest first.
    pub by_rate: Vec<RateRow>,
    /// By HSN, unit and rate, as Table 12 of GSTR-1 wants them.
    pub hsn: Vec<HsnRow>,
    pub totals: Totals,
    pub warnings: Vec<Warning>,
}

/// What the document is called (gst.md §1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Title {
    /// Section 31(1).
    TaxInvoice,
    /// Section 31(3)(c): nothing taxable, or a composition dealer.
    BillOfSupply,
    /// Rule 46A: taxable and untaxed together to an unregistered buyer.
    InvoiceCumBillOfSupply,
    /// A shop without registration.
    Invoice,
}

impl Title {
    /// As it stands on paper.
    #[must_use]
    pub fn words(self) -> Words {
        match self {
            Title::TaxInvoice => Words::new("Tax Invoice", "टैक्स इनवॉइस"),
            Title::BillOfSupply => Words::new("Bill of Supply", "बिल ऑफ सप्लाई"),
            Title::InvoiceCumBillOfSupply => Words::new("Invoice-cum-Bill of Supply", "इनवॉइस-कम-बिल ऑफ सप्लाई"),
            Title::Invoice => Words::new("Invoice", "बिल"),
        }
    }
}

/// One line, settled to the paisa.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricedLine {
    /// Quantity × price.
    pub gross: Paise,
    pub line_discount: Paise,
    /// The line's share of the bill's discount.
    pub bill_discount: Paise,
    /// `gross − line_discount − bill_discount`; includes tax where the price does.
    pub net: Paise,
    pub nature: Nature,
    /// Zero where nothing is taxed.
    pub rate: Rate,
    pub cess_rate: Rate,
    pub inclusive: bool,
    /// The value of the supply without tax, whatever its nature.
    pub taxable: Paise,
    pub cgst: Paise,
    /// SGST or UTGST, as the place says.
    pub sgst: Paise,
    pub igst: Paise,
    /// All cess, by value and by unit.
    pub cess: Paise,
    /// The part of `cess` that goes by the unit.
    pub cess_by_unit: Paise,
    /// What the line adds to the bill: value and tax, or the value alone under reverse charge.
    pub amount: Paise,
}

/// One nature, rate, cess rate and inclusiveness.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub nature: Nature,
    pub rate: Rate,
    pub cess_rate: Rate,
    pub inclusive: bool,
    pub net: Paise,
    pub taxable: Paise,
    pub cgst: Paise,
    pub sgst: Paise,
    pub igst: Paise,
    pub cess: Paise,
}

/// The taxable supplies of one rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateRow {
    pub rate: Rate,
    pub taxable: Paise,
    pub cgst: Paise,
    pub sgst: Paise,
    pub igst: Paise,
    pub cess: Paise,
}

/// The supplies of one HSN or SAC, unit and rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HsnRow {
    pub hsn: String,
    /// `None` for services, which returns call `NA`.
    pub unit: Option<Unit>,
    /// Zero for services.
    pub quantity: Quantity,
    pub rate: Rate,
    pub taxable: Paise,
    pub cgst: Paise,
    pub sgst: Paise,
    pub igst: Paise,
    pub cess: Paise,
}

/// The foot of the bill.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    pub gross: Paise,
    pub line_discount: Paise,
    pub bill_discount: Paise,
    pub taxable: Paise,
    pub nil_rated: Paise,
    pub exempt: Paise,
    pub non_gst: Paise,
    pub cgst: Paise,
    pub sgst: Paise,
    pub igst: Paise,
    pub cess: Paise,
    /// Added to reach the whole rupee; may be negative.
    pub round_off: Paise,
    /// What the buyer pays.
    pub total: Paise,
}

impl Totals {
    /// All taxes, collected or, under reverse charge, only stated.
    #[must_use]
    pub fn tax(&self) -> Paise {
        self.cgst + self.sgst + self.igst + self.cess
    }
}
