//! A sheet to be kept: one page of A4 that says what to do, with a code to type or a few lines to fill in by hand.
//!
//! What stands on it may be a secret: it does not print itself, and whoever gives a sheet wipes what is drawn of it.

use std::fmt;

use zeroize::Zeroizing;

use super::a4::INNER;
use super::layout::{CODE, FIGURE, Hand, PLAIN, STRONG, STRONG_CODE, Side, Type};
use super::marks::{Block, Ink, MM, Mark, Page};

const WIDTH: f32 = 210.0 * MM;
const HEIGHT: f32 = 297.0 * MM;
const MARGIN: f32 = 12.0 * MM;
/// Between one part of the sheet and the next.
const GAP: f32 = 15.0;
const CODE_SIDE: f32 = 38.0 * MM;
const GROUP_HEIGHT: f32 = 52.0;
/// Sizes of the text that are tried, largest first; the smallest is still read at arm's length.
const SCALES: [f32; 6] = [1.12, 1.06, 1.0, 0.92, 0.84, 0.76];
/// A line to write on by hand.
const BLANK_ROW: f32 = 24.0;

/// A sheet in the order it is read.
#[derive(Default)]
pub struct Sheet {
    /// What a reader of the file's properties sees.
    pub name: String,
    /// When the sheet was made, in Unix milliseconds.
    pub made_at_ms: i64,
    pub title: String,
    pub lead: String,
    /// Label and value; an empty value is a line to write on.
    pub facts: Vec<(String, String)>,
    pub code: Option<Code>,
    /// One sentence that must not be overlooked.
    pub warning: String,
    pub parts: Vec<Part>,
    pub footer: String,
}

/// A code in groups, large enough to be typed from, and the same as a picture to scan.
pub struct Code {
    pub groups: Vec<Zeroizing<String>>,
    pub scan: Zeroizing<String>,
}

/// A heading and what stands under it.
#[derive(Default)]
pub struct Part {
    pub title: String,
    pub points: Vec<String>,
    /// Whether the points follow one another.
    pub numbered: bool,
    /// Labels of lines to write on.
    pub blanks: Vec<String>,
}

impl fmt::Debug for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sheet(..)")
    }
}

/// The sheet as a PDF file of one page.
#[must_use]
pub fn pdf(sheet: &Sheet) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(super::pdf::draw(&[lay_out(sheet)], &sheet.name, sheet.made_at_ms))
}

const TEXT: Type = Type::new(10.4, Ink::Text, PLAIN);
const HEADING: Type = Type::new(11.6, Ink::Deep, STRONG);

/// The one page of a sheet: as roomy as it may be.
pub(super) fn lay_out(sheet: &Sheet) -> Page {
    let hand = &mut Hand::default();
    let mut page = Page::new(WIDTH, HEIGHT);
    let room = HEIGHT - 2.0 * MARGIN - 20.0;
    let mut tried = SCALES.into_iter().map(|scale| body(hand, sheet, scale));
    let block = tried.find(|block| block.height <= room);
    page.put(MARGIN, MARGIN, block.unwrap_or_else(|| body(hand, sheet, SCALES[SCALES.len() - 1])));
    let foot = hand.lines(&sheet.footer, TEXT.sized(8.4).inked(Ink::Soft), INNER, (12.0, 2), Side::Left);
    page.put(MARGIN, HEIGHT - MARGIN - foot.height, foot);
    page
}

fn body(hand: &mut Hand, sheet: &Sheet, scale: f32) -> Block {
    let text = TEXT.sized(TEXT.size * scale);
    let pitch = text.size * 1.46;
    let gap = GAP * scale;
    let mut block = hand.lines(&sheet.title, Type::new(23.0, Ink::Deep, STRONG), INNER, (31.0, 2), Side::Left);
    block.stack(1.0, hand.lines(&sheet.lead, text, INNER, (pitch, 4), Side::Left));
    block.height += 9.0;
    rule(&mut block, 1.9, Ink::Deep);
    block.stack(11.0 * scale, facts(hand, &sheet.facts, text));
    if let Some(code) = &sheet.code {
        block.stack(gap, groups(hand, code));
    }
    if !sheet.warning.is_empty() {
        block.stack(gap, warning(hand, &sheet.warning, text));
    }
    for each in &sheet.parts {
        block.stack(gap, part(hand, each, text, scale));
    }
    block
}

fn rule(block: &mut Block, thick: f32, ink: Ink) {
    block.marks.push(Mark::Rule { x: 0.0, y: block.height, width: INNER, thick, dashed: false, ink });
}

