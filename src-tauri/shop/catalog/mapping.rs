//! What the columns of a spreadsheet mean, and a row as the draft of an item.

use crate::catalog::csv::Row;
use crate::catalog::draft::ItemDraft;
use crate::catalog::item::Field;

/// What each column means, in the order of the columns; `None` is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping(Vec<Option<Field>>);

impl Mapping {
    /// Guesses from the headers; of two columns that could mean one thing the better named gets it.
    #[must_use]
    pub fn guess(headers: &[String]) -> Mapping {
        let keys: Vec<String> = headers.iter().map(|header| key(header)).collect();
        let mut meanings = vec![None; headers.len()];
        for (field, names) in HEADERS {
            let best = names.iter().find_map(|name| keys.iter().position(|key| key == name));
            if let Some(column) = best {
                meanings[column] = Some(field);
            }
        }
        Mapping(meanings)
    }

    /// The meanings as their owner chose them, by their codes; `""` leaves a column out.
    ///
    /// `None` when a code is unknown or one meaning is chosen twice.
    #[must_use]
    pub fn read(codes: &[String]) -> Option<Mapping> {
        let read = |code: &String| if code.is_empty() { Some(None) } else { Field::read(code).map(Some) };
        let meanings: Vec<Option<Field>> = codes.iter().map(read).collect::<Option<_>>()?;
        let twice = |(column, field): (usize, &Option<Field>)| field.is_some() && meanings[..column].contains(field);
        (!meanings.iter().enumerate().any(twice)).then(|| Mapping(meanings.clone()))
    }

    /// The codes of the meanings, `""` for a column that is left out.
    #[must_use]
    pub fn codes(&self) -> Vec<&'static str> {
        self.0.iter().map(|field| field.map_or("", Field::code)).collect()
    }

    /// The column that has this meaning.
    #[must_use]
    pub fn column(&self, field: Field) -> Option<usize> {
        self.0.iter().position(|meaning| *meaning == Some(field))
    }

    /// The text of the field in a row; empty when no column means it.
    #[must_use]
    pub fn text<'a>(&self, row: &'a Row<'_>, field: Field) -> &'a str {
        let cell = self.column(field).and_then(|column| row.fields.get(column));
        cell.map_or("", |cell| bare_cell(cell))
    }

    /// The row laid over what is known of the item: a field that the row leaves empty stays as it was.
    #[must_use]
    pub fn draft(&self, row: &Row<'_>, known: ItemDraft) -> ItemDraft {
        let mut draft = known;
        for (field, cell) in self.0.iter().zip(&row.fields) {
            let text = bare_cell(cell);
            if text.is_empty() {
                continue;
            }
            let place = match field {
                Some(Field::Name) => &mut draft.name,
                Some(Field::NameSecond) => &mut draft.name_second,
                Some(Field::Barcode) => &mut draft.barcodes,
                Some(Field::ShortCode) => &mut draft.short_code,
                Some(Field::Hsn) => &mut draft.hsn,
                Some(Field::Unit) => &mut draft.unit,
                Some(Field::Mrp) => &mut draft.mrp,
                Some(Field::Price) => &mut draft.price,
                Some(Field::GstRate) => &mut draft.gst_rate,
                Some(Field::RateClass) => &mut draft.rate_class,
                Some(Field::Inclusive) => &mut draft.inclusive,
                Some(Field::Category) => &mut draft.category,
                Some(Field::Favourite) => &mut draft.favourite,
                Some(Field::Active) => &mut draft.active,
                Some(Field::OpeningStock) => &mut draft.opening_stock,
                Some(Field::Nature) => &mut draft.nature,
                Some(Field::Cost) | None => continue,
            };
            text.clone_into(place);
        }
        draft
    }
}

/// The cell without the marks by which spreadsheets keep a number as text: `'0123` and `="0123"`.
fn bare_cell(cell: &str) -> &str {
    let cell = cell.trim();
    let formula = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    formula.or_else(|| cell.strip_prefix('\'')).unwrap_or(cell).trim()
}

