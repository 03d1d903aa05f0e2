//! Sales of every kind, each counted and added up beside the till.

use std::time::Duration;

use pakka_window_tests::goods::{Goods, tax_inside, to_rupee};
use pakka_window_tests::{Till, story};

use super::{BULBUL, ITEM, MAN, MAN_ADDRESS, MAN_GSTIN, MAN_HSN, MAN_PHONE, WOMAN, WOMAN_PHONE};

/// 95 of 100 scans are on the screen by then in a debug build on a busy machine; the figure itself is printed.
const PAINTED_P95_MAX: Duration = Duration::from_millis(500);
/// No item of any list has it.
const UNKNOWN: &str = "8909999999994";

/// One bill, as the story itself knows it.
#[derive(Clone, Debug)]
pub struct Sale {
    pub number: String,
    pub total: i64,
    pub upi: bool,
    pub igst: i64,
    pub hsn: Vec<String>,
    pub cancelled: bool,
}

/// The bills of the day, in order.
#[derive(Clone, Debug, Default)]
pub struct Day {
    pub sales: Vec<Sale>,
}

impl Day {
    fn sold(&mut self, number: String, total: i64) -> &mut Sale {
        assert!(self.sales.iter().all(|sale| sale.number != number), "{number} was given twice");
        self.sales.push(Sale { number, total, upi: false, igst: 0, hsn: Vec::new(), cancelled: false });
        self.sales.last_mut().expect("just pushed")
    }
}

pub fn three_scans_and_one_key(till: &mut Till, list: &Goods, day: &mut Day) {
    let goods = list.everyday(3);
    let codes: Vec<&str> = goods.iter().map(|good| good.barcode.as_str()).collect();
    let _ = till.counted();
    story::scan_all(till, &codes);
    let counter = till.counter();
    let shown: Vec<i64> = counter.lines.iter().map(|(_, amount)| *amount).collect();
    assert_eq!(shown, goods.iter().map(|good| good.price).collect::<Vec<_>>());
    for ((name, _), good) in counter.lines.iter().zip(&goods) {
        assert_eq!(squeezed(name), squeezed(&good.name));
    }
    let total = to_rupee(shown.iter().sum());
    assert_eq!(counter.to_pay, total);
    till.shot("20-three-scans");
    let number = story::cash(till);
    assert_eq!(till.counted(), 1, "three scans and exact cash are one key");
    till.see(&number);
    day.sold(number, total).hsn = goods.iter().map(|good| good.hsn.clone()).collect();
    println!("a cash sale of three scans: 1 key");
}

/// The counter takes a scan before it has been painted, and the menu steps aside for one.
pub fn a_scan_in_the_same_breath_as_f10(till: &mut Till, list: &Goods) {
    let goods = list.everyday(2);
    for _ in 0..TRIES {
        till.key("Alt+B");
        till.on_screen("bills");
        let first = till.key_and_scan("F10", &goods[0].barcode);
        till.on_screen("counter");
        if first {
            till.wait_for("[data-line-count='1']");
        }
        let is_whole = first && till.key_and_scan("F10", &goods[1].barcode);
        if is_whole {
            till.wait_for("[data-line-count='2']");
            assert_eq!(till.count("#menu"), 0, "the menu stepped aside");
        }
        for _ in 0..3 {
            till.key("Escape");
        }
        if till.count("[data-line]") > 0 {
            till.key("Ctrl+Delete");
            till.wait_for("#abandon");
            till.key("Ctrl+Delete");
            till.pays(0);
        }
        if is_whole {
            let _ = till.counted();
            return;
        }
        println!("the machine tore a scan apart");
    }
    panic!("the machine is too busy to play a scanner");
}

/// How often a scan that the machine tore is made again.
const TRIES: usize = 5;

pub fn a_weighed_item(till: &mut Till, day: &mut Day) {
    till.keys(".750*204");
    till.key("Enter");
    till.pays(126_00);
    assert!(till.text("[data-line] [data-quantity]").starts_with("0.75"), "the weight is shown");
    println!("a weighed item: {} keys", till.counted());
    // The weight may come after, too; and a code too short to be told from typing comes as fast as a scan.
    till.scan("204");
    till.wait_for("[data-line-count='2']");
    assert_eq!(till.look("return document.getElementById('scan').value"), "", "the box is free for the next code");
    till.keys("1.25*");
    till.key("Enter");
    till.pays(126_00 + 210_00);
    till.key("-");
    till.pays(126_00);
    till.shot("21-weighed");
    let number = story::cash(till);
    day.sold(number, 126_00).hsn = vec!["0713".to_owned()];
    let _ = till.counted();
}

