//! The State codes of GST, with their names, and which of them levy UTGST.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::fault::{Fault, Words};

/// A State, Union Territory or other place that GST has a code for: 01–38, 96, 97 and 99.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct State(u8);

/// A text that names no State.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a State is a code from 01 to 38, 96 or 97, or its name")]
pub struct NoSuchState;

/// Code, short name, English name, Hindi name (gst.md §6.6).
const STATES: [(u8, &str, &str, &str); 41] = [
    (1, "JK", "Jammu and Kashmir", "जम्मू और कश्मीर"),
    (2, "HP", "Himachal Pradesh", "हिमाचल प्रदेश"),
    (3, "PB", "Punjab", "पंजाब"),
    (4, "CH", "Chandigarh", "चंडीगढ़"),
    (5, "UK", "Uttarakhand", "उत्तराखंड"),
    (6, "HR", "Haryana", "हरियाणा"),
    (7, "DL", "Delhi", "दिल्ली"),
    (8, "RJ", "Rajasthan", "राजस्थान"),
    (9, "UP", "Uttar Pradesh", "उत्तर प्रदेश"),
    (10, "BR", "Bihar", "बिहार"),
    (11, "SK", "Sikkim", "सिक्किम"),
    (12, "AR", "Arunachal Pradesh", "अरुणाचल प्रदेश"),
    (13, "NL", "Nagaland", "नागालैंड"),
    (14, "MN", "Manipur", "मणिपुर"),
    (15, "MZ", "Mizoram", "मिज़ोरम"),
    (16, "TR", "Tripura", "त्रिपुरा"),
    (17, "ML", "Meghalaya", "मेघालय"),
    (18, "AS", "Assam", "असम"),
    (19, "WB", "West Bengal", "पश्चिम बंगाल"),
    (20, "JH", "Jharkhand", "झारखंड"),
    (21, "OD", "Odisha", "ओडिशा"),
    (22, "CG", "Chhattisgarh", "छत्तीसगढ़"),
    (23, "MP", "Madhya Pradesh", "मध्य प्रदेश"),
    (24, "GJ", "Gujarat", "गुजरात"),
    (25, "DD", "Daman and Diu", "दमन और दीव"),
    (26, "DN", "Dadra and Nagar Haveli and Daman and Diu", "दादरा नगर हवेली और दमन दीव"),
    (27, "MH", "Maharashtra", "महाराष्ट्र"),
    (28, "AD", "Andhra Pradesh (before 2014)", "आंध्र प्रदेश (2014 से पहले)"),
    (29, "KA", "Karnataka", "कर्नाटक"),
    (30, "GA", "Goa", "गोवा"),
    (31, "LD", "Lakshadweep", "लक्षद्वीप"),
    (32, "KL", "Kerala", "केरल"),
    (33, "TN", "Tamil Nadu", "तमिलनाडु"),
    (34, "PY", "Puducherry", "पुदुचेरी"),
    (35, "AN", "Andaman and Nicobar Islands", "अंडमान निकोबार"),
    (36, "TS", "Telangana", "तेलंगाना"),
    (37, "AP", "Andhra Pradesh", "आंध्र प्रदेश"),
    (38, "LA", "Ladakh", "लद्दाख"),
    (96, "OC", "Other Country", "दूसरा देश"),
    (97, "OT", "Other Territory", "अन्य क्षेत्र"),
    (99, "CJ", "Centre Jurisdiction", "केंद्र"),
];

impl State {
    pub const MAHARASHTRA: State = State(27);
    /// The place of supply of an export.
    pub const OTHER_COUNTRY: State = State(96);
    pub const OTHER_TERRITORY: State = State(97);
    /// The GSTIN prefix of online services from abroad; never a place of supply.
    pub const CENTRE: State = State(99);

    /// Every code in order, the two dead ones (25, 28) and 96, 97, 99 included.
    pub fn all() -> impl Iterator<Item = State> {
        STATES.iter().map(|row| State(row.0))
    }

    /// The States and Territories a shop may stand in on `day`: what a chooser offers.
    pub fn of_shops(day: Day) -> impl Iterator<Item = State> {
        State::all().filter(move |state| state.on(day) == *state && state.is_in_india())
    }

    /// The State of a number.
    #[must_use]
    pub fn of_code(code: u8) -> Option<State> {
        STATES.iter().any(|row| row.0 == code).then_some(State(code))
    }

