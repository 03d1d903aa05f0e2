//! What can be wrong around a shop, before or beside anything inside it.

use thiserror::Error;

use crate::day::Day;
use crate::fault::{Fault, Words};

#[derive(Debug, Error)]
pub enum DeskError {
    #[error("there is no such command")]
    NoSuchCommand,
    #[error("the request does not have the form of its command: {0}")]
    Request(String),
    #[error("the shop is locked")]
    Locked,
    #[error("the shop was locked after too many wrong PINs")]
    LockedFully,
    #[error("the PIN alone was asked for, and it did not match")]
    PinWrong,
    #[error("the screen is not locked")]
    NotCovered,
    #[error("the shop is not in its set-up")]
    NotInSetUp,
    #[error("the shop is open in another Pakka on this computer")]
    InUse,
    #[error("the two PINs differ")]
    PinsDiffer,
    #[error("the owner has no name")]
    OwnerMissing,
    #[error("the vault is gone, but the shop's file is there")]
    VaultMissing,
    #[error("the shop's records are in doubt, and no owner has gone on")]
    InDoubt,
    #[error("the shop's file is older than what this computer last saw of it")]
    OlderData { prefix: String },
    #[error("the shop's folder was named by hand, and whether it is the latest cannot be told")]
    NamedByHand { prefix: String },
    #[error("no shop lies in the folder")]
    NoShop,
    #[error("the shop in the folder is not that of this computer")]
    OtherShop,
    #[error("making all keys anew was cut off")]
    RenewalCutOff { why: Words },
    #[error("all keys are being made anew, and whoever began it has to end it")]
    RenewalOpen,
    #[error("a renewal of all keys that was cut off is finished")]
    RenewalFinished,
    #[error("a renewal of all keys that was cut off was let go")]
    RenewalLetGo,
    #[error("the folder of the shop cannot be used: {0}")]
    Folder(std::io::ErrorKind),
    #[error("the folder named for the key stick is on the disk of the shop")]
    NoStick,
    #[error("the key of the shop is not in the folder named")]
    NoKey,
    #[error("the key stick cannot be used: {0}")]
    StickRefuses(std::io::ErrorKind),
    #[error("the clock of this computer is wrong: it is {day}, {time}")]
    ClockWrong { day: Day, time: String },
    #[error("the paper cannot be written: {0}")]
    Paper(std::io::ErrorKind),
    #[error("the folder for the sheet is missing, or one of the shop's own")]
    SheetFolder,
    #[error("the sheet cannot be written: {0}")]
    Sheet(std::io::ErrorKind),
    #[error("what was typed is not group {number} of the paper")]
    PaperWrong { number: u8 },
    #[error("what was typed is again not group {number} of the paper")]
    PaperWrongAgain { number: u8 },
}

