//! Bills that were made: found, looked at, printed again.
//!
//! Owns no table and no fact: it reads the documents of [`crate::sale`] and turns them into paper and views.

pub mod wire;

use crate::print::Ticket;
use crate::profile;
use crate::sale::receipt::{self, Copy};
use crate::sale::{self, Document, SaleError};
use crate::settings::Language;
use crate::store::Look;

/// A document as paper, with the signboard of its own day.
///
/// # Errors
/// [`SaleError::Store`].
pub fn ticket(look: Look<'_>, document: &Document, copy: Copy, language: Language) -> Result<Ticket, SaleError> {
    let profile = profile::at(look, document.body.profile)?.ok_or(SaleError::NoProfile)?;
    let contact = sale::actions::contact_of(look, document)?;
    let cancelled = sale::cancelled(look, document.body.token)?;
    Ok(receipt::ticket(document, &profile, contact.as_ref(), cancelled.as_ref(), copy, language))
}
