//! What an import would do: which rows are new, which change an item, which cannot be taken and why.

use std::collections::HashMap;

use crate::catalog::barcode;
use crate::catalog::csv::{Row, Sheet};
use crate::catalog::draft::{Classes, ItemDraft, clean, read_percent, short, split_codes};
use crate::catalog::item::{Field, Item};
use crate::catalog::mapping::Mapping;
use crate::fault::{Fault, Words};
use crate::id::ItemId;
use crate::money::UnitPrice;

/// The items that the shop has, asked one by one.
pub trait Shelf {
    /// The item that a scan of this code finds; the code is in its [`barcode::normal`] form.
    fn by_barcode(&self, normal: &str) -> Option<Item>;
    /// The item of this short code, in upper case.
    fn by_short_code(&self, code: &str) -> Option<Item>;
    /// The item of exactly this name that has neither barcode nor short code.
    fn by_bare_name(&self, name: &str) -> Option<Item>;
}

/// What an import would do; nothing is done yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Rows that are not blank.
    pub rows: usize,
    pub added: Vec<Item>,
    pub updated: Vec<Change>,
    /// Rows that say what the shop has already.
    pub same: usize,
    /// Rows that cannot be taken, each with every fault it has.
    pub bad: usize,
    /// In the order of the rows.
    pub faults: Vec<RowFault>,
    /// What is taken, but worth a look.
    pub oddities: Vec<RowFault>,
}

/// An item before and after an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub was: Item,
    pub now: Item,
}

/// Something about one field of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// The row's number as the spreadsheet shows it.
    pub row: u32,
    /// The header of its column, or the field's code where no column means it.
    pub column: String,
    /// What stands there, shortened.
    pub text: String,
    pub say: Words,
}

/// Plans an import of a sheet.
///
/// A row is matched by barcode, then by short code; a row without either by its name among the items
/// that have neither. A match keeps what the row leaves empty and keeps its old barcodes beside the
/// new ones. Of two rows for one item the first counts and the second is bad. The same sheet again
/// changes nothing. New items get their ids from `make_id`.
pub fn plan(
    sheet: &Sheet,
    mapping: &Mapping,
    shelf: &dyn Shelf,
    classes: &Classes<'_>,
    make_id: &mut dyn FnMut() -> ItemId,
) -> Plan {
    let mut planner = Planner { sheet, mapping, shelf, classes, seen: HashMap::new(), plan: Plan::default() };
    for row in sheet.rows() {
        planner.plan.rows += 1;
        let faults = match row {
            Ok(row) => planner.take(&row, make_id).err().unwrap_or_default(),
            Err(flaw) => vec![RowFault {
                row: flaw.number,
                column: sheet.headers[flaw.column].clone(),
                text: flaw.text,
                say: flaw.flaw.say(),
            }],
        };
        planner.plan.bad += usize::from(!faults.is_empty());
        planner.plan.faults.extend(faults);
    }
    planner.plan
}

struct Planner<'a> {
    sheet: &'a Sheet,
    mapping: &'a Mapping,
    shelf: &'a dyn Shelf,
    classes: &'a Classes<'a>,
    /// Which row first spoke of an item, by each of the item's keys.
    seen: HashMap<Key, u32>,
    plan: Plan,
}

/// Anything under which two rows would be one item.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Barcode(String),
    ShortCode(String),
    BareName(String),
    Item(ItemId),
}

