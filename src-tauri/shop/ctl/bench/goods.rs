//! The goods: taken in, searched for letter by letter, scanned onto a bill.

use std::fs;
use std::path::Path;

use pakka::catalog;
use pakka::catalog::generator::{Mess, generate_csv};
use pakka::find::Index;
use pakka::sale::SaleError;
use pakka::sale::actions::{self, Source};
use serde_json::json;

use super::Plan;
use super::clock::{Lap, Laps, lap};
use super::door::House;
use super::figure::{Figure, Milli, Sheet};
use super::trial::Trial;

const ITEMS: usize = 100_000;

/// What is measured in the rooms themselves, without the commands around them.
pub fn measure(plan: &Plan, sheet: &mut Sheet) {
    let mut trial = Trial::make(&plan.folder.join("goods.db"), ITEMS);
    let mut builds = Laps::default();
    let mut index = Index::build([]);
    for _ in 0..5 {
        index = builds.time(|| {
            let mut entries = Vec::new();
            catalog::each_entry(trial.shop.look(), |entry| entries.push(entry)).expect("items are read");
            Index::build(entries)
        });
    }
    sheet.add(Figure::new("search index of 100,000 items, read and built, cpu", Milli::ms(builds.cpu(50)), "ms"));
    search(&trial, &index, sheet);
    enter(&mut trial, &index, sheet);
}

/// Names typed letter by letter, twenty hits each time.
fn search(trial: &Trial, index: &Index, sheet: &mut Sheet) {
    let mut laps = Laps::default();
    for item in trial.items.iter().step_by(trial.items.len() / 120) {
        let typed: String = item.name.split(' ').take(2).collect::<Vec<_>>().join(" ");
        for (end, letter) in typed.char_indices() {
            let prefix = &typed[..end + letter.len_utf8()];
            laps.time(|| index.search(prefix, 20));
        }
    }
    sheet.add(Figure::new("search as you type, 100,000 items, cpu p50", Milli::ms(laps.cpu(50)), "ms"));
    let p99 = Figure::new("search as you type, 100,000 items, cpu p99", Milli::ms(laps.cpu(99)), "ms");
    let why = "Letters that begin no word make it look through the middle of all names.";
    sheet.add(p99.at_most(Milli::whole(3)).because(why));
}

/// Barcodes entered on bills of up to ten lines: what the core does, and what the flush adds.
fn enter(trial: &mut Trial, index: &Index, sheet: &mut Sheet) {
    let (mut core, mut whole) = (Laps::default(), Laps::default());
    for turn in 0..1200 {
        let code = loop {
            if let Some(code) = trial.draw(1)[0].barcodes.first() {
                break code.clone();
            }
        };
        let mut inner = Lap::default();
        let (_, outer) = lap(|| {
            trial.act(|act| {
                let ((), took) = {
                    let (done, took) = lap(|| actions::enter(act, index, &code, Source::Scan).map(|_| ()));
                    (done?, took)
                };
                inner = took;
                Ok::<_, SaleError>(())
            })
        });
        core.add(inner);
        whole.add(outer);
        if turn % 10 == 9 {
            trial.act(actions::abandon).expect("the bill is thrown away");
        }
    }
    let why = "Every line prices the whole bill anew and keeps it, so that what is on the screen can be sold.";
    let cpu = Figure::new("scan to line in the core, before the flush, cpu p95", Milli::ms(core.cpu(95)), "ms");
    sheet.add(cpu.at_most(Milli::whole(2)).because(why));
    sheet.add(Figure::new("scan to line in the core, before the flush, wall p95", Milli::ms(core.wall(95)), "ms"));
    sheet.add(Figure::new("scan to line in the core, with the flush, cpu p95", Milli::ms(whole.cpu(95)), "ms"));
    sheet.add(Figure::new("scan to line in the core, with the flush, wall p95", Milli::ms(whole.wall(95)), "ms"));
}

