//! `pakkactl quote`: prices one document from standard input; `docs/quote.md` has the format.

mod answer;
mod document;

use std::io::{Read, Write};

use pakka::fault::Fault;
use pakka::price::price;
use pakka::rules::Rules;

use crate::Stop;
use answer::Answer;
use document::Document;

const HELP: &str = "usage: pakkactl quote --json < document.json\n\nexit code: 0 priced, 1 cannot read or write, \
    2 the document cannot be read, 3 it cannot be priced";

/// The longest document, in bytes.
const DOCUMENT_MAX: u64 = 16 * 1024 * 1024;

/// Reads a document, prices it, writes the answer; notes go to standard error.
pub fn run(mut words: lexopt::Parser) -> Result<(), Stop> {
    let mut json = false;
    while let Some(word) = words.next()? {
        match word {
            lexopt::Arg::Long("json") => json = true,
            lexopt::Arg::Short('h') | lexopt::Arg::Long("help") => {
                println!("{HELP}");
                return Ok(());
            }
            other => return Err(other.unexpected().into()),
        }
    }
    if !json {
        return Err(Stop::unreadable(format!("quote needs --json\n{HELP}")));
    }
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(DOCUMENT_MAX + 1).read_to_end(&mut bytes);
    read.map_err(|error| Stop::machine(format!("cannot read the document: {error}")))?;
    if bytes.len() as u64 > DOCUMENT_MAX {
        return Err(Stop::unreadable(format!("the document is longer than {DOCUMENT_MAX} bytes")));
    }
    let (answer, notes) = quote(&bytes)?;
    for note in notes {
        eprintln!("pakkactl: note: {note}");
    }
    let written = writeln!(std::io::stdout().lock(), "{answer}");
    written.map_err(|error| Stop::machine(format!("cannot write the answer: {error}")))
}

