//! The roof's list of rooms: which facts each owns, which tables it derives, which tables are kept and why.

use crate::store::Room;
use crate::{cash, catalog, customer, gst, profile, records, sale, settings, staff, stock};

/// Every room that takes part in the journal.
pub const ROOMS: &[&Room] = &[
    &profile::ROOM,
    &staff::ROOM,
    &customer::ROOM,
    &catalog::ROOM,
    &settings::ROOM,
    &records::ROOM,
    &stock::ROOM,
    &cash::ROOM,
    &gst::supply::ROOM,
    &sale::ROOM,
];

/// Every table that cannot be derived from the journal, and why.
pub const KEPT: &[(&str, &str)] = &[
    ("kept_own_stream", "which stream this counter writes is no fact of the shop"),
    ("kept_day_key", "today's MAC key must not be derivable from yesterday's facts"),
    ("kept_person_key", "deleting a key is how a person is erased; it cannot be in a fact"),
    ("kept_clock_ahead", "how far a clock was ahead is about the arrival of a fact, not in it"),
    ("kept_step", "which steps of the kept tables this file has taken"),
    ("kept_layout", "the fingerprint of the derived tables as they are laid out here"),
    ("kept_setting", "settings of this PC, such as its paper"),
    ("kept_open_bill", "a bill that is still open has not happened yet"),
];
