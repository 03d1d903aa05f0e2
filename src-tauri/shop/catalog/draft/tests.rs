use super::*;
use crate::catalog::item::tests::soap;
use crate::fault::Fault;
use proptest::prelude::*;

fn known(code: &str) -> bool {
    matches!(code, "nil" | "gst5" | "gst18" | "gst40" | "apparel")
}

fn by_rate(rate: Rate) -> Option<String> {
    match rate.get() {
        0 => Some("nil".into()),
        5000 | 18_000 | 40_000 => Some(format!("gst{}", rate.decimal())),
        _ => None,
    }
}

const CLASSES: Classes<'_> = Classes { knows: &known, of_rate: &by_rate, fits: &|_, _| false, otherwise: None };

fn dal() -> ItemDraft {
    ItemDraft { name: "Toor dal".into(), price: "164".into(), gst_rate: "5".into(), ..ItemDraft::default() }
}

fn read(draft: &ItemDraft) -> Result<Item, Vec<ItemError>> {
    draft.read(ItemId::new([7; 16]), &CLASSES)
}

#[test]
fn a_plain_draft_gets_the_shop_s_habits() {
    let item = read(&dal()).expect("an item");
    assert_eq!((item.unit, item.inclusive, item.active, item.mrp), (Unit::Pcs, true, true, None));
    assert_eq!((item.rate_class.as_str(), item.price.get()), ("gst5", 164_0000));
    assert!(!item.is_service);
    assert!(read(&ItemDraft { hsn: "999721".into(), ..dal() }).expect("an item").is_service);
}

#[test]
fn an_item_is_read_back_from_its_form() {
    assert_eq!(read(&ItemDraft::from(&soap())), Ok(soap()));
    let bare = Item { inclusive: false, active: false, is_service: true, favourite: Some(9), ..soap() };
    assert_eq!(read(&ItemDraft::from(&bare)), Ok(bare));
}

/// What is typed where, the code of the refusal, and its field.
type Case<'a> = (fn(&mut ItemDraft, &str), &'a str, &'a str, Field);

#[test]
fn every_refusal_names_its_field_and_has_words() {
    let long = "क".repeat(201);
    let many = (0..21).map(|n| format!("X{n}")).collect::<Vec<_>>().join("|");
    let all = |change: fn(&mut ItemDraft, &str), text: &str| {
        let mut draft = dal();
        change(&mut draft, text);
        read(&draft).expect_err("a refusal")
    };
    let cases: [Case<'_>; 23] = [
        (|d, t| d.name = t.into(), " \u{200b}\t", "catalog.name_empty", Field::Name),
        (|d, t| d.name = t.into(), &long, "catalog.text_long", Field::Name),
        (|d, t| d.name_second = t.into(), &long, "catalog.text_long", Field::NameSecond),
        (|d, t| d.category = t.into(), &long, "catalog.text_long", Field::Category),
        (|d, t| d.short_code = t.into(), "3*204", "catalog.short_code", Field::ShortCode),
        (|d, t| d.short_code = t.into(), "1234567890123", "catalog.short_code", Field::ShortCode),
        (|d, t| d.barcodes = t.into(), &"9".repeat(49), "catalog.barcode", Field::Barcode),
        (|d, t| d.barcodes = t.into(), "8.90103E+12", "catalog.barcode_shortened", Field::Barcode),
        (|d, t| d.barcodes = t.into(), &many, "catalog.barcodes_many", Field::Barcode),
        (|d, t| d.hsn = t.into(), "1", "catalog.hsn", Field::Hsn),
        (|d, t| d.hsn = t.into(), "123456789", "catalog.hsn", Field::Hsn),
        (|d, t| d.unit = t.into(), "fathom", "catalog.unit", Field::Unit),
        (|d, t| d.mrp = t.into(), "12,50", "catalog.amount", Field::Mrp),
        (|d, t| d.mrp = t.into(), "-1", "catalog.amount_negative", Field::Mrp),
        (|d, t| d.price = t.into(), "abc", "catalog.amount", Field::Price),
        (|d, t| d.price = t.into(), "-0.01", "catalog.amount_negative", Field::Price),
        (|d, t| d.price = t.into(), "", "catalog.price_missing", Field::Price),
        (|d, t| d.gst_rate = t.into(), "five", "catalog.rate", Field::GstRate),
        (|d, t| d.gst_rate = t.into(), "7", "catalog.rate_unknown", Field::GstRate),
        (|d, t| d.rate_class = t.into(), "gst7", "catalog.class_unknown", Field::RateClass),
        (|d, t| d.favourite = t.into(), "10", "catalog.favourite", Field::Favourite),
        (|d, t| d.active = t.into(), "perhaps", "catalog.yes_no", Field::Active),
        (|d, t| d.opening_stock = t.into(), "0.0005", "catalog.stock", Field::OpeningStock),
    ];
    for (change, text, code, field) in cases {
        let wrong = all(change, text);
        assert_eq!(wrong.len(), 1, "{text}: {wrong:?}");
        let fault = Fault::from(&wrong[0]);
        assert_eq!((fault.code.as_str(), wrong[0].field()), (code, field), "{text}");
        assert!([&fault.say.en, &fault.say.hi, &fault.hint.en, &fault.hint.hi].iter().all(|words| !words.is_empty()));
    }
    assert_eq!(all(|d, t| d.nature = t.into(), "?"), vec![ItemError::Nature]);
    assert_eq!(all(|d, t| d.gst_rate = t.into(), ""), vec![ItemError::ClassMissing]);
    let empty = ItemDraft { gst_rate: "5".into(), ..ItemDraft::default() };
    assert_eq!(read(&empty), Err(vec![ItemError::NameEmpty, ItemError::PriceMissing]));
}