    /// Reads `27`, `7`, `MH`, `Maharashtra` or `27-Maharashtra`, in any case.
    ///
    /// # Errors
    /// [`NoSuchState`] when there is no such code or name.
    pub fn read(text: &str) -> Result<State, NoSuchState> {
        let told = text.trim();
        let code = told.split_once('-').map_or(told, |(code, _)| code.trim());
        if !code.is_empty() && code.len() <= 2 && code.bytes().all(|b| b.is_ascii_digit()) {
            return code.parse().ok().and_then(State::of_code).ok_or(NoSuchState);
        }
        let row = STATES.iter().find(|(_, short, en, hi)| {
            told.eq_ignore_ascii_case(short) || told.eq_ignore_ascii_case(en) || told == *hi
        });
        row.map(|row| State(row.0)).ok_or(NoSuchState)
    }

    /// The two digits that stand in documents and at the head of a GSTIN: `07`.
    #[must_use]
    pub fn code(self) -> String {
        format!("{:02}", self.0)
    }

    /// The number of the code, as e-way bills write it.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The name in English and Hindi.
    #[must_use]
    pub fn name(self) -> Words {
        let row = self.row();
        Words::new(row.2, row.3)
    }

    /// Two letters: `MH`.
    #[must_use]
    pub fn short(self) -> &'static str {
        self.row().1
    }

    /// Whether its local tax is called UTGST: a Territory without legislature (UTGST Act s.2(8)).
    ///
    /// Delhi, Puducherry and Jammu and Kashmir have legislatures and levy SGST.
    #[must_use]
    pub const fn is_union_territory_without_legislature(self) -> bool {
        matches!(self.0, 4 | 25 | 26 | 31 | 35 | 38 | 97)
    }

    /// Whether it is a place in India: everything but other countries (96) and the Centre (99).
    #[must_use]
    pub const fn is_in_india(self) -> bool {
        self.0 < 96 || self.0 == 97
    }

    /// What the State is on `day`: Daman and Diu joined 26 on 26 January 2020, old Andhra Pradesh is 37.
    #[must_use]
    pub fn on(self, day: Day) -> State {
        let joined = Day::new(2020, 1, 26).expect("the day of the merger is a day");
        match self.0 {
            25 if day >= joined => State(26),
            28 => State(37),
            _ => self,
        }
    }

    fn row(self) -> &'static (u8, &'static str, &'static str, &'static str) {
        STATES.iter().find(|row| row.0 == self.0).expect("a State is only made from a code of the table")
    }
}

/// `27-Maharashtra`, as returns and invoices write a place of supply.
impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{}", self.0, self.row().2)
    }
}

impl From<State> for String {
    fn from(state: State) -> String {
        state.code()
    }
}

impl TryFrom<String> for State {
    type Error = NoSuchState;
    fn try_from(text: String) -> Result<State, NoSuchState> {
        State::read(&text)
    }
}

impl From<NoSuchState> for Fault {
    fn from(_: NoSuchState) -> Fault {
        Fault::new(
            "gst.state",
            ("There is no such State.", "ऐसा कोई राज्य नहीं है।"),
            ("Choose one from the list, such as 27 Maharashtra.", "सूची से चुनिए, जैसे 27 महाराष्ट्र।"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::read(text).expect("a day")
    }

    #[test]
    fn states_are_read_as_people_and_files_write_them() {
        for (text, code) in [
            ("27", Some("27")),
            ("7", Some("07")),
            (" mh ", Some("27")),
            ("Maharashtra", Some("27")),
            ("27-Maharashtra", Some("27")),
            ("महाराष्ट्र", Some("27")),
            ("AP", Some("37")),
            ("Andhra Pradesh", Some("37")),
            ("25", Some("25")),
            ("28", Some("28")),
            ("96", Some("96")),
            ("39", None),
            ("0", None),
            ("98", None),
            ("", None),
            ("Bombay", None),
        ] {
            assert_eq!(State::read(text).ok().map(State::code).as_deref(), code, "{text}");
        }
    }

    #[test]
    fn every_state_reads_its_own_names() {
        for state in State::all() {
            for form in [state.code(), state.short().to_owned(), state.name().en, state.name().hi, state.to_string()] {
                assert_eq!(State::read(&form), Ok(state), "{form}");
            }
            let json = serde_json::to_string(&state).expect("json");
            assert_eq!(serde_json::from_str::<State>(&json).expect("json"), state);
        }
    }

    #[test]
    fn six_territories_of_today_levy_utgst() {
        let today = day("2026-11-22");
        let levy: Vec<u8> = State::of_shops(today)
            .filter(|state| state.is_union_territory_without_legislature())
            .map(State::number)
            .collect();
        assert_eq!(levy, [4, 26, 31, 35, 38, 97]);
        assert_eq!(State::of_shops(today).count(), 37);
    }

    #[test]
    fn merged_states_answer_to_the_code_of_the_day() {
        let daman = State::read("25").expect("a code");
        assert_eq!(daman.on(day("2020-01-25")).number(), 25);
        assert_eq!(daman.on(day("2020-01-26")).number(), 26);
        assert_eq!(State::read("28").expect("a code").on(day("2018-01-01")).number(), 37);
    }
}
