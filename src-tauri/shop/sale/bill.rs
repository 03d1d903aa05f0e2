//! The open bill: lines, discounts, a buyer. Immutable; every change gives the next bill.

use serde::{Deserialize, Serialize};

use super::SaleError;
use crate::catalog::Item;
use crate::id::{BillId, ItemId, PersonId, StaffId};
use crate::money::{Paise, UnitPrice};
use crate::price::Discount;
use crate::quantity::{Quantity, Unit};

/// The most lines one bill may have.
pub const LINES_MAX: usize = 1000;

/// A bill that is still open; its id is the token that makes sealing it twice harmless.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    pub id: BillId,
    pub lines: Vec<BillLine>,
    pub discount: Discount,
    /// Somebody's yes to that discount, where it was asked.
    #[serde(default)]
    pub allowed: Option<Allowed>,
    /// Who gave it.
    #[serde(default)]
    pub discount_by: StaffId,
    pub buyer: Option<PersonId>,
    /// The line that was touched last, which `3*` and `-` mean.
    pub current: Option<u32>,
}

/// Somebody's yes to a discount: it covers this share and this amount, and what grows beyond is asked anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowed {
    pub by: StaffId,
    /// Hundredths of a percent.
    pub share: u64,
    pub amount: Paise,
}

/// One line of an open bill, with everything of the item as it was when it was rung up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillLine {
    /// From 1, never used again within the bill.
    pub no: u32,
    pub item: Option<ItemId>,
    pub name: String,
    pub name_second: Option<String>,
    pub short_code: Option<String>,
    pub hsn: String,
    pub is_service: bool,
    pub unit: Unit,
    pub mrp: Option<Paise>,
    pub quantity: Quantity,
    /// The price of the item; the line's own price may have been changed.
    pub listed: UnitPrice,
    pub price: UnitPrice,
    pub inclusive: bool,
    pub rate_class: String,
    pub discount: Discount,
    /// Somebody's yes to the line's discount, where it was asked.
    #[serde(default)]
    pub allowed: Option<Allowed>,
    /// Who gave that discount.
    #[serde(default)]
    pub discount_by: StaffId,
    /// Who set the price, and somebody's yes to it, where they differ from the item's and from nobody's.
    #[serde(default)]
    pub price_by: StaffId,
    #[serde(default)]
    pub price_allowed: Option<Allowed>,
    /// Who rang it up.
    #[serde(default)]
    pub by: StaffId,
    /// Taken off the bill; still shown, struck through.
    pub removed: bool,
}

impl Bill {
    /// A bill without lines.
    #[must_use]
    pub fn new(id: BillId) -> Bill {
        Bill {
            id,
            lines: Vec::new(),
            discount: Discount::None,
            allowed: None,
            discount_by: StaffId::default(),
            buyer: None,
            current: None,
        }
    }

    /// The lines that count.
    pub fn live(&self) -> impl Iterator<Item = &BillLine> {
        self.lines.iter().filter(|line| !line.removed)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.live().next().is_none()
    }

    /// A line that counts.
    ///
    /// # Errors
    /// [`SaleError::NoSuchLine`].
    pub fn line(&self, no: u32) -> Result<&BillLine, SaleError> {
        self.live().find(|line| line.no == no).ok_or(SaleError::NoSuchLine { no })
    }

    /// The bill with an item rung up; pieces of an item that is on the bill at the same price are added there.
    ///
    /// # Errors
    /// [`SaleError::Quantity`], [`SaleError::TooManyLines`].
    pub fn with_item(&self, item: &Item, quantity: Quantity, by: StaffId) -> Result<Bill, SaleError> {
        check_quantity(quantity)?;
        let same = self.live().find(|line| {
            line.item == Some(item.id)
                && line.price == item.price
                && line.mrp == item.mrp
                && line.rate_class == item.rate_class
                && line.discount == Discount::None
                && !line.unit.is_measured()
        });
        if let Some(line) = same {
            return self.with_quantity(line.no, line.quantity + quantity);
        }
        self.with_line(BillLine {
            no: 0,
            item: Some(item.id),
            name: item.name.clone(),
            name_second: item.name_second.clone(),
            short_code: item.short_code.clone(),
            hsn: item.hsn.clone(),
            is_service: item.is_service,
            unit: item.unit,
            mrp: item.mrp,
            quantity,
            listed: item.price,
            price: item.price,
            inclusive: item.inclusive,
            rate_class: item.rate_class.clone(),
            discount: Discount::None,
            allowed: None,
            discount_by: by,
            price_by: by,
            price_allowed: None,
            by,
            removed: false,
        })
    }

