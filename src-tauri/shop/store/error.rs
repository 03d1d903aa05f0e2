//! What can go wrong with the file itself.

use thiserror::Error;

use crate::fault::Fault;
use crate::journal::chain::Broken;

/// The shop's file cannot be opened, read or written.
#[derive(Debug, Error)]
pub enum StoreError {
    #[error("a shop file is there already")]
    Exists,
    #[error("the shop file is missing")]
    Missing,
    #[error("the shop file was written by a newer program (format {format})")]
    Newer { format: i64 },
    #[error("the shop file cannot be read with this key")]
    Unreadable,
    #[error("the encrypted database is not built into this program")]
    NoCipher,
    #[error("another program has the shop file open")]
    InUse,
    #[error("a fact comes from a newer program")]
    NewerFact,
    #[error("facts do not follow one another: {0}")]
    Chain(Broken),
    #[error("the disk refused: {0}")]
    Disk(rusqlite::Error),
    #[error("the rebuilt file could not be put in its place: {0}")]
    Place(std::io::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt) => StoreError::Unreadable,
            _ => StoreError::Disk(error),
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Fault {
        match error {
            StoreError::Exists => Fault::new(
                "store.exists",
                ("A shop is already on this computer.", "इस कंप्यूटर पर एक दुकान पहले से है।"),
                ("Close Pakka and open it again to log in.", "Pakka बंद करके फिर खोलिए और लॉग इन कीजिए।"),
            ),
            StoreError::Missing => Fault::new(
                "store.missing",
                (
                    "The shop's data file is not where it was. Nothing was made in its place.",
                    "दुकान की डेटा फ़ाइल अपनी जगह पर नहीं है। उसकी जगह कुछ नया नहीं बनाया गया।",
                ),
                (
                    "Connect the drive it lies on, or put the file shop.db back, and open Pakka again.",
                    "जिस ड्राइव पर वह है उसे लगाइए, या shop.db वापस रखिए, और Pakka फिर खोलिए।",
                ),
            ),
            StoreError::Newer { .. } | StoreError::NewerFact => Fault::new(
                "store.newer",
                ("This shop was last used with a newer Pakka.", "यह दुकान पिछली बार नए Pakka में खुली थी।"),
                ("Install the newer Pakka. Nothing was changed.", "नया Pakka डालिए। कुछ भी बदला नहीं गया।"),
            ),
            StoreError::Unreadable | StoreError::NoCipher => Fault::new(
                "store.unreadable",
                ("The shop's data file cannot be read.", "दुकान की डेटा फ़ाइल पढ़ी नहीं जा रही।"),
                (
                    "Do not delete anything. Restore the last backup, or call whoever looks after this computer.",
                    "कुछ भी मिटाइए मत। पिछला बैकअप वापस लाइए, या कंप्यूटर देखने वाले को बुलाइए।",
                ),
            ),
            StoreError::InUse => Fault::new(
                "store.in_use",
                ("Another program has the shop's data file open.", "कोई और प्रोग्राम दुकान की डेटा फ़ाइल खोले बैठा है।"),
                ("Close the other program, then do it again.", "दूसरा प्रोग्राम बंद कीजिए, फिर दोबारा कीजिए।"),
            ),
            StoreError::Chain(_) => Fault::new(
                "store.chain",
                ("These records do not follow the ones in this shop.", "ये रिकॉर्ड इस दुकान के रिकॉर्ड से नहीं जुड़ते।"),
                ("Nothing was taken in. Ask for the whole set again.", "कुछ भी लिया नहीं गया। पूरा सेट फिर मँगाइए।"),
            ),
            StoreError::Disk(_) | StoreError::Place(_) => Fault::new(
                "store.disk",
                ("The disk did not take this. Nothing was half done.", "डिस्क ने यह नहीं लिया। कुछ भी अधूरा नहीं हुआ।"),
                ("Make room on the disk, then do it again.", "डिस्क पर जगह बनाइए, फिर दोबारा कीजिए।"),
            ),
        }
    }
}