pub fn everything_that_can_be_done_to_a_line(till: &mut Till, list: &Goods, day: &mut Day) {
    let goods = list.everyday(6);
    let [cheaper, less, off] = [&goods[3], &goods[4], &goods[5]];
    till.key("/");
    till.wait_for("#nameless");
    till.fill("nameless-price", "120");
    till.fill("nameless-name", "Paper plates");
    till.shot("22-nameless");
    till.key("Enter");
    till.pays(120_00);

    story::scan_all(till, &[&cheaper.barcode]);
    till.key("F7");
    till.wait_for("#ask-value");
    till.keys("15.50");
    till.shot("22-price");
    till.key("Enter");
    till.pays(to_rupee(120_00 + 15_50));

    story::scan_all(till, &[&less.barcode]);
    till.key("F4");
    till.wait_for("#ask-value");
    till.keys("5");
    till.key("Enter");
    let total = to_rupee(120_00 + 15_50 + less.price - 5_00);
    till.pays(total);

    story::scan_all(till, &[&off.barcode]);
    till.pays(to_rupee(120_00 + 15_50 + less.price - 5_00 + off.price));
    till.key("-");
    till.pays(total);
    assert_eq!(till.counter().lines.len(), 3);
    till.shot("22-changed-lines");

    till.key("Enter");
    till.on_screen("pay");
    till.keys("500");
    till.wait_for(&format!("#left-to-pay[data-to-pay='{}']", 500_00 - total));
    till.shot("22-change");
    till.key("Enter");
    let number = story::sold(till);
    till.wait_for(&format!("[data-change='{}']", 500_00 - total));
    println!("a nameless item, a price, a discount, a line off, 500 in cash: {} keys", till.counted());
    day.sold(number, total);
}

pub fn an_unknown_barcode(till: &mut Till, day: &mut Day) {
    let _ = till.counted();
    till.scan(UNKNOWN);
    till.wait_for("[data-code='sale.unknown']");
    till.shot("23-unknown");
    assert_eq!(till.count("[data-line]"), 0, "an unknown code puts nothing on the bill");
    till.key("Enter");
    till.wait_for("#new-item");
    till.fill("new-name", ITEM);
    till.fill("new-name-second", BULBUL);
    till.fill("new-price", "60");
    till.choose("new-class", "gst5");
    till.fill("new-hsn", MAN_HSN);
    till.shot("23-new-item");
    till.key("Enter");
    till.pays(60_00);
    println!("an unknown barcode becomes an item on the bill: {} keys", till.counted());

    till.key("F3");
    till.wait_for("#customer-sheet");
    till.fill("customer-find", WOMAN_PHONE);
    till.key("Enter");
    till.fill("customer-name", WOMAN);
    till.key("Enter");
    till.see(WOMAN);
    // It is in the shop from now on.
    let number = story::cash(till);
    day.sold(number, 60_00);
    till.scan(UNKNOWN);
    till.pays(60_00);
    till.key("-");
    till.pays(0);
}

pub fn a_business_of_another_state(till: &mut Till, list: &Goods, day: &mut Day) {
    let goods = list.everyday(8);
    let [one, two] = [&goods[6], &goods[7]];
    story::scan_all(till, &[&one.barcode, &two.barcode, UNKNOWN]);
    till.wait_for("[data-sum='cgst']");
    let _ = till.counted();
    story::business(till, MAN, MAN_PHONE, MAN_GSTIN, MAN_ADDRESS);
    println!("a new business on the bill: {} keys", till.counted());
    till.wait_for("[data-sum='igst']");
    assert_eq!(till.count("[data-sum='cgst']") + till.count("[data-sum='sgst']"), 0, "one tax between States");
    let prices = [one.price, two.price, 60_00];
    // Lines of one rate are taxed together, and their tax is rounded once.
    let igst = tax_inside(prices.iter().sum(), 5);
    assert_eq!(till.figure("[data-sum='igst']"), igst);
    let total = to_rupee(prices.iter().sum());
    till.pays(total);
    till.shot("24-inter-state");
    let number = story::upi(till);
    let hsn = vec![one.hsn.clone(), two.hsn.clone(), MAN_HSN.to_owned()];
    let sale = day.sold(number, total);
    (sale.upi, sale.igst, sale.hsn) = (true, igst, hsn);
}

pub fn scans_are_painted_at_once(till: &mut Till, list: &Goods) {
    let goods = list.everyday(40);
    let mut took: Vec<Duration> =
        goods.iter().filter_map(|good| till.scan_timed(&good.barcode, ".table .body")).collect();
    assert!(took.len() >= 20, "only {} of 40 scans could be measured", took.len());
    took.sort_unstable();
    let (median, p95) = (took[took.len() / 2], took[took.len() * 95 / 100]);
    println!(
        "scan to painted line, {} scans, {} items: median {median:.1?}, p95 {p95:.1?}",
        took.len(),
        list.rows.len() + 2
    );
    assert!(p95 < PAINTED_P95_MAX, "95 of 100 scans take {p95:?}");
    till.shot("25-forty-lines");
    till.key("Ctrl+Delete");
    till.wait_for("#abandon");
    till.shot("25-throw-away");
    till.key("Ctrl+Delete");
    till.pays(0);
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
