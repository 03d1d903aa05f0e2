//! An item as the shop sells it, the names of its fields, and what is odd but allowed about one.

use serde::{Deserialize, Serialize};

use crate::catalog::barcode;
use crate::fault::Words;
use crate::id::ItemId;
use crate::money::{Paise, UnitPrice};
use crate::quantity::{Quantity, Unit};

/// An item of the catalogue; as it is here, it stands in facts. The cost price is never part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub id: ItemId,
    pub name: String,
    /// The name in a second language, for the screen and the receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_second: Option<String>,
    /// What the cashier types for goods without a barcode; upper case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short_code: Option<String>,
    /// As written; they meet a scan under [`barcode::normal`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub barcodes: Vec<String>,
    /// HSN or SAC digits with their leading zeros; empty when not known.
    pub hsn: String,
    pub is_service: bool,
    pub unit: Unit,
    /// The price printed on the pack, all taxes in it (Legal Metrology (Packaged Commodities) Rules, r. 2(m)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mrp: Option<Paise>,
    pub price: UnitPrice,
    /// Whether `price` has the tax in it.
    pub inclusive: bool,
    /// The code of a tax class, such as `gst5` or `apparel`; the class knows the rate of a day.
    pub rate_class: String,
    pub category: String,
    /// The key of the favourites row, 1 to 9.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub favourite: Option<u8>,
    pub active: bool,
    pub opening_stock: Quantity,
}

/// A field that a form has or a column can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Name,
    NameSecond,
    Barcode,
    ShortCode,
    Hsn,
    Unit,
    Mrp,
    Price,
    /// Known so that it is not mistaken for the price; an import leaves it out.
    Cost,
    /// A percent, turned into a tax class.
    GstRate,
    RateClass,
    Inclusive,
    Category,
    Favourite,
    Active,
    OpeningStock,
    /// Goods or service.
    Nature,
}

impl Field {
    pub const ALL: [Field; 17] = [
        Field::Name,
        Field::NameSecond,
        Field::Barcode,
        Field::ShortCode,
        Field::Hsn,
        Field::Unit,
        Field::Mrp,
        Field::Price,
        Field::Cost,
        Field::GstRate,
        Field::RateClass,
        Field::Inclusive,
        Field::Category,
        Field::Favourite,
        Field::Active,
        Field::OpeningStock,
        Field::Nature,
    ];

    /// The name under which the field crosses to the window.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Field::Name => "name",
            Field::NameSecond => "name_second",
            Field::Barcode => "barcode",
            Field::ShortCode => "short_code",
            Field::Hsn => "hsn",
            Field::Unit => "unit",
            Field::Mrp => "mrp",
            Field::Price => "price",
            Field::Cost => "cost",
            Field::GstRate => "gst_rate",
            Field::RateClass => "rate_class",
            Field::Inclusive => "inclusive",
            Field::Category => "category",
            Field::Favourite => "favourite",
            Field::Active => "active",
            Field::OpeningStock => "opening_stock",
            Field::Nature => "nature",
        }
    }

    /// The field of this code.
    #[must_use]
    pub fn read(code: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.code() == code)
    }
}

/// Something about an item that is allowed, but that its owner should see once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// A code of GTIN length whose last digit should be another one.
    CheckDigit { code: String, right: char },
    /// No HSN: GSTR-1 table 12 will ask for it (gst.md §1.5).
    HsnMissing,
    /// Three, five or seven digits: a leading zero was probably lost.
    HsnOdd { hsn: String },
    /// The tax-inclusive price is above the MRP.
    AboveMrp,
    /// The price is zero.
    PriceZero,
}

impl Oddity {
    /// The field it is about.
    #[must_use]
    pub const fn field(&self) -> Field {
        match self {
            Oddity::CheckDigit { .. } => Field::Barcode,
            Oddity::HsnMissing | Oddity::HsnOdd { .. } => Field::Hsn,
            Oddity::AboveMrp | Oddity::PriceZero => Field::Price,
        }
    }

