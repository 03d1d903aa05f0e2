//! A document as the printing room wants it: every figure as text, every label in the paper's language.

use std::collections::BTreeMap;

use super::views::discount_text;
use super::{Cancelled, Document, SealedLine};
use crate::customer::Contact;
use crate::day::Day;
use crate::gst::nature::Nature;
use crate::money::Paise;
use crate::price::{Flow, Title};
use crate::print::ticket::{
    Letterhead, Line, LineHeads, LineTable, PageWords, Pair, Party, Signature, TaxRow, TaxTable, Ticket,
};
use crate::print::words;
use crate::profile::Profile;
use crate::rate::Rate;
use crate::settings::Language;

/// What a paper copy says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copy {
    /// The first paper, for the buyer (CGST Rule 48(1)).
    Original,
    /// A later one, counted from 1.
    Again(u32),
}

impl Copy {
    /// Which copy a paper is, counted from 1 with the original.
    #[must_use]
    pub fn of(paper: u32) -> Copy {
        if paper <= 1 { Copy::Original } else { Copy::Again(paper - 1) }
    }

    /// How many copies there are after the original.
    #[must_use]
    pub fn number(self) -> u32 {
        match self {
            Copy::Original => 0,
            Copy::Again(copy) => copy,
        }
    }
}

/// The document on paper.
#[must_use]
pub fn ticket(
    document: &Document,
    profile: &Profile,
    contact: Option<&Contact>,
    cancelled: Option<&Cancelled>,
    copy: Copy,
    language: Language,
) -> Ticket {
    let say = Say(language);
    let body = &document.body;
    let shows_tax = matches!(body.title, Title::TaxInvoice | Title::InvoiceCumBillOfSupply);
    Ticket {
        name: format!("{} {}", body.title.words().en, body.number),
        made_at_ms: document.wall_ms,
        title: say.words(&body.title.words()),
        copy: match copy {
            Copy::Original => say.pick("Original for recipient", "ग्राहक की मूल प्रति"),
            Copy::Again(copies) => say.pick(&format!("Duplicate copy {copies}"), &format!("दोबारा प्रति {copies}")),
        },
        banner: if cancelled.is_some() { say.pick("CANCELLED", "रद्द") } else { String::new() },
        notices: notices(document, profile, cancelled, say),
        shop: letterhead(profile, say),
        parties: parties(document, contact, say),
        particulars: particulars(document, say),
        table: LineTable { heads: heads(document, say, shows_tax), lines: lines(document, say) },
        taxes: shows_tax.then(|| taxes(document, say)).filter(|table| !table.rows.is_empty()),
        sums: sums(document, say, shows_tax),
        total: Some(Pair::strong(say.pick("Total", "कुल"), format!("₹ {}", body.total))),
        tenders: tenders(document, say),
        words: Some(Pair::plain(
            say.pick("Amount in words", "शब्दों में"),
            match language {
                Language::En => words::in_english(body.total),
                Language::Hi => words::in_hindi(body.total),
            },
        )),
        // A bill is paid when it is printed: a code to pay it again would be scanned by somebody.
        scans: Vec::new(),
        bank: Vec::new(),
        declarations: declarations(document, say, shows_tax),
        signature: Some(Signature {
            above: say.pick(&format!("For {}", profile.name), &format!("{} की ओर से", profile.name)),
            below: say.pick("Authorised signatory", "अधिकृत हस्ताक्षर"),
        }),
        footer: [profile.footer.clone()].into_iter().filter(|line| !line.is_empty()).collect(),
        turns: PageWords {
            page: say.pick("Page {page} of {pages}", "पेज {page} / {pages}"),
            carried: say.pick("Carried forward", "आगे ले गए"),
            brought: say.pick("Brought forward", "पीछे से लाए"),
        },
    }
}

/// Picks the language of the paper.
#[derive(Clone, Copy)]
struct Say(Language);

impl Say {
    fn pick(self, english: &str, hindi: &str) -> String {
        match self.0 {
            Language::En => english.to_owned(),
            Language::Hi => hindi.to_owned(),
        }
    }