    /// The bill with one more line, which gets the next number.
    ///
    /// # Errors
    /// [`SaleError::Quantity`], [`SaleError::TooManyLines`].
    pub fn with_line(&self, line: BillLine) -> Result<Bill, SaleError> {
        check_quantity(line.quantity)?;
        if self.lines.len() >= LINES_MAX {
            return Err(SaleError::TooManyLines { most: LINES_MAX });
        }
        let no = self.lines.len() as u32 + 1;
        let mut next = self.clone();
        next.lines.push(BillLine { no, ..line });
        next.current = Some(no);
        Ok(next)
    }

    /// The bill with another quantity on a line.
    ///
    /// # Errors
    /// [`SaleError::NoSuchLine`], [`SaleError::Quantity`].
    pub fn with_quantity(&self, no: u32, quantity: Quantity) -> Result<Bill, SaleError> {
        check_quantity(quantity)?;
        self.with_changed(no, |line| line.quantity = quantity)
    }

    /// The bill with another price on a line, set by somebody.
    ///
    /// # Errors
    /// [`SaleError::NoSuchLine`], [`SaleError::Price`].
    pub fn with_price(&self, no: u32, price: UnitPrice, by: StaffId) -> Result<Bill, SaleError> {
        if price < UnitPrice::ZERO || price > PRICE_MAX {
            return Err(SaleError::Price);
        }
        self.with_changed(no, |line| (line.price, line.price_by, line.price_allowed) = (price, by, None))
    }

    /// The bill with a discount on a line, or on the whole of it where no line is named, given by somebody.
    ///
    /// # Errors
    /// [`SaleError::NoSuchLine`].
    pub fn with_discount(&self, no: Option<u32>, discount: Discount, by: StaffId) -> Result<Bill, SaleError> {
        match no {
            Some(no) => {
                self.with_changed(no, |line| (line.discount, line.discount_by, line.allowed) = (discount, by, None))
            }
            None => Ok(Bill { discount, discount_by: by, allowed: None, ..self.clone() }),
        }
    }

    /// The bill made out to somebody, or to a walk-in.
    #[must_use]
    pub fn with_buyer(&self, buyer: Option<PersonId>) -> Bill {
        Bill { buyer, ..self.clone() }
    }

    /// The bill with a line taken off; the line before it becomes current.
    ///
    /// # Errors
    /// [`SaleError::NoSuchLine`].
    pub fn without_line(&self, no: u32) -> Result<Bill, SaleError> {
        let mut next = self.with_changed(no, |line| line.removed = true)?;
        next.current = next.live().map(|line| line.no).filter(|other| *other < no).last();
        next.current = next.current.or_else(|| next.live().map(|line| line.no).next());
        Ok(next)
    }

    fn with_changed(&self, no: u32, change: impl FnOnce(&mut BillLine)) -> Result<Bill, SaleError> {
        self.line(no)?;
        let mut next = self.clone();
        let line = next.lines.iter_mut().find(|line| line.no == no).expect("the line was found above");
        change(line);
        next.current = Some(no);
        Ok(next)
    }
}

/// The highest price of one unit: ₹ 1 crore.
pub const PRICE_MAX: UnitPrice = UnitPrice::from_paise(Paise::rupees(10_000_000));
/// The largest quantity on one line: a lakh.
const QUANTITY_MAX: Quantity = Quantity::pieces(100_000);

fn check_quantity(quantity: Quantity) -> Result<(), SaleError> {
    if quantity <= Quantity::ZERO || quantity > QUANTITY_MAX { Err(SaleError::Quantity) } else { Ok(()) }
}
