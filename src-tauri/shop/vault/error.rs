//! What can stand between a shopkeeper and the open shop, in words.

use thiserror::Error;

use crate::fault::Fault;

/// Why the vault does not open, or is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum VaultError {
    /// Wrong PIN, wrong code, used code or unknown person; which of them is never told.
    #[error("PIN or code refused")]
    Refused,
    #[error("too many wrong tries: {seconds} s to wait")]
    Wait { seconds: u64 },
    /// Ten wrong tries in a row at a slot of the staff.
    #[error("the slot is locked until an owner opens it")]
    SlotLocked,
    /// Thirty wrong tries within a day over all slots.
    #[error("only an owner may come in today")]
    OwnerOnly,
    /// An older header was put back, or what tells that it was not is gone.
    #[error("the list of people is not the last one seen here")]
    HeaderOld,
    /// Told to the owner after it: nobody can say who had been removed, so all of the staff were.
    #[error("an older list of people was replaced by one without staff")]
    HeaderReplaced,
    #[error("only an owner may do this")]
    OwnerNeeded,
    #[error("this person's keys do not include that one")]
    KeyNotHeld,
    #[error("no more people fit")]
    Full,
    #[error("nobody has this slot")]
    NoSuchPerson,
    #[error("the last owner stays")]
    LastOwner,
    /// The note of used codes was lost and has been begun anew; codes of this moment count as used.
    #[error("the note of used codes was lost")]
    StateLost,
    #[error("the clock is behind the last time the shop was open")]
    ClockBehind,
    #[error("the vault was written by a newer program")]
    Newer,
    #[error("the vault's files are damaged")]
    Damaged,
    /// Well-formed, but not what the shop wrote.
    #[error("the vault's files were changed by somebody else")]
    Altered,
    #[error("the device secret is missing")]
    DeviceMissing,
    #[error("the key stick is not plugged in")]
    StickMissing,
    #[error("the system's keystore does not answer")]
    KeystoreSilent,
    #[error("a vault is already here")]
    Taken,
    #[error("no vault is here")]
    NoVault,
    #[error("the PIN is too short")]
    PinShort,
    #[error("the PIN is too short for the staff")]
    PinShortStaff,
    #[error("the PIN is too long")]
    PinLong,
    #[error("the PIN is easily guessed")]
    PinCommon,
    /// While a phone is being paired: the code is not the one the phone should show now.
    #[error("the code does not fit")]
    CodeWrong,
    #[error("the recovery code has a typing error")]
    RecoveryMistyped,
    /// One slip in this group would explain it, counted from 1 as on the paper.
    #[error("the recovery code has a typing error in one group")]
    RecoveryGroup { group: u8 },
    #[error("the recovery code is not this shop's")]
    RecoveryRefused,
    /// The code from the phone or the two groups from the paper were not typed back yet.
    #[error("the phone and the paper are not proven yet")]
    Unproven,
    #[error("the disk refused: {0}")]
    Disk(std::io::ErrorKind),
    #[error("not enough memory")]
    NoMemory,
}

impl From<std::io::Error> for VaultError {
    fn from(error: std::io::Error) -> VaultError {
        VaultError::Disk(error.kind())
    }
}

