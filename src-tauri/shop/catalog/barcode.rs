//! Barcodes: the check digit of a GTIN, and the one form under which all spellings of a code meet.

/// The most characters a code may have; a GS1-128 element string has at most 48.
pub const LENGTH_MAX: usize = 48;

/// What a code is by its digits alone (GS1 General Specifications §2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// EAN-8.
    Gtin8,
    /// UPC-A.
    Gtin12,
    /// EAN-13.
    Gtin13,
    /// ITF-14, the outer case.
    Gtin14,
    /// Numbered by the shop or the maker; no check digit is promised.
    Own,
}

/// What a code is, judged by its length; the check digit is [`wrong_check_digit`]'s matter.
#[must_use]
pub fn kind(code: &str) -> Kind {
    if !is_digits(code) {
        return Kind::Own;
    }
    match code.len() {
        8 => Kind::Gtin8,
        12 => Kind::Gtin12,
        13 => Kind::Gtin13,
        14 => Kind::Gtin14,
        _ => Kind::Own,
    }
}

/// The check digit that belongs after these digits (GS1 General Specifications §7.9.1).
///
/// `None` when the text is empty or holds anything but digits.
///
/// ```
/// use pakka::catalog::barcode::check_digit;
/// assert_eq!(check_digit("890103086527"), Some('5'));
/// assert_eq!(check_digit("89010308652A"), None);
/// ```
#[must_use]
pub fn check_digit(body: &str) -> Option<char> {
    if !is_digits(body) {
        return None;
    }
    let sum: u32 =
        body.bytes().rev().zip([3, 1].into_iter().cycle()).map(|(digit, by)| u32::from(digit - b'0') * by).sum();
    char::from_digit((10 - sum % 10) % 10, 10)
}

/// The digit that should stand at the end of a code of GTIN length, when another one does.
///
/// Shops have such codes and they scan as they are printed, so this is a warning and no refusal.
#[must_use]
pub fn wrong_check_digit(code: &str) -> Option<char> {
    if kind(code) == Kind::Own {
        return None;
    }
    let (body, last) = code.split_at(code.len() - 1);
    check_digit(body).filter(|right| !last.starts_with(*right))
}

/// The one form under which all typed and scanned forms of a code meet.
///
/// Up to fourteen digits with at least seven that count lose their leading zeros, and get one back when
/// only seven are left: UPC-A meets EAN-13, a unit's GTIN-14 meets both, and a zero lost in a
/// spreadsheet is no loss. Shorter numbers are the shop's own and keep their zeros, unless they are
/// written out to the length of a GTIN. Everything else is upper-cased as it is. Hyphens and spaces in
/// a right EAN-13, as books print it, do not count.
///
/// `None` when nothing is left or the code is longer than [`LENGTH_MAX`] or not printable.
///
/// ```
/// use pakka::catalog::barcode::normal;
/// assert_eq!(normal("0036000291452"), normal("036000291452"));
/// assert_eq!(normal("ab-12").as_deref(), Some("AB-12"));
/// ```
#[must_use]
pub fn normal(code: &str) -> Option<String> {
    let code = code.trim();
    if code.is_empty() || code.chars().count() > LENGTH_MAX || !code.chars().all(is_printable) {
        return None;
    }
    let bare: String = code.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    let spaced = bare.len() != code.len() && kind(&bare) == Kind::Gtin13 && wrong_check_digit(&bare).is_none();
    let code = if spaced { bare.as_str() } else { code };
    if !is_digits(code) || code.len() > 14 {
        return Some(code.to_ascii_uppercase());
    }
    let counting = code.trim_start_matches('0');
    if counting.len() >= 7 || kind(code) != Kind::Own {
        return Some(format!("{counting:0>8}"));
    }
    Some(code.to_owned())
}

/// Whether a spreadsheet turned the code into a rounded number, as in `8.90103E+12`.
#[must_use]
pub fn is_shortened(code: &str) -> bool {
    let Some((mantissa, exponent)) = code.split_once(['E', 'e']) else { return false };
    let digits = mantissa.replace(['.', ','], "");
    mantissa.contains(['.', ',']) && is_digits(&digits) && exponent.strip_prefix('+').is_some_and(is_digits)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_printable(c: char) -> bool {
    c == ' ' || c.is_alphanumeric() || c.is_ascii_punctuation()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn check_digits_of_printed_codes() {
        // GS1 General Specifications §7.9.1 (GTIN-13) and codes as printed on packs.
        for (code, right) in [
            ("6291041500213", None),
            ("8901030865275", None),
            ("8901030865278", Some('5')),
            ("036000291452", None),
            ("036000291453", Some('2')),
            ("96385074", None),
            ("10614141000415", None),
            ("12345", None),
            ("ABCDEFGH", None),
        ] {
            assert_eq!(wrong_check_digit(code), right, "{code}");
        }
    }

    #[test]
    fn forms_of_one_code_meet_and_different_codes_do_not() {
        for (one, other, meet) in [
            ("0036000291452", "036000291452", true),
            ("036000291452", "36000291452", true),
            ("00036000291452", "036000291452", true),
            ("08901030865275", "8901030865275", true),
            (" 8901030865275 ", "8901030865275", true),
            ("978-0-306-40615-7", "9780306406157", true),
            ("01234565", "1234565", true),
            ("00000000000017", "00000017", true),
            ("abc-9", "ABC-9", true),
            ("18901030865275", "8901030865275", false),
            ("007", "7", false),
            ("17", "00000017", false),
            ("ABC 9", "ABC9", false),
        ] {
            assert_eq!(normal(one) == normal(other), meet, "{one} {other}");
        }
        for none in ["", "  ", "ab\u{0}c", "890\n103", "123\u{202e}", &"9".repeat(49)] {
            assert_eq!(normal(none), None, "{none:?}");
        }
        assert_eq!(normal(&"9".repeat(48)), Some("9".repeat(48)));
    }

    #[test]
    fn a_code_that_a_spreadsheet_rounded_is_known() {
        for (code, shortened) in [
            ("8.90103E+12", true),
            ("8,90103E+12", true),
            ("8.9e+12", true),
            ("1E5", false),
            ("SIZE.E+L", false),
            ("8901030865275", false),
        ] {
            assert_eq!(is_shortened(code), shortened, "{code}");
        }
    }

    proptest! {
        #[test]
        fn any_zeros_in_front_of_a_gtin_are_one_code(body in "[1-9][0-9]{6,11}", zeros in 0usize..3) {
            let gtin = format!("{body}{}", check_digit(&body).expect("digits"));
            let padded = format!("{}{gtin}", "0".repeat(zeros.min(14 - gtin.len())));
            prop_assert_eq!(normal(&padded), normal(&gtin));
        }

        #[test]
        fn the_normal_form_is_its_own_normal_form(code in "\\PC{0,60}") {
            if let Some(form) = normal(&code) {
                prop_assert_eq!(normal(&form), Some(form));
            }
        }
    }
}
