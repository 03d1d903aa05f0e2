//! An item as text, from a form or a spreadsheet row, and how it is read.

use crate::catalog::barcode;
use crate::catalog::error::ItemError;
use crate::catalog::item::{Field, Item};
use crate::id::ItemId;
use crate::money::{self, Paise, UnitPrice};
use crate::quantity::{Quantity, Unit};
use crate::rate::Rate;

/// The most characters of a name; beyond any receipt's two lines.
pub const NAME_MAX: usize = 200;
/// The most characters of a category.
pub const CATEGORY_MAX: usize = 60;
/// The most characters of a short code; it is typed, not scanned.
pub const SHORT_CODE_MAX: usize = 12;
/// The most barcodes of one item: old and new packs of many years.
pub const BARCODES_MAX: usize = 20;

/// An item as text, every field as it was typed; an empty one was left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemDraft {
    pub name: String,
    pub name_second: String,
    pub short_code: String,
    /// One or more, separated by `|`, `;`, `,` or space.
    pub barcodes: String,
    pub hsn: String,
    /// Goods or service; empty lets the HSN decide (chapter 99 is services).
    pub nature: String,
    pub unit: String,
    pub mrp: String,
    /// Empty falls back to the MRP when the price has the tax in it.
    pub price: String,
    /// Yes or no; empty is yes, as an MRP has the tax in it.
    pub inclusive: String,
    pub rate_class: String,
    /// A percent; read only where `rate_class` is empty.
    pub gst_rate: String,
    pub category: String,
    pub favourite: String,
    /// Yes or no; empty is yes.
    pub active: String,
    pub opening_stock: String,
}

/// The tax classes that the shop's rules know, handed in.
#[derive(Clone, Copy)]
pub struct Classes<'a> {
    /// Whether there is a class of this code.
    pub knows: &'a dyn Fn(&str) -> bool,
    /// The class that a bare percent stands for.
    pub of_rate: &'a dyn Fn(Rate) -> Option<String>,
    /// Whether this class can come out at this percent; an import then leaves the class as it is.
    pub fits: &'a dyn Fn(&str, Rate) -> bool,
    /// The class of an item that says nothing about its tax; without one it is refused.
    pub otherwise: Option<&'a str>,
}

impl ItemDraft {
    /// Reads the draft into the item of this id.
    ///
    /// Whether the short code and the barcodes are free is for the shop to say, not for this.
    ///
    /// # Errors
    /// Every field that cannot be read, each once, in the order of the form.
    pub fn read(&self, id: ItemId, classes: &Classes<'_>) -> Result<Item, Vec<ItemError>> {
        let mut wrong = Vec::new();
        let name = text_within(&self.name, Field::Name, NAME_MAX)
            .and_then(|name| if name.is_empty() { Err(ItemError::NameEmpty) } else { Ok(name) });
        let name = take(name, &mut wrong);
        let name_second = take(text_within(&self.name_second, Field::NameSecond, NAME_MAX), &mut wrong);
        let short_code = take(read_short_code(&self.short_code), &mut wrong);
        let barcodes = take(read_barcodes(&self.barcodes), &mut wrong);
        let hsn = take(read_hsn(&self.hsn), &mut wrong);
        let is_service = take(read_nature(&self.nature, &hsn), &mut wrong);
        let unit = take(Unit::read(&clean(&self.unit)).map_err(|_| ItemError::Unit), &mut wrong);
        let inclusive = take(read_yes_no(&self.inclusive, Field::Inclusive), &mut wrong);
        let (mrp, price) = take(self.read_prices(inclusive), &mut wrong);
        let rate_class = take(self.read_class(classes), &mut wrong);
        let category = take(text_within(&self.category, Field::Category, CATEGORY_MAX), &mut wrong);
        let favourite = take(read_favourite(&self.favourite), &mut wrong);
        let active = take(read_yes_no(&self.active, Field::Active), &mut wrong);
        let opening_stock = take(read_stock(&self.opening_stock), &mut wrong);
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let name_second = (!name_second.is_empty()).then_some(name_second);
        Ok(Item {
            id,
            name,
            name_second,
            short_code,
            barcodes,
            hsn,
            is_service,
            unit,
            mrp,
            price,
            inclusive,
            rate_class,
            category,
            favourite,
            active,
            opening_stock,
        })
    }

