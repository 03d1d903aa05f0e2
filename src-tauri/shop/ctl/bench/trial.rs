//! A shop to measure: a real file in a folder of its own, with made-up goods, a set clock and repeating chance.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use pakka::catalog::csv::Sheet;
use pakka::catalog::generator::{Mess, generate_csv};
use pakka::catalog::mapping::Mapping;
use pakka::catalog::{self, Item};
use pakka::exchange::ROOMS;
use pakka::id::{StaffId, StreamId};
use pakka::price::Scheme;
use pakka::profile::wire::ProfileRequest;
use pakka::profile::{self, ProfileError, Turnover};
use pakka::sale::actions;
use pakka::sale::{Bill, SaleError};
use pakka::staff;
use pakka::stamp::{Chance, Stamp};
use pakka::store::{Act, Beginning, Shop, StoreError};
use pakka::vault::Key;

/// A folder that is removed with everything in it.
pub struct Folder(PathBuf);

impl Folder {
    /// A new folder inside another; fails when one of this name is there.
    pub fn make(within: &Path) -> io::Result<Folder> {
        fs::create_dir_all(within)?;
        let path = std::path::absolute(within.join(format!("pakka-bench-{}", std::process::id())))?;
        fs::create_dir(&path)?;
        Ok(Folder(path))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Numbers that repeat for a seed (SplitMix64); not for secrets.
pub struct Seeded(pub u64);

impl Seeded {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[(self.next() % from.len() as u64) as usize]
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

/// 22 November 2026, 08:02 in India.
pub const MORNING_MS: i64 = 1_795_314_720_000;

/// The shop that is measured: registered, in Maharashtra.
pub fn profile() -> ProfileRequest {
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

/// A shop with goods and nothing sold.
pub struct Trial {
    pub shop: Shop,
    pub chance: Seeded,
    pub stamp: Stamp,
    pub items: Vec<Item>,
}

const KEY: [u8; 32] = [7; 32];

impl Trial {
    /// Makes a shop in a folder, with so many items taken in from a spreadsheet.
    pub fn make(path: &Path, items: usize) -> Trial {
        let mut chance = Seeded(items as u64 + 1);
        let stamp =
            Stamp { wall_ms: MORNING_MS, offset_min: 330, uptime_ms: 60_000, staff: StaffId::SETUP, approver: None };
        let beginning = Beginning { stream: StreamId::make(&mut chance), epoch: 1, epoch_key: [9; 32] };
        let shop = Shop::make(path, &key(), ROOMS, &beginning, &stamp).expect("a new shop is made");
        let mut trial = Trial { shop, chance, stamp, items: Vec::new() };
        trial.stamp.staff = trial
            .act(|act| {
                profile::actions::set(act, &profile())?;
                profile::actions::name_counter(act, "Counter A")?;
                profile::actions::set_series(act, "A")?;
                Ok::<_, ProfileError>(staff::actions::add_owner(act, "Meena Sharma", "00")?)
            })
            .expect("the shop is set up");
        let sheet = Sheet::read(&generate_csv(items, 1, Mess::None)).expect("made-up goods are a sheet");
        let mapping = Mapping::guess(&sheet.headers);
        trial.items = trial
            .act(|act| catalog::actions::import(act, "goods.csv", &sheet, &mapping, &mut |_, _| ()))
            .expect("made-up goods are taken in")
            .1;
        trial
    }

    /// One act, a second after the one before; a sale every second is a busy shop.
    pub fn act<T, E: From<StoreError>>(&mut self, act: impl FnOnce(&mut Act<'_>) -> Result<T, E>) -> Result<T, E> {
        self.stamp.wall_ms += 1000;
        self.stamp.uptime_ms += 1000;
        self.shop.act(&self.stamp, &mut self.chance, act)
    }

    /// So many different items, drawn evenly from all: the worst case for every cache.
    pub fn draw(&mut self, count: usize) -> Vec<Item> {
        (0..count).map(|_| self.chance.pick(&self.items).clone()).collect()
    }

    /// Puts a bill of five lines on the counter.
    pub fn ring_up(&mut self) -> Bill {
        let items = self.draw(5);
        self.act(|act| put(act, &items)).expect("goods are rung up")
    }

    /// Sells so many bills of five lines, a hundred to one flush.
    pub fn sell(&mut self, bills: usize) {
        for first in (0..bills).step_by(100) {
            let baskets: Vec<Vec<Item>> = (first..bills.min(first + 100)).map(|_| self.draw(5)).collect();
            self.act(|act| {
                for items in &baskets {
                    let bill = put(act, items)?;
                    actions::seal(act, bill.id, &[])?;
                }
                Ok::<_, SaleError>(())
            })
            .expect("bills are sold");
        }
    }
}

fn put(act: &mut Act<'_>, items: &[Item]) -> Result<Bill, SaleError> {
    let mut bill = actions::current(act)?;
    for item in items {
        bill = actions::add(act, item.id, None)?;
    }
    Ok(bill)
}

/// The key of every shop that is measured.
pub fn key() -> Key {
    Key::new(&KEY)
}
