use super::*;
use crate::find::line::Tier;
use proptest::prelude::*;

fn id(number: u8) -> ItemId {
    ItemId::new([number; 16])
}

fn item(number: u8, name: &str) -> Entry {
    Entry { id: id(number), name: name.into(), ..Entry::default() }
}

fn shop() -> Vec<Entry> {
    let coded = |entry: Entry, short_code: &str, barcode: &str| Entry {
        short_code: (!short_code.is_empty()).then(|| short_code.into()),
        barcodes: barcode.split_whitespace().map(str::to_owned).collect(),
        ..entry
    };
    let hindi = |entry: Entry, name: &str| Entry { name_second: Some(name.into()), ..entry };
    vec![
        hindi(coded(item(1, "Toor dal 1 kg"), "101", ""), "तूर दाल"),
        hindi(coded(item(2, "Moong dal 1 kg"), "102", ""), "मूंग दाल"),
        coded(item(3, "Dalia 500 g"), "", "8901030865275"),
        coded(item(4, "Lay's Classic salted 52 g"), "", "036000291452 8901491101837"),
        Entry { weight: 9, ..coded(item(5, "Potato chips, salted"), "20", "") },
        coded(item(6, "Crème rolls"), "1010", ""),
        hindi(item(7, "Cumin"), "ज़ीरा"),
        item(8, "Udalguri tea"),
    ]
}

fn found(text: &str) -> Vec<u8> {
    Index::build(shop()).search(text, 12).iter().map(|id| id.bytes()[0]).collect()
}

#[test]
fn what_is_typed_finds_what_is_meant_best_first() {
    for (text, items) in [
        // Exact code, then codes that begin so, then words.
        ("101", vec![1, 6, 4]),
        ("1", vec![6, 1, 2]),
        ("8901030865275", vec![3]),
        ("08901030865275", vec![3]),
        ("36000291452", vec![4]),
        ("0036000291452", vec![4]),
        ("8901", vec![3, 4]),
        ("101837", vec![4]),
        // A first word before others, then inside words.
        ("dal", vec![3, 1, 2, 8]),
        ("dal toor", vec![1]),
        ("1kg too", vec![1]),
        ("1 KG", vec![1, 2]),
        ("lays", vec![4]),
        ("lay's cl", vec![4]),
        ("creme", vec![6]),
        ("CRÈME R", vec![6]),
        // Sold more often stands first within its kind.
        ("salted", vec![5, 4]),
        ("otato", vec![5]),
        ("दाल", vec![1, 2]),
        ("मू", vec![2]),
        ("जीरा", vec![7]),
        ("", vec![]),
        ("  -", vec![]),
        ("xyz", vec![]),
        ("dal xyz", vec![]),
        ("ta", vec![]),
    ] {
        assert_eq!(found(text), items, "{text:?}");
    }
}

#[test]
fn a_changed_item_is_found_as_it_is_now() {
    let mut index = Index::build(shop());
    index.set(&Entry { weight: 50, ..item(2, "Masoor dal 1 kg") });
    index.set(&item(9, "Dal makhani"));
    index.remove(id(3));
    index.remove(id(99));
    assert_eq!(index.len(), 8);
    let numbers = |index: &Index, text: &str| index.search(text, 12).iter().map(|id| id.bytes()[0]).collect::<Vec<_>>();
    for _ in 0..2 {
        assert_eq!(numbers(&index, "dal"), [9, 2, 1, 8]);
        assert_eq!(numbers(&index, "moong"), Vec::<u8>::new());
        assert_eq!(numbers(&index, "102"), Vec::<u8>::new());
        assert_eq!(index.search("dal", 2).len(), 2);
        index.settle();
        assert_eq!((index.len(), index.beside.len()), (8, 0));
    }
}

#[test]
fn many_changes_settle_by_themselves() {
    let mut index = Index::build(shop());
    for round in 0..=BESIDE_MAX {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&(round as u64 + 1).to_be_bytes());
        index.set(&Entry { id: ItemId::new(bytes), name: format!("Thing {round}"), ..Entry::default() });
    }
    assert_eq!((index.beside.len(), index.len()), (0, BESIDE_MAX + 1 + 8));
    assert_eq!(index.search("thing 777", 5).len(), 1);
}

#[test]
fn an_empty_shop_finds_nothing() {
    let index = Index::build([]);
    assert!(index.is_empty());
    assert_eq!(index.search("tea", 12), []);
}

/// The plain way: every line judged by itself, all sorted.
fn plainly(entries: &[Entry], text: &str, limit: usize) -> Vec<ItemId> {
    let query = Query::read(text);
    let lines: Vec<Line> = entries.iter().map(Line::of).collect();
    let mut hits: Vec<(Tier, _)> =
        lines.iter().filter_map(|line| Some((line.look().answer(&query)?, line.look().standing()))).collect();
    hits.sort_unstable();
    hits.into_iter().take(limit).map(|(_, standing)| standing.3).collect()
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let entry = ("[abé1 '\u{915}\u{93e}]{0,9}", "[ab ]{0,4}", "[a01]{0,3}", "0?[0-2]{3,7}", 0u32..3);
    proptest::collection::vec(entry, 0..30).prop_map(|rows| {
        let entry =
            |(number, (name, second, short_code, barcode, weight)): (usize, (String, String, String, String, u32))| {
                Entry {
                    id: id(number as u8),
                    name,
                    name_second: Some(second),
                    short_code: Some(short_code),
                    barcodes: vec![barcode],
                    weight,
                }
            };
        rows.into_iter().enumerate().map(entry).collect()
    })
}

proptest! {
    #[test]
    fn the_index_answers_as_the_plain_way_does(entries in entries(), text in "[abe1 02\u{915}]{0,7}", limit in 0usize..9) {
        prop_assert_eq!(Index::build(entries.clone()).search(&text, limit), plainly(&entries, &text, limit));
    }

    #[test]
    fn changes_beside_the_shelf_count_as_if_built_anew(
        old in entries(), new in entries(), gone in proptest::collection::vec(0u8..30, 0..9), text in "[abe1 02]{0,6}",
    ) {
        let mut index = Index::build(old.clone());
        new.iter().for_each(|entry| index.set(entry));
        gone.iter().for_each(|number| index.remove(id(*number)));
        let now: HashMap<ItemId, Entry> = old.into_iter().chain(new).map(|entry| (entry.id, entry)).collect();
        let now: Vec<Entry> = now.into_values().filter(|entry| !gone.contains(&entry.id.bytes()[0])).collect();
        prop_assert_eq!(index.len(), now.len());
        prop_assert_eq!(index.search(&text, 7), plainly(&now, &text, 7));
    }

    #[test]
    fn any_text_can_be_stored_and_asked(name in any::<String>(), text in any::<String>()) {
        let index = Index::build([Entry { barcodes: vec![text.clone()], ..item(1, &name) }]);
        let _ = index.search(&text, 3);
        if Query::read(&name).words.len() == 1 {
            prop_assert_eq!(index.search(&name, 3).len(), 1);
        }
    }
}