impl Planner<'_> {
    fn take(&mut self, row: &Row<'_>, make_id: &mut dyn FnMut() -> ItemId) -> Result<(), Vec<RowFault>> {
        let fresh = self.mapping.draft(row, ItemDraft::default());
        // Claimed even when the row turns out bad: a later row must not take its place unseen.
        let mut clash = self.claim(row, keys_of(&fresh));
        let was = self.find(row, &fresh)?;
        if let Some(was) = &was {
            clash = clash.or(self.claim(row, vec![(Key::Item(was.id), Field::Name)]));
        }
        let draft = match &was {
            Some(was) => self.laid_over(row, was),
            None => fresh,
        };
        let id = was.as_ref().map_or_else(make_id, |was| was.id);
        let now = draft.read(id, self.classes).map_err(|errors| {
            errors.iter().map(|error| self.fault(row, error.field(), Fault::from(error).say)).collect::<Vec<_>>()
        })?;
        if let Some((first, field)) = clash {
            let say = Words::new(
                format!("Row {first} has the same item already."),
                format!("लाइन {first} में यही आइटम पहले से है।"),
            );
            return Err(vec![self.fault(row, field, say)]);
        }
        for odd in now.oddities() {
            let fault = self.fault(row, odd.field(), odd.say());
            self.plan.oddities.push(fault);
        }
        match was {
            Some(was) if was == now => self.plan.same += 1,
            Some(was) => self.plan.updated.push(Change { was, now }),
            None => self.plan.added.push(now),
        }
        Ok(())
    }

    /// The item that the row speaks of, if the shop has it.
    fn find(&self, row: &Row<'_>, draft: &ItemDraft) -> Result<Option<Item>, Vec<RowFault>> {
        let codes = split_codes(&draft.barcodes).filter_map(|code| barcode::normal(&clean(code)));
        let mut by_barcode: Option<Item> = None;
        for item in codes.filter_map(|code| self.shelf.by_barcode(&code)) {
            if by_barcode.as_ref().is_some_and(|other| other.id != item.id) {
                return Err(vec![self.fault(row, Field::Barcode, several_items())]);
            }
            by_barcode = Some(item);
        }
        let short_code = clean(&draft.short_code).to_ascii_uppercase();
        let by_code = if short_code.is_empty() { None } else { self.shelf.by_short_code(&short_code) };
        match (by_barcode, by_code) {
            (Some(item), Some(other)) if item.id != other.id => {
                let say = Words::new(
                    format!("Short code {short_code} belongs to “{}”.", short(&other.name)),
                    format!("छोटा कोड {short_code} “{}” का है।", short(&other.name)),
                );
                Err(vec![self.fault(row, Field::ShortCode, say)])
            }
            (Some(item), _) | (None, Some(item)) => Ok(Some(item)),
            (None, None) if short_code.is_empty() && clean(&draft.barcodes).is_empty() => {
                Ok(self.shelf.by_bare_name(&clean(&draft.name)))
            }
            (None, None) => Ok(None),
        }
    }

    /// The row over the item it changes.
    fn laid_over(&self, row: &Row<'_>, was: &Item) -> ItemDraft {
        let mut known = ItemDraft::from(was);
        let text = |field| self.mapping.text(row, field);
        // A price that was the MRP follows it when the sheet has no price.
        let at_mrp = was.inclusive && was.mrp.is_some_and(|mrp| was.price == UnitPrice::from_paise(mrp));
        if at_mrp && !text(Field::Mrp).is_empty() {
            known.price.clear();
        }
        // A bare percent moves the item to another class only when its own cannot come out at it.
        let rate = read_percent(text(Field::GstRate));
        let fits = rate.is_some_and(|rate| (self.classes.fits)(&was.rate_class, rate));
        if !text(Field::GstRate).is_empty() && !fits {
            known.rate_class.clear();
        }
        let codes = std::mem::take(&mut known.barcodes);
        let mut draft = self.mapping.draft(row, known);
        draft.barcodes = format!("{codes}|{}", draft.barcodes);
        // What is on hand has moved since; a sheet of today's stock must not be taken for the beginning.
        draft.opening_stock = was.opening_stock.decimal();
        draft
    }

    /// Claims the keys for this row, and tells the row that has one of them already.
    fn claim(&mut self, row: &Row<'_>, keys: Vec<(Key, Field)>) -> Option<(u32, Field)> {
        let mut clash = None;
        for (key, field) in keys {
            let first = *self.seen.entry(key).or_insert(row.number);
            if first != row.number {
                clash = clash.or(Some((first, field)));
            }
        }
        clash
    }

    fn fault(&self, row: &Row<'_>, field: Field, say: Words) -> RowFault {
        // A fault of the tax class is best seen at the percent when that is the column there is.
        let columns = [Some(field), (field == Field::RateClass).then_some(Field::GstRate)];
        let field = columns.into_iter().flatten().find(|field| self.mapping.column(*field).is_some()).unwrap_or(field);
        let header = self.mapping.column(field).and_then(|column| self.sheet.headers.get(column));
        RowFault {
            row: row.number,
            column: header.map_or_else(|| field.code().to_owned(), Clone::clone),
            text: short(&clean(self.mapping.text(row, field))),
            say,
        }
    }
}

/// Everything under which the row would be found again.
fn keys_of(draft: &ItemDraft) -> Vec<(Key, Field)> {
    let codes = split_codes(&draft.barcodes).map(clean).filter(|code| !barcode::is_shortened(code));
    let forms = codes.filter_map(|code| barcode::normal(&code));
    let mut keys: Vec<(Key, Field)> = forms.map(|form| (Key::Barcode(form), Field::Barcode)).collect();
    let short_code = clean(&draft.short_code).to_ascii_uppercase();
    if !short_code.is_empty() {
        keys.push((Key::ShortCode(short_code), Field::ShortCode));
    }
    let name = clean(&draft.name);
    if keys.is_empty() && !name.is_empty() {
        keys.push((Key::BareName(name), Field::Name));
    }
    keys
}

fn several_items() -> Words {
    Words::new("These barcodes belong to different items.", "ये बारकोड अलग-अलग आइटम के हैं।")
}

#[cfg(test)]
mod tests;
