//! How texts are made alike before they are compared: case, accents, joiners, digits.

/// The text folded for comparing: words in small letters without accents, one space between them.
///
/// A number and the letters beside it are words of their own, so that `500gm` meets `500 gm`. A
/// possessive loses its apostrophe (`lay's` is `lays`), any other apostrophe parts words (`d'olive`).
/// Nuktas and joiners of Indian scripts go, and their digits become 0–9.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut last = Sort::Gap;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if is_apostrophe(c) && last == Sort::Letter && is_last_letter(&mut chars.clone()) {
            continue;
        }
        if c.is_ascii() {
            last = push(&mut folded, c.to_ascii_lowercase(), last);
            continue;
        }
        for small in c.to_lowercase().filter(|small| !is_joiner(*small)).map(bare) {
            last = push(&mut folded, small, last);
        }
    }
    folded
}

/// Adds a character in its word, or opens the next word, and says of which sort it was.
fn push(folded: &mut String, c: char, last: Sort) -> Sort {
    let sort = sort_of(c);
    if sort != Sort::Gap {
        if last != sort && !folded.is_empty() {
            folded.push(' ');
        }
        push_spelt(folded, c);
    }
    sort
}

/// A code folded for comparing: small letters, and an all-digit one without its leading zeros.
///
/// Zeros in front come and go between scanner, keyboard and spreadsheet.
pub(super) fn fold_code(code: &str) -> String {
    let small: String =
        code.chars().filter(|c| !c.is_whitespace() && !c.is_control()).flat_map(char::to_lowercase).collect();
    let counting = small.trim_start_matches('0');
    let digits = !counting.is_empty() && counting.bytes().all(|b| b.is_ascii_digit());
    if digits { counting.to_owned() } else { small }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Gap,
    Letter,
    Digit,
}

fn sort_of(c: char) -> Sort {
    if c.is_ascii_digit() {
        Sort::Digit
    } else if c.is_alphanumeric() || is_indian_mark(c) {
        Sort::Letter
    } else {
        Sort::Gap
    }
}

/// Vowel signs, viramas and the like of the scripts from Devanagari to Sinhala; the two dandas are stops.
fn is_indian_mark(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{dff}') && !matches!(c, '\u{964}' | '\u{965}')
}

/// Marks that leave no trace: joiners, combining accents, nuktas.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{300}'..='\u{36f}' | '\u{93c}' | '\u{9bc}' | '\u{a3c}' | '\u{abc}' | '\u{b3c}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '´' | '`')
}

/// Whether exactly one letter follows before the word ends.
fn is_last_letter(rest: &mut dyn Iterator<Item = char>) -> bool {
    rest.next().is_some_and(char::is_alphabetic) && !rest.next().is_some_and(char::is_alphanumeric)
}

fn push_spelt(folded: &mut String, c: char) {
    match c {
        'ß' => folded.push_str("ss"),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        'þ' => folded.push_str("th"),
        other => folded.push(other),
    }
}

/// The letter without its accent, the Indian letter without its nukta, the Indian digit as 0–9.
fn bare(c: char) -> char {
    match c {
        '\0'..='\u{bf}' => c,
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | '\u{1ea0}'..='\u{1eb7}' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' | 'đ' | 'ð' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | '\u{1eb8}'..='\u{1ec7}' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' | 'ǧ' => 'g',
        'ĥ' | 'ħ' | '\u{1e25}' => 'h',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ǐ' | '\u{1ec8}'..='\u{1ecb}' => 'i',
        'ĵ' => 'j',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' | '\u{1e37}' => 'l',
        '\u{1e43}' => 'm',
        'ñ' | 'ń' | 'ņ' | 'ň' | '\u{1e45}' | '\u{1e47}' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ǒ' | '\u{1ecc}'..='\u{1ee3}' => 'o',
        'ŕ' | 'ŗ' | 'ř' | '\u{1e5b}' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | '\u{1e63}' => 's',
        'ţ' | 'ť' | 'ŧ' | 'ț' | '\u{1e6d}' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ǔ' | '\u{1ee4}'..='\u{1ef1}' => 'u',
        'ŵ' => 'w',
        'ý' | 'ÿ' | 'ŷ' | '\u{1ef2}'..='\u{1ef9}' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        // Chandrabindu is written as anusvara by many.
        '\u{901}' => '\u{902}',
        // Letters with the nukta built in.
        '\u{929}' => 'न',
        '\u{931}' => 'र',
        '\u{934}' => 'ळ',
        '\u{958}' => 'क',
        '\u{959}' => 'ख',
        '\u{95a}' => 'ग',
        '\u{95b}' => 'ज',
        '\u{95c}' => 'ड',
        '\u{95d}' => 'ढ',
        '\u{95e}' => 'फ',
        '\u{95f}' => 'य',
        '\u{660}'..='\u{669}' => digit(c, 0x660),
        '\u{6f0}'..='\u{6f9}' => digit(c, 0x6f0),
        '\u{966}'..='\u{96f}' => digit(c, 0x966),
        '\u{9e6}'..='\u{9ef}' => digit(c, 0x9e6),
        '\u{a66}'..='\u{a6f}' => digit(c, 0xa66),
        '\u{ae6}'..='\u{aef}' => digit(c, 0xae6),
        '\u{b66}'..='\u{b6f}' => digit(c, 0xb66),
        '\u{be6}'..='\u{bef}' => digit(c, 0xbe6),
        '\u{c66}'..='\u{c6f}' => digit(c, 0xc66),
        '\u{ce6}'..='\u{cef}' => digit(c, 0xce6),
        '\u{d66}'..='\u{d6f}' => digit(c, 0xd66),
        other => other,
    }
}

fn digit(c: char, zero: u32) -> char {
    char::from_digit(u32::from(c) - zero, 10).expect("each range above holds ten digits")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_people_take_for_alike_fold_alike() {
        for (one, other) in [
            ("Crème BRÛLÉE", "creme brulee"),
            ("Lay's  Classic", "lays classic"),
            ("Lay’s", "LAYS"),
            ("Huile d'olive", "huile d olive"),
            ("Atta 500gm", "atta 500 GM"),
            ("1.5L", "1 5 l"),
            ("ज़ीरा", "जीरा"),
            ("ज\u{93c}ीरा", "ज़ीरा"),
            ("चाँद", "चांद"),
            ("क्\u{200d}ष", "क्ष"),
            ("१०० ग्राम", "100ग्राम"),
            ("Straße", "strasse"),
            ("Cafe\u{301}", "café"),
            ("  -- ", ""),
            ("İstanbul", "istanbul"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} / {other}");
        }
        assert_eq!(fold("हल्दी, पीसी।"), "हल्दी पीसी");
    }

    #[test]
    fn codes_lose_what_scanners_and_spreadsheets_lose() {
        for (code, folded) in
            [("036000291452", "36000291452"), ("AB-01", "ab-01"), (" 20 4 ", "204"), ("000", "000"), ("0A1", "0a1")]
        {
            assert_eq!(fold_code(code), folded, "{code}");
        }
    }
}
