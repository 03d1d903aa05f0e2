//! The chapters of the first days.

pub mod back_office;
pub mod counter;
pub mod doors;
pub mod looks;
pub mod papers;

/// A customer whose name is nobody's.
pub const MAN: &str = "Zyxcanaryman Traders";
pub const MAN_PHONE: &str = "9876501234";
/// Of Karnataka; its check character is right.
pub const MAN_GSTIN: &str = "29AAPFU0939F1ZR";
pub const MAN_ADDRESS: &str = "7 Zyxcanary Road, Hubballi";
pub const MAN_HSN: &str = "33074100";
/// An item whose name is nothing's.
pub const ITEM: &str = "Zyxcanaryitem incense";
/// The same in Hindi.
pub const BULBUL: &str = "बुलबुलकनारी अगरबत्ती";
/// A customer with a Hindi name.
pub const WOMAN: &str = "मैनाकनारी देवी";
pub const WOMAN_PHONE: &str = "9123409876";

/// Stems by which each of these would be found, whatever is written around them.
#[must_use]
pub fn canaries() -> Vec<&'static str> {
    vec!["zyxcanary", "बुलबुलकनारी", "मैनाकनारी", MAN_PHONE, WOMAN_PHONE, MAN_GSTIN]
}
