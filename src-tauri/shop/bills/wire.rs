//! Bills as they cross to the window.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::cash::TenderKind;
use crate::day::Day;
use crate::fault::{Fault, Words};
use crate::money::Paise;
use crate::sale::wire::PrintedView;
use crate::sale::{self, DaySum, Document, Found, SaleError};
use crate::settings::{Language, Paper};
use crate::staff;
use crate::store::Look;

#[derive(Debug, Deserialize, TS)]
pub struct BillsFindRequest {
    pub text: String,
    pub day_from: Option<String>,
    pub day_to: Option<String>,
    pub offset: u32,
}

#[derive(Debug, Serialize, TS)]
pub struct BillsFindView {
    pub rows: Vec<BillRow>,
    pub more: bool,
    #[ts(type = "number")]
    pub count: u64,
    #[ts(type = "Paise")]
    pub sum: Paise,
}

#[derive(Debug, Serialize, TS)]
pub struct BillRow {
    pub number: String,
    pub title: Words,
    pub day: String,
    pub time: String,
    pub customer: String,
    #[ts(type = "Paise")]
    pub total: Paise,
    pub tenders: Words,
    pub cancelled: bool,
    pub copies: u32,
}

impl BillRow {
    #[must_use]
    pub fn new(found: &Found, document: &Document) -> BillRow {
        BillRow {
            number: found.number.clone(),
            title: document.body.title.words(),
            day: found.day.clone(),
            time: time_of(found.wall_ms, found.offset_min),
            customer: found.customer.clone(),
            total: found.total,
            tenders: tender_words(document),
            cancelled: found.cancelled,
            copies: found.copies,
        }
    }
}

#[derive(Debug, Deserialize, TS)]
pub struct NumberRequest {
    pub number: String,
}

#[derive(Debug, Deserialize, TS)]
pub struct PaperRequest {
    pub number: String,
    pub paper: Paper,
    pub language: Language,
}

#[derive(Debug, Deserialize, TS)]
pub struct CancelRequest {
    pub number: String,
    pub reason: String,
}

/// An issued document with its picture.
#[derive(Debug, Serialize, TS)]
pub struct DocumentView {
    pub number: String,
    /// The code beside the number on its papers.
    pub check: String,
    pub title: Words,
    pub day: String,
    pub time: String,
    #[ts(type = "Paise")]
    pub total: Paise,
    pub customer: String,
    pub cancelled: Option<CancelledView>,
    pub copies: u32,
    pub can_cancel: bool,
    pub why_not: Option<Words>,
    pub history: Vec<HistoryView>,
    /// One SVG document a page.
    pub pages: Vec<String>,
    pub paper: Paper,
    pub language: Language,
}

#[derive(Debug, Serialize, TS)]
pub struct CancelledView {
    pub reason: String,
    pub day: String,
    pub time: String,
}

#[derive(Debug, Serialize, TS)]
pub struct HistoryView {
    pub at: Option<MomentView>,
    pub what: Words,
    pub who: String,
}

#[derive(Debug, Serialize, TS)]
pub struct PagesView {
    pub pages: Vec<String>,
}

#[derive(Debug, Serialize, TS)]
pub struct PrintView {
    pub copy: u32,
    pub printed: PrintedView,
    pub path: Option<String>,
}

#[derive(Debug, Serialize, TS)]
pub struct SavedView {
    pub path: String,
}

#[derive(Debug, Deserialize, TS)]
pub struct DayRequest {
    pub day: Option<String>,
}

/// What was taken on a day, per way of paying.
#[derive(Debug, Serialize, TS)]
pub struct DayView {
    pub day: String,
    #[ts(type = "number")]
    pub bills: u64,
    #[ts(type = "Paise")]
    pub total: Paise,
    #[ts(type = "number")]
    pub cancelled: u64,
    pub by_tender: Vec<DayTenderView>,
    #[ts(type = "Paise")]
    pub taxable: Paise,
    #[ts(type = "Paise")]
    pub cgst: Paise,
    #[ts(type = "Paise")]
    pub sgst: Paise,
    #[ts(type = "Paise")]
    pub igst: Paise,
}

