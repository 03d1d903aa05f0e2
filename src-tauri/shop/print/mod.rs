//! Paper: a document as a [`Ticket`], laid out once, drawn as PDF and as the preview on screen.
//!
//! Owns how documents look. Imports nothing of the shop: who wants a document printed writes a ticket,
//! figures and sentences included. It never computes money, never chooses a language, and never reads
//! a clock: the same ticket always gives the same bytes.

pub mod fonts;
pub mod qr;
pub mod shape;
pub mod ticket;
pub mod words;

pub use ticket::Ticket;
