//! Codes of one phone, many at a time, and the target that a code and its offset add up to.
//!
//! A table of 400 days holds over a million codes. HMAC-SHA1 begins every one of them with the same two blocks,
//! so those are worked out once; a code then costs two blocks instead of four and no memory.

use sha1::block_api::compress;
use zeroize::{Zeroize as _, ZeroizeOnDrop};

use super::totp::TotpSecret;
use crate::stamp::Chance;

/// Six digits: codes, offsets and targets are below this.
pub(super) const CODES: u32 = 1_000_000;

const BLOCK: usize = 64;
/// The state SHA-1 begins with (FIPS 180-4, 5.3.1).
const BEGIN: [u32; 5] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];

/// HMAC-SHA1 under one secret, both pads already taken in; wiped when let go.
#[derive(zeroize::Zeroize, ZeroizeOnDrop)]
pub(super) struct Codes {
    inner: [u32; 5],
    outer: [u32; 5],
}

impl Codes {
    pub fn new(secret: &TotpSecret) -> Codes {
        let padded = |pad: u8| {
            let mut block = [pad; BLOCK];
            block.iter_mut().zip(secret.expose()).for_each(|(byte, secret)| *byte ^= secret);
            let mut state = BEGIN;
            compress(&mut state, &[block]);
            block.zeroize();
            state
        };
        Codes { inner: padded(0x36), outer: padded(0x5c) }
    }

    /// The code of a step (RFC 6238 over RFC 4226, six digits).
    pub fn at(&self, step: u64) -> u32 {
        let mut block = last_block(8);
        block[..8].copy_from_slice(&step.to_be_bytes());
        let mut inner = self.inner;
        compress(&mut inner, &[block]);
        let mut block = last_block(20);
        block[..20].copy_from_slice(&digest(inner));
        let mut outer = self.outer;
        compress(&mut outer, &[block]);
        let digest = digest(outer);
        let start = usize::from(digest[19] & 15);
        let four = digest[start..start + 4].try_into().expect("the last four begin at 15 of 20");
        (u32::from_be_bytes(four) & 0x7fff_ffff) % CODES
    }

    /// What has to be added to the code of a step to come to the target.
    pub fn offset(&self, step: u64, target: u32) -> u32 {
        (target + CODES - self.at(step)) % CODES
    }
}

/// The last block of a message of which so many bytes stand in it, after one block of padding the key.
const fn last_block(length: usize) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    block[length] = 0x80;
    let bits = ((BLOCK + length) * 8) as u16;
    block[BLOCK - 2] = (bits >> 8) as u8;
    block[BLOCK - 1] = bits as u8;
    block
}

fn digest(state: [u32; 5]) -> [u8; 20] {
    let mut out = [0; 20];
    out.chunks_exact_mut(4).zip(state).for_each(|(four, word)| four.copy_from_slice(&word.to_be_bytes()));
    out
}

/// A target: every number of six digits is as likely as any other, because those past the last whole million are
/// drawn again.
pub(super) fn make_target(chance: &mut dyn Chance) -> u32 {
    const LIMIT: u32 = u32::MAX / CODES * CODES;
    loop {
        let mut bytes = [0; 4];
        chance.fill(&mut bytes);
        let drawn = u32::from_le_bytes(bytes);
        if drawn < LIMIT {
            return drawn % CODES;
        }
    }
}

/// Six digits as they are typed, spaces aside; `None` for anything else.
pub(super) fn read_code(typed: &str) -> Option<u32> {
    let mut digits = 0;
    let mut code = 0;
    for sign in typed.chars().filter(|sign| !sign.is_whitespace()) {
        let digit = sign.is_ascii_digit().then(|| sign.to_digit(10)).flatten()?;
        digits += 1;
        if digits > 6 {
            return None;
        }
        code = code * 10 + digit;
    }
    (digits == 6).then_some(code)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::vault::sample::Counting;

    fn rfc() -> TotpSecret {
        TotpSecret::read(b"12345678901234567890").expect("twenty bytes")
    }

    #[test]
    fn annex_a_code_and_offset() {
        let codes = Codes::new(&rfc());
        assert_eq!(codes.at(37_037_036), 81_804);
        assert_eq!(codes.offset(37_037_036, 123_456), 41_652);
    }

    #[test]
    fn rfc_4226_appendix_d() {
        let codes = Codes::new(&rfc());
        let table = [755_224, 287_082, 359_152, 969_429, 338_314, 254_676, 287_922, 162_583, 399_871, 520_489];
        for (step, code) in (0..).zip(table) {
            assert_eq!(codes.at(step), code, "count {step}");
        }
    }

    proptest! {
        #[test]
        fn the_codes_are_those_of_the_library(secret: [u8; 20], step in 0..10_000_000_000_u64, target in 0..CODES) {
            let secret = TotpSecret::read(&secret).expect("twenty bytes");
            let codes = Codes::new(&secret);
            let shown = secret.code_at(i64::try_from(step).expect("small") * 30_000);
            prop_assert_eq!(read_code(&shown), Some(codes.at(step)));
            prop_assert_eq!((codes.at(step) + codes.offset(step, target)) % CODES, target);
        }
    }

    #[test]
    fn a_draw_past_the_last_whole_million_is_drawn_again() {
        struct Row(Vec<u32>);
        impl Chance for Row {
            fn fill(&mut self, bytes: &mut [u8]) {
                bytes.copy_from_slice(&self.0.remove(0).to_le_bytes());
            }
        }
        assert_eq!(make_target(&mut Row(vec![4_294_000_000, u32::MAX, 4_293_999_999])), 999_999);
        let mut tenths = [0; 10];
        let mut chance = Counting(5);
        (0..10_000).for_each(|_| tenths[(make_target(&mut chance) / 100_000) as usize] += 1);
        assert!(tenths.iter().all(|count| (850..1150).contains(count)), "{tenths:?}");
    }

    #[test]
    fn a_code_is_six_digits_with_or_without_spaces() {
        for (typed, code) in [
            ("287082", Some(287_082)),
            (" 000 007 ", Some(7)),
            ("28708", None),
            ("0287082", None),
            ("+87082", None),
            ("", None),
            ("२८७०८२", None),
        ] {
            assert_eq!(read_code(typed), code, "{typed}");
        }
    }
}
