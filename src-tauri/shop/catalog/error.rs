//! Why an item is refused, in words.

use thiserror::Error;

use crate::catalog::item::Field;
use crate::fault::Fault;

/// A field of an item that cannot be taken as it was typed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ItemError {
    #[error("the item has no name")]
    NameEmpty,
    #[error("a text is {length} characters long, {most} at most")]
    TextLong { field: Field, length: usize, most: usize },
    #[error("a short code has letters and digits, {most} at most")]
    ShortCode { most: usize },
    #[error("a barcode is longer than 48 characters or not printable")]
    Barcode,
    #[error("a spreadsheet has rounded the barcode {text}")]
    BarcodeShortened { text: String },
    #[error("an item has {most} barcodes at most")]
    BarcodesMany { most: usize },
    #[error("an HSN has 2 to 8 digits")]
    Hsn,
    #[error("not a GST unit")]
    Unit,
    #[error("not an amount of money")]
    Amount { field: Field },
    #[error("a price is not below zero")]
    AmountNegative { field: Field },
    #[error("there is neither a price nor an MRP")]
    PriceMissing,
    #[error("not a percent")]
    Rate,
    #[error("no tax class has {text} %")]
    RateUnknown { text: String },
    #[error("no tax class {text}")]
    ClassUnknown { text: String },
    #[error("neither tax class nor rate is given")]
    ClassMissing,
    #[error("a favourite key is 1 to 9")]
    Favourite,
    #[error("neither yes nor no")]
    YesNo { field: Field },
    #[error("neither goods nor service")]
    Nature,
    #[error("not a quantity")]
    Stock,
}

impl ItemError {
    /// The field it is about.
    #[must_use]
    pub const fn field(&self) -> Field {
        match self {
            ItemError::NameEmpty => Field::Name,
            ItemError::TextLong { field, .. }
            | ItemError::Amount { field }
            | ItemError::AmountNegative { field }
            | ItemError::YesNo { field } => *field,
            ItemError::ShortCode { .. } => Field::ShortCode,
            ItemError::Barcode | ItemError::BarcodeShortened { .. } | ItemError::BarcodesMany { .. } => Field::Barcode,
            ItemError::Hsn => Field::Hsn,
            ItemError::Unit => Field::Unit,
            ItemError::PriceMissing => Field::Price,
            ItemError::Rate | ItemError::RateUnknown { .. } => Field::GstRate,
            ItemError::ClassUnknown { .. } | ItemError::ClassMissing => Field::RateClass,
            ItemError::Favourite => Field::Favourite,
            ItemError::Nature => Field::Nature,
            ItemError::Stock => Field::OpeningStock,
        }
    }
}

