//! The sale as it crosses to the window.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::cash::TenderKind;
use crate::customer::wire::{CustomerRequest, CustomerView};
use crate::fault::{Fault, Words};
use crate::id::{BillId, ItemId};
use crate::money::Paise;
use crate::print::qr::Qr;

#[derive(Debug, Deserialize, TS)]
pub struct EnterRequest {
    pub text: String,
    pub source: EnterSource,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EnterSource {
    Scan,
    Typed,
}

#[derive(Serialize, TS)]
pub struct EnterView {
    pub outcome: Outcome,
    pub bill: BillView,
    pub line: Option<u32>,
    pub unknown: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Added,
    Unknown,
}

#[derive(Debug, Deserialize, TS)]
pub struct AddRequest {
    #[ts(type = "string")]
    pub item: ItemId,
    pub quantity: Option<String>,
}

#[derive(Debug, Deserialize, TS)]
pub struct SearchRequest {
    pub text: String,
}

/// An item that a search found.
#[derive(Debug, Serialize, TS)]
pub struct HitView {
    #[ts(type = "string")]
    pub item: ItemId,
    pub name: String,
    pub name_second: Option<String>,
    pub short_code: Option<String>,
    pub barcode: Option<String>,
    pub price: String,
    #[ts(type = "Paise | null")]
    pub mrp: Option<Paise>,
    pub unit: String,
    pub unit_word: String,
}

#[derive(Debug, Serialize, TS)]
pub struct FavouriteView {
    pub slot: u8,
    #[ts(type = "string")]
    pub item: ItemId,
    pub name: String,
    pub name_second: Option<String>,
    pub price: String,
}

#[derive(Debug, Deserialize, TS)]
pub struct QuantityRequest {
    pub line: u32,
    pub quantity: String,
}

#[derive(Debug, Deserialize, TS)]
pub struct DiscountRequest {
    /// Nothing for the whole bill.
    pub line: Option<u32>,
    pub discount: String,
}

#[derive(Debug, Deserialize, TS)]
pub struct PriceRequest {
    pub line: u32,
    pub price: String,
}

#[derive(Debug, Deserialize, TS)]
pub struct LineRequest {
    pub line: u32,
}

#[derive(Debug, Default, Deserialize, TS)]
pub struct NamelessRequest {
    pub name: String,
    pub price: String,
    pub rate_class: String,
    pub quantity: String,
    /// HSN or SAC; needed when the buyer is a business.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub hsn: Option<String>,
}

#[derive(Deserialize, TS)]
pub struct SaleCustomerRequest {
    pub customer: Option<CustomerRequest>,
}

#[derive(Debug, Deserialize, TS)]
pub struct TenderRequest {
    pub kind: TenderKind,
    pub amount: String,
}

#[derive(Debug, Deserialize, TS)]
pub struct SettleRequest {
    #[ts(type = "string")]
    pub bill: BillId,
    /// None at all means the exact amount in cash.
    pub tenders: Vec<TenderRequest>,
}

#[derive(Debug, Deserialize, TS)]
pub struct TendersRequest {
    pub tenders: Vec<TenderRequest>,
}

/// How far a bill is paid, for the screen; nothing is kept of it.
#[derive(Debug, Serialize, TS)]
pub struct TenderView {
    #[ts(type = "Paise")]
    pub left: Paise,
    #[ts(type = "Paise")]
    pub change: Paise,
    pub parts: Vec<TenderPartView>,
    /// What the customer scans to pay the last UPI part; nothing without one or without a UPI id.
    pub qr: Option<QrView>,
    /// Amounts that a customer may well hand over.
    #[ts(type = "Paise[]")]
    pub quick: Vec<Paise>,
}

/// A QR code as rows of `1` (dark) and `0`, without its quiet zone.
#[derive(Debug, Serialize, TS)]
pub struct QrView {
    pub size: u32,
    pub dark: Vec<String>,
}

impl From<&Qr> for QrView {
    fn from(qr: &Qr) -> QrView {
        let row = |squares: &[bool]| squares.iter().map(|dark| if *dark { '1' } else { '0' }).collect();
        QrView { size: qr.side() as u32, dark: qr.rows().map(row).collect() }
    }
}

#[derive(Debug, Serialize, TS)]
pub struct TenderPartView {
    pub kind: TenderKind,
    pub word: Words,
    #[ts(type = "Paise")]
    pub amount: Paise,
}

/// The open bill with everything the counter shows of it.
#[derive(Serialize, TS)]
pub struct BillView {
    #[ts(type = "string")]
    pub id: BillId,
    pub lines: Vec<LineView>,
    pub customer: Option<CustomerView>,
    pub place: PlaceView,
    /// What the bill will become.
    pub title: Words,
    pub sums: SumsView,
    pub discount: String,
    pub pieces: Words,
    pub line_count: u32,
    /// The line that `3*` and `-` mean.
    pub last_line: Option<u32>,
    pub warnings: Vec<Fault>,
    pub last: Option<LastView>,
}

#[derive(Debug, Serialize, TS)]
pub struct PlaceView {
    pub code: String,
    pub name: Words,
    pub interstate: bool,
}

#[derive(Debug, Default, Serialize, TS)]
pub struct SumsView {
    #[ts(type = "Paise")]
    pub taxable: Paise,
    #[ts(type = "Paise")]
    pub nil_exempt: Paise,
    #[ts(type = "Paise")]
    pub cgst: Paise,
    #[ts(type = "Paise")]
    pub sgst: Paise,
    #[ts(type = "Paise")]
    pub igst: Paise,
    #[ts(type = "Paise")]
    pub cess: Paise,
    #[ts(type = "Paise")]
    pub discount: Paise,
    #[ts(type = "Paise")]
    pub round_off: Paise,
    #[ts(type = "Paise")]
    pub to_pay: Paise,
    /// Below MRP and list price, all together.
    #[ts(type = "Paise")]
    pub you_save: Paise,
    pub state_tax_is_ut: bool,
    pub shows_tax: bool,
}

#[derive(Debug, Serialize, TS)]
pub struct LineView {
    pub no: u32,
    #[ts(type = "string | null")]
    pub item: Option<ItemId>,
    pub name: String,
    pub name_second: Option<String>,
    pub short_code: Option<String>,
    pub quantity: String,
    pub unit: String,
    /// `kg`, `l`; empty for pieces.
    pub unit_word: String,
    #[ts(type = "Paise | null")]
    pub mrp: Option<Paise>,
    pub price: String,
    pub discount: String,
    #[ts(type = "Paise")]
    pub amount: Paise,
    pub rate: Words,
    pub hsn: String,
    pub removed: bool,
    pub price_changed: bool,
}

/// The bill before this one, as the cashier may want to see it.
#[derive(Debug, Serialize, TS)]
pub struct LastView {
    pub number: String,
    #[ts(type = "Paise")]
    pub total: Paise,
    #[ts(type = "Paise")]
    pub given: Paise,
    #[ts(type = "Paise")]
    pub change: Paise,
    pub tender_word: Words,
}

/// What became of a print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PrintedView {
    Queued,
    NoPrinter,
    Saved,
}

/// A bill that is done.
#[derive(Serialize, TS)]
pub struct DoneView {
    pub number: String,
    #[ts(type = "Paise")]
    pub total: Paise,
    #[ts(type = "Paise")]
    pub given: Paise,
    #[ts(type = "Paise")]
    pub change: Paise,
    pub bill: BillView,
    pub printed: PrintedView,
    pub path: Option<String>,
    /// The bill was done before; this is the same document.
    pub again: bool,
}

impl From<EnterSource> for super::actions::Source {
    fn from(source: EnterSource) -> super::actions::Source {
        match source {
            EnterSource::Scan => super::actions::Source::Scan,
            EnterSource::Typed => super::actions::Source::Typed,
        }
    }
}
