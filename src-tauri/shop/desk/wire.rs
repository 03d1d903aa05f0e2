//! The desk as it crosses to the window.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::bills::wire::MomentView;
use crate::catalog::sample::Sample;
use crate::fault::{Fault, Words};
use crate::profile::wire::{ProfileRequest, ProfileView};
use crate::sale::wire::{PrintedView, QrView};
use crate::settings::{Language, Paper};
use crate::staff::wire::RoleView;
use crate::staff::{Deed, Role};

/// A request that says nothing.
#[derive(Debug, Deserialize, TS)]
pub struct Nothing {}

/// What the window finds when it starts.
#[derive(Debug, Serialize, TS)]
pub struct DeskView {
    pub stage: StageView,
    /// Why the shop does not open.
    pub fault: Option<Fault>,
    pub shop_name: Option<String>,
    pub people: Vec<PersonTile>,
    pub screen: Screen,
    pub data_dir: String,
    pub can_choose_file: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StageView {
    New,
    Locked,
    Open,
    /// The screen is locked; the shop is open behind it.
    Covered,
    Broken,
}

#[derive(Debug, Serialize, TS)]
pub struct PersonTile {
    pub slot: String,
    pub name: String,
    pub role: Words,
    /// Came in with PIN and code since the last full lock: the PIN alone is enough.
    pub pin_alone: bool,
    /// Stands at the counter.
    pub here: bool,
}

/// How this PC's screen looks; remembered outside the vault, since the lock screen needs it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Screen {
    pub theme: Theme,
    pub language: Language,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

#[derive(Deserialize, TS)]
pub struct SetupBeginRequest {
    pub shop_name: String,
    pub owner_name: String,
    pub pin: String,
    pub pin_again: String,
}

/// The phone's secret, as picture and as text.
#[derive(Serialize, TS)]
pub struct SetupBeginView {
    pub secret: String,
    pub uri: String,
    pub qr: QrView,
}

#[derive(Deserialize, TS)]
pub struct CodeRequest {
    pub code: String,
}

#[derive(Serialize, TS)]
pub struct RecoveryView {
    pub groups: Vec<String>,
    /// Which two groups are to be typed back, counted from 1.
    #[ts(type = "[number, number]")]
    pub ask: [usize; 2],
}

/// A sheet for the owner: to the printer, or into a folder.
#[derive(Deserialize, TS)]
pub struct SheetRequest {
    pub language: Language,
    #[ts(optional)]
    pub folder: Option<String>,
}

/// What became of a sheet.
#[derive(Serialize, TS)]
pub struct SheetView {
    pub printed: Option<PrintedView>,
    /// The printer's name, where it went there.
    pub printer: String,
    pub path: Option<String>,
}

#[derive(Deserialize, TS)]
pub struct GroupsRequest {
    pub answers: [String; 2],
}

#[derive(Deserialize, TS)]
pub struct KeyPlaceRequest {
    /// The folder on the key stick; none for the best place on this PC.
    pub stick: Option<String>,
}

#[derive(Serialize, TS)]
pub struct KeyPlaceView {
    /// Where this PC's own key will be, and what that protects.
    pub words: Words,
}

#[derive(Deserialize, TS)]
pub struct SetupFinishRequest {
    pub profile: ProfileRequest,
    pub counter_name: String,
    pub sample: Option<Sample>,
}

#[derive(Deserialize, TS)]
pub struct RecoverBeginRequest {
    pub code: String,
}

#[derive(Deserialize, TS)]
pub struct RecoverFinishRequest {
    pub owner_name: String,
    pub pin: String,
    pub pin_again: String,
}

#[derive(Deserialize, TS)]
pub struct UnlockRequest {
    pub slot: String,
    pub pin: String,
    pub code: String,
}

/// A login while the clock of this PC cannot be believed: two codes after each other.
#[derive(Deserialize, TS)]
pub struct UnlockLostRequest {
    pub slot: String,
    pub pin: String,
    pub code: String,
    pub next_code: String,
}

/// A shop that was just opened.
#[derive(Serialize, TS)]
pub struct OpenView {
    pub profile: ProfileView,
    pub counter_name: String,
    pub person: PersonView,
    pub day: String,
    pub settings: SettingsView,
    /// When this person last came in, before now.
    pub last_login: Option<MomentView>,
    /// What the owner should know before selling.
    pub notices: Vec<Fault>,
    /// What is in doubt about the records: nothing is sold or changed until the owner goes on.
    pub doubts: Vec<Fault>,
    /// The paper with the recovery code is to be looked for; an owner alone is told.
    pub paper: Option<PaperDueView>,
}

/// A paper that nobody has looked at for a year.
#[derive(Serialize, TS)]
pub struct PaperDueView {
    /// Which group is to be typed from it, counted from 1; none where none was kept.
    pub group: Option<u8>,
    /// When it was made or last looked at, where that is known.
    pub since: Option<String>,
}

#[derive(Deserialize, TS)]
pub struct PaperCheckRequest {
    /// What was typed; empty where the paper is to be looked at alone.
    pub group: String,
}

#[derive(Serialize, TS)]
pub struct PersonView {
    pub name: String,
    pub role: Words,
    pub code: Role,
    /// What the role may do at all.
    pub may: Vec<Deed>,
}

/// The settings of this PC and of this counter's bills.
#[derive(Serialize, TS)]
pub struct SettingsView {
    pub paper: Paper,
    pub paper_language: Language,
    pub round_to_rupee: bool,
    pub sound: u8,
    pub series_prefix: String,
    pub next_number: String,
    pub printer: String,
    pub counter_name: String,
    /// Idle minutes until the screen is locked, and until the shop is.
    pub screen_lock_min: u8,
    pub full_lock_min: u8,
    /// Where this PC's own key lies, and what that protects.
    pub key_place: Option<Words>,
}

#[derive(Deserialize, TS)]
pub struct SettingsSetRequest {
    #[ts(optional)]
    pub paper: Option<Paper>,
    #[ts(optional)]
    pub paper_language: Option<Language>,
    #[ts(optional)]
    pub round_to_rupee: Option<bool>,
    #[ts(optional)]
    pub sound: Option<u8>,
    #[ts(optional)]
    pub series_prefix: Option<String>,
    #[ts(optional)]
    pub counter_name: Option<String>,
    #[ts(optional)]
    pub screen_lock_min: Option<u8>,
    #[ts(optional)]
    pub full_lock_min: Option<u8>,
}

#[derive(Deserialize, TS)]
pub struct FolderRequest {
    pub path: String,
}

#[derive(Deserialize, TS)]
pub struct FileChooseRequest {
    /// An ending such as `csv`, or `folder`.
    pub kind: String,
}

#[derive(Serialize, TS)]
pub struct FileChooseView {
    pub path: Option<String>,
}

/// One person in the list of people.
#[derive(Serialize, TS)]
pub struct MemberView {
    pub staff: u32,
    pub name: String,
    pub role: Role,
    pub role_word: Words,
    /// When this person last came in.
    pub last_login: Option<MomentView>,
    /// Too many wrong tries: an owner lets them try again.
    pub locked_out: bool,
    /// Works here, but has no way in since all keys are new: an owner gives a phone and a PIN again.
    pub needs_way_in: bool,
    /// Whoever looks.
    pub me: bool,
}

/// Everybody, and the roles to choose from.
#[derive(Serialize, TS)]
pub struct PeopleView {
    pub people: Vec<MemberView>,
    pub roles: Vec<RoleView>,
}
