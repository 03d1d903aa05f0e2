//! The machine's randomness: the only place that asks for it.

use pakka::stamp::Chance;

/// Random bytes from the operating system.
pub struct MachineChance;

impl Chance for MachineChance {
    fn fill(&mut self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("without the system's randomness no key may be made");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_draws_differ() {
        let (mut one, mut other) = ([0; 32], [0; 32]);
        MachineChance.fill(&mut one);
        MachineChance.fill(&mut other);
        assert_ne!(one, other);
    }
}
