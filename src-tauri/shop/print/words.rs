//! An amount in words, in the Indian system: hundred, thousand, lakh, crore.

use crate::money::Paise;

/// `Rupees Twenty Eight Thousand Four Hundred Fifty Five and Paise Fifty only`.
///
/// Words of the rupees are left out when there are only paise; nothing at all is `Rupees Zero only`;
/// an amount below nothing begins with `Minus`.
#[must_use]
pub fn in_english(amount: Paise) -> String {
    let (minus, rupees, paise) = parts(amount);
    let mut words = Vec::new();
    if minus {
        words.push("Minus");
    }
    if rupees > 0 || paise == 0 {
        words.push(if rupees == 1 { "Rupee" } else { "Rupees" });
        push_number(rupees, &ENGLISH, &mut words);
    }
    if paise > 0 {
        if rupees > 0 {
            words.push("and");
        }
        words.push("Paise");
        push_number(paise, &ENGLISH, &mut words);
    }
    words.push("only");
    words.join(" ")
}

/// `अट्ठाईस हज़ार चार सौ पचपन रुपये पचास पैसे मात्र`.
///
/// Words of the rupees are left out when there are only paise; nothing at all is `शून्य रुपये मात्र`;
/// an amount below nothing begins with `माइनस`.
#[must_use]
pub fn in_hindi(amount: Paise) -> String {
    let (minus, rupees, paise) = parts(amount);
    let mut words = Vec::new();
    if minus {
        words.push("माइनस");
    }
    if rupees > 0 || paise == 0 {
        push_number(rupees, &HINDI, &mut words);
        words.push(if rupees == 1 { "रुपया" } else { "रुपये" });
    }
    if paise > 0 {
        push_number(paise, &HINDI, &mut words);
        words.push(if paise == 1 { "पैसा" } else { "पैसे" });
    }
    words.push("मात्र");
    words.join(" ")
}

/// Below nothing or not, whole rupees, and paise under a hundred.
fn parts(amount: Paise) -> (bool, u64, u64) {
    let paise = amount.get().unsigned_abs();
    (amount.get() < 0, paise / 100, paise % 100)
}

