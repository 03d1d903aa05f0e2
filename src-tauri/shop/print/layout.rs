//! A ticket to pages of marks: the papers, and the hand that sets text for all of them.

use std::rc::Rc;

use super::marks::{Block, Ink, Mark, Page};
use super::qr::Qr;
use super::shape::{Shaped, Shaper, Style};
use super::ticket::{Pair, Ticket, Voice};
use super::{a4, receipt80};

/// What the document is printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    A4,
    /// A roll of 80 mm, 72 of them printable; one strip as long as what is on it.
    Receipt80,
}

/// Lays a ticket out on a paper; always at least one page.
#[must_use]
pub fn lay_out(ticket: &Ticket, paper: Paper) -> Vec<Page> {
    match paper {
        Paper::A4 => a4::lay_out(ticket),
        Paper::Receipt80 => vec![receipt80::lay_out(ticket)],
    }
}

pub(super) const PLAIN: Style = Style { strong: false, code: false, figures: false };
pub(super) const STRONG: Style = Style { strong: true, ..PLAIN };
pub(super) const FIGURE: Style = Style { figures: true, ..PLAIN };
pub(super) const STRONG_FIGURE: Style = Style { figures: true, ..STRONG };
pub(super) const CODE: Style = Style { code: true, ..PLAIN };
pub(super) const STRONG_CODE: Style = Style { code: true, ..STRONG };

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    pub size: f32,
    pub ink: Ink,
    pub style: Style,
}

impl Type {
    pub const fn new(size: f32, ink: Ink, style: Style) -> Type {
        Type { size, ink, style }
    }

    pub const fn sized(self, size: f32) -> Type {
        Type { size, ..self }
    }

    pub const fn inked(self, ink: Ink) -> Type {
        Type { ink, ..self }
    }

    /// The same in the voice of a value; codes are wider by nature and set a little smaller.
    pub fn voiced(self, voice: Voice) -> Type {
        let style = match voice {
            Voice::Plain => FIGURE,
            Voice::Strong => STRONG_FIGURE,
            Voice::Code => CODE,
            Voice::StrongCode => STRONG_CODE,
        };
        Type { size: if style.code { self.size * 0.94 } else { self.size }, style, ..self }
    }

    /// From the top of a line of the given pitch to the baseline that centres its capitals.
    pub fn baseline(self, pitch: f32) -> f32 {
        pitch / 2.0 + self.size * 0.364
    }
}

/// Where a text stands between the edges it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Centre,
    Right,
}

/// Sets text for one document.
#[derive(Default)]
pub(super) struct Hand {
    shaper: Shaper,
}

impl Hand {
    pub fn width(&mut self, text: &str, set: Type) -> f32 {
        self.shaper.shape(text, set.style).width_at(set.size)
    }

    /// One line between `x` and `x + width` on the baseline `y`, made smaller when it is too wide.
    ///
    /// A figure is never cut; what does not fit at 55 % of its size ends in … unless it is set in figures.
    pub fn fit(&mut self, block: &mut Block, (x, y, width): (f32, f32, f32), text: &str, set: Type, side: Side) {
        if text.is_empty() {
            return;
        }
        let mut shaped = self.shaper.shape(text, set.style);
        let mut size = set.size;
        if shaped.width_at(size) > width {
            size = width * 1000.0 / shaped.width;
            if size < set.size * 0.55 && !set.style.figures {
                size = set.size * 0.55;
                let cut = self.shaper.wrap(text, set.style, width * 1000.0 / size, 1).into_iter().next();
                shaped = cut.unwrap_or_default();
            }
        }
        self.ink(block, (x, y, width), shaped, Type { size, ..set }, side);
    }

    fn ink(&self, block: &mut Block, (x, y, width): (f32, f32, f32), text: Rc<Shaped>, set: Type, side: Side) {
        let free = width - text.width_at(set.size);
        let x = match side {
            Side::Left => x,
            Side::Centre => x + free / 2.0,
            Side::Right => x + free,
        };
        if !text.runs.is_empty() {
            block.marks.push(Mark::Text { x, y, size: set.size, rise: 0.0, ink: set.ink, text });
        }
    }

    /// A text on as many lines as it needs, at most `lines_max`; its own height.
    pub fn lines(&mut self, text: &str, set: Type, width: f32, (pitch, lines_max): (f32, usize), side: Side) -> Block {
        let mut block = Block::default();
        for line in self.shaper.wrap(text, set.style, width * 1000.0 / set.size, lines_max) {
            let y = block.height + set.baseline(pitch);
            self.ink(&mut block, (0.0, y, width), line, set, side);
            block.height += pitch;
        }
        block
    }

