//! What the paper promises, read back with the tools a customer's computer would use.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::samples::{self, all};
use super::ticket::{Pair, Ticket};
use super::{Paper, lay_out, pdf, svg};

/// Runs a tool on a PDF; `-` after the file sends its answer here.
fn told(program: &str, before: &[&str], file: &Path, after: &[&str]) -> String {
    let done = Command::new(program).args(before).arg(file).args(after).output();
    let done = done.unwrap_or_else(|_| panic!("{program} is installed by the project's set-up"));
    assert!(done.status.success(), "{program} {}: {}", file.display(), String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("UTF-8")
}

fn written(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let file = folder.join(name);
    std::fs::write(&file, bytes).expect("the sample is written");
    file
}

/// The text of a PDF as a reader copies it, white space as single spaces.
fn copied(ticket: &Ticket, paper: Paper) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let file = written(folder.path(), "copied.pdf", &pdf(ticket, paper));
    let text = told("pdftotext", &["-raw", "-enc", "UTF-8"], &file, &["-"]);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every sample is left as PDF and SVG in `pakka-paper` beside other temporary files, to be looked at.
#[test]
fn every_sample_is_a_sound_file_of_modest_size() {
    let folder = std::env::temp_dir().join("pakka-paper");
    std::fs::create_dir_all(&folder).expect("the folder for samples");
    for (name, ticket, paper) in all() {
        let bytes = pdf(&ticket, paper);
        let file = written(&folder, &format!("{name}.pdf"), &bytes);
        let checked = told("qpdf", &["--check"], &file, &[]);
        assert!(checked.contains("No syntax or stream encoding errors"), "{name}: {checked}");
        assert!(bytes.len() <= 60_000, "{name}: {} bytes", bytes.len());
        for (at, page) in svg(&ticket, paper).iter().enumerate() {
            written(&folder, &format!("{name}-{}.svg", at + 1), page.as_bytes());
            assert!(page.len() < 150_000, "{name}: {} bytes", page.len());
        }
    }
}

fn pairs(pairs: &[Pair]) -> impl Iterator<Item = &str> {
    pairs.iter().flat_map(|pair| [pair.label.as_str(), pair.value.as_str()])
}

/// All a reader should find on A4.
fn texts(ticket: &Ticket) -> Vec<&str> {
    let mut texts = vec![ticket.title.as_str(), &ticket.copy, &ticket.shop.name];
    texts.extend(ticket.shop.address.iter().map(String::as_str));
    for party in &ticket.parties {
        texts.extend([party.role.as_str(), &party.name]);
        texts.extend(party.address.iter().map(String::as_str));
        texts.extend(pairs(&party.codes));
    }
    for line in &ticket.table.lines {
        texts.extend([line.name.as_str(), &line.second_name, &line.hsn, &line.quantity, &line.rate, &line.amount]);
        texts.extend(line.notes.iter().map(String::as_str));
    }
    for row in ticket.taxes.iter().flat_map(|table| &table.rows) {
        texts.extend([row.code.as_str(), &row.taxable]);
        texts.extend(row.taxes.iter().flat_map(|(rate, amount)| [rate.as_str(), amount]));
    }
    texts.extend(ticket.taxes.iter().flat_map(|table| &table.tax_heads).map(String::as_str));
    texts.extend(pairs(&ticket.shop.codes).chain(pairs(&ticket.particulars)).chain(pairs(&ticket.sums)));
    texts.extend(pairs(ticket.total.as_slice()).chain(pairs(ticket.words.as_slice())).chain(pairs(&ticket.tenders)));
    texts.extend(ticket.scans.iter().flat_map(|scan| pairs(&scan.says)).chain(pairs(&ticket.bank)));
    texts
}

#[test]
fn an_invoice_in_two_scripts_copies_letter_by_letter() {
    for ticket in [samples::invoice(), samples::inter_state_hindi()] {
        let copied = copied(&ticket, Paper::A4);
        for text in texts(&ticket) {
            assert!(copied.contains(text), "{text:?} in {copied}");
        }
    }
}

#[test]
fn conjuncts_and_rupees_copy_exactly() {
    let names = ["श्री शक्ति सर्व शुद्ध", "ज्ञान त्रिशूल राष्ट्र", "क्ष्म्य ₹ ड़ ढ़ ज़ फ़ ँ ः", "पार्ट 2 kg ₹ 5", "AV To 1,234 fi ffi"];
    let mut ticket = samples::receipt();
    for (line, name) in ticket.table.lines.iter_mut().zip(names) {
        line.name = name.to_owned();
    }
    let copied = copied(&ticket, Paper::Receipt80);
    for line in &ticket.table.lines {
        assert!(copied.contains(&line.name), "{:?} in {copied}", line.name);
    }
}

#[test]
fn the_same_ticket_gives_the_same_bytes_again() {
    let first = pdf(&samples::receipt_hindi(), Paper::Receipt80);
    let other = pdf(&samples::receipt(), Paper::Receipt80);
    assert_ne!(first, other);
    assert!(first == pdf(&samples::receipt_hindi(), Paper::Receipt80));
}

#[test]
fn a_preview_is_a_picture_and_nothing_else() {
    for (name, ticket, paper) in all() {
        for page in svg(&ticket, paper) {
            for forbidden in
                ["<script", "style=", "<style", "http://", "https://", "url(", "<image", "<text", " on", "<!"]
            {
                let page = page.replacen("http://www.w3.org/2000/svg", "", 1);
                assert!(!page.contains(forbidden), "{name}: {forbidden}");
            }
            let used = page.split("href=\"").skip(1).map(|rest| rest.split('"').next().expect("an end"));
            for id in used {
                let id = id.strip_prefix('#').expect("only what is in the picture itself");
                assert!(page.contains(&format!("id=\"{id}\"")), "{name}: {id}");
            }
            assert!(is_well_formed(&page), "{name}");
        }
    }
}

/// Every tag is closed in order, and no loose `<`, `>` or `&` stands between.
fn is_well_formed(svg: &str) -> bool {
    let mut open = Vec::new();
    for piece in svg.split('<').skip(1) {
        let Some((tag, text)) = piece.split_once('>') else { return false };
        let entities = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"];
        let bare = entities.iter().fold(text.to_owned(), |text, entity| text.replace(entity, ""));
        if bare.contains(['>', '&']) || tag.matches('"').count() % 2 == 1 {
            return false;
        }
        match tag.strip_prefix('/') {
            Some(name) if open.pop() != Some(name) => return false,
            Some(_) => {}
            None if tag.ends_with('/') => {}
            None => open.push(tag.split(' ').next().unwrap_or(tag)),
        }
    }
    open.is_empty()
}

#[test]
fn everything_stays_on_its_page() {
    use super::marks::Mark;
    for (name, ticket, paper) in all() {
        for page in lay_out(&ticket, paper) {
            for mark in &page.marks {
                let (x, y, width, height) = match mark {
                    Mark::Text { rise, .. } if *rise != 0.0 => continue,
                    Mark::Text { x, y, size, text, .. } => (*x, y - size * 0.73, text.width_at(*size), size * 0.73),
                    Mark::Rule { x, y, width, .. } => (*x, *y, *width, 0.0),
                    Mark::Rect { x, y, width, height, .. } => (*x, *y, *width, *height),
                    Mark::Code { x, y, side, .. } => (*x, *y, *side, *side),
                };
                let (right, bottom) = (x + width, y + height);
                let edge = if paper == Paper::A4 { 33.9 } else { 11.3 };
                assert!(x >= edge && right <= page.width - edge, "{name}: {x} to {right} {mark:?}");
                assert!(y >= edge && bottom <= page.height - edge, "{name}: {y} to {bottom} {mark:?}");
            }
        }
    }
}

#[test]
fn long_documents_turn_pages_and_say_what_is_carried() {
    let ticket = samples::long(40, 9);
    let pages = lay_out(&ticket, Paper::A4);
    assert_eq!(pages.len(), 3);
    let copied = copied(&ticket, Paper::A4);
    assert_eq!(copied.matches("Carried forward").count(), 2);
    assert_eq!(copied.matches("Brought forward").count(), 2);
    assert_eq!(copied.matches("Description HSN").count(), 3);
    assert_eq!(copied.matches("To pay").count(), 1);
    for page in ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"] {
        assert!(copied.contains(page), "{page} in {copied}");
    }
    assert!(copied.contains("CANCELLED"));
}

