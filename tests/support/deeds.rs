//! Random days at the counter: deeds as plain values, and a till that does them and watches what must hold.

use std::collections::BTreeMap;

use pakka::cash::TenderKind;
use pakka::catalog::csv::Sheet;
use pakka::catalog::generator::{Mess, generate_csv};
use pakka::catalog::mapping::Mapping;
use pakka::catalog::wire::CatalogSetRequest;
use pakka::catalog::{self, Item};
use pakka::customer::wire::CustomerRequest;
use pakka::day::Day;
use pakka::fault::Fault;
use pakka::find::Index;
use pakka::id::{BillId, ImportId};
use pakka::money::Paise;
use pakka::sale::actions::{Entered, Source};
use pakka::sale::wire::NamelessRequest;
use pakka::sale::{SaleError, Tender, actions};
use proptest::prelude::*;

use super::{Counter, Seeded};

/// One thing that somebody does at a counter.
#[derive(Clone, Debug)]
pub enum Deed {
    Scan { item: u8, times: &'static str },
    Type { item: u8, times: &'static str },
    Nonsense(&'static str),
    Quantity { line: u8, quantity: &'static str },
    Price { line: u8, price: &'static str },
    LineDiscount { line: u8, discount: &'static str },
    BillDiscount(&'static str),
    Remove { line: u8 },
    Customer(u8),
    WalkIn,
    Nameless { name: &'static str, price: &'static str, class: &'static str, quantity: &'static str },
    Settle(Pay),
    Cancel { document: u8, reason: &'static str },
    Reprint { document: u8 },
    ChangeItem { item: u8, price: &'static str, opening: &'static str, active: bool },
    NewItem { number: u16 },
    Import { seed: u8 },
    UndoImport { import: u8 },
    Abandon,
    Later { minutes: u16 },
    Earlier { minutes: u8 },
    NextDay,
    LastMinuteOfMarch,
}

/// How a bill is paid.
#[derive(Clone, Copy, Debug)]
pub enum Pay {
    Exact,
    Cash { over_paise: u16 },
    Upi,
    Split { cash_percent: u8 },
    Short,
    CardOver,
    Nothing,
}

const QUANTITIES: &[&str] = &["1", "2", "3", "7", "0.250", "1.5", "12", "0.001", "100000"];
const ODD_QUANTITIES: &[&str] = &["0", "-1", "100001", "99999999999", "abc", "", "1.2345", "०", "1e3"];
const PRICES: &[&str] = &["0", "1", "9.99", "118", "499.50", "2499.99", "2625.01", "0.0125", "33.3333"];
const ODD_PRICES: &[&str] = &["-5", "10000000.01", "x", "", "999999999999999999999", "1.23456"];
const DISCOUNTS: &[&str] = &["5%", "20", "0", "100%", "33.333%", "0.01", "12.50", "2.5%"];
const ODD_DISCOUNTS: &[&str] = &["101%", "1000000", "-1", "-5%", "x", "%", "99999999999999"];
const CLASSES: &[&str] = &["gst5", "gst18", "gst40", "nil", "exempt", "apparel", "gst0_25", "no_such_class", ""];

fn of(usual: &'static [&'static str], odd: &'static [&'static str]) -> impl Strategy<Value = &'static str> + Clone {
    prop_oneof![6 => prop::sample::select(usual), 1 => prop::sample::select(odd)]
}

/// One deed; lines, items and documents are picked by number and may not be there.
pub fn deed() -> impl Strategy<Value = Deed> {
    let pay = prop_oneof![
        4 => Just(Pay::Exact),
        3 => any::<u16>().prop_map(|over_paise| Pay::Cash { over_paise }),
        2 => Just(Pay::Upi),
        3 => (0u8..=110).prop_map(|cash_percent| Pay::Split { cash_percent }),
        1 => Just(Pay::Short),
        1 => Just(Pay::CardOver),
        1 => Just(Pay::Nothing),
    ];
    let times = || prop_oneof![4 => Just(""), 2 => of(QUANTITIES, ODD_QUANTITIES)];
    prop_oneof![
        14 => (any::<u8>(), times()).prop_map(|(item, times)| Deed::Scan { item, times }),
        8 => (any::<u8>(), times()).prop_map(|(item, times)| Deed::Type { item, times }),
        1 => prop::sample::select(&["", "999", "8901030999999", "3*", "*", "🍎", "'; DROP TABLE journal; --"][..])
            .prop_map(Deed::Nonsense),
        4 => (any::<u8>(), of(QUANTITIES, ODD_QUANTITIES)).prop_map(|(line, quantity)| Deed::Quantity { line, quantity }),
        3 => (any::<u8>(), of(PRICES, ODD_PRICES)).prop_map(|(line, price)| Deed::Price { line, price }),
        4 => (any::<u8>(), of(DISCOUNTS, ODD_DISCOUNTS))
            .prop_map(|(line, discount)| Deed::LineDiscount { line, discount }),
        3 => of(DISCOUNTS, ODD_DISCOUNTS).prop_map(Deed::BillDiscount),
        3 => any::<u8>().prop_map(|line| Deed::Remove { line }),
        3 => any::<u8>().prop_map(Deed::Customer),
        1 => Just(Deed::WalkIn),
        3 => (of(&["Loose nails", "चाय", "x"], &["", "\u{202e}"]), of(PRICES, ODD_PRICES),
              prop::sample::select(CLASSES), of(QUANTITIES, ODD_QUANTITIES))
            .prop_map(|(name, price, class, quantity)| Deed::Nameless { name, price, class, quantity }),
        12 => pay.prop_map(Deed::Settle),
        3 => (any::<u8>(), of(&["wrong item", "ग्राहक ने मना किया"], &["", " "]))
            .prop_map(|(document, reason)| Deed::Cancel { document, reason }),
        2 => any::<u8>().prop_map(|document| Deed::Reprint { document }),
        3 => (any::<u8>(), of(PRICES, ODD_PRICES), of(&["0", "10", "250.5"], &["x"]), prop::bool::weighted(0.8))
            .prop_map(|(item, price, opening, active)| Deed::ChangeItem { item, price, opening, active }),
        1 => (0u16..50).prop_map(|number| Deed::NewItem { number }),
        1 => (0u8..4).prop_map(|seed| Deed::Import { seed }),
        1 => any::<u8>().prop_map(|import| Deed::UndoImport { import }),
        1 => Just(Deed::Abandon),
        2 => (1u16..600).prop_map(|minutes| Deed::Later { minutes }),
        1 => (1u8..30).prop_map(|minutes| Deed::Earlier { minutes }),
        1 => Just(Deed::NextDay),
        1 => Just(Deed::LastMinuteOfMarch),
    ]
}

/// A counter at which deeds are done, and what is known of it beside its own books.
pub struct Till {
    pub counter: Counter,
    pub goods: Vec<Item>,
    pub prefix: String,
    /// The documents made here, and how many in each fiscal year.
    pub documents: Vec<String>,
    pub numbered: BTreeMap<String, u64>,
    pub imports: Vec<ImportId>,
    /// What was refused, by its code.
    pub refused: BTreeMap<String, u32>,
}

/// The bill, the journal's head and every derived number that a refused deed could have touched.
#[derive(Debug, PartialEq, Eq)]
struct Footprint {
    bill: Option<Vec<u8>>,
    head: (u64, [u8; 32]),
    changes: i64,
}

impl Till {
    /// A till over a counter, with a few goods of every sort.
    pub fn new(mut counter: Counter, prefix: &str) -> Till {
        let mut goods = Vec::new();
        for (name, code, barcode, price, class, unit) in [
            ("Soap 100 g", "201", "8901030865278", "118.00", "gst18", "PCS"),
            ("Toor dal, loose", "202", "", "164.00", "nil", "KGS"),
            ("Cola 750 ml", "203", "8901764012273", "40", "gst40", "PCS"),
            ("Cotton kurta", "204", "8902080000012", "2499.99", "apparel", "PCS"),
            ("Rice 5 kg", "205", "8901063014275", "412.50", "gst5", "BAG"),
            ("Milk 500 ml", "206", "8901262010016", "33.3333", "exempt", "PCS"),
            ("Cloth", "207", "", "0.0125", "gst5", "MTR"),
            ("Silver", "208", "", "91.75", "gst3", "GMS"),
        ] {
            // Two counters of one shop each bring their own goods: codes are the counter's own.
            let code = format!("{prefix}{code}");
            goods.push(counter.add_item(
                &format!("{name} {prefix}"),
                &code,
                barcode_of(barcode, prefix),
                price,
                class,
                unit,
            ));
        }
        let service = CatalogSetRequest {
            is_service: true,
            hsn: "999721".into(),
            inclusive: false,
            ..request(&goods[0], "Haircut", &format!("{prefix}209"), "250", "gst5")
        };
        goods.push(counter.set_item(&CatalogSetRequest { item: None, barcodes: Vec::new(), ..service }));
        Till {
            counter,
            goods,
            prefix: prefix.to_owned(),
            documents: Vec::new(),
            numbered: BTreeMap::new(),
            imports: Vec::new(),
            refused: BTreeMap::new(),
        }
    }

    /// Does a deed. What is refused must leave everything as it was, in words in both languages.
    pub fn does(&mut self, deed: &Deed) {
        self.counter.act(actions::current).expect("there is always a bill");
        let before = self.footprint();
        match self.tries(deed) {
            Ok(()) => {
                let open = self.counter.open();
                assert!(open.priced.is_some() || open.bill.is_empty(), "what is on a bill has its price");
            }
            Err(fault) => {
                assert_eq!(self.footprint(), before, "{deed:?} was refused with {} and left a trace", fault.code);
                assert!(!fault.say.en.is_empty() && !fault.say.hi.is_empty(), "{} has words", fault.code);
                assert!(!fault.code.starts_with("store."), "{deed:?} broke the file: {fault:?}");
                *self.refused.entry(fault.code).or_default() += 1;
            }
        }
    }

    fn footprint(&self) -> Footprint {
        let sql = self.counter.shop.look().sql();
        let bill = sql.query_row("SELECT body FROM kept_open_bill", [], |row| row.get(0)).ok();
        let changes = sql
            .query_row(
                "SELECT (SELECT count(*) FROM document) + (SELECT count(*) FROM item) + (SELECT count(*) FROM customer) \
                 + (SELECT count(*) FROM kept_person_key) + (SELECT coalesce(sum(moved_milli), 0) FROM stock_level)",
                [],
                |row| row.get(0),
            )
            .expect("a number");
        Footprint { bill, head: self.counter.shop.head().expect("a head"), changes }
    }

    fn tries(&mut self, deed: &Deed) -> Result<(), Fault> {
        match deed {
            Deed::Scan { item, times } => {
                let item = pick(&self.goods, *item);
                let code = item.barcodes.first().or(item.short_code.as_ref()).cloned().unwrap_or_default();
                self.enters(&code, times, Source::Scan)
            }
            Deed::Type { item, times } => {
                let code = pick(&self.goods, *item).short_code.clone().unwrap_or_default();
                self.enters(&code, times, Source::Typed)
            }
            Deed::Nonsense(text) => self.enters(text, "", Source::Typed),
            Deed::Quantity { line, quantity } => {
                let line = self.line(*line);
                self.acts(|act| actions::set_quantity(act, line, quantity))
            }
            Deed::Price { line, price } => {
                let line = self.line(*line);
                self.acts(|act| actions::set_price(act, line, price))
            }
            Deed::LineDiscount { line, discount } => {
                let line = self.line(*line);
                self.acts(|act| actions::set_discount(act, Some(line), discount))
            }
            Deed::BillDiscount(discount) => self.acts(|act| actions::set_discount(act, None, discount)),
            Deed::Remove { line } => {
                let line = self.line(*line);
                self.acts(|act| actions::remove(act, line))
            }
            Deed::Customer(which) => {
                let customer = customer(*which);
                self.acts(|act| actions::set_customer(act, Some(&customer)))
            }
            Deed::WalkIn => self.acts(|act| actions::set_customer(act, None)),
            Deed::Nameless { name, price, class, quantity } => {
                let typed = NamelessRequest {
                    name: (*name).to_owned(),
                    price: (*price).to_owned(),
                    rate_class: (*class).to_owned(),
                    quantity: (*quantity).to_owned(),
                    hsn: None,
                };
                self.acts(|act| actions::add_nameless(act, &typed))
            }
            Deed::Settle(pay) => self.settles(*pay),
            Deed::Cancel { document, reason } => {
                let number = self.document(*document);
                self.acts(|act| actions::cancel(act, &number, reason))
            }
            Deed::Reprint { document } => {
                let number = self.document(*document);
                self.acts(|act| actions::put_on_paper(act, &number))
            }
            Deed::ChangeItem { item, price, opening, active } => {
                let known = pick(&self.goods, *item).clone();
                let request = CatalogSetRequest {
                    item: Some(known.id),
                    opening_stock: (*opening).into(),
                    active: *active,
                    ..request(
                        &known,
                        &known.name,
                        known.short_code.as_deref().unwrap_or_default(),
                        price,
                        &known.rate_class,
                    )
                };
                let item = self.counter.act(|act| catalog::actions::set(act, &request)).map_err(Fault::from)?;
                self.counter.build_index();
                self.goods.iter_mut().filter(|known| known.id == item.id).for_each(|known| *known = item.clone());
                Ok(())
            }
            Deed::NewItem { number } => {
                let code = format!("{}N{number}", self.prefix);
                let new = request(&self.goods[0], &format!("New {code}"), &code, "12.50", "gst18");
                let new = CatalogSetRequest { item: None, barcodes: Vec::new(), ..new };
                let item = self.counter.act(|act| catalog::actions::set(act, &new)).map_err(Fault::from)?;
                self.counter.build_index();
                self.goods.push(item);
                Ok(())
            }
            Deed::Import { seed } => {
                let csv = generate_csv(8, u64::from(*seed), Mess::BadRows);
                let sheet = Sheet::read(&csv).expect("a table");
                let mapping = Mapping::guess(&sheet.headers);
                let (done, _) = self
                    .counter
                    .act(|act| catalog::actions::import(act, "made-up.csv", &sheet, &mapping, &mut |_, _| ()))
                    .map_err(Fault::from)?;
                self.counter.build_index();
                self.imports.push(done.import);
                Ok(())
            }
            Deed::UndoImport { import } => {
                let import = if self.imports.is_empty() { ImportId::default() } else { *pick(&self.imports, *import) };
                self.counter.act(|act| catalog::actions::undo(act, import)).map_err(Fault::from)?;
                self.counter.build_index();
                Ok(())
            }
            Deed::Abandon => self.acts(actions::abandon),
            Deed::Later { minutes } => self.passes(i64::from(*minutes)),
            Deed::Earlier { minutes } => self.passes(-i64::from(*minutes)),
            Deed::NextDay => self.passes(24 * 60),
            Deed::LastMinuteOfMarch => {
                let (mut tomorrow, mut days) = (self.counter.stamp, 0);
                while tomorrow.day().month() != 3 || tomorrow.day().day_of_month() != 31 {
                    (tomorrow.wall_ms, days) = (tomorrow.wall_ms + 86_400_000, days + 1);
                }
                let local = tomorrow.wall_ms + i64::from(tomorrow.offset_min) * 60_000;
                let midnight = local.div_euclid(86_400_000) * 86_400_000 + 86_400_000;
                self.passes(days * 24 * 60 + (midnight - local) / 60_000 - 2)
            }
        }
    }

    fn passes(&mut self, minutes: i64) -> Result<(), Fault> {
        self.counter.stamp.wall_ms += minutes * 60_000;
        self.counter.stamp.uptime_ms += minutes.unsigned_abs() * 60_000;
        Ok(())
    }

    fn enters(&mut self, code: &str, times: &str, source: Source) -> Result<(), Fault> {
        let text = if times.is_empty() { code.to_owned() } else { format!("{times}*{code}") };
        let index = std::mem::replace(&mut self.counter.index, Index::build([]));
        let entered = self.counter.act(|act| actions::enter(act, &index, &text, source));
        self.counter.index = index;
        match entered? {
            Entered::Added(bill) => assert!(bill.current.is_some(), "a line was touched"),
            Entered::Unknown(_) => {}
        }
        Ok(())
    }

    fn acts<T, E: From<pakka::store::StoreError> + Into<Fault>>(
        &mut self,
        act: impl FnOnce(&mut pakka::store::Act<'_>) -> Result<T, E>,
    ) -> Result<(), Fault> {
        self.counter.act(act).map(|_| ()).map_err(Into::into)
    }

    /// A line's number, now and then one that is not there.
    fn line(&mut self, pick: u8) -> u32 {
        let lines = self.counter.open().bill.lines.len() as u32;
        u32::from(pick) % (lines + 2)
    }

    fn document(&self, pick: u8) -> String {
        let place = usize::from(pick) % (self.documents.len() + 1);
        self.documents.get(place).cloned().unwrap_or_else(|| "A/26-27/999999".into())
    }

    fn settles(&mut self, pay: Pay) -> Result<(), Fault> {
        let open = self.counter.open();
        let (token, today) = (open.bill.id, self.counter.today());
        let total = open.priced.as_ref().map(|priced| priced.totals.total).unwrap_or_default();
        let tenders = tenders(pay, total);
        let sealed = self.counter.act(|act| actions::seal(act, token, &tenders))?;
        let body = &sealed.document.body;
        assert_eq!((body.total, sealed.again), (total, false));
        assert_eq!(body.lines.len(), open.bill.live().count());
        assert_eq!(body.day, today);
        assert!(sealed.next.is_empty() && sealed.next.id != token);
        let year = today.fiscal_year().to_string();
        let last = self.numbered.entry(year.clone()).or_default();
        *last += 1;
        assert_eq!(body.number, format!("{}/{year}/{last:06}", self.prefix));
        self.documents.push(body.number.clone());
        let again = self.counter.act(|act| actions::seal(act, token, &[])).expect("the same document");
        assert!(again.again && again.document.body == *body, "sealing twice gives the same document");
        let strange = self.counter.act(|act| actions::seal(act, BillId::default(), &[]));
        assert!(matches!(strange, Err(SaleError::OtherBill)));
        Ok(())
    }

    /// The day it is.
    pub fn today(&self) -> Day {
        self.counter.today()
    }
}

fn tenders(pay: Pay, total: Paise) -> Vec<Tender> {
    let one = |kind, paise: i64| Tender { kind, amount: Paise::new(paise) };
    match pay {
        Pay::Exact => vec![one(TenderKind::Cash, total.get())],
        Pay::Cash { over_paise } => vec![one(TenderKind::Cash, total.get() + i64::from(over_paise))],
        Pay::Upi => vec![one(TenderKind::Upi, total.get())],
        Pay::Split { cash_percent } => {
            let cash = total.get() * i64::from(cash_percent) / 100;
            vec![one(TenderKind::Upi, total.get() - cash), one(TenderKind::Cash, cash)]
        }
        Pay::Short => vec![one(TenderKind::Cash, total.get() - 1)],
        Pay::CardOver => vec![one(TenderKind::Card, total.get() + 100)],
        Pay::Nothing => Vec::new(),
    }
}

fn pick<T>(all: &[T], which: u8) -> &T {
    &all[usize::from(which) % all.len()]
}

/// A counter's own form of a barcode, so that two counters bring different goods.
fn barcode_of(barcode: &'static str, prefix: &str) -> &'static str {
    if prefix == "A" { barcode } else { "" }
}

/// The request that sets an item as it is but for name, code, price and class.
pub fn request(item: &Item, name: &str, code: &str, price: &str, class: &str) -> CatalogSetRequest {
    CatalogSetRequest {
        item: Some(item.id),
        name: name.into(),
        name_second: String::new(),
        short_code: code.into(),
        barcodes: item.barcodes.clone(),
        hsn: item.hsn.clone(),
        is_service: item.is_service,
        unit: item.unit.code(),
        mrp: String::new(),
        price: price.into(),
        inclusive: item.inclusive,
        rate_class: class.into(),
        category: "Random".into(),
        favourite: String::new(),
        active: true,
        opening_stock: "100".into(),
    }
}

/// One of a few customers: known and unknown, registered here and elsewhere, and some that do not read.
pub fn customer(which: u8) -> CustomerRequest {
    let (name, phone, gstin, state, address) = [
        ("Asha", "9822044710", "", "", ""),
        ("", "9822044711", "", "", ""),
        ("Deepak Caterers", "", "29AABCF8078M1C8", "", "12 MG Road, Bengaluru"),
        ("Pune Hotel", "020 2545 0118", "27AAPFU0939F1ZV", "", "Pune"),
        ("Ravi", "", "", "29", "Hubballi"),
        ("Asha Devi", "+91 98220 44710", "", "27", "Kothrud"),
        ("Wrong", "", "27AAPFU0939F1ZW", "", ""),
        ("Wrong", "12345", "", "", ""),
        ("", "", "", "", ""),
        ("", "", "29AABCF8078M1C8", "", ""),
        ("Abroad", "+44 20 7946 0958", "", "", ""),
        ("Nowhere", "", "", "77", ""),
    ][usize::from(which) % 12];
    CustomerRequest {
        person: None,
        name: name.into(),
        phone: phone.into(),
        gstin: gstin.into(),
        state: state.into(),
        address: address.into(),
    }
}

/// `count` deeds that follow from a seed alone, for a child process that sells without end.
pub fn deeds_of(seed: u64, count: usize) -> Vec<Deed> {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
    let mut bytes = [0; 32];
    pakka::stamp::Chance::fill(&mut Seeded(seed), &mut bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    (0..count).map(|_| deed().new_tree(&mut runner).expect("a deed").current()).collect()
}

/// The cases of a property: few by default, as many as `PAKKA_CASES` says in a long run.
pub fn cases(few: u32) -> ProptestConfig {
    let told = std::env::var_os("PAKKA_CASES").and_then(|told| told.to_str()?.parse().ok());
    ProptestConfig {
        cases: told.unwrap_or(few),
        failure_persistence: None,
        max_shrink_iters: 400,
        ..Default::default()
    }
}
