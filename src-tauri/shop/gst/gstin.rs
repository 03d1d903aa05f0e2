//! A GSTIN: fifteen characters that name a registered person, with a check character at the end.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::state::State;
use crate::fault::{Fault, Words};

/// A GSTIN or UIN whose shape, State and check character are right.
///
/// It prints in full with `Display`, and as `Gstin(..)` with `Debug`, so that no log names a customer.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Gstin(String);

/// Why a text is no GSTIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum GstinError {
    #[error("a GSTIN has 15 characters, not {characters}")]
    Length { characters: usize },
    #[error("letters and digits do not stand where a GSTIN has them")]
    Shape,
    #[error("a GSTIN does not begin with State code {code}")]
    State { code: u8 },
    #[error("the check character does not fit the other fourteen")]
    CheckCharacter,
}

/// The kind of registration, as the shape tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registration {
    Regular,
    /// A government department's identification number.
    Government,
    /// One who deducts tax at source (Section 51).
    Deductor,
    /// An e-commerce operator who collects tax at source (Section 52).
    Collector,
    /// An embassy or UN body (Unique Identity Number).
    UniqueIdentity,
    NonResident,
    /// Online services from abroad.
    Oidar,
}

/// The shapes of gst.md §10.1 in the order in which they are tried; one sign a character:
/// `9` a digit, `A` a letter, `X` either, `N` either but 0, `Z` a letter A–J or Z or a digit 1–9, others themselves.
const SHAPES: [(Registration, &str); 8] = [
    (Registration::Deductor, "99AAAAX9999AND^X"),
    (Registration::Collector, "99AAAAX9999ANC^X"),
    (Registration::Regular, "99AAAAA9999ANZX"),
    (Registration::Government, "99AAAA99999A9Z^9"),
    (Registration::UniqueIdentity, "9999AAA99999UN^X"),
    (Registration::UniqueIdentity, "9999AAA99999O^N^X"),
    (Registration::NonResident, "9999AAA99999N^RX"),
    (Registration::Oidar, "9^9^99AAA99999OSX"),
];

impl Gstin {
    /// Reads a GSTIN, trimmed and in upper case.
    ///
    /// # Errors
    /// [`GstinError`] for length, shape, State code or check character.
    pub fn read(text: &str) -> Result<Gstin, GstinError> {
        let told: String = text.trim().to_uppercase();
        let characters = told.chars().count();
        if characters != 15 {
            return Err(GstinError::Length { characters });
        }
        let number = told.get(..2).and_then(|head| head.parse::<u8>().ok()).ok_or(GstinError::Shape)?;
        registration(&told).ok_or(GstinError::Shape)?;
        let named = State::of_code(number).filter(|state| *state != State::OTHER_COUNTRY);
        named.ok_or(GstinError::State { code: number })?;
        if check_character(&told[..14]) != told.chars().next_back() {
            return Err(GstinError::CheckCharacter);
        }
        Ok(Gstin(told))
    }

    /// All fifteen characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The State of the first two digits.
    #[must_use]
    pub fn state(&self) -> State {
        State::read(&self.0[..2]).expect("checked when read")
    }

    /// What kind of registration it is.
    #[must_use]
    pub fn registration(&self) -> Registration {
        registration(&self.0).expect("checked when read")
    }

    /// The PAN inside, characters 3 to 12; a UIN, a non-resident and a deductor with a TAN have none.
    #[must_use]
    pub fn pan(&self) -> Option<&str> {
        let pan = &self.0[2..12];
        fits("AAAAA9999A", pan).then_some(pan)
    }

    /// Who holds it, by the fourth letter of the PAN (gst.md §10.2).
    #[must_use]
    pub fn holder(&self) -> Option<Words> {
        let (en, hi) = match self.pan()?.as_bytes()[3] {
            b'P' => ("Proprietor", "मालिक (एक व्यक्ति)"),
            b'C' => ("Company", "कंपनी"),
            b'H' => ("Hindu undivided family", "HUF (संयुक्त परिवार)"),
            b'F' => ("Partnership firm", "पार्टनरशिप फर्म"),
            b'A' => ("Association of persons", "लोगों का समूह (AOP)"),
            b'T' => ("Trust", "ट्रस्ट"),
            b'B' => ("Body of individuals", "व्यक्तियों का समूह (BOI)"),
            b'L' => ("Local authority", "नगर निकाय या पंचायत"),
            b'J' => ("Other legal body", "अन्य कानूनी संस्था"),
            b'G' => ("Government", "सरकार"),
            _ => return None,
        };
        Some(Words::new(en, hi))
    }
}

