//! Why a customer's card is not taken as it is.

use thiserror::Error;

use crate::fault::Fault;
use crate::gst::gstin::GstinError;
use crate::store::StoreError;

#[derive(Debug, Error)]
pub enum CustomerError {
    #[error("a customer needs a name or a phone number")]
    Empty,
    #[error("a text is longer than {most} characters")]
    TooLong { most: usize },
    #[error("the phone number does not read")]
    Phone,
    #[error("the GSTIN does not read: {0}")]
    Gstin(#[from] GstinError),
    #[error("there is no such State")]
    State,
    #[error("a registered buyer's name is on the bill")]
    NameMissing,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<CustomerError> for Fault {
    fn from(error: CustomerError) -> Fault {
        let (code, say, hint) = match error {
            CustomerError::Store(error) => return error.into(),
            CustomerError::Gstin(error) => return error.into(),
            CustomerError::TooLong { most } => {
                return Fault::new(
                    "customer.too_long",
                    (
                        format!("This is longer than {most} characters and would not fit on a bill."),
                        format!("यह {most} अक्षरों से लंबा है, बिल पर नहीं आएगा।"),
                    ),
                    ("Make it shorter.", "इसे छोटा कीजिए।"),
                );
            }
            CustomerError::Empty => (
                "customer.empty",
                ("There is neither a name nor a phone number.", "न नाम है, न फ़ोन नंबर।"),
                ("Type one of them, or press Esc for a walk-in.", "दोनों में से एक लिखिए, या बिना नाम के लिए Esc।"),
            ),
            CustomerError::Phone => (
                "customer.phone",
                (
                    "A phone number here has 10 digits, or begins with + abroad.",
                    "फ़ोन नंबर में 10 अंक होते हैं, विदेश का + से शुरू होता है।",
                ),
                ("Check the digits, or leave it empty.", "अंक देख लीजिए, या खाली छोड़िए।"),
            ),
            CustomerError::State => (
                "customer.state",
                ("There is no such State.", "ऐसा कोई राज्य नहीं है।"),
                ("Choose the State from the list.", "सूची से राज्य चुनिए।"),
            ),
            CustomerError::NameMissing => (
                "customer.name_missing",
                (
                    "A bill to a GSTIN carries the buyer's name and address.",
                    "GSTIN वाले बिल पर खरीदार का नाम और पता आता है।",
                ),
                ("Type the firm's name and address.", "फ़र्म का नाम और पता लिखिए।"),
            ),
        };
        Fault::new(code, say, hint)
    }
}
