//! The store: one encrypted file, one way in for reading and one way in for change.
//!
//! Owns the connection, the transaction, the table of conflicts and the keys of persons. It hands a
//! [`Look`] to whoever reads and an [`Act`] to whoever changes; the only change there is, is
//! [`Act::commit`]: append facts to the journal and apply each to the derived tables of its room. It is
//! given the list of rooms and knows none of them.

mod apply;
mod error;
mod open;
mod people;
mod rebuild;
mod rekey;
pub mod shut;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use apply::Apply;
pub use error::StoreError;
pub use rebuild::{Difference, Table, tables};

use crate::id::{PersonId, StreamId};
use crate::journal::book::{self, Pen};
use crate::journal::chain;
use crate::journal::{Draft, Entry, Fact, Hlc};
use crate::stamp::{Chance, Stamp};
use crate::vault::Key;

/// One room's part in the journal: the kinds of fact it owns, its derived tables, how a fact changes them.
pub struct Room {
    pub name: &'static str,
    pub kinds: &'static [&'static str],
    /// Kinds whose body is past its first version, with the latest; the room reads the earlier ones too.
    pub later: &'static [(&'static str, u16)],
    /// Derived tables, as SQL; a change of this text rebuilds the file.
    pub tables: &'static str,
    /// Kept tables, as dated steps that only go forward: (name, SQL).
    pub migrations: &'static [(&'static str, &'static str)],
    /// The only writer of the derived tables: deterministic, refuses nothing, sees no clock and no setting.
    pub apply: fn(&mut Apply<'_>, &Fact) -> rusqlite::Result<()>,
}

/// What makes a new file: whose stream it is and the first key of its MAC.
pub struct Beginning {
    pub stream: StreamId,
    pub epoch: u32,
    pub epoch_key: chain::Hash,
}

/// Where this counter's stream stood when an epoch of its keys ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    pub epoch: u32,
    pub seq: u64,
    pub hash: chain::Hash,
}

/// The open file of one shop.
pub struct Shop {
    conn: Connection,
    path: PathBuf,
    rooms: &'static [&'static Room],
    pen: Pen,
}

/// Reads the shop as it stands.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    conn: &'a Connection,
}

/// One act of one person at one moment: everything in it happens, or nothing does.
pub struct Act<'a> {
    conn: &'a Connection,
    rooms: &'static [&'static Room],
    pen: &'a mut Pen,
    stamp: Stamp,
    chance: &'a mut dyn Chance,
}

