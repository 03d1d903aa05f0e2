//! What is done to the catalogue.

use std::collections::HashMap;

use super::csv::Sheet;
use super::draft::Classes;
use super::facts::{self, Change};
use super::mapping::Mapping;
use super::plan::{Plan, Shelf, plan};
use super::wire::{CatalogListRequest, CatalogListView, CatalogSetRequest, ImportDoneView, ImportUndoneView, ItemRow};
use super::{CatalogError, Field, Item, barcode, store};
use crate::day::Day;
use crate::find;
use crate::id::{ImportId, ItemId};
use crate::rate::Rate;
use crate::rules::{Charge, Rules};
use crate::stock;
use crate::store::{Act, Look, StoreError};

/// The most rows of one page of the list.
const PAGE: u32 = 100;

/// A page of the catalogue: by search when something is typed, else by name.
///
/// # Errors
/// [`CatalogError::Store`].
pub fn list(
    look: Look<'_>,
    index: &find::Index,
    wanted: &CatalogListRequest,
    today: Day,
) -> Result<CatalogListView, CatalogError> {
    let (items, total) = if wanted.text.trim().is_empty() {
        store::page(look, wanted.category.as_deref(), wanted.inactive, wanted.offset, PAGE)?
    } else {
        let mut items = Vec::new();
        for id in index.search(&wanted.text, PAGE as usize) {
            items.extend(store::by_id(look, id)?.filter(|item| {
                (item.active || wanted.inactive)
                    && wanted.category.as_ref().is_none_or(|category| *category == item.category)
            }));
        }
        let total = items.len() as u64;
        (items, total)
    };
    let rules = Rules::of(today);
    let mut rows = Vec::with_capacity(items.len());
    for item in items {
        let on_hand = stock::on_hand(look, item.id)?;
        rows.push(ItemRow::new(item, on_hand, &rules));
    }
    Ok(CatalogListView { rows, total, categories: store::categories(look)? })
}

/// Adds an item or changes one.
///
/// # Errors
/// [`CatalogError::Item`] for the first field that does not do, [`CatalogError::CodeTaken`].
pub fn set(act: &mut Act<'_>, typed: &CatalogSetRequest) -> Result<Item, CatalogError> {
    let id = match typed.item {
        Some(id) => store::by_id(act.look(), id)?.ok_or(CatalogError::NoSuchItem)?.id,
        None => ItemId::make(act.chance()),
    };
    let rules = Rules::of(act.stamp().day());
    let item =
        with_classes(&rules, |classes| typed.draft().read(id, classes)).map_err(|mut wrong| wrong.swap_remove(0))?;
    if item.active
        && let Some(other) = store::holder_of_code(act.look(), &item)?
    {
        return Err(CatalogError::CodeTaken { by: other.name });
    }
    if store::by_id(act.look(), id)?.as_ref() != Some(&item) {
        act.commit(vec![facts::item_set(&item)])?;
    }
    Ok(item)
}

/// Plans an import of a sheet against the shop's own items; nothing is done.
///
/// # Errors
/// [`CatalogError::Meanings`] when the columns do not make items.
pub fn plan_import(
    look: Look<'_>,
    sheet: &Sheet,
    mapping: &Mapping,
    today: Day,
    make_id: &mut dyn FnMut() -> ItemId,
) -> Result<Plan, CatalogError> {
    let priced = mapping.column(Field::Price).or(mapping.column(Field::Mrp));
    if mapping.column(Field::Name).is_none() || priced.is_none() {
        return Err(CatalogError::Meanings);
    }
    let goods = Goods::load(look)?;
    let rules = Rules::of(today);
    Ok(with_classes(&rules, |classes| plan(sheet, mapping, &goods, classes, make_id)))
}

