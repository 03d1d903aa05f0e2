//! The link that a UPI app reads from a QR code (NPCI UPI Linking Specification 1.6).

use crate::id::BillId;
use crate::money::Paise;
use crate::profile::Profile;

/// The link that pays `amount` to the shop, referring to a bill; nothing for a shop without UPI or a zero amount.
///
/// The reference is the bill's id, so that it is the same on screen before the number is drawn and on paper after.
#[must_use]
pub fn link(profile: &Profile, bill: BillId, amount: Paise) -> Option<String> {
    if profile.upi_id.is_empty() || amount <= Paise::ZERO {
        return None;
    }
    let name = percent_encoded(&profile.name);
    Some(format!("upi://pay?pa={}&pn={name}&am={}&cu=INR&tr={bill}", profile.upi_id, amount.decimal()))
}

/// UTF-8 with everything but letters, digits and `-_.~` as `%XX` (RFC 3986 §2.3); a space is `%20`, never `+`.
fn percent_encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_encoded_for_a_link() {
        for (name, told) in [("Sharma Stores", "Sharma%20Stores"), ("A&B #1", "A%26B%20%231"), ("श", "%E0%A4%B6")] {
            assert_eq!(percent_encoded(name), told);
        }
    }
}
