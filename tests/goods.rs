//! Goods by the thousand: imported as one act, the same again all the same, found in every written form, put back whole.

mod support;

use std::path::PathBuf;
use std::process::Command;

use pakka::catalog::csv::Sheet;
use pakka::catalog::generator::{Mess, generate_csv};
use pakka::catalog::mapping::Mapping;
use pakka::catalog::wire::{ImportDoneView, ImportUndoneView};
use pakka::catalog::{self, Item, barcode};
use support::{Counter, sharma_stores};

fn import(counter: &mut Counter, csv: &[u8]) -> ImportDoneView {
    let sheet = Sheet::read(csv).expect("a table");
    let mapping = Mapping::guess(&sheet.headers);
    let mut told = vec![(0, 0)];
    let mut tell = |done, total| told.push((done, total));
    let (done, _) =
        counter.act(|act| catalog::actions::import(act, "list.csv", &sheet, &mapping, &mut tell)).expect("imported");
    assert!(told.is_sorted(), "progress goes forward");
    let changes = done.added + done.updated;
    assert_eq!(told.last(), Some(&(changes, changes)), "and comes to the end");
    assert!(told.len() as u64 > changes / 500, "a word for every portion");
    counter.build_index();
    done
}

fn undo(counter: &mut Counter, done: &ImportDoneView) -> ImportUndoneView {
    let undone = counter.act(|act| catalog::actions::undo(act, done.import)).expect("undone");
    counter.build_index();
    undone
}

fn goods(counter: &Counter) -> Vec<Item> {
    let mut goods = Vec::new();
    catalog::each(counter.shop.look(), |item| goods.push(item)).expect("items");
    goods.sort_by_key(|item| item.id);
    goods
}

fn rows(csv: &[u8]) -> usize {
    Sheet::read(csv).expect("a table").count
}

/// Imports a list into a shop that has a little already and asks for everything an import promises.
fn goes_in_and_out(csv: &[u8], every: usize) -> ImportDoneView {
    let mut counter = Counter::new(&sharma_stores(), "A", 3);
    counter.add_item("Own thing", "OWN1", "", "10", "gst5", "PCS");
    let before = goods(&counter);

    let done = import(&mut counter, csv);
    assert_eq!((done.added + done.updated + done.same + done.bad) as usize, rows(csv), "every row is accounted for");
    let after = goods(&counter);
    assert_eq!(after.len(), before.len() + done.added as usize);

    let again = import(&mut counter, csv);
    assert_eq!((again.added, again.updated, again.same, again.bad), (0, 0, done.added, done.bad), "the same again");
    assert_eq!(goods(&counter), after);

    // Every so many items: found by code as written, with zeros before it, and by name.
    let mut zeros = 0;
    for item in after.iter().step_by(every) {
        for code in &item.barcodes {
            zeros += usize::from(code.starts_with('0'));
            let found = catalog::by_code(counter.shop.look(), code).expect("read").expect("found");
            assert_eq!(found.id, item.id, "{code}");
            assert!(found.barcodes.contains(code), "{code} is kept as it was written");
            assert_eq!(counter.index.search(code, 1).first(), Some(&item.id), "{code} typed");
            for written in spellings(code) {
                let found = catalog::by_code(counter.shop.look(), &written).expect("read");
                assert_eq!(found.map(|found| found.id), Some(item.id), "{code} written {written}");
            }
        }
    }
    println!("{zeros} codes with leading zeros among those asked for");
    counter.check_promises();

    let undone = undo(&mut counter, &done);
    assert_eq!((undone.put_back, undone.kept), (done.added + done.updated, 0));
    assert_eq!(goods(&counter), before, "everything is as it was");
    let code = after.iter().flat_map(|item| &item.barcodes).next().expect("a code");
    assert!(catalog::by_code(counter.shop.look(), code).expect("read").is_none());
    let twice = counter.act(|act| catalog::actions::undo(act, done.import));
    assert!(matches!(twice, Err(catalog::CatalogError::NoSuchImport)));
    counter.check_rebuild();
    done
}

/// How else a code is written: blanks around it, zeros before a GTIN of twelve or thirteen, hyphens in an EAN-13.
fn spellings(code: &str) -> Vec<String> {
    let mut all = vec![format!(" {code} ")];
    let digits = code.bytes().all(|byte| byte.is_ascii_digit());
    if digits && (12..=13).contains(&code.len()) {
        all.push(format!("{code:0>14}"));
        let bare = code.trim_start_matches('0');
        if bare.len() >= 7 {
            all.push(bare.to_owned());
        }
    }
    if digits && code.len() == 13 && barcode::wrong_check_digit(code).is_none() {
        all.push(format!("{}-{}-{}-{}", &code[..3], &code[3..7], &code[7..12], &code[12..]));
    }
    all
}

#[test]
fn a_small_shops_list_goes_in_and_out() {
    let done = goes_in_and_out(&generate_csv(864, 1, Mess::None), 1);
    assert_eq!((done.added, done.bad), (864, 0));
}

#[test]
fn bad_rows_stay_out_and_harm_no_other() {
    let csv = generate_csv(864, 2, Mess::BadRows);
    let mut counter = Counter::new(&sharma_stores(), "A", 3);
    let done = import(&mut counter, &csv);
    assert!(done.bad > 20 && done.added + done.bad == 864, "{done:?}");
    assert_eq!(goods(&counter).len() as u64, done.added);
    let again = import(&mut counter, &csv);
    assert_eq!((again.added, again.updated, again.same, again.bad), (0, 0, done.added, done.bad));
    counter.check_promises();
}

