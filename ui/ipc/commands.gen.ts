export type Paise = number & { readonly paise: unique symbol };
export type Language = 'en' | 'hi';
export type Theme = 'system' | 'light' | 'dark';
export type Paper = 'a4' | 'mm80';
export type TenderKind = 'cash' | 'upi' | 'card';
export type Scheme = 'regular' | 'composition' | 'unregistered';
export type Turnover = 'upto_1_5_crore' | 'upto_5_crore' | 'above_5_crore';
export type Sample = 'kirana' | 'apparel' | 'salon' | 'bakery';
export type Printed = 'queued' | 'no_printer' | 'saved';

export interface Words { en: string; hi: string }
export interface Fault { code: string; say: Words; hint: Words }
export interface Qr { size: number; dark: string[] }

export interface Person { slot: string; name: string; role: 'owner' }
export interface DeskView {
  stage: 'new' | 'locked' | 'open' | 'broken';
  fault: Fault | null;
  shop_name: string | null;
  people: Person[];
  screen: ScreenView;
  data_dir: string;
  can_choose_file: boolean;
}
export interface ScreenView { theme: Theme; language: Language }
export interface SecretView { secret: string; uri: string; qr: Qr }
export interface RecoveryView { groups: string[]; ask: [number, number] }
export interface OpenView {
  profile: ProfileView;
  counter_name: string;
  person: { name: string; role: string };
  day: string;
  settings: SettingsView;
  last_login: string | null;
}

export interface StateView { code: string; name: Words; short: string }
export interface GstinView {
  right: boolean;
  state: StateView | null;
  pan: string | null;
  kind: Words | null;
  fault: Fault | null;
}
export interface ProfileRequest {
  name: string;
  legal_name: string;
  street: string;
  city: string;
  pin_code: string;
  state: string;
  gstin: string;
  scheme: Scheme;
  turnover: Turnover;
  phone: string;
  fssai: string;
  upi_id: string;
  footer: string;
}
export interface ProfileView extends ProfileRequest { state_name: Words }
export interface SettingsView {
  paper: Paper;
  paper_language: Language;
  round_to_rupee: boolean;
  sound: number;
  series_prefix: string;
  next_number: string;
  printer: string;
}
export interface SettingsRequest {
  paper?: Paper;
  paper_language?: Language;
  round_to_rupee?: boolean;
  sound?: number;
  series_prefix?: string;
}

export interface LineView {
  no: number;
  item: string | null;
  name: string;
  name_second: string | null;
  short_code: string | null;
  quantity: string;
  unit: string;
  unit_word: string;
  mrp: Paise | null;
  price: string;
  discount: string;
  amount: Paise;
  rate: string;
  hsn: string;
  removed: boolean;
  price_changed: boolean;
}
export interface CustomerView {
  person: string | null;
  name: string;
  phone: string;
  gstin: string | null;
  state: string;
  address: string;
}
export interface CustomerRequest {
  person: string | null;
  name: string;
  phone: string;
  gstin: string;
  state: string;
  address: string;
}
export interface LastView { number: string; total: Paise; given: Paise; change: Paise; tender_word: Words }
export interface SumsView {
  taxable: Paise;
  nil_exempt: Paise;
  cgst: Paise;
  sgst: Paise;
  igst: Paise;
  cess: Paise;
  discount: Paise;
  round_off: Paise;
  to_pay: Paise;
  you_save: Paise;
  state_tax_is_ut: boolean;
  shows_tax: boolean;
}
export interface BillView {
  id: string;
  lines: LineView[];
  customer: CustomerView | null;
  place: { code: string; name: Words; interstate: boolean };
  title: Words;
  sums: SumsView;
  pieces: Words;
  line_count: number;
  last_line: number | null;
  warnings: Fault[];
  last: LastView | null;
}
export interface EnterView {
  outcome: 'added' | 'unknown' | 'choose';
  bill: BillView;
  line: number | null;
  unknown: string | null;
}
export interface HitView {
  item: string;
  name: string;
  name_second: string | null;
  short_code: string | null;
  barcode: string | null;
  price: string;
  mrp: Paise | null;
  unit: string;
}
export interface FavouriteView { slot: number; item: string; name: string }
export interface TenderRequest { kind: TenderKind; amount: string }
export interface TenderView {
  left: Paise;
  change: Paise;
  parts: { kind: TenderKind; amount: Paise }[];
  quick: Paise[];
}
export interface DoneView {
  number: string;
  total: Paise;
  given: Paise;
  change: Paise;
  bill: BillView;
  printed: Printed;
  path: string | null;
  again: boolean;
}

export interface BillRow {
  number: string;
  title: Words;
  day: string;
  time: string;
  customer: string;
  total: Paise;
  tenders: Words;
  cancelled: boolean;
  copies: number;
}
export interface BillsView { rows: BillRow[]; more: boolean; count: number; sum: Paise }
export interface DocumentView {
  number: string;
  title: Words;
  day: string;
  time: string;
  total: Paise;
  customer: string;
  cancelled: { reason: string; day: string; time: string } | null;
  copies: number;
  can_cancel: boolean;
  why_not: Words | null;
  history: { at: string; what: Words; who: string }[];
  pages: string[];
  paper: Paper;
  language: Language;
}
export interface DayView {
  day: string;
  bills: number;
  total: Paise;
  cancelled: number;
  by_tender: { kind: TenderKind; word: Words; amount: Paise; count: number }[];
  taxable: Paise;
  cgst: Paise;
  sgst: Paise;
  igst: Paise;
}

