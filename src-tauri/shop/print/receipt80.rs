//! 80 mm: one column in one ink, dashes for rules, as long as what is on it.

use super::layout::{Hand, PLAIN, STRONG, STRONG_FIGURE, Side, Type};
use super::marks::{Block, Ink, MM, Mark, Page};
use super::taxes::{TaxSetting, tax_blocks};
use super::ticket::{Line, LineHeads, Pair, Party, Scan, Ticket, Voice};

const WIDTH: f32 = 80.0 * MM;
/// What a print head of 72 mm leaves on either side.
const MARGIN: f32 = 4.0 * MM;
const INNER: f32 = WIDTH - 2.0 * MARGIN;
const ENDS: f32 = 4.0 * MM;
const SIZE: f32 = 9.2;
const PITCH: f32 = 13.4;
const GAP: f32 = 5.0;
const CODE_SIDE: f32 = 34.0 * MM;
const CODE_SQUARE: f32 = 0.375 * MM;

/// A thermal head knows one ink: grey would come out as dots.
const BODY: Type = Type::new(SIZE, Ink::Text, PLAIN);
const HEAVY: Type = Type::new(SIZE, Ink::Text, STRONG);

/// The strip of a ticket on 80 mm.
pub(super) fn lay_out(ticket: &Ticket) -> Page {
    let hand = &mut Hand::default();
    let sections = [
        letterhead(hand, ticket),
        heading(hand, ticket),
        parties(hand, &ticket.parties),
        lines(hand, ticket),
        sums(hand, ticket),
        taxes(hand, ticket),
        closing(hand, ticket),
    ];
    let banner = banner(hand, ticket);
    let mut strip = banner.clone();
    for (at, section) in sections.into_iter().filter(|section| section.height > 0.0).enumerate() {
        if at > 0 {
            let y = strip.height + GAP;
            strip.marks.push(Mark::Rule { x: 0.0, y, width: INNER, thick: 0.7, dashed: true, ink: Ink::Text });
            strip.height = y;
        }
        strip.stack(GAP, section);
    }
    strip.stack(2.0 * GAP, banner);
    let mut page = Page::new(WIDTH, strip.height + 2.0 * ENDS);
    page.put(MARGIN, ENDS, strip);
    page
}

/// A word that must not be overlooked, between two bars, above and below everything.
fn banner(hand: &mut Hand, ticket: &Ticket) -> Block {
    let mut block = Block::default();
    if !ticket.banner.is_empty() {
        let set = Type::new(16.0, Ink::Text, STRONG);
        hand.fit(&mut block, (0.0, set.baseline(30.0), INNER), &ticket.banner, set, Side::Centre);
        for y in [2.0, 28.0] {
            block.marks.push(Mark::Rule { x: 0.0, y, width: INNER, thick: 2.0, dashed: false, ink: Ink::Text });
        }
        block.height = 30.0;
    }
    block
}

fn centred(hand: &mut Hand, text: &str, set: Type, lines_max: usize) -> Block {
    hand.lines(text, set, INNER, (set.size * 1.42, lines_max), Side::Centre)
}

fn letterhead(hand: &mut Hand, ticket: &Ticket) -> Block {
    let mut block = centred(hand, &ticket.shop.name, Type::new(15.0, Ink::Text, STRONG), 3);
    for line in &ticket.shop.address {
        block.stack(0.0, centred(hand, line, BODY, 3));
    }
    block.stack(1.0, hand.flow(&ticket.shop.codes, BODY, INNER, PITCH, Side::Centre));
    block
}