#[test]
fn prices_are_read_as_they_are_written_on_bills() {
    for (text, price) in [
        ("1,24,500.50", Some(1_245_005_000)),
        ("₹ 45", Some(45_0000)),
        ("Rs. 45/-", Some(45_0000)),
        ("0.0125", Some(125)),
        ("1,000,000", Some(10_000_000_000)),
        ("12,5", None),
        ("1,2,500", None),
        ("1.5,000", None),
        (",500", None),
        ("45 46", None),
    ] {
        let item = read(&ItemDraft { price: text.into(), ..dal() });
        assert_eq!(item.ok().map(|item| item.price.get()), price, "{text}");
    }
}

#[test]
fn a_missing_price_is_the_mrp_only_when_tax_is_in_it() {
    let mrp = ItemDraft { price: String::new(), mrp: "45".into(), ..dal() };
    assert_eq!(read(&mrp).expect("an item").price.get(), 45_0000);
    let before_tax = ItemDraft { inclusive: "no".into(), ..mrp.clone() };
    assert_eq!(read(&before_tax), Err(vec![ItemError::PriceMissing]));
    assert_eq!(read(&ItemDraft { mrp: "0.00".into(), ..mrp }), Err(vec![ItemError::PriceMissing]));
}

#[test]
fn a_class_stands_above_a_percent_and_a_default_below_it() {
    let named = ItemDraft { rate_class: "apparel".into(), gst_rate: "18".into(), ..dal() };
    assert_eq!(read(&named).expect("an item").rate_class, "apparel");
    for (percent, class) in [("GST 18%", "gst18"), ("5% GST", "gst5"), ("Nil", "nil"), ("@40", "gst40"), ("0", "nil")] {
        let draft = ItemDraft { gst_rate: percent.into(), ..dal() };
        assert_eq!(read(&draft).expect("an item").rate_class, class, "{percent}");
    }
    let silent = ItemDraft { gst_rate: String::new(), ..dal() };
    let shop = Classes { otherwise: Some("nil"), ..CLASSES };
    assert_eq!(silent.read(ItemId::default(), &shop).expect("an item").rate_class, "nil");
}

#[test]
fn several_barcodes_stand_in_one_field() {
    let draft = ItemDraft { barcodes: "8901030865275; 036000291452|0036000291452 abc".into(), ..dal() };
    assert_eq!(read(&draft).expect("an item").barcodes, ["8901030865275", "036000291452", "abc"]);
}

#[test]
fn what_cannot_be_seen_is_not_kept() {
    for (text, kept) in [
        (" a\u{a0}\r\n b ", "a b"),
        ("\u{202e}live\u{202c}", "live"),
        ("क्\u{200d}ष", "क्\u{200d}ष"),
        ("ക്\u{200c}ഷ", "ക്\u{200c}ഷ"),
        ("x\u{0}y\u{feff}", "xy"),
        ("<script>", "<script>"),
        ("🫖 tea", "🫖 tea"),
    ] {
        assert_eq!(clean(text), kept);
    }
}

proptest! {
    #[test]
    fn reading_any_text_never_panics(text in "\\PC{0,40}", other in any::<String>()) {
        for (name, price) in [(&text, &other), (&other, &text)] {
            let draft = ItemDraft {
                name: name.clone(), price: price.clone(), mrp: text.clone(), barcodes: other.clone(),
                hsn: text.clone(), opening_stock: price.clone(), ..ItemDraft::default()
            };
            if let Ok(item) = read(&draft) {
                prop_assert_eq!(read(&ItemDraft::from(&item)), Ok(item));
            }
        }
    }

    #[test]
    fn cleaning_twice_is_cleaning_once(text in any::<String>()) {
        let once = clean(&text);
        prop_assert_eq!(clean(&once), once);
    }
}
