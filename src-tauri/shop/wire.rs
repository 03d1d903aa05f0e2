//! The roof's list of commands between window and shop: the router, the window's permissions and its
//! TypeScript all follow from the rows here.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use ts_rs::{Config, TS, TypeVisitor};

use crate::bills::wire::{
    BillsFindRequest, BillsFindView, CancelRequest, DayRequest, DayView, DocumentView, NumberRequest, PagesView,
    PaperRequest, PrintView, SavedView,
};
use crate::catalog::wire::{
    CatalogItemRequest, CatalogListRequest, CatalogListView, CatalogSetRequest, ClassView, ImportDoneView,
    ImportLookRequest, ImportRequest, ImportUndoRequest, ImportUndoneView, ImportView, ItemView, TryView, UnitView,
};
use crate::customer::wire::{CustomerFindRequest, CustomerView};
use crate::desk::wire::{
    CodeRequest, DeskView, FileChooseRequest, FileChooseView, FolderRequest, GroupsRequest, Nothing, OpenView,
    RecoveryView, Screen, SettingsSetRequest, SettingsView, SetupBeginRequest, SetupBeginView, SetupFinishRequest,
    UnlockRequest,
};
use crate::desk::{Desk, DeskError};
use crate::fault::Fault;
use crate::profile::wire::{
    FieldFaultView, GstinRequest, GstinView, ProfileCheckRequest, ProfileSetRequest, ProfileView, StateView,
};
use crate::sale::wire::{
    AddRequest, BillView, DiscountRequest, DoneView, EnterRequest, EnterView, FavouriteView, HitView, LineRequest,
    NamelessRequest, PriceRequest, QuantityRequest, SaleCustomerRequest, SearchRequest, SettleRequest, TenderView,
    TendersRequest,
};

/// One thing the window may ask of the shop.
pub struct Command {
    /// `<room>_<verb>`.
    pub name: &'static str,
    pub run: fn(&mut Desk, Value) -> Result<Value, Fault>,
    describe: fn(&mut Printer),
}

macro_rules! command {
    ($name:literal, $method:ident: $request:ty => $view:ty) => {
        Command {
            name: $name,
            run: |desk, body| answer::<$view>(desk.$method(read::<$request>(body)?)),
            describe: |printer| printer.row::<$request, $view>($name),
        }
    };
}

/// Every command, room by room.
pub const COMMANDS: &[Command] = &[
    command!("desk_state", desk_state: Nothing => DeskView),
    command!("desk_painted", desk_painted: Nothing => ()),
    command!("desk_screen", desk_screen: Screen => ()),
    command!("desk_folder", desk_folder: FolderRequest => DeskView),
    command!("desk_unlock", desk_unlock: UnlockRequest => OpenView),
    command!("desk_opened", desk_opened: Nothing => OpenView),
    command!("desk_lock", desk_lock: Nothing => ()),
    command!("setup_begin", setup_begin: SetupBeginRequest => SetupBeginView),
    command!("setup_code", setup_code: CodeRequest => ()),
    command!("setup_recovery", setup_recovery: Nothing => RecoveryView),
    command!("setup_groups", setup_groups: GroupsRequest => ()),
    command!("setup_finish", setup_finish: SetupFinishRequest => OpenView),
    command!("profile_gstin", profile_gstin: GstinRequest => GstinView),
    command!("profile_check", profile_check: ProfileCheckRequest => Vec<FieldFaultView>),
    command!("profile_states", profile_states: Nothing => Vec<StateView>),
    command!("profile_set", profile_set: ProfileSetRequest => ProfileView),
    command!("settings_get", settings_get: Nothing => SettingsView),
    command!("settings_set", settings_set: SettingsSetRequest => SettingsView),
    command!("customer_find", customer_find: CustomerFindRequest => Vec<CustomerView>),
    command!("sale_bill", sale_bill: Nothing => BillView),
    command!("sale_enter", sale_enter: EnterRequest => EnterView),
    command!("sale_add", sale_add: AddRequest => BillView),
    command!("sale_search", sale_search: SearchRequest => Vec<HitView>),
    command!("sale_favourites", sale_favourites: Nothing => Vec<FavouriteView>),
    command!("sale_quantity", sale_quantity: QuantityRequest => BillView),
    command!("sale_discount", sale_discount: DiscountRequest => BillView),
    command!("sale_price", sale_price: PriceRequest => BillView),
    command!("sale_remove", sale_remove: LineRequest => BillView),
    command!("sale_nameless", sale_nameless: NamelessRequest => BillView),
    command!("sale_customer", sale_customer: SaleCustomerRequest => BillView),
    command!("sale_abandon", sale_abandon: Nothing => BillView),
    command!("sale_tender", sale_tender: TendersRequest => TenderView),
    command!("sale_settle", sale_settle: SettleRequest => DoneView),
    command!("bills_find", bills_find: BillsFindRequest => BillsFindView),
    command!("bills_open", bills_open: NumberRequest => DocumentView),
    command!("bills_preview", bills_preview: PaperRequest => PagesView),
    command!("bills_print", bills_print: PaperRequest => PrintView),
    command!("bills_save", bills_save: PaperRequest => SavedView),
    command!("bills_cancel", bills_cancel: CancelRequest => DocumentView),
    command!("day_totals", day_totals: DayRequest => DayView),
    command!("catalog_list", catalog_list: CatalogListRequest => CatalogListView),
    command!("catalog_item", catalog_item: CatalogItemRequest => ItemView),
    command!("catalog_set", catalog_set: CatalogSetRequest => ItemView),
    command!("catalog_classes", catalog_classes: Nothing => Vec<ClassView>),
    command!("catalog_units", catalog_units: Nothing => Vec<UnitView>),
    command!("file_choose", file_choose: FileChooseRequest => FileChooseView),
    command!("import_look", import_look: ImportLookRequest => ImportView),
    command!("import_try", import_try: ImportRequest => TryView),
    command!("import_do", import_do: ImportRequest => ImportDoneView),
    command!("import_undo", import_undo: ImportUndoRequest => ImportUndoneView),
];

