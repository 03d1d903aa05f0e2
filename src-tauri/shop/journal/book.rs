//! The table of facts: append, read, replay. All SQL of the journal is here.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Result, Row, named_params, params};

use super::chain::{self, DayKeys, GENESIS, Hash};
use super::{Draft, Entry, Fact, Group, Hlc};
use crate::day::Day;
use crate::id::{StaffId, StreamId};
use crate::stamp::Stamp;

/// The tables of the journal, made once in a new file.
pub const TABLES: &str = include_str!("journal.sql");

/// Writes this counter's facts: knows its stream, the epoch of its keys and the order so far.
#[derive(Clone, Copy, Debug)]
pub struct Pen {
    pub stream: StreamId,
    pub epoch: u32,
    pub hlc: Hlc,
}

impl Pen {
    /// The pen of a file that has been opened: its newest own stream, epoch and clock.
    pub fn take(conn: &Connection) -> Result<Pen> {
        let stream: [u8; 16] =
            conn.query_row("SELECT stream FROM kept_own_stream ORDER BY place DESC LIMIT 1", [], |row| row.get(0))?;
        let epoch = conn.query_row("SELECT max(epoch) FROM kept_day_key", [], |row| row.get(0))?;
        let hlc: i64 = conn.query_row(LAST_HLC, [], |row| row.get(0))?;
        Ok(Pen { stream: StreamId::new(stream), epoch, hlc: Hlc::new(hlc as u64) })
    }

    /// Starts a stream of this counter's own in an epoch whose first day key is given.
    pub fn begin(conn: &Connection, stream: StreamId, epoch: u32, epoch_key: &Hash, day: Day) -> Result<()> {
        conn.execute("INSERT INTO kept_own_stream (stream) VALUES (?1)", [stream.bytes()])?;
        conn.execute(
            "INSERT INTO kept_day_key (epoch, day_key, day, key) VALUES (?1, 0, ?2, ?3)",
            params![epoch, day.to_string(), epoch_key],
        )?;
        Ok(())
    }

    /// Starts another stream of this counter's own under the keys that are there.
    pub fn fork(conn: &Connection, stream: StreamId) -> Result<()> {
        conn.execute("INSERT INTO kept_own_stream (stream) VALUES (?1)", [stream.bytes()])?;
        Ok(())
    }

    /// Goes on in the next epoch, whose first day key is given. The last day key of the epoch before is wiped, so that
    /// nobody adds to it any more.
    pub fn begin_epoch(&mut self, conn: &Connection, epoch_key: &Hash, day: Day) -> Result<()> {
        conn.execute("DELETE FROM kept_day_key", [])?;
        self.epoch += 1;
        conn.execute(
            "INSERT INTO kept_day_key (epoch, day_key, day, key) VALUES (?1, 0, ?2, ?3)",
            params![self.epoch, day.to_string(), epoch_key],
        )?;
        Ok(())
    }

    /// Appends the facts of one act as a group and gives them back as they now stand.
    pub fn append(&mut self, conn: &Connection, stamp: &Stamp, drafts: Vec<Draft>) -> Result<Vec<Entry>> {
        let (seq, mut hash) = head(conn, self.stream)?;
        let (day_key, key) = self.day_key(conn, stamp.day())?;
        let group = Group { first: seq + 1, count: drafts.len() as u32 };
        let mut entries = Vec::with_capacity(drafts.len());
        for (place, draft) in drafts.into_iter().enumerate() {
            self.hlc = self.hlc.tick(stamp.wall_ms);
            let fact = Fact {
                stream: self.stream,
                seq: group.first + place as u64,
                group,
                hlc: self.hlc.get(),
                wall_ms: stamp.wall_ms,
                offset_min: stamp.offset_min,
                uptime_ms: stamp.uptime_ms,
                staff: stamp.staff,
                approver: stamp.approver,
                kind: draft.kind.to_owned(),
                version: draft.version,
                body: draft.body,
            };
            hash = chain::link(fact.stream, fact.seq, &hash, &chain::leaf(&fact));
            let entry = Entry { fact, hash, epoch: self.epoch, day_key, mac: chain::mac(&key, &hash) };
            insert(conn, &entry)?;
            entries.push(entry);
        }
        Ok(entries)
    }

