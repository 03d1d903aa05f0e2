//! The foot of the last A4 page: what is scanned, paid into and signed, and the declarations.

use super::a4::{BODY, INNER, LABEL, SOFT};
use super::layout::{Hand, STRONG, Side, Type};
use super::marks::{Block, Ink, MM, Mark};
use super::ticket::{Scan, Ticket};

const SIGN_WIDTH: f32 = 174.0;
const CODE_SIDE: f32 = 96.0;
/// Smallest square of a code that cheap cameras read from cheap paper.
const CODE_SQUARE: f32 = 0.33 * MM;

/// What is scanned, paid into and signed, and the declarations.
pub(super) fn foot(hand: &mut Hand, ticket: &Ticket) -> Block {
    let mut row = Block::default();
    let alone = ticket.scans.len() == 1;
    let mut x = 0.0;
    for scan in &ticket.scans {
        let (block, width) = if alone { scan_beside(hand, scan, ticket) } else { scan_above(hand, scan) };
        row.put(x, 0.0, block);
        x += width + 12.0;
    }
    if !alone && !ticket.bank.is_empty() {
        let width = (INNER - x - SIGN_WIDTH - 16.0).max(90.0);
        row.put(x, 0.0, hand.flow(&ticket.bank, SOFT, width, 13.8, Side::Left));
    }
    if let Some(sign) = &ticket.signature {
        let mut block = hand.lines(&sign.above, SOFT, SIGN_WIDTH, (13.2, 2), Side::Right);
        let line = (block.height + 40.0).max(row.height - 16.0);
        block.marks.push(Mark::Rule { x: 0.0, y: line, width: SIGN_WIDTH, thick: 0.6, dashed: false, ink: Ink::Soft });
        let below = hand.lines(&sign.below, BODY, SIGN_WIDTH, (13.2, 2), Side::Right);
        block.put(0.0, line + 3.0, below);
        row.put(INNER - SIGN_WIDTH, 0.0, block);
    }
    let mut block = Block::default();
    if row.height > 0.0 {
        block.marks.push(Mark::Rule { x: 0.0, y: 0.0, width: INNER, thick: 0.6, dashed: false, ink: Ink::Line });
        block.put(0.0, 12.0, row);
    }
    for (at, sentence) in ticket.declarations.iter().enumerate() {
        let gap = if at == 0 { 8.0 } else { 0.0 };
        block.stack(gap, hand.lines(sentence, LABEL, INNER, (11.8, 12), Side::Left));
    }
    block
}

/// The code with its words to the right, the bank at their foot.
fn scan_beside(hand: &mut Hand, scan: &Scan, ticket: &Ticket) -> (Block, f32) {
    let mut block = hand.code(&scan.holds, CODE_SIDE, CODE_SQUARE);
    let side = block.height;
    let x = if side > 0.0 { side + 20.0 } else { 0.0 };
    let width = INNER - x - SIGN_WIDTH - 16.0;
    let said = says(hand, scan, width);
    let bank = hand.flow(&ticket.bank, SOFT, width, 13.8, Side::Left);
    let bank_y = (said.height + 8.0).max(side - bank.height + 2.0);
    block.put(x, 0.0, said);
    if bank.height > 0.0 {
        block.put(x, bank_y, bank);
    }
    (block, x + width)
}

/// The code with its words below, where there are several.
fn scan_above(hand: &mut Hand, scan: &Scan) -> (Block, f32) {
    let mut block = hand.code(&scan.holds, CODE_SIDE, CODE_SQUARE);
    let width = block.height.max(CODE_SIDE) + 9.0;
    block.stack(9.0, says(hand, scan, width));
    (block, width)
}

fn says(hand: &mut Hand, scan: &Scan, width: f32) -> Block {
    let mut block = Block::default();
    let (headline, rest) = match scan.says.split_first() {
        Some((first, rest)) if first.label.is_empty() => (Some(first), rest),
        _ => (None, scan.says.as_slice()),
    };
    if let Some(first) = headline {
        let set = Type::new(10.6, Ink::Deep, STRONG);
        block.stack(0.0, hand.lines(&first.value, set, width, (15.0, 3), Side::Left));
    }
    for pair in rest {
        block.stack(0.0, hand.flow(std::slice::from_ref(pair), SOFT, width, 13.8, Side::Left));
    }
    block
}
