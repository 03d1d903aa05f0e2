//! What the owner does to the signboard.

use super::wire::{FieldFaultView, GstinView, ProfileRequest};
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
    read_all(typed).map_err(|mut wrong| wrong.remove(0))
}

/// Says of every field of a signboard, and of the counter's name, why it would not do; nothing is kept.
#[must_use]
pub fn check(typed: &ProfileRequest, counter_name: &str) -> Vec<FieldFaultView> {
    let mut wrong = read_all(typed).err().unwrap_or_default();
    wrong.extend(read_counter_name(counter_name).err());
    wrong.into_iter().map(FieldFaultView::from).collect()
}

/// The signboard, or everything that does not do, in the order of the form; never an empty list.
fn read_all(typed: &ProfileRequest) -> Result<Profile, Vec<ProfileError>> {
    let mut wrong = Vec::new();
    let gstin = kept(&mut wrong, read_gstin(typed)).flatten();
    let state = kept(&mut wrong, State::read(&typed.state).map_err(|_| ProfileError::State));
    if let (Some(gstin), Some(state)) = (&gstin, state)
        && gstin.state() != state
    {
        wrong.push(ProfileError::StateDiffers);
    }
    let name = kept(&mut wrong, present(short("name", &typed.name, 80), || ProfileError::NameMissing));
    let legal_name = kept(&mut wrong, short("legal_name", &typed.legal_name, 100));
    let address = |field, text, most| match typed.scheme {
        Scheme::Unregistered => short(field, text, most),
        _ => present(short(field, text, most), || ProfileError::AddressMissing { field }),
    };
    let street = kept(&mut wrong, address("street", &typed.street, 160));
    let city = kept(&mut wrong, address("city", &typed.city, 60));
    let pin_code = kept(&mut wrong, written(&typed.pin_code, is_pin_code, ProfileError::PinCode));
    let phone = kept(&mut wrong, written(&typed.phone, is_phone, ProfileError::Phone));
    let fssai = kept(&mut wrong, written(&typed.fssai, is_fssai, ProfileError::Fssai));
    let upi_id = kept(&mut wrong, written(&typed.upi_id, is_upi_id, ProfileError::Upi));
    let footer = kept(&mut wrong, short("footer", &typed.footer, 200));
    match state {
        Some(state) if wrong.is_empty() => Ok(Profile {
            name: name.unwrap_or_default(),
            legal_name: legal_name.unwrap_or_default(),
            street: street.unwrap_or_default(),
            city: city.unwrap_or_default(),
            pin_code: pin_code.unwrap_or_default(),
            state,
            gstin,
            scheme: typed.scheme,
            turnover: typed.turnover,
            phone: phone.unwrap_or_default(),
            fssai: fssai.unwrap_or_default(),
            upi_id: upi_id.unwrap_or_default(),
            footer: footer.unwrap_or_default(),
            round_to_rupee: true,
        }),
        _ => Err(wrong),
    }
}

/// What was read, or nothing and its fault put with the others.
fn kept<T>(wrong: &mut Vec<ProfileError>, read: Result<T, ProfileError>) -> Option<T> {
    read.map_err(|error| wrong.push(error)).ok()
}

/// The GSTIN, as the scheme asks for one.
fn read_gstin(typed: &ProfileRequest) -> Result<Option<Gstin>, ProfileError> {
    match (typed.gstin.trim(), typed.scheme) {
        ("", Scheme::Unregistered) => Ok(None),
        ("", Scheme::Regular | Scheme::Composition) => Err(ProfileError::GstinMissing),
        (text, scheme) => match (Gstin::read(text)?, scheme) {
            (_, Scheme::Unregistered) => Err(ProfileError::GstinTooMuch),
            (gstin, _) => Ok(Some(gstin)),
        },
    }
}

