// Printed from the shop's wire types; never edited by hand.

/** Whole paise; made by the shop alone. */
export type Paise = number & { readonly paise: unique symbol };

export type AddRequest = { item: string, quantity: string | null, };

export type ApproveRequest = { slot: string, pin: string, /** Empty where the PIN alone is enough. */ code: string, };

export type ApproverView = { slot: string, name: string, role_word: Words, /** Said yes a moment ago: the PIN alone is enough. */ pin_alone: boolean, };

export type BillRow = { number: string, title: Words, day: string, time: string, customer: string, total: Paise, tenders: Words, cancelled: boolean, copies: number, };

export type BillView = { id: string, lines: Array<LineView>, customer: CustomerView | null, place: PlaceView, /** What the bill will become. */ title: Words, sums: SumsView, discount: string, pieces: Words, line_count: number, /** The line that `3*` and `-` mean. */ last_line: number | null, warnings: Array<Fault>, last: LastView | null, };

export type BillsFindRequest = { text: string, day_from: string | null, day_to: string | null, offset: number, };

export type BillsFindView = { rows: Array<BillRow>, more: boolean, count: number, sum: Paise, };

export type CancelRequest = { number: string, reason: string, };

export type CancelledView = { reason: string, day: string, time: string, };

export type CatalogItemRequest = { item: string, };

export type CatalogListRequest = { text: string, offset: number, category: string | null, inactive: boolean, };

export type CatalogListView = { rows: Array<ItemRow>, total: number, categories: Array<string>, };

export type CatalogSetRequest = { /** Nothing for a new item. */ item: string | null, name: string, name_second: string, short_code: string, barcodes: Array<string>, hsn: string, is_service: boolean, unit: string, mrp: string, price: string, inclusive: boolean, rate_class: string, category: string, favourite: string, active: boolean, opening_stock: string, };

export type ClassView = { code: string, name: Words, rate: Words, };

export type CodeRequest = { code: string, };

export type ColumnView = { header: string, sample: Array<string>, meaning: string, };

export type CustomerFindRequest = { text: string, };

export type CustomerRequest = { person: string | null, name: string, phone: string, gstin: string, state: string, address: string, };

export type CustomerView = { person: string, name: string, phone: string, gstin: string | null, state: string, address: string, };

export type DayRequest = { day: string | null, };

export type DayTenderView = { kind: TenderKind, word: Words, amount: Paise, count: number, };

export type DayView = { day: string, bills: number, total: Paise, cancelled: number, by_tender: Array<DayTenderView>, taxable: Paise, cgst: Paise, sgst: Paise, igst: Paise, };

export type Deed = "sell" | "discount_line" | "discount_bill" | "discount_day" | "lower_price" | "above_mrp" | "nameless" | "take_off" | "cancel" | "see_bills" | "reprint" | "see_takings" | "see_goods" | "change_goods" | "change_pc" | "change_shop" | "manage_people" | "approve";

export type DeskView = { stage: StageView, /** Why the shop does not open. */ fault: Fault | null, shop_name: string | null, people: Array<PersonTile>, screen: Screen, data_dir: string, can_choose_file: boolean, };

export type DiscountRequest = { /** Nothing for the whole bill. */ line: number | null, discount: string, };

export type DocumentView = { number: string, /** The code beside the number on its papers. */ check: string, title: Words, day: string, time: string, total: Paise, customer: string, cancelled: CancelledView | null, copies: number, can_cancel: boolean, why_not: Words | null, history: Array<HistoryView>, /** One SVG document a page. */ pages: Array<string>, paper: Paper, language: Language, };

export type DoneView = { number: string, total: Paise, given: Paise, change: Paise, bill: BillView, printed: PrintedView, path: string | null, /** The bill was done before; this is the same document. */ again: boolean, };

export type EnrolBeginRequest = { /** Nothing for a new person; somebody who is known gets a new phone and PIN. */ staff: number | null, name: string, role: Role, /** The owner's own, anew. */ pin: string, code: string, };

export type EnrolCodeView = { /** How many more codes are wanted. */ left: number, };

export type EnrolFinishRequest = { pin: string, pin_again: string, };

export type EnterRequest = { text: string, source: EnterSource, };

export type EnterSource = "scan" | "typed";

export type EnterView = { outcome: Outcome, bill: BillView, line: number | null, unknown: string | null, };

export type Fault = { /** `room.situation`, such as `sale.tender_short`. */ code: string, /** What happened, in English and Hindi. */ say: Words, /** What to do next. */ hint: Words, };

export type FavouriteView = { slot: number, item: string, name: string, name_second: string | null, price: string, };

export type FieldFaultView = { field: string, fault: Fault, };

export type FileChooseRequest = { /** An ending such as `csv`, or `folder`. */ kind: string, };

export type FileChooseView = { path: string | null, };