impl Shop {
    /// Makes a new, empty shop file.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when a file is there already; it is never written over.
    pub fn make(
        path: &Path,
        key: &Key,
        rooms: &'static [&'static Room],
        beginning: &Beginning,
        stamp: &Stamp,
    ) -> Result<Shop, StoreError> {
        if path.exists() {
            return Err(StoreError::Exists);
        }
        let mut conn = open::connect(path, key, open::Want::New)?;
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        open::lay_out(&tx, rooms)?;
        Pen::begin(&tx, beginning.stream, beginning.epoch, &beginning.epoch_key, stamp.day())?;
        tx.commit()?;
        let pen = Pen::take(&conn)?;
        Ok(Shop { conn, path: path.to_owned(), rooms, pen })
    }

    /// Opens a shop file; one whose derived tables were laid out by an older program is rebuilt first.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::Newer`], [`StoreError::Unreadable`] (wrong key or damage).
    pub fn open(path: &Path, key: &Key, rooms: &'static [&'static Room]) -> Result<Shop, StoreError> {
        if !path.exists() {
            return Err(StoreError::Missing);
        }
        let mut conn = open::connect(path, key, open::Want::Existing)?;
        open::migrate(&mut conn, rooms)?;
        if !open::is_current(&conn, rooms)? {
            drop(conn);
            rebuild::swap(path, key, rooms)?;
            conn = open::connect(path, key, open::Want::Existing)?;
        }
        let pen = Pen::take(&conn)?;
        Ok(Shop { conn, path: path.to_owned(), rooms, pen })
    }

    /// The file's place.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The stream that this counter writes.
    #[must_use]
    pub fn stream(&self) -> StreamId {
        self.pen.stream
    }

    /// How far this counter's stream has come: the last fact's number and hash.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn head(&self) -> Result<(u64, chain::Hash), StoreError> {
        self.head_of(self.pen.stream)
    }

    /// How far a stream has come here.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn head_of(&self, stream: StreamId) -> Result<(u64, chain::Hash), StoreError> {
        Ok(book::head(&self.conn, stream)?)
    }

    /// Goes on in a new stream of this counter's own, as after an older file was put in place.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn begin_stream(&mut self, stream: StreamId) -> Result<(), StoreError> {
        Pen::fork(&self.conn, stream)?;
        self.pen = Pen::take(&self.conn)?;
        Ok(())
    }

    /// The hash of a fact of a stream; nothing where it has not come so far.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn hash_of(&self, stream: StreamId, seq: u64) -> Result<Option<chain::Hash>, StoreError> {
        Ok(book::entry(&self.conn, stream, seq)?.map(|entry| entry.hash))
    }

    /// Checks the last entries of this counter's stream: chain, and MAC where the first key of the epoch is known.
    ///
    /// # Errors
    /// [`StoreError::Disk`]; inside, the first break.
    pub fn verify_last(
        &self,
        count: u64,
        epoch_key: &mut dyn FnMut(u32) -> Option<chain::Hash>,
    ) -> Result<Result<u64, chain::Broken>, StoreError> {
        Ok(book::verify_last(&self.conn, self.pen.stream, count, epoch_key)?)
    }

    /// Checks the chain of every stream from its first fact on.
    ///
    /// # Errors
    /// [`StoreError::Disk`]; inside, the first break.
    pub fn verify(&self) -> Result<Result<u64, (StreamId, chain::Broken)>, StoreError> {
        Ok(book::verify(&self.conn)?)
    }

    /// Works every derived table out anew from the journal, and opens the file again.
    ///
    /// # Errors
    /// [`StoreError::Disk`]; the file is then as it was.
    pub fn rebuild(self, key: &Key) -> Result<Shop, StoreError> {
        let Shop { conn, path, rooms, .. } = self;
        drop(conn);
        rebuild::swap(&path, key, rooms)?;
        Shop::open(&path, key, rooms)
    }

    /// Reads.
    #[must_use]
    pub fn look(&self) -> Look<'_> {
        Look { conn: &self.conn }
    }

    /// Runs one act in one write transaction, flushed to disk before this returns.
    ///
    /// # Errors
    /// Whatever the act refuses; nothing of it stays then.
    pub fn act<T, E: From<StoreError>>(
        &mut self,
        stamp: &Stamp,
        chance: &mut dyn Chance,
        act: impl FnOnce(&mut Act<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut pen = self.pen;
        let tx = begin(&mut self.conn)?;
        let done = act(&mut Act { conn: &tx, rooms: self.rooms, pen: &mut pen, stamp: *stamp, chance })?;
        tx.commit().map_err(StoreError::from)?;
        self.pen = pen;
        Ok(done)
    }

    /// Takes in facts of other counters; what is here already is passed over.
    ///
    /// Every stream's facts must follow what is here without a gap and end where an act ends. The keys of persons
    /// travel beside the facts and are kept first, since a fact is opened as it is applied.
    ///
    /// # Errors
    /// [`StoreError::Chain`] when they do not follow, were changed or break off inside an act,
    /// [`StoreError::NewerFact`] for a kind or version this program does not know; nothing is taken in then.
    pub fn receive(
        &mut self,
        entries: &[Entry],
        people: &[(PersonId, [u8; 32])],
        wall_ms: i64,
    ) -> Result<u64, StoreError> {
        let mut pen = self.pen;
        let tx = begin(&mut self.conn)?;
        for (person, key) in people {
            people::keep(&tx, *person, key)?;
        }
        let (mut taken, mut ends) = (0, BTreeMap::new());
        for entry in entries {
            let (seq, hash) = book::head(&tx, entry.fact.stream)?;
            if entry.fact.seq <= seq {
                // Here already, unless somebody else wrote under the same numbers.
                let known = book::entry(&tx, entry.fact.stream, entry.fact.seq)?.map(|known| known.hash);
                if known != Some(entry.hash) {
                    return Err(StoreError::Chain(chain::Broken::Changed { seq: entry.fact.seq }));
                }
                continue;
            }
            chain::follow(seq, &hash, entry).map_err(StoreError::Chain)?;
            book::insert(&tx, entry)?;
            if Hlc::is_ahead(entry.fact.hlc, wall_ms) {
                tx.execute(
                    "INSERT INTO kept_clock_ahead (stream, seq) VALUES (?1, ?2)",
                    (entry.fact.stream.bytes(), entry.fact.seq as i64),
                )?;
            }
            pen.hlc = pen.hlc.seen(entry.fact.hlc, wall_ms);
            apply::one(&mut Apply::new(&tx), self.rooms, &entry.fact)?;
            let group = entry.fact.group;
            ends.insert(entry.fact.stream, (entry.fact.seq, group.first + u64::from(group.count) - 1));
            taken += 1;
        }
        if let Some((seq, _)) = ends.into_values().find(|(seq, end)| seq != end) {
            return Err(StoreError::Chain(chain::Broken::Gap { seq: seq + 1 }));
        }
        tx.commit()?;
        self.pen = pen;
        Ok(taken)
    }

    /// Builds every derived table anew from the journal in a scratch file and tells what differs.
    ///
    /// # Errors
    /// [`StoreError::Disk`] when there is no room for the scratch file.
    pub fn compare_with_rebuild(&self, scratch: &Path, key: &Key) -> Result<Vec<Difference>, StoreError> {
        rebuild::compare(&self.conn, scratch, key, self.rooms)
    }

    /// Gives the file another key and opens it again with that.
    ///
    /// The shop is let go on the way: whatever is refused, what lies on the disk is whole and has the old key or the
    /// new one, and whoever holds both can find out which.
    ///
    /// # Errors
    /// [`StoreError::Disk`] where there is no room for the file a second time, [`StoreError::Unreadable`] where a
    /// page is damaged, [`StoreError::InUse`].
    pub fn rekey(self, key: &Key) -> Result<Shop, StoreError> {
        let Shop { conn, path, rooms, .. } = self;
        rekey::rekey(&conn, key)?;
        drop(conn);
        let shop = Shop::open(&path, key, rooms)?;
        shop.check_whole()?;
        Ok(shop)
    }

    /// Reads every page of the file and looks whether it is whole.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where it is not.
    pub fn check_whole(&self) -> Result<(), StoreError> {
        rekey::check_whole(&self.conn)
    }

    /// Which epoch of the keys this counter writes in.
    #[must_use]
    pub fn epoch(&self) -> u32 {
        self.pen.epoch
    }

    /// Folds the write-ahead log into the file, as before closing or copying.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn settle(&self) -> Result<(), StoreError> {
        self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }
}