/// Title and particulars; two particulars without labels share a row.
fn heading(hand: &mut Hand, ticket: &Ticket) -> Block {
    let mut block = centred(hand, &ticket.title, Type::new(10.8, Ink::Text, STRONG), 3);
    block.stack(0.0, centred(hand, &ticket.copy, BODY, 2));
    for notice in &ticket.notices {
        block.stack(0.0, centred(hand, notice, HEAVY.sized(8.2), 4));
    }
    let mut rest = ticket.particulars.as_slice();
    while let [first, after @ ..] = rest {
        rest = after;
        let mut row = Block::default();
        match after {
            [second, after @ ..] if first.label.is_empty() && second.label.is_empty() => {
                rest = after;
                let y = BODY.baseline(PITCH);
                hand.fit(&mut row, (0.0, y, INNER * 0.58), &first.value, BODY.voiced(first.voice), Side::Left);
                let place = (INNER * 0.6, y, INNER * 0.4);
                hand.fit(&mut row, place, &second.value, BODY.voiced(second.voice), Side::Right);
                row.height = PITCH;
            }
            _ => row = hand.pairs(std::slice::from_ref(first), BODY, BODY, INNER, PITCH),
        }
        block.stack(0.0, row);
    }
    block
}

fn parties(hand: &mut Hand, parties: &[Party]) -> Block {
    let mut block = Block::default();
    for party in parties {
        block.stack(2.0, hand.lines(&party.role, BODY.sized(8.2), INNER, (12.0, 1), Side::Left));
        block.stack(0.0, hand.lines(&party.name, HEAVY, INNER, (PITCH, 3), Side::Left));
        for line in &party.address {
            block.stack(0.0, hand.lines(line, BODY, INNER, (PITCH, 2), Side::Left));
        }
        block.stack(0.0, hand.flow(&party.codes, BODY, INNER, PITCH, Side::Left));
    }
    block
}

fn lines(hand: &mut Hand, ticket: &Ticket) -> Block {
    let mut block = Block::default();
    for entry in &ticket.table.lines {
        block.stack(2.5, line(hand, entry, &ticket.table.heads));
    }
    block
}

/// A line: name, then `quantity × rate` and the amount; all on one row where they fit.
fn line(hand: &mut Hand, line: &Line, heads: &LineHeads) -> Block {
    let amount = Type { style: STRONG_FIGURE, ..BODY };
    let figures = BODY.voiced(Voice::Plain);
    let left = INNER - hand.width(&line.amount, amount) - 8.0;
    let count = counted(line);
    let mut block = Block::default();
    if line.second_name.is_empty() && hand.width(&line.name, BODY) + hand.width(&count, figures) + 6.0 <= left {
        let y = BODY.baseline(PITCH);
        let named = hand.width(&line.name, BODY) + if line.name.is_empty() { 0.0 } else { 6.0 };
        hand.fit(&mut block, (0.0, y, left), &line.name, BODY, Side::Left);
        hand.fit(&mut block, (named, y, left - named), &count, figures, Side::Left);
        hand.fit(&mut block, (0.0, y, INNER), &line.amount, amount, Side::Right);
        block.height = PITCH;
    } else {
        let alone = count.is_empty();
        let width = if alone { left } else { INNER };
        block.stack(0.0, hand.lines(&line.name, BODY, width, (PITCH, 3), Side::Left));
        block.stack(0.0, hand.lines(&line.second_name, BODY, width, (PITCH, 2), Side::Left));
        let y = if alone { (block.height - PITCH).max(0.0) } else { block.height } + BODY.baseline(PITCH);
        hand.fit(&mut block, (8.0, y, left - 8.0), &count, figures, Side::Left);
        hand.fit(&mut block, (0.0, y, INNER), &line.amount, amount, Side::Right);
        block.height = y - BODY.baseline(PITCH) + PITCH;
    }
    let small = BODY.sized(8.0);
    let said =
        [(&heads.hsn, &line.hsn), (&heads.mrp, &line.mrp), (&heads.discount, &line.discount), (&heads.gst, &line.gst)];
    // A dash fills a cell of a table; without the table it says nothing.
    let said = said.iter().filter(|(head, text)| !head.is_empty() && !["", "-", "–", "—"].contains(&text.as_str()));
    let details: Vec<Pair> = said.map(|(head, text)| Pair::plain(*head, *text)).collect();
    let mut below = hand.flow(&details, small, INNER - 8.0, 11.4, Side::Left);
    for note in &line.notes {
        below.stack(0.0, hand.lines(note, small, INNER - 8.0, (11.4, 2), Side::Left));
    }
    let y = block.height;
    if below.height > 0.0 {
        block.put(8.0, y, below);
    }
    block
}

