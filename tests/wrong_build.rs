//! A Pakka that was linked to an SQLite without encryption makes no shop and opens none (security.md §6, row 15).
//!
//! Built apart: `cargo test -p pakka --no-default-features --features plain-sqlite --test wrong_build`.

use std::fs;

use pakka::exchange::ROOMS;
use pakka::id::{StaffId, StreamId};
use pakka::stamp::Stamp;
use pakka::store::{Beginning, Shop, StoreError};
use pakka::vault::Key;

#[test]
fn a_build_without_encryption_makes_and_opens_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (place, key) = (folder.path().join("shop.db"), Key::new(&[7; 32]));
    let beginning = Beginning { stream: StreamId::new([1; 16]), epoch: 1, epoch_key: [2; 32] };
    let stamp =
        Stamp { wall_ms: 1_795_291_200_000, offset_min: 330, uptime_ms: 5, staff: StaffId::SETUP, approver: None };
    let refused = Shop::make(&place, &key, ROOMS, &beginning, &stamp).err().expect("refused");
    assert!(matches!(refused, StoreError::NoCipher), "{refused}");
    assert!(!place.exists() || fs::read(&place).expect("read").is_empty(), "something was written in clear");
    fs::write(&place, b"").expect("an empty file");
    let refused = Shop::open(&place, &key, ROOMS).err().expect("refused");
    assert!(matches!(refused, StoreError::NoCipher), "{refused}");
    assert_eq!(fs::read(&place).expect("read"), b"");
}
