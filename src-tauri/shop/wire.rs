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
    CodeRequest, DeskView, FileChooseRequest, FileChooseView, FolderRequest, GroupsRequest, KeyPlaceRequest,
    KeyPlaceView, Nothing, OpenView, PaperCheckRequest, PeopleView, RecoverBeginRequest, RecoverFinishRequest,
    RecoveryView, Screen, SettingsSetRequest, SettingsView, SetupBeginRequest, SetupBeginView, SetupFinishRequest,
    SheetRequest, SheetView, UnlockLostRequest, UnlockRequest,
};
use crate::desk::{Desk, DeskError, Needs};
use crate::fault::Fault;
use crate::profile::wire::{
    FieldFaultView, GstinRequest, GstinView, ProfileCheckRequest, ProfileSetRequest, ProfileView, StateView,
};
use crate::sale::wire::{
    AddRequest, BillView, DiscountRequest, DoneView, EnterRequest, EnterView, FavouriteView, HitView, LineRequest,
    NamelessRequest, PriceRequest, QuantityRequest, SaleCustomerRequest, SearchRequest, SettleRequest, TenderView,
    TendersRequest,
};
use crate::staff::Deed;
use crate::staff::wire::{
    ApproveRequest, ApproverView, EnrolBeginRequest, EnrolCodeView, EnrolFinishRequest, PinRequest, RemoveRequest,
    RenewBeginRequest, ResetRequest,
};

/// One thing the window may ask of the shop.
pub struct Command {
    /// `<room>_<verb>`.
    pub name: &'static str,
    /// What it asks of whoever gives it.
    pub needs: Needs,
    pub run: fn(&mut Desk, Value) -> Result<Value, Fault>,
    describe: fn(&mut Printer),
}

macro_rules! command {
    ($name:literal, $needs:expr, $method:ident: $request:ty => $view:ty) => {
        Command {
            name: $name,
            needs: $needs,
            run: |desk, body| answer::<$view>(desk.$method(read::<$request>(body)?)),
            describe: |printer| printer.row::<$request, $view>($name),
        }
    };
}