fn read<R: DeserializeOwned>(body: Value) -> Result<R, Fault> {
    let body = if body.is_null() { Value::Object(serde_json::Map::new()) } else { body };
    serde_json::from_value(body).map_err(|why| DeskError::Request(why.to_string()).into())
}

fn answer<V: Serialize>(view: Result<V, Fault>) -> Result<Value, Fault> {
    view.map(|view| serde_json::to_value(view).expect("a view is plain data"))
}

/// The wire as TypeScript: every type that crosses, then the table of commands.
#[must_use]
pub fn typescript() -> String {
    let mut printer = Printer::default();
    COMMANDS.iter().for_each(|command| (command.describe)(&mut printer));
    printer.add::<Fault>();
    let types: Vec<String> = printer.types.into_values().collect();
    format!(
        "// Printed from the shop's wire types; never edited by hand.\n\n\
         /** Whole paise; made by the shop alone. */\n\
         export type Paise = number & {{ readonly paise: unique symbol }};\n\n\
         {}\n\n/** Every command: what it is asked and what it answers. */\nexport interface Commands {{\n{}}}\n",
        types.join("\n\n"),
        printer.rows
    )
}

/// A declaration with its remarks in the line instead of around it.
fn on_one_line(declared: &str) -> String {
    declared.replace("\n/**\n * ", "/** ").replace("\n */\n", " */ ").replace("\n * ", " ")
}

/// Gathers the types that cross the wire.
#[derive(Default)]
struct Printer {
    config: Config,
    types: BTreeMap<String, String>,
    rows: String,
}

impl Printer {
    fn row<R: TS + 'static, V: TS + 'static>(&mut self, name: &str) {
        self.add::<R>();
        self.add::<V>();
        let (request, view) = (R::name(&self.config), V::name(&self.config));
        self.rows.push_str(&format!("  {name}: {{ request: {request}; view: {view} }};\n"));
    }

    fn add<T: TS + 'static + ?Sized>(&mut self) {
        T::visit_dependencies(self);
        T::visit_generics(self);
        if T::output_path().is_some() {
            let name = T::name(&self.config);
            let declared = on_one_line(&T::decl(&self.config));
            self.types.entry(name).or_insert_with(|| format!("export {declared}"));
        }
    }
}

impl TypeVisitor for Printer {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.types.contains_key(&T::name(&self.config)) {
            self.add::<T>();
        }
    }
}
