use super::*;
use crate::catalog::generator::{Mess, generate_csv};
use crate::rate::Rate;
use proptest::prelude::*;

/// A shop's items in memory.
#[derive(Default)]
struct Shop {
    items: Vec<Item>,
    keys: HashMap<Key, usize>,
}

impl Shop {
    fn put(&mut self, item: Item) {
        let place = self.items.len();
        let codes = item.scans().map(Key::Barcode).chain(item.short_code.clone().map(Key::ShortCode));
        let mut keys: Vec<Key> = codes.collect();
        if keys.is_empty() {
            keys.push(Key::BareName(item.name.clone()));
        }
        self.keys.extend(keys.into_iter().map(|key| (key, place)));
        self.items.push(item);
    }

    fn take(&mut self, plan: Plan) {
        for item in plan.added.into_iter().chain(plan.updated.into_iter().map(|change| change.now)) {
            self.put(item);
        }
    }

    fn get(&self, key: Key) -> Option<Item> {
        self.keys.get(&key).map(|place| self.items[*place].clone())
    }
}

impl Shelf for Shop {
    fn by_barcode(&self, normal: &str) -> Option<Item> {
        self.get(Key::Barcode(normal.to_owned()))
    }
    fn by_short_code(&self, code: &str) -> Option<Item> {
        self.get(Key::ShortCode(code.to_owned()))
    }
    fn by_bare_name(&self, name: &str) -> Option<Item> {
        self.get(Key::BareName(name.to_owned()))
    }
}

fn of_rate(rate: Rate) -> Option<String> {
    match rate.get() {
        0 => Some("nil".into()),
        5000 | 18_000 | 40_000 => Some(format!("gst{}", rate.decimal())),
        _ => None,
    }
}

fn fits(class: &str, rate: Rate) -> bool {
    class == "exempt" && rate.is_zero()
}

fn try_import(shop: &Shop, csv: &[u8]) -> Plan {
    let sheet = Sheet::read(csv).expect("a sheet");
    let classes = Classes {
        knows: &|code| matches!(code, "nil" | "exempt") || code.starts_with("gst"),
        of_rate: &of_rate,
        fits: &fits,
        otherwise: None,
    };
    let mut next = shop.items.len() as u128;
    let mut make_id = || {
        next += 1;
        ItemId::new(next.to_be_bytes())
    };
    plan(&sheet, &Mapping::guess(&sheet.headers), shop, &classes, &mut make_id)
}

/// A shop with these rows in it.
fn shop_of(csv: &str) -> Shop {
    let mut shop = Shop::default();
    let plan = try_import(&shop, csv.as_bytes());
    assert_eq!(plan.faults, vec![]);
    shop.take(plan);
    shop
}

fn sums(plan: &Plan) -> (usize, usize, usize, usize) {
    assert_eq!(plan.added.len() + plan.updated.len() + plan.same + plan.bad, plan.rows);
    (plan.added.len(), plan.updated.len(), plan.same, plan.bad)
}

const HEADER: &str = "barcode,short_code,name,mrp,price,gst\n";

#[test]
fn each_row_finds_its_item() {
    let shop = shop_of(&format!("{HEADER}8901030865275,,Soap,45,44,18\n,101,Toor dal,,164,5\n,,Carry bag,,5,18\n"));
    for (row, told) in [
        ("8901030865275,,Soap,45,44,18", (0, 0, 1, 0)),
        ("08901030865275,,Soap,45,44,18", (0, 0, 1, 0)),
        ("8901030865275,,Soap,46,44,18", (0, 1, 0, 0)),
        ("8901030865275,,,,,", (0, 0, 1, 0)),
        ("8901030865275,204,Soap,45,44,18", (0, 1, 0, 0)),
        ("8901030865278,,Soap,45,44,18", (1, 0, 0, 0)),
        (",101,Toor dal,,164,5", (0, 0, 1, 0)),
        ("036000291452,101,Toor dal,,164,5", (0, 1, 0, 0)),
        (",,Carry bag,,5,18", (0, 0, 1, 0)),
        (",,Carry bag,,6,18", (0, 1, 0, 0)),
        (",102,Carry bag,,5,18", (1, 0, 0, 0)),
        ("8901030865275,101,Soap,45,44,18", (0, 0, 0, 1)),
    ] {
        assert_eq!(sums(&try_import(&shop, format!("{HEADER}{row}\n").as_bytes())), told, "{row}");
    }
}

#[test]
fn a_match_keeps_old_barcodes_and_what_the_row_leaves_empty() {
    let shop = shop_of(&format!("{HEADER}8901030865275,204,Soap,45,44,18\n"));
    let plan = try_import(&shop, format!("{HEADER}036000291452,204,,,43,\n").as_bytes());
    let Change { was, now } = &plan.updated[0];
    assert_eq!(now.barcodes, ["8901030865275", "036000291452"]);
    assert_eq!(now, &Item { barcodes: now.barcodes.clone(), price: UnitPrice::new(43_0000), ..was.clone() });
}