    fn words(self, words: &crate::fault::Words) -> String {
        self.pick(&words.en, &words.hi)
    }
}

fn notices(document: &Document, profile: &Profile, cancelled: Option<&Cancelled>, say: Say) -> Vec<String> {
    let mut notices = Vec::new();
    if profile.scheme == crate::price::Scheme::Composition {
        // CGST Rule 5(1)(f): these words, at the top of every bill of supply.
        notices.push("Composition taxable person, not eligible to collect tax on supplies".to_owned());
    }
    if let Some(cancelled) = cancelled {
        let day = Day::of(cancelled.wall_ms, cancelled.offset_min).on_paper();
        let number = &document.body.number;
        notices.push(say.pick(
            &format!("{number} was cancelled on {day}: {}", cancelled.reason),
            &format!("{number} {day} को रद्द किया गया: {}", cancelled.reason),
        ));
    }
    notices
}

/// Says whether the rates printed have the tax in them, since the taxable value beside them has not.
fn declarations(document: &Document, say: Say, shows_tax: bool) -> Vec<String> {
    let inclusive = document.body.lines.iter().filter(|line| line.inclusive).count();
    match inclusive {
        _ if !shows_tax => Vec::new(),
        0 => Vec::new(),
        all if all == document.body.lines.len() => vec![say.pick("Rates include GST.", "दाम में GST शामिल है।")],
        _ => vec![say.pick(
            "Rates include GST where the amount is rate times quantity.",
            "जहाँ रकम दाम गुणा मात्रा है, वहाँ दाम में GST शामिल है।",
        )],
    }
}

fn letterhead(profile: &Profile, say: Say) -> Letterhead {
    let town = [profile.city.as_str(), profile.pin_code.as_str()]
        .iter()
        .filter(|part| !part.is_empty())
        .copied()
        .collect::<Vec<_>>();
    let mut place = town.join(" ");
    let state = format!("{} ({})", say.words(&profile.state.name()), profile.state.code());
    place = if place.is_empty() { state } else { format!("{place}, {state}") };
    let mut codes = Vec::new();
    if let Some(gstin) = &profile.gstin {
        codes.push(Pair::strong_code("GSTIN", gstin.as_str()));
    }
    if !profile.fssai.is_empty() {
        codes.push(Pair::code("FSSAI", profile.fssai.clone()));
    }
    if !profile.phone.is_empty() {
        codes.push(Pair::plain(say.pick("Phone", "फ़ोन"), profile.phone.clone()));
    }
    let legal_name = if profile.legal_name == profile.name { String::new() } else { profile.legal_name.clone() };
    Letterhead {
        name: profile.name.clone(),
        mark: profile.name.chars().next().map(String::from).unwrap_or_default(),
        address: [legal_name, profile.street.clone(), place].into_iter().filter(|line| !line.is_empty()).collect(),
        codes,
    }
}

fn parties(document: &Document, contact: Option<&Contact>, say: Say) -> Vec<Party> {
    let Some(buyer) = &document.body.buyer else { return Vec::new() };
    let contact = contact.cloned().unwrap_or_default();
    let mut address: Vec<String> = [contact.address.clone()].into_iter().filter(|line| !line.is_empty()).collect();
    if let Some(state) = buyer.state {
        address.push(format!("{} ({})", say.words(&state.name()), state.code()));
    }
    let mut codes = Vec::new();
    if let Some(gstin) = &buyer.gstin {
        codes.push(Pair::strong_code("GSTIN", gstin.as_str()));
    }
    if !contact.phone.is_empty() {
        codes.push(Pair::plain(say.pick("Phone", "फ़ोन"), contact.phone.clone()));
    }
    vec![Party { role: say.pick("Billed to", "ग्राहक"), name: contact.name, address, codes }]
}

