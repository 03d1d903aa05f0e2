//! The recovery code on paper: 130 bits in Crockford's base32, with four characters that catch a typing error.

use std::fmt;

use zeroize::Zeroizing;

use super::error::VaultError;
use super::hazmat::sha256;
use crate::stamp::Chance;
use crate::text::CROCKFORD as ALPHABET;

/// Characters that carry the secret: 26 × 5 = 130 bits.
const SECRET: usize = 26;
/// Characters that carry the first 20 bits of a hash.
const CHECK: usize = 4;
/// Groups on the paper, five characters each.
pub const GROUPS: usize = 6;
const GROUP: usize = (SECRET + CHECK) / GROUPS;

/// The code that opens the vault without PIN, phone or device; wiped when let go, never printed by accident.
pub struct RecoveryCode(Zeroizing<String>);

impl RecoveryCode {
    pub(super) fn make(chance: &mut dyn Chance) -> RecoveryCode {
        let mut bytes = Zeroizing::new([0; SECRET]);
        chance.fill(&mut *bytes);
        let mut text = Zeroizing::new(String::with_capacity(SECRET + CHECK));
        // Five bits of every byte, so that each character is as likely as the next.
        text.extend(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])));
        let check = check(&text);
        text.push_str(&check);
        RecoveryCode(text)
    }

    /// Reads a code as it is typed from paper: case, spaces and dashes do not matter, O is 0, I and L are 1.
    ///
    /// # Errors
    /// [`VaultError::RecoveryGroup`] when one character is wrong, or two neighbours are changed round;
    /// [`VaultError::RecoveryMistyped`] when more is wrong, missing or too many. What is wrong slips past the check
    /// characters once in a million times, and is then refused by the vault itself.
    pub fn read(typed: &str) -> Result<RecoveryCode, VaultError> {
        let text = tidy(typed).filter(|text| text.len() == SECRET + CHECK).ok_or(VaultError::RecoveryMistyped)?;
        if is_whole(&text) {
            return Ok(RecoveryCode(text));
        }
        Err(wrong_group(&text).map_or(VaultError::RecoveryMistyped, |group| VaultError::RecoveryGroup { group }))
    }

    /// The code as it is printed: six groups of five.
    #[must_use]
    pub fn groups(&self) -> [String; GROUPS] {
        std::array::from_fn(|place| self.group(place).to_owned())
    }

    /// Whether the typed text is the group of this number, counted from 1 as on the paper.
    pub(super) fn is_group(&self, number: usize, typed: &str) -> bool {
        let typed = tidy(typed);
        (1..=GROUPS).contains(&number) && typed.is_some_and(|typed| typed.as_str() == self.group(number - 1))
    }

    /// The 26 characters that are the secret, as they go into the key derivation.
    pub(super) fn secret(&self) -> &str {
        &self.0[..SECRET]
    }

    pub(super) fn group(&self, place: usize) -> &str {
        &self.0[place * GROUP..(place + 1) * GROUP]
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(..)")
    }
}

/// The four check characters of a secret: the first 20 bits of SHA-256 over a label and the characters.
fn check(secret: &str) -> String {
    let hash = sha256(&[b"pos/v1/recovery-check|", secret.as_bytes()]);
    let bits = u32::from_be_bytes([0, hash[0], hash[1], hash[2]]) >> 4;
    (0..CHECK).rev().map(|place| char::from(ALPHABET[(bits >> (5 * place)) as usize & 31])).collect()
}

fn is_whole(text: &str) -> bool {
    check(&text[..SECRET]) == text[SECRET..]
}

/// The number of the group in which one slip of the pen would explain a code that is not whole, counted from 1.
///
/// The check characters cover the whole code, so every code one slip away is tried. One of these thousand fits by
/// chance once in a thousand times; where slips in two groups would do, none is named.
fn wrong_group(text: &str) -> Option<u8> {
    let mut groups = Vec::new();
    let mut try_out = |place: usize, changed: &[u8]| {
        let changed = Zeroizing::new(String::from_utf8(changed.to_vec()).expect("letters of the alphabet"));
        if is_whole(&changed) {
            groups.push(u8::try_from(place / GROUP + 1).expect("six groups"));
        }
    };
    let mut bytes = Zeroizing::new(text.as_bytes().to_vec());
    for place in 0..bytes.len() {
        let typed = bytes[place];
        for other in ALPHABET {
            bytes[place] = *other;
            try_out(place, &bytes);
        }
        bytes[place] = typed;
        if place + 1 < bytes.len() {
            bytes.swap(place, place + 1);
            try_out(place, &bytes);
            bytes.swap(place, place + 1);
        }
    }
    groups.dedup();
    groups.first().copied().filter(|_| groups.len() == 1)
}

