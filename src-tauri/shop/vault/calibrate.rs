//! How dear a login may be on this PC: measured once, at set-up.

use super::error::VaultError;
use super::hazmat::argon2id;
use super::slot::Cost;

/// What is tried above the floor goes up by this much memory.
const STEP_KIB: u32 = 64 * 1024;
/// One call may take this long.
const CALL_MS_MAX: u64 = 500;
/// One part in so many of the machine's memory may be lent.
const MEMORY_SHARE: u64 = 8;

impl Cost {
    /// The dearest cost that this PC bears: memory goes up in steps of 64 MiB while one call takes at most half a
    /// second and an eighth of the machine's memory.
    ///
    /// Never below [`Cost::FLOOR`], however slow the machine. `measure_ms` runs one call and tells how long it took;
    /// nothing, or no time at all, means that it cannot be measured, and what was found before stands.
    ///
    /// ```
    /// # use pakka::vault::Cost;
    /// let eight_gib = 8 * 1024 * 1024;
    /// let cost = Cost::calibrate(eight_gib, &mut |cost| Some(u64::from(cost.m_kib) / 500));
    /// assert_eq!(cost.m_kib, 192 * 1024);
    /// assert_eq!(Cost::calibrate(0, &mut |_| Some(1)), Cost::FLOOR);
    /// ```
    pub fn calibrate(memory_kib: u64, measure_ms: &mut dyn FnMut(Cost) -> Option<u64>) -> Cost {
        let most = u64::from(Cost::CEILING.m_kib).min(memory_kib / MEMORY_SHARE);
        let mut found = Cost::FLOOR;
        loop {
            let dearer = Cost { m_kib: found.m_kib + STEP_KIB, ..found };
            if u64::from(dearer.m_kib) > most {
                return found;
            }
            match measure_ms(dearer) {
                Some(1..=CALL_MS_MAX) => found = dearer,
                _ => return found,
            }
        }
    }

    /// Makes one call of this cost, for whoever measures it.
    ///
    /// # Errors
    /// [`VaultError::NoMemory`] when the machine cannot lend so much.
    ///
    /// # Panics
    /// With a cost outside of the limits.
    pub fn try_out(&self) -> Result<(), VaultError> {
        assert!(self.in_limits(), "a cost is tried between floor and ceiling");
        argon2id(&[0; 13], &[0; 16], &[0; 32], &[0; 32], *self).map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIB: u64 = 1024 * 1024;

    #[test]
    fn memory_goes_up_while_a_call_takes_half_a_second() {
        // Microseconds a MiB, memory in GiB, MiB found.
        for (us_per_mib, memory_gib, mib) in [
            (5_300, 8, 64),
            (4_000, 8, 64),
            (3_906, 8, 128),
            (2_600, 8, 192),
            (1_900, 16, 256),
            (480, 64, 1024),
            (100, 64, 1024),
            (100, 4, 512),
            (100, 1, 128),
            (100, 0, 64),
            (100_000, 64, 64),
        ] {
            let mut calls = Vec::new();
            let cost = Cost::calibrate(memory_gib * GIB, &mut |cost| {
                calls.push(cost);
                Some(u64::from(cost.m_kib) / 1024 * us_per_mib / 1000)
            });
            assert_eq!((cost.m_kib / 1024, cost.t, cost.p), (mib, 3, 1), "{us_per_mib} us, {memory_gib} GiB");
            assert!(cost.in_limits() && calls.iter().all(Cost::in_limits));
            assert!(calls.len() <= 16);
        }
    }

    #[test]
    fn a_clock_that_stands_still_measures_nothing() {
        for told in [None, Some(0)] {
            assert_eq!(Cost::calibrate(64 * GIB, &mut |_| told), Cost::FLOOR);
        }
        let mut calls = 0;
        let stopped = Cost::calibrate(64 * GIB, &mut |_| {
            calls += 1;
            (calls < 3).then_some(10)
        });
        assert_eq!(stopped.m_kib, 192 * 1024, "what was measured before stands");
    }

    #[test]
    #[should_panic(expected = "between floor and ceiling")]
    fn nothing_above_the_ceiling_is_lent() {
        let _ = Cost { m_kib: Cost::CEILING.m_kib + 1, ..Cost::FLOOR }.try_out();
    }
}
