//! The machine's clock: the only place that asks it.

use pakka::stamp::Clock;

/// Wall clock, local offset and time since the machine was started.
pub struct MachineClock;

impl Clock for MachineClock {
    fn now(&self) -> (i64, i16, u64) {
        #[expect(clippy::disallowed_methods, reason = "this is where the clock comes from")]
        let wall = jiff::Zoned::now();
        let offset_min = i16::try_from(wall.offset().seconds() / 60).expect("an offset is less than 26 hours");
        let (wall_ms, uptime_ms) = (wall.timestamp().as_millisecond(), uptime_ms());
        #[cfg(feature = "trial")]
        let (wall_ms, uptime_ms) = trial::shifted(wall_ms, uptime_ms);
        (wall_ms, offset_min, uptime_ms)
    }
}

/// Milliseconds since the machine was started, to a hundredth of a second.
#[cfg(target_os = "linux")]
fn uptime_ms() -> u64 {
    let text = std::fs::read_to_string("/proc/uptime").unwrap_or_default();
    let digits: String = text.split(' ').next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
    digits.parse::<u64>().map_or(0, |hundredths| hundredths * 10)
}

/// Milliseconds since the machine was started.
#[cfg(not(target_os = "linux"))]
fn uptime_ms() -> u64 {
    uptime_lib::get().map_or(0, |up| u64::try_from(up.as_millis()).unwrap_or(u64::MAX))
}

/// A clock that a test moves: the file named by `PAKKA_TRIAL_CLOCK` holds the seconds to go ahead, and perhaps those by
/// which the clock on the wall alone is wrong besides.
#[cfg(feature = "trial")]
mod trial {
    pub fn shifted(wall_ms: i64, uptime_ms: u64) -> (i64, u64) {
        let [ahead_ms, wrong_ms] = moved_ms();
        (wall_ms.saturating_add(ahead_ms).saturating_add(wrong_ms), uptime_ms.saturating_add_signed(ahead_ms))
    }

    fn moved_ms() -> [i64; 2] {
        let Some(path) = std::env::var_os("PAKKA_TRIAL_CLOCK") else { return [0, 0] };
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let mut words = text.split_whitespace();
        let mut next = || words.next().and_then(|word| word.parse::<i64>().ok()).unwrap_or(0).saturating_mul(1_000);
        [next(), next()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_has_been_up_for_a_while_and_goes_on() {
        let (wall, offset, up) = MachineClock.now();
        let (wall_later, _, up_later) = MachineClock.now();
        assert!(up > 0 && up_later >= up);
        assert!(wall > 1_767_225_600_000 && wall_later >= wall, "after 2026 began");
        assert!(offset.abs() <= 14 * 60);
    }
}
