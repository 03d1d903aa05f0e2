//! The table of tax by HSN or by rate, on any paper: columns as wide as what stands in them.

use super::layout::{CODE, FIGURE, Hand, STRONG_FIGURE, Side, Type};
use super::marks::{Block, Ink, Mark};
use super::ticket::{TaxRow, TaxTable};

/// Sizes tried until the columns fit, largest first.
const SIZES: [f32; 6] = [9.0, 8.4, 7.8, 7.2, 6.6, 6.0];

/// How the table is set on a paper.
#[derive(Clone, Copy)]
pub(super) struct TaxSetting {
    pub width: f32,
    pub size_max: f32,
    /// Height of a row for one point of text.
    pub leading: f32,
    pub soft: Ink,
    pub dashed: bool,
}

/// The table in pieces that may be put on different pages.
pub(super) struct TaxBlocks {
    pub head: Block,
    pub rows: Vec<Block>,
    pub total: Block,
}

impl TaxBlocks {
    /// All of it in one block.
    pub fn joined(self) -> Block {
        let mut block = self.head;
        for row in self.rows.into_iter().chain([self.total]) {
            block.stack(0.0, row);
        }
        block
    }
}

/// Draws the table.
pub(super) fn tax_blocks(hand: &mut Hand, table: &TaxTable, setting: TaxSetting) -> TaxBlocks {
    let grid = Grid::of(hand, table, setting);
    let caption = Type::new(grid.size * 0.92, setting.soft, FIGURE);
    let mut head = hand.lines(&table.title, caption, setting.width, (grid.pitch, 1), Side::Left);
    let y = head.height + caption.baseline(grid.pitch);
    for (at, text) in grid.heads(table).into_iter().enumerate() {
        grid.cell(hand, &mut head, y, at, &text, caption);
    }
    head.height += grid.pitch;
    grid.rule(&mut head);
    head.height += if setting.dashed { 2.0 } else { 0.0 };
    let rows = table.rows.iter().map(|row| {
        let mut block = Block::default();
        grid.row(hand, &mut block, row, false);
        if !setting.dashed {
            grid.rule(&mut block);
        }
        block
    });
    let rows = rows.collect();
    let mut total = Block::default();
    if let Some(row) = &table.total {
        if setting.dashed {
            total.height = 1.0;
            grid.rule(&mut total);
            total.height += 2.0;
        }
        grid.row(hand, &mut total, row, true);
    }
    TaxBlocks { head, rows, total }
}

/// Right edges of the columns: code, taxable, then a rate and an amount for each tax.
struct Grid {
    setting: TaxSetting,
    size: f32,
    pitch: f32,
    /// Left edge and width of each column.
    columns: Vec<(f32, f32)>,
}

impl Grid {
    fn of(hand: &mut Hand, table: &TaxTable, setting: TaxSetting) -> Grid {
        let taxes = table.tax_heads.len();
        let all = || table.rows.iter().chain(&table.total);
        let widths = |hand: &mut Hand, size: f32| -> Vec<f32> {
            let head = Type::new(size * 0.92, setting.soft, FIGURE);
            let cell = Type::new(size, Ink::Text, STRONG_FIGURE);
            let code = Type { style: CODE, ..cell };
            let mut widths = vec![hand.width(&table.code_head, head), hand.width(&table.taxable_head, head)];
            for row in all() {
                widths[0] = widths[0].max(hand.width(&row.code, code));
                widths[1] = widths[1].max(hand.width(&row.taxable, cell));
            }
            for tax in 0..taxes {
                let (mut rate, mut amount) = (0.0_f32, hand.width(&table.tax_heads[tax], head));
                for (said_rate, said_amount) in all().filter_map(|row| row.taxes.get(tax)) {
                    rate = rate.max(hand.width(said_rate, cell));
                    amount = amount.max(hand.width(said_amount, cell));
                }
                widths.extend([rate, amount]);
            }
            widths
        };
        let (mut size, mut own) = (setting.size_max, Vec::new());
        for tried in SIZES.into_iter().filter(|tried| *tried <= setting.size_max) {
            (size, own) = (tried, widths(hand, tried));
            let seen = own.iter().filter(|width| **width > 0.0).count() as f32;
            if own.iter().sum::<f32>() + (seen - 1.0) * tried * 0.8 <= setting.width {
                break;
            }
        }
        let seen = own.iter().filter(|width| **width > 0.0).count() as f32;
        let gap = ((setting.width - own.iter().sum::<f32>()) / (seen - 1.0).max(1.0)).max(0.0);
        let mut x = 0.0;
        let columns = own.iter().map(|width| {
            let column = (x, *width);
            x += width + if *width > 0.0 { gap } else { 0.0 };
            column
        });
        let columns = columns.collect();
        Grid { setting, size, pitch: size * setting.leading, columns }
    }

    fn heads(&self, table: &TaxTable) -> Vec<String> {
        let mut heads = vec![table.code_head.clone(), table.taxable_head.clone()];
        heads.extend(table.tax_heads.iter().flat_map(|head| [String::new(), head.clone()]));
        heads
    }

    fn cell(&self, hand: &mut Hand, block: &mut Block, y: f32, at: usize, text: &str, set: Type) {
        if let Some((x, width)) = self.columns.get(at) {
            // A cell measured at its own size may round to a hair wider than its column.
            let side = if at == 0 { Side::Left } else { Side::Right };
            hand.fit(block, (*x, y, width + 0.01), text, set, side);
        }
    }

    fn row(&self, hand: &mut Hand, block: &mut Block, row: &TaxRow, total: bool) {
        let cell = Type::new(self.size, Ink::Text, if total { STRONG_FIGURE } else { FIGURE });
        let y = block.height + cell.baseline(self.pitch);
        let code = if total { cell } else { Type { style: CODE, ..cell } };
        self.cell(hand, block, y, 0, &row.code, code);
        self.cell(hand, block, y, 1, &row.taxable, cell);
        for (tax, (rate, amount)) in row.taxes.iter().enumerate() {
            self.cell(hand, block, y, 2 + 2 * tax, rate, Type { ink: self.setting.soft, ..cell });
            self.cell(hand, block, y, 3 + 2 * tax, amount, cell);
        }
        block.height += self.pitch;
    }

    fn rule(&self, block: &mut Block) {
        let (width, dashed) = (self.setting.width, self.setting.dashed);
        let ink = if dashed { Ink::Text } else { Ink::Line };
        block.marks.push(Mark::Rule { x: 0.0, y: block.height, width, thick: 0.6, dashed, ink });
    }
}