/// Every command, room by room.
pub const COMMANDS: &[Command] = &[
    command!("desk_state", Needs::Nothing, desk_state: Nothing => DeskView),
    command!("desk_painted", Needs::Nothing, desk_painted: Nothing => ()),
    command!("desk_screen", Needs::Nothing, desk_screen: Screen => ()),
    command!("desk_folder", Needs::Nothing, desk_folder: FolderRequest => DeskView),
    command!("desk_unlock", Needs::Nothing, desk_unlock: UnlockRequest => OpenView),
    command!("desk_unlock_lost", Needs::Nothing, desk_unlock_lost: UnlockLostRequest => OpenView),
    command!("desk_stick", Needs::Nothing, desk_stick: FolderRequest => DeskView),
    command!("desk_opened", Needs::Somebody, desk_opened: Nothing => OpenView),
    command!("desk_go_on", Needs::Somebody, desk_go_on: Nothing => OpenView),
    command!("desk_lock", Needs::Nothing, desk_lock: Nothing => ()),
    command!("desk_cover", Needs::Somebody, desk_cover: Nothing => ()),
    command!("desk_uncover", Needs::Nothing, desk_uncover: UnlockRequest => OpenView),
    command!("recover_begin", Needs::Nothing, recover_begin: RecoverBeginRequest => SetupBeginView),
    command!("recover_finish", Needs::Nothing, recover_finish: RecoverFinishRequest => OpenView),
    command!("recover_leave", Needs::Nothing, recover_leave: Nothing => ()),
    command!("recovery_paper", Needs::Nothing, recovery_paper: SheetRequest => SheetView),
    command!("recovery_check", Needs::Right(Deed::ManagePeople), recovery_check: PaperCheckRequest => ()),
    command!("stolen_paper", Needs::Right(Deed::ChangeShop), stolen_paper: SheetRequest => SheetView),
    command!("staff_approvers", Needs::Somebody, staff_approvers: Nothing => Vec<ApproverView>),
    command!("staff_approve", Needs::Somebody, staff_approve: ApproveRequest => ()),
    command!("staff_list", Needs::Right(Deed::ManagePeople), staff_list: Nothing => PeopleView),
    command!("staff_enrol_begin", Needs::Right(Deed::ManagePeople), staff_enrol_begin: EnrolBeginRequest => SetupBeginView),
    command!("staff_enrol_code", Needs::Right(Deed::ManagePeople), staff_enrol_code: CodeRequest => EnrolCodeView),
    command!("staff_enrol_finish", Needs::Right(Deed::ManagePeople), staff_enrol_finish: EnrolFinishRequest => PeopleView),
    command!("staff_enrol_leave", Needs::Right(Deed::ManagePeople), staff_enrol_leave: Nothing => ()),
    command!("staff_remove", Needs::Right(Deed::ManagePeople), staff_remove: RemoveRequest => PeopleView),
    command!("staff_pin", Needs::Right(Deed::ManagePeople), staff_pin: PinRequest => PeopleView),
    command!("staff_reset", Needs::Right(Deed::ManagePeople), staff_reset: ResetRequest => PeopleView),
    command!("staff_renew_begin", Needs::Right(Deed::ManagePeople), staff_renew_begin: RenewBeginRequest => RecoveryView),
    command!("staff_renew_groups", Needs::Right(Deed::ManagePeople), staff_renew_groups: GroupsRequest => ()),
    command!("staff_renew_finish", Needs::Right(Deed::ManagePeople), staff_renew_finish: Nothing => PeopleView),
    command!("staff_renew_leave", Needs::Right(Deed::ManagePeople), staff_renew_leave: Nothing => ()),
    command!("setup_begin", Needs::Nothing, setup_begin: SetupBeginRequest => SetupBeginView),
    command!("setup_code", Needs::Nothing, setup_code: CodeRequest => ()),
    command!("setup_recovery", Needs::Nothing, setup_recovery: Nothing => RecoveryView),
    command!("setup_groups", Needs::Nothing, setup_groups: GroupsRequest => ()),
    command!("setup_key_place", Needs::Nothing, setup_key_place: KeyPlaceRequest => KeyPlaceView),
    command!("setup_finish", Needs::Nothing, setup_finish: SetupFinishRequest => OpenView),
    command!("profile_gstin", Needs::Nothing, profile_gstin: GstinRequest => GstinView),
    command!("profile_check", Needs::Nothing, profile_check: ProfileCheckRequest => Vec<FieldFaultView>),
    command!("profile_states", Needs::Nothing, profile_states: Nothing => Vec<StateView>),
    command!("profile_set", Needs::Right(Deed::ChangeShop), profile_set: ProfileSetRequest => ProfileView),
    command!("settings_get", Needs::Somebody, settings_get: Nothing => SettingsView),
    command!("settings_set", Needs::Right(Deed::ChangePc), settings_set: SettingsSetRequest => SettingsView),
    command!("customer_find", Needs::Right(Deed::Sell), customer_find: CustomerFindRequest => Vec<CustomerView>),
    command!("sale_bill", Needs::Right(Deed::Sell), sale_bill: Nothing => BillView),
    command!("sale_enter", Needs::Right(Deed::Sell), sale_enter: EnterRequest => EnterView),
    command!("sale_add", Needs::Right(Deed::Sell), sale_add: AddRequest => BillView),
    command!("sale_search", Needs::Right(Deed::Sell), sale_search: SearchRequest => Vec<HitView>),
    command!("sale_favourites", Needs::Right(Deed::Sell), sale_favourites: Nothing => Vec<FavouriteView>),
    command!("sale_quantity", Needs::Right(Deed::Sell), sale_quantity: QuantityRequest => BillView),
    command!("sale_discount", Needs::Right(Deed::Sell), sale_discount: DiscountRequest => BillView),
    command!("sale_price", Needs::Right(Deed::Sell), sale_price: PriceRequest => BillView),
    command!("sale_remove", Needs::Right(Deed::Sell), sale_remove: LineRequest => BillView),
    command!("sale_nameless", Needs::Right(Deed::Sell), sale_nameless: NamelessRequest => BillView),
    command!("sale_customer", Needs::Right(Deed::Sell), sale_customer: SaleCustomerRequest => BillView),
    command!("sale_abandon", Needs::Right(Deed::Sell), sale_abandon: Nothing => BillView),
    command!("sale_tender", Needs::Right(Deed::Sell), sale_tender: TendersRequest => TenderView),
    command!("sale_settle", Needs::Right(Deed::Sell), sale_settle: SettleRequest => DoneView),
    command!("bills_find", Needs::Right(Deed::SeeBills), bills_find: BillsFindRequest => BillsFindView),
    command!("bills_open", Needs::Right(Deed::SeeBills), bills_open: NumberRequest => DocumentView),
    command!("bills_preview", Needs::Right(Deed::SeeBills), bills_preview: PaperRequest => PagesView),
    command!("bills_print", Needs::Right(Deed::Reprint), bills_print: PaperRequest => PrintView),
    command!("bills_save", Needs::Right(Deed::Reprint), bills_save: PaperRequest => SavedView),
    command!("bills_cancel", Needs::Right(Deed::Cancel), bills_cancel: CancelRequest => DocumentView),
    command!("day_totals", Needs::Right(Deed::SeeTakings), day_totals: DayRequest => DayView),
    command!("catalog_list", Needs::Right(Deed::SeeGoods), catalog_list: CatalogListRequest => CatalogListView),
    command!("catalog_item", Needs::Right(Deed::SeeGoods), catalog_item: CatalogItemRequest => ItemView),
    command!("catalog_set", Needs::Right(Deed::ChangeGoods), catalog_set: CatalogSetRequest => ItemView),
    command!("catalog_classes", Needs::Right(Deed::SeeGoods), catalog_classes: Nothing => Vec<ClassView>),
    command!("catalog_units", Needs::Right(Deed::SeeGoods), catalog_units: Nothing => Vec<UnitView>),
    command!("file_choose", Needs::Nothing, file_choose: FileChooseRequest => FileChooseView),
    command!("import_look", Needs::Right(Deed::ChangeGoods), import_look: ImportLookRequest => ImportView),
    command!("import_try", Needs::Right(Deed::ChangeGoods), import_try: ImportRequest => TryView),
    command!("import_do", Needs::Right(Deed::ChangeGoods), import_do: ImportRequest => ImportDoneView),
    command!("import_undo", Needs::Right(Deed::ChangeGoods), import_undo: ImportUndoRequest => ImportUndoneView),
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
