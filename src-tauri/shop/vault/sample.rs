//! What the vault's tests share: counting bytes, a chance that counts, hexadecimal.

use crate::stamp::Chance;

/// Bytes that count upwards from the first, as the vectors write them.
pub fn array<const N: usize>(first: u8) -> [u8; N] {
    std::array::from_fn(|place| first.wrapping_add(place as u8))
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A chance that never gives the same bytes twice and always gives the same run of them.
pub struct Counting(pub u64);

impl Chance for Counting {
    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = (self.0 >> 56) as u8;
        }
    }
}
