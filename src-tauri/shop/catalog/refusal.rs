//! Why the catalogue does not take something, beyond the fields of one item.

use thiserror::Error;

use super::csv::CsvError;
use super::error::ItemError;
use crate::fault::Fault;
use crate::store::StoreError;

#[derive(Debug, Error)]
pub enum CatalogError {
    #[error("there is no such item")]
    NoSuchItem,
    #[error("the code belongs to another item")]
    CodeTaken { by: String },
    #[error("the columns are not chosen so that an import can be made")]
    Meanings,
    #[error("there is no such import, or it was taken back")]
    NoSuchImport,
    #[error("the file cannot be read: {0}")]
    File(std::io::ErrorKind),
    #[error(transparent)]
    Item(#[from] ItemError),
    #[error(transparent)]
    Csv(#[from] CsvError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<CatalogError> for Fault {
    fn from(error: CatalogError) -> Fault {
        match error {
            CatalogError::Item(error) => error.into(),
            CatalogError::Csv(error) => error.into(),
            CatalogError::Store(error) => error.into(),
            CatalogError::NoSuchItem => Fault::new(
                "catalog.no_such_item",
                ("This item is not in the shop any more.", "यह सामान अब दुकान में नहीं है।"),
                ("Search for it again.", "फिर से खोजिए।"),
            ),
            CatalogError::CodeTaken { by } => Fault::new(
                "catalog.code_taken",
                (format!("This code belongs to “{by}”."), format!("यह कोड “{by}” का है।")),
                ("Use another code, or change that item.", "दूसरा कोड लिखिए, या उस सामान को बदलिए।"),
            ),
            CatalogError::Meanings => Fault::new(
                "catalog.meanings",
                (
                    "An import needs a column for the name and one for price or MRP, and no meaning twice.",
                    "इम्पोर्ट के लिए नाम का और दाम या MRP का कॉलम चाहिए, कोई मतलब दो बार नहीं।",
                ),
                ("Choose what each column means.", "हर कॉलम का मतलब चुनिए।"),
            ),
            CatalogError::NoSuchImport => Fault::new(
                "catalog.no_such_import",
                ("This import was taken back already.", "यह इम्पोर्ट पहले ही वापस लिया जा चुका है।"),
                ("Nothing more is needed.", "और कुछ नहीं करना है।"),
            ),
            CatalogError::File(kind) => Fault::new(
                "catalog.file",
                (format!("The file cannot be read ({kind})."), "फ़ाइल पढ़ी नहीं जा रही।"),
                (
                    "Check its place and name, and that it is not open elsewhere.",
                    "जगह और नाम देखिए, और कहीं और खुली न हो।",
                ),
            ),
        }
    }
}