/// Labels over values, three in a row.
fn facts(hand: &mut Hand, facts: &[(String, String)], text: Type) -> Block {
    let column = (INNER - 2.0 * 16.0) / 3.0;
    let label = text.sized(text.size * 0.84).inked(Ink::Soft);
    let value = Type { style: FIGURE, ..text };
    let mut block = Block::default();
    for row in facts.chunks(3) {
        let mut cells = Block::default();
        for (at, (name, told)) in row.iter().enumerate() {
            let mut cell = hand.lines(name, label, column, (label.size * 1.4, 1), Side::Left);
            if told.is_empty() {
                cell.height += value.size * 1.5;
                let y = cell.height - 2.0;
                cell.marks.push(Mark::Rule { x: 0.0, y, width: column, thick: 0.7, dashed: false, ink: Ink::Soft });
            } else {
                cell.stack(0.0, hand.lines(told, value, column, (value.size * 1.45, 2), Side::Left));
            }
            cells.put(at as f32 * (column + 16.0), 0.0, cell);
        }
        block.stack(6.0, cells);
    }
    block
}

/// Groups in two columns, each with its number, and the picture beside them.
fn groups(hand: &mut Hand, code: &Code) -> Block {
    let mut block = Block::default();
    let picture = hand.code(&code.scan, CODE_SIDE, 0.0);
    let column = (INNER - CODE_SIDE - 40.0) / 2.0;
    let number = Type::new(10.0, Ink::Soft, CODE);
    let large = Type::new(25.0, Ink::Text, STRONG_CODE);
    for (at, group) in code.groups.iter().enumerate() {
        let (x, y) = ((at % 2) as f32 * column, (at / 2) as f32 * GROUP_HEIGHT);
        let mut cell = Block { height: GROUP_HEIGHT, ..Block::default() };
        let baseline = large.baseline(GROUP_HEIGHT);
        hand.fit(&mut cell, (12.0, baseline, 14.0), &(at + 1).to_string(), number, Side::Left);
        hand.fit(&mut cell, (34.0, baseline, column - 44.0), group, large, Side::Left);
        block.put(x, y, cell);
    }
    let height = block.height.max(picture.height);
    for y in (0..=code.groups.len().div_ceil(2)).map(|row| row as f32 * GROUP_HEIGHT) {
        let line = Mark::Rule { x: 0.0, y, width: 2.0 * column, thick: 0.8, dashed: false, ink: Ink::Line };
        block.marks.push(line);
    }
    block.put(INNER - CODE_SIDE, (height - picture.height) / 2.0, picture);
    block
}

/// A sentence in a frame of its own shade.
fn warning(hand: &mut Hand, said: &str, text: Type) -> Block {
    let set = Type { style: STRONG, ..text };
    let words = hand.lines(said, set, INNER - 24.0, (text.size * 1.46, 4), Side::Left);
    let height = words.height + 14.0;
    let mut block = Block::default();
    block.marks.push(Mark::Rect { x: 0.0, y: 0.0, width: INNER, height, radius: 5.0, ink: Ink::Tint });
    block.put(12.0, 7.0, words);
    block.height = height;
    block
}

fn part(hand: &mut Hand, part: &Part, text: Type, scale: f32) -> Block {
    let pitch = text.size * 1.46;
    let heading = HEADING.sized(HEADING.size * scale);
    let mut block = hand.lines(&part.title, heading, INNER, (heading.size * 1.5, 1), Side::Left);
    for (at, point) in part.points.iter().enumerate() {
        let mut row = Block::default();
        let sign = if part.numbered { format!("{}.", at + 1) } else { "•".to_owned() };
        hand.fit(&mut row, (0.0, text.baseline(pitch), 16.0), &sign, Type { style: FIGURE, ..text }, Side::Left);
        row.put(16.0, 0.0, hand.lines(point, text, INNER - 16.0, (pitch, 5), Side::Left));
        block.stack(if at == 0 { 2.0 } else { 2.4 * scale }, row);
    }
    for (at, pair) in part.blanks.chunks(2).enumerate() {
        let column = (INNER - 20.0) / 2.0;
        let mut row = Block { height: BLANK_ROW, ..Block::default() };
        for (place, label) in pair.iter().enumerate() {
            let x = place as f32 * (column + 20.0);
            let named = hand.width(label, text).min(column * 0.6);
            let y = BLANK_ROW - 6.0;
            hand.fit(&mut row, (x, y, named + 0.01), label, text.inked(Ink::Soft), Side::Left);
            let (x, width) = (x + named + 6.0, column - named - 6.0);
            row.marks.push(Mark::Rule { x, y: y + 2.0, width, thick: 0.7, dashed: false, ink: Ink::Soft });
        }
        block.stack(if at == 0 { 1.0 } else { 0.0 }, row);
    }
    block
}