/// Typed characters as the alphabet writes them; `None` when one is not of it or there are far too many.
pub(super) fn tidy(typed: &str) -> Option<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::with_capacity(SECRET + CHECK));
    for sign in typed.chars() {
        let sign = match sign.to_ascii_uppercase() {
            '-' | '_' | '.' | '\u{2010}'..='\u{2015}' | '\u{2212}' => continue,
            blank if blank.is_whitespace() => continue,
            'O' => '0',
            'I' | 'L' => '1',
            sign => sign,
        };
        let known = u8::try_from(sign).is_ok_and(|byte| ALPHABET.contains(&byte));
        if !known || text.len() == SECRET + CHECK {
            return None;
        }
        text.push(sign);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::vault::sample::Counting;

    fn code(start: u64) -> RecoveryCode {
        RecoveryCode::make(&mut Counting(start))
    }

    #[test]
    fn the_code_of_a_counted_chance() {
        let zero = RecoveryCode::read("00000-00000-00000-00000-00000-0").err();
        assert_eq!(zero, Some(VaultError::RecoveryMistyped), "26 zeros without their check characters");
        let whole = format!("{}{}", "0".repeat(SECRET), check(&"0".repeat(SECRET)));
        assert_eq!(RecoveryCode::read(&whole).expect("with them").secret(), "0".repeat(SECRET));
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back_however_it_is_typed(start: u64, small: bool, between in "[ \\-–]{0,2}") {
            let code = code(start);
            let mut typed = code.groups().join(&between);
            if small {
                typed = typed.to_lowercase().replace('0', "o").replace('1', "l");
            }
            let back = RecoveryCode::read(&typed).expect("the same code");
            prop_assert_eq!(back.secret(), code.secret());
        }

        #[test]
        fn any_text_is_read_without_a_panic(text: String) {
            let _ = RecoveryCode::read(&text);
        }
    }

    #[test]
    fn one_wrong_character_is_caught() {
        let printed: String = code(9).groups().concat();
        for place in 0..printed.len() {
            for other in ALPHABET {
                let mut typed = printed.clone().into_bytes();
                typed[place] = *other;
                let typed = String::from_utf8(typed).expect("ascii");
                assert_eq!(RecoveryCode::read(&typed).is_ok(), typed == printed, "{place} {other}");
            }
        }
    }

    #[test]
    fn two_neighbours_changed_round_are_caught() {
        let printed: String = code(3).groups().concat();
        for place in 0..printed.len() - 1 {
            let mut typed = printed.clone().into_bytes();
            typed.swap(place, place + 1);
            let typed = String::from_utf8(typed).expect("ascii");
            assert_eq!(RecoveryCode::read(&typed).is_ok(), typed == printed, "{place}");
        }
    }

    #[test]
    fn one_slip_is_shown_in_its_group_and_two_are_not_guessed() {
        let printed: String = code(9).groups().concat();
        let read = |change: &dyn Fn(&mut Vec<u8>)| {
            let mut typed = printed.clone().into_bytes();
            change(&mut typed);
            RecoveryCode::read(&String::from_utf8(typed).expect("ascii")).err()
        };
        for place in 0..printed.len() {
            let other = if printed.as_bytes()[place] == b'7' { b'8' } else { b'7' };
            let group = u8::try_from(place / GROUP + 1).expect("six");
            let told = read(&|typed| typed[place] = other);
            assert_eq!(told, Some(VaultError::RecoveryGroup { group }), "{place}");
        }
        let first = (10..14).find(|place| printed.as_bytes()[*place] != printed.as_bytes()[place + 1]).expect("two");
        let turned = read(&|typed| typed.swap(first, first + 1));
        assert_eq!(turned, Some(VaultError::RecoveryGroup { group: 3 }));
        let twice = read(&|typed| [1, 22].into_iter().for_each(|place| typed[place] = b'7'));
        assert_eq!(twice, Some(VaultError::RecoveryMistyped), "nothing is guessed");
        assert_eq!(read(&|typed| _ = typed.pop()), Some(VaultError::RecoveryMistyped));
    }

    #[test]
    fn a_group_is_known_by_its_number_on_the_paper() {
        let code = code(5);
        let groups = code.groups();
        assert!(groups.iter().all(|group| group.len() == GROUP));
        for (place, group) in groups.iter().enumerate() {
            assert!(code.is_group(place + 1, &format!(" {} ", group.to_lowercase())));
            assert!(!code.is_group((place + 1) % GROUPS + 1, group));
        }
        for (number, typed) in [(0, &groups[0][..]), (7, &groups[5]), (1, ""), (1, "UUUUU")] {
            assert!(!code.is_group(number, typed), "{number} {typed}");
        }
    }
}
