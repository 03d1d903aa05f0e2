//! What is drawn, in points from the upper left corner of a page; both drawers read the same marks.

use std::rc::Rc;

use super::qr::Qr;
use super::shape::Shaped;

/// Points in a millimetre.
pub const MM: f32 = 72.0 / 25.4;

/// Points drawn and points left of a dashed rule.
pub const DASH: [f32; 2] = [2.6, 2.2];

/// The few inks of the paper; all but the tints survive a black laser as dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ink {
    /// Headings, rules, the one dark bar.
    Deep,
    Text,
    /// Labels and secondary facts.
    Soft,
    /// A line that divides.
    Line,
    /// Under the heads of a table.
    Tint,
    /// A word across the page.
    Wash,
    White,
}

impl Ink {
    /// Red, green and blue, 0 to 255.
    #[must_use]
    pub fn rgb(self) -> [u8; 3] {
        match self {
            Ink::Deep => [0x17, 0x1b, 0x38],
            Ink::Text => [0x1b, 0x1a, 0x20],
            Ink::Soft => [0x4e, 0x4a, 0x43],
            Ink::Line => [0xc4, 0xbd, 0xb0],
            Ink::Tint => [0xf3, 0xf1, 0xeb],
            Ink::Wash => [0xe3, 0xe0, 0xe6],
            Ink::White => [0xff, 0xff, 0xff],
        }
    }
}

/// One thing on paper.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A text with its baseline at (x, y), rising by `rise` degrees.
    Text { x: f32, y: f32, size: f32, rise: f32, ink: Ink, text: Rc<Shaped> },
    /// A line from (x, y), level and `width` long.
    Rule { x: f32, y: f32, width: f32, thick: f32, dashed: bool, ink: Ink },
    /// A filled rectangle whose corners have the given radius.
    Rect { x: f32, y: f32, width: f32, height: f32, radius: f32, ink: Ink },
    /// A QR code whose dark squares begin at (x, y), `side` wide, always black.
    Code { x: f32, y: f32, side: f32, qr: Rc<Qr> },
}

impl Mark {
    fn moved(mut self, right: f32, down: f32) -> Mark {
        match &mut self {
            Mark::Text { x, y, .. } | Mark::Rule { x, y, .. } | Mark::Rect { x, y, .. } | Mark::Code { x, y, .. } => {
                *x += right;
                *y += down;
            }
        }
        self
    }
}

/// Marks that belong together, drawn from their own upper left corner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    pub marks: Vec<Mark>,
    pub height: f32,
}

impl Block {
    /// Puts another block into this one; the height grows to hold it.
    pub fn put(&mut self, x: f32, y: f32, block: Block) {
        self.height = self.height.max(y + block.height);
        self.marks.extend(block.marks.into_iter().map(|mark| mark.moved(x, y)));
    }

    /// Puts another block below what is here, after a gap; nothing for an empty block.
    pub fn stack(&mut self, gap: f32, block: Block) {
        if block.height > 0.0 {
            let y = if self.height > 0.0 { self.height + gap } else { 0.0 };
            self.put(0.0, y, block);
        }
    }
}

/// One sheet, or one strip of a roll.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub width: f32,
    pub height: f32,
    pub marks: Vec<Mark>,
}

impl Page {
    #[must_use]
    pub fn new(width: f32, height: f32) -> Page {
        Page { width, height, marks: Vec::new() }
    }

    /// Puts a block on the page with its corner at (x, y).
    pub fn put(&mut self, x: f32, y: f32, block: Block) {
        self.marks.extend(block.marks.into_iter().map(|mark| mark.moved(x, y)));
    }
}