impl From<VaultError> for Fault {
    fn from(error: VaultError) -> Fault {
        match error {
            VaultError::Refused => Fault::new(
                "vault.refused",
                ("PIN or code did not match.", "PIN या कोड मेल नहीं खाया।"),
                (
                    "Type the PIN and the newest code on the phone. A code works only once.",
                    "PIN और फ़ोन पर दिख रहा नया कोड लिखिए। एक कोड एक ही बार चलता है।",
                ),
            ),
            VaultError::Wait { seconds } => {
                let (en, hi) = wait(seconds);
                Fault::new(
                    "vault.wait",
                    (format!("Too many wrong tries. Wait {en}."), format!("कई बार गलत लिखा गया। {hi} रुकिए।")),
                    (
                        "Keep the PC on while you wait. The recovery code works at once.",
                        "तब तक PC चालू रखिए। रिकवरी कोड तुरंत चलता है।",
                    ),
                )
            }
            VaultError::SlotLocked => Fault::new(
                "vault.slot_locked",
                ("Ten wrong tries: this person is locked out.", "दस बार गलत लिखा गया: यह व्यक्ति अब लॉगिन नहीं कर सकता।"),
                ("Ask the owner to open it again.", "मालिक से फिर खोलने को कहिए।"),
            ),
            VaultError::OwnerOnly => Fault::new(
                "vault.owner_only",
                (
                    "Too many wrong tries on this PC. For a day only the owner can log in.",
                    "इस PC पर बहुत बार गलत लिखा गया। एक दिन तक सिर्फ़ मालिक लॉगिन कर सकता है।",
                ),
                ("Call the owner, who can log in and allow it again.", "मालिक को बुलाइए; वह लॉगिन करके फिर छूट दे सकता है।"),
            ),
            VaultError::HeaderOld => Fault::new(
                "vault.header_old",
                ("An older list of people was put back on this PC.", "इस PC पर लोगों की पुरानी सूची रख दी गई है।"),
                ("The owner must log in first, or use the recovery code.", "पहले मालिक लॉगिन करे या रिकवरी कोड लगाए।"),
            ),
            VaultError::HeaderReplaced => Fault::new(
                "vault.header_replaced",
                (
                    "An older list of people had been put back on this PC. The staff were taken off it.",
                    "इस PC पर लोगों की पुरानी सूची रख दी गई थी। कर्मचारी उससे हटा दिए गए।",
                ),
                ("Ask who did it. Then add the staff again.", "पूछिए कि यह किसने किया। फिर कर्मचारियों को दोबारा जोड़िए।"),
            ),
            VaultError::OwnerNeeded => Fault::new(
                "vault.owner_needed",
                ("Only the owner can do this.", "यह काम सिर्फ़ मालिक कर सकता है।"),
                ("Call the owner to log in.", "मालिक को लॉगिन करने के लिए बुलाइए।"),
            ),
            VaultError::KeyNotHeld => Fault::new(
                "vault.key_not_held",
                ("This person may not open this part of the shop.", "यह व्यक्ति दुकान का यह हिस्सा नहीं खोल सकता।"),
                ("Let the owner do it.", "यह काम मालिक से कराइए।"),
            ),
            VaultError::Full => Fault::new(
                "vault.full",
                ("No more people fit on this PC.", "इस PC पर और लोग नहीं जोड़े जा सकते।"),
                ("Remove somebody who has left.", "जो काम छोड़ गया हो उसे हटाइए।"),
            ),
            VaultError::NoSuchPerson => Fault::new(
                "vault.no_such_person",
                ("This person is not on this PC.", "यह व्यक्ति इस PC पर नहीं है।"),
                ("Look at the list of people again.", "लोगों की सूची फिर देखिए।"),
            ),
            VaultError::LastOwner => Fault::new(
                "vault.last_owner",
                ("The last owner cannot be removed.", "आख़िरी मालिक को हटाया नहीं जा सकता।"),
                ("Add another owner first.", "पहले दूसरा मालिक जोड़िए।"),
            ),
            VaultError::StateLost => Fault::new(
                "vault.state_lost",
                ("The list of used codes was missing on this PC.", "इस PC पर इस्तेमाल हुए कोड की सूची नहीं मिली।"),
                ("Wait two minutes, then log in with a new code.", "दो मिनट रुककर नए कोड से लॉगिन कीजिए।"),
            ),
            VaultError::ClockBehind => Fault::new(
                "vault.clock_behind",
                ("This PC's clock is behind.", "इस PC की घड़ी पीछे है।"),
                (
                    "Set the date and time of the PC right and log in, or log in with two codes after each other.",
                    "PC की तारीख और समय ठीक करके लॉगिन कीजिए, या एक के बाद एक दो कोड से लॉगिन कीजिए।",
                ),
            ),
            VaultError::Newer => Fault::new(
                "vault.newer",
                ("This shop was opened with a newer Pakka.", "यह दुकान नए Pakka में खोली गई थी।"),
                ("Install the newer Pakka on this PC. Nothing is lost.", "इस PC पर नया Pakka लगाइए। कुछ भी खोया नहीं है।"),
            ),
            VaultError::Damaged => Fault::new(
                "vault.damaged",
                ("The shop's lock file is damaged.", "दुकान की लॉक फ़ाइल खराब है।"),
                ("Change nothing in the folder. Bring back a backup.", "फ़ोल्डर में कुछ मत बदलिए। बैकअप वापस लाइए।"),
            ),
            VaultError::Altered => Fault::new(
                "vault.altered",
                ("A file of the shop was changed from outside.", "दुकान की एक फ़ाइल बाहर से बदली गई है।"),
                (
                    "Ask who used this PC. Then use the recovery code, or bring back a backup.",
                    "पूछिए कि यह PC किसने चलाया। फिर रिकवरी कोड लगाइए या बैकअप वापस लाइए।",
                ),
            ),
            VaultError::DeviceMissing => Fault::new(
                "vault.device_missing",
                ("This PC's own key is missing.", "इस PC की अपनी चाबी नहीं मिली।"),
                ("Use the recovery code from the paper.", "काग़ज़ पर छपा रिकवरी कोड लगाइए।"),
            ),
            VaultError::StickMissing => Fault::new(
                "vault.stick_missing",
                ("The key stick is not plugged in.", "चाबी वाली पेन ड्राइव नहीं लगी है।"),
                (
                    "Plug it in and try again. If it is lost, use the recovery code.",
                    "उसे लगाकर फिर कोशिश कीजिए। खो गई हो तो रिकवरी कोड लगाइए।",
                ),
            ),
            VaultError::KeystoreSilent => Fault::new(
                "vault.keystore_silent",
                ("The keystore of this PC does not answer.", "इस PC का अपना ताला जवाब नहीं दे रहा।"),
                (
                    "Log in to the PC again and unlock its keystore, or use the recovery code.",
                    "PC में फिर से लॉगिन कीजिए और उसका ताला खोलिए, या रिकवरी कोड लगाइए।",
                ),
            ),
            VaultError::Taken => Fault::new(
                "vault.taken",
                ("A shop is already kept here.", "यहाँ पहले से एक दुकान है।"),
                ("Log in to it, or choose another folder.", "उसी में लॉगिन कीजिए या दूसरा फ़ोल्डर चुनिए।"),
            ),
            VaultError::NoVault => Fault::new(
                "vault.none",
                ("There is no shop here yet.", "यहाँ अभी कोई दुकान नहीं है।"),
                ("Set up a shop, or choose its folder.", "नई दुकान बनाइए या उसका फ़ोल्डर चुनिए।"),
            ),
            VaultError::PinShort => Fault::new(
                "vault.pin_short",
                ("The PIN is too short.", "PIN छोटा है।"),
                ("Use at least 8 digits, or a phrase of at least 8 characters.", "कम से कम 8 अंक या 8 अक्षर लिखिए।"),
            ),
            VaultError::PinShortStaff => Fault::new(
                "vault.pin_short_staff",
                ("The PIN is too short.", "PIN छोटा है।"),
                ("Use at least 6 digits, or a phrase of at least 6 characters.", "कम से कम 6 अंक या 6 अक्षर लिखिए।"),
            ),
            VaultError::PinLong => Fault::new(
                "vault.pin_long",
                ("The PIN is too long.", "PIN बहुत लंबा है।"),
                ("Use at most 64 characters.", "ज़्यादा से ज़्यादा 64 अक्षर लिखिए।"),
            ),
            VaultError::PinCommon => Fault::new(
                "vault.pin_common",
                ("This PIN is easy to guess.", "यह PIN आसानी से पकड़ा जाएगा।"),
                ("No dates, no 12345678, nothing that repeats.", "तारीख, 12345678 या दोहराए हुए अंक मत रखिए।"),
            ),
            VaultError::CodeWrong => Fault::new(
                "vault.code_wrong",
                ("This code does not match.", "यह कोड मेल नहीं खाया।"),
                (
                    "Type the newest code. Check that the time on this PC and on the phone is right.",
                    "नया कोड लिखिए। देखिए कि PC और फ़ोन का समय सही है।",
                ),
            ),
            VaultError::RecoveryMistyped => Fault::new(
                "vault.recovery_mistyped",
                ("One of the groups is mistyped.", "कोई एक हिस्सा गलत लिखा गया है।"),
                ("Compare them with the paper, group by group.", "काग़ज़ से एक-एक हिस्सा मिलाइए।"),
            ),
            VaultError::RecoveryGroup { group } => Fault::new(
                &format!("vault.recovery_group_{group}"),
                (
                    format!("Group {group} of the recovery code does not fit the others."),
                    format!("रिकवरी कोड का हिस्सा {group} बाकी हिस्सों से मेल नहीं खाता।"),
                ),
                ("Compare that group with the paper.", "उस हिस्से को काग़ज़ से मिलाइए।"),
            ),
            VaultError::RecoveryRefused => Fault::new(
                "vault.recovery_refused",
                ("This recovery code does not open this shop.", "इस रिकवरी कोड से यह दुकान नहीं खुलती।"),
                ("Use the newest paper; older codes no longer work.", "सबसे नया काग़ज़ लीजिए; पुराने कोड अब नहीं चलते।"),
            ),
            VaultError::Unproven => Fault::new(
                "vault.unproven",
                ("The phone or the paper is not checked yet.", "फ़ोन या काग़ज़ अभी जाँचा नहीं गया।"),
                (
                    "Type a code from the phone and the two groups from the paper.",
                    "फ़ोन का कोड और काग़ज़ के दोनों हिस्से लिखिए।",
                ),
            ),
            VaultError::Disk(kind) => Fault::new(
                "vault.disk",
                (
                    format!("The shop's folder cannot be read or written ({kind})."),
                    format!("दुकान का फ़ोल्डर खुल नहीं रहा ({kind})।"),
                ),
                (
                    "Free some space and check that this user may write there.",
                    "थोड़ी जगह खाली कीजिए और देखिए कि इस यूज़र को लिखने की इजाज़त है।",
                ),
            ),
            VaultError::NoMemory => Fault::new(
                "vault.no_memory",
                ("This PC has too little free memory.", "इस PC में मेमोरी कम पड़ गई।"),
                ("Close other programs and try again.", "दूसरे प्रोग्राम बंद करके फिर कोशिश कीजिए।"),
            ),
        }
    }
}