/// The number words of one language.
struct Tongue {
    /// The words of 0 to 99; English ones of two words are joined by a space.
    below_hundred: &'static [&'static str; 100],
    hundred: &'static str,
    /// Size and name, largest first.
    steps: [(u64, &'static str); 3],
}

fn push_number(number: u64, tongue: &Tongue, words: &mut Vec<&'static str>) {
    if number == 0 {
        words.push(tongue.below_hundred[0]);
        return;
    }
    let mut rest = number;
    for (size, name) in tongue.steps {
        if rest >= size {
            push_number(rest / size, tongue, words);
            words.push(name);
            rest %= size;
        }
    }
    if rest >= 100 {
        words.push(tongue.below_hundred[usize::try_from(rest / 100).expect("a digit")]);
        words.push(tongue.hundred);
        rest %= 100;
    }
    if rest > 0 {
        words.push(tongue.below_hundred[usize::try_from(rest).expect("under a hundred")]);
    }
}

const ENGLISH: Tongue = Tongue {
    below_hundred: &ENGLISH_BELOW_HUNDRED,
    hundred: "Hundred",
    steps: [(10_000_000, "Crore"), (100_000, "Lakh"), (1_000, "Thousand")],
};

const HINDI: Tongue = Tongue {
    below_hundred: &HINDI_BELOW_HUNDRED,
    hundred: "सौ",
    steps: [(10_000_000, "करोड़"), (100_000, "लाख"), (1_000, "हज़ार")],
};

#[rustfmt::skip]
const ENGLISH_BELOW_HUNDRED: [&str; 100] = [
    "Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine",
    "Ten", "Eleven", "Twelve", "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen",
    "Twenty", "Twenty One", "Twenty Two", "Twenty Three", "Twenty Four", "Twenty Five", "Twenty Six", "Twenty Seven", "Twenty Eight", "Twenty Nine",
    "Thirty", "Thirty One", "Thirty Two", "Thirty Three", "Thirty Four", "Thirty Five", "Thirty Six", "Thirty Seven", "Thirty Eight", "Thirty Nine",
    "Forty", "Forty One", "Forty Two", "Forty Three", "Forty Four", "Forty Five", "Forty Six", "Forty Seven", "Forty Eight", "Forty Nine",
    "Fifty", "Fifty One", "Fifty Two", "Fifty Three", "Fifty Four", "Fifty Five", "Fifty Six", "Fifty Seven", "Fifty Eight", "Fifty Nine",
    "Sixty", "Sixty One", "Sixty Two", "Sixty Three", "Sixty Four", "Sixty Five", "Sixty Six", "Sixty Seven", "Sixty Eight", "Sixty Nine",
    "Seventy", "Seventy One", "Seventy Two", "Seventy Three", "Seventy Four", "Seventy Five", "Seventy Six", "Seventy Seven", "Seventy Eight", "Seventy Nine",
    "Eighty", "Eighty One", "Eighty Two", "Eighty Three", "Eighty Four", "Eighty Five", "Eighty Six", "Eighty Seven", "Eighty Eight", "Eighty Nine",
    "Ninety", "Ninety One", "Ninety Two", "Ninety Three", "Ninety Four", "Ninety Five", "Ninety Six", "Ninety Seven", "Ninety Eight", "Ninety Nine",
];

#[rustfmt::skip]
const HINDI_BELOW_HUNDRED: [&str; 100] = [
    "शून्य", "एक", "दो", "तीन", "चार", "पाँच", "छह", "सात", "आठ", "नौ",
    "दस", "ग्यारह", "बारह", "तेरह", "चौदह", "पंद्रह", "सोलह", "सत्रह", "अठारह", "उन्नीस",
    "बीस", "इक्कीस", "बाईस", "तेईस", "चौबीस", "पच्चीस", "छब्बीस", "सत्ताईस", "अट्ठाईस", "उनतीस",
    "तीस", "इकतीस", "बत्तीस", "तैंतीस", "चौंतीस", "पैंतीस", "छत्तीस", "सैंतीस", "अड़तीस", "उनतालीस",
    "चालीस", "इकतालीस", "बयालीस", "तैंतालीस", "चवालीस", "पैंतालीस", "छियालीस", "सैंतालीस", "अड़तालीस", "उनचास",
    "पचास", "इक्यावन", "बावन", "तिरपन", "चौवन", "पचपन", "छप्पन", "सत्तावन", "अट्ठावन", "उनसठ",
    "साठ", "इकसठ", "बासठ", "तिरसठ", "चौंसठ", "पैंसठ", "छियासठ", "सड़सठ", "अड़सठ", "उनहत्तर",
    "सत्तर", "इकहत्तर", "बहत्तर", "तिहत्तर", "चौहत्तर", "पचहत्तर", "छिहत्तर", "सतहत्तर", "अठहत्तर", "उनासी",
    "अस्सी", "इक्यासी", "बयासी", "तिरासी", "चौरासी", "पचासी", "छियासी", "सत्तासी", "अट्ठासी", "नवासी",
    "नब्बे", "इक्यानवे", "बानवे", "तिरानवे", "चौरानवे", "पंचानवे", "छियानवे", "सत्तानवे", "अट्ठानवे", "निन्यानवे",
];

#[cfg(test)]
#[allow(clippy::inconsistent_digit_grouping, reason = "amounts are grouped as rupees and paise are read")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn paise(amount: i64) -> Paise {
        Paise::new(amount)
    }

    #[test]
    fn amounts_are_said_as_a_cheque_says_them() {
        for (amount, english, hindi) in [
            (0, "Rupees Zero only", "शून्य रुपये मात्र"),
            (50, "Paise Fifty only", "पचास पैसे मात्र"),
            (1, "Paise One only", "एक पैसा मात्र"),
            (1_00, "Rupee One only", "एक रुपया मात्र"),
            (
                28_455_00,
                "Rupees Twenty Eight Thousand Four Hundred Fifty Five only",
                "अट्ठाईस हज़ार चार सौ पचपन रुपये मात्र",
            ),
            (1_05_50, "Rupees One Hundred Five and Paise Fifty only", "एक सौ पाँच रुपये पचास पैसे मात्र"),
            (1_00_000_00, "Rupees One Lakh only", "एक लाख रुपये मात्र"),
            (
                99_99_999_99,
                "Rupees Ninety Nine Lakh Ninety Nine Thousand Nine Hundred Ninety Nine and Paise Ninety Nine only",
                "निन्यानवे लाख निन्यानवे हज़ार नौ सौ निन्यानवे रुपये निन्यानवे पैसे मात्र",
            ),
            (1_00_00_000_00, "Rupees One Crore only", "एक करोड़ रुपये मात्र"),
            (
                9_999_00_00_000_00,
                "Rupees Nine Thousand Nine Hundred Ninety Nine Crore only",
                "नौ हज़ार नौ सौ निन्यानवे करोड़ रुपये मात्र",
            ),
            (-7_00, "Minus Rupees Seven only", "माइनस सात रुपये मात्र"),
        ] {
            assert_eq!(in_english(paise(amount)), english, "{amount}");
            assert_eq!(in_hindi(paise(amount)), hindi, "{amount}");
        }
    }

    #[test]
    fn no_two_numbers_below_a_hundred_share_a_word() {
        for words in [&ENGLISH_BELOW_HUNDRED, &HINDI_BELOW_HUNDRED] {
            let different: std::collections::BTreeSet<_> = words.iter().collect();
            assert_eq!(different.len(), 100);
        }
    }

    /// Reads number words back, greedily over one- and two-word names, knowing nothing of how they were made.
    fn read(words: &[&str], tongue: &Tongue) -> i64 {
        let (mut crores, mut below, mut group, mut at) = (0, 0, 0, 0);
        while at < words.len() {
            let pair = words[at..].iter().take(2).copied().collect::<Vec<_>>().join(" ");
            let value = |word: &str| tongue.below_hundred.iter().position(|known| *known == word);
            if let Some(number) = value(&pair).filter(|_| pair.contains(' ')) {
                group += i64::try_from(number).expect("small");
                at += 1;
            } else if let Some(number) = value(words[at]) {
                group += i64::try_from(number).expect("small");
            } else if words[at] == tongue.hundred {
                group *= 100;
            } else if words[at] == tongue.steps[0].1 {
                crores = below + group;
                (below, group) = (0, 0);
            } else {
                let size = tongue.steps.iter().find(|(_, name)| *name == words[at]).expect("a number word").0;
                below += group * i64::try_from(size).expect("small");
                group = 0;
            }
            at += 1;
        }
        crores * 10_000_000 + below + group
    }

    proptest! {
        #[test]
        fn what_is_said_in_english_reads_back(amount in 0i64..=9_999_00_00_000_00) {
            let said = in_english(paise(amount));
            let said = said.strip_suffix(" only").expect("only");
            let (rupees, paise) = said.split_once("Paise").unwrap_or((said, ""));
            let words = |text: &str| -> i64 {
                let words: Vec<&str> = text.split(' ').filter(|word| !["", "Rupees", "Rupee", "and"].contains(word)).collect();
                read(&words, &ENGLISH)
            };
            prop_assert_eq!(words(rupees) * 100 + words(paise), amount);
        }

        #[test]
        fn what_is_said_in_hindi_reads_back(amount in 0i64..=9_999_00_00_000_00) {
            let said = in_hindi(paise(amount));
            let words: Vec<&str> = said.split(' ').collect();
            let rupees = words.iter().position(|word| ["रुपये", "रुपया"].contains(word));
            let paise = words.iter().position(|word| ["पैसे", "पैसा"].contains(word));
            let from = rupees.map_or(0, |at| at + 1);
            let whole = rupees.map_or(0, |at| read(&words[..at], &HINDI));
            let part = paise.map_or(0, |at| read(&words[from..at], &HINDI));
            prop_assert_eq!(whole * 100 + part, amount);
        }
    }
}
