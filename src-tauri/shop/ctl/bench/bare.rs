//! The floor of a sale: the same derived rows written by the same SQLCipher with nothing around them.

use std::path::Path;

use pakka::exchange::ROOMS;
use pakka::sale::Document;
use pakka::store::{Look, Table, tables};
use rusqlite::types::Value;
use rusqlite::{Connection, Result, TransactionBehavior, params, params_from_iter};

use super::trial;

/// An encrypted file with the derived tables of a shop and nothing else.
pub struct Bare {
    conn: Connection,
}

/// The rows that one sale derives, ready to be bound.
pub struct Rows {
    day: String,
    document: Vec<Value>,
    takings: Vec<Vec<Value>>,
    supplies: Vec<Vec<Value>>,
    moves: Vec<([u8; 16], i64)>,
}

/// Everything that decides how dear a commit is.
const PRAGMAS: [&str; 9] = [
    "synchronous",
    "fullfsync",
    "checkpoint_fullfsync",
    "foreign_keys",
    "trusted_schema",
    "cell_size_check",
    "secure_delete",
    "temp_store",
    "cache_size",
];

impl Bare {
    /// A file with the shop's own schema, pragmas and derived rows as they stand.
    pub fn like(look: Look<'_>, path: &Path) -> Result<Bare> {
        let conn = Connection::open(path)?;
        conn.pragma_update(None, "cipher_memory_security", "ON")?;
        conn.query_row(&format!("PRAGMA key = \"x'{}'\"", trial::key().expose_hex().as_str()), [], |_| Ok(()))?;
        conn.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        for name in PRAGMAS {
            let value: i64 = look.sql().query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))?;
            conn.pragma_update(None, name, value)?;
        }
        conn.set_prepared_statement_cache_capacity(256);
        for room in ROOMS {
            conn.execute_batch(room.tables)?;
        }
        conn.execute_batch("BEGIN")?;
        for (table, kind) in tables(look.sql()).expect("the shop is read") {
            if kind == Table::Derived && table != "conflict" {
                copy(look.sql(), &conn, &table)?;
            }
        }
        conn.execute_batch("COMMIT")?;
        conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(Bare { conn })
    }

    /// Writes the rows of one sale in one durable transaction, by the statements of the rooms.
    pub fn write(&mut self, rows: &Rows) -> Result<()> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.prepare_cached(
            "INSERT INTO document (stream, seq, token, title, number, fiscal_year, prefix, running, day, wall_at, \
             offset_min, staff, person, gstin, taxable_paise, cgst_paise, sgst_paise, igst_paise, cess_paise, \
             round_off_paise, total_paise) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)",
        )?
        .execute(params_from_iter(&rows.document))?;
        for (item, milli) in &rows.moves {
            tx.prepare_cached(
                "INSERT INTO stock_level (item, moved_milli) VALUES (?1, ?2) \
                 ON CONFLICT (item) DO UPDATE SET moved_milli = moved_milli + excluded.moved_milli",
            )?
            .execute(params![item, milli])?;
        }
        for taking in &rows.takings {
            tx.prepare_cached(
                "INSERT INTO taking (stream, seq, place, day, kind, amount_paise) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params_from_iter(taking))?;
            tx.prepare_cached(
                "INSERT INTO taking_day (day, kind, amount_paise, count) VALUES (?1, ?2, ?3, 1) \
                 ON CONFLICT (day, kind) DO UPDATE SET amount_paise = amount_paise + excluded.amount_paise, \
                 count = count + excluded.count",
            )?
            .execute(params_from_iter(&taking[3..]))?;
        }
        for supply in &rows.supplies {
            tx.prepare_cached(
                "INSERT INTO supply (stream, seq, part, gstin, place, hsn, unit, nature, rate, quantity_milli, \
                 taxable_paise, cgst_paise, sgst_paise, igst_paise, cess_paise) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            )?
            .execute(params_from_iter(supply))?;
            let day = [Value::Text(rows.day.clone()), Value::Integer(i64::from(supply[3] != Value::Null))];
            tx.prepare_cached(
                "INSERT INTO supply_day (day, registered, place, hsn, unit, nature, rate, quantity_milli, taxable_paise, \
                 cgst_paise, sgst_paise, igst_paise, cess_paise) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) \
                 ON CONFLICT (day, registered, place, hsn, unit, nature, rate) DO UPDATE SET \
                 quantity_milli = quantity_milli + excluded.quantity_milli, \
                 taxable_paise = taxable_paise + excluded.taxable_paise, \
                 cgst_paise = cgst_paise + excluded.cgst_paise, sgst_paise = sgst_paise + excluded.sgst_paise, \
                 igst_paise = igst_paise + excluded.igst_paise, cess_paise = cess_paise + excluded.cess_paise",
            )?
            .execute(params_from_iter(day.iter().chain(&supply[4..])))?;
        }
        tx.commit()
    }
}

impl Rows {
    /// What the sale of a document wrote, read back from the shop.
    pub fn of(look: Look<'_>, document: &Document) -> Result<Rows> {
        let (stream, seq) = (*document.stream.bytes(), document.seq as i64);
        let all = |table: &str| -> Result<Vec<Vec<Value>>> {
            let mut statement =
                look.sql().prepare_cached(&format!("SELECT * FROM {table} WHERE stream = ?1 AND seq = ?2"))?;
            let columns = statement.column_count();
            statement
                .query_map(params![stream, seq], |row| (0..columns).map(|place| row.get(place)).collect())?
                .collect()
        };
        let goods = document.body.lines.iter().filter(|line| !line.is_service);
        Ok(Rows {
            day: document.body.day.to_string(),
            document: all("document")?.swap_remove(0),
            takings: all("taking")?,
            supplies: all("supply")?,
            moves: goods.filter_map(|line| Some((*line.item?.bytes(), -line.quantity.milli()))).collect(),
        })
    }

    /// How many rows are written, counting each roll-up.
    pub fn count(&self) -> u64 {
        (1 + self.moves.len() + 2 * self.takings.len() + 2 * self.supplies.len()) as u64
    }
}

fn copy(from: &Connection, to: &Connection, table: &str) -> Result<()> {
    let mut select = from.prepare(&format!("SELECT * FROM {table}"))?;
    let columns = select.column_count();
    let marks = vec!["?"; columns].join(", ");
    let mut insert = to.prepare(&format!("INSERT INTO {table} VALUES ({marks})"))?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let values: Vec<Value> = (0..columns).map(|place| row.get(place)).collect::<Result<_>>()?;
        insert.execute(params_from_iter(values))?;
    }
    Ok(())
}
