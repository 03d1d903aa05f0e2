//! The table of lines on wide paper: the columns that apply, as wide as what stands in them.

use super::layout::{CODE, FIGURE, Hand, PLAIN, STRONG, STRONG_FIGURE, Side, Type};
use super::marks::{Block, Ink, Mark};
use super::ticket::{Line, LineTable, PageWords};

/// Sizes tried until the name has its room, largest first.
const SIZES: [f32; 5] = [9.6, 9.0, 8.4, 7.8, 7.2];
/// Least width of the name before the table is set smaller.
const NAME_WIDTH: f32 = 158.0;
const PAD: f32 = 6.0;
const HEAD: f32 = 23.5;
const TURN_ROW: f32 = 20.0;

/// The table in pieces that may be put on different pages.
pub(super) struct LineBlocks {
    pub head: Block,
    pub rows: Vec<Block>,
    /// For each row: what is said below it, and above the next, where a page ends after it.
    pub carried: Vec<Block>,
    pub brought: Vec<Block>,
}

/// How the table is set on a paper.
#[derive(Clone, Copy)]
pub(super) struct LineSetting {
    pub width: f32,
    /// Above and below the words of a line.
    pub pad: f32,
    pub size_max: f32,
    /// Height of a row of words for one point of text.
    pub leading: f32,
}

/// Draws the table of lines.
pub(super) fn line_blocks(hand: &mut Hand, table: &LineTable, setting: LineSetting, words: &PageWords) -> LineBlocks {
    let grid = Grid::of(hand, table, setting);
    let turn = |hand: &mut Hand, said: &str, line: &Line| grid.turn(hand, said, line);
    LineBlocks {
        head: grid.head(hand, table),
        rows: table.lines.iter().map(|line| grid.row(hand, line)).collect(),
        carried: table.lines.iter().map(|line| turn(hand, &words.carried, line)).collect(),
        brought: table.lines.iter().map(|line| turn(hand, &words.brought, line)).collect(),
    }
}

/// A column of figures or codes to the right of the name.
struct Column {
    kind: Kind,
    x: f32,
    width: f32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Hsn,
    Quantity,
    Mrp,
    Rate,
    Discount,
    Taxable,
    Gst,
    Amount,
}

impl Kind {
    const ALL: [Kind; 8] =
        [Kind::Hsn, Kind::Quantity, Kind::Mrp, Kind::Rate, Kind::Discount, Kind::Taxable, Kind::Gst, Kind::Amount];

    fn head(self, table: &LineTable) -> &str {
        let heads = &table.heads;
        match self {
            Kind::Hsn => &heads.hsn,
            Kind::Quantity => &heads.quantity,
            Kind::Mrp => &heads.mrp,
            Kind::Rate => &heads.rate,
            Kind::Discount => &heads.discount,
            Kind::Taxable => &heads.taxable,
            Kind::Gst => &heads.gst,
            Kind::Amount => &heads.amount,
        }
    }

    fn text(self, line: &Line) -> &str {
        match self {
            Kind::Hsn => &line.hsn,
            Kind::Quantity => &line.quantity,
            Kind::Mrp => &line.mrp,
            Kind::Rate => &line.rate,
            Kind::Discount => &line.discount,
            Kind::Taxable => &line.taxable,
            Kind::Gst => &line.gst,
            Kind::Amount => &line.amount,
        }
    }

    fn set(self, size: f32) -> Type {
        match self {
            Kind::Hsn => Type::new(size * 0.92, Ink::Text, CODE),
            Kind::Amount => Type::new(size, Ink::Text, STRONG_FIGURE),
            _ => Type::new(size, Ink::Text, FIGURE),
        }
    }

    fn side(self) -> Side {
        if self == Kind::Hsn { Side::Left } else { Side::Right }
    }
}

/// Where the columns of one document stand.
struct Grid {
    setting: LineSetting,
    size: f32,
    /// Left edge and width of the name.
    name: (f32, f32),
    /// Width of the units beside the quantities.
    unit: f32,
    columns: Vec<Column>,
}

