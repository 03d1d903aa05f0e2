//! The code on the phone: RFC 6238 with SHA-1, six digits, thirty seconds.
//!
//! These three are fixed because most authenticator apps ignore any others.

use std::fmt;

use totp_rs::{Algorithm, Builder, Secret, Totp};
use zeroize::Zeroizing;

use crate::stamp::Chance;

/// Length of a step in seconds.
const STEP_S: u64 = 30;
/// The same in milliseconds, as clocks are compared.
pub(super) const STEP_MS: i64 = 30_000;

/// The secret that the shop shares with one phone; wiped when let go.
pub(super) struct TotpSecret(Box<Zeroizing<[u8; 20]>>);

impl TotpSecret {
    pub fn make(chance: &mut dyn Chance) -> TotpSecret {
        let mut secret = TotpSecret(Box::default());
        chance.fill(&mut secret.0[..]);
        secret
    }

    /// The secret in these bytes; `None` unless there are twenty of them.
    pub fn read(bytes: &[u8]) -> Option<TotpSecret> {
        let mut secret = TotpSecret(Box::default());
        (bytes.len() == secret.0.len()).then(|| secret.0.copy_from_slice(bytes))?;
        Some(secret)
    }

    pub fn expose(&self) -> &[u8; 20] {
        &self.0
    }

    /// The same secret once more, for a second envelope.
    pub fn copy(&self) -> TotpSecret {
        TotpSecret(self.0.clone())
    }

    /// Base32 in groups of four, for typing into a phone that cannot read the picture.
    pub fn text(&self) -> String {
        let base32 = self.base32();
        let groups: Vec<&str> =
            base32.as_bytes().chunks(4).map(|four| std::str::from_utf8(four).expect("base32")).collect();
        groups.join(" ")
    }

    /// The `otpauth://` address that an authenticator app reads from a QR picture.
    ///
    /// A colon parts issuer and person in the label, so one inside a name becomes a space.
    pub fn uri(&self, shop: &str, person: &str) -> String {
        let (shop, person) = (escape(&shop.replace(':', " ")), escape(&person.replace(':', " ")));
        format!(
            "otpauth://totp/{shop}:{person}?secret={}&issuer={shop}&algorithm=SHA1&digits=6&period={STEP_S}",
            self.base32().as_str()
        )
    }

    /// The step whose code was typed: the present one or a neighbour, and later than `floor_step`.
    ///
    /// Spaces in the code do not matter. All three candidates are always computed.
    pub fn matching_step(&self, code: &str, wall_ms: i64, floor_step: u64) -> Option<u64> {
        let code: Zeroizing<String> = Zeroizing::new(code.chars().filter(|sign| !sign.is_whitespace()).collect());
        let totp = self.totp();
        let now = step_at(wall_ms);
        let mut found = None;
        for step in [now + 1, now.saturating_sub(1), now] {
            let fits = totp.check(&code, step * STEP_S).is_some();
            if fits && step > floor_step {
                found = Some(step);
            }
        }
        found
    }

    #[cfg(test)]
    pub fn code_at(&self, wall_ms: i64) -> String {
        self.totp().generate(step_at(wall_ms) * STEP_S).to_string()
    }

    fn totp(&self) -> Totp {
        let builder = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_step_duration(STEP_S);
        builder.with_skew(0).with_secret(*self.expose()).build().expect("20 bytes, 6 digits and 30 s obey RFC 6238")
    }

    fn base32(&self) -> Zeroizing<String> {
        Zeroizing::new(Secret::from(*self.expose()).to_base32())
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(..)")
    }
}

/// The step a moment lies in; moments before 1970 count as the first.
pub(super) fn step_at(wall_ms: i64) -> u64 {
    u64::try_from(wall_ms).unwrap_or(0) / (STEP_S * 1000)
}

/// The middle of a step, in Unix milliseconds.
pub(super) fn moment_of(step: u64) -> i64 {
    i64::try_from(step.saturating_mul(STEP_S * 1000).saturating_add(STEP_S * 500)).unwrap_or(i64::MAX)
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rfc() -> TotpSecret {
        TotpSecret::read(b"12345678901234567890").expect("twenty bytes")
    }

    macro_rules! rfc_6238 {
        ($($name:ident: $seconds:literal -> $code:literal;)*) => {$(
            #[test]
            fn $name() {
                assert_eq!(rfc().code_at($seconds * 1000), $code);
                assert_eq!(rfc().matching_step($code, $seconds * 1000, 0), Some($seconds / 30));
            }
        )*};
    }

    // RFC 6238 appendix B, SHA-1; its eight digits cut to the last six.
    rfc_6238! {
        rfc_6238_appendix_b_at_59: 59 -> "287082";
        rfc_6238_appendix_b_at_1111111109: 1_111_111_109 -> "081804";
        rfc_6238_appendix_b_at_1111111111: 1_111_111_111 -> "050471";
        rfc_6238_appendix_b_at_1234567890: 1_234_567_890 -> "005924";
        rfc_6238_appendix_b_at_2000000000: 2_000_000_000 -> "279037";
        rfc_6238_appendix_b_at_20000000000: 20_000_000_000 -> "353130";
    }

    #[test]
    fn annex_a_totp() {
        let wall_ms = 37_037_036 * 30_000;
        assert_eq!(rfc().code_at(wall_ms), "081804");
        assert_eq!(81_804 + 41_652, 123_456, "code and offset give the target");
    }

    #[test]
    fn the_present_code_and_its_neighbours_work_above_the_floor() {
        let now = 1_795_291_215_000;
        let step = step_at(now);
        for (ahead_ms, floor, found) in [
            (0, 0, Some(step)),
            (-30_000, 0, Some(step - 1)),
            (30_000, 0, Some(step + 1)),
            (-60_000, 0, None),
            (60_000, 0, None),
            (0, step - 1, Some(step)),
            (0, step, None),
            (30_000, step, Some(step + 1)),
            (-30_000, step - 1, None),
        ] {
            let code = rfc().code_at(now + ahead_ms);
            assert_eq!(rfc().matching_step(&code, now, floor), found, "{ahead_ms} {floor}");
        }
    }

    #[test]
    fn a_code_is_six_digits_with_or_without_spaces() {
        for (typed, fits) in [
            ("287082", true),
            (" 287 082 ", true),
            ("287083", false),
            ("28708", false),
            ("0287082", false),
            ("+87082", false),
            ("", false),
            ("२८७०८२", false),
        ] {
            assert_eq!(rfc().matching_step(typed, 59_000, 0).is_some(), fits, "{typed}");
        }
        assert_eq!(rfc().matching_step("287082", i64::MIN, 0), Some(1), "a clock before 1970 is the first step");
    }

    #[test]
    fn the_secret_is_written_as_a_phone_takes_it() {
        assert_eq!(rfc().text(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            rfc().uri("Sharma: Sons & Co", "आशा"),
            "otpauth://totp/Sharma%20%20Sons%20%26%20Co:%E0%A4%86%E0%A4%B6%E0%A4%BE\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Sharma%20%20Sons%20%26%20Co&algorithm=SHA1&digits=6&period=30"
        );
        assert_eq!(format!("{:?}", rfc()), "TotpSecret(..)");
    }
}
