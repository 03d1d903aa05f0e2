//! Paper: a document as a [`Ticket`], laid out once, drawn as PDF and as the preview on screen; and a [`sheet::Sheet`]
//! to be kept.
//!
//! Owns how documents look. Imports nothing of the shop: who wants a document printed writes a ticket,
//! figures and sentences included. It never computes money, never chooses a language, and never reads
//! a clock: the same ticket always gives the same bytes.

mod a4;
pub mod fonts;
mod foot;
pub mod layout;
mod lines;
pub mod marks;
mod pdf;
pub mod qr;
mod receipt80;
pub mod shape;
pub mod sheet;
mod subset;
mod svg;
mod taxes;
pub mod ticket;
pub mod words;
mod wrap;

pub use layout::{Paper, lay_out};
pub use ticket::Ticket;

/// The document as a PDF file; the same ticket gives the same bytes.
#[must_use]
pub fn pdf(ticket: &Ticket, paper: Paper) -> Vec<u8> {
    pdf::draw(&lay_out(ticket, paper), &ticket.name, ticket.made_at_ms)
}

/// The document as one SVG image a page, for the preview: what the PDF shows, nothing from outside.
#[must_use]
pub fn svg(ticket: &Ticket, paper: Paper) -> Vec<String> {
    lay_out(ticket, paper).iter().map(|page| svg::draw(page, &ticket.name)).collect()
}

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