/// Imports a sheet as one act that can be undone; bad rows are left out.
///
/// While it writes it tells which share is done: so many of so many items.
///
/// # Errors
/// As [`plan_import`].
pub fn import(
    act: &mut Act<'_>,
    file: &str,
    sheet: &Sheet,
    mapping: &Mapping,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<(ImportDoneView, Vec<Item>), CatalogError> {
    let import = ImportId::make(act.chance());
    let today = act.stamp().day();
    let look = act.look();
    // Handed out in rising order: neighbours in the file are neighbours in the tables, which halves the writing.
    let mut ids: Vec<ItemId> = (0..sheet.count).map(|_| ItemId::make(act.chance())).collect();
    ids.sort_unstable_by(|one, other| other.cmp(one));
    let mut make_id = || ids.pop().expect("there are as many ids as rows");
    let plan = plan_import(look, sheet, mapping, today, &mut make_id)?;
    let done = ImportDoneView {
        import,
        added: plan.added.len() as u64,
        updated: plan.updated.len() as u64,
        same: plan.same as u64,
        bad: plan.bad as u64,
    };
    let added = plan.added.into_iter().map(|item| Change { item, was: None });
    let updated = plan.updated.into_iter().map(|change| Change { item: change.now, was: Some(change.was) });
    let changes: Vec<Change> = added.chain(updated).collect();
    let items = changes.iter().map(|change| change.item.clone()).collect();
    if !changes.is_empty() {
        let total = changes.len() as u64;
        let drafts = facts::import(import, file, plan.rows as u64, changes);
        let facts = drafts.len() as u64;
        act.commit_telling(drafts, &mut |applied| tell(total * applied as u64 / facts, total))?;
    }
    Ok((done, items))
}

/// Takes an import back: items it added are removed, fields it changed are put back unless changed since.
///
/// # Errors
/// [`CatalogError::NoSuchImport`].
pub fn undo(act: &mut Act<'_>, import: ImportId) -> Result<ImportUndoneView, CatalogError> {
    let changes = store::changes_of_import(act.look(), import)?.ok_or(CatalogError::NoSuchImport)?;
    let (mut put_back, mut removed, mut kept) = (Vec::new(), Vec::new(), 0);
    for change in changes {
        let Some(now) = store::by_id(act.look(), change.item.id)? else { continue };
        match change.was {
            None if now == change.item => removed.push(now.id),
            None => kept += 1,
            Some(was) => {
                let back = put_back_fields(&was, &change.item, &now);
                if back == now {
                    kept += 1;
                } else {
                    put_back.push(Change { item: back, was: Some(now) });
                }
            }
        }
    }
    let done = ImportUndoneView { put_back: (put_back.len() + removed.len()) as u64, kept };
    act.commit(facts::undo(import, put_back, &removed))?;
    Ok(done)
}

/// The item as it is now, with every field as it was before the import that is still as the import left it.
fn put_back_fields(was: &Item, imported: &Item, now: &Item) -> Item {
    let mut back = now.clone();
    macro_rules! put_back {
        ($($field:ident),+) => {
            $(if now.$field == imported.$field { back.$field = was.$field.clone(); })+
        };
    }
    put_back!(name, name_second, short_code, barcodes, hsn, is_service, unit, mrp, price, inclusive, rate_class);
    put_back!(category, favourite, active, opening_stock);
    back
}

/// The tax classes of a day, as drafts ask for them.
fn with_classes<T>(rules: &Rules<'_>, then: impl FnOnce(&Classes<'_>) -> T) -> T {
    then(&Classes {
        knows: &|code| rules.charge(code).is_ok(),
        of_rate: &|rate| rules.class_for_percent(rate).map(|class| class.code.clone()),
        fits: &|code, rate| fits(rules, code, rate),
        otherwise: None,
    })
}

fn fits(rules: &Rules<'_>, code: &str, rate: Rate) -> bool {
    match rules.charge(code) {
        Ok(Charge::At(own)) => own == rate,
        Ok(Charge::BySlab(slab)) => slab.upto == rate || slab.above == rate,
        Ok(Charge::Untaxed(_)) => rate.is_zero(),
        Err(_) => false,
    }
}

/// The shop's items in memory, for an import that asks for each of its rows.
struct Goods {
    items: Vec<Item>,
    by_barcode: HashMap<String, usize>,
    by_short_code: HashMap<String, usize>,
    by_bare_name: HashMap<String, usize>,
}

impl Goods {
    fn load(look: Look<'_>) -> Result<Goods, StoreError> {
        let mut goods = Goods {
            items: Vec::new(),
            by_barcode: HashMap::new(),
            by_short_code: HashMap::new(),
            by_bare_name: HashMap::new(),
        };
        store::each(look, |item| {
            let place = goods.items.len();
            for code in item.barcodes.iter().filter_map(|code| barcode::normal(code)) {
                goods.by_barcode.entry(code).or_insert(place);
            }
            match &item.short_code {
                Some(code) => {
                    goods.by_short_code.entry(code.clone()).or_insert(place);
                }
                None if item.barcodes.is_empty() => {
                    goods.by_bare_name.entry(item.name.clone()).or_insert(place);
                }
                None => {}
            }
            goods.items.push(item);
        })?;
        Ok(goods)
    }
}

impl Shelf for Goods {
    fn by_barcode(&self, normal: &str) -> Option<Item> {
        self.by_barcode.get(normal).map(|place| self.items[*place].clone())
    }

    fn by_short_code(&self, code: &str) -> Option<Item> {
        self.by_short_code.get(code).map(|place| self.items[*place].clone())
    }

    fn by_bare_name(&self, name: &str) -> Option<Item> {
        self.by_bare_name.get(name).map(|place| self.items[*place].clone())
    }
}