/// `2 PCS × 118.00`; of one piece its quantity alone, since the amount says the rate (Rule 46(i)).
fn counted(line: &Line) -> String {
    let quantity = [line.quantity.as_str(), line.unit.as_str()].join(" ");
    let quantity = quantity.trim();
    match (quantity.is_empty(), line.rate.is_empty()) {
        (true, true) => String::new(),
        (false, true) => quantity.to_owned(),
        (true, false) => line.rate.clone(),
        (false, false) if line.quantity == "1" && line.rate == line.amount => quantity.to_owned(),
        (false, false) => format!("{quantity} × {}", line.rate),
    }
}

fn sums(hand: &mut Hand, ticket: &Ticket) -> Block {
    let mut block = hand.pairs(&ticket.sums, BODY, BODY, INNER, PITCH);
    if let Some(total) = &ticket.total {
        let set = Type::new(SIZE * 1.4, Ink::Text, STRONG_FIGURE);
        let y = block.height + if block.height > 0.0 { 3.0 } else { 0.0 };
        let valued = hand.width(&total.value, set).min(INNER * 0.65);
        let place = (0.0, y + set.baseline(20.0), INNER - valued - 8.0);
        hand.fit(&mut block, place, &total.label, set, Side::Left);
        let place = (INNER - valued, y + set.baseline(20.0), valued + 0.01);
        hand.fit(&mut block, place, &total.value, set, Side::Left);
        block.height = y + 20.0;
    }
    block.stack(2.0, hand.pairs(&ticket.tenders, BODY, BODY, INNER, PITCH));
    if let Some(words) = &ticket.words {
        block.stack(2.0, hand.lines(&words.value, BODY.sized(8.4), INNER, (12.2, 4), Side::Left));
    }
    block
}

fn taxes(hand: &mut Hand, ticket: &Ticket) -> Block {
    let setting = TaxSetting { width: INNER, size_max: 8.4, leading: 1.45, soft: Ink::Text, dashed: true };
    ticket.taxes.as_ref().map(|table| tax_blocks(hand, table, setting).joined()).unwrap_or_default()
}

fn closing(hand: &mut Hand, ticket: &Ticket) -> Block {
    let mut block = Block::default();
    for scan in &ticket.scans {
        block.stack(8.0, scanned(hand, scan));
    }
    block.stack(5.0, hand.flow(&ticket.bank, BODY, INNER, PITCH, Side::Centre));
    for sentence in &ticket.declarations {
        block.stack(3.0, centred(hand, sentence, BODY.sized(8.2), 20));
    }
    if let Some(sign) = &ticket.signature {
        block.stack(6.0, hand.lines(&sign.above, BODY, INNER, (PITCH, 2), Side::Right));
        block.height += 26.0;
        block.stack(0.0, hand.lines(&sign.below, BODY, INNER, (PITCH, 2), Side::Right));
    }
    for line in &ticket.footer {
        block.stack(3.0, centred(hand, line, BODY, 4));
    }
    block
}

fn scanned(hand: &mut Hand, scan: &Scan) -> Block {
    let mut block = Block::default();
    let code = hand.code(&scan.holds, CODE_SIDE, CODE_SQUARE);
    let side = code.height;
    if code.height > 0.0 {
        // The dashes above are ink too: the quiet zone is kept on every side.
        block.put((INNER - side) / 2.0, 6.0, code);
        block.height += 8.0;
    }
    for (at, pair) in scan.says.iter().enumerate() {
        let said = if at == 0 && pair.label.is_empty() {
            centred(hand, &pair.value, HEAVY, 2)
        } else {
            hand.flow(std::slice::from_ref(pair), BODY, INNER, PITCH, Side::Centre)
        };
        block.stack(0.0, said);
    }
    block
}
