//! Selling, as the window asks for it.

use super::wire::Nothing;
use super::{Desk, Printed, stamp};
use crate::bills;
use crate::catalog;
use crate::fault::Fault;
use crate::print;
use crate::sale::actions::{self, Entered};
use crate::sale::views::{read_tenders, search};
use crate::sale::wire::{
    AddRequest, BillView, DiscountRequest, DoneView, EnterRequest, EnterView, FavouriteView, HitView, LineRequest,
    NamelessRequest, Outcome, PriceRequest, PrintedView, QuantityRequest, SaleCustomerRequest, SearchRequest,
    SettleRequest, TenderView, TendersRequest,
};
use crate::sale::{self, Bill, Document, SaleError};
use crate::settings::{self, Paper};

impl Desk {
    pub(crate) fn sale_bill(&mut self, _: Nothing) -> Result<BillView, Fault> {
        let bill = self.act(|act, _| actions::current(act))?;
        self.bill_view(bill)
    }

    pub(crate) fn sale_enter(&mut self, request: EnterRequest) -> Result<EnterView, Fault> {
        match self.act(|act, index| actions::enter(act, index, &request.text, request.source.into()))? {
            Entered::Added(bill) => {
                let line = bill.current;
                Ok(EnterView { outcome: Outcome::Added, bill: self.bill_view(bill)?, line, unknown: None })
            }
            Entered::Unknown(code) => {
                let bill = self.sale_bill(Nothing {})?;
                Ok(EnterView { outcome: Outcome::Unknown, bill, line: None, unknown: Some(code) })
            }
        }
    }

    pub(crate) fn sale_add(&mut self, request: AddRequest) -> Result<BillView, Fault> {
        let bill = self.act(|act, _| actions::add(act, request.item, request.quantity.as_deref()))?;
        self.bill_view(bill)
    }

    pub(crate) fn sale_search(&mut self, request: SearchRequest) -> Result<Vec<HitView>, Fault> {
        let open = self.opened()?;
        Ok(search(open.shop.look(), &open.index, &request.text)?)
    }

    pub(crate) fn sale_favourites(&mut self, _: Nothing) -> Result<Vec<FavouriteView>, Fault> {
        let mut favourites: Vec<FavouriteView> = Vec::new();
        for item in catalog::favourites(self.look()?)? {
            let slot = item.favourite.expect("a favourite has its key");
            if favourites.iter().all(|other| other.slot != slot) {
                favourites.push(FavouriteView {
                    slot,
                    item: item.id,
                    price: item.price.decimal(),
                    name: item.name,
                    name_second: item.name_second,
                });
            }
        }
        Ok(favourites)
    }

    pub(crate) fn sale_quantity(&mut self, request: QuantityRequest) -> Result<BillView, Fault> {
        let bill = self.act(|act, _| actions::set_quantity(act, request.line, &request.quantity))?;
        self.bill_view(bill)
    }

    pub(crate) fn sale_discount(&mut self, request: DiscountRequest) -> Result<BillView, Fault> {
        let bill = self.act(|act, _| actions::set_discount(act, request.line, &request.discount))?;
        self.bill_view(bill)
    }

    pub(crate) fn sale_price(&mut self, request: PriceRequest) -> Result<BillView, Fault> {
        let bill = self.act(|act, _| actions::set_price(act, request.line, &request.price))?;
        self.bill_view(bill)
    }

    pub(crate) fn sale_remove(&mut self, request: LineRequest) -> Result<BillView, Fault> {
        let bill = self.act(|act, _| actions::remove(act, request.line))?;
        self.bill_view(bill)
    }

    pub(crate) fn sale_nameless(&mut self, request: NamelessRequest) -> Result<BillView, Fault> {
        let bill = self.act(|act, _| actions::add_nameless(act, &request))?;
        self.bill_view(bill)
    }

    pub(crate) fn sale_customer(&mut self, request: SaleCustomerRequest) -> Result<BillView, Fault> {
        let bill = self.act(|act, _| actions::set_customer(act, request.customer.as_ref()))?;
        self.bill_view(bill)
    }

    pub(crate) fn sale_abandon(&mut self, _: Nothing) -> Result<BillView, Fault> {
        let bill = self.act(|act, _| actions::abandon(act))?;
        self.bill_view(bill)
    }

    /// How far the open bill would be paid; nothing is kept.
    pub(crate) fn sale_tender(&mut self, request: TendersRequest) -> Result<TenderView, Fault> {
        let tenders = read_tenders(&request.tenders)?;
        let bill = self.act(|act, _| actions::current(act))?;
        let today = stamp(&*self.around.clock, self.opened()?.member.staff).day();
        let open = actions::open(self.look()?, bill, today)?;
        Ok(TenderView::new(&open, &tenders))
    }

    /// Seals the bill, then prints it: the sale is on the disk before paper is thought of, and no trouble with
    /// paper makes it look undone.
    pub(crate) fn sale_settle(&mut self, request: SettleRequest) -> Result<DoneView, Fault> {
        let tenders = read_tenders(&request.tenders)?;
        let mut sealed = self.act(|act, _| actions::seal(act, request.bill, &tenders))?;
        // Asked again for a sale that is done, as after a crash: whether paper came out is not known, so none is made.
        let printed = if sealed.again { None } else { self.print_original(&sealed.document).ok() };
        let printed = printed.unwrap_or(PrintedView::NoPrinter);
        let next = std::mem::replace(&mut sealed.next, Bill::new(request.bill));
        let bill = self.bill_view(next)?;
        Ok(DoneView::new(&sealed, bill, printed, None))
    }

    fn print_original(&mut self, document: &Document) -> Result<PrintedView, Fault> {
        if self.around.outlet.printer().is_empty() {
            return Ok(PrintedView::NoPrinter);
        }
        let kept = settings::get(self.look()?)?;
        let copy = self.act(|act, _| actions::put_on_paper(act, &document.body.number))?;
        let ticket = bills::ticket(self.look()?, document, copy, kept.paper_language)?;
        let pdf = print::pdf(&ticket, on_paper(kept.paper));
        Ok(printed(self.around.outlet.print(&pdf, &ticket.name)))
    }

    fn bill_view(&self, bill: Bill) -> Result<BillView, Fault> {
        let open = self.opened()?;
        let today = stamp(&*self.around.clock, open.member.staff).day();
        let look = open.shop.look();
        let last = sale::last_document(look, open.shop.stream()).map_err(SaleError::from)?;
        Ok(BillView::new(actions::open(look, bill, today)?, last.as_ref()))
    }
}

pub(super) fn on_paper(paper: Paper) -> print::Paper {
    match paper {
        Paper::A4 => print::Paper::A4,
        Paper::Mm80 => print::Paper::Receipt80,
    }
}

pub(super) fn printed(printed: Printed) -> PrintedView {
    match printed {
        Printed::Queued => PrintedView::Queued,
        Printed::NoPrinter => PrintedView::NoPrinter,
    }
}
