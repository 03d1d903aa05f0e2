//! A counter for tests: a real shop file in a folder of its own, a clock that is set, chance that repeats.

#![allow(dead_code, reason = "every test file uses its own part of this")]

pub mod deeds;
pub mod front;
pub mod killed;

use std::path::PathBuf;

use pakka::catalog::wire::{CatalogSetRequest, index_entry};
use pakka::catalog::{self, Item};
use pakka::day::Day;
use pakka::exchange::ROOMS;
use pakka::find::Index;
use pakka::gst::state::State;
use pakka::id::{StaffId, StreamId};
use pakka::price::Scheme;
use pakka::profile::wire::ProfileRequest;
use pakka::profile::{ProfileError, Turnover};
use pakka::sale::actions::OpenBill;
use pakka::sale::{Bill, SaleError, actions};
use pakka::stamp::{Chance, Stamp};
use pakka::store::{Act, Beginning, Shop, StoreError};
use pakka::vault::Key;
use pakka::{profile, promises, staff};
use tempfile::TempDir;

/// Bytes that repeat for a seed (SplitMix64).
#[derive(Clone)]
pub struct Seeded(pub u64);

impl Seeded {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}

impl Chance for Seeded {
    fn fill(&mut self, bytes: &mut [u8]) {
        for part in bytes.chunks_mut(8) {
            let word = self.next().to_le_bytes();
            part.copy_from_slice(&word[..part.len()]);
        }
    }
}

/// The registered shop in Maharashtra that most stories play in.
pub fn sharma_stores() -> ProfileRequest {
    ProfileRequest {
        name: "Sharma Stores".into(),
        legal_name: "Rajesh Mohanlal Sharma".into(),
        street: "Shop 4, Mayur Colony, Kothrud".into(),
        city: "Pune".into(),
        pin_code: "411038".into(),
        state: "27".into(),
        gstin: "27AAPFU0939F1ZV".into(),
        scheme: Scheme::Regular,
        turnover: Turnover::UptoFiveCrore,
        phone: "020 2545 0117".into(),
        fssai: "11523034000417".into(),
        upi_id: "sharmastores@okbank".into(),
        footer: "Goods once sold are exchanged within 7 days with this bill.".into(),
    }
}

/// One counter with its own file, stream and series.
pub struct Counter {
    pub shop: Shop,
    pub chance: Seeded,
    pub stamp: Stamp,
    pub index: Index,
    pub path: PathBuf,
    key: [u8; 32],
    folder: Option<TempDir>,
}

impl Counter {
    /// A fresh shop whose bills are numbered under `prefix`.
    pub fn new(profile: &ProfileRequest, prefix: &str, seed: u64) -> Counter {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("shop.db");
        let mut counter = Counter::at(path, profile, prefix, seed);
        counter.folder = Some(folder);
        counter
    }

    /// A fresh shop in a file of a given place.
    pub fn at(path: PathBuf, profile: &ProfileRequest, prefix: &str, seed: u64) -> Counter {
        let mut chance = Seeded(seed);
        let key = [7; 32];
        // 22 November 2026, 08:02 in India.
        let stamp = Stamp {
            wall_ms: 1_795_314_720_000,
            offset_min: 330,
            uptime_ms: 60_000,
            staff: StaffId::SETUP,
            approver: None,
        };
        let beginning = Beginning { stream: StreamId::make(&mut chance), epoch: 1, epoch_key: [9; 32] };
        let shop = Shop::make(&path, &Key::new(&key), ROOMS, &beginning, &stamp).expect("a new shop");
        let mut counter = Counter { shop, chance, stamp, index: Index::build([]), path, key, folder: None };
        let staff = counter
            .act(|act| {
                profile::actions::set(act, profile)?;
                profile::actions::name_counter(act, &format!("Counter {prefix}"))?;
                profile::actions::set_series(act, prefix)?;
                Ok::<_, ProfileError>(staff::actions::add_owner(act, "Meena", "00")?)
            })
            .expect("the shop is set up");
        counter.stamp.staff = staff;
        counter
    }