fn begin(conn: &mut Connection) -> Result<Transaction<'_>, StoreError> {
    Ok(conn.transaction_with_behavior(TransactionBehavior::Immediate)?)
}

impl<'a> Look<'a> {
    /// The connection, for the SQL in a room's `store.rs`.
    #[must_use]
    pub fn sql(self) -> &'a Connection {
        self.conn
    }

    /// Opens what was sealed under a person's key; nothing when the person was erased.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn unseal(self, person: PersonId, sealed: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(people::unseal(self.conn, person, sealed)?)
    }

    /// Every person's key, as it travels beside facts.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn people(self) -> Result<Vec<(PersonId, [u8; 32])>, StoreError> {
        Ok(people::all(self.conn)?)
    }

    /// The last fact of a kind in a stream.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn last_fact(self, stream: StreamId, kind: &str) -> Result<Option<Fact>, StoreError> {
        Ok(book::last_of_kind(self.conn, stream, kind)?.map(|entry| entry.fact))
    }

    /// The facts of a stream after `seq`.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn facts_since(self, stream: StreamId, seq: u64) -> Result<Vec<Entry>, StoreError> {
        Ok(book::since(self.conn, stream, seq)?)
    }
}

impl<'a> Act<'a> {
    #[must_use]
    pub fn look(&self) -> Look<'a> {
        Look { conn: self.conn }
    }

    #[must_use]
    pub fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    /// The stream that this counter writes.
    #[must_use]
    pub fn stream(&self) -> StreamId {
        self.pen.stream
    }

    /// Goes on in the next epoch of the keys, whose first day key is given; tells how the stream ended in the epoch
    /// before, and its number.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn begin_epoch(&mut self, epoch_key: &chain::Hash) -> Result<Ended, StoreError> {
        let (seq, hash) = book::head(self.conn, self.pen.stream)?;
        let ended = Ended { epoch: self.pen.epoch, seq, hash };
        self.pen.begin_epoch(self.conn, epoch_key, self.stamp.day())?;
        Ok(ended)
    }

    pub fn chance(&mut self) -> &mut dyn Chance {
        self.chance
    }

    /// The connection, for kept tables alone; derived tables are written by `apply`.
    #[must_use]
    pub fn sql(&self) -> &'a Connection {
        self.conn
    }

    /// Seals data about a person under that person's own key, made at the first need.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn seal(&mut self, person: PersonId, plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        Ok(people::seal(self.conn, self.chance, person, plain)?)
    }

    /// Commits what happened: appends the facts as one group and applies each to its room's tables.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn commit(&mut self, drafts: Vec<Draft>) -> Result<Vec<Entry>, StoreError> {
        self.commit_telling(drafts, &mut |_| ())
    }

    /// Commits as [`Act::commit`] does, and tells after each fact how many are applied.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn commit_telling(
        &mut self,
        drafts: Vec<Draft>,
        tell: &mut dyn FnMut(usize),
    ) -> Result<Vec<Entry>, StoreError> {
        let entries = self.pen.append(self.conn, &self.stamp, drafts)?;
        let mut apply = Apply::new(self.conn);
        for (place, entry) in entries.iter().enumerate() {
            apply::one(&mut apply, self.rooms, &entry.fact)?;
            tell(place + 1);
        }
        Ok(entries)
    }
}
