//! What the counter does with customers' cards.

use super::wire::CustomerRequest;
use super::{Contact, Customer, CustomerError, facts, store};
use crate::gst::gstin::Gstin;
use crate::gst::state::State;
use crate::id::PersonId;
use crate::store::Act;
use crate::text;

/// Reads a card as typed and keeps it, unless it says what is kept already.
///
/// A card without an id is that of the same phone number, if there is one.
///
/// # Errors
/// [`CustomerError`] naming what does not do.
pub fn keep(act: &mut Act<'_>, typed: &CustomerRequest) -> Result<Customer, CustomerError> {
    let contact =
        Contact { name: short(&typed.name, 100)?, phone: phone(&typed.phone)?, address: short(&typed.address, 200)? };
    let gstin = if typed.gstin.trim().is_empty() { None } else { Some(Gstin::read(&typed.gstin)?) };
    let state = match (typed.state.trim(), &gstin) {
        ("", Some(gstin)) => Some(gstin.state()),
        ("", None) => None,
        (code, _) => Some(State::read(code).map_err(|_| CustomerError::State)?),
    };
    let known = match typed.person {
        Some(person) => store::by_person(act.look(), person)?,
        None if contact.phone.is_empty() => None,
        None => store::by_phone(act.look(), &contact.phone)?,
    };
    // A card found by its phone keeps what was not typed: a number alone must not empty it.
    let (contact, gstin, state) = match &known {
        Some(known) if typed.person.is_none() => (
            Contact {
                name: typed_or(contact.name, &known.contact.name),
                phone: contact.phone,
                address: typed_or(contact.address, &known.contact.address),
            },
            gstin.or_else(|| known.gstin.clone()),
            state.or(known.state),
        ),
        _ => (contact, gstin, state),
    };
    if gstin.is_some() && (contact.name.is_empty() || contact.address.is_empty()) {
        return Err(CustomerError::NameMissing);
    }
    if contact.name.is_empty() && contact.phone.is_empty() && state.is_none() {
        return Err(CustomerError::Empty);
    }
    let person = known.as_ref().map(|known| known.person).unwrap_or_else(|| PersonId::make(act.chance()));
    let customer = Customer { person, contact, gstin, state };
    if known.as_ref() != Some(&customer) {
        let sealed = customer.contact.seal(act, person)?;
        act.commit(vec![facts::customer_set(person, sealed, customer.gstin.clone(), customer.state)])?;
    }
    Ok(customer)
}

fn typed_or(typed: String, known: &str) -> String {
    if typed.is_empty() { known.to_owned() } else { typed }
}

fn short(typed: &str, most: usize) -> Result<String, CustomerError> {
    let line = text::line(typed);
    if line.chars().count() > most { Err(CustomerError::TooLong { most }) } else { Ok(line) }
}

/// An Indian number as its ten digits; one from abroad with its + and country code.
fn phone(typed: &str) -> Result<String, CustomerError> {
    let told: String = typed.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '.')).collect();
    if told.is_empty() {
        return Ok(told);
    }
    let (abroad, digits) = match told.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, told.as_str()),
    };
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(CustomerError::Phone);
    }
    let local = digits.strip_prefix("91").filter(|_| abroad || digits.len() == 12).unwrap_or(digits);
    let local = local.strip_prefix('0').filter(|rest| !abroad && rest.len() == 10).unwrap_or(local);
    match (abroad && !digits.starts_with("91"), local.len()) {
        (false, 10) => Ok(local.to_owned()),
        (true, 7..=15) => Ok(format!("+{digits}")),
        _ => Err(CustomerError::Phone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_numbers_have_one_form() {
        for (typed, told) in [
            ("98220 44710", Some("9822044710")),
            ("+91-9822044710", Some("9822044710")),
            ("919822044710", Some("9822044710")),
            ("09822044710", Some("9822044710")),
            ("+44 20 7946 0958", Some("+442079460958")),
            ("", Some("")),
            ("12345", None),
            ("98220x4710", None),
        ] {
            assert_eq!(phone(typed).ok().as_deref(), told, "{typed}");
        }
    }
}
