//! What Pakka does to the memory of its own process (security.md §2.10). The only crate of Pakka with `unsafe` in it.
//!
//! - [`Locked`]: the thirty-two bytes of a key on a page of their own, which is not swapped, not dumped, lies between
//!   pages that nobody may touch, and is wiped when it is let go.
//! - [`Wiping`]: a heap that is wiped as it is given back, for the programs that hold a shop.
//! - [`harden`]: no core dumps, and no other program of the same user reads this one's memory.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;

pub use zeroizing_alloc::ZeroAlloc as Wiping;

/// Thirty-two bytes that stay in one place in memory. Where the system refuses to lock the page they are as good as
/// on the heap.
pub struct Locked(NonNull<[u8; 32]>);

// SAFETY: the bytes belong to this value alone and lie where no other value points.
unsafe impl Send for Locked {}
// SAFETY: shared, they are only read.
unsafe impl Sync for Locked {}

impl Locked {
    /// Thirty-two zeros.
    ///
    /// # Panics
    /// When the system has not even four pages left.
    #[must_use]
    pub fn zeroed() -> Locked {
        // SAFETY: the memory is checked to be there and filled before anybody reads it.
        unsafe {
            let place = memsec::malloc::<[u8; 32]>().expect("four pages of memory");
            place.write([0; 32]);
            Locked(place)
        }
    }
}

impl Deref for Locked {
    type Target = [u8; 32];

    fn deref(&self) -> &[u8; 32] {
        // SAFETY: made in `zeroed`, filled there, and given back by `drop` alone.
        unsafe { self.0.as_ref() }
    }
}

impl DerefMut for Locked {
    fn deref_mut(&mut self) -> &mut [u8; 32] {
        // SAFETY: as above, and nobody else has it while it is borrowed for change.
        unsafe { self.0.as_mut() }
    }
}

impl Drop for Locked {
    fn drop(&mut self) {
        // SAFETY: it came from `malloc` and nobody reads it afterwards; `free` wipes before it gives back.
        unsafe { memsec::free(self.0) }
    }
}

impl fmt::Debug for Locked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Locked(..)")
    }
}

/// Asks the system to leave no dump of this process and to let no other program of the same user look into it. What
/// the system refuses stays as it was: a shop must open all the same.
pub fn harden() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locked_bytes_are_their_own_and_come_back_as_they_were_put() {
        let mut keys: Vec<Locked> = (0..100).map(|_| Locked::zeroed()).collect();
        keys.iter_mut().enumerate().for_each(|(number, key)| key.fill(number as u8));
        for (number, key) in keys.iter().enumerate() {
            assert_eq!(**key, [number as u8; 32]);
        }
        assert_eq!(format!("{:?}", keys[1]), "Locked(..)");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn after_hardening_the_system_dumps_nothing() {
        harden();
        let limits = std::fs::read_to_string("/proc/self/limits").expect("this process's limits");
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).expect("the limit of dumps");
        assert_eq!(core.split_whitespace().rev().nth(2), Some("0"), "{core}");
        assert_eq!(rustix::process::dumpable_behavior().ok(), Some(rustix::process::DumpableBehavior::NotDumpable));
    }
}
