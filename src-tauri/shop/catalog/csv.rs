//! Spreadsheets saved as text: which delimiter, and row after row with its number.
//!
//! The reader is our own since an import has to name the row at which a file is broken or cut off, keep
//! a spreadsheet's row numbers across blank rows, and go on behind a quote that was never closed.

use std::borrow::Cow;

use thiserror::Error;

use crate::catalog::draft::{clean, short};
use crate::catalog::encoding::Encoding;
use crate::fault::{Fault, Words};

/// The largest file that is read: 64 MiB.
pub const BYTES_MAX: usize = 64 << 20;
/// The most rows of one import, the header not counted.
pub const ROWS_MAX: usize = 200_000;
/// The most columns.
pub const COLUMNS_MAX: usize = 64;
/// The most characters of one field; a longer one spoils its row alone.
pub const FIELD_MAX: usize = 10_000;

/// The delimiters that are told apart.
pub const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];

/// Why a file cannot be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CsvError {
    #[error("the file is larger than 64 MiB")]
    TooBig,
    #[error("the file has no header row")]
    Empty,
    #[error("the file is an Excel or ODF workbook")]
    Workbook,
    #[error("the file is not text")]
    NotText,
    #[error("the file has {columns} columns, {COLUMNS_MAX} at most")]
    ManyColumns { columns: usize },
    #[error("the file has more than {ROWS_MAX} rows")]
    ManyRows,
}

impl From<CsvError> for Fault {
    fn from(error: CsvError) -> Fault {
        match error {
            CsvError::TooBig => Fault::new(
                "import.too_big",
                ("This file is larger than 64 MB.", "यह फ़ाइल 64 MB से बड़ी है।"),
                ("Split it and import the parts one by one.", "इसे बाँटकर हिस्से एक-एक करके डालिए।"),
            ),
            CsvError::Empty => Fault::new(
                "import.empty",
                ("There is nothing in this file.", "इस फ़ाइल में कुछ नहीं है।"),
                ("The first row names the columns, the items follow.", "पहली लाइन में कॉलम के नाम हों, फिर आइटम।"),
            ),
            CsvError::Workbook => Fault::new(
                "import.workbook",
                ("This is a spreadsheet's own file.", "यह स्प्रेडशीट की अपनी फ़ाइल है।"),
                ("Save it as CSV in the spreadsheet, then choose that.", "स्प्रेडशीट में इसे CSV में सेव करके वह फ़ाइल चुनिए।"),
            ),
            CsvError::NotText => Fault::new(
                "import.not_text",
                ("This file is not text.", "यह टेक्स्ट फ़ाइल नहीं है।"),
                ("Choose a CSV file.", "CSV फ़ाइल चुनिए।"),
            ),
            CsvError::ManyColumns { columns } => Fault::new(
                "import.columns_many",
                (format!("This file has {columns} columns."), format!("इस फ़ाइल में {columns} कॉलम हैं।")),
                (
                    format!("Keep the {COLUMNS_MAX} that matter, or choose another delimiter."),
                    format!("काम के {COLUMNS_MAX} रखिए, या दूसरा डिलिमिटर चुनिए।"),
                ),
            ),
            CsvError::ManyRows => Fault::new(
                "import.rows_many",
                ("This file has more than 2,00,000 rows.", "इस फ़ाइल में 2,00,000 से ज़्यादा लाइनें हैं।"),
                ("Split it and import the parts one by one.", "इसे बाँटकर हिस्से एक-एक करके डालिए।"),
            ),
        }
    }
}

/// A file read as a table; its rows are cut as they are asked for.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub encoding: Encoding,
    pub delimiter: char,
    /// The first row that is not blank, cleaned.
    pub headers: Vec<String>,
    /// How many rows follow that are not blank.
    pub count: usize,
    text: String,
    body: usize,
    body_row: u32,
}

impl Sheet {
    /// Reads a file, guessing how it is written.
    ///
    /// # Errors
    /// [`CsvError`] when it is no table of text or beyond a limit.
    pub fn read(bytes: &[u8]) -> Result<Sheet, CsvError> {
        Sheet::read_as(bytes, None, None)
    }

