//! The one engine that prices a basket: discounts, natures, rates, tax, shares of lines, round-off.
//!
//! Sale, returns, quote and import turn what they have into a [`Basket`] and store what [`price`] gives back;
//! everything later (invoice, report, return) only adds the stored amounts. The recipe is gst.md §5.1. It is
//! pure: the day comes with the [`Rules`](crate::rules::Rules), and the same basket always gives the same bill.

mod basket;
mod engine;
mod error;
mod priced;
mod share;
mod summary;
mod treat;

pub use crate::gst::place::{BuyerKind, Flow, Place};
pub use basket::{Basket, BasketLine, Buyer, Discount, LINES_MAX, Scheme, Seller, Treatment};
pub use engine::price;
pub use error::{PriceError, Warning};
pub use priced::{Group, HsnRow, Priced, PricedLine, RateRow, Title, Totals};

#[cfg(test)]
mod tests;