/// A header as it is compared: small letters and digits alone.
fn key(header: &str) -> String {
    header
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric() || matches!(c, '%' | '\u{900}'..='\u{dff}'))
        .collect()
}

/// How columns are called, the surest name first; written as [`key`] leaves them.
#[rustfmt::skip]
const HEADERS: [(Field, &[&str]); 17] = [
    (Field::Barcode, &["barcode", "barcodes", "ean", "ean13", "upc", "gtin", "barcodeno", "barcodenumber", "eancode", "upccode",
        "scancode", "बारकोड", "बारकोडनंबर", "பார்கோடு", "બારકોડ", "বারকোড"]),
    (Field::ShortCode, &["shortcode", "plu", "plucode", "itemcode", "productcode", "sku", "skucode", "code", "itemno", "alias",
        "articlecode", "stylecode", "छोटाकोड", "कोड", "आइटमकोड"]),
    (Field::NameSecond, &["namesecond", "secondname", "localname", "regionalname", "hindiname", "namehindi", "nameinhindi",
        "itemnamehindi", "printname", "हिंदीनाम", "दूसरानाम"]),
    (Field::Name, &["name", "itemname", "productname", "product", "item", "itemdescription", "productdescription", "description",
        "particulars", "particular", "goods", "servicename", "service", "title", "article", "नाम", "आइटम", "आइटमकानाम", "वस्तु",
        "वस्तुकानाम", "सामान", "सामानकानाम", "माल", "उत्पाद", "नाव", "वस्तूचेनाव", "பெயர்", "பொருள்", "పేరు", "ಹೆಸರು", "നാമം", "নাম", "નામ", "ਨਾਮ"]),
    (Field::Hsn, &["hsn", "hsncode", "hsnsac", "hsnsaccode", "sac", "saccode", "hsnno", "hsnorsac", "एचएसएन", "एचएसएनकोड", "hsnकोड"]),
    (Field::RateClass, &["rateclass", "taxclass", "taxcategory", "gstclass", "taxtype", "टैक्सक्लास"]),
    (Field::GstRate, &["gstrate", "gst", "gst%", "gstpercent", "gstpercentage", "tax%", "taxrate", "taxpercent", "tax", "igst",
        "igst%", "igstrate", "gstrate%", "taxrate%", "vat", "जीएसटी", "जीएसटीदर", "टैक्स", "कर"]),
    (Field::Mrp, &["mrp", "mrprs", "mrpinr", "maxretailprice", "maximumretailprice", "retailprice", "एमआरपी", "छपादाम"]),
    (Field::Cost, &["cost", "costprice", "purchaseprice", "purchaserate", "buyingprice", "buyprice", "cp", "landingcost",
        "purchase", "unitcost", "लागत", "खरीददाम", "खरीदमूल्य"]),
    (Field::Price, &["price", "sellingprice", "saleprice", "salesprice", "salerate", "salesrate", "sellingrate", "sp", "unitprice",
        "rate", "amount", "दाम", "कीमत", "मूल्य", "भाव", "रेट", "बिक्रीदाम", "किंमत", "விலை", "ధర", "ಬೆಲೆ", "വില", "দাম", "ભાવ", "ਕੀਮਤ"]),
    (Field::Inclusive, &["inclusive", "taxinclusive", "priceincludestax", "inclusiveoftax", "taxincluded", "gstinclusive",
        "incltax", "टैक्ससहित", "करसहित"]),
    (Field::Unit, &["unit", "uom", "uqc", "units", "unitofmeasure", "unitofmeasurement", "measure", "यूनिट", "इकाई", "માપ", "एकक"]),
    (Field::Category, &["category", "group", "itemgroup", "productgroup", "department", "categoryname", "itemcategory",
        "productcategory", "section", "श्रेणी", "समूह", "वर्ग", "ग्रुप"]),
    (Field::Favourite, &["favourite", "favorite", "favouritekey", "favoritekey", "पसंदीदा"]),
    (Field::OpeningStock, &["openingstock", "stock", "qty", "quantity", "openingqty", "openingquantity", "closingstock",
        "currentstock", "stockqty", "stockquantity", "onhand", "instock", "balance", "balanceqty", "available", "स्टॉक", "मात्रा", "शुरुआतीस्टॉक"]),
    (Field::Active, &["active", "isactive", "enabled", "status", "चालू"]),
    (Field::Nature, &["nature", "goodsorservice", "goodsorservices", "goodsservice", "itemtype", "producttype", "type", "प्रकार"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    fn guess(headers: &[&str]) -> Vec<&'static str> {
        Mapping::guess(&headers.iter().map(|header| (*header).to_owned()).collect::<Vec<_>>()).codes()
    }

    #[test]
    fn headers_of_many_programs_are_understood() {
        for (headers, meanings) in [
            (
                vec![
                    "barcode",
                    "name",
                    "category",
                    "hsn",
                    "gst_rate",
                    "unit",
                    "mrp",
                    "selling_price",
                    "cost_price",
                    "opening_stock",
                ],
                vec!["barcode", "name", "category", "hsn", "gst_rate", "unit", "mrp", "price", "cost", "opening_stock"],
            ),
            (
                vec![
                    "S.No.",
                    "Item Name",
                    "HSN/SAC Code",
                    "Tax %",
                    "UOM",
                    "M.R.P. (Rs)",
                    "Rate",
                    "Purchase Rate",
                    "Qty",
                ],
                vec!["", "name", "hsn", "gst_rate", "unit", "mrp", "price", "cost", "opening_stock"],
            ),
            (vec!["बारकोड", "नाम", "दाम", "जीएसटी", "इकाई"], vec!["barcode", "name", "price", "gst_rate", "unit"]),
            (vec!["Rate", "Sale Price", "GST Rate"], vec!["", "price", "gst_rate"]),
            (vec!["Description", "Item"], vec!["", "name"]),
            (vec!["EAN", "Product", "", "Name (Hindi)"], vec!["barcode", "name", "", "name_second"]),
            (vec!["name", "name"], vec!["name", ""]),
            (
                vec![
                    "name",
                    "name_second",
                    "short_code",
                    "barcode",
                    "rate_class",
                    "inclusive",
                    "favourite",
                    "active",
                    "nature",
                ],
                vec![
                    "name",
                    "name_second",
                    "short_code",
                    "barcode",
                    "rate_class",
                    "inclusive",
                    "favourite",
                    "active",
                    "nature",
                ],
            ),
        ] {
            assert_eq!(guess(&headers), meanings, "{headers:?}");
        }
    }

    #[test]
    fn every_header_is_written_as_it_is_compared_and_means_one_thing() {
        let mut seen = Vec::new();
        for name in HEADERS.iter().flat_map(|(_, names)| names.iter()) {
            assert_eq!(key(name), **name);
            assert!(!seen.contains(name), "{name} twice");
            seen.push(name);
        }
        assert!(Field::ALL.iter().all(|field| HEADERS.iter().any(|(told, _)| told == field)));
    }

    #[test]
    fn chosen_meanings_are_taken_or_refused() {
        let codes = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
        assert_eq!(Mapping::read(&codes(&["", "name", ""])).expect("meanings").codes(), ["", "name", ""]);
        assert_eq!(Mapping::read(&codes(&["name", "name"])), None);
        assert_eq!(Mapping::read(&codes(&["nonsense"])), None);
    }

    #[test]
    fn a_row_is_laid_over_what_is_known() {
        let mapping = Mapping(vec![Some(Field::Barcode), Some(Field::Price), Some(Field::Cost), None]);
        let fields = ["=\"0360\"", " '12 ", "9", "x"].map(Cow::Borrowed).to_vec();
        let row = Row { number: 2, fields };
        let known = ItemDraft { name: "Tea".into(), price: "10".into(), ..ItemDraft::default() };
        let draft = mapping.draft(&row, known.clone());
        assert_eq!(draft, ItemDraft { barcodes: "0360".into(), price: "12".into(), ..known.clone() });
        let empty = Row { number: 3, fields: vec![Cow::Borrowed(""); 4] };
        assert_eq!(mapping.draft(&empty, known.clone()), known);
    }
}