    /// Reads a file with what its owner says about it; what is not said is guessed.
    ///
    /// # Errors
    /// [`CsvError`] as [`Sheet::read`].
    pub fn read_as(bytes: &[u8], encoding: Option<Encoding>, delimiter: Option<char>) -> Result<Sheet, CsvError> {
        if bytes.len() > BYTES_MAX {
            return Err(CsvError::TooBig);
        }
        // Zip (xlsx, ods) and the older compound file (xls).
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
            return Err(CsvError::Workbook);
        }
        let encoding = encoding.unwrap_or_else(|| Encoding::guess(bytes));
        let text = encoding.decode(bytes);
        if text.contains('\0') {
            return Err(CsvError::NotText);
        }
        let delimiter = delimiter.unwrap_or_else(|| guess_delimiter(&text));
        let mut rows = Rows { text: &text, at: 0, row: 1, delimiter, columns: usize::MAX };
        let header = rows.next_record().ok_or(CsvError::Empty)?;
        let headers: Vec<String> = header.fields.iter().map(|field| clean(field)).collect();
        if headers.len() > COLUMNS_MAX {
            return Err(CsvError::ManyColumns { columns: headers.len() });
        }
        let (body, body_row) = (rows.at, rows.row);
        let mut count = 0;
        while rows.next_record().is_some() {
            count += 1;
            if count > ROWS_MAX {
                return Err(CsvError::ManyRows);
            }
        }
        Ok(Sheet { encoding, delimiter, headers, count, text, body, body_row })
    }

    /// The rows below the header; blank ones are passed over but counted.
    #[must_use]
    pub fn rows(&self) -> Rows<'_> {
        let columns = self.headers.len();
        Rows { text: &self.text, at: self.body, row: self.body_row, delimiter: self.delimiter, columns }
    }
}

/// One row of a sheet, as many fields as there are columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// The row's number as a spreadsheet shows it, from 1.
    pub number: u32,
    pub fields: Vec<Cow<'a, str>>,
}

/// A row that cannot be cut into its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFlaw {
    pub number: u32,
    /// The column, from 0, where it goes wrong.
    pub column: usize,
    /// How the row or the field begins.
    pub text: String,
    pub flaw: Flaw,
}

/// What is wrong with the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A quote is opened and never closed.
    QuoteOpen,
    /// The file ends in the middle of the row.
    CutOff { fields: usize, columns: usize },
    /// More fields than columns: most likely a delimiter inside a text without quotes.
    ManyFields { fields: usize, columns: usize },
    /// A field longer than [`FIELD_MAX`].
    FieldLong,
}

impl Flaw {
    /// What the owner is told.
    #[must_use]
    pub fn say(&self) -> Words {
        match self {
            Flaw::QuoteOpen => {
                Words::new("A quotation mark opens here and never closes.", "यहाँ कोट का निशान खुला है और बंद नहीं हुआ।")
            }
            Flaw::CutOff { fields, columns } => Words::new(
                format!("The file is cut off here: {fields} of {columns} columns."),
                format!("फ़ाइल यहाँ कट गई है: {columns} में से {fields} कॉलम।"),
            ),
            Flaw::ManyFields { fields, columns } => Words::new(
                format!("This row has {fields} fields for {columns} columns; is there a comma in the name?"),
                format!("इस लाइन में {columns} की जगह {fields} खाने हैं; क्या नाम में कॉमा है?"),
            ),
            Flaw::FieldLong => Words::new("This text is longer than 10,000 letters.", "यह टेक्स्ट 10,000 अक्षरों से लंबा है।"),
        }
    }
}

/// Rows of a sheet in their order.
#[derive(Clone, Debug)]
pub struct Rows<'a> {
    text: &'a str,
    at: usize,
    row: u32,
    delimiter: char,
    columns: usize,
}

struct Record<'a> {
    number: u32,
    start: usize,
    fields: Vec<Cow<'a, str>>,
    open: bool,
    ends_file: bool,
}

impl<'a> Iterator for Rows<'a> {
    type Item = Result<Row<'a>, RowFlaw>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut record = self.next_record()?;
        let (fields, columns) = (record.fields.len(), self.columns);
        let line = self.text[record.start..].lines().next().unwrap_or_default();
        let flawed = |column: usize, text: &str, flaw: Flaw| {
            Some(Err(RowFlaw { number: record.number, column, text: short(text), flaw }))
        };
        if record.open {
            return flawed(fields.saturating_sub(1).min(columns - 1), line, Flaw::QuoteOpen);
        }
        if let Some(column) = record.fields.iter().position(|field| is_longer(field, FIELD_MAX)) {
            return flawed(column.min(columns - 1), &record.fields[column], Flaw::FieldLong);
        }
        if fields > columns && record.fields[columns..].iter().any(|field| !field.trim().is_empty()) {
            return flawed(columns - 1, line, Flaw::ManyFields { fields, columns });
        }
        if fields < columns && record.ends_file {
            return flawed(fields - 1, line, Flaw::CutOff { fields, columns });
        }
        record.fields.resize(columns, Cow::Borrowed(""));
        Some(Ok(Row { number: record.number, fields: record.fields }))
    }
}