/// A spreadsheet from the disk to goods that can be sold: looked at, tried, taken in, searchable.
pub fn import(house: &mut House, folder: &Path, rows: usize, sheet: &mut Sheet) {
    let path = folder.join("goods.csv");
    fs::write(&path, generate_csv(rows, 1, Mess::None)).expect("the spreadsheet is written");
    let looked = house.run("import_look", &json!({ "path": path }));
    let columns = looked["columns"].as_array().expect("columns are seen");
    let meanings: Vec<_> = columns.iter().map(|column| column["meaning"].clone()).collect();
    let request = json!({ "path": path, "encoding": null, "delimiter": null, "meanings": meanings });
    let (_, tried) = lap(|| house.run("import_try", &request));
    house.told();
    let (done, took) = lap(|| house.run("import_do", &request));
    let told = house.told();
    assert_eq!(done["added"], json!(rows), "every row is taken in");
    let speed = |nanos: u64| Milli::whole(rows as u64 * 1_000_000_000 / nanos.max(1));
    sheet.add(Figure::new("import of 100,000 rows tried, wall", Milli::ms(tried.wall), "ms"));
    let why =
        "A fifth of it locks and wipes the cipher's buffers (cipher_memory_security), most of the rest is the trees.";
    sheet.add(
        Figure::new("import of 100,000 rows, end to end", speed(took.wall), "rows/s")
            .at_least(Milli::whole(20_000))
            .because(why),
    );
    sheet.add(Figure::new("import of 100,000 rows, wall", Milli::ms(took.wall), "ms"));
    sheet.add(Figure::new("import of 100,000 rows, cpu", Milli::ms(took.cpu), "ms"));
    sheet.add(Figure::new("import of 100,000 rows, words of progress", Milli::whole(told), "times"));
}

/// The same scan by the window's command, with the bill's view as JSON.
pub fn scan(house: &mut House, sheet: &mut Sheet) {
    let rows = house.run("catalog_list", &json!({ "text": "", "offset": 0, "category": null, "inactive": false }));
    let codes: Vec<_> =
        rows["rows"].as_array().expect("goods").iter().filter_map(|row| row["barcode"].as_str()).collect();
    let mut laps = Laps::default();
    for (turn, code) in codes.iter().cycle().take(500).enumerate() {
        laps.time(|| house.run("sale_enter", &json!({ "text": code, "source": "scan" })));
        if turn % 10 == 9 {
            house.run("sale_abandon", &json!({}));
        }
    }
    let figure = Figure::new("scan to line by the window's command, cpu p95", Milli::ms(laps.cpu(95)), "ms");
    sheet.add(figure);
    sheet.add(Figure::new("scan to line by the window's command, wall p95", Milli::ms(laps.wall(95)), "ms"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use pakka::catalog::wire::{CatalogSetRequest, index_entry};

    #[test]
    fn the_search_index_is_told_what_the_items_say() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut trial = Trial::make(&folder.path().join("goods.db"), 400);
        let gone = CatalogSetRequest { active: false, ..request(&trial.items[7]) };
        trial.act(|act| catalog::actions::set(act, &gone)).expect("it is taken off the shelf");
        let second = CatalogSetRequest {
            name_second: "चीनी".into(),
            barcodes: vec!["8901030865278".into(), "0036000291452".into()],
            ..request(&trial.items[9])
        };
        trial.act(|act| catalog::actions::set(act, &second)).expect("it is changed");
        let (mut told, mut said) = (Vec::new(), Vec::new());
        catalog::each_entry(trial.shop.look(), |entry| told.push(entry)).expect("items are read");
        catalog::each(trial.shop.look(), |item| {
            if item.active {
                said.push(index_entry(&item));
            }
        })
        .expect("items are read");
        for entry in told.iter_mut().chain(&mut said) {
            entry.barcodes.sort();
        }
        said.sort_by_key(|entry| entry.id);
        assert_eq!(told.len(), 399);
        assert_eq!(told, said);
    }

    fn request(item: &pakka::catalog::Item) -> CatalogSetRequest {
        CatalogSetRequest {
            item: Some(item.id),
            name: item.name.clone(),
            name_second: String::new(),
            short_code: item.short_code.clone().unwrap_or_default(),
            barcodes: item.barcodes.clone(),
            hsn: item.hsn.clone(),
            is_service: item.is_service,
            unit: item.unit.code(),
            mrp: String::new(),
            price: item.price.decimal(),
            inclusive: item.inclusive,
            rate_class: item.rate_class.clone(),
            category: item.category.clone(),
            favourite: String::new(),
            active: item.active,
            opening_stock: "0".into(),
        }
    }
}