impl From<DeskError> for Fault {
    fn from(error: DeskError) -> Fault {
        let (code, say, hint): (_, (String, &str), (&str, &str)) = match error {
            DeskError::RenewalCutOff { why } => {
                return Fault::new(
                    "desk.renewal_cut_off",
                    (
                        format!("{} Changing all keys stopped there, and the shop is locked.", why.en),
                        format!("{} चाबियाँ बदलना वहीं रुक गया, और दुकान लॉक है।", why.hi),
                    ),
                    (
                        "Log in again with PIN and code. Pakka then ends it or lets it go, and tells you which.",
                        "PIN और कोड से फिर लॉग इन कीजिए। Pakka उसे पूरा करेगा या छोड़ देगा, और बताएगा कि क्या हुआ।",
                    ),
                );
            }
            DeskError::RenewalOpen => (
                "desk.renewal_open",
                (
                    "All keys of the shop are being changed, and that was cut off.".into(),
                    "दुकान की सारी चाबियाँ बदल रही थीं, और काम बीच में रुक गया।",
                ),
                (
                    "The owner who began it logs in first. Then you get a new phone code and a new PIN.",
                    "जिस मालिक ने शुरू किया वे पहले लॉग इन करें। फिर आपको नया फ़ोन कोड और नया PIN मिलेगा।",
                ),
            ),
            DeskError::RenewalFinished => (
                "desk.renewal_finished",
                (
                    "Changing all keys had been cut off and is finished now. The new recovery paper counts, the old one opens nothing.".into(),
                    "सारी चाबियाँ बदलना बीच में रुका था, अब पूरा हो गया। अब नया बचाव कागज़ चलेगा, पुराना कुछ नहीं खोलता।",
                ),
                (
                    "Tear up the old paper. Everybody else gets a phone code and a PIN again, under People.",
                    "पुराना कागज़ फाड़ दीजिए। बाकी सबको “लोग” में फिर से फ़ोन कोड और PIN दीजिए।",
                ),
            ),
            DeskError::RenewalLetGo => (
                "desk.renewal_let_go",
                (
                    "Changing all keys had been cut off before it began to count. The old keys and the old recovery paper are good.".into(),
                    "सारी चाबियाँ बदलना शुरू में ही रुक गया था। पुरानी चाबियाँ और पुराना बचाव कागज़ चलते हैं।",
                ),
                (
                    "Tear up the new paper. Do it again under People: everybody's keys are still the old ones.",
                    "नया कागज़ फाड़ दीजिए। “लोग” में फिर से कीजिए: सबकी चाबियाँ अभी पुरानी ही हैं।",
                ),
            ),
            DeskError::NoSuchCommand | DeskError::Request(_) => (
                "desk.request",
                ("The window asked for something this Pakka does not know.".into(), "विंडो ने ऐसा कुछ माँगा जो यह Pakka नहीं जानता।"),
                ("Close Pakka and open it again.", "Pakka बंद करके फिर खोलिए।"),
            ),
            DeskError::Locked => (
                "desk.locked",
                ("The shop is locked.".into(), "दुकान लॉक है।"),
                ("Log in with PIN and code.", "PIN और कोड से लॉग इन कीजिए।"),
            ),
            DeskError::LockedFully => (
                "desk.locked_fully",
                ("Too many wrong PINs. The shop is locked; the bill is kept.".into(), "कई बार गलत PIN। दुकान लॉक हो गई, बिल सँभला हुआ है।"),
                ("Log in with PIN and code.", "PIN और कोड से लॉग इन कीजिए।"),
            ),
            DeskError::PinWrong => (
                "desk.pin_wrong",
                ("The PIN did not match.".into(), "PIN मेल नहीं खाया।"),
                ("Type it again. After five wrong ones the code on the phone is needed too.", "फिर लिखिए। पाँच बार गलत हुआ तो फ़ोन का कोड भी लगेगा।"),
            ),
            DeskError::NotCovered => (
                "desk.not_covered",
                ("The screen is not locked.".into(), "स्क्रीन लॉक नहीं है।"),
                ("Go on.", "काम जारी रखिए।"),
            ),
            DeskError::NotInSetUp => (
                "desk.not_in_set_up",
                ("This step belongs to the set-up, which is not under way.".into(), "यह कदम सेटअप का है, जो अभी नहीं चल रहा।"),
                ("Close Pakka and open it again.", "Pakka बंद करके फिर खोलिए।"),
            ),
            DeskError::InUse => (
                "desk.in_use",
                ("Pakka is already open on this computer.".into(), "Pakka इस कंप्यूटर पर पहले से खुला है।"),
                ("Use the window that is open.", "जो विंडो खुली है उसी में काम कीजिए।"),
            ),
            DeskError::PinsDiffer => (
                "desk.pins_differ",
                ("The two PINs are not the same.".into(), "दोनों PIN एक जैसे नहीं हैं।"),
                ("Type the same PIN twice.", "एक ही PIN दो बार लिखिए।"),
            ),
            DeskError::OwnerMissing => (
                "desk.owner_missing",
                ("The owner's name is missing.".into(), "मालिक का नाम नहीं लिखा है।"),
                ("Type the name that the lock screen shall show.", "जो नाम लॉक स्क्रीन पर दिखे वह लिखिए।"),
            ),
            DeskError::VaultMissing => (
                "desk.vault_missing",
                (
                    "The shop's data is here, but the folder “vault” beside it is gone, and nobody can log in without it.".into(),
                    "दुकान का डेटा यहाँ है, पर उसके पास का “vault” फ़ोल्डर नहीं है, उसके बिना लॉग इन नहीं हो सकता।",
                ),
                (
                    "Put the folder “vault” back from a copy of this folder. Nothing was changed.",
                    "इस फ़ोल्डर की कॉपी से “vault” वापस रखिए। कुछ बदला नहीं गया।",
                ),
            ),
            DeskError::InDoubt => (
                "desk.in_doubt",
                (
                    "The shop's records are in doubt. Bills can be looked at; nothing is sold or changed until the owner goes on.".into(),
                    "दुकान के रिकॉर्ड पर शक है। बिल देखे जा सकते हैं; मालिक के आगे बढ़ने तक न बिक्री होगी, न बदलाव।",
                ),
                (
                    "Lock the shop and let the owner log in with PIN and code.",
                    "दुकान लॉक कीजिए और मालिक को PIN और कोड से लॉग इन करने दीजिए।",
                ),
            ),
            DeskError::OlderData { prefix } => (
                "desk.older_data",
                (
                    format!(
                        "The older data goes on. New bills are numbered {prefix}/, so that no number comes twice."
                    ),
                    "पुराना डेटा आगे चलेगा। नए बिल नए अक्षर से बनेंगे, ताकि कोई नंबर दो बार न आए।",
                ),
                (
                    "Look for the last paper receipts: bills that are only on paper must be entered again.",
                    "आखिरी रसीदें देखिए: जो बिल सिर्फ़ कागज़ पर हैं उन्हें फिर से डालना होगा।",
                ),
            ),
            DeskError::NamedByHand { prefix } => (
                "desk.named_by_hand",
                (
                    format!(
                        "The shop's folder was named by hand, and it may be a copy. New bills are numbered {prefix}/, so that no number comes twice."
                    ),
                    "दुकान का फ़ोल्डर हाथ से चुना गया, और वह कॉपी हो सकता है। नए बिल नए अक्षर से बनेंगे, ताकि कोई नंबर दो बार न आए।",
                ),
                (
                    "Look for the last paper receipts: bills that are only on paper must be entered again.",
                    "आखिरी रसीदें देखिए: जो बिल सिर्फ़ कागज़ पर हैं उन्हें फिर से डालना होगा।",
                ),
            ),
            DeskError::NoShop => (
                "desk.no_shop",
                ("No shop of Pakka lies in this folder.".into(), "इस फ़ोल्डर में Pakka की कोई दुकान नहीं है।"),
                (
                    "Choose the folder in which shop.db and the folder “vault” lie side by side.",
                    "वह फ़ोल्डर चुनिए जिसमें shop.db और “vault” फ़ोल्डर साथ-साथ हों।",
                ),
            ),
            DeskError::OtherShop => (
                "desk.other_shop",
                (
                    "The shop in this folder is not the one of this computer: its key is not here.".into(),
                    "इस फ़ोल्डर की दुकान इस कंप्यूटर की नहीं है: उसकी चाबी यहाँ नहीं है।",
                ),
                ("Choose the folder of this computer's own shop.", "इसी कंप्यूटर की दुकान वाला फ़ोल्डर चुनिए।"),
            ),
            DeskError::Folder(kind) => (
                "desk.folder",
                (format!("The folder of the shop cannot be used ({kind})."), "दुकान का फ़ोल्डर काम नहीं कर रहा।"),
                ("Check that the disk is there, has room and may be written.", "देखिए कि डिस्क लगी है, जगह है और लिखा जा सकता है।"),
            ),
            DeskError::NoStick => (
                "desk.no_stick",
                (
                    "This folder is on the same disk as the shop, so it is no key stick: a thief would take both.".into(),
                    "यह फ़ोल्डर दुकान वाली डिस्क पर ही है, यह चाबी वाली पेन ड्राइव नहीं: चोर दोनों साथ ले जाएगा।",
                ),
                (
                    "Plug a USB stick in and choose a folder on it, or keep the key on this PC.",
                    "पेन ड्राइव लगाइए और उसका कोई फ़ोल्डर चुनिए, या चाबी इसी PC पर रखिए।",
                ),
            ),
            DeskError::NoKey => (
                "desk.no_key",
                ("The key of this shop is not in this folder.".into(), "इस दुकान की चाबी इस फ़ोल्डर में नहीं है।"),
                (
                    "Choose the folder on the stick in which a folder “pakka-…” lies.",
                    "पेन ड्राइव का वह फ़ोल्डर चुनिए जिसमें “pakka-…” नाम का फ़ोल्डर है।",
                ),
            ),
            DeskError::StickRefuses(kind) => (
                "desk.stick_refuses",
                (format!("Nothing can be kept in this folder ({kind})."), "इस फ़ोल्डर में कुछ रखा नहीं जा सकता।"),
                (
                    "Check that the stick is plugged in and not write-protected, then choose a folder on it.",
                    "देखिए कि पेन ड्राइव लगी है और उस पर लिखा जा सकता है, फिर उसका कोई फ़ोल्डर चुनिए।",
                ),
            ),
            DeskError::ClockWrong { day, time } => {
                let day = day.words();
                return Fault::new(
                    "desk.clock_wrong",
                    (
                        format!("This PC's clock is wrong. By the phone it is {}, {time}.", day.en),
                        format!("इस PC की घड़ी गलत है। फ़ोन के हिसाब से {}, {time} बजे हैं।", day.hi),
                    ),
                    (
                        "Set the date and time of the PC. Until then bills are dated by the phone's time.",
                        "PC की तारीख और समय ठीक कीजिए। तब तक बिल पर फ़ोन का समय छपेगा।",
                    ),
                );
            }
            DeskError::Paper(kind) => (
                "desk.paper",
                (format!("The file could not be written ({kind}). The bill itself is safe."), "फ़ाइल नहीं लिखी गई। बिल सुरक्षित है।"),
                ("Make room on the disk and try again.", "डिस्क पर जगह बनाकर फिर कीजिए।"),
            ),
            DeskError::SheetFolder => (
                "desk.sheet_folder",
                ("The sheet must not lie beside the shop's own data.".into(), "यह कागज़ दुकान के अपने डेटा के पास नहीं रहना चाहिए।"),
                ("Choose another folder, best on a stick that is taken home.", "दूसरा फ़ोल्डर चुनिए, अच्छा हो कि घर ले जाने वाली पेन ड्राइव पर।"),
            ),
            DeskError::PaperWrong { number } => (
                "desk.paper_wrong",
                (format!("This is not group {number} of the paper that is in force."), "यह उस कागज़ का वह हिस्सा नहीं है जो अभी चलता है।"),
                (
                    "Look at the number in front of the group, and at the day on the sheet: an older one opens nothing any more.",
                    "हिस्से के आगे का नंबर और कागज़ की तारीख देखिए: पुराना कागज़ अब कुछ नहीं खोलता।",
                ),
            ),
            DeskError::PaperWrongAgain { number } => (
                "desk.paper_wrong_again",
                (format!("Again this is not group {number}. The sheet may be the wrong one."), "फिर वही हिस्सा नहीं है। शायद कागज़ दूसरा है।"),
                (
                    "If there is no other sheet, have all keys renewed: a new one is made then. Without it a lost phone or PIN shuts the shop for good.",
                    "दूसरा कागज़ न हो तो सब चाबियाँ नई कराइए: तब नया बनता है। उसके बिना फ़ोन या PIN खोया तो दुकान हमेशा के लिए बंद।",
                ),
            ),
            DeskError::Sheet(kind) => (
                "desk.sheet",
                (format!("The sheet could not be written ({kind})."), "कागज़ की फ़ाइल नहीं लिखी गई।"),
                ("Choose another folder, or write the code down by hand.", "दूसरा फ़ोल्डर चुनिए, या कोड हाथ से लिख लीजिए।"),
            ),
        };
        Fault::new(code, say, hint)
    }
}