export interface ItemRow {
  item: string;
  name: string;
  name_second: string | null;
  short_code: string | null;
  barcode: string | null;
  category: string;
  hsn: string;
  unit: string;
  mrp: Paise | null;
  price: string;
  rate: string;
  stock: string;
  active: boolean;
  favourite: number | null;
}
export interface ItemsView { rows: ItemRow[]; total: number; categories: string[] }
export interface ItemFields {
  name: string;
  name_second: string;
  short_code: string;
  barcodes: string[];
  hsn: string;
  is_service: boolean;
  unit: string;
  mrp: string;
  price: string;
  inclusive: boolean;
  rate_class: string;
  category: string;
  favourite: string;
  active: boolean;
  opening_stock: string;
}
export interface ItemView extends ItemFields { item: string; stock: string; rate_now: string }
export interface ItemRequest extends ItemFields { item: string | null }
export interface ClassView { code: string; name: Words; rate: string }
export interface UnitView { code: string; name: string }
export interface ImportView {
  path: string;
  encoding: string;
  delimiter: string;
  columns: { header: string; sample: string[]; meaning: string }[];
  rows: number;
}
export interface ImportRequest { path: string; encoding: string | null; delimiter: string | null; meanings: string[] }
export interface TryView {
  rows: number;
  added: number;
  updated: number;
  same: number;
  bad: number;
  faults: { row: number; column: string; text: string; say: Words }[];
}

type Nothing = Record<string, never>;

export interface Commands {
  desk_state: { request: Nothing; view: DeskView };
  desk_painted: { request: Nothing; view: null };
  desk_screen: { request: ScreenView; view: null };
  desk_unlock: { request: { slot: string; pin: string; code: string }; view: OpenView };
  desk_lock: { request: Nothing; view: null };
  setup_begin: { request: { shop_name: string; owner_name: string; pin: string; pin_again: string }; view: SecretView };
  setup_code: { request: { code: string }; view: null };
  setup_recovery: { request: Nothing; view: RecoveryView };
  setup_groups: { request: { answers: [string, string] }; view: null };
  setup_finish: { request: { profile: ProfileRequest; counter_name: string; sample: Sample | null }; view: OpenView };
  profile_gstin: { request: { gstin: string }; view: GstinView };
  profile_states: { request: Nothing; view: StateView[] };
  profile_set: { request: { profile: ProfileRequest }; view: ProfileView };
  settings_set: { request: SettingsRequest; view: SettingsView };
  sale_bill: { request: Nothing; view: BillView };
  sale_enter: { request: { text: string; source: 'scan' | 'typed' }; view: EnterView };
  sale_add: { request: { item: string; quantity: string | null }; view: BillView };
  sale_search: { request: { text: string }; view: HitView[] };
  sale_favourites: { request: Nothing; view: FavouriteView[] };
  sale_quantity: { request: { line: number; quantity: string }; view: BillView };
  sale_discount: { request: { line: number | null; discount: string }; view: BillView };
  sale_price: { request: { line: number; price: string }; view: BillView };
  sale_remove: { request: { line: number }; view: BillView };
  sale_nameless: { request: { name: string; price: string; rate_class: string; quantity: string }; view: BillView };
  sale_customer: { request: { customer: CustomerRequest | null }; view: BillView };
  customer_find: { request: { text: string }; view: CustomerView[] };
  sale_abandon: { request: Nothing; view: BillView };
  sale_settle: { request: { bill: string; tenders: TenderRequest[] }; view: DoneView };
  sale_tender: { request: { tenders: TenderRequest[] }; view: TenderView };
  bills_find: {
    request: { text: string; day_from: string | null; day_to: string | null; offset: number };
    view: BillsView;
  };
  bills_open: { request: { number: string }; view: DocumentView };
  bills_preview: { request: { number: string; paper: Paper; language: Language }; view: { pages: string[] } };
  bills_print: {
    request: { number: string; paper: Paper; language: Language };
    view: { copy: number; printed: Printed; path: string | null };
  };
  bills_save: { request: { number: string; paper: Paper; language: Language }; view: { path: string } };
  bills_cancel: { request: { number: string; reason: string }; view: DocumentView };
  day_totals: { request: { day: string | null }; view: DayView };
  catalog_list: {
    request: { text: string; offset: number; category: string | null; inactive: boolean };
    view: ItemsView;
  };
  catalog_item: { request: { item: string }; view: ItemView };
  catalog_set: { request: ItemRequest; view: ItemView };
  catalog_classes: { request: Nothing; view: ClassView[] };
  catalog_units: { request: Nothing; view: UnitView[] };
  file_choose: { request: { kind: 'csv' }; view: { path: string | null } };
  import_look: { request: { path: string }; view: ImportView };
  import_try: { request: ImportRequest; view: TryView };
  import_do: {
    request: ImportRequest;
    view: { import: string; added: number; updated: number; same: number; bad: number };
  };
  import_undo: { request: { import: string }; view: { put_back: number; kept: number } };
}
