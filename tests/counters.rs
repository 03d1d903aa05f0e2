//! Several counters of one shop: in whatever order their facts reach each other, all end with the same tables.

mod support;

use std::collections::BTreeMap;

use pakka::id::StreamId;
use pakka::journal::chain::{leaf, link};
use pakka::journal::{Entry, Group};
use pakka::store::{Look, StoreError, Table, tables};
use pakka::{catalog, promises};
use proptest::prelude::*;
use support::deeds::{Deed, Till, cases, deed, deeds_of};
use support::{Counter, Seeded, sharma_stores};

/// A moment after everything these tests do: no fact is ahead of it.
const LATER: i64 = 2_000_000_000_000;

/// Every row of every derived table, as text.
type Tables = BTreeMap<String, Vec<String>>;

fn derived(look: Look<'_>) -> Tables {
    let mut all = Tables::new();
    for (table, kind) in tables(look.sql()).expect("tables") {
        if kind != Table::Derived {
            continue;
        }
        let mut statement = look.sql().prepare(&format!("SELECT * FROM {table}")).expect("a table");
        let columns = statement.column_count();
        let mut rows: Vec<String> = statement
            .query_map([], |row| {
                let cells = (0..columns).map(|place| row.get::<_, rusqlite::types::Value>(place));
                Ok(cells.map(|cell| cell.map(|cell| format!("{cell:?}"))).collect::<Result<Vec<_>, _>>()?.join(" | "))
            })
            .expect("rows")
            .collect::<Result<_, _>>()
            .expect("a row");
        rows.sort();
        all.insert(table, rows);
    }
    all
}

fn compare(here: &Tables, there: &Tables) {
    for (table, rows) in here {
        let others = &there[table];
        let only = |some: &[String], other: &[String]| {
            some.iter().filter(|row| !other.contains(row)).take(3).cloned().collect::<Vec<_>>()
        };
        assert!(rows == others, "{table} differs: here {:#?}, there {:#?}", only(rows, others), only(others, rows));
    }
}

/// Cuts a stream's facts after whole groups, into batches of about `size`.
fn batches(entries: &[Entry], size: usize) -> Vec<Vec<Entry>> {
    let mut all: Vec<Vec<Entry>> = vec![Vec::new()];
    for entry in entries {
        let group = entry.fact.group;
        let begins = entry.fact.seq == group.first;
        if begins && all.last().expect("one is there").len() >= size {
            all.push(Vec::new());
        }
        all.last_mut().expect("one is there").push(entry.clone());
    }
    all.retain(|batch| !batch.is_empty());
    all
}

/// Carries facts to a till from all others: batches of random size in random order, each stream's own order kept,
/// some batches twice. Only a part of them when `whole` is false.
fn deliver(tills: &mut [Till], to: usize, chance: &mut Seeded, whole: bool) {
    let wall_ms = tills.iter().map(|till| till.counter.stamp.wall_ms).max().expect("a till");
    let mut waiting: Vec<(usize, Vec<Vec<Entry>>)> = Vec::new();
    for (from, till) in tills.iter().enumerate().filter(|(from, _)| *from != to) {
        let facts = till.counter.shop.look().facts_since(till.counter.shop.stream(), 0).expect("facts");
        let mut parts = batches(&facts, 1 + chance.below(12) as usize);
        if !whole {
            parts.truncate(parts.len() / 2 + 1);
        }
        parts.reverse();
        waiting.push((from, parts));
    }
    while !waiting.is_empty() {
        let which = chance.below(waiting.len() as u64) as usize;
        let from = waiting[which].0;
        let batch = waiting[which].1.pop().expect("only those with batches wait");
        let people = tills[from].counter.shop.look().people().expect("keys");
        let shop = &mut tills[to].counter.shop;
        shop.receive(&batch, &people, wall_ms).expect("facts that follow are taken in");
        if chance.below(3) == 0 {
            assert_eq!(
                shop.receive(&batch, &people, wall_ms).expect("a second time"),
                0,
                "what is there is passed over"
            );
        }
        waiting.retain(|(_, parts)| !parts.is_empty());
    }
    let till = &mut tills[to];
    till.goods.clear();
    catalog::each(till.counter.shop.look(), |item| till.goods.push(item)).expect("items");
    till.goods.sort_by_key(|item| item.id);
    till.counter.build_index();
}

fn open(prefixes: &[&str], seed: u64) -> Vec<Till> {
    let till = |(place, prefix): (usize, &&str)| {
        Till::new(Counter::new(&sharma_stores(), prefix, seed.wrapping_add(place as u64 * 7919)), prefix)
    };
    prefixes.iter().enumerate().map(till).collect()
}

