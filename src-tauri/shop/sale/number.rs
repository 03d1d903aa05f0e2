//! Document numbers: a prefix of the counter, the fiscal year, a running number; at most 16 characters.

use crate::day::FiscalYear;

/// The number as printed: `A/26-27/000001` (CGST Rule 46(b): consecutive, unique in the year, 16 characters).
///
/// `None` when it would be longer: the series is full, after a million bills under three letters in one year.
#[must_use]
pub fn number(prefix: &str, year: FiscalYear, running: u64) -> Option<String> {
    let number = format!("{prefix}/{year}/{running:06}");
    (number.len() <= 16).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::Day;

    #[test]
    fn numbers_fit_the_rule() {
        let year = Day::read("2026-11-22").expect("a day").fiscal_year();
        for (prefix, running, told) in [
            ("A", 1, Some("A/26-27/000001")),
            ("ABC", 999_999, Some("ABC/26-27/999999")),
            ("B1", 1_234_567, Some("B1/26-27/1234567")),
            ("ABC", 1_000_000, None),
        ] {
            assert_eq!(number(prefix, year, running).as_deref(), told);
        }
    }
}