fn particulars(document: &Document, say: Say) -> Vec<Pair> {
    let body = &document.body;
    let minutes = (document.wall_ms / 60_000 + i64::from(document.offset_min)).rem_euclid(24 * 60);
    let mut pairs = vec![
        Pair::strong_code(say.pick("Invoice", "बिल नंबर"), body.number.clone()),
        Pair::code(say.pick("Check", "जाँच"), document.check.clone()),
        Pair::plain(
            say.pick("Date", "तारीख"),
            format!("{} {:02}:{:02}", body.day.on_paper(), minutes / 60, minutes % 60),
        ),
    ];
    if matches!(body.title, Title::TaxInvoice | Title::InvoiceCumBillOfSupply) {
        // Rule 46(n) wants it between States; the buyer's accountant wants it always.
        pairs.push(Pair::plain(
            say.pick("Place of supply", "सप्लाई की जगह"),
            format!("{} ({})", say.words(&body.place.name()), body.place.code()),
        ));
        pairs.push(Pair::plain(say.pick("Reverse charge", "रिवर्स चार्ज"), say.pick("No", "नहीं")));
    }
    let served = [body.counter.as_str(), body.cashier.as_str()]
        .iter()
        .filter(|part| !part.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" · ");
    pairs.push(Pair::plain(say.pick("Counter", "काउंटर"), served));
    pairs
}

fn heads(document: &Document, say: Say, shows_tax: bool) -> LineHeads {
    let body = &document.body;
    let when = |there: bool, english: &str, hindi: &str| if there { say.pick(english, hindi) } else { String::new() };
    LineHeads {
        name: say.pick("Description", "सामान"),
        hsn: when(body.lines.iter().any(|line| !line.hsn.is_empty()), "HSN", "HSN"),
        quantity: say.pick("Quantity", "मात्रा"),
        mrp: when(body.lines.iter().any(|line| line.mrp.is_some()), "MRP", "MRP"),
        rate: say.pick("Rate", "दाम"),
        discount: when(body.lines.iter().any(|line| !discount(line).is_zero()), "Discount", "छूट"),
        taxable: when(shows_tax, "Taxable", "कर योग्य"),
        gst: when(shows_tax, "GST", "GST"),
        amount: say.pick("Amount", "रकम"),
    }
}

fn discount(line: &SealedLine) -> Paise {
    line.line_discount + line.bill_discount
}

fn lines(document: &Document, say: Say) -> Vec<Line> {
    let mut so_far = Paise::ZERO;
    let lines = document.body.lines.iter().enumerate().map(|(place, line)| {
        so_far = so_far + line.amount;
        let (name, second_name) = match (&line.name_second, say.0) {
            (Some(second), Language::Hi) => (second.clone(), line.name.clone()),
            (second, _) => (line.name.clone(), second.clone().unwrap_or_default()),
        };
        Line {
            no: (place + 1).to_string(),
            name,
            second_name,
            notes: Vec::new(),
            hsn: line.hsn.clone(),
            quantity: line.quantity.to_string(),
            unit: line.unit.code(),
            mrp: line.mrp.map(|mrp| mrp.to_string()).unwrap_or_default(),
            rate: line.price.decimal(),
            discount: if discount(line).is_zero() { String::new() } else { discount(line).to_string() },
            taxable: line.taxable.to_string(),
            gst: match line.nature {
                Nature::Taxable => line.rate.to_string(),
                other => say.words(&other.words()),
            },
            amount: line.amount.to_string(),
            so_far: so_far.to_string(),
        }
    });
    lines.collect()
}

