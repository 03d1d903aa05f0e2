//! The catalogue, as the window asks for it.

use std::path::Path;

use super::wire::{FileChooseRequest, FileChooseView, Nothing};
use super::{Desk, Stage, stamp};
use crate::catalog::csv::Sheet;
use crate::catalog::encoding::Encoding;
use crate::catalog::mapping::Mapping;
use crate::catalog::wire::{
    CatalogItemRequest, CatalogListRequest, CatalogListView, CatalogSetRequest, ClassView, ColumnView, ImportDoneView,
    ImportLookRequest, ImportRequest, ImportUndoRequest, ImportUndoneView, ImportView, ItemView, TryView, UnitView,
    index_entry,
};
use crate::catalog::{self, CatalogError, Item, actions};
use crate::day::Day;
use crate::fault::Fault;
use crate::find;
use crate::id::ItemId;
use crate::quantity::Unit;
use crate::rules::Rules;
use crate::stock;

/// The most rows a report names; the counts are of all.
const FAULTS_MAX: usize = 200;
/// The most example cells of a column.
const SAMPLES_MAX: usize = 3;

impl Desk {
    pub(crate) fn catalog_list(&mut self, request: CatalogListRequest) -> Result<CatalogListView, Fault> {
        let today = self.today()?;
        let open = self.opened()?;
        Ok(actions::list(open.shop.look(), &open.index, &request, today)?)
    }

    pub(crate) fn catalog_item(&mut self, request: CatalogItemRequest) -> Result<ItemView, Fault> {
        let item = catalog::by_id(self.look()?, request.item)?.ok_or(CatalogError::NoSuchItem)?;
        self.item_view(item)
    }

    pub(crate) fn catalog_set(&mut self, request: CatalogSetRequest) -> Result<ItemView, Fault> {
        let item = self.act(|act, _| actions::set(act, &request))?;
        if let Stage::Open(open) = &mut self.stage {
            if item.active { open.index.set(&index_entry(&item)) } else { open.index.remove(item.id) }
        }
        self.item_view(item)
    }

    pub(crate) fn catalog_classes(&mut self, _: Nothing) -> Result<Vec<ClassView>, Fault> {
        let today = self.today()?;
        let view = |class: &crate::rules::Class| ClassView {
            code: class.code.clone(),
            name: class.name.clone(),
            rate: class.rate_words(today),
        };
        Ok(Rules::of(today).classes().map(view).collect())
    }

    pub(crate) fn catalog_units(&mut self, _: Nothing) -> Result<Vec<UnitView>, Fault> {
        let view = |unit: Unit| UnitView { code: unit.code(), name: crate::sale::views::unit_word(unit).to_owned() };
        Ok(Unit::ALL.into_iter().map(view).collect())
    }

    pub(crate) fn file_choose(&mut self, request: FileChooseRequest) -> Result<FileChooseView, Fault> {
        let path = self.around.outlet.choose_file(&request.kind);
        Ok(FileChooseView { path: path.map(|path| path.display().to_string()) })
    }

    pub(crate) fn import_look(&mut self, request: ImportLookRequest) -> Result<ImportView, Fault> {
        let sheet = self.sheet(&request.path, None, None)?;
        let mapping = Mapping::guess(&sheet.headers);
        let mut columns: Vec<ColumnView> = sheet
            .headers
            .iter()
            .zip(mapping.codes())
            .map(|(header, meaning)| ColumnView {
                header: header.clone(),
                sample: Vec::new(),
                meaning: meaning.to_owned(),
            })
            .collect();
        for row in sheet.rows().flatten().take(SAMPLES_MAX) {
            for (column, cell) in columns.iter_mut().zip(&row.fields) {
                column.sample.push(cell.chars().take(60).collect());
            }
        }
        Ok(ImportView {
            path: request.path,
            encoding: sheet.encoding.code().to_owned(),
            delimiter: sheet.delimiter.to_string(),
            columns,
            rows: sheet.count as u64,
        })
    }

    pub(crate) fn import_try(&mut self, request: ImportRequest) -> Result<TryView, Fault> {
        let (sheet, mapping) = self.sheet_and_mapping(&request)?;
        let today = self.today()?;
        self.around.outlet.announce("import:progress", 0, sheet.count as u64);
        // What a try would add is thrown away, so its ids need not be unlike any other.
        let plan = actions::plan_import(self.look()?, &sheet, &mapping, today, &mut || ItemId::new([0; 16]))?;
        self.around.outlet.announce("import:progress", sheet.count as u64, sheet.count as u64);
        Ok(TryView {
            rows: plan.rows as u64,
            added: plan.added.len() as u64,
            updated: plan.updated.len() as u64,
            same: plan.same as u64,
            bad: plan.bad as u64,
            faults: plan.faults.iter().take(FAULTS_MAX).map(Into::into).collect(),
            oddities: plan.oddities.iter().take(FAULTS_MAX).map(Into::into).collect(),
        })
    }

    pub(crate) fn import_do(&mut self, request: ImportRequest) -> Result<ImportDoneView, Fault> {
        let (sheet, mapping) = self.sheet_and_mapping(&request)?;
        let file =
            Path::new(&request.path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        self.around.outlet.announce("import:progress", 0, sheet.count as u64);
        let (done, _) =
            self.act_telling("import:progress", |act, _, tell| actions::import(act, &file, &sheet, &mapping, tell))?;
        self.build_index()?;
        self.around.outlet.announce("import:progress", sheet.count as u64, sheet.count as u64);
        Ok(done)
    }

    pub(crate) fn import_undo(&mut self, request: ImportUndoRequest) -> Result<ImportUndoneView, Fault> {
        let undone = self.act(|act, _| actions::undo(act, request.import))?;
        self.build_index()?;
        Ok(undone)
    }

    /// Builds the search index anew from the items that are sold.
    fn build_index(&mut self) -> Result<(), Fault> {
        let mut entries = Vec::new();
        catalog::each_entry(self.look()?, |entry| entries.push(entry))?;
        if let Stage::Open(open) = &mut self.stage {
            open.index = find::Index::build(entries);
        }
        Ok(())
    }

    fn sheet_and_mapping(&mut self, request: &ImportRequest) -> Result<(Sheet, Mapping), Fault> {
        let sheet = self.sheet(&request.path, request.encoding.as_deref(), request.delimiter.as_deref())?;
        let mapping = Mapping::read(&request.meanings).ok_or(CatalogError::Meanings)?;
        Ok((sheet, mapping))
    }

    fn sheet(&mut self, path: &str, encoding: Option<&str>, delimiter: Option<&str>) -> Result<Sheet, Fault> {
        self.opened()?;
        let bytes = self.around.outlet.read(Path::new(path.trim())).map_err(|why| CatalogError::File(why.kind()))?;
        let delimiter = delimiter.and_then(|text| text.chars().next());
        Ok(Sheet::read_as(&bytes, encoding.and_then(Encoding::read), delimiter).map_err(CatalogError::from)?)
    }

    fn item_view(&self, item: Item) -> Result<ItemView, Fault> {
        let on_hand = stock::on_hand(self.look()?, item.id)?;
        Ok(ItemView::new(item, on_hand, &Rules::of(self.today()?)))
    }

    fn today(&self) -> Result<Day, Fault> {
        Ok(stamp(&*self.around.clock, self.opened()?.member.staff).day())
    }
}
