//! GST as arithmetic and names: States, GSTINs, natures of supply, places of supply, the tax itself.
//!
//! All but [`supply`], the letterbox for the returns, is a pure function of its arguments and knows no database. The law's clauses stand on
//! the lines that obey them; rates and limits that change with the date are in [`crate::rules`].

pub mod gstin;
pub mod nature;
pub mod place;
pub mod state;
pub mod supply;
pub mod tax;