    fn read_prices(&self, inclusive: bool) -> Result<(Option<Paise>, UnitPrice), ItemError> {
        let mrp = match ungrouped(&self.mrp).ok_or(ItemError::Amount { field: Field::Mrp })? {
            text if text.is_empty() => None,
            text => Some(Paise::read(&text).map_err(|_| ItemError::Amount { field: Field::Mrp })?),
        };
        if mrp.is_some_and(Paise::is_negative) {
            return Err(ItemError::AmountNegative { field: Field::Mrp });
        }
        // An MRP of nothing is a spreadsheet's way to say that there is none.
        let mrp = mrp.filter(|mrp| !mrp.is_zero());
        let price = match ungrouped(&self.price).ok_or(ItemError::Amount { field: Field::Price })? {
            text if text.is_empty() => {
                mrp.filter(|_| inclusive).map(UnitPrice::from_paise).ok_or(ItemError::PriceMissing)?
            }
            text => UnitPrice::read(&text).map_err(|_| ItemError::Amount { field: Field::Price })?,
        };
        if price < UnitPrice::ZERO {
            return Err(ItemError::AmountNegative { field: Field::Price });
        }
        Ok((mrp, price))
    }

    fn read_class(&self, classes: &Classes<'_>) -> Result<String, ItemError> {
        let class = clean(&self.rate_class);
        if !class.is_empty() {
            return if (classes.knows)(&class) {
                Ok(class)
            } else {
                Err(ItemError::ClassUnknown { text: short(&class) })
            };
        }
        let percent = clean(&self.gst_rate);
        if percent.is_empty() {
            return classes.otherwise.map(str::to_owned).ok_or(ItemError::ClassMissing);
        }
        // People write the class itself in this column, and the word GST beside the number.
        let word = percent.to_lowercase();
        if (classes.knows)(&word) {
            return Ok(word);
        }
        let rate = read_percent(&percent).ok_or(ItemError::Rate)?;
        (classes.of_rate)(rate).ok_or_else(|| ItemError::RateUnknown { text: rate.decimal() })
    }
}

/// The item as the form shows it; read back it is the same item.
impl From<&Item> for ItemDraft {
    fn from(item: &Item) -> ItemDraft {
        let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        ItemDraft {
            name: item.name.clone(),
            name_second: item.name_second.clone().unwrap_or_default(),
            short_code: item.short_code.clone().unwrap_or_default(),
            barcodes: item.barcodes.join("|"),
            hsn: item.hsn.clone(),
            nature: if item.is_service { "service" } else { "goods" }.to_owned(),
            unit: item.unit.code(),
            mrp: item.mrp.map(Paise::decimal).unwrap_or_default(),
            price: item.price.decimal(),
            inclusive: yes_no(item.inclusive),
            rate_class: item.rate_class.clone(),
            gst_rate: String::new(),
            category: item.category.clone(),
            favourite: item.favourite.map(|key| key.to_string()).unwrap_or_default(),
            active: yes_no(item.active),
            opening_stock: item.opening_stock.decimal(),
        }
    }
}

/// Text as it may be kept: trimmed, inner white space made one space, nothing in it that cannot be seen.
///
/// Control characters, direction overrides and zero-width marks go; the two joiners stay, since Indian
/// scripts are not spelt right without them.
///
/// ```
/// use pakka::catalog::draft::clean;
/// assert_eq!(clean("  Toor \t dal\u{202e} "), "Toor dal");
/// ```
#[must_use]
pub fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars().filter(|c| c.is_whitespace() || !is_unseen(*c)) {
        if c.is_whitespace() {
            gap = !cleaned.is_empty();
        } else {
            if std::mem::take(&mut gap) {
                cleaned.push(' ');
            }
            cleaned.push(c);
        }
    }
    cleaned
}

/// Characters without a shape of their own (Unicode Cc and Cf), the joiners U+200C and U+200D excepted.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The first characters of a text, for telling it back.
pub(crate) fn short(text: &str) -> String {
    let mut told: String = text.chars().take(40).collect();
    if told.len() < text.len() {
        told.push('…');
    }
    told
}

fn take<T: Default>(read: Result<T, ItemError>, wrong: &mut Vec<ItemError>) -> T {
    read.unwrap_or_else(|error| {
        wrong.push(error);
        T::default()
    })
}

fn text_within(text: &str, field: Field, most: usize) -> Result<String, ItemError> {
    let text = clean(text);
    let length = text.chars().count();
    if length > most { Err(ItemError::TextLong { field, length, most }) } else { Ok(text) }
}

