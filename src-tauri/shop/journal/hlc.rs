//! A hybrid logical clock: orders facts of several counters though their wall clocks differ.

/// Milliseconds of the wall in the upper 48 bits, a counter in the lower 16.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hlc(u64);

/// An arriving clock further ahead than this does not move the local one.
const AHEAD_MS_MAX: u64 = 5 * 60 * 1000;

impl Hlc {
    #[must_use]
    pub const fn new(value: u64) -> Hlc {
        Hlc(value)
    }

    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The next value at `wall_ms`: later than every value before it, also when the wall went back.
    #[must_use]
    pub fn tick(self, wall_ms: i64) -> Hlc {
        Hlc((self.0 + 1).max(at(wall_ms)))
    }

    /// The clock after a value from elsewhere was seen; one that is far ahead is left alone.
    #[must_use]
    pub fn seen(self, other: u64, wall_ms: i64) -> Hlc {
        if Hlc::is_ahead(other, wall_ms) { self } else { Hlc(self.0.max(other)) }
    }

    /// Whether a value from elsewhere lies more than five minutes ahead of this wall.
    #[must_use]
    pub fn is_ahead(other: u64, wall_ms: i64) -> bool {
        other > at(wall_ms).saturating_add(AHEAD_MS_MAX << 16)
    }
}

fn at(wall_ms: i64) -> u64 {
    u64::try_from(wall_ms).unwrap_or(0).min((1 << 47) - 1) << 16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_goes_back() {
        let first = Hlc::default().tick(1000);
        let same_instant = first.tick(1000);
        let wall_went_back = same_instant.tick(500);
        assert!(first < same_instant && same_instant < wall_went_back);
        assert_eq!(wall_went_back.tick(2000).get() >> 16, 2000);
    }

    #[test]
    fn a_clock_far_ahead_does_not_drag_ours_along() {
        let ours = Hlc::default().tick(1_000_000);
        let near = at(1_000_000 + 60_000);
        let far = at(1_000_000 + 600_000);
        assert_eq!(ours.seen(near, 1_000_000).get(), near);
        assert_eq!(ours.seen(far, 1_000_000), ours);
    }
}