    /// Labels and values one after another on a line, as many as fit, the rest below.
    ///
    /// A pair wider than the line has its label and its value on lines of their own.
    pub fn flow(&mut self, pairs: &[Pair], label: Type, width: f32, pitch: f32, side: Side) -> Block {
        let gap = label.size * 1.1;
        let mut block = Block::default();
        let mut rows: Vec<(Block, f32)> = Vec::new();
        for pair in pairs.iter().filter(|pair| !(pair.label.is_empty() && pair.value.is_empty())) {
            let value = Type { ink: Ink::Text, ..label.voiced(pair.voice) };
            let space = if pair.label.is_empty() { 0.0 } else { label.size * 0.35 };
            let named = self.width(&pair.label, label) + space;
            let own = named + self.width(&pair.value, value);
            if own > width {
                rows.push((self.lines(&pair.label, label, width, (pitch, 2), side), width));
                rows.push((self.lines(&pair.value, value, width, (pitch, 3), side), width));
                continue;
            }
            if rows.last().is_none_or(|(_, used)| used + gap + own > width) {
                rows.push((Block { height: pitch, ..Block::default() }, -gap));
            }
            let (row, used) = rows.last_mut().expect("a row was just made sure of");
            let (x, y) = (*used + gap, label.baseline(pitch));
            self.fit(row, (x, y, named), &pair.label, label, Side::Left);
            self.fit(row, (x + named, y, own - named + 0.01), &pair.value, value, Side::Left);
            *used = x + own;
        }
        for (row, used) in rows {
            let x = match side {
                Side::Left => 0.0,
                Side::Centre => (width - used) / 2.0,
                Side::Right => width - used,
            };
            block.put(x, block.height, row);
        }
        block
    }

    /// Labels on the left and values on the right, one a row; a value too long for its row goes below.
    pub fn pairs(&mut self, pairs: &[Pair], label: Type, value: Type, width: f32, pitch: f32) -> Block {
        let mut block = Block::default();
        for pair in pairs {
            let set = value.voiced(pair.voice);
            let (named, valued) = (self.width(&pair.label, label), self.width(&pair.value, set));
            let y = block.height + label.baseline(pitch);
            if named + label.size + valued <= width {
                self.fit(&mut block, (0.0, y, width), &pair.label, label, Side::Left);
                self.fit(&mut block, (0.0, y, width), &pair.value, set, Side::Right);
                block.height += pitch;
            } else {
                let top = block.height;
                let close = pitch.min(label.size * 1.45);
                let named = self.lines(&pair.label, label, width, (close, 2), Side::Left);
                block.put(0.0, top, named);
                let below = self.lines(&pair.value, set, width, (close, 3), Side::Right);
                block.put(0.0, block.height, below);
                block.height += pitch - close;
            }
        }
        block
    }

    /// A QR code at least `side` wide, and so wide that a square is at least `square`; as wide as high.
    ///
    /// Nothing when there is no text or it is too long for a code.
    pub fn code(&mut self, holds: &str, side: f32, square: f32) -> Block {
        let mut block = Block::default();
        if let Some(qr) = Qr::of(holds).filter(|_| !holds.is_empty()) {
            let side = side.max(qr.side() as f32 * square);
            block.marks.push(Mark::Code { x: 0.0, y: 0.0, side, qr: Rc::new(qr) });
            block.height = side;
        }
        block
    }

    /// A word across a page, as wide as the page lets it.
    pub fn across(&mut self, page: &mut Page, word: &str) {
        const RISE: f32 = 35.0;
        let shaped = self.shaper.wrap(word, STRONG, f32::MAX, 1).into_iter().next().unwrap_or_default();
        if shaped.runs.is_empty() {
            return;
        }
        let size = (page.width * 0.85 * 1000.0 / shaped.width).min(page.width / 5.0);
        let (sin, cos) = RISE.to_radians().sin_cos();
        let (half, rise) = (shaped.width_at(size) / 2.0, size * 0.364);
        let x = page.width / 2.0 - half * cos + rise * sin;
        let y = page.height / 2.0 + half * sin + rise * cos;
        page.marks.push(Mark::Text { x, y, size, rise: RISE, ink: Ink::Wash, text: shaped });
    }
}
