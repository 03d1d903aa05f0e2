//! Document numbers: a prefix of the counter, the fiscal year, a running number; at most 16 characters.

use crate::day::FiscalYear;

/// The number as printed: `A/26-27/000001` (CGST Rule 46(b): consecutive, unique in the year, 16 characters).
///
/// # Panics
/// When it would be longer than 16 characters, which takes ten million bills of one counter in one year.
#[must_use]
pub fn number(prefix: &str, year: FiscalYear, running: u64) -> String {
    let number = format!("{prefix}/{year}/{running:06}");
    assert!(number.len() <= 16, "a series ends before its numbers outgrow Rule 46(b)");
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::Day;

    #[test]
    fn numbers_fit_the_rule() {
        let year = Day::read("2026-11-22").expect("a day").fiscal_year();
        for (prefix, running, told) in
            [("A", 1, "A/26-27/000001"), ("ABC", 999_999, "ABC/26-27/999999"), ("B1", 1_234_567, "B1/26-27/1234567")]
        {
            let number = number(prefix, year, running);
            assert_eq!(number, told);
            assert!(number.len() <= 16);
        }
    }
}