/// The answer to a document, and what should be known about it.
fn quote(bytes: &[u8]) -> Result<(String, Vec<String>), Stop> {
    let text = std::str::from_utf8(bytes).map_err(|error| Stop::unreadable(format!("not UTF-8: {error}")))?;
    let document = Document::read(text.trim_start_matches('\u{feff}')).map_err(Stop::unreadable)?;
    if document.basket.lines.is_empty() {
        return Err(Stop::refused("the document has no lines"));
    }
    let priced = price(&document.basket, &Rules::of(document.day)).map_err(|error| Stop::refused(error.to_string()))?;
    let mut notes = document.notes.clone();
    notes.extend(priced.warnings.iter().map(|warning| Fault::from(warning).say.en));
    let answer = serde_json::to_string_pretty(&Answer::of(&document, &priced)).expect("texts and lists are JSON");
    Ok((answer, notes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_unreadable_or_refused_with_its_place() {
        let with = |line: &str| format!(r#"{{"seller_state": "27", "lines": [{{"price": 1}}, {line}]}}"#);
        for (document, code, says) in [
            (String::new(), 2, "not a JSON object: EOF while parsing a value at line 1 column 0"),
            ("[]".to_owned(), 2, "not a JSON object"),
            (r#"{"lines": [{"price": 1}]}"#.to_owned(), 2, "seller_state is missing"),
            (r#"{"seller_state": 27}"#.to_owned(), 2, "lines is missing"),
            (r#"{"seller_state": 27, "lines": []}"#.to_owned(), 3, "the document has no lines"),
            (r#"{"seller_state": 27, "lines": {}}"#.to_owned(), 2, "lines is a list"),
            (r#"{"seller_state": 39, "lines": []}"#.to_owned(), 2, "seller_state is a State code"),
            (r#"{"seller_state": 96, "lines": [{"price": 1}]}"#.to_owned(), 3, "a shop cannot stand in 96-Other Country"),
            (
                r#"{"seller_state": 27, "place_of_supply": 99, "lines": [{"price": 1}]}"#.to_owned(),
                3,
                "99-Centre Jurisdiction is not a place of supply",
            ),
            (r#"{"seller_state": 27, "doc_type": "PO", "lines": []}"#.to_owned(), 2, "doc_type is INV, CRN, DBN, BOS or RV"),
            (r#"{"seller_state": 27, "buyer_type": "friend", "lines": []}"#.to_owned(), 2, "buyer_type is unregistered"),
            (r#"{"seller_state": 27, "date": "2026-02-30", "lines": []}"#.to_owned(), 2, "date is a day"),
            (r#"{"seller_state": 27, "buyer_gstin": "nobody", "lines": []}"#.to_owned(), 2, "buyer_gstin: a GSTIN has 15 characters, not 6"),
            (with("{}"), 2, "line 2: price is missing"),
            (with("5"), 2, "line 2: not a JSON object"),
            (with(r#"{"price": "1.00001"}"#), 2, "line 2: price has at most four decimals, up to 9,999 crore, not \"1.00001\""),
            (with(r#"{"price": 1, "qty": 0.0001}"#), 2, "line 2: qty has at most three decimals, up to ten lakh, not \"0.0001\""),
            (with(r#"{"price": 1, "qty": 0}"#), 3, "line 2: the quantity 0 is not above zero"),
            (with(r#"{"price": -1}"#), 3, "line 2: the price -1.00 is below zero"),
            (with(r#"{"price": 1, "rate": -5}"#), 2, "line 2: rate is a percent"),
            (with(r#"{"price": 1, "rate": 500}"#), 3, "line 2: a tax rate of 500% is above 100%"),
            (with(r#"{"price": 1, "nature": "zero"}"#), 2, "line 2: nature is taxable, nil, exempt or non_gst, not \"zero\""),
            (with(r#"{"price": 1, "discount": 5}"#), 2, "line 2: discount: not a JSON object"),
            (with(r#"{"price": 1, "discount": {"type": "half"}}"#), 2, "line 2: discount: type is percent or amount"),
            (with(r#"{"price": 1, "discount": {"value": 2}}"#), 3, "line 2: the discount 2.00 is more than the value 1.00"),
            (with(r#"{"price": 1, "discount": {"value": 0.001}}"#), 2, "line 2: discount: value has at most two decimals"),
            (with(r#"{"price": 1, "inclusive": "maybe"}"#), 2, "line 2: inclusive is true or false, not \"maybe\""),
            (
                r#"{"seller_state": 27, "invoice_discount": {"type": "percent", "value": 101}, "lines": [{"price": 1}]}"#.to_owned(),
                3,
                "a discount of 101% is more than the whole",
            ),
        ] {
            let Err(stop) = quote(document.as_bytes()) else { panic!("{document}") };
            assert_eq!(stop.code, code, "{document}: {}", stop.say);
            assert!(stop.say.starts_with(says), "{document}: {}", stop.say);
        }
        assert!(quote(b"\xff{}").is_err_and(|stop| stop.code == 2));
    }

    #[test]
    fn what_is_odd_but_priced_is_noted() {
        for (document, note) in [
            (
                r#"{"seller_state": 27, "colour": 1, "lines": [{"price": 1, "rate": 5}]}"#,
                "unknown key \"colour\" is ignored",
            ),
            (
                r#"{"seller_state": 27, "lines": [{"price": 1, "rate": 5, "mrp": 2}]}"#,
                "line 1: unknown key \"mrp\" is ignored",
            ),
            (r#"{"seller_state": 27, "lines": [{"price": 1}]}"#, "line 1: no rate is given; 0% is taken"),
            (
                r#"{"seller_state": 27, "doc_type": "RV", "lines": [{"price": 1}]}"#,
                "line 1: no rate is given; 18% is taken",
            ),
            (
                r#"{"seller_state": 27, "lines": [{"price": 1, "rate": 5, "nature": "nil"}]}"#,
                "line 1: rate and cess are left out: the line is nil",
            ),
            (
                r#"{"seller_state": 27, "date": "2026-11-22", "lines": [{"price": 1, "rate": 12}]}"#,
                "line 1: 12% is not a rate of the tariff on 2026-11-22; it is taken as stated",
            ),
            (
                r#"{"seller_state": 27, "lines": [{"price": 1, "rate": 5, "unit": "heap"}]}"#,
                "line 1: unit \"heap\" is not on the GST list",
            ),
            (
                r#"{"seller_state": 27, "buyer_gstin": "29AABCF8078M1Z1", "lines": [{"price": 1, "rate": 5}]}"#,
                "buyer_gstin: the check character does not fit the other fourteen; its State code is taken",
            ),
            (
                r#"{"seller_state": 27, "buyer_gstin": "soon", "place_of_supply": 29, "lines": [{"price": 1, "rate": 5}]}"#,
                "buyer_gstin: a GSTIN has 15 characters, not 4; the stated place of supply holds",
            ),
            (
                r#"{"seller_state": 27, "doc_type": "BOS", "place_of_supply": "29", "lines": [{"price": 1, "rate": 5}]}"#,
                "a bill of supply with taxable lines is a composition dealer's, who may not sell to another State",
            ),
            (
                r#"{"seller_state": 27, "reverse_charge": true, "lines": [{"price": 1, "rate": 5}]}"#,
                "Reverse charge is for customers with a GSTIN.",
            ),
        ] {
            let Ok((_, notes)) = quote(document.as_bytes()) else { panic!("{document}") };
            assert!(notes.iter().any(|told| told.starts_with(note)), "{document}: {notes:?}");
        }
    }
}