    /// The shop of a file that is there, as after a start.
    pub fn reopen(path: PathBuf, seed: u64) -> Counter {
        let key = [7; 32];
        let shop = Shop::open(&path, &Key::new(&key), ROOMS).expect("the shop opens");
        let stamp = Stamp {
            wall_ms: 1_795_350_000_000,
            offset_min: 330,
            uptime_ms: 90_000,
            staff: StaffId::SETUP,
            approver: None,
        };
        let mut counter =
            Counter { shop, chance: Seeded(seed), stamp, index: Index::build([]), path, key, folder: None };
        counter.build_index();
        counter
    }

    /// Closes the file and opens it again, as a start does.
    pub fn reopen_in_place(&mut self) {
        let elsewhere = tempfile::tempdir().expect("a folder");
        let beginning = Beginning { stream: StreamId::new([1; 16]), epoch: 1, epoch_key: [9; 32] };
        let other = Shop::make(&elsewhere.path().join("other.db"), &self.key(), ROOMS, &beginning, &self.stamp);
        drop(std::mem::replace(&mut self.shop, other.expect("another shop")));
        self.shop = Shop::open(&self.path, &self.key(), ROOMS).expect("the shop opens");
    }

    pub fn key(&self) -> Key {
        Key::new(&self.key)
    }

    pub fn act<T, E: From<StoreError>>(&mut self, act: impl FnOnce(&mut Act<'_>) -> Result<T, E>) -> Result<T, E> {
        self.stamp.wall_ms += 1000;
        self.stamp.uptime_ms += 1000;
        self.shop.act(&self.stamp, &mut self.chance, act)
    }

    pub fn today(&self) -> Day {
        self.stamp.day()
    }

    /// Adds an item with the tax in its price.
    pub fn add_item(&mut self, name: &str, code: &str, barcode: &str, price: &str, class: &str, unit: &str) -> Item {
        let request = CatalogSetRequest {
            item: None,
            name: name.into(),
            name_second: String::new(),
            short_code: code.into(),
            barcodes: if barcode.is_empty() { Vec::new() } else { vec![barcode.into()] },
            hsn: "3401".into(),
            is_service: false,
            unit: unit.into(),
            mrp: String::new(),
            price: price.into(),
            inclusive: true,
            rate_class: class.into(),
            category: String::new(),
            favourite: String::new(),
            active: true,
            opening_stock: "100".into(),
        };
        self.set_item(&request)
    }

    pub fn set_item(&mut self, request: &CatalogSetRequest) -> Item {
        let item = self.act(|act| catalog::actions::set(act, request)).expect("an item");
        self.index.set(&index_entry(&item));
        item
    }

    pub fn build_index(&mut self) {
        let mut entries = Vec::new();
        catalog::each_entry(self.shop.look(), |entry| entries.push(entry)).expect("items are read");
        self.index = Index::build(entries);
    }

    /// The open bill with its prices.
    pub fn open(&mut self) -> OpenBill {
        let bill = self.act(actions::current).expect("there is always a bill");
        self.priced(bill).expect("what is on a bill has its price")
    }

    pub fn priced(&self, bill: Bill) -> Result<OpenBill, SaleError> {
        actions::open(self.shop.look(), bill, self.today())
    }

    /// Panics with every promise that does not hold.
    pub fn check_promises(&self) {
        let broken = promises::check(self.shop.look()).expect("the shop is read");
        assert!(broken.is_empty(), "{broken:#?}");
    }

    /// Panics when a rebuild from the journal gives other tables than these.
    pub fn check_rebuild(&self) {
        let scratch = self.path.with_extension("scratch");
        let differences = self.shop.compare_with_rebuild(&scratch, &self.key()).expect("a rebuild");
        assert!(differences.is_empty(), "{differences:#?}");
    }
}

/// The State of a code in a story.
pub fn state(code: &str) -> State {
    State::read(code).expect("a State")
}
