//! Documents on paper: every particular that the law wants is there, and none that it forbids.
//!
//! The papers stay in `<temp>/pakka-documents` to be looked at.

mod support;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use pakka::bills;
use pakka::customer::wire::CustomerRequest;
use pakka::price::Scheme;
use pakka::print::{self, Paper};
use pakka::sale::actions::{self, Source};
use pakka::sale::receipt::Copy;
use pakka::sale::wire::NamelessRequest;
use pakka::sale::{Document, SaleError};
use pakka::settings::Language;
use support::{Counter, sharma_stores};

/// A shop with goods of every kind on its shelf.
fn shop(scheme: Scheme) -> Counter {
    let mut profile = sharma_stores();
    profile.scheme = scheme;
    if scheme == Scheme::Unregistered {
        profile.gstin = String::new();
    }
    let mut counter = Counter::new(&profile, "A", 11);
    counter.add_item("Basmati rice 5 kg", "1006", "", "620", "gst5", "BAG");
    counter.add_item("Surf Excel 1 kg", "318", "8900000000029", "225", "gst18", "PCS");
    counter.add_item("Toor dal, loose", "204", "", "164", "nil", "KGS");
    let mut soap = counter.add_item("Neem soap <75 g> & towel", "201", "", "42.50", "gst5", "PCS");
    soap.name_second = Some("नीम साबुन (शक्ति)".into());
    counter.set_item(&pakka::catalog::wire::CatalogSetRequest {
        item: Some(soap.id),
        name: soap.name,
        name_second: soap.name_second.unwrap_or_default(),
        short_code: "201".into(),
        barcodes: Vec::new(),
        hsn: "3401".into(),
        is_service: false,
        unit: "PCS".into(),
        mrp: "45".into(),
        price: "42.50".into(),
        inclusive: true,
        rate_class: "gst5".into(),
        category: String::new(),
        favourite: String::new(),
        active: true,
        opening_stock: "10".into(),
    });
    counter
}

fn sell(counter: &mut Counter, goods: &[&str], customer: Option<CustomerRequest>) -> Document {
    let index = std::mem::replace(&mut counter.index, pakka::find::Index::build([]));
    for text in goods {
        counter.act(|act| actions::enter(act, &index, text, Source::Typed)).expect("the goods are there");
    }
    counter.index = index;
    if customer.is_some() {
        counter.act(|act| actions::set_customer(act, customer.as_ref())).expect("the customer is taken");
    }
    let token = counter.open().bill.id;
    counter.act(|act| actions::seal(act, token, &[])).expect("the bill is sealed").document
}

fn caterers(gstin: &str, state: &str) -> Option<CustomerRequest> {
    Some(CustomerRequest {
        person: None,
        name: "Deepak Caterers & Sons".into(),
        phone: "9822044710".into(),
        gstin: gstin.into(),
        state: state.into(),
        address: "12/3 Karve Road, Erandwane".into(),
    })
}

