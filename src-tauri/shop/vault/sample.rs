//! What the vault's tests share: counting bytes, a chance that counts, and a whole shop with phone and paper.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;

use super::header::{self, Header};
pub use super::slot::trial::CHEAP;
use super::totp::TotpSecret;
use super::*;
use crate::id::VaultId;
use crate::stamp::Chance;

/// Bytes that count upwards from the first, as the vectors write them.
pub fn array<const N: usize>(first: u8) -> [u8; N] {
    std::array::from_fn(|place| first.wrapping_add(place as u8))
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A chance that never gives the same bytes twice and always gives the same run of them.
pub struct Counting(pub u64);

impl Chance for Counting {
    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = (self.0 >> 56) as u8;
        }
    }
}

pub const NOON: i64 = 1_795_291_200_000;
pub const PIN: &str = "40718293";

/// A moment so many seconds after noon; the machine was started an hour before.
pub fn after(seconds: i64) -> Now {
    Now { wall_ms: NOON + seconds * 1000, uptime_ms: (3_600 + seconds) as u64 * 1000 }
}

pub fn pin(text: &str) -> Pin {
    Pin::choose_owner(text).expect("a PIN an owner may choose")
}

pub fn names(shop: &str) -> RosterNames {
    RosterNames { shop: shop.to_owned(), person: "Asha".to_owned() }
}

/// The keys of an open vault that must not outlive it, by what they are.
pub fn secrets_of(unlocked: &Unlocked) -> Vec<(&'static str, Vec<u8>)> {
    let root = unlocked.keys.root().expect("an owner's").expose().to_vec();
    vec![("root key", root), ("database key", unlocked.keys.db().expose().to_vec())]
}

/// The phone: reads the secret that the set-up screen shows.
pub struct Phone(pub(super) TotpSecret);

impl Phone {
    pub fn paired(draft: &Draft) -> Phone {
        let phone = Phone::of_uri(&draft.uri("Sharma Stores", "Asha"));
        assert_eq!(draft.secret_text(), phone.0.text());
        phone
    }

    pub fn of_uri(uri: &str) -> Phone {
        let text = uri.split_once("secret=").and_then(|(_, rest)| rest.split_once('&')).expect("a secret").0;
        let secret = totp_rs::Secret::try_from_base32(text).expect("base32");
        Phone(TotpSecret::read(secret.as_ref()).expect("twenty bytes"))
    }

    /// The twenty bytes that phone and vault share.
    pub fn secret(&self) -> &[u8] {
        self.0.expose()
    }

    /// The secret as it is typed, without the gaps.
    pub fn typed(&self) -> String {
        self.0.text().replace(' ', "")
    }

    pub fn code(&self, seconds: i64) -> String {
        self.0.code_at(after(seconds).wall_ms)
    }
}

/// A shop's PC with what lies beside it: the phone and the paper.
pub struct Shop {
    _folder: TempDir,
    pub places: Places,
    pub phone: Phone,
    pub paper: String,
    pub slot: SlotId,
    pub db: Key,
    pub root: Key,
    pub vault: VaultId,
}

/// Lets everybody try again at once.
pub fn forgive(shop: &Shop) {
    let door = approach::Door::approach(&shop.places, approach::Clock::Lost, after(0)).expect("whole");
    let mut throttle = door.throttle;
    for slot in door.header.people() {
        throttle.forgive(&slot.head.id).expect("written");
    }
}

pub fn places() -> (TempDir, Places) {
    let folder = tempfile::tempdir().expect("a folder");
    let places = Places {
        vault: folder.path().join("vault"),
        device: folder.path().join("device"),
        keystore: Arc::new(keystore::trial::Memory),
    };
    (folder, places)
}

/// Lets this test derive keys at the least cost, with tables of six days.
pub fn cheaply() {
    slot::trial::allow_cheap();
    table::trial::reach(6);
}

/// Types back what the set-up asks for, half a minute before the given moment.
pub fn prove(draft: &mut Draft, seconds: i64) -> (Phone, String) {
    let phone = Phone::paired(draft);
    draft.check_code(&phone.code(seconds - 30), after(seconds - 30).wall_ms).expect("the phone's code");
    let groups = draft.recovery_groups();
    for number in draft.asked_groups() {
        draft.check_group(number, &groups[number - 1]).expect("as on the paper");
    }
    (phone, groups.join("-"))
}

