//! What a cashier can meet while selling.

use thiserror::Error;

use crate::catalog::CatalogError;
use crate::customer::CustomerError;
use crate::fault::{Fault, Unreadable};
use crate::money::Paise;
use crate::price::PriceError;
use crate::staff::StaffError;
use crate::store::StoreError;

#[derive(Debug, Error)]
pub enum SaleError {
    #[error("a bill without lines cannot be sealed")]
    Empty,
    #[error("line {no} is not on the bill")]
    NoSuchLine { no: u32 },
    #[error("a quantity is above 0 and at most a lakh")]
    Quantity,
    #[error("a price is from 0 to one crore")]
    Price,
    #[error("a bill has at most {most} lines")]
    TooManyLines { most: usize },
    #[error("{missing} is missing")]
    TenderShort { missing: Paise },
    #[error("{over} too much was paid without cash")]
    TenderOver { over: Paise },
    #[error("a tender is above 0")]
    Tender,
    #[error("the shop's signboard is not set")]
    NoProfile,
    #[error("this counter has no series")]
    NoSeries,
    #[error("the series {prefix} has no more numbers this year")]
    SeriesFull { prefix: String },
    #[error("another bill is open than the one to be sealed")]
    OtherBill,
    #[error("a name is needed for an item of no name")]
    NamelessName,
    #[error("the buyer's name, address and State must be on a bill of this value")]
    AddressMissing { from: Paise },
    #[error("line {no} needs an HSN of {digits} digits on a bill to a business")]
    HsnShort { no: u32, name: String, digits: u8 },
    #[error("there is no document {number}")]
    NoSuchDocument { number: String },
    #[error("the document is cancelled already")]
    CancelledAlready,
    #[error("only today's documents of this counter can be cancelled")]
    CancelTooLate,
    #[error("a reason is needed")]
    ReasonMissing,
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    #[error(transparent)]
    Pricing(#[from] PriceError),
    #[error(transparent)]
    Customer(#[from] CustomerError),
    #[error(transparent)]
    Staff(#[from] StaffError),
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<SaleError> for Fault {
    fn from(error: SaleError) -> Fault {
        let (code, say, hint): (_, (String, String), (&str, &str)) = match error {
            SaleError::Unreadable(error) => return error.into(),
            SaleError::Pricing(error) => return error.into(),
            SaleError::Customer(error) => return error.into(),
            SaleError::Staff(error) => return error.into(),
            SaleError::Catalog(error) => return error.into(),
            SaleError::Store(error) => return error.into(),
            SaleError::Empty => (
                "sale.empty",
                ("There is nothing on this bill yet.".into(), "इस बिल पर अभी कुछ नहीं है।".into()),
                ("Scan an item first.", "पहले कोई सामान स्कैन कीजिए।"),
            ),
            SaleError::NoSuchLine { no } => (
                "sale.no_such_line",
                (format!("Line {no} is not on this bill."), format!("लाइन {no} इस बिल पर नहीं है।")),
                ("Pick a line with the arrow keys.", "तीर वाले बटन से लाइन चुनिए।"),
            ),
            SaleError::Quantity => (
                "sale.quantity",
                (
                    "A quantity is more than 0 and at most 1,00,000.".into(),
                    "मात्रा 0 से ज़्यादा और 1,00,000 तक होती है।".into(),
                ),
                ("Type it again. To take a line off, press -.", "फिर लिखिए। लाइन हटाने के लिए - दबाइए।"),
            ),
            SaleError::Price => (
                "sale.price",
                ("A price is from 0 to 1,00,00,000.".into(), "दाम 0 से 1,00,00,000 तक होता है।".into()),
                ("Type it again.", "फिर लिखिए।"),
            ),
            SaleError::TooManyLines { most } => (
                "sale.too_many_lines",
                (format!("A bill has at most {most} lines."), format!("एक बिल में {most} लाइनें तक होती हैं।")),
                ("Finish this bill and begin another.", "यह बिल पूरा करके दूसरा शुरू कीजिए।"),
            ),
            SaleError::TenderShort { missing } => (
                "sale.tender_short",
                (format!("₹ {missing} is still missing."), format!("अभी ₹ {missing} कम हैं।")),
                ("Take the rest, or choose how it is paid.", "बाकी लीजिए, या बताइए कैसे देंगे।"),
            ),
            SaleError::TenderOver { over } => (
                "sale.tender_over",
                (
                    format!("That is ₹ {over} more than the bill, and only cash gives change."),
                    format!("यह बिल से ₹ {over} ज़्यादा है, छुट्टा सिर्फ़ नकद से मिलता है।"),
                ),
                ("Type the exact amount for UPI or card.", "UPI या कार्ड की सही रकम लिखिए।"),
            ),
            SaleError::Tender => (
                "sale.tender",
                ("An amount paid is more than 0.".into(), "दी गई रकम 0 से ज़्यादा होती है।".into()),
                ("Type it again.", "फिर लिखिए।"),
            ),
            SaleError::NoProfile | SaleError::NoSeries => (
                "sale.not_set_up",
                ("The shop is not fully set up.".into(), "दुकान की सेटिंग पूरी नहीं है।".into()),
                ("Open Settings and fill in the shop.", "सेटिंग खोलकर दुकान की जानकारी भरिए।"),
            ),
            SaleError::SeriesFull { prefix } => (
                "sale.series_full",
                (
                    format!("Bill numbers beginning with {prefix} are used up for this year."),
                    format!("{prefix} से शुरू होने वाले बिल नंबर इस साल के लिए खत्म हो गए।"),
                ),
                ("Choose another beginning in Settings.", "सेटिंग में दूसरा अक्षर चुनिए।"),
            ),
            SaleError::OtherBill => (
                "sale.other_bill",
                ("This bill is not open any more.".into(), "यह बिल अब खुला नहीं है।".into()),
                ("Look at the last bill with F9.", "F9 से पिछला बिल देखिए।"),
            ),
            SaleError::NamelessName => (
                "sale.nameless_name",
                ("The item needs a name for the bill.".into(), "बिल के लिए सामान का नाम चाहिए।".into()),
                ("Type one short word.", "एक छोटा शब्द लिखिए।"),
            ),
            SaleError::AddressMissing { from } => (
                "sale.address_missing",
                (
                    format!("From ₹ {from} on, a bill carries the buyer's name, address and State."),
                    format!("₹ {from} से ऊपर के बिल पर खरीदार का नाम, पता और राज्य आता है।"),
                ),
                ("Press F3 and fill them in.", "F3 दबाकर भरिए।"),
            ),
            SaleError::HsnShort { no, name, digits } => (
                "sale.hsn_short",
                (
                    format!(
                        "A bill to a business needs an HSN of {digits} digits. Line {no}, {name}, has none so long."
                    ),
                    format!("बिज़नेस के बिल पर {digits} अंकों का HSN चाहिए। लाइन {no}, {name}, में पूरा HSN नहीं है।"),
                ),
                (
                    "Take the line off, type its HSN under Items, and ring it up again.",
                    "लाइन हटाइए, आइटम में उसका HSN लिखिए और फिर जोड़िए।",
                ),
            ),
            SaleError::NoSuchDocument { number } => (
                "sale.no_such_document",
                (format!("There is no bill {number}."), format!("बिल {number} नहीं मिला।")),
                ("Check the number, or search by phone or amount.", "नंबर देखिए, या फ़ोन या रकम से खोजिए।"),
            ),
            SaleError::CancelledAlready => (
                "sale.cancelled_already",
                ("This bill is cancelled already.".into(), "यह बिल पहले ही रद्द है।".into()),
                ("Nothing more is needed.", "और कुछ नहीं करना है।"),
            ),
            SaleError::CancelTooLate => (
                "sale.cancel_too_late",
                (
                    "Only a bill that this counter made today can be cancelled.".into(),
                    "सिर्फ़ आज का, इसी काउंटर का बिल रद्द हो सकता है।".into(),
                ),
                ("Take the goods back with a credit note instead.", "उसकी जगह क्रेडिट नोट से वापसी कीजिए।"),
            ),
            SaleError::ReasonMissing => (
                "sale.reason_missing",
                ("Cancelling a bill needs a reason.".into(), "बिल रद्द करने की वजह चाहिए।".into()),
                ("Type why in a few words.", "दो शब्दों में वजह लिखिए।"),
            ),
        };
        Fault::new(code, say, hint)
    }
}