/// The text of a document's PDF, spaces folded, as a reader copies it.
fn text_of(counter: &Counter, document: &Document, copy: Copy, language: Language, paper: Paper, name: &str) -> String {
    let ticket = bills::ticket(counter.shop.look(), document, copy, language).expect("the document has its paper");
    let pdf = print::pdf(&ticket, paper);
    let folder = std::env::temp_dir().join("pakka-documents");
    fs::create_dir_all(&folder).expect("a folder for the papers");
    let path: PathBuf = folder.join(format!("{name}.pdf"));
    fs::write(&path, pdf).expect("the paper is written");
    let read = Command::new("pdftotext").arg("-raw").arg(&path).arg("-").output().expect("pdftotext is installed");
    assert!(read.status.success(), "{name} is read back");
    let text = String::from_utf8(read.stdout).expect("text");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn assert_says(text: &str, wanted: &[&str]) {
    for part in wanted {
        assert!(text.contains(part), "“{part}” is missing in: {text}");
    }
}

fn assert_silent(text: &str, unwanted: &[&str]) {
    for part in unwanted {
        assert!(!text.contains(part), "“{part}” must not stand in: {text}");
    }
}

#[test]
fn a_tax_invoice_to_another_state_carries_rule_46() {
    let mut counter = shop(Scheme::Regular);
    let document = sell(&mut counter, &["4*1006", "2*318", "201"], caterers("29AABCF8078M1C8", ""));
    let text = text_of(&counter, &document, Copy::Original, Language::En, Paper::A4, "inter-state");
    assert_says(
        &text,
        &[
            "Tax Invoice",
            "Original for recipient",
            // (a) supplier, (b) number, (c) date
            "Sharma Stores",
            "Mayur Colony",
            "Maharashtra (27)",
            "27AAPFU0939F1ZV",
            "A/26-27/000001",
            "22 Nov 2026",
            // (d) buyer
            "Deepak Caterers & Sons",
            "12/3 Karve Road",
            "29AABCF8078M1C8",
            // (g) to (m)
            "3401",
            "Basmati rice 5 kg",
            "4 BAG",
            "2,361.90",
            "18%",
            "IGST",
            // (n), (p), (q)
            "Place of supply Karnataka (29)",
            "Reverse charge No",
            "Authorised signatory",
            "₹ 2,973.00",
            "Rupees Two Thousand Nine Hundred Seventy Three only",
            "Neem soap <75 g> & towel",
            "नीम साबुन (शक्ति)",
            "Rates include GST.",
        ],
    );
    assert_silent(&text, &["CGST", "SGST", "Duplicate", "CANCELLED"]);
}

#[test]
fn at_home_the_tax_stands_in_halves_and_nil_goods_make_it_a_combined_bill() {
    let mut counter = shop(Scheme::Regular);
    let document = sell(&mut counter, &["318", "0.750*204"], None);
    let text = text_of(&counter, &document, Copy::Original, Language::En, Paper::A4, "at-home");
    assert_says(
        &text,
        &["Invoice-cum-Bill of Supply", "CGST", "SGST", "9%", "17.16", "Nil rated", "123.00", "0.750 KGS"],
    );
    assert_silent(&text, &["IGST", "UTGST"]);
}

#[test]
fn hindi_paper_is_hindi_and_can_be_copied() {
    let mut counter = shop(Scheme::Regular);
    let document = sell(&mut counter, &["318", "201"], None);
    for (paper, name) in [(Paper::A4, "hindi-a4"), (Paper::Receipt80, "hindi-80")] {
        let text = text_of(&counter, &document, Copy::Original, Language::Hi, paper, name);
        assert_says(&text, &["टैक्स इनवॉइस", "नीम साबुन (शक्ति)", "महाराष्ट्र", "₹ 268.00", "A/26-27/000001"]);
    }
}

#[test]
fn a_copy_and_a_cancelled_bill_say_so() -> Result<(), SaleError> {
    let mut counter = shop(Scheme::Regular);
    let document = sell(&mut counter, &["318"], None);
    assert_eq!(counter.act(|act| actions::put_on_paper(act, "A/26-27/000001"))?, Copy::Original);
    let copy = counter.act(|act| actions::put_on_paper(act, "A/26-27/000001"))?;
    let text = text_of(&counter, &document, copy, Language::En, Paper::Receipt80, "copy-80");
    assert_says(&text, &["Duplicate copy 1"]);
    assert_silent(&text, &["Original for recipient"]);
    counter.act(|act| actions::cancel(act, "A/26-27/000001", "rung up twice"))?;
    let text = text_of(&counter, &document, Copy::Original, Language::En, Paper::A4, "cancelled");
    assert_says(&text, &["was cancelled on 22 Nov 2026: rung up twice"]);
    Ok(())
}

#[test]
fn who_collects_no_tax_says_no_word_of_it() {
    let mut composition = shop(Scheme::Composition);
    let document = sell(&mut composition, &["318", "204"], None);
    let text = text_of(&composition, &document, Copy::Original, Language::En, Paper::A4, "composition");
    assert_says(
        &text,
        &["Bill of Supply", "omposition taxable person, not eligible to collect tax on supplies", "GSTIN"],
    );
    assert_silent(&text, &["Tax Invoice", "CGST", "SGST", "IGST", "Taxable", "GST 18%"]);

    let mut unregistered = shop(Scheme::Unregistered);
    let document = sell(&mut unregistered, &["318", "204"], None);
    for paper in [Paper::A4, Paper::Receipt80] {
        let text = text_of(&unregistered, &document, Copy::Original, Language::En, paper, "unregistered");
        assert_says(&text, &["Invoice", "389.00"]);
        assert_silent(&text, &["GST", "Tax", "tax", "Bill of Supply"]);
    }
}

#[test]
fn forty_lines_go_over_pages_and_add_up_on_the_last() {
    let mut counter = shop(Scheme::Regular);
    let goods: Vec<String> = (1..=40).map(|no| format!("{}*{}", no, ["318", "201", "1006"][no % 3])).collect();
    for text in &goods {
        let typed = NamelessRequest {
            name: text.clone(),
            price: "10".to_owned(),
            rate_class: "gst5".to_owned(),
            ..NamelessRequest::default()
        };
        let bill = counter.act(|act| actions::add_nameless(act, &typed)).expect("a line");
        assert!(bill.current.is_some());
    }
    let document = sell(&mut counter, &["318"], None);
    let text = text_of(&counter, &document, Copy::Original, Language::En, Paper::A4, "forty-lines");
    assert_says(&text, &["Page 1 of", "Carried forward", "Brought forward", "₹ 625.00"]);
}

#[test]
fn every_paper_carries_the_check_code_of_its_own_record() {
    let mut counter = shop(Scheme::Regular);
    let first = sell(&mut counter, &["318"], None);
    let second = sell(&mut counter, &["318"], None);
    assert_ne!(first.check, second.check, "the same goods, another record");
    for document in [&first, &second] {
        let hash = counter.shop.hash_of(counter.shop.stream(), document.seq).expect("the journal").expect("the fact");
        assert_eq!(document.check, pakka::journal::chain::check_code(&hash));
        let found = actions::find_document(counter.shop.look(), &document.body.number).expect("found again");
        assert_eq!(found.check, document.check);
        for (paper, name) in [(Paper::A4, "check-a4"), (Paper::Receipt80, "check-80")] {
            for (language, word) in [(Language::En, "Check"), (Language::Hi, "जाँच")] {
                let text = text_of(&counter, document, Copy::Again(1), language, paper, name);
                assert_says(&text, &[&format!("{word} {}", document.check)]);
            }
        }
    }
}