#[test]
fn a_price_at_mrp_follows_the_mrp_and_a_lower_one_stays() {
    let shop = shop_of(&format!("{HEADER},1,Tea,45,,5\n,2,Ghee,600,580,5\n"));
    let plan = try_import(&shop, b"short_code,mrp\n1,48\n2,620\n");
    let now: Vec<i64> = plan.updated.iter().map(|change| change.now.price.get()).collect();
    assert_eq!(now, [48_0000, 580_0000]);
}

#[test]
fn a_percent_leaves_a_class_that_it_fits() {
    let shop = shop_of("short_code,name,price,tax class\n1,Books,10,exempt\n2,Ghee,580,gst18\n");
    let plan = try_import(&shop, b"short_code,gst\n1,0\n2,5\n");
    assert_eq!((plan.same, plan.updated[0].now.rate_class.as_str()), (1, "gst5"));
}

#[test]
fn every_bad_row_is_named_with_column_and_words() {
    let long = "x".repeat(201);
    let csv = format!(
        "{HEADER}8901030865275,,Soap,45,44,18\n036000291452,,,45,44,18\n0036000291452,,Tea,,,18\n,,{long},,5,7\n\
         08901030865275,,Soap again,45,44,18\n8.90103E+12,,Jam,,90,5\n,1,A,,1,5\n,1,B,,1,5\n,,C,,1,5\n,,C,,1,5\nDal, toor,x,1,2,5,6\n,9,\"Cut"
    );
    let plan = try_import(&Shop::default(), csv.as_bytes());
    let told: Vec<(u32, &str, &str)> =
        plan.faults.iter().map(|fault| (fault.row, fault.column.as_str(), fault.say.en.as_str())).collect();
    let expected = [
        (3, "name", "The item has no name."),
        (4, "price", "There is neither a price nor an MRP."),
        (5, "name", "This text has 201 letters."),
        (5, "gst", "There is no GST rate of 7 %."),
        (6, "barcode", "Row 2 has the same item already."),
        (7, "barcode", "The spreadsheet has shortened the barcode to 8.90103E+12."),
        (9, "short_code", "Row 8 has the same item already."),
        (11, "name", "Row 10 has the same item already."),
        (12, "gst", "This row has 7 fields for 6 columns; is there a comma in the name?"),
        (13, "name", "A quotation mark opens here and never closes."),
    ];
    assert_eq!(told, expected);
    assert!(plan.faults.iter().all(|fault| !fault.say.hi.is_empty() && fault.text.chars().count() <= 41));
    assert_eq!(sums(&plan), (3, 0, 0, 9));
}

#[test]
fn a_wrong_check_digit_is_taken_and_named() {
    let plan = try_import(&Shop::default(), format!("{HEADER}8901030865278,,Soap,45,44,18\n").as_bytes());
    assert_eq!(plan.added.len(), 1);
    let named = plan.oddities.iter().find(|odd| odd.column == "barcode").expect("named");
    assert_eq!((named.row, named.text.as_str()), (2, "8901030865278"));
    assert!(named.say.en.contains("should be 5"), "{}", named.say.en);
}

#[test]
fn the_same_file_again_changes_nothing() {
    let mut shop = Shop::default();
    let csv = generate_csv(864, 7, Mess::None);
    let first = try_import(&shop, &csv);
    assert_eq!((sums(&first), first.faults.len()), ((864, 0, 0, 0), 0));
    shop.take(first);
    assert_eq!(sums(&try_import(&shop, &csv)), (0, 0, 864, 0));
}

#[test]
fn a_messy_file_loses_its_bad_rows_and_no_others() {
    let mut shop = Shop::default();
    let csv = generate_csv(2_000, 7, Mess::BadRows);
    let first = try_import(&shop, &csv);
    let (added, updated, same, bad) = sums(&first);
    assert!(bad > 100 && bad < 300, "{bad}");
    assert_eq!((added, updated, same), (first.rows - bad, 0, 0));
    shop.take(first);
    assert_eq!(sums(&try_import(&shop, &csv)), (0, 0, added, bad));
}

/// The item files beside the project, where somebody has them.
#[test]
#[allow(clippy::disallowed_methods, reason = "the folder of large test data is named by the person who runs the tests")]
fn a_real_file_is_taken_whole_and_changes_nothing_again() {
    let Ok(folder) = std::env::var("PAKKA_DATA") else { return };
    let csv = std::fs::read(format!("{folder}/items-kirana.csv")).expect("the folder has this file");
    let mut shop = Shop::default();
    let first = try_import(&shop, &csv);
    let rows = first.rows;
    assert!(rows > 800, "{rows} rows");
    assert_eq!((sums(&first), &first.faults), ((rows, 0, 0, 0), &vec![]));
    shop.take(first);
    assert_eq!(sums(&try_import(&shop, &csv)), (0, 0, rows, 0));
}

proptest! {
    #[test]
    fn any_table_is_planned(cells in proptest::collection::vec("[a-z0-9.,;\"|\u{915} -]{0,12}", 0..60)) {
        let rows: Vec<String> = cells.chunks(6).map(|row| row.join(",")).collect();
        let plan = try_import(&Shop::default(), format!("{HEADER}{}\n", rows.join("\n")).as_bytes());
        sums(&plan);
    }
}