fn read_short_code(text: &str) -> Result<Option<String>, ItemError> {
    let code = clean(text).to_ascii_uppercase();
    if code.is_empty() {
        return Ok(None);
    }
    // `*` stays out: at the counter `3*204` means three of 204.
    let typed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'/');
    let fits = code.len() <= SHORT_CODE_MAX && code.bytes().all(typed);
    fits.then_some(Some(code)).ok_or(ItemError::ShortCode { most: SHORT_CODE_MAX })
}

/// The codes in one field, parted by `|`, `;`, `,` or white space.
pub(crate) fn split_codes(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| matches!(c, '|' | ';' | ',') || c.is_whitespace())
}

fn read_barcodes(text: &str) -> Result<Vec<String>, ItemError> {
    let mut codes: Vec<String> = Vec::new();
    let mut forms = Vec::new();
    for code in split_codes(text) {
        let code = clean(code);
        if code.is_empty() {
            continue;
        }
        if barcode::is_shortened(&code) {
            return Err(ItemError::BarcodeShortened { text: short(&code) });
        }
        let form = barcode::normal(&code).ok_or(ItemError::Barcode)?;
        if !forms.contains(&form) {
            forms.push(form);
            codes.push(code);
        }
        if codes.len() > BARCODES_MAX {
            return Err(ItemError::BarcodesMany { most: BARCODES_MAX });
        }
    }
    Ok(codes)
}

/// An HSN or SAC code of two to eight digits; blanks and dots in it do not matter, and it may be empty.
///
/// # Errors
/// [`ItemError::Hsn`].
pub fn read_hsn(text: &str) -> Result<String, ItemError> {
    let digits: String = clean(text).chars().filter(|c| !matches!(c, ' ' | '.')).collect();
    let fits = digits.is_empty() || (2..=8).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then_some(digits).ok_or(ItemError::Hsn)
}

fn read_nature(text: &str, hsn: &str) -> Result<bool, ItemError> {
    match clean(text).to_lowercase().as_str() {
        "" => Ok(hsn.starts_with("99")),
        "service" | "services" | "s" | "सेवा" | "सर्विस" => Ok(true),
        "goods" | "good" | "g" | "product" | "माल" | "सामान" => Ok(false),
        _ => Err(ItemError::Nature),
    }
}

fn read_yes_no(text: &str, field: Field) -> Result<bool, ItemError> {
    match clean(text).to_lowercase().as_str() {
        "" | "yes" | "y" | "true" | "1" | "हाँ" | "हां" => Ok(true),
        "no" | "n" | "false" | "0" | "नहीं" => Ok(false),
        "inclusive" | "incl" | "incl." | "included" if field == Field::Inclusive => Ok(true),
        "exclusive" | "excl" | "excl." | "extra" if field == Field::Inclusive => Ok(false),
        "active" if field == Field::Active => Ok(true),
        "inactive" if field == Field::Active => Ok(false),
        _ => Err(ItemError::YesNo { field }),
    }
}

/// The rate in `5`, `5 %`, `GST 5%` or `5% GST`.
pub(crate) fn read_percent(text: &str) -> Option<Rate> {
    let upper = clean(text).to_ascii_uppercase();
    let bare = upper.trim_start_matches(['I', 'G', 'S', 'T', '@', ' ']).trim_end_matches(['I', 'G', 'S', 'T', ' ']);
    Rate::read(bare).ok()
}

fn read_favourite(text: &str) -> Result<Option<u8>, ItemError> {
    match clean(text).as_bytes() {
        [] => Ok(None),
        [key @ b'1'..=b'9'] => Ok(Some(key - b'0')),
        _ => Err(ItemError::Favourite),
    }
}

fn read_stock(text: &str) -> Result<Quantity, ItemError> {
    match ungrouped(text).ok_or(ItemError::Stock)? {
        text if text.is_empty() => Ok(Quantity::ZERO),
        text => Quantity::read(&text).map_err(|_| ItemError::Stock),
    }
}

/// A number as bills and spreadsheets write it, without currency and grouping: `Rs. 1,24,500/-`.
///
/// `None` where a comma does not group ([`money::ungrouped`]).
fn ungrouped(text: &str) -> Option<String> {
    let text = clean(text);
    let bare = ["₹", "Rs.", "Rs", "rs.", "rs", "RS.", "RS", "INR"].into_iter().find_map(|sign| text.strip_prefix(sign));
    let bare = bare.unwrap_or(&text).trim();
    money::ungrouped(bare.strip_suffix("/-").unwrap_or(bare))
}

#[cfg(test)]
mod tests;