impl Grid {
    fn of(hand: &mut Hand, table: &LineTable, setting: LineSetting) -> Grid {
        let numbered = table.lines.iter().any(|line| !line.no.is_empty());
        let mut grid = Grid { setting, size: 0.0, name: (0.0, 0.0), unit: 0.0, columns: Vec::new() };
        for size in SIZES.into_iter().filter(|size| *size <= setting.size_max) {
            let (gap, body) = (size * 1.25, Type::new(size, Ink::Text, FIGURE));
            let head = Type::new(size * 0.86, Ink::Text, STRONG);
            let widest = |hand: &mut Hand, set: Type, text: fn(&Line) -> &str| {
                table.lines.iter().map(|line| hand.width(text(line), set)).fold(0.0, f32::max)
            };
            let number = if numbered { widest(hand, body, |line| &line.no) + 8.0 } else { 0.0 };
            grid.unit = widest(hand, Type { style: PLAIN, ..body }, |line| &line.unit);
            if grid.unit > 0.0 {
                grid.unit += size * 0.32;
            }
            let mut x = setting.width - PAD;
            grid.columns.clear();
            for kind in Kind::ALL.into_iter().rev().filter(|kind| !kind.head(table).is_empty()) {
                let cells = table.lines.iter().map(|line| hand.width(kind.text(line), kind.set(size)));
                let own = cells.fold(0.0, f32::max) + if kind == Kind::Quantity { grid.unit } else { 0.0 };
                let own = own.max(hand.width(kind.head(table), head)) + 0.01;
                x -= own;
                grid.columns.push(Column { kind, x, width: own });
                x -= gap;
            }
            grid.columns.reverse();
            let start = if numbered { PAD + number } else { PAD };
            grid.name = (start, (x - start).max(60.0));
            grid.size = size;
            if grid.name.1 >= NAME_WIDTH {
                break;
            }
        }
        grid
    }

    fn head(&self, hand: &mut Hand, table: &LineTable) -> Block {
        let mut block = Block { height: HEAD, ..Block::default() };
        block.marks.push(Mark::Rect {
            x: 0.0,
            y: 0.0,
            width: self.setting.width,
            height: HEAD,
            radius: 0.0,
            ink: Ink::Tint,
        });
        for y in [0.0, HEAD] {
            let line = Mark::Rule { x: 0.0, y, width: self.setting.width, thick: 0.8, dashed: false, ink: Ink::Deep };
            block.marks.push(line);
        }
        let set = Type::new(self.size * 0.86, Ink::Text, STRONG);
        let y = set.baseline(HEAD);
        hand.fit(&mut block, (self.name.0, y, self.name.1), &table.heads.name, set, Side::Left);
        for column in &self.columns {
            let place = (column.x, y, column.width);
            hand.fit(&mut block, place, column.kind.head(table), set, column.kind.side());
        }
        block
    }

    fn row(&self, hand: &mut Hand, line: &Line) -> Block {
        let (size, pitch) = (self.size, self.size * self.setting.leading);
        let plain = Type::new(size, Ink::Text, PLAIN);
        let soft = Type::new(size * 0.9, Ink::Soft, PLAIN);
        let mut words = hand.lines(&line.name, Type { style: STRONG, ..plain }, self.name.1, (pitch, 3), Side::Left);
        words.height = words.height.max(pitch);
        words.stack(0.0, hand.lines(&line.second_name, plain, self.name.1, (pitch, 2), Side::Left));
        for note in &line.notes {
            words.stack(0.0, hand.lines(note, soft, self.name.1, (pitch * 0.92, 2), Side::Left));
        }
        let mut block = Block::default();
        block.put(self.name.0, self.setting.pad, words);
        block.height += self.setting.pad;
        let y = self.setting.pad + plain.baseline(pitch);
        let number = Type::new(size, Ink::Soft, FIGURE);
        hand.fit(&mut block, (PAD, y, (self.name.0 - PAD - 8.0).max(0.0)), &line.no, number, Side::Right);
        for Column { kind, x, width } in &self.columns {
            let unit = if *kind == Kind::Quantity { self.unit } else { 0.0 };
            let place = (*x, y, width - unit);
            hand.fit(&mut block, place, kind.text(line), kind.set(size), kind.side());
            if unit > 0.0 {
                let place = (x + width - unit + size * 0.32, y, unit);
                hand.fit(&mut block, place, &line.unit, Type { ink: Ink::Soft, ..plain }, Side::Left);
            }
        }
        self.rule(&mut block);
        block
    }

    fn turn(&self, hand: &mut Hand, said: &str, line: &Line) -> Block {
        let mut block = Block::default();
        if line.so_far.is_empty() || said.is_empty() {
            return block;
        }
        let set = Type::new(self.size, Ink::Text, STRONG_FIGURE);
        let y = set.baseline(TURN_ROW);
        hand.fit(&mut block, (self.name.0, y, self.name.1), said, Type { ink: Ink::Soft, ..set }, Side::Left);
        let place = (self.setting.width / 2.0, y, self.setting.width / 2.0 - PAD);
        hand.fit(&mut block, place, &line.so_far, set, Side::Right);
        block.height = TURN_ROW;
        self.rule(&mut block);
        block
    }

    fn rule(&self, block: &mut Block) {
        let line = Mark::Rule {
            x: 0.0,
            y: block.height,
            width: self.setting.width,
            thick: 0.6,
            dashed: false,
            ink: Ink::Line,
        };
        block.marks.push(line);
    }
}
