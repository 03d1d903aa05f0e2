//! Calendar values: a day, a month, a fiscal year. Never instants.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::fault::{Unreadable, Words};

/// A day of the calendar, kept as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Day(Date);

impl Day {
    /// Reads `2026-11-22`, or `22-11-2026` and `22/11/2026` as people write it.
    ///
    /// # Errors
    /// [`Unreadable`] when there is no such day between 2017 (the year GST began) and 2199.
    pub fn read(text: &str) -> Result<Day, Unreadable> {
        let parts: Vec<&str> = text.trim().split(['-', '/', '.']).collect();
        let [a, b, c] = parts[..] else { return Err(Unreadable::Day) };
        let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
        let number = |part: &str| part.parse::<i16>().map_err(|_| Unreadable::Day);
        Day::new(number(year)?, number(month)?, number(day)?)
    }

    /// The day of a year, month and day of the month.
    ///
    /// # Errors
    /// [`Unreadable`] when there is no such day between 2017 and 2199.
    pub fn new(year: i16, month: i16, day: i16) -> Result<Day, Unreadable> {
        let date = i8::try_from(month)
            .ok()
            .zip(i8::try_from(day).ok())
            .and_then(|(month, day)| Date::new(year, month, day).ok());
        date.filter(|date| (2017..=2199).contains(&date.year())).map(Day).ok_or(Unreadable::Day)
    }

    /// The day that a clock on the wall shows: Unix milliseconds and the offset from UTC in minutes.
    ///
    /// A clock outside 2017–2199 is held at the nearer end, so that no instant is without a day.
    #[must_use]
    pub fn of(wall_ms: i64, offset_min: i16) -> Day {
        let local_ms = wall_ms.saturating_add(i64::from(offset_min) * 60_000);
        let floor = Day(Date::constant(2017, 1, 1));
        let ceiling = Day(Date::constant(2199, 12, 31));
        let date =
            jiff::Timestamp::from_millisecond(local_ms).map(|at| Day(at.to_zoned(jiff::tz::TimeZone::UTC).date()));
        date.unwrap_or(if local_ms < 0 { floor } else { ceiling }).clamp(floor, ceiling)
    }

    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    #[must_use]
    pub fn month(self) -> i8 {
        self.0.month()
    }

    #[must_use]
    pub fn day_of_month(self) -> i8 {
        self.0.day()
    }

    /// How many days this day is after another; negative when it is before.
    #[must_use]
    pub fn days_after(self, other: Day) -> i32 {
        (self.0 - other.0).get_days()
    }

    /// The fiscal year the day falls in: 1 April to 31 March.
    #[must_use]
    pub fn fiscal_year(self) -> FiscalYear {
        FiscalYear(if self.month() >= 4 { self.year() } else { self.year() - 1 })
    }

    /// `22 Nov 2026`, as documents print it.
    #[must_use]
    pub fn on_paper(self) -> String {
        const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        format!("{} {} {}", self.0.day(), MONTHS[self.0.month() as usize - 1], self.0.year())
    }

    /// The day as a sentence on the screen names it, `22 Nov 2026` and `22 नव 2026`.
    #[must_use]
    pub fn words(self) -> Words {
        const MONTHS: [&str; 12] = ["जन", "फ़र", "मार्च", "अप्रैल", "मई", "जून", "जुल", "अग", "सित", "अक्टू", "नव", "दिस"];
        let hi = format!("{} {} {}", self.0.day(), MONTHS[self.0.month() as usize - 1], self.0.year());
        Words::new(self.on_paper(), hi)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = Unreadable;
    fn try_from(text: String) -> Result<Day, Unreadable> {
        Day::read(&text)
    }
}

/// The Indian fiscal year that begins on 1 April of the year inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FiscalYear(i16);

impl FiscalYear {
    /// The calendar year in which it begins.
    #[must_use]
    pub const fn begins(self) -> i16 {
        self.0
    }
}

/// `26-27`, the form inside document numbers.
impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.0 % 100, (self.0 + 1) % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fiscal_year_turns_on_the_first_of_april() {
        for (day, year) in
            [("2026-03-31", "25-26"), ("2026-04-01", "26-27"), ("2027-01-01", "26-27"), ("2099-04-01", "99-00")]
        {
            assert_eq!(Day::read(day).expect("a day").fiscal_year().to_string(), year);
        }
    }

    #[test]
    fn days_are_counted_over_leap_years() {
        let day = |text| Day::read(text).expect("a day");
        for (later, earlier, days) in [
            ("2026-11-22", "2026-11-22", 0),
            ("2027-11-22", "2026-11-22", 365),
            ("2028-11-22", "2027-11-22", 366),
            ("2026-11-21", "2026-11-22", -1),
        ] {
            assert_eq!(day(later).days_after(day(earlier)), days, "{later}");
        }
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for (text, told) in [
            ("2026-11-22", Some("2026-11-22")),
            ("22-11-2026", Some("2026-11-22")),
            ("1/2/2026", Some("2026-02-01")),
            ("2026-02-30", None),
            ("1999-01-01", None),
            ("yesterday", None),
        ] {
            assert_eq!(Day::read(text).ok().map(|day| day.to_string()).as_deref(), told, "{text}");
        }
    }

    #[test]
    fn a_day_is_named_in_the_language_of_its_sentence() {
        let words = Day::read("2026-11-22").expect("a day").words();
        assert_eq!((words.en.as_str(), words.hi.as_str()), ("22 Nov 2026", "22 नव 2026"));
    }

    #[test]
    fn the_wall_clock_shows_the_day_of_its_own_place() {
        // 2026-11-21 20:00 UTC is already the 22nd in India.
        assert_eq!(Day::of(1_795_291_200_000, 330).to_string(), "2026-11-22");
        assert_eq!(Day::of(i64::MIN, 0).to_string(), "2017-01-01");
        assert_eq!(Day::of(i64::MAX, 0).to_string(), "2199-12-31");
    }
}
