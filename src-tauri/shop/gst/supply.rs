//! Supplies: the letterbox into which every document says what it supplied, for the returns.
//!
//! Frozen amounts as the document stored them; returns add them up and compute nothing anew.

use rusqlite::params;

use super::gstin::Gstin;
use super::nature::Nature;
use super::place::Flow;
use super::state::State;
use crate::day::Day;
use crate::journal::Fact;
use crate::money::Paise;
use crate::quantity::{Quantity, Unit};
use crate::rate::Rate;
use crate::store::{Apply, Room};

pub const ROOM: Room = Room {
    name: "gst",
    kinds: &[],
    later: &[],
    tables: include_str!("tables.sql"),
    migrations: &[],
    apply: |_, fact| unreachable!("gst owns no kind of fact, not {}", fact.kind),
};

/// The supplies of one document under one HSN, unit, nature and rate; negative when they are taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supply {
    pub day: Day,
    pub gstin: Option<Gstin>,
    pub place: State,
    pub flow: Flow,
    pub hsn: String,
    /// `None` for services.
    pub unit: Option<Unit>,
    pub nature: Nature,
    pub rate: Rate,
    pub quantity: Quantity,
    pub taxable: Paise,
    pub cgst: Paise,
    pub sgst: Paise,
    pub igst: Paise,
    pub cess: Paise,
}

impl Supply {
    /// Whether another supply of the same document belongs in the same row.
    #[must_use]
    pub fn is_like(&self, other: &Supply) -> bool {
        (&self.hsn, self.unit, self.nature, self.rate) == (&other.hsn, other.unit, other.nature, other.rate)
    }

    /// Adds another supply of the same kind.
    pub fn add(&mut self, other: &Supply) {
        self.quantity = self.quantity + other.quantity;
        self.taxable = self.taxable + other.taxable;
        self.cgst = self.cgst + other.cgst;
        self.sgst = self.sgst + other.sgst;
        self.igst = self.igst + other.igst;
        self.cess = self.cess + other.cess;
    }
}

/// Records the supplies of the document that a fact makes or takes back.
pub fn record(apply: &mut Apply<'_>, fact: &Fact, supplies: &[Supply]) -> rusqlite::Result<()> {
    for (part, supply) in supplies.iter().enumerate() {
        let unit = supply.unit.map(Unit::code).unwrap_or_else(|| "NA".to_owned());
        let day = supply.day.to_string();
        let place = supply.place.code();
        apply.run(
            "INSERT INTO supply (stream, seq, part, gstin, place, hsn, unit, nature, rate, quantity_milli, taxable_paise, \
             cgst_paise, sgst_paise, igst_paise, cess_paise) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            params![
                fact.stream.bytes(),
                fact.seq as i64,
                part as i64,
                supply.gstin.as_ref().map(Gstin::as_str),
                place,
                supply.hsn,
                unit,
                supply.nature.code(),
                supply.rate.get(),
                supply.quantity.milli(),
                supply.taxable.get(),
                supply.cgst.get(),
                supply.sgst.get(),
                supply.igst.get(),
                supply.cess.get(),
            ],
        )?;
        apply.run(
            "INSERT INTO supply_day (day, registered, place, hsn, unit, nature, rate, quantity_milli, taxable_paise, \
             cgst_paise, sgst_paise, igst_paise, cess_paise) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) \
             ON CONFLICT (day, registered, place, hsn, unit, nature, rate) DO UPDATE SET \
             quantity_milli = quantity_milli + excluded.quantity_milli, taxable_paise = taxable_paise + excluded.taxable_paise, \
             cgst_paise = cgst_paise + excluded.cgst_paise, sgst_paise = sgst_paise + excluded.sgst_paise, \
             igst_paise = igst_paise + excluded.igst_paise, cess_paise = cess_paise + excluded.cess_paise",
            params![
                day,
                supply.gstin.is_some(),
                place,
                supply.hsn,
                unit,
                supply.nature.code(),
                supply.rate.get(),
                supply.quantity.milli(),
                supply.taxable.get(),
                supply.cgst.get(),
                supply.sgst.get(),
                supply.igst.get(),
                supply.cess.get(),
            ],
        )?;
    }
    Ok(())
}