export type FolderRequest = { path: string, };

export type GroupsRequest = { answers: [string, string], };

export type GstinRequest = { gstin: string, };

export type GstinView = { right: boolean, state: StateView | null, pan: string | null, kind: Words | null, fault: Fault | null, };

export type HistoryView = { at: MomentView | null, what: Words, who: string, };

export type HitView = { item: string, name: string, name_second: string | null, short_code: string | null, barcode: string | null, price: string, mrp: Paise | null, unit: string, unit_word: string, };

export type ImportDoneView = { import: string, added: number, updated: number, same: number, bad: number, };

export type ImportLookRequest = { path: string, };

export type ImportRequest = { path: string, encoding: string | null, delimiter: string | null, meanings: Array<string>, };

export type ImportUndoRequest = { import: string, };

export type ImportUndoneView = { put_back: number, /** Items that were changed since, which stay as they are now. */ kept: number, };

export type ImportView = { path: string, encoding: string, delimiter: string, columns: Array<ColumnView>, rows: number, };

export type ItemRow = { item: string, name: string, name_second: string | null, short_code: string | null, barcode: string | null, category: string, hsn: string, unit: string, mrp: Paise | null, price: string, rate: Words, stock: string, active: boolean, favourite: number | null, };

export type ItemView = { item: string, name: string, name_second: string, short_code: string, barcodes: Array<string>, hsn: string, is_service: boolean, unit: string, mrp: string, price: string, inclusive: boolean, rate_class: string, category: string, favourite: string, active: boolean, opening_stock: string, stock: string, rate_now: Words, };

export type KeyPlaceRequest = { /** The folder on the key stick; none for the best place on this PC. */ stick: string | null, };

export type KeyPlaceView = { /** Where this PC's own key will be, and what that protects. */ words: Words, };

export type Language = "en" | "hi";

export type LastView = { number: string, total: Paise, given: Paise, change: Paise, tender_word: Words, };

export type LineRequest = { line: number, };

export type LineView = { no: number, item: string | null, name: string, name_second: string | null, short_code: string | null, quantity: string, unit: string, /** `kg`, `l`; empty for pieces. */ unit_word: string, mrp: Paise | null, price: string, discount: string, amount: Paise, rate: Words, hsn: string, removed: boolean, price_changed: boolean, };

export type MemberView = { staff: number, name: string, role: Role, role_word: Words, /** When this person last came in. */ last_login: MomentView | null, /** Too many wrong tries: an owner lets them try again. */ locked_out: boolean, /** Works here, but has no way in since all keys are new: an owner gives a phone and a PIN again. */ needs_way_in: boolean, /** Whoever looks. */ me: boolean, };

export type MomentView = { day: string, time: string, };

export type NamelessRequest = { name: string, price: string, rate_class: string, quantity: string, /** HSN or SAC; needed when the buyer is a business. */ hsn?: string | null, };

export type Nothing = Record<symbol, never>;

export type NumberRequest = { number: string, };

export type OpenView = { profile: ProfileView, counter_name: string, person: PersonView, day: string, settings: SettingsView, /** When this person last came in, before now. */ last_login: MomentView | null, /** What the owner should know before selling. */ notices: Array<Fault>, /** What is in doubt about the records: nothing is sold or changed until the owner goes on. */ doubts: Array<Fault>, /** The paper with the recovery code is to be looked for; an owner alone is told. */ paper: PaperDueView | null, };

export type Outcome = "added" | "unknown";

export type PagesView = { pages: Array<string>, };

export type Paper = "a4" | "mm80";

export type PaperCheckRequest = { /** What was typed; empty where the paper is to be looked at alone. */ group: string, };

export type PaperDueView = { /** Which group is to be typed from it, counted from 1; none where none was kept. */ group: number | null, /** When it was made or last looked at, where that is known. */ since: string | null, };

export type PaperRequest = { number: string, paper: Paper, language: Language, };

export type PeopleView = { people: Array<MemberView>, roles: Array<RoleView>, };

export type PersonTile = { slot: string, name: string, role: Words, /** Came in with PIN and code since the last full lock: the PIN alone is enough. */ pin_alone: boolean, /** Stands at the counter. */ here: boolean, };

export type PersonView = { name: string, role: Words, code: Role, /** What the role may do at all. */ may: Array<Deed>, };

export type PinRequest = { staff: number, old: string, code: string, new_pin: string, new_again: string, };

export type PlaceView = { code: string, name: Words, interstate: boolean, };

export type PriceRequest = { line: number, price: string, };

export type PrintView = { copy: number, printed: PrintedView, path: string | null, };

export type PrintedView = "queued" | "no_printer" | "saved";

export type ProfileCheckRequest = { profile: ProfileRequest, counter_name: string, };