impl<'a> Rows<'a> {
    /// The next record that is not blank.
    fn next_record(&mut self) -> Option<Record<'a>> {
        loop {
            if self.at >= self.text.len() {
                return None;
            }
            let record = self.cut_record();
            if record.open || record.fields.iter().any(|field| !field.trim().is_empty()) {
                return Some(record);
            }
        }
    }

    /// Cuts one record (RFC 4180 §2), more forgiving than it: a bare CR or LF ends a row, a quote inside
    /// an unquoted field is a letter, and what follows a closing quote belongs to the field.
    fn cut_record(&mut self) -> Record<'a> {
        let (number, start) = (self.row, self.at);
        self.row += 1;
        let mut fields = Vec::with_capacity(self.columns.min(COLUMNS_MAX));
        loop {
            let Some(field) = self.cut_field() else {
                // The quote never closes: only this line is lost, the rows below are read again.
                fields.push(Cow::Borrowed(""));
                let line_end = self.text[start..].find(['\r', '\n']).map_or(self.text.len(), |end| start + end);
                self.at = line_end;
                self.pass_line_end();
                return Record { number, start, fields, open: true, ends_file: false };
            };
            fields.push(field);
            match self.text[self.at..].chars().next() {
                Some(c) if c == self.delimiter => self.at += c.len_utf8(),
                Some(_) => {
                    self.pass_line_end();
                    return Record { number, start, fields, open: false, ends_file: false };
                }
                None => return Record { number, start, fields, open: false, ends_file: true },
            }
        }
    }

    /// Cuts the field that starts here and stops before what ends it; `None` when its quote stays open
    /// or is closed only by the quote of another row.
    fn cut_field(&mut self) -> Option<Cow<'a, str>> {
        let rest = &self.text[self.at..];
        if !rest.starts_with('"') {
            let end = rest.find([self.delimiter, '\r', '\n']).unwrap_or(rest.len());
            self.at += end;
            return Some(Cow::Borrowed(&rest[..end]));
        }
        let mut from = 1;
        let mut unquoted = String::new();
        loop {
            let close = from + rest[from..].find('"')?;
            if rest[close + 1..].starts_with('"') {
                unquoted.push_str(&rest[from..=close]);
                from = close + 2;
                continue;
            }
            let behind = &rest[close + 1..];
            let end = behind.find([self.delimiter, '\r', '\n']).unwrap_or(behind.len());
            // Over a line's end and then not at the end of a field: this quote opens the next field.
            if end > 0 && rest[..close].contains(['\r', '\n']) {
                return None;
            }
            self.at += close + 1 + end;
            if unquoted.is_empty() && end == 0 {
                return Some(Cow::Borrowed(&rest[from..close]));
            }
            unquoted.push_str(&rest[from..close]);
            unquoted.push_str(&behind[..end]);
            return Some(Cow::Owned(unquoted));
        }
    }

    fn pass_line_end(&mut self) {
        let rest = &self.text[self.at..];
        self.at += if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
    }
}

/// The delimiter under which the first rows agree best on how many columns there are.
fn guess_delimiter(text: &str) -> char {
    let agreement = |delimiter: char| {
        let mut rows = Rows { text, at: 0, row: 1, delimiter, columns: COLUMNS_MAX };
        let columns = rows.next_record().map_or(0, |header| header.fields.len());
        let (mut same, mut all) = (1usize, 1usize);
        while let Some(record) = rows.next_record().filter(|_| all < 50) {
            all += 1;
            same += usize::from(record.fields.len() == columns);
        }
        if columns < 2 { (0, 0) } else { (same * 100 / all, columns) }
    };
    // Of equals the one that stands first in the list: `max_by_key` keeps the last, so the list is turned.
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| agreement(*delimiter)).unwrap_or(',')
}

fn is_longer(text: &str, most: usize) -> bool {
    text.len() > most && text.chars().count() > most
}

#[cfg(test)]
mod tests;