#[test]
fn a_counters_bill_holds_on_one_page() {
    for lines in 1..=8 {
        assert_eq!(lay_out(&samples::in_two_scripts(lines), Paper::A4).len(), 1, "{lines} lines in two scripts");
    }
}

#[test]
fn a_bill_of_supply_says_no_tax() {
    let copied = copied(&samples::bill_of_supply(), Paper::A4);
    assert!(copied.contains("composition taxable person, not eligible to collect tax on supplies"));
    for tax in ["CGST", "SGST", "IGST", "GST Amount"] {
        assert!(!copied.contains(tax), "{tax} in {copied}");
    }
}

#[test]
fn a_sheet_stays_on_its_page_and_does_not_tell_its_code() {
    use super::marks::Mark;
    use super::sheet::{Code, Part, Sheet, lay_out};
    use zeroize::Zeroizing;
    let part = |points: usize| Part {
        title: "What to do".to_owned(),
        points: vec![
            "A sentence that goes on for more than one line of the sheet, as sentences do. ".repeat(2);
            points
        ],
        numbered: true,
        blanks: vec!["Police station".to_owned(); 3],
    };
    for points in [0, 3, 8] {
        let sheet = Sheet {
            title: "Recovery code".to_owned(),
            facts: vec![("Shop".to_owned(), "S".repeat(80)), ("Kept at".to_owned(), String::new())],
            code: Some(Code {
                groups: vec![Zeroizing::new("WWWWW".to_owned()); 6],
                scan: Zeroizing::new("WWWWW-".repeat(6)),
            }),
            parts: vec![part(points), part(2)],
            footer: "Printed by Pakka".to_owned(),
            ..Sheet::default()
        };
        assert_eq!(format!("{sheet:?}"), "Sheet(..)");
        let page = lay_out(&sheet);
        let bottom = |mark: &Mark| match mark {
            Mark::Text { y, .. } | Mark::Rule { y, .. } => *y,
            Mark::Rect { y, height, .. } => y + height,
            Mark::Code { y, side, .. } => y + side,
        };
        let right = |mark: &Mark| match mark {
            Mark::Text { x, size, text, .. } => x + text.width_at(*size),
            Mark::Rule { x, width, .. } | Mark::Rect { x, width, .. } => x + width,
            Mark::Code { x, side, .. } => x + side,
        };
        for mark in &page.marks {
            assert!(right(mark) <= page.width - 33.9, "{points} points: {mark:?}");
            assert!(bottom(mark) <= page.height - 33.9, "{points} points: {mark:?}");
        }
    }
}