export type ProfileRequest = { name: string, legal_name: string, street: string, city: string, pin_code: string, state: string, gstin: string, scheme: 'regular' | 'composition' | 'unregistered', turnover: Turnover, phone: string, fssai: string, upi_id: string, footer: string, };

export type ProfileSetRequest = { profile: ProfileRequest, };

export type ProfileView = { name: string, legal_name: string, street: string, city: string, pin_code: string, state: string, state_name: Words, gstin: string, scheme: 'regular' | 'composition' | 'unregistered', turnover: Turnover, phone: string, fssai: string, upi_id: string, footer: string, };

export type QrView = { size: number, dark: Array<string>, };

export type QuantityRequest = { line: number, quantity: string, };

export type RecoverBeginRequest = { code: string, };

export type RecoverFinishRequest = { owner_name: string, pin: string, pin_again: string, };

export type RecoveryView = { groups: Array<string>, /** Which two groups are to be typed back, counted from 1. */ ask: [number, number], };

export type RemoveRequest = { staff: number, /** The owner's own, anew. */ pin: string, code: string, };

export type RenewBeginRequest = { /** Who left on bad terms and is removed with the old keys; nothing where nobody did. */ staff: number | null, /** The owner's own, anew. */ pin: string, code: string, };

export type ResetRequest = { staff: number, };

export type Role = "owner" | "manager" | "accountant" | "senior" | "cashier" | "stylist" | "stock";

export type RoleView = { role: Role, word: Words, task: Words, };

export type RowFaultView = { row: number, column: string, text: string, say: Words, };

export type SaleCustomerRequest = { customer: CustomerRequest | null, };

export type SampleName = "kirana" | "apparel" | "salon" | "bakery";

export type SavedView = { path: string, };

export type Screen = { theme: Theme, language: Language, };

export type SearchRequest = { text: string, };

export type SettingsSetRequest = { paper?: Paper, paper_language?: Language, round_to_rupee?: boolean, sound?: number, series_prefix?: string, counter_name?: string, screen_lock_min?: number, full_lock_min?: number, };

export type SettingsView = { paper: Paper, paper_language: Language, round_to_rupee: boolean, sound: number, series_prefix: string, next_number: string, printer: string, counter_name: string, /** Idle minutes until the screen is locked, and until the shop is. */ screen_lock_min: number, full_lock_min: number, /** Where this PC's own key lies, and what that protects. */ key_place: Words | null, };

export type SettleRequest = { bill: string, /** None at all means the exact amount in cash. */ tenders: Array<TenderRequest>, };

export type SetupBeginRequest = { shop_name: string, owner_name: string, pin: string, pin_again: string, };

export type SetupBeginView = { secret: string, uri: string, qr: QrView, };

export type SetupFinishRequest = { profile: ProfileRequest, counter_name: string, sample: SampleName | null, };

export type SheetRequest = { language: Language, folder?: string, };

export type SheetView = { printed: PrintedView | null, /** The printer's name, where it went there. */ printer: string, path: string | null, };

export type StageView = "new" | "locked" | "open" | "covered" | "broken";

export type StateView = { code: string, name: Words, short: string, };

export type SumsView = { taxable: Paise, nil_exempt: Paise, cgst: Paise, sgst: Paise, igst: Paise, cess: Paise, discount: Paise, round_off: Paise, to_pay: Paise, /** Below MRP and list price, all together. */ you_save: Paise, state_tax_is_ut: boolean, shows_tax: boolean, };

export type TenderKind = "cash" | "upi" | "card";

export type TenderPartView = { kind: TenderKind, word: Words, amount: Paise, };

export type TenderRequest = { kind: TenderKind, amount: string, };

export type TenderView = { left: Paise, change: Paise, parts: Array<TenderPartView>, /** What the customer scans to pay the last UPI part; nothing without one or without a UPI id. */ qr: QrView | null, /** Amounts that a customer may well hand over. */ quick: Paise[], };

export type TendersRequest = { tenders: Array<TenderRequest>, };

export type Theme = "system" | "light" | "dark";

export type TryView = { rows: number, added: number, updated: number, same: number, bad: number, faults: Array<RowFaultView>, /** What is taken but worth a look. */ oddities: Array<RowFaultView>, };

export type Turnover = "upto_1_5_crore" | "upto_5_crore" | "above_5_crore";

export type UnitView = { code: string, name: string, };

export type UnlockLostRequest = { slot: string, pin: string, code: string, next_code: string, };

export type UnlockRequest = { slot: string, pin: string, code: string, };

export type Words = { en: string, hi: string, };

