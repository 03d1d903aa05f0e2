//! Four made-up shops to start from: their items as a spreadsheet that the import reads.
//!
//! Rate classes and HSN codes are right for November 2026 (gst.md §3). Loose dal, rice and wheat are nil,
//! the same in a labelled pack is not (N 10/2025-CT(R)); salon services are 5 % (N 15/2025-CT(R)).

/// A kind of shop that has a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "SampleName")]
pub enum Sample {
    Kirana,
    Apparel,
    Salon,
    Bakery,
}

impl Sample {
    pub const ALL: [Sample; 4] = [Sample::Kirana, Sample::Apparel, Sample::Salon, Sample::Bakery];

    /// The name under which it crosses to the window.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Sample::Kirana => "kirana",
            Sample::Apparel => "apparel",
            Sample::Salon => "salon",
            Sample::Bakery => "bakery",
        }
    }

    /// The sample of this name.
    #[must_use]
    pub fn read(code: &str) -> Option<Sample> {
        Sample::ALL.into_iter().find(|sample| sample.code() == code)
    }

    /// Its items with a header row, as UTF-8 with commas; every row can be imported.
    #[must_use]
    pub const fn csv(self) -> &'static str {
        match self {
            Sample::Kirana => include_str!("../../../assets/samples/kirana.csv"),
            Sample::Apparel => include_str!("../../../assets/samples/apparel.csv"),
            Sample::Salon => include_str!("../../../assets/samples/salon.csv"),
            Sample::Bakery => include_str!("../../../assets/samples/bakery.csv"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::barcode::{Kind, kind, wrong_check_digit};
    use crate::catalog::csv::Sheet;
    use crate::catalog::draft::{Classes, ItemDraft};
    use crate::catalog::item::Item;
    use crate::catalog::mapping::Mapping;
    use crate::id::ItemId;
    use std::collections::HashSet;

    fn items(sample: Sample) -> Vec<Item> {
        let known =
            ["nil", "exempt", "non_gst", "gst0_25", "gst1_5", "gst3", "gst5", "gst18", "gst40", "apparel", "footwear"];
        let classes =
            Classes { knows: &|code| known.contains(&code), of_rate: &|_| None, fits: &|_, _| false, otherwise: None };
        let sheet = Sheet::read(sample.csv().as_bytes()).expect("a sheet");
        let mapping = Mapping::guess(&sheet.headers);
        assert_eq!(mapping.codes(), sheet.headers, "every header is the code of its meaning");
        let read = |row: Result<_, _>| {
            let row = row.expect("a whole row");
            mapping.draft(&row, ItemDraft::default()).read(ItemId::default(), &classes).expect("an item")
        };
        sheet.rows().map(read).collect()
    }

    #[test]
    fn every_row_of_every_sample_is_an_item_without_a_flaw() {
        for sample in Sample::ALL {
            let items = items(sample);
            assert!(items.len() >= 64, "{sample:?} has {}", items.len());
            assert_eq!(Sample::read(sample.code()), Some(sample));
            let mut seen = HashSet::new();
            for item in &items {
                assert_eq!(item.oddities(), vec![], "{}", item.name);
                let code = item.short_code.clone().expect("every sample item can be typed");
                assert!(code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit()), "{code}");
                assert!(seen.insert(code) && seen.insert(item.name.clone()), "{} twice", item.name);
                assert!(item.name_second.is_some() && !item.category.is_empty(), "{}", item.name);
                for barcode in &item.barcodes {
                    assert_eq!((kind(barcode), wrong_check_digit(barcode)), (Kind::Gtin13, None), "{}", item.name);
                    assert!(seen.insert(barcode.clone()), "{barcode} twice");
                }
                // Weighed goods and services have no code to scan.
                assert!(item.barcodes.is_empty() || !(item.is_service || item.unit.is_measured()), "{}", item.name);
            }
            let mut favourites: Vec<u8> = items.iter().filter_map(|item| item.favourite).collect();
            favourites.sort_unstable();
            assert_eq!(favourites, [1, 2, 3, 4, 5, 6, 7, 8, 9], "{sample:?}");
        }
    }

    #[test]
    fn the_tax_classes_are_those_of_november_2026() {
        for (sample, name, hsn, class) in [
            (Sample::Kirana, "Toor dal, loose", "0713", "nil"),
            (Sample::Kirana, "Basmati rice 5 kg pack", "1006", "gst5"),
            (Sample::Kirana, "Toned milk 500 ml", "0401", "nil"),
            (Sample::Kirana, "Washing powder 1 kg", "3402", "gst18"),
            (Sample::Kirana, "Cola 750 ml", "2202", "gst40"),
            (Sample::Apparel, "Cotton kurta, blue, M", "6211", "apparel"),
            (Sample::Apparel, "Rubber slippers, 7", "6402", "footwear"),
            (Sample::Apparel, "Fashion earrings, pair", "7117", "gst3"),
            (Sample::Salon, "Haircut, men", "999721", "gst5"),
            (Sample::Salon, "Conditioner 175 ml", "3305", "gst18"),
            (Sample::Bakery, "White bread 400 g", "1905", "nil"),
            (Sample::Bakery, "Black forest cake, by weight", "1905", "gst5"),
            (Sample::Bakery, "Energy drink 250 ml", "2202", "gst40"),
        ] {
            let item = items(sample).into_iter().find(|item| item.name == name).expect(name);
            assert_eq!((item.hsn.as_str(), item.rate_class.as_str()), (hsn, class), "{name}");
        }
    }

    #[test]
    fn services_and_chapters_carry_their_classes() {
        for item in Sample::ALL.into_iter().flat_map(items) {
            let chapter = &item.hsn[..2];
            assert_eq!(item.is_service, chapter == "99", "{}", item.name);
            match chapter {
                "61" | "62" | "63" => assert_eq!(item.rate_class, "apparel", "{}", item.name),
                "64" => assert_eq!(item.rate_class, "footwear", "{}", item.name),
                "99" => assert_eq!(item.rate_class, "gst5", "{}", item.name),
                _ => assert!(!matches!(item.rate_class.as_str(), "apparel" | "footwear"), "{}", item.name),
            }
            // Between ₹ 2,625 and ₹ 2,950 no rate of the two slabs fits a price with tax in it (gst.md §3.2).
            let slab = matches!(item.rate_class.as_str(), "apparel" | "footwear");
            let between = (2625_0000..=2950_0000).contains(&item.price.get());
            assert!(!(slab && between), "{}", item.name);
        }
    }
}