/// Sells on every counter, lets half of it through, sells on, lets all of it through.
fn trade(tills: &mut [Till], days: &[Vec<Vec<Deed>>], chance: &mut Seeded) {
    for (round, day) in days.iter().enumerate() {
        for (till, deeds) in tills.iter_mut().zip(day) {
            deeds.iter().for_each(|deed| till.does(deed));
        }
        for to in 0..tills.len() {
            deliver(tills, to, chance, round + 1 == days.len());
        }
    }
    for till in tills.iter_mut() {
        // The numbers of one year are counted by each counter alone, whatever the others made.
        till.counter.check_promises();
        till.counter.check_rebuild();
    }
    let first = derived(tills[0].counter.shop.look());
    for till in &tills[1..] {
        compare(&first, &derived(till.counter.shop.look()));
    }
}

fn days(counters: usize, most: usize) -> impl Strategy<Value = Vec<Vec<Vec<Deed>>>> {
    let deeds = prop::collection::vec(deed(), 5..most);
    prop::collection::vec(prop::collection::vec(deeds, counters), 2..4)
}

proptest! {
    #![proptest_config(cases(10))]

    #[test]
    fn two_counters_end_with_the_same_tables(days in days(2, 25), seed in any::<u64>()) {
        trade(&mut open(&["A", "B"], seed), &days, &mut Seeded(seed));
    }
}

proptest! {
    #![proptest_config(cases(4))]

    #[test]
    fn three_counters_end_with_the_same_tables(days in days(3, 20), seed in any::<u64>()) {
        trade(&mut open(&["A", "B", "C"], seed), &days, &mut Seeded(seed));
    }
}

#[test]
fn a_number_used_by_two_counters_is_told_on_both_alike() {
    let mut tills = open(&["A", "A"], 5);
    for till in &mut tills {
        for deed in deeds_of(11, 120) {
            till.does(&deed);
        }
    }
    for to in 0..2 {
        deliver(&mut tills, to, &mut Seeded(to as u64), true);
    }
    let first = derived(tills[0].counter.shop.look());
    compare(&first, &derived(tills[1].counter.shop.look()));
    assert!(first["conflict"].iter().any(|row| row.contains("number_twice")), "{:#?}", first["conflict"]);
    let broken = promises::check(tills[0].counter.shop.look()).expect("the shop is read");
    assert!(broken.iter().all(|broken| broken.promise.contains("no gap")), "{broken:#?}");
}

#[test]
fn an_item_removed_elsewhere_before_its_coming_is_known_leaves_the_same_row() {
    let mut tills = open(&["A", "B", "C"], 8);
    tills[0].does(&Deed::Import { seed: 1 });
    deliver(&mut tills, 1, &mut Seeded(1), true);
    tills[1].imports = tills[0].imports.clone();
    tills[1].does(&Deed::UndoImport { import: 0 });
    assert!(tills[1].refused.is_empty());
    let stream = |till: &Till| till.counter.shop.look().facts_since(till.counter.shop.stream(), 0).expect("facts");
    // To C comes first what B did with A's goods, then A's goods; to A only what is new there.
    let (ours, theirs) = (stream(&tills[0]), stream(&tills[1]));
    for (to, facts) in [(2, &theirs), (2, &ours), (0, &theirs)] {
        let shop = &mut tills[to].counter.shop;
        shop.receive(facts, &[], LATER).expect("facts that follow");
    }
    let third = stream(&tills[2]);
    for to in [0, 1] {
        tills[to].counter.shop.receive(&third, &[], LATER).expect("facts that follow");
    }
    let first = derived(tills[0].counter.shop.look());
    for till in &tills[1..] {
        compare(&first, &derived(till.counter.shop.look()));
    }
}

/// Two counters, the second with nothing of the first, and the first one's facts.
fn one_way() -> (Vec<Till>, Vec<Entry>) {
    let mut tills = open(&["A", "B"], 3);
    for deed in deeds_of(3, 80) {
        tills[0].does(&deed);
    }
    tills[0].does(&Deed::Import { seed: 2 });
    let look = tills[0].counter.shop.look();
    let facts = look.facts_since(tills[0].counter.shop.stream(), 0).expect("facts");
    (tills, facts)
}