/// Tax per HSN and rate, adding up what each line was given (Rule 46(l), (m)).
fn taxes(document: &Document, say: Say) -> TaxTable {
    let body = &document.body;
    let inter = body.flow.is_inter();
    let has_cess = body.lines.iter().any(|line| !line.cess.is_zero());
    let mut rows: BTreeMap<(String, Rate), [Paise; 5]> = BTreeMap::new();
    for line in body.lines.iter().filter(|line| line.nature.is_taxable()) {
        let row = rows.entry((line.hsn.clone(), line.rate)).or_default();
        for (sum, amount) in row.iter_mut().zip([line.taxable, line.cgst, line.sgst, line.igst, line.cess]) {
            *sum = *sum + amount;
        }
    }
    let row = |code: String, rate: Option<Rate>, [taxable, cgst, sgst, igst, cess]: [Paise; 5]| {
        let half = rate.map(|rate| format!("{}%", rate.half_decimal())).unwrap_or_default();
        let whole = rate.map(|rate| rate.to_string()).unwrap_or_default();
        let mut taxes = if inter {
            vec![(whole, igst.to_string())]
        } else {
            vec![(half.clone(), cgst.to_string()), (half, sgst.to_string())]
        };
        if has_cess {
            taxes.push((String::new(), cess.to_string()));
        }
        TaxRow { code, taxable: taxable.to_string(), taxes }
    };
    let total = rows.values().fold([Paise::ZERO; 5], |mut sum, row| {
        sum.iter_mut().zip(row).for_each(|(sum, amount)| *sum = *sum + *amount);
        sum
    });
    let mut tax_heads =
        if inter { vec!["IGST".to_owned()] } else { vec!["CGST".to_owned(), state_tax(body.flow).to_owned()] };
    if has_cess {
        tax_heads.push("Cess".to_owned());
    }
    let has_rows = !rows.is_empty();
    TaxTable {
        title: say.pick("Tax by HSN", "HSN के हिसाब से कर"),
        code_head: "HSN".to_owned(),
        taxable_head: say.pick("Taxable", "कर योग्य"),
        tax_heads,
        rows: rows
            .into_iter()
            .map(|((hsn, rate), sums)| row(if hsn.is_empty() { "–".to_owned() } else { hsn }, Some(rate), sums))
            .collect(),
        total: has_rows.then(|| row(say.pick("Total", "कुल"), None, total)),
    }
}

fn state_tax(flow: Flow) -> &'static str {
    if flow == Flow::IntraTerritory { "UTGST" } else { "SGST" }
}

fn sums(document: &Document, say: Say, shows_tax: bool) -> Vec<Pair> {
    let body = &document.body;
    let sum = |of: fn(&SealedLine) -> Paise| body.lines.iter().map(of).sum::<Paise>();
    let mut pairs = Vec::new();
    let off = sum(discount);
    if !off.is_zero() {
        pairs.push(Pair::plain(say.pick("Before discount", "छूट से पहले"), sum(|line| line.gross).to_string()));
        let what = match discount_text(body.discount) {
            text if text.is_empty() => say.pick("Discount", "छूट"),
            text => format!("{} ({} {text})", say.pick("Discount", "छूट"), say.pick("bill", "बिल")),
        };
        pairs.push(Pair::plain(what, format!("−{off}")));
    }
    let value_of =
        |nature: Nature| body.lines.iter().filter(|line| line.nature == nature).map(|line| line.taxable).sum::<Paise>();
    if shows_tax {
        pairs.push(Pair::strong(say.pick("Taxable value", "कर योग्य रकम"), value_of(Nature::Taxable).to_string()));
        for nature in [Nature::Nil, Nature::Exempt, Nature::NonGst] {
            let value = value_of(nature);
            if !value.is_zero() {
                pairs.push(Pair::plain(say.words(&nature.words()), value.to_string()));
            }
        }
        for (name, amount) in [
            ("CGST", sum(|line| line.cgst)),
            (state_tax(body.flow), sum(|line| line.sgst)),
            ("IGST", sum(|line| line.igst)),
            ("Cess", sum(|line| line.cess)),
        ] {
            if !amount.is_zero() {
                pairs.push(Pair::plain(name, amount.to_string()));
            }
        }
    }
    if !body.round_off.is_zero() {
        let sign = if body.round_off.is_negative() { "−" } else { "+" };
        pairs.push(Pair::plain(say.pick("Round off", "राउंड ऑफ"), format!("{sign}{}", body.round_off.abs())));
    }
    pairs
}

fn tenders(document: &Document, say: Say) -> Vec<Pair> {
    let body = &document.body;
    let mut pairs: Vec<Pair> = body
        .tenders
        .iter()
        .map(|tender| Pair::plain(say.words(&tender.kind.word()), tender.amount.to_string()))
        .collect();
    if !body.change.is_zero() {
        pairs.push(Pair::plain(say.pick("Change given", "छुट्टा दिया"), body.change.to_string()));
    }
    pairs
}