/// The check character of the first fourteen; `None` when one of them is no digit or capital.
///
/// Each is a value 0–35, taken once and twice by turns; the two base-36 digits of each product are added
/// up, and the check character fills the sum to a multiple of 36 (gst.md §10.1).
#[must_use]
pub fn check_character(fourteen: &str) -> Option<char> {
    let mut sum = 0;
    for (place, sign) in fourteen.chars().enumerate() {
        let value = sign.to_digit(36).filter(|_| !sign.is_ascii_lowercase())?;
        let product = value * if place % 2 == 0 { 1 } else { 2 };
        sum += product / 36 + product % 36;
    }
    char::from_digit((36 - sum % 36) % 36, 36).map(|sign| sign.to_ascii_uppercase())
}

fn registration(text: &str) -> Option<Registration> {
    SHAPES.iter().find(|(_, shape)| fits(shape, text)).map(|(kind, _)| *kind)
}

/// Whether each sign of `text` is what the shape wants in its place; `^` makes the sign before it literal.
fn fits(shape: &str, text: &str) -> bool {
    let mut signs = text.bytes();
    let mut wanted = shape.bytes().peekable();
    while let Some(want) = wanted.next() {
        let literal = wanted.next_if_eq(&b'^').is_some();
        let Some(sign) = signs.next() else { return false };
        let right = match want {
            _ if literal => sign == want,
            b'9' => sign.is_ascii_digit(),
            b'A' => sign.is_ascii_uppercase(),
            b'X' => sign.is_ascii_digit() || sign.is_ascii_uppercase(),
            b'N' => matches!(sign, b'1'..=b'9' | b'A'..=b'Z'),
            b'Z' => matches!(sign, b'1'..=b'9' | b'A'..=b'J' | b'Z'),
            _ => sign == want,
        };
        if !right {
            return false;
        }
    }
    signs.next().is_none()
}

impl fmt::Display for Gstin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Gstin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Gstin(..)")
    }
}

impl From<Gstin> for String {
    fn from(gstin: Gstin) -> String {
        gstin.0
    }
}

impl TryFrom<String> for Gstin {
    type Error = GstinError;
    fn try_from(text: String) -> Result<Gstin, GstinError> {
        Gstin::read(&text)
    }
}