#[derive(Debug, Serialize, TS)]
pub struct DayTenderView {
    pub kind: TenderKind,
    pub word: Words,
    #[ts(type = "Paise")]
    pub amount: Paise,
    #[ts(type = "number")]
    pub count: i64,
}

impl DayView {
    #[must_use]
    pub fn new(day: Day, sum: &DaySum, taken: Vec<(TenderKind, Paise, i64)>) -> DayView {
        DayView {
            day: day.to_string(),
            bills: sum.bills,
            total: sum.total,
            cancelled: sum.cancelled,
            by_tender: taken
                .into_iter()
                .map(|(kind, amount, count)| DayTenderView { kind, word: kind.word(), amount, count })
                .collect(),
            taxable: sum.taxable,
            cgst: sum.cgst,
            sgst: sum.sgst,
            igst: sum.igst,
        }
    }
}

impl DocumentView {
    /// The view of a document of this shop, with pages drawn as asked.
    ///
    /// # Errors
    /// [`SaleError::Store`].
    pub fn new(
        look: Look<'_>,
        document: &Document,
        can_cancel: Result<(), SaleError>,
        pages: Vec<String>,
        paper: Paper,
        language: Language,
    ) -> Result<DocumentView, SaleError> {
        let body = &document.body;
        let cancelled = sale::cancelled(look, body.token)?;
        let copies = sale::copies(look, body.token)?;
        let who = |staff| -> Result<String, SaleError> {
            Ok(staff::member(look, staff)?.map(|member| member.name).unwrap_or_default())
        };
        let mut history = vec![HistoryView {
            at: Some(MomentView::new(document.wall_ms, document.offset_min)),
            what: Words::new(
                format!("Made at {}, paid by {}", body.counter, tender_words(document).en),
                format!("{} पर बना, {} से भुगतान", body.counter, tender_words(document).hi),
            ),
            who: body.cashier.clone(),
        }];
        if copies > 0 {
            history.push(HistoryView {
                at: None,
                what: Words::new(format!("Printed again: {copies}"), format!("दोबारा प्रिंट: {copies}")),
                who: String::new(),
            });
        }
        if let Some(cancelled) = &cancelled {
            history.push(HistoryView {
                at: Some(MomentView::new(cancelled.wall_ms, cancelled.offset_min)),
                what: Words::new(format!("Cancelled: {}", cancelled.reason), format!("रद्द: {}", cancelled.reason)),
                who: who(cancelled.staff)?,
            });
        }
        Ok(DocumentView {
            number: body.number.clone(),
            check: document.check.clone(),
            title: body.title.words(),
            day: body.day.to_string(),
            time: time_of(document.wall_ms, document.offset_min),
            total: body.total,
            customer: sale::actions::contact_of(look, document)?.map(|contact| contact.name).unwrap_or_default(),
            cancelled: cancelled.map(|cancelled| CancelledView {
                day: Day::of(cancelled.wall_ms, cancelled.offset_min).to_string(),
                time: time_of(cancelled.wall_ms, cancelled.offset_min),
                reason: cancelled.reason,
            }),
            copies,
            can_cancel: can_cancel.is_ok(),
            why_not: can_cancel.err().map(|error| Fault::from(error).say),
            history,
            pages,
            paper,
            language,
        })
    }
}

fn tender_words(document: &Document) -> Words {
    let mut kinds: Vec<TenderKind> = document.body.tenders.iter().map(|tender| tender.kind).collect();
    kinds.dedup();
    let join = |of: fn(Words) -> String| kinds.iter().map(|kind| of(kind.word())).collect::<Vec<_>>().join(" + ");
    Words::new(join(|words| words.en), join(|words| words.hi))
}

/// `14:05` on the wall of the place.
#[must_use]
pub fn time_of(wall_ms: i64, offset_min: i16) -> String {
    let minutes = (wall_ms.div_euclid(60_000) + i64::from(offset_min)).rem_euclid(24 * 60);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// A moment on the calendar and the wall of the place; the screen says it in its own language.
#[derive(Debug, Serialize, TS)]
pub struct MomentView {
    pub day: String,
    pub time: String,
}

impl MomentView {
    #[must_use]
    pub fn new(wall_ms: i64, offset_min: i16) -> MomentView {
        MomentView { day: Day::of(wall_ms, offset_min).to_string(), time: time_of(wall_ms, offset_min) }
    }
}
