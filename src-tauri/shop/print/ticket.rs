//! A document in the order people read it: everything already written as text, no printer in sight.
//!
//! The giver decides what applies, works out every figure and chooses the language; this room only
//! places what it is given. An empty text, an empty list or `None` is left off the paper.

/// A document as people read it, from the letterhead to the last line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ticket {
    /// What a reader of the file's properties sees: `Tax invoice A1/26-27/04376`.
    pub name: String,
    /// When the document was made, in Unix milliseconds; kept in the file's properties.
    pub made_at_ms: i64,
    /// `Tax invoice`, `Bill of supply`, `Credit note`.
    pub title: String,
    /// `Original for recipient`, `Copy 2`.
    pub copy: String,
    /// A word across the page, such as `CANCELLED` or `REPRINT`.
    pub banner: String,
    /// What the law wants at the top: `composition taxable person, not eligible to …`, a cancelled reason.
    pub notices: Vec<String>,
    pub shop: Letterhead,
    /// Billed to, delivered to. One or two.
    pub parties: Vec<Party>,
    /// Number, date, place of supply, reverse charge, in the order to be read.
    pub particulars: Vec<Pair>,
    pub table: LineTable,
    pub taxes: Option<TaxTable>,
    /// From goods before discount to round off, in the order they are added.
    pub sums: Vec<Pair>,
    /// The one figure the document is about; `None` for a challan without value.
    pub total: Option<Pair>,
    /// Below the total: cash, UPI, change given, left to pay, savings.
    pub tenders: Vec<Pair>,
    /// `Amount in words` and the words.
    pub words: Option<Pair>,
    /// To scan: the UPI link, a signed e-invoice.
    pub scans: Vec<Scan>,
    /// Bank name, account, IFSC.
    pub bank: Vec<Pair>,
    /// Sentences the law or the shop wants on the document: export endorsement, terms.
    pub declarations: Vec<String>,
    pub signature: Option<Signature>,
    /// The last small lines: exchange rule, jurisdiction, thanks.
    pub footer: Vec<String>,
    pub turns: PageWords,
}

/// The shop as its signboard says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letterhead {
    pub name: String,
    /// One short text inside the dark square beside the name, such as the first letter of the shop.
    pub mark: String,
    pub address: Vec<String>,
    /// GSTIN, FSSAI, phone; in one row on wide paper.
    pub codes: Vec<Pair>,
}

/// Somebody the document is addressed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    /// `Billed to`, `Delivered to`.
    pub role: String,
    pub name: String,
    pub address: Vec<String>,
    /// GSTIN, phone.
    pub codes: Vec<Pair>,
}

/// A label and what is said about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    pub label: String,
    pub value: String,
    pub voice: Voice,
}

/// How a value is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Voice {
    #[default]
    Plain,
    /// Weighs more than its neighbours.
    Strong,
    /// A code people type: GSTIN, account, document number. Set so that 0 and O differ.
    Code,
    /// A code that weighs more than its neighbours.
    StrongCode,
}

impl Pair {
    #[must_use]
    pub fn plain(label: impl Into<String>, value: impl Into<String>) -> Pair {
        Pair { label: label.into(), value: value.into(), voice: Voice::Plain }
    }

    #[must_use]
    pub fn strong(label: impl Into<String>, value: impl Into<String>) -> Pair {
        Pair { voice: Voice::Strong, ..Pair::plain(label, value) }
    }

    #[must_use]
    pub fn code(label: impl Into<String>, value: impl Into<String>) -> Pair {
        Pair { voice: Voice::Code, ..Pair::plain(label, value) }
    }

    /// The same pair with a value that weighs more.
    #[must_use]
    pub fn strengthened(&self) -> Pair {
        let voice = match self.voice {
            Voice::Plain | Voice::Strong => Voice::Strong,
            Voice::Code | Voice::StrongCode => Voice::StrongCode,
        };
        Pair { voice, ..self.clone() }
    }

    #[must_use]
    pub fn strong_code(label: impl Into<String>, value: impl Into<String>) -> Pair {
        Pair { voice: Voice::StrongCode, ..Pair::plain(label, value) }
    }
}

/// What was supplied. A column whose head is empty is not drawn on wide paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineTable {
    pub heads: LineHeads,
    pub lines: Vec<Line>,
}

/// The words over the columns; an empty one leaves its column out.
///
/// The number column needs no words: it is there whenever a line has a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineHeads {
    pub name: String,
    pub hsn: String,
    pub quantity: String,
    pub mrp: String,
    pub rate: String,
    pub discount: String,
    pub taxable: String,
    pub gst: String,
    pub amount: String,
}

/// One line of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub no: String,
    pub name: String,
    /// The name again in the customer's language.
    pub second_name: String,
    /// Batch, expiry, serial number, who served.
    pub notes: Vec<String>,
    pub hsn: String,
    pub quantity: String,
    pub unit: String,
    pub mrp: String,
    pub rate: String,
    pub discount: String,
    pub taxable: String,
    pub gst: String,
    pub amount: String,
    /// Sum of the amounts up to and with this line; said where a page ends.
    pub so_far: String,
}

/// Tax by HSN code, or by rate on a narrow receipt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaxTable {
    pub title: String,
    /// Over the first column: `HSN`, `GST`.
    pub code_head: String,
    pub taxable_head: String,
    /// One for each tax charged: CGST and SGST or UTGST, or IGST; cess when there is any.
    pub tax_heads: Vec<String>,
    pub rows: Vec<TaxRow>,
    pub total: Option<TaxRow>,
}

/// The tax on one HSN code or at one rate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaxRow {
    pub code: String,
    pub taxable: String,
    /// Rate and amount, one for each of `tax_heads`; a table without rates gets no rate columns.
    pub taxes: Vec<(String, String)>,
}

/// A QR code and what it says beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// What the code holds, such as a UPI link.
    pub holds: String,
    /// `Scan to pay ₹ 28,455.00`; a first pair without a label is the headline.
    pub says: Vec<Pair>,
}

/// Who signs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// `For Sharma Stores`.
    pub above: String,
    /// `Authorised signatory`.
    pub below: String,
}

/// What is said where one page follows another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageWords {
    /// `Page {page} of {pages}`; both marks are replaced by digits.
    pub page: String,
    /// `Carried forward`.
    pub carried: String,
    /// `Brought forward`.
    pub brought: String,
}