impl From<GstinError> for Fault {
    fn from(error: GstinError) -> Fault {
        let again = ("Compare it with the certificate.", "इसे सर्टिफिकेट से मिलाइए।");
        match error {
            GstinError::Length { characters } => Fault::new(
                "gst.gstin_length",
                (
                    format!("A GSTIN has 15 characters; this has {characters}."),
                    format!("GSTIN में 15 अक्षर होते हैं, इसमें {characters} हैं।"),
                ),
                again,
            ),
            GstinError::Shape => Fault::new(
                "gst.gstin_shape",
                ("A GSTIN is built differently, such as 27AAPFU0939F1ZV.", "GSTIN ऐसा नहीं होता, जैसे 27AAPFU0939F1ZV।"),
                again,
            ),
            GstinError::State { code } => Fault::new(
                "gst.gstin_state",
                (format!("There is no State with code {code:02}."), format!("कोड {code:02} का कोई राज्य नहीं है।")),
                again,
            ),
            GstinError::CheckCharacter => Fault::new(
                "gst.gstin_check",
                ("A character of this GSTIN is mistyped.", "इस GSTIN का कोई अक्षर गलत लिखा है।"),
                again,
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn worked_example_maharashtra_v() {
        let gstin = Gstin::read(" 27aapfu0939f1zv ").expect("a GSTIN");
        assert_eq!(gstin.as_str(), "27AAPFU0939F1ZV");
        assert_eq!(gstin.state().number(), 27);
        assert_eq!(gstin.pan(), Some("AAPFU0939F"));
        assert_eq!(gstin.holder().map(|words| words.en).as_deref(), Some("Partnership firm"));
        assert_eq!(gstin.registration(), Registration::Regular);
    }

    #[test]
    fn worked_example_gujarat_c() {
        let gstin = Gstin::read("24AAQCA8719H1ZC").expect("a GSTIN");
        assert_eq!(gstin.holder().map(|words| words.en).as_deref(), Some("Company"));
        assert_eq!(check_character("24AAQCA8719H1Z"), Some('C'));
    }

    #[test]
    fn worked_example_tcs_operator_8() {
        let gstin = Gstin::read("29AABCF8078M1C8").expect("a GSTIN");
        assert_eq!(gstin.registration(), Registration::Collector);
    }

    #[test]
    fn every_shape_is_read_and_others_refused() {
        let mut read = Vec::new();
        for fourteen in [
            "27AAPFU0939F1Z",
            "07ABCDE1234FAJ",
            "07DELH01234G1D",
            "07ABCDE1234F1D",
            "29AABCF8078M1C",
            "07ABCD12345E0Z",
            "0717UNO00157UN",
            "0717USA00157ON",
            "9917SGP29001OS",
            "2718GBR00001NR",
            "25AAPFU0939F1Z",
            "28AAPFU0939F1Z",
        ] {
            let check = check_character(fourteen).expect("digits and capitals");
            match Gstin::read(&format!("{fourteen}{check}")) {
                Ok(gstin) => read.push(gstin.registration()),
                // The last place of a government number is a digit.
                Err(error) => assert_eq!((error, check.is_ascii_digit()), (GstinError::Shape, false), "{fourteen}"),
            }
        }
        assert_eq!(read.first(), Some(&Registration::Regular));
        for kind in [Registration::Deductor, Registration::Collector, Registration::UniqueIdentity] {
            assert!(read.contains(&kind), "{kind:?}");
        }
        assert!(read.contains(&Registration::Oidar) && read.contains(&Registration::NonResident));
        // Identity numbers seen in the wild: a UN body and an online service from abroad.
        assert!(Gstin::read("0717UNO00157UNO").is_ok_and(|gstin| gstin.pan().is_none()));
        assert!(Gstin::read("9917SGP29001OST").is_ok_and(|gstin| gstin.state() == State::CENTRE));
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (text, error) in [
            ("", GstinError::Length { characters: 0 }),
            ("27AAPFU0939F1Z", GstinError::Length { characters: 14 }),
            ("2७AAPFU0939F1ZV", GstinError::Shape),
            ("27AAPFU0939F1YV", GstinError::Shape),
            ("27AAPFU0939F0ZV", GstinError::Shape),
            ("2 AAPFU0939F1ZV", GstinError::Shape),
            ("+7AAPFU0939F1ZV", GstinError::Shape),
            ("39AAPFU0939F1ZV", GstinError::State { code: 39 }),
            ("96AAPFU0939F1ZV", GstinError::State { code: 96 }),
            ("00AAPFU0939F1ZV", GstinError::State { code: 0 }),
            ("27AAPFU0939F1ZW", GstinError::CheckCharacter),
            // The sandbox of the e-invoice portal uses numbers that are none.
            ("02AMBPG7773M002", GstinError::Shape),
        ] {
            assert_eq!(Gstin::read(text), Err(error), "{text}");
        }
    }

    #[test]
    fn a_government_number_ends_in_a_digit() {
        let numbers = (0..100).map(|n| format!("07ABCD123{n:02}E0Z"));
        let read = numbers
            .filter_map(|fourteen| {
                let check = check_character(&fourteen)?;
                Gstin::read(&format!("{fourteen}{check}")).ok()
            })
            .collect::<Vec<_>>();
        assert!(!read.is_empty());
        assert!(read.iter().all(|gstin| gstin.registration() == Registration::Government && gstin.pan().is_none()));
    }

    proptest! {
        #[test]
        fn one_mistyped_character_is_always_refused(
            state in 1..=38u8, pan in "[A-Z]{3}[PCHFATBLJG][A-Z][0-9]{4}[A-Z]", entity in "[1-9A-Z]",
            place in 0..15usize, typed in "[0-9A-Z]",
        ) {
            let fourteen = format!("{state:02}{pan}{entity}Z");
            let right = format!("{fourteen}{}", check_character(&fourteen).expect("digits and capitals"));
            let read = Gstin::read(&right).expect("built right");
            prop_assert!(read.holder().is_some() && read.pan() == Some(pan.as_str()));
            let mut wrong = right.clone();
            wrong.replace_range(place..=place, &typed);
            prop_assert_eq!(Gstin::read(&wrong).is_ok(), wrong == right);
        }

        #[test]
        fn reading_never_panics(text in "\\PC{0,20}") {
            let _ = Gstin::read(&text);
        }
    }
}
