//! Paper: an invoice of twelve lines in two scripts, from the document to the bytes of its PDF.

use pakka::bills;
use pakka::catalog;
use pakka::catalog::wire::CatalogSetRequest;
use pakka::print::{self, Paper};
use pakka::sale::SaleError;
use pakka::sale::actions;
use pakka::sale::receipt::Copy;
use pakka::settings::Language;

use super::Plan;
use super::clock::Laps;
use super::figure::{Figure, Milli, Sheet};
use super::trial::Trial;

const GOODS: [(&str, &str); 12] = [
    ("Aashirvaad atta 5 kg", "आशीर्वाद आटा 5 किलो"),
    ("Tata salt 1 kg", "टाटा नमक 1 किलो"),
    ("Amul butter 500 g", "अमूल मक्खन 500 ग्राम"),
    ("Parle-G biscuits 800 g", "पारले-जी बिस्कुट 800 ग्राम"),
    ("Fortune sunflower oil 1 L", "फॉर्च्यून सूरजमुखी तेल 1 लीटर"),
    ("Toor dal 1 kg", "तूर दाल 1 किलो"),
    ("Basmati rice 5 kg", "बासमती चावल 5 किलो"),
    ("Red Label tea 500 g", "रेड लेबल चाय 500 ग्राम"),
    ("Sugar 1 kg", "चीनी 1 किलो"),
    ("Surf Excel 1 kg", "सर्फ एक्सेल 1 किलो"),
    ("Colgate toothpaste 200 g", "कोलगेट टूथपेस्ट 200 ग्राम"),
    ("Turmeric powder 200 g", "हल्दी पाउडर 200 ग्राम"),
];

pub fn measure(plan: &Plan, sheet: &mut Sheet) {
    let mut trial = Trial::make(&plan.folder.join("paper.db"), 10);
    let document = trial
        .act(|act| {
            for (place, (name, name_second)) in GOODS.iter().enumerate() {
                let item = catalog::actions::set(act, &goods(place, name, name_second))?;
                actions::add(act, item.id, Some(&(place % 3 + 1).to_string()))?;
            }
            let bill = actions::current(act)?;
            actions::seal(act, bill.id, &[])
        })
        .map_err(|error: SaleError| error.to_string())
        .expect("the bill is sealed")
        .document;
    for (name, paper) in [("A4 invoice", Paper::A4), ("80 mm receipt", Paper::Receipt80)] {
        let mut laps = Laps::default();
        let mut bytes = 0;
        for _ in 0..60 {
            let pdf = laps.time(|| {
                let ticket = bills::ticket(trial.shop.look(), &document, Copy::Original, Language::En);
                print::pdf(&ticket.expect("the document is there"), paper)
            });
            bytes = pdf.len();
        }
        let what = format!("PDF, {name}, 12 lines in two scripts");
        let slow = "Shaping and cutting the fonts to the glyphs in use takes most of it.";
        let big = "The embedded glyphs of two scripts and two weights are most of it.";
        sheet.add(
            Figure::new(format!("{what}, cpu p50"), Milli::ms(laps.cpu(50)), "ms")
                .at_most(Milli::whole(10))
                .because(slow),
        );
        sheet.add(Figure::new(format!("{what}, wall p50"), Milli::ms(laps.wall(50)), "ms"));
        sheet.add(
            Figure::new(format!("{what}, size"), Milli(bytes as u64), "kB").at_most(Milli::whole(60)).because(big),
        );
    }
}

fn goods(place: usize, name: &str, name_second: &str) -> CatalogSetRequest {
    CatalogSetRequest {
        item: None,
        name: name.into(),
        name_second: name_second.into(),
        short_code: format!("G{place}"),
        barcodes: Vec::new(),
        hsn: ["1101", "2501", "3401"][place % 3].into(),
        is_service: false,
        unit: "PCS".into(),
        mrp: String::new(),
        price: (45 + 17 * place).to_string(),
        inclusive: true,
        rate_class: ["gst5", "gst18"][place % 2].into(),
        category: String::new(),
        favourite: String::new(),
        active: true,
        opening_stock: "100".into(),
    }
}
