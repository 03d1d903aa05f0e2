//! When, who, where: handed into every action and never fetched from inside.

use crate::day::Day;
use crate::id::StaffId;

/// The moment and the person of one act at this counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Wall clock, Unix milliseconds.
    pub wall_ms: i64,
    /// Offset of the local time from UTC in minutes; India is 330.
    pub offset_min: i16,
    /// Milliseconds since the machine was started; survives a wrong wall clock.
    pub uptime_ms: u64,
    /// Who acts; staff 0 is set-up, before the first person.
    pub staff: StaffId,
    /// Who said yes to it, where the person may not do it alone.
    pub approver: Option<StaffId>,
}

impl Stamp {
    /// The business day: the date on the wall where the shop stands.
    #[must_use]
    pub fn day(&self) -> Day {
        Day::of(self.wall_ms, self.offset_min)
    }
}

/// Tells the time; the window has the machine's, a test has its own.
pub trait Clock: Send {
    /// Wall clock (Unix ms), offset from UTC (minutes) and time since the machine started (ms).
    fn now(&self) -> (i64, i16, u64);
}

/// Gives random bytes; the window has the machine's, a test counts.
pub trait Chance: Send {
    fn fill(&mut self, bytes: &mut [u8]);
}
