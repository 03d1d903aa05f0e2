//! What the owner does to the signboard.

use super::wire::{GstinView, ProfileRequest};
use super::{Profile, ProfileError, facts, store};
use crate::gst::gstin::Gstin;
use crate::gst::state::State;
use crate::price::Scheme;
use crate::store::Act;
use crate::text;

/// Reads a signboard as it was typed.
///
/// # Errors
/// [`ProfileError`] naming the first field that does not do.
pub fn read(typed: &ProfileRequest) -> Result<Profile, ProfileError> {
    let gstin = if typed.gstin.trim().is_empty() { None } else { Some(Gstin::read(&typed.gstin)?) };
    let state = State::read(&typed.state).map_err(|_| ProfileError::State)?;
    match (&gstin, typed.scheme) {
        (None, Scheme::Regular | Scheme::Composition) => return Err(ProfileError::GstinMissing),
        (Some(_), Scheme::Unregistered) => return Err(ProfileError::GstinTooMuch),
        (Some(gstin), _) if gstin.state() != state => return Err(ProfileError::StateDiffers),
        _ => {}
    }
    let name = short("name", &typed.name, 80)?;
    if name.is_empty() {
        return Err(ProfileError::NameMissing);
    }
    let (street, city) = (short("street", &typed.street, 160)?, short("city", &typed.city, 60)?);
    if typed.scheme != Scheme::Unregistered && (street.is_empty() || city.is_empty()) {
        return Err(ProfileError::AddressMissing);
    }
    let pin_code = text::line(&typed.pin_code);
    if !pin_code.is_empty() && !is_pin_code(&pin_code) {
        return Err(ProfileError::PinCode);
    }
    let fssai = text::line(&typed.fssai);
    if !fssai.is_empty() && !is_fssai(&fssai) {
        return Err(ProfileError::Fssai);
    }
    let upi_id = text::line(&typed.upi_id);
    if !upi_id.is_empty() && !is_upi_id(&upi_id) {
        return Err(ProfileError::Upi);
    }
    Ok(Profile {
        name,
        legal_name: short("legal_name", &typed.legal_name, 100)?,
        street,
        city,
        pin_code,
        state,
        gstin,
        scheme: typed.scheme,
        turnover: typed.turnover,
        phone: short("phone", &typed.phone, 40)?,
        fssai,
        upi_id,
        footer: short("footer", &typed.footer, 200)?,
        round_to_rupee: true,
    })
}

/// Hangs out a new signboard; whether bills are rounded stays as it was.
///
/// # Errors
/// [`ProfileError`] naming the first field that does not do.
pub fn set(act: &mut Act<'_>, typed: &ProfileRequest) -> Result<Profile, ProfileError> {
    let mut profile = read(typed)?;
    if let Some((_, hanging)) = store::current(act.look())? {
        profile.round_to_rupee = hanging.round_to_rupee;
    }
    act.commit(vec![facts::profile_set(&profile)])?;
    Ok(profile)
}

/// Sets whether bills are rounded to the rupee.
///
/// # Errors
/// [`ProfileError::Store`].
pub fn set_rounding(act: &mut Act<'_>, round_to_rupee: bool) -> Result<(), ProfileError> {
    let (_, profile) = store::current(act.look())?.expect("an open shop has a signboard");
    if profile.round_to_rupee != round_to_rupee {
        act.commit(vec![facts::profile_set(&Profile { round_to_rupee, ..profile })])?;
    }
    Ok(())
}

/// Names this counter.
///
/// # Errors
/// [`ProfileError::CounterMissing`], [`ProfileError::TooLong`].
pub fn name_counter(act: &mut Act<'_>, name: &str) -> Result<(), ProfileError> {
    let name = short("counter_name", name, 40)?;
    if name.is_empty() {
        return Err(ProfileError::CounterMissing);
    }
    act.commit(vec![facts::counter_named(&name)])?;
    Ok(())
}

/// Chooses the beginning of this counter's bill numbers.
///
/// # Errors
/// [`ProfileError::Prefix`] unless one to three capital letters or digits, the first not 0 (Rule 46(b) leaves
/// 16 characters; e-invoices must not begin with 0), [`ProfileError::PrefixTaken`].
pub fn set_series(act: &mut Act<'_>, prefix: &str) -> Result<(), ProfileError> {
    let prefix = prefix.trim().to_uppercase();
    let fits = (1..=3).contains(&prefix.len()) && prefix.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !fits || prefix.starts_with('0') {
        return Err(ProfileError::Prefix);
    }
    if store::is_taken(act.look(), &prefix, act.stream())? {
        return Err(ProfileError::PrefixTaken);
    }
    if store::series(act.look(), act.stream())? != prefix {
        act.commit(vec![facts::series_set(&prefix)])?;
    }
    Ok(())
}

/// Chooses a prefix that no counter of the shop ever numbered under, and gives it.
///
/// # Errors
/// [`ProfileError::Store`].
pub fn set_fresh_series(act: &mut Act<'_>) -> Result<String, ProfileError> {
    let letters = || (b'A'..=b'Z').map(char::from);
    let candidates =
        letters().map(String::from).chain(letters().flat_map(|a| letters().map(move |b| format!("{a}{b}"))));
    for prefix in candidates {
        if !store::is_taken(act.look(), &prefix, act.stream())? {
            set_series(act, &prefix)?;
            return Ok(prefix);
        }
    }
    Err(ProfileError::PrefixTaken)
}

/// Tells what a GSTIN says about its holder, while it is typed.
#[must_use]
pub fn look_at_gstin(typed: &str) -> GstinView {
    match Gstin::read(typed) {
        Ok(gstin) => GstinView {
            right: true,
            state: Some(gstin.state().into()),
            pan: gstin.pan().map(str::to_owned),
            kind: gstin.holder(),
            fault: None,
        },
        Err(error) => GstinView { right: false, state: None, pan: None, kind: None, fault: Some(error.into()) },
    }
}

fn short(field: &'static str, typed: &str, most: usize) -> Result<String, ProfileError> {
    let line = text::line(typed);
    if line.chars().count() > most { Err(ProfileError::TooLong { field, most }) } else { Ok(line) }
}

fn is_fssai(text: &str) -> bool {
    text.len() == 14 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_pin_code(text: &str) -> bool {
    text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0')
}

/// A virtual payment address: `localpart@handle` (NPCI UPI Linking Specification 1.6).
fn is_upi_id(text: &str) -> bool {
    let Some((local, handle)) = text.split_once('@') else { return false };
    let local_ok = (2..=256).contains(&local.len())
        && local.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
    local_ok && (2..=64).contains(&handle.len()) && handle.bytes().all(|byte| byte.is_ascii_alphabetic())
}