/** Every command: what it is asked and what it answers. */
export interface Commands {
  desk_state: { request: Nothing; view: DeskView };
  desk_painted: { request: Nothing; view: null };
  desk_screen: { request: Screen; view: null };
  desk_folder: { request: FolderRequest; view: DeskView };
  desk_unlock: { request: UnlockRequest; view: OpenView };
  desk_unlock_lost: { request: UnlockLostRequest; view: OpenView };
  desk_stick: { request: FolderRequest; view: DeskView };
  desk_opened: { request: Nothing; view: OpenView };
  desk_go_on: { request: Nothing; view: OpenView };
  desk_lock: { request: Nothing; view: null };
  desk_cover: { request: Nothing; view: null };
  desk_uncover: { request: UnlockRequest; view: OpenView };
  recover_begin: { request: RecoverBeginRequest; view: SetupBeginView };
  recover_finish: { request: RecoverFinishRequest; view: OpenView };
  recover_leave: { request: Nothing; view: null };
  recovery_paper: { request: SheetRequest; view: SheetView };
  recovery_check: { request: PaperCheckRequest; view: null };
  stolen_paper: { request: SheetRequest; view: SheetView };
  staff_approvers: { request: Nothing; view: Array<ApproverView> };
  staff_approve: { request: ApproveRequest; view: null };
  staff_list: { request: Nothing; view: PeopleView };
  staff_enrol_begin: { request: EnrolBeginRequest; view: SetupBeginView };
  staff_enrol_code: { request: CodeRequest; view: EnrolCodeView };
  staff_enrol_finish: { request: EnrolFinishRequest; view: PeopleView };
  staff_enrol_leave: { request: Nothing; view: null };
  staff_remove: { request: RemoveRequest; view: PeopleView };
  staff_pin: { request: PinRequest; view: PeopleView };
  staff_reset: { request: ResetRequest; view: PeopleView };
  staff_renew_begin: { request: RenewBeginRequest; view: RecoveryView };
  staff_renew_groups: { request: GroupsRequest; view: null };
  staff_renew_finish: { request: Nothing; view: PeopleView };
  staff_renew_leave: { request: Nothing; view: null };
  setup_begin: { request: SetupBeginRequest; view: SetupBeginView };
  setup_code: { request: CodeRequest; view: null };
  setup_recovery: { request: Nothing; view: RecoveryView };
  setup_groups: { request: GroupsRequest; view: null };
  setup_key_place: { request: KeyPlaceRequest; view: KeyPlaceView };
  setup_finish: { request: SetupFinishRequest; view: OpenView };
  profile_gstin: { request: GstinRequest; view: GstinView };
  profile_check: { request: ProfileCheckRequest; view: Array<FieldFaultView> };
  profile_states: { request: Nothing; view: Array<StateView> };
  profile_set: { request: ProfileSetRequest; view: ProfileView };
  settings_get: { request: Nothing; view: SettingsView };
  settings_set: { request: SettingsSetRequest; view: SettingsView };
  customer_find: { request: CustomerFindRequest; view: Array<CustomerView> };
  sale_bill: { request: Nothing; view: BillView };
  sale_enter: { request: EnterRequest; view: EnterView };
  sale_add: { request: AddRequest; view: BillView };
  sale_search: { request: SearchRequest; view: Array<HitView> };
  sale_favourites: { request: Nothing; view: Array<FavouriteView> };
  sale_quantity: { request: QuantityRequest; view: BillView };
  sale_discount: { request: DiscountRequest; view: BillView };
  sale_price: { request: PriceRequest; view: BillView };
  sale_remove: { request: LineRequest; view: BillView };
  sale_nameless: { request: NamelessRequest; view: BillView };
  sale_customer: { request: SaleCustomerRequest; view: BillView };
  sale_abandon: { request: Nothing; view: BillView };
  sale_tender: { request: TendersRequest; view: TenderView };
  sale_settle: { request: SettleRequest; view: DoneView };
  bills_find: { request: BillsFindRequest; view: BillsFindView };
  bills_open: { request: NumberRequest; view: DocumentView };
  bills_preview: { request: PaperRequest; view: PagesView };
  bills_print: { request: PaperRequest; view: PrintView };
  bills_save: { request: PaperRequest; view: SavedView };
  bills_cancel: { request: CancelRequest; view: DocumentView };
  day_totals: { request: DayRequest; view: DayView };
  catalog_list: { request: CatalogListRequest; view: CatalogListView };
  catalog_item: { request: CatalogItemRequest; view: ItemView };
  catalog_set: { request: CatalogSetRequest; view: ItemView };
  catalog_classes: { request: Nothing; view: Array<ClassView> };
  catalog_units: { request: Nothing; view: Array<UnitView> };
  file_choose: { request: FileChooseRequest; view: FileChooseView };
  import_look: { request: ImportLookRequest; view: ImportView };
  import_try: { request: ImportRequest; view: TryView };
  import_do: { request: ImportRequest; view: ImportDoneView };
  import_undo: { request: ImportUndoRequest; view: ImportUndoneView };
}