    /// What the owner is told.
    #[must_use]
    pub fn say(&self) -> Words {
        match self {
            Oddity::CheckDigit { code, right } => Words::new(
                format!("The last digit of {code} should be {right}; it is kept as it is."),
                format!("{code} का आखिरी अंक {right} होना चाहिए; जैसा है वैसा रखा है।"),
            ),
            Oddity::HsnMissing => {
                Words::new("There is no HSN code; the GST return will need it.", "HSN कोड नहीं है; GST रिटर्न में लगेगा।")
            }
            Oddity::HsnOdd { hsn } => Words::new(
                format!("HSN {hsn} has an odd number of digits; was it 0{hsn}?"),
                format!("HSN {hsn} में अंक कम हैं; क्या यह 0{hsn} था?"),
            ),
            Oddity::AboveMrp => Words::new("The price is above the MRP.", "दाम MRP से ज़्यादा है।"),
            Oddity::PriceZero => Words::new("The price is zero.", "दाम ज़ीरो है।"),
        }
    }
}

impl Item {
    /// What is odd about the item, in the order of its fields.
    #[must_use]
    pub fn oddities(&self) -> Vec<Oddity> {
        let mut odd: Vec<Oddity> = self
            .barcodes
            .iter()
            .filter_map(|code| barcode::wrong_check_digit(code).map(|right| (code.clone(), right)))
            .map(|(code, right)| Oddity::CheckDigit { code, right })
            .collect();
        if self.hsn.is_empty() {
            odd.push(Oddity::HsnMissing);
        } else if !self.hsn.len().is_multiple_of(2) {
            odd.push(Oddity::HsnOdd { hsn: self.hsn.clone() });
        }
        if self.price == UnitPrice::ZERO {
            odd.push(Oddity::PriceZero);
        } else if self.inclusive && self.mrp.is_some_and(|mrp| self.price > UnitPrice::from_paise(mrp)) {
            odd.push(Oddity::AboveMrp);
        }
        odd
    }

    /// The normal forms of its barcodes.
    pub fn scans(&self) -> impl Iterator<Item = String> {
        self.barcodes.iter().filter_map(|code| barcode::normal(code))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn soap() -> Item {
        Item {
            id: ItemId::new([7; 16]),
            name: "Bath soap 100 g".into(),
            name_second: Some("नहाने का साबुन".into()),
            short_code: Some("204".into()),
            barcodes: vec!["8901030865275".into()],
            hsn: "3401".into(),
            is_service: false,
            unit: Unit::Pcs,
            mrp: Some(Paise::rupees(45)),
            price: UnitPrice::from_paise(Paise::rupees(44)),
            inclusive: true,
            rate_class: "gst5".into(),
            category: "Personal care".into(),
            favourite: None,
            active: true,
            opening_stock: Quantity::pieces(12),
        }
    }

    #[test]
    fn an_item_survives_the_journal() {
        let bare = Item { name_second: None, short_code: None, barcodes: vec![], mrp: None, ..soap() };
        for item in [soap(), bare] {
            let mut cbor = Vec::new();
            ciborium::into_writer(&item, &mut cbor).expect("cbor");
            assert!(cbor.len() < 350, "500 items must fit one fact of 256 KiB: {}", cbor.len());
            assert_eq!(ciborium::from_reader::<Item, _>(&cbor[..]).expect("cbor"), item);
        }
    }

    #[test]
    fn odd_things_are_named_and_right_ones_are_not() {
        assert_eq!(soap().oddities(), vec![]);
        let odd = Item {
            barcodes: vec!["8901030865278".into(), "LOOSE-1".into()],
            hsn: "340".into(),
            price: UnitPrice::from_paise(Paise::rupees(46)),
            ..soap()
        };
        let check = Oddity::CheckDigit { code: "8901030865278".into(), right: '5' };
        assert_eq!(odd.oddities(), vec![check, Oddity::HsnOdd { hsn: "340".into() }, Oddity::AboveMrp]);
        let empty = Item { hsn: String::new(), price: UnitPrice::ZERO, ..soap() };
        assert_eq!(empty.oddities(), vec![Oddity::HsnMissing, Oddity::PriceZero]);
        // Before tax is added a price may stand above nothing but itself.
        assert_eq!(Item { inclusive: false, price: UnitPrice::new(46_0000), ..soap() }.oddities(), vec![]);
    }

    #[test]
    fn every_field_is_found_by_its_code() {
        for field in Field::ALL {
            assert_eq!(Field::read(field.code()), Some(field));
        }
        assert_eq!(Field::read(""), None);
    }
}
