//! The sale on the disk: against the floor, as the shop grows, in bytes, and made anew from the journal.

use std::fs;
use std::path::{Path, PathBuf};

use pakka::exchange::ROOMS;
use pakka::sale::actions;
use pakka::store::Shop;

use super::Plan;
use super::bare::{Bare, Rows};
use super::clock::Laps;
use super::figure::{Figure, Milli, Sheet};
use super::trial::{Trial, key};

/// Sales and bare writes taken one by one in turns.
const PAIRS: usize = 500;
const ITEMS: usize = 100_000;
const GROWN: usize = 20_000;
const GROWN_LONG: usize = 1_000_000;

/// What sales and their floor took.
struct Pair {
    sale: Laps,
    bare: Laps,
    rows: u64,
}

pub fn measure(plan: &Plan, sheet: &mut Sheet) {
    let path = plan.folder.join("sale.db");
    let mut trial = Trial::make(&path, ITEMS);
    trial.shop.settle().expect("the disk takes it");
    let young = pair(&mut trial, plan);
    tell_pair(sheet, "no invoices yet", &young);
    weigh(&mut trial, &path, sheet);
    let sold = grow(&mut trial, GROWN, 5 * PAIRS);
    let grown = pair(&mut trial, plan);
    tell_pair(sheet, "20,000 invoices", &grown);
    tell_growth(sheet, "20,000", &young, &grown);
    trial = rebuild(trial, &path, sheet);
    if plan.long {
        grow(&mut trial, GROWN_LONG, sold + PAIRS);
        let old = pair(&mut trial, plan);
        tell_pair(sheet, "1,000,000 invoices", &old);
        tell_growth(sheet, "1,000,000", &young, &old);
    }
}

/// Sells until about so many bills are sold, given how many are; says how many then are.
fn grow(trial: &mut Trial, wanted: usize, sold: usize) -> usize {
    trial.sell(wanted - sold);
    trial.shop.settle().expect("the disk takes it");
    wanted
}

/// Sales in turns with the same rows written bare, each durable before the next begins.
fn pair(trial: &mut Trial, plan: &Plan) -> Pair {
    let path = plan.folder.join("bare.db");
    let mut bare = Bare::like(trial.shop.look(), &path).expect("the floor is laid");
    let mut pair = Pair { sale: Laps::default(), bare: Laps::default(), rows: 0 };
    for turn in 0..PAIRS + 20 {
        let bill = trial.ring_up();
        let (sealed, sale) =
            super::clock::lap(|| trial.act(|act| actions::seal(act, bill.id, &[])).expect("the bill is sealed"));
        let rows = Rows::of(trial.shop.look(), &sealed.document).expect("its rows are there");
        let ((), floor) = super::clock::lap(|| bare.write(&rows).expect("its rows are written"));
        // The first turns fill caches.
        if turn >= 20 {
            pair.sale.add(sale);
            pair.bare.add(floor);
            pair.rows = pair.rows.max(rows.count());
        }
    }
    drop(bare);
    remove(&path);
    pair
}

fn tell_pair(sheet: &mut Sheet, when: &str, pair: &Pair) {
    let Pair { sale, bare, rows } = pair;
    for (what, laps) in [("sale", sale), ("bare rows", bare)] {
        for percent in [50, 90] {
            let (wall, cpu) = (Milli::ms(laps.wall(percent)), Milli::ms(laps.cpu(percent)));
            sheet.add(Figure::new(format!("{what}, {when}, wall p{percent}"), wall, "ms"));
            sheet.add(Figure::new(format!("{what}, {when}, cpu p{percent}"), cpu, "ms"));
        }
    }
    let more = Milli::ms(sale.cpu(50).saturating_sub(bare.cpu(50)));
    let why = format!(
        "Beside the {rows} derived rows a sale reads bill, profile and rules, prices, writes the fact with its chain and \
         the next open bill: {} ms of CPU that bare rows do not need.",
        more.text()
    );
    let wall = Milli::ratio(sale.wall(50), bare.wall(50));
    let cpu = Milli::ratio(sale.cpu(50), bare.cpu(50));
    sheet.add(Figure::new(format!("sale / bare, {when}, wall p50"), wall, "×").at_most(Milli(1500)).because(&why));
    sheet.add(Figure::new(format!("sale / bare, {when}, cpu p50"), cpu, "×"));
}

fn tell_growth(sheet: &mut Sheet, invoices: &str, young: &Pair, old: &Pair) {
    let more = old.sale.cpu(50).saturating_sub(young.sale.cpu(50));
    let floor = old.bare.cpu(50).saturating_sub(young.bare.cpu(50));
    let why = format!(
        "Bare rows grow dearer by {} ms: deeper trees, and pages that left the cache.",
        Milli::ms(floor).text()
    );
    let name = format!("sale, cpu p50 from 0 to {invoices} invoices, more");
    sheet.add(Figure::new(name, Milli::ms(more), "ms").at_most(Milli(100)).because(why));
}

/// What a bill adds to the file.
fn weigh(trial: &mut Trial, path: &Path, sheet: &mut Sheet) {
    const BILLS: usize = 4 * PAIRS;
    let size = || fs::metadata(path).expect("the file is there").len();
    trial.shop.settle().expect("the disk takes it");
    let before = size();
    trial.sell(BILLS);
    trial.shop.settle().expect("the disk takes it");
    let each = (size() - before) / BILLS as u64;
    let body: i64 = trial
        .shop
        .look()
        .sql()
        .query_row("SELECT CAST(avg(length(body)) AS INTEGER) FROM journal WHERE kind = 'sale.sealed'", [], |row| {
            row.get(0)
        })
        .expect("bills are in the journal");
    let why = format!("The fact's body is {body} B of it; the rest are its envelope, derived rows and indices.");
    let figure = Figure::new("file growth per bill of five lines", Milli(each), "kB");
    sheet.add(figure.at_most(Milli(3000)).because(why));
    sheet.add(Figure::new("body of the fact of such a bill", Milli(body as u64), "kB"));
}

/// The derived tables made anew, as after an update that changed them.
fn rebuild(mut trial: Trial, path: &Path, sheet: &mut Sheet) -> Trial {
    let mut laps = Laps::default();
    for _ in 0..3 {
        let older = "UPDATE kept_layout SET fingerprint = 'older'";
        trial.shop.look().sql().execute(older, []).expect("the file is told that it is older");
        let Trial { shop, chance, stamp, items } = trial;
        drop(shop);
        let shop = laps.time(|| Shop::open(path, &key(), ROOMS).expect("the shop is rebuilt"));
        trial = Trial { shop, chance, stamp, items };
    }
    let figure = Figure::new("rebuild of 20,000 invoices and 100,000 items", Milli::ms(laps.wall(50)), "ms");
    // 1,000,000 invoices in ten minutes, by the share.
    sheet.add(figure.at_most(Milli::whole(12_000)).because("The items' rows are made anew as well."));
    trial
}

fn remove(path: &Path) {
    for end in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        let _ = fs::remove_file(PathBuf::from(name));
    }
}
