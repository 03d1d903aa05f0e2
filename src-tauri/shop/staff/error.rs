//! What somebody may not do, and what is wrong with a person to be added.

use thiserror::Error;

use super::role::{Deed, Grant, Role};
use crate::fault::Fault;
use crate::store::StoreError;

/// The code of the fault after which somebody else may say yes.
pub const NEEDS_YES: &str = "staff.needs_yes";

#[derive(Debug, Error)]
pub enum StaffError {
    #[error("a {role:?} may not do {deed:?} of size {size}")]
    NeedsYes { role: Role, deed: Deed, size: u64 },
    #[error("a person needs a name of at most forty characters")]
    Name,
    #[error("somebody of this name works here already")]
    NameTaken,
    #[error("there is no such person")]
    NoSuchPerson,
    #[error("one owner stays")]
    LastOwner,
    #[error("who makes all keys anew stays")]
    OwnKeys,
    #[error("nobody says yes to what he asked himself")]
    OwnYes,
    #[error("people are an owner's business")]
    OwnerOnly,
    #[error("there is nothing to say yes to")]
    NothingAsked,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<StaffError> for Fault {
    fn from(error: StaffError) -> Fault {
        match error {
            StaffError::Store(error) => error.into(),
            StaffError::NeedsYes { role, deed, size } => {
                let (who, what) = (role.word(), deed.words());
                let (limit_en, limit_hi) = limit(role, deed);
                Fault::new(
                    NEEDS_YES,
                    (
                        format!("{} {} may not {}{limit_en}.", article(&who.en), who.en.to_lowercase(), what.en),
                        format!("{} {} नहीं सकता{limit_hi}।", who.hi, what.hi),
                    ),
                    (
                        "Ask somebody who may: they choose their name and type PIN and code.",
                        "जिसे इजाज़त है उससे पूछिए: वे अपना नाम चुनकर PIN और कोड लिखें।",
                    ),
                )
                .of_deed(deed.code(), size)
            }
            StaffError::Name => Fault::new(
                "staff.name",
                ("A person needs a name, of 40 letters at most.", "नाम चाहिए, ज़्यादा से ज़्यादा 40 अक्षर।"),
                ("Type the name that colleagues use.", "वह नाम लिखिए जिससे सब बुलाते हैं।"),
            ),
            StaffError::NameTaken => Fault::new(
                "staff.name_taken",
                ("Somebody of this name works here already.", "इस नाम का कोई यहाँ पहले से है।"),
                ("Add a letter, such as Ravi K.", "एक अक्षर जोड़िए, जैसे रवि क।"),
            ),
            StaffError::NoSuchPerson => Fault::new(
                "staff.no_such_person",
                ("This person does not work here any more.", "यह व्यक्ति अब यहाँ नहीं है।"),
                ("Choose another.", "किसी और को चुनिए।"),
            ),
            StaffError::LastOwner => Fault::new(
                "staff.last_owner",
                ("A shop keeps one owner.", "दुकान का एक मालिक रहना चाहिए।"),
                ("Add the other owner first.", "पहले दूसरा मालिक जोड़िए।"),
            ),
            StaffError::OwnKeys => Fault::new(
                "staff.own_keys",
                (
                    "Whoever changes all keys stays: nobody removes themselves so.",
                    "जो सारी चाबियाँ बदलता है वह रहता है: इस तरह कोई अपने को नहीं हटा सकता।",
                ),
                ("Let another owner do it.", "यह काम दूसरे मालिक से कराइए।"),
            ),
            StaffError::OwnYes => Fault::new(
                "staff.own_yes",
                ("Nobody says yes to what they asked themselves.", "अपनी ही बात की मंज़ूरी कोई खुद नहीं दे सकता।"),
                ("Choose somebody else.", "किसी और को चुनिए।"),
            ),
            StaffError::OwnerOnly => Fault::new(
                "staff.owner_only",
                ("Only an owner adds and removes people.", "लोगों को सिर्फ़ मालिक जोड़ और हटा सकता है।"),
                ("Ask the owner to log in.", "मालिक से लॉग इन करने को कहिए।"),
            ),
            StaffError::NothingAsked => Fault::new(
                "staff.nothing_asked",
                ("There is nothing to say yes to.", "मंज़ूरी के लिए कुछ नहीं है।"),
                ("Do it again; the question comes anew.", "काम फिर कीजिए, सवाल फिर आएगा।"),
            ),
        }
    }
}

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['A', 'E', 'I', 'O', 'U']) { "An" } else { "A" }
}

/// How far the role's own right goes, in brackets, where it goes some way.
fn limit(role: Role, deed: Deed) -> (String, String) {
    let Grant::Upto(most) = role.grant(deed) else { return (String::new(), String::new()) };
    let text = match deed {
        Deed::DiscountLine | Deed::DiscountBill | Deed::LowerPrice => format!("{} %", most / 100),
        Deed::DiscountDay | Deed::Cancel => format!("₹ {}", most / 100),
        _ => most.to_string(),
    };
    (format!(" (up to {text})"), format!(" ({text} तक)"))
}
