//! Bills that were made, as the window asks for them.

use super::sale::{on_paper, printed};
use super::{Desk, DeskError, stamp};
use crate::bills;
use crate::bills::wire::{
    BillRow, BillsFindRequest, BillsFindView, CancelRequest, DayRequest, DayView, DocumentView, NumberRequest,
    PagesView, PaperRequest, PrintView, SavedView,
};
use crate::cash;
use crate::day::Day;
use crate::fault::Fault;
use crate::print;
use crate::sale::actions;
use crate::sale::receipt::Copy;
use crate::sale::wire::PrintedView;
use crate::sale::{self, Document, Query};
use crate::settings::{self, Language, Paper};

/// The most rows of one page of the list.
const PAGE: u32 = 100;

impl Desk {
    pub(crate) fn bills_find(&mut self, request: BillsFindRequest) -> Result<BillsFindView, Fault> {
        let day = |text: &Option<String>| text.as_deref().filter(|day| !day.is_empty()).map(Day::read).transpose();
        let query = Query {
            text: request.text.clone(),
            day_from: day(&request.day_from)?,
            day_to: day(&request.day_to)?,
            offset: request.offset,
            most: PAGE,
        };
        let look = self.look()?;
        let (found, count, sum) = sale::find(look, &query)?;
        let mut rows = Vec::with_capacity(found.len());
        for one in &found {
            rows.push(BillRow::new(one, &sale::document_at(look, one.place)?));
        }
        let more = u64::from(request.offset) + (rows.len() as u64) < count;
        Ok(BillsFindView { rows, more, count, sum })
    }

    pub(crate) fn bills_open(&mut self, request: NumberRequest) -> Result<DocumentView, Fault> {
        let document = actions::find_document(self.look()?, &request.number)?;
        let kept = settings::get(self.look()?)?;
        self.document_view(&document, kept.paper, kept.paper_language)
    }

    pub(crate) fn bills_preview(&mut self, request: PaperRequest) -> Result<PagesView, Fault> {
        let document = actions::find_document(self.look()?, &request.number)?;
        let ticket = bills::ticket(self.look()?, &document, Copy::Original, request.language)?;
        Ok(PagesView { pages: print::svg(&ticket, on_paper(request.paper)) })
    }

    /// Prints a document; that it goes on paper is noted first, and the paper says which copy it is.
    pub(crate) fn bills_print(&mut self, request: PaperRequest) -> Result<PrintView, Fault> {
        let document = actions::find_document(self.look()?, &request.number)?;
        if self.around.outlet.printer().is_empty() {
            return Ok(PrintView {
                copy: sale::copies(self.look()?, document.body.token)?,
                printed: PrintedView::NoPrinter,
                path: None,
            });
        }
        let copy = self.act(|act, _| actions::put_on_paper(act, &request.number))?;
        let ticket = bills::ticket(self.look()?, &document, copy, request.language)?;
        let pdf = print::pdf(&ticket, on_paper(request.paper));
        Ok(PrintView {
            copy: copy.number(),
            printed: printed(self.around.outlet.print(&pdf, &ticket.name)),
            path: None,
        })
    }

    /// Saves a document as PDF where the owner keeps papers; it counts like a printed one.
    pub(crate) fn bills_save(&mut self, request: PaperRequest) -> Result<SavedView, Fault> {
        let document = actions::find_document(self.look()?, &request.number)?;
        let copy = self.act(|act, _| actions::put_on_paper(act, &request.number))?;
        let ticket = bills::ticket(self.look()?, &document, copy, request.language)?;
        let pdf = print::pdf(&ticket, on_paper(request.paper));
        let name = format!("{}.pdf", document.body.number.replace('/', "-"));
        let folder = self.around.places.papers.clone();
        let path = self.around.outlet.save(&folder, &name, &pdf).map_err(|why| DeskError::Paper(why.kind()))?;
        Ok(SavedView { path: path.display().to_string() })
    }

    pub(crate) fn bills_cancel(&mut self, request: CancelRequest) -> Result<DocumentView, Fault> {
        self.act(|act, _| actions::cancel(act, &request.number, &request.reason))?;
        self.bills_open(NumberRequest { number: request.number })
    }

    pub(crate) fn day_totals(&mut self, request: DayRequest) -> Result<DayView, Fault> {
        let open = self.opened()?;
        let today = stamp(&*self.around.clock, open.member.staff).day();
        let day = request.day.as_deref().filter(|day| !day.is_empty()).map(Day::read).transpose()?.unwrap_or(today);
        let look = open.shop.look();
        Ok(DayView::new(day, &sale::day_sum(look, day)?, cash::taken_on(look, day)?))
    }

    fn document_view(&self, document: &Document, paper: Paper, language: Language) -> Result<DocumentView, Fault> {
        let open = self.opened()?;
        let look = open.shop.look();
        let today = stamp(&*self.around.clock, open.member.staff).day();
        let can_cancel = actions::can_cancel(look, document, open.shop.stream(), today);
        let ticket = bills::ticket(look, document, Copy::Original, language)?;
        let pages = print::svg(&ticket, on_paper(paper));
        Ok(DocumentView::new(look, document, can_cancel, pages, paper, language)?)
    }
}