fn refuses(till: &mut Till, facts: &[Entry], what: &str) -> StoreError {
    let before = derived(till.counter.shop.look());
    let people = |till: &Till| till.counter.shop.look().people().expect("keys");
    let (keys, wall_ms) = (people(till), till.counter.stamp.wall_ms + 400 * 86_400_000);
    let mut chance = Seeded(9);
    let stranger = (pakka::id::PersonId::make(&mut chance), [1; 32]);
    let refused = till.counter.shop.receive(facts, &[stranger], wall_ms).expect_err(what);
    compare(&before, &derived(till.counter.shop.look()));
    assert_eq!(people(till), keys, "{what}: no key was taken in");
    till.counter.check_promises();
    refused
}

#[test]
fn a_changed_fact_or_a_gap_takes_nothing_in() {
    let (mut tills, facts) = one_way();
    let to = &mut tills[1];
    for place in [0, facts.len() / 2, facts.len() - 1] {
        let mut changed = facts.clone();
        let last = changed[place].fact.body.len() - 1;
        changed[place].fact.body[last] ^= 1;
        assert!(matches!(refuses(to, &changed, "a changed body"), StoreError::Chain(_)));
        let mut later = facts.clone();
        later[place].fact.wall_ms += 1;
        assert!(matches!(refuses(to, &later, "another time"), StoreError::Chain(_)));
        let mut other = facts.clone();
        other[place].fact.stream = StreamId::new([4; 16]);
        assert!(matches!(refuses(to, &other, "another stream"), StoreError::Chain(_)));
    }
    for place in [0, facts.len() / 2] {
        let mut gap = facts.clone();
        gap.remove(place);
        assert!(matches!(refuses(to, &gap, "a gap"), StoreError::Chain(_)));
    }
    let mut swapped = facts.clone();
    swapped.swap(3, 4);
    assert!(matches!(refuses(to, &swapped, "out of order"), StoreError::Chain(_)));
}

#[test]
fn an_act_that_arrives_cut_takes_nothing_in() {
    let (mut tills, facts) = one_way();
    let inside = facts.iter().rposition(|entry| entry.fact.group.count > 2).expect("an import is there");
    assert!(matches!(refuses(&mut tills[1], &facts[..inside], "a cut group"), StoreError::Chain(_)));
    let whole = tills[1].counter.shop.receive(&facts, &[], LATER).expect("the whole");
    assert_eq!(whole, facts.len() as u64);
}

/// The facts with one more at their end, made by a program that knows more than this one.
fn with_one_more(facts: &[Entry], change: impl FnOnce(&mut Entry)) -> Vec<Entry> {
    let mut all = facts.to_vec();
    let mut next = all.last().expect("facts").clone();
    next.fact.seq += 1;
    next.fact.group = Group { first: next.fact.seq, count: 1 };
    change(&mut next);
    next.hash = link(next.fact.stream, next.fact.seq, &all.last().expect("facts").hash, &leaf(&next.fact));
    all.push(next);
    all
}

#[test]
fn a_fact_of_a_newer_program_takes_nothing_in() {
    let (mut tills, facts) = one_way();
    let version = with_one_more(&facts, |entry| entry.fact.version = 2);
    assert!(matches!(refuses(&mut tills[1], &version, "a later version"), StoreError::NewerFact));
    let kind = with_one_more(&facts, |entry| entry.fact.kind = "loyalty.points_given".into());
    assert!(matches!(refuses(&mut tills[1], &kind, "an unknown kind"), StoreError::NewerFact));
}

#[test]
fn a_clock_far_ahead_elsewhere_does_not_move_ours_even_after_a_start() {
    let mut tills = open(&["A", "B"], 21);
    tills[0].counter.stamp.wall_ms += 3 * 365 * 86_400_000;
    tills[0].does(&Deed::NewItem { number: 1 });
    let facts = tills[0].counter.shop.look().facts_since(tills[0].counter.shop.stream(), 0).expect("facts");
    let ours = tills.pop().expect("two tills").counter;
    let wall_ms = ours.stamp.wall_ms;
    let last_hlc = |counter: &Counter| {
        let (seq, _) = counter.shop.head().expect("a head");
        counter.shop.look().facts_since(counter.shop.stream(), seq - 1).expect("facts")[0].fact.hlc >> 16
    };
    let mut ours = Till { counter: ours, ..tills.pop().expect("the other till") };
    ours.counter.shop.receive(&facts, &[], wall_ms).expect("no fact is refused for its time");
    ours.counter.reopen_in_place();
    let request = support::deeds::request(&ours.goods[0], "After the start", "Z1", "10", "gst5");
    let request = pakka::catalog::wire::CatalogSetRequest { item: None, barcodes: Vec::new(), ..request };
    ours.counter.set_item(&request);
    assert!(last_hlc(&ours.counter) <= (wall_ms + 3_600_000) as u64, "our clock was dragged along");
    ours.counter.check_promises();
    ours.counter.check_rebuild();
}
