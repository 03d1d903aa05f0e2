//! Why a signboard is not taken as it is.

use thiserror::Error;

use crate::fault::Fault;
use crate::gst::gstin::GstinError;
use crate::store::StoreError;

#[derive(Debug, Error)]
pub enum ProfileError {
    #[error("the shop has no name")]
    NameMissing,
    #[error("a registered shop's address is on its bills")]
    AddressMissing { field: &'static str },
    #[error("{field} is longer than {most} characters")]
    TooLong { field: &'static str, most: usize },
    #[error("the GSTIN does not read: {0}")]
    Gstin(#[from] GstinError),
    #[error("there is no such State")]
    State,
    #[error("the GSTIN is of another State than the shop")]
    StateDiffers,
    #[error("the PIN code does not read")]
    PinCode,
    #[error("a registered shop has a GSTIN")]
    GstinMissing,
    #[error("an unregistered shop has no GSTIN")]
    GstinTooMuch,
    #[error("the phone number does not read")]
    Phone,
    #[error("the FSSAI licence number does not read")]
    Fssai,
    #[error("the UPI id does not read")]
    Upi,
    #[error("the counter has no name")]
    CounterMissing,
    #[error("the prefix does not read")]
    Prefix,
    #[error("another counter numbers under this prefix")]
    PrefixTaken,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ProfileError {
    /// The field of the form that this is about, as the request names it; empty when it is about none.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            ProfileError::NameMissing => "name",
            ProfileError::AddressMissing { field } | ProfileError::TooLong { field, .. } => field,
            ProfileError::Gstin(_)
            | ProfileError::StateDiffers
            | ProfileError::GstinMissing
            | ProfileError::GstinTooMuch => "gstin",
            ProfileError::State => "state",
            ProfileError::PinCode => "pin_code",
            ProfileError::Phone => "phone",
            ProfileError::Fssai => "fssai",
            ProfileError::Upi => "upi_id",
            ProfileError::CounterMissing => "counter_name",
            ProfileError::Prefix | ProfileError::PrefixTaken => "series_prefix",
            ProfileError::Store(_) => "",
        }
    }
}

impl From<ProfileError> for Fault {
    fn from(error: ProfileError) -> Fault {
        let (code, say, hint) = match error {
            ProfileError::Store(error) => return error.into(),
            ProfileError::Gstin(error) => return error.into(),
            ProfileError::NameMissing => (
                "profile.name_missing",
                ("The shop has no name yet.", "दुकान का नाम नहीं लिखा है।"),
                ("Type the name as it stands on the board.", "बोर्ड पर जो नाम है वही लिखिए।"),
            ),
            ProfileError::AddressMissing { .. } => (
                "profile.address_missing",
                ("A registered shop's bills carry its address.", "रजिस्टर्ड दुकान के बिल पर उसका पता आता है।"),
                ("Type street and city.", "गली और शहर लिखिए।"),
            ),
            ProfileError::TooLong { most, .. } => {
                return Fault::new(
                    "profile.too_long",
                    (
                        format!("This is longer than {most} characters and would not fit on a bill."),
                        format!("यह {most} अक्षरों से लंबा है, बिल पर नहीं आएगा।"),
                    ),
                    ("Make it shorter.", "इसे छोटा कीजिए।"),
                );
            }
            ProfileError::State => (
                "profile.state",
                ("There is no such State.", "ऐसा कोई राज्य नहीं है।"),
                ("Choose the State from the list.", "सूची से राज्य चुनिए।"),
            ),
            ProfileError::StateDiffers => (
                "profile.state_differs",
                ("The GSTIN belongs to another State than the shop.", "GSTIN किसी और राज्य का है।"),
                ("Use the GSTIN of the State where this shop stands.", "जिस राज्य में दुकान है वहीं का GSTIN लिखिए।"),
            ),
            ProfileError::PinCode => (
                "profile.pin_code",
                ("A PIN code has six digits and does not begin with 0.", "पिन कोड में छह अंक होते हैं और पहला 0 नहीं होता।"),
                ("Check the PIN code, or leave it empty.", "पिन कोड देख लीजिए, या खाली छोड़िए।"),
            ),
            ProfileError::GstinMissing => (
                "profile.gstin_missing",
                ("A registered shop needs its GSTIN on every bill.", "रजिस्टर्ड दुकान के हर बिल पर GSTIN चाहिए।"),
                ("Type the GSTIN, or choose Not registered.", "GSTIN लिखिए, या रजिस्टर्ड नहीं चुनिए।"),
            ),
            ProfileError::GstinTooMuch => (
                "profile.gstin_too_much",
                ("A shop with a GSTIN is registered.", "जिस दुकान का GSTIN है वह रजिस्टर्ड है।"),
                ("Choose Regular or Composition, or empty the GSTIN.", "रेगुलर या कंपोज़िशन चुनिए, या GSTIN खाली कीजिए।"),
            ),
            ProfileError::Phone => (
                "profile.phone",
                ("This is not a phone number.", "यह फ़ोन नंबर नहीं है।"),
                ("Type 6 to 15 digits, or leave it empty.", "6 से 15 अंक लिखिए, या खाली छोड़िए।"),
            ),
            ProfileError::Fssai => (
                "profile.fssai",
                ("An FSSAI licence number has 14 digits.", "FSSAI लाइसेंस नंबर में 14 अंक होते हैं।"),
                ("Check it on the licence, or leave it empty.", "लाइसेंस पर देख लीजिए, या खाली छोड़िए।"),
            ),
            ProfileError::Upi => (
                "profile.upi",
                ("This is not a UPI id.", "यह UPI आईडी नहीं है।"),
                (
                    "It looks like sharmastores@okbank. Or leave it empty.",
                    "यह sharmastores@okbank जैसी होती है। या खाली छोड़िए।",
                ),
            ),
            ProfileError::CounterMissing => (
                "profile.counter_missing",
                ("This counter has no name yet.", "इस काउंटर का नाम नहीं लिखा है।"),
                ("Type a name such as Counter A.", "काउंटर A जैसा नाम लिखिए।"),
            ),
            ProfileError::Prefix => (
                "profile.prefix",
                (
                    "Bill numbers begin with one to three letters or digits, the first not 0.",
                    "बिल नंबर के आगे एक से तीन अक्षर या अंक होते हैं, पहला 0 नहीं।",
                ),
                ("Type something like A or B1.", "A या B1 जैसा कुछ लिखिए।"),
            ),
            ProfileError::PrefixTaken => (
                "profile.prefix_taken",
                ("Another counter numbers its bills with this.", "दूसरा काउंटर इसी से बिल नंबर बनाता है।"),
                ("Choose a different beginning.", "कोई दूसरा चुनिए।"),
            ),
        };
        Fault::new(code, say, hint)
    }
}