pub fn set_up() -> Shop {
    set_up_with(1)
}

pub fn set_up_with(start: u64) -> Shop {
    cheaply();
    let (folder, places) = places();
    let mut chance = Counting(start);
    assert_eq!(find(&places), Ok(Found::New));
    let mut draft = Draft::make(&mut chance);
    let (phone, paper) = prove(&mut draft, 0);
    assert!(!places.vault.exists() && !places.device.exists(), "a draft lies in memory alone");
    let open =
        draft.write(&places, &pin(PIN), &names("Sharma Stores"), CHEAP, after(0), &mut chance).expect("a new shop");
    let (slot, db, vault) = (open.slot, open.keys.db(), open.vault);
    let root = Key::new(open.keys.root().expect("an owner").expose());
    Shop { _folder: folder, places, phone, paper, slot, db, root, vault }
}

impl Shop {
    pub fn log_in(&self, typed: &str, code: &str, seconds: i64) -> Result<Unlocked, VaultError> {
        unlock(&self.places, self.slot, &Pin::typed(typed).expect("short"), code, after(seconds))
    }

    /// A copy of the vault's folder on a machine with a device secret of its own making.
    pub fn other_device(&self) -> Places {
        let near = |name: &str| self.places.device.with_file_name(name);
        let others = Places { vault: near("other-vault"), device: near("other-device"), ..self.places.clone() };
        fs::create_dir_all(others.vault.join("totp")).expect("made");
        for name in file::names(&self.places.vault).expect("a folder").iter().filter(|name| *name != "totp") {
            fs::copy(self.places.vault.join(name), others.vault.join(name)).expect("copied");
        }
        for name in self.tables() {
            fs::copy(self.places.vault.join("totp").join(&name), others.vault.join("totp").join(&name))
                .expect("copied");
        }
        let store = device::store(device::FILE, &others, &self.vault).expect("a file");
        store.keep(&self.vault, 1, &Key::new(&[3; 32])).expect("kept");
        others
    }

    pub fn tables(&self) -> Vec<String> {
        file::names(&self.places.vault.join("totp")).expect("a folder")
    }

    pub fn paper(&self) -> RecoveryCode {
        RecoveryCode::read(&self.paper).expect("as printed")
    }

    pub fn roster(&self) -> Roster {
        match find(&self.places).expect("whole") {
            Found::Locked(roster) => roster,
            Found::New => panic!("the shop is gone"),
        }
    }

    /// Writes the header, state and throttle as the first program did: the PIN alone makes the key.
    pub fn make_kind_two(&self) {
        let (mut header, _) = self.header();
        let store = device::store(header.device_location, &self.places, &header.vault).expect("a file");
        let (_, device) = store.fetch(&header.vault, header.generation).expect("the secret");
        let head = slot::SlotHead { kind: slot::Kind::Checked, ..header.slots[0].head };
        let root = Key::new(self.root.expose());
        let ring = KeyRing::new(Key::new(self.root.expose()), self.vault);
        let keys = derive::derive_slot_keys(&pin(PIN), derive::NO_TARGET, &device, &self.vault, &head).expect("cheap");
        let bundle = bundle::Bundle { root: Some(root), totp: Some(self.phone.0.copy()), ..Default::default() };
        let admin = header::owner_key(&ring).expect("an owner");
        let escrow = Some((&self.phone.0, derive::NO_TARGET, &admin));
        header.slots[0] = slot::Slot::seal(head, &keys, &bundle, escrow, &mut Counting(99));
        header::save(&self.places.vault, &header.sign(&ring).expect("an owner")).expect("written");
        for name in ["witness.1", "throttle.1"] {
            fs::remove_file(self.places.device.join(name)).expect("there");
        }
        fs::remove_dir_all(self.places.vault.join("totp")).expect("there");
    }

    pub(super) fn header(&self) -> (Header, Vec<u8>) {
        header::load(&self.places.vault).expect("whole").expect("there")
    }
}

pub fn remove(folder: &Path, start: &str) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start)) {
            fs::remove_file(path).expect("removed");
        }
    }
}