/// The name of a counter as it was typed.
///
/// # Errors
/// [`ProfileError::CounterMissing`], [`ProfileError::TooLong`].
pub fn read_counter_name(typed: &str) -> Result<String, ProfileError> {
    present(short("counter_name", typed, 40), || ProfileError::CounterMissing)
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
    let name = read_counter_name(name)?;
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

/// Chooses a prefix that no counter of the shop ever numbered under, nor any of those given elsewhere, and gives it.
///
/// # Errors
/// [`ProfileError::Store`].
pub fn set_fresh_series(act: &mut Act<'_>, elsewhere: &[String]) -> Result<String, ProfileError> {
    let letters = || (b'A'..=b'Z').map(char::from);
    let candidates =
        letters().map(String::from).chain(letters().flat_map(|a| letters().map(move |b| format!("{a}{b}"))));
    for prefix in candidates {
        if !elsewhere.contains(&prefix) && !store::is_taken(act.look(), &prefix, act.stream())? {
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

/// A line that must not be empty.
fn present(read: Result<String, ProfileError>, missing: impl Fn() -> ProfileError) -> Result<String, ProfileError> {
    read.and_then(|line| if line.is_empty() { Err(missing()) } else { Ok(line) })
}

/// A line that may be empty, and otherwise is written by a rule.
fn written(typed: &str, fits: fn(&str) -> bool, otherwise: ProfileError) -> Result<String, ProfileError> {
    let line = text::line(typed);
    if line.is_empty() || fits(&line) { Ok(line) } else { Err(otherwise) }
}

/// One number or two as a board has them: six to fifteen digits each, spaced and grouped as people do.
fn is_phone(text: &str) -> bool {
    let numbers: Vec<&str> = text.split([',', '/']).map(str::trim).collect();
    let is_number = |number: &&str| {
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        let plain = number.strip_prefix('+').unwrap_or(number);
        (6..=15).contains(&digits) && plain.chars().all(|c| c.is_ascii_digit() || " -()".contains(c))
    };
    numbers.len() <= 2 && numbers.iter().all(is_number)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> ProfileRequest {
        serde_json::from_value(serde_json::json!({
            "name": "Sharma Stores", "legal_name": "", "street": "Shop 4", "city": "Pune", "pin_code": "411038",
            "state": "27", "gstin": "27AAPFU0939F1ZV", "scheme": "regular", "turnover": "upto_5_crore",
            "phone": "020 2545 0117", "fssai": "11523034000417", "upi_id": "sharmastores@okbank", "footer": "",
        }))
        .expect("a signboard")
    }

    fn told(typed: &ProfileRequest, counter_name: &str) -> Vec<(String, String)> {
        check(typed, counter_name).into_iter().map(|wrong| (wrong.field, wrong.fault.code)).collect()
    }

    #[test]
    fn every_field_that_does_not_do_is_told_at_once() {
        assert_eq!(told(&typed(), "A"), []);
        let mut wrong = typed();
        wrong.name = " ".into();
        wrong.city = String::new();
        wrong.pin_code = "011038".into();
        wrong.phone = "call me".into();
        wrong.fssai = "12".into();
        wrong.upi_id = "nobody".into();
        let fields = [
            ("name", "profile.name_missing"),
            ("city", "profile.address_missing"),
            ("pin_code", "profile.pin_code"),
            ("phone", "profile.phone"),
            ("fssai", "profile.fssai"),
            ("upi_id", "profile.upi"),
            ("counter_name", "profile.counter_missing"),
        ];
        let fields = fields.map(|(field, code)| (field.to_owned(), code.to_owned()));
        assert_eq!(told(&wrong, ""), fields);
        assert!(matches!(read(&wrong), Err(ProfileError::NameMissing)), "the first of them refuses the whole");
    }

    #[test]
    fn a_gstin_is_told_once_whatever_is_wrong_with_it() {
        for (gstin, scheme, state, code) in [
            ("", Scheme::Regular, "27", "profile.gstin_missing"),
            ("27AAPFU0939F1ZW", Scheme::Regular, "27", "gst.gstin_check"),
            ("27AAPFU0939F1ZV", Scheme::Unregistered, "27", "profile.gstin_too_much"),
            ("27AAPFU0939F1ZV", Scheme::Regular, "29", "profile.state_differs"),
        ] {
            let board = ProfileRequest { gstin: gstin.into(), scheme, state: state.into(), ..typed() };
            assert_eq!(told(&board, "A"), [("gstin".to_owned(), code.to_owned())], "{gstin} {scheme:?} {state}");
        }
    }

    #[test]
    fn phones_are_as_boards_have_them() {
        for (text, fits) in [
            ("020 2545 0117", true),
            ("+91 98220-44710", true),
            ("02025450117, 9822044710", true),
            ("12345", false),
            ("1234567890123456", false),
            ("98220x4710", false),
            ("98220+44710", false),
            ("9822044710 / 9822044711 / 9822044712", false),
        ] {
            assert_eq!(is_phone(text), fits, "{text}");
        }
    }
}
