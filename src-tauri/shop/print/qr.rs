//! QR codes as rows of dark and light squares.

use fast_qr::{ECL, QRBuilder};

/// Light squares a reader needs around the code (ISO/IEC 18004, 6.3.8).
pub const QUIET: usize = 4;

/// A QR code: square, error correction M, without its quiet zone.
#[derive(Clone, PartialEq, Eq)]
pub struct Qr {
    side: usize,
    dark: Vec<bool>,
}

impl Qr {
    /// The code that holds a text; none when the text is longer than a code can hold (2,331 bytes).
    #[must_use]
    pub fn of(text: &str) -> Option<Qr> {
        let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
        let dark = (0..code.size).flat_map(|row| code[row].iter().map(|module| module.value())).collect();
        Some(Qr { side: code.size, dark })
    }

    /// Squares along one side, quiet zone not counted.
    #[must_use]
    pub fn side(&self) -> usize {
        self.side
    }

    /// The rows from the top, `true` for dark.
    pub fn rows(&self) -> impl Iterator<Item = &[bool]> {
        self.dark.chunks(self.side)
    }

    /// Dark stretches as (column, row, length), so that few rectangles draw the code.
    pub fn stretches(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        self.rows().enumerate().flat_map(|(row, squares)| {
            let mut column = 0;
            squares.chunk_by(|a, b| a == b).filter_map(move |same| {
                let start = column;
                column += same.len();
                same[0].then_some((start, row, same.len()))
            })
        })
    }
}

/// What a code holds may be a secret: only its size is told.
impl std::fmt::Debug for Qr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Qr({0} x {0})", self.side)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_square_with_three_finders() {
        let code = Qr::of("upi://pay?pa=sharma@okbank&pn=Sharma%20Stores&am=28455.00&cu=INR").expect("short");
        let rows: Vec<&[bool]> = code.rows().collect();
        assert_eq!(rows.len(), code.side());
        let finder = |x: usize, y: usize| {
            (0..7).all(|d| rows[y][x + d] && rows[y + 6][x + d] && rows[y + d][x] && rows[y + d][x + 6])
                && (1..6).all(|d| !rows[y + 1][x + d] && !rows[y + d][x + 1])
                && (2..5).all(|d| rows[y + 2][x + d] && rows[y + 3][x + d] && rows[y + 4][x + d])
        };
        let far = code.side() - 7;
        assert!(finder(0, 0) && finder(far, 0) && finder(0, far));
        assert!(!finder(far, far));
    }

    #[test]
    fn stretches_cover_the_dark_squares_exactly() {
        let code = Qr::of("A1/26-27/04376").expect("short");
        let mut drawn = vec![false; code.side() * code.side()];
        for (column, row, length) in code.stretches() {
            for square in &mut drawn[row * code.side() + column..][..length] {
                assert!(!std::mem::replace(square, true), "drawn twice");
            }
        }
        assert_eq!(drawn, code.dark);
    }

    #[test]
    fn what_is_too_long_for_a_code_gets_none() {
        assert!(Qr::of(&"a".repeat(2_331)).is_some());
        assert!(Qr::of(&"a".repeat(2_332)).is_none());
    }
}
