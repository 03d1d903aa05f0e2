//! How long something took: on the wall, and on the thread's own CPU clock.

/// What one run of something took, in nanoseconds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lap {
    pub wall: u64,
    /// The thread's CPU time, which busy neighbours hardly move; the wall where the system has no such clock.
    pub cpu: u64,
}

/// Runs `work` and tells what it took.
pub fn lap<T>(work: impl FnOnce() -> T) -> (T, Lap) {
    let (wall, cpu) = (wall(), cpu());
    let done = work();
    let lap = Lap { wall: wall.elapsed().as_nanos() as u64, cpu: self::cpu() - cpu };
    (done, if cfg!(unix) { lap } else { Lap { cpu: lap.wall, ..lap } })
}

/// The machine's clock since some moment.
#[expect(clippy::disallowed_methods, reason = "this is the place where time is measured")]
pub fn wall() -> std::time::Instant {
    std::time::Instant::now()
}

/// The thread's CPU time so far, in nanoseconds.
#[cfg(unix)]
pub fn cpu() -> u64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

#[cfg(not(unix))]
pub fn cpu() -> u64 {
    0
}

/// Many laps of the same thing.
#[derive(Default)]
pub struct Laps(Vec<Lap>);

impl Laps {
    pub fn add(&mut self, lap: Lap) {
        self.0.push(lap);
    }

    /// Runs `work` and keeps what it took.
    pub fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let (done, lap) = lap(work);
        self.add(lap);
        done
    }

    /// The wall time that so many percent of the laps stayed within.
    pub fn wall(&self, percent: usize) -> u64 {
        percentile(self.0.iter().map(|lap| lap.wall), percent)
    }

    /// The CPU time that so many percent of the laps stayed within.
    pub fn cpu(&self, percent: usize) -> u64 {
        percentile(self.0.iter().map(|lap| lap.cpu), percent)
    }
}

/// The nearest rank: the least value that so many percent do not exceed.
fn percentile(values: impl Iterator<Item = u64>, percent: usize) -> u64 {
    let mut values: Vec<u64> = values.collect();
    values.sort_unstable();
    let rank = (values.len() * percent).div_ceil(100).max(1);
    values.get(rank - 1).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_rank_is_a_value_that_was_there() {
        for (values, percent, rank) in [
            (vec![], 50, 0),
            (vec![7], 50, 7),
            (vec![7], 99, 7),
            (vec![4, 1, 3, 2], 50, 2),
            (vec![4, 1, 3, 2], 90, 4),
            ((1..=100).collect(), 99, 99),
            ((1..=200).collect(), 95, 190),
        ] {
            assert_eq!(percentile(values.clone().into_iter(), percent), rank, "{percent} % of {values:?}");
        }
    }

    #[test]
    fn sleeping_costs_the_wall_and_not_the_cpu() {
        let ((), lap) = lap(|| std::thread::sleep(std::time::Duration::from_millis(20)));
        assert!(lap.wall >= 20_000_000);
        assert!(!cfg!(unix) || lap.cpu < lap.wall / 2, "{lap:?}");
    }
}