    /// Today's key; the first fact of a business day moves it on and writes over the one before.
    fn day_key(&self, conn: &Connection, today: Day) -> Result<(u32, Hash)> {
        let (number, day, key): (u32, String, Hash) = conn
            .prepare_cached("SELECT day_key, day, key FROM kept_day_key WHERE epoch = ?1")?
            .query_row([self.epoch], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let today = today.to_string();
        if day == today {
            return Ok((number, key));
        }
        let (number, key) = (number + 1, chain::next_day_key(&key));
        conn.execute(
            "UPDATE kept_day_key SET day_key = ?2, day = ?3, key = ?4 WHERE epoch = ?1",
            params![self.epoch, number, today, key],
        )?;
        Ok((number, key))
    }
}

/// The last entry of a stream: its number and hash, or (0, genesis).
pub fn head(conn: &Connection, stream: StreamId) -> Result<(u64, Hash)> {
    let found: Option<(i64, Hash)> = conn
        .prepare_cached("SELECT seq, hash FROM journal WHERE stream = ?1 ORDER BY seq DESC LIMIT 1")?
        .query_row([stream.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.map_or((0, GENESIS), |(seq, hash)| (seq as u64, hash)))
}

/// Puts an entry into the table; false when it was there already.
pub fn insert(conn: &Connection, entry: &Entry) -> Result<bool> {
    let fact = &entry.fact;
    let rows = conn
        .prepare_cached(
            "INSERT INTO journal (stream, seq, first_seq, count, hlc, wall_at, offset_min, uptime_ms, staff, approver, \
             kind, version, body, hash, epoch, day_key, mac) VALUES (:stream, :seq, :first, :count, :hlc, :wall, :offset, \
             :uptime, :staff, :approver, :kind, :version, :body, :hash, :epoch, :day_key, :mac) \
             ON CONFLICT (stream, seq) DO NOTHING",
        )?
        .execute(named_params! {
            ":stream": fact.stream.bytes(),
            ":seq": fact.seq as i64,
            ":first": fact.group.first as i64,
            ":count": fact.group.count,
            ":hlc": fact.hlc as i64,
            ":wall": fact.wall_ms,
            ":offset": fact.offset_min,
            ":uptime": fact.uptime_ms as i64,
            ":staff": fact.staff.0,
            ":approver": fact.approver.map(|staff| staff.0),
            ":kind": fact.kind,
            ":version": fact.version,
            ":body": fact.body,
            ":hash": entry.hash,
            ":epoch": entry.epoch,
            ":day_key": entry.day_key,
            ":mac": entry.mac,
        })?;
    Ok(rows == 1)
}

/// The latest clock of all streams, those facts left out that came from a clock far ahead. Within a stream the clock
/// only goes forward, so one fact a stream is looked at and not a year of them.
const LAST_HLC: &str = "WITH RECURSIVE one (stream) AS (SELECT min(stream) FROM journal UNION ALL \
     SELECT (SELECT min(stream) FROM journal WHERE stream > one.stream) FROM one WHERE one.stream IS NOT NULL) \
     SELECT coalesce(max((SELECT hlc FROM journal j WHERE j.stream = one.stream AND NOT EXISTS (SELECT 1 \
     FROM kept_clock_ahead a WHERE a.stream = j.stream AND a.seq = j.seq) ORDER BY j.seq DESC LIMIT 1)), 0) FROM one";

const COLUMNS: &str = "SELECT stream, seq, first_seq, count, hlc, wall_at, offset_min, uptime_ms, staff, approver, kind, \
                       version, body, hash, epoch, day_key, mac FROM journal";

/// Every entry in the order of arrival, handed to `take` one after the other.
pub fn each<E: From<rusqlite::Error>>(
    conn: &Connection,
    mut take: impl FnMut(Entry) -> Result<(), E>,
) -> Result<(), E> {
    let mut statement = conn.prepare(&format!("{COLUMNS} ORDER BY rowid"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(read(row)?)?;
    }
    Ok(())
}

/// The entries of a stream after `seq`, in their order.
pub fn since(conn: &Connection, stream: StreamId, seq: u64) -> Result<Vec<Entry>> {
    conn.prepare(&format!("{COLUMNS} WHERE stream = ?1 AND seq > ?2 ORDER BY seq"))?
        .query_map(params![stream.bytes(), seq as i64], read)?
        .collect()
}

/// One entry, if it is there.
pub fn entry(conn: &Connection, stream: StreamId, seq: u64) -> Result<Option<Entry>> {
    conn.prepare_cached(&format!("{COLUMNS} WHERE stream = ?1 AND seq = ?2"))?
        .query_row(params![stream.bytes(), seq as i64], read)
        .optional()
}

/// The last entry of a kind in a stream, looked for from its end.
pub fn last_of_kind(conn: &Connection, stream: StreamId, kind: &str) -> Result<Option<Entry>> {
    conn.prepare_cached(&format!("{COLUMNS} WHERE stream = ?1 AND kind = ?2 ORDER BY seq DESC LIMIT 1"))?
        .query_row(params![stream.bytes(), kind], read)
        .optional()
}

/// Every stream that has facts here.
pub fn streams(conn: &Connection) -> Result<Vec<StreamId>> {
    conn.prepare("SELECT DISTINCT stream FROM journal ORDER BY stream")?
        .query_map([], |row| row.get(0).map(StreamId::new))?
        .collect()
}

/// Checks every stream from its first fact on.
///
/// # Errors
/// The first break of the first stream that does not hold.
pub fn verify(conn: &Connection) -> Result<std::result::Result<u64, (StreamId, chain::Broken)>> {
    let mut checked = 0;
    for stream in streams(conn)? {
        let (mut seq, mut hash) = (0, GENESIS);
        let mut statement = conn.prepare(&format!("{COLUMNS} WHERE stream = ?1 ORDER BY seq"))?;
        let mut rows = statement.query([stream.bytes()])?;
        while let Some(row) = rows.next()? {
            match chain::follow(seq, &hash, &read(row)?) {
                Ok(head) => (seq, hash) = (seq + 1, head),
                Err(broken) => return Ok(Err((stream, broken))),
            }
        }
        checked += seq;
    }
    Ok(Ok(checked))
}

/// Checks the last entries of a stream, up to `count` of them: that each follows the one before, and its MAC where the
/// first day key of its epoch is known.
///
/// # Errors
/// The first break.
pub fn verify_last(
    conn: &Connection,
    stream: StreamId,
    count: u64,
    epoch_key: &mut dyn FnMut(u32) -> Option<Hash>,
) -> Result<std::result::Result<u64, chain::Broken>> {
    let (last, _) = head(conn, stream)?;
    let mut seq = last.saturating_sub(count);
    let before = if seq == 0 { Some(GENESIS) } else { entry(conn, stream, seq)?.map(|entry| entry.hash) };
    let Some(mut hash) = before else { return Ok(Err(chain::Broken::Gap { seq })) };
    let mut keys: BTreeMap<u32, Option<DayKeys>> = BTreeMap::new();
    for entry in since(conn, stream, seq)? {
        let keys = keys.entry(entry.epoch).or_insert_with(|| epoch_key(entry.epoch).as_ref().map(DayKeys::new));
        let followed = chain::follow(seq, &hash, &entry);
        let checked = followed.and_then(|head| keys.as_mut().map_or(Ok(()), |keys| keys.check(&entry)).map(|()| head));
        match checked {
            Ok(head) => (seq, hash) = (seq + 1, head),
            Err(broken) => return Ok(Err(broken)),
        }
    }
    Ok(Ok(last.min(count)))
}

fn read(row: &Row<'_>) -> Result<Entry> {
    Ok(Entry {
        fact: Fact {
            stream: StreamId::new(row.get(0)?),
            seq: row.get::<_, i64>(1)? as u64,
            group: Group { first: row.get::<_, i64>(2)? as u64, count: row.get(3)? },
            hlc: row.get::<_, i64>(4)? as u64,
            wall_ms: row.get(5)?,
            offset_min: row.get(6)?,
            uptime_ms: row.get::<_, i64>(7)? as u64,
            staff: StaffId(row.get(8)?),
            approver: row.get::<_, Option<u32>>(9)?.map(StaffId),
            kind: row.get(10)?,
            version: row.get(11)?,
            body: row.get(12)?,
        },
        hash: row.get(13)?,
        epoch: row.get(14)?,
        day_key: row.get(15)?,
        mac: row.get(16)?,
    })
}