/// A wait as people say it: seconds under a minute and a half, then minutes.
fn wait(seconds: u64) -> (String, String) {
    if seconds <= 90 {
        let plural = if seconds == 1 { "" } else { "s" };
        return (format!("{seconds} second{plural}"), format!("{seconds} सेकंड"));
    }
    let minutes = seconds.div_ceil(60);
    (format!("{minutes} minutes"), format!("{minutes} मिनट"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_seconds_and_then_in_minutes() {
        for (seconds, en) in [(1, "1 second."), (90, "90 seconds."), (91, "2 minutes."), (3_600, "60 minutes.")] {
            let fault = Fault::from(VaultError::Wait { seconds });
            assert!(fault.say.en.contains(en), "{} has no {en}", fault.say.en);
        }
    }

    #[test]
    fn every_situation_has_its_own_code_and_words_in_both_languages() {
        use VaultError as V;
        let all = [
            V::Refused,
            V::Wait { seconds: 5 },
            V::SlotLocked,
            V::OwnerOnly,
            V::HeaderOld,
            V::HeaderReplaced,
            V::OwnerNeeded,
            V::KeyNotHeld,
            V::Full,
            V::NoSuchPerson,
            V::LastOwner,
            V::StateLost,
            V::ClockBehind,
            V::Newer,
            V::Damaged,
            V::Altered,
            V::DeviceMissing,
            V::StickMissing,
            V::KeystoreSilent,
            V::Taken,
            V::NoVault,
            V::PinShort,
            V::PinShortStaff,
            V::PinLong,
            V::PinCommon,
            V::CodeWrong,
            V::RecoveryMistyped,
            V::RecoveryGroup { group: 3 },
            V::RecoveryRefused,
            V::Unproven,
            V::Disk(std::io::ErrorKind::StorageFull),
            V::NoMemory,
        ];
        let mut codes = Vec::new();
        for fault in all.map(Fault::from) {
            for words in [&fault.say, &fault.hint] {
                assert!(words.en.is_ascii() && words.en.ends_with('.'), "{}", words.en);
                assert!(words.hi.chars().any(|sign| ('\u{900}'..='\u{97f}').contains(&sign)), "{}", words.hi);
                assert!(words.hi.ends_with('।'), "{}", words.hi);
            }
            assert!(fault.code.starts_with("vault.") && !codes.contains(&fault.code), "{}", fault.code);
            codes.push(fault.code);
        }
    }
}