impl From<&ItemError> for Fault {
    fn from(error: &ItemError) -> Fault {
        match error {
            ItemError::NameEmpty => Fault::new(
                "catalog.name_empty",
                ("The item has no name.", "आइटम का नाम नहीं है।"),
                ("Type the name as it should stand on the bill.", "बिल पर जो नाम चाहिए वह लिखिए।"),
            ),
            ItemError::TextLong { length, most, .. } => Fault::new(
                "catalog.text_long",
                (format!("This text has {length} letters."), format!("इसमें {length} अक्षर हैं।")),
                (format!("Shorten it to {most}."), format!("इसे {most} तक छोटा कीजिए।")),
            ),
            ItemError::ShortCode { most } => Fault::new(
                "catalog.short_code",
                ("This short code cannot be typed at the counter.", "यह छोटा कोड काउंटर पर टाइप नहीं हो सकता।"),
                (
                    format!("Use English letters and digits, {most} at most, such as 204."),
                    format!("अंग्रेज़ी अक्षर और अंक लिखिए, ज़्यादा से ज़्यादा {most}, जैसे 204।"),
                ),
            ),
            ItemError::Barcode => Fault::new(
                "catalog.barcode",
                ("This barcode cannot be scanned.", "यह बारकोड स्कैन नहीं हो सकता।"),
                ("Scan it again, or leave it empty.", "फिर से स्कैन कीजिए, या खाली छोड़िए।"),
            ),
            ItemError::BarcodeShortened { text } => Fault::new(
                "catalog.barcode_shortened",
                (
                    format!("The spreadsheet has shortened the barcode to {text}."),
                    format!("स्प्रेडशीट ने बारकोड छोटा करके {text} कर दिया है।"),
                ),
                (
                    "Set that column to text in the spreadsheet and save again.",
                    "स्प्रेडशीट में उस कॉलम को टेक्स्ट करके फिर सेव कीजिए।",
                ),
            ),
            ItemError::BarcodesMany { most } => Fault::new(
                "catalog.barcodes_many",
                ("The item has too many barcodes.", "आइटम के बारकोड बहुत ज़्यादा हैं।"),
                (format!("Keep {most} at most."), format!("ज़्यादा से ज़्यादा {most} रखिए।")),
            ),
            ItemError::Hsn => Fault::new(
                "catalog.hsn",
                ("This is not an HSN code.", "यह HSN कोड नहीं है।"),
                ("Type 4, 6 or 8 digits, such as 1905.", "4, 6 या 8 अंक लिखिए, जैसे 1905।"),
            ),
            ItemError::Unit => Fault::new(
                "catalog.unit",
                ("This unit is not on the GST list.", "यह यूनिट GST की सूची में नहीं है।"),
                ("Choose one such as PCS, KGS or LTR.", "PCS, KGS या LTR जैसी यूनिट चुनिए।"),
            ),
            ItemError::Amount { field } => {
                let places = if matches!(field, Field::Price) { 4 } else { 2 };
                Fault::new(
                    "catalog.amount",
                    ("This is not an amount of money.", "यह कोई रकम नहीं है।"),
                    (
                        format!("Type digits, and at most {places} after the point."),
                        format!("अंक लिखिए, पॉइंट के बाद ज़्यादा से ज़्यादा {places}।"),
                    ),
                )
            }
            ItemError::AmountNegative { .. } => Fault::new(
                "catalog.amount_negative",
                ("A price cannot be below zero.", "दाम ज़ीरो से कम नहीं हो सकता।"),
                ("Type the price without a minus.", "दाम बिना माइनस के लिखिए।"),
            ),
            ItemError::PriceMissing => Fault::new(
                "catalog.price_missing",
                ("There is neither a price nor an MRP.", "न दाम है, न MRP।"),
                ("Type one of them.", "दोनों में से एक लिखिए।"),
            ),
            ItemError::Rate => Fault::new(
                "catalog.rate",
                ("This is not a percentage.", "यह कोई प्रतिशत नहीं है।"),
                ("Type a number such as 5 or 18.", "5 या 18 जैसा नंबर लिखिए।"),
            ),
            ItemError::RateUnknown { text } => Fault::new(
                "catalog.rate_unknown",
                (format!("There is no GST rate of {text} %."), format!("{text}% का कोई GST रेट नहीं है।")),
                ("Look the rate up and choose its tax class.", "सही रेट देखकर टैक्स क्लास चुनिए।"),
            ),
            ItemError::ClassUnknown { text } => Fault::new(
                "catalog.class_unknown",
                (format!("There is no tax class “{text}”."), format!("“{text}” नाम की टैक्स क्लास नहीं है।")),
                ("Choose one from the list, such as gst5.", "सूची में से चुनिए, जैसे gst5।"),
            ),
            ItemError::ClassMissing => Fault::new(
                "catalog.class_missing",
                ("The tax of this item is not given.", "इस आइटम का टैक्स नहीं दिया है।"),
                ("Choose its tax class.", "इसकी टैक्स क्लास चुनिए।"),
            ),
            ItemError::Favourite => Fault::new(
                "catalog.favourite",
                ("A favourite has a key from 1 to 9.", "पसंदीदा आइटम का बटन 1 से 9 होता है।"),
                ("Type one digit, or leave it empty.", "एक अंक लिखिए, या खाली छोड़िए।"),
            ),
            ItemError::YesNo { .. } => Fault::new(
                "catalog.yes_no",
                ("This is neither yes nor no.", "यह न हाँ है, न नहीं।"),
                ("Write yes or no.", "हाँ या नहीं लिखिए।"),
            ),
            ItemError::Nature => Fault::new(
                "catalog.nature",
                ("This is neither goods nor a service.", "यह न माल है, न सेवा।"),
                ("Write goods or service.", "माल या सेवा लिखिए।"),
            ),
            ItemError::Stock => Fault::new(
                "catalog.stock",
                ("This is not a quantity.", "यह कोई मात्रा नहीं है।"),
                ("Type digits, and at most three after the point.", "अंक लिखिए, पॉइंट के बाद ज़्यादा से ज़्यादा तीन।"),
            ),
        }
    }
}

impl From<ItemError> for Fault {
    fn from(error: ItemError) -> Fault {
        Fault::from(&error)
    }
}