fn go_in_and_are_found(count: usize) {
    let csv = generate_csv(count, 3, Mess::None);
    let mut counter = Counter::new(&sharma_stores(), "A", 3);
    let done = import(&mut counter, &csv);
    assert_eq!((done.added, done.bad), (count as u64, 0));
    let after = goods(&counter);
    for item in after.iter().step_by(count / 100) {
        for code in &item.barcodes {
            let found = catalog::by_code(counter.shop.look(), code).expect("read").expect("found");
            assert_eq!(found.id, item.id);
            assert_eq!(counter.index.search(code, 1).first(), Some(&item.id));
        }
    }
    let undone = undo(&mut counter, &done);
    assert_eq!((undone.put_back, undone.kept), (count as u64, 0));
    assert!(goods(&counter).is_empty());
}

#[test]
fn ten_thousand_goods_go_in_and_are_found() {
    go_in_and_are_found(10_000);
}

#[test]
#[ignore = "a hundred thousand take a minute unoptimised"]
fn a_hundred_thousand_goods_go_in_and_are_found() {
    go_in_and_are_found(100_000);
}

#[test]
fn what_was_changed_since_an_import_stays_when_it_is_taken_back() {
    let mut counter = Counter::new(&sharma_stores(), "A", 3);
    let first =
        b"name,short_code,selling_price,mrp,gst_rate,unit\nTea 250 g,301,100,120,5,PCS\nSugar 1 kg,302,45,50,5,PCS\n";
    let first = import(&mut counter, first);
    let second =
        b"name,short_code,selling_price,mrp,gst_rate,unit\nTea 250 g,301,110,125,5,PCS\nSugar 1 kg,302,48,50,5,PCS\n";
    let second = import(&mut counter, second);
    assert_eq!((first.added, second.updated), (2, 2));
    let tea = catalog::by_code(counter.shop.look(), "301").expect("read").expect("tea");
    let request = support::deeds::request(&tea, "Tea 250 g, strong", "301", "115", "gst5");
    let request = pakka::catalog::wire::CatalogSetRequest {
        mrp: "125".into(),
        opening_stock: "0".into(),
        category: String::new(),
        ..request
    };
    counter.set_item(&request);
    let undone = undo(&mut counter, &second);
    assert_eq!((undone.put_back, undone.kept), (2, 0));
    let price = |code: &str| {
        let item = catalog::by_code(counter.shop.look(), code).expect("read").expect("there");
        (item.name, item.price.decimal(), item.mrp.expect("an MRP").decimal())
    };
    assert_eq!(
        price("301"),
        ("Tea 250 g, strong".into(), "115.00".into(), "120.00".into()),
        "only what was not touched"
    );
    assert_eq!(price("302"), ("Sugar 1 kg".into(), "45.00".into(), "50.00".into()));
    let undone = undo(&mut counter, &first);
    assert_eq!((undone.put_back, undone.kept), (1, 1), "the tea was changed since and stays");
    counter.check_rebuild();
}

#[test]
fn leading_zeros_are_kept_and_meet_every_spelling() {
    let mut counter = Counter::new(&sharma_stores(), "A", 3);
    let csv = b"barcode,name,hsn,gst_rate,unit,mrp\n0036000291452,Tissue,0409,5,PCS,90\n00000017,Eight,0101,5,PCS,5\n007,Seven,0701,5,PCS,7\n7,Other seven,0702,5,PCS,7\n";
    assert_eq!(import(&mut counter, csv).added, 4);
    let named =
        |code: &str| catalog::by_code(counter.shop.look(), code).expect("read").map(|item| (item.name, item.hsn));
    for (code, name, hsn) in [
        ("0036000291452", "Tissue", "0409"),
        ("036000291452", "Tissue", "0409"),
        ("36000291452", "Tissue", "0409"),
        ("00036000291452", "Tissue", "0409"),
        ("00000017", "Eight", "0101"),
        ("007", "Seven", "0701"),
        ("7", "Other seven", "0702"),
    ] {
        assert_eq!(named(code), Some((name.to_owned(), hsn.to_owned())), "{code}");
    }
    assert_eq!(named("17"), None);
}

/// Real lists, where `PAKKA_DATA` names their folder.
fn real(name: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(std::env::var_os("PAKKA_DATA")?).join(name);
    if name.ends_with(".gz") {
        let out = Command::new("gzip").arg("-dc").arg(&path).output().expect("gzip");
        assert!(out.status.success(), "{} is unpacked", path.display());
        return Some(out.stdout);
    }
    Some(std::fs::read(&path).expect("a real list"))
}

#[test]
fn a_real_kirana_list_goes_in_and_out() {
    let Some(csv) = real("items-kirana.csv") else { return };
    let done = goes_in_and_out(&csv, 1);
    println!("{done:?}");
    assert!(done.added > 800 && done.added + done.bad == rows(&csv) as u64, "{done:?}");
}

#[test]
fn a_real_list_of_a_hundred_thousand_goes_in_and_out() {
    let Some(csv) = real("items-100k.csv.gz") else { return };
    let done = goes_in_and_out(&csv, 211);
    println!("{done:?}");
    assert!(done.added > 90_000, "{done:?}");
}
