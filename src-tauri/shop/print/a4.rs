//! A4: letterhead and rule, parties and particulars, lines over as many pages as they need, then words
//! and tax on the left, sums on the right ending in the one dark bar, and what is scanned and signed at the foot.

use super::foot::foot;
use super::layout::{Hand, PLAIN, STRONG, STRONG_FIGURE, Side, Type};
use super::lines::{LineBlocks, LineSetting, line_blocks};
use super::marks::{Block, Ink, MM, Mark, Page};
use super::taxes::{TaxBlocks, TaxSetting, tax_blocks};
use super::ticket::{Pair, Party, Ticket};

const WIDTH: f32 = 210.0 * MM;
const HEIGHT: f32 = 297.0 * MM;
const MARGIN: f32 = 12.0 * MM;
pub(super) const INNER: f32 = WIDTH - 2.0 * MARGIN;
/// The row at the very foot of every page: last words and page number.
const PAGE_ROW: f32 = 15.0;
/// Where the lines of a page must end.
const BODY_END: f32 = HEIGHT - MARGIN - PAGE_ROW - 6.0;
const SUMS_WIDTH: f32 = 204.0;
const LEFT_WIDTH: f32 = 299.0;

pub(super) const LABEL: Type = Type::new(8.25, Ink::Soft, PLAIN);
pub(super) const BODY: Type = Type::new(9.4, Ink::Text, PLAIN);
pub(super) const SOFT: Type = Type::new(9.4, Ink::Soft, PLAIN);

/// How far rows stand apart.
#[derive(Clone, Copy)]
struct Density {
    line: LineSetting,
    /// Height of a row of the tax table for one point of text.
    tax_leading: f32,
    sum_pitch: f32,
    /// How much of their full room stands between letterhead, parties, lines, sums and foot.
    gap: f32,
}

const ROOMY: Density = Density {
    line: LineSetting { width: INNER, pad: 6.2, size_max: 9.6, leading: 1.42 },
    tax_leading: 2.15,
    sum_pitch: 17.4,
    gap: 1.0,
};
const CLOSE: Density =
    Density { line: LineSetting { pad: 3.4, ..ROOMY.line }, tax_leading: 1.75, sum_pitch: 15.4, gap: 1.0 };
/// As close as a counter's paper is still read at arm's length: names and figures at nine points.
const TIGHT: Density = Density {
    line: LineSetting { width: INNER, pad: 1.8, size_max: 9.0, leading: 1.32 },
    tax_leading: 1.5,
    sum_pitch: 13.2,
    gap: 0.6,
};

/// The pages of a ticket on A4: one page, as roomy as it may be; what needs several is set close, to save paper.
pub(super) fn lay_out(ticket: &Ticket) -> Vec<Page> {
    let hand = &mut Hand::default();
    let mut tried = [ROOMY, CLOSE, TIGHT].into_iter().map(|density| lay_out_at(hand, ticket, density));
    tried.find(|pages| pages.len() == 1).unwrap_or_else(|| lay_out_at(hand, ticket, CLOSE))
}

fn lay_out_at(hand: &mut Hand, ticket: &Ticket, density: Density) -> Vec<Page> {
    let mut opening = letterhead(hand, ticket);
    opening.stack(13.0 * density.gap, addresses(hand, ticket));
    let again = continued(hand, ticket);
    let foot = foot(hand, ticket);
    let lines = line_blocks(hand, &ticket.table, density.line, &ticket.turns);
    let taxes = ticket.taxes.as_ref().map(|table| {
        let leading = density.tax_leading;
        tax_blocks(
            hand,
            table,
            TaxSetting { width: LEFT_WIDTH, size_max: 9.0, leading, soft: Ink::Soft, dashed: false },
        )
    });
    let room = BODY_END - MARGIN - again.height - lines.head.height - foot.height - 60.0;
    let (taxes, flowing) = match taxes {
        Some(blocks) if height(&blocks) > room => (None, Some(blocks)),
        taxes => (taxes, None),
    };
    let closing = closing(hand, ticket, taxes, density);

    let mut desk = Desk { hand, ticket, again, y: MARGIN + opening.height + 16.0 * density.gap, pages: Vec::new() };
    desk.pages.push(Page::new(WIDTH, HEIGHT));
    desk.sheet().put(MARGIN, MARGIN, opening);
    let tail = closing.height + foot.height + 34.0 * density.gap;
    let lines_tail = if flowing.is_some() { 0.0 } else { tail };
    desk.put_lines(lines, lines_tail);
    if let Some(taxes) = flowing {
        desk.put_taxes(taxes, tail);
    }
    let y = desk.y + 12.0 * density.gap;
    desk.sheet().put(MARGIN, y, closing);
    let y = BODY_END - foot.height;
    desk.sheet().put(MARGIN, y, foot);
    desk.finish()
}

fn height(blocks: &TaxBlocks) -> f32 {
    blocks.head.height + blocks.total.height + blocks.rows.iter().map(|row| row.height).sum::<f32>()
}

/// The pages as they fill.
struct Desk<'a> {
    hand: &'a mut Hand,
    ticket: &'a Ticket,
    again: Block,
    y: f32,
    pages: Vec<Page>,
}

impl Desk<'_> {
    fn sheet(&mut self) -> &mut Page {
        self.pages.last_mut().expect("a document has a first page")
    }

    fn stack(&mut self, block: Block) {
        let (y, height) = (self.y, block.height);
        self.sheet().put(MARGIN, y, block);
        self.y += height;
    }

    fn turn(&mut self) {
        self.pages.push(Page::new(WIDTH, HEIGHT));
        self.y = MARGIN;
        let again = self.again.clone();
        self.stack(again);
        self.y += 12.0;
    }

    /// Lines over pages; what is carried is said at both ends of a turn.
    fn put_lines(&mut self, blocks: LineBlocks, tail: f32) {
        if blocks.rows.is_empty() {
            return;
        }
        let heights: Vec<f32> = blocks.rows.iter().map(|row| row.height).collect();
        let carried = blocks.carried.iter().map(|row| row.height).fold(0.0, f32::max);
        let first = BODY_END - self.y - blocks.head.height;
        let next = BODY_END - MARGIN - self.again.height - 12.0 - blocks.head.height - carried;
        let turns = turns(&heights, first, next, carried, tail);
        let mut brought = None;
        for (at, row) in blocks.rows.into_iter().enumerate() {
            if at == 0 || turns.contains(&at) {
                if at > 0 {
                    self.stack(blocks.carried[at - 1].clone());
                    brought = Some(blocks.brought[at - 1].clone());
                }
                if turns.contains(&at) {
                    self.turn();
                }
                self.stack(blocks.head.clone());
                if let Some(row) = brought.take() {
                    self.stack(row);
                }
            }
            self.stack(row);
        }
    }

    /// A tax table too long to stand beside the sums, over pages of its own.
    fn put_taxes(&mut self, blocks: TaxBlocks, tail: f32) {
        self.y += 14.0;
        let mut rows = blocks.rows;
        rows.push(blocks.total);
        let heights: Vec<f32> = rows.iter().map(|row| row.height).collect();
        let next = BODY_END - MARGIN - self.again.height - 12.0 - blocks.head.height;
        let turns = turns(&heights, BODY_END - self.y - blocks.head.height, next, 0.0, tail);
        for (at, row) in rows.into_iter().enumerate() {
            if at == 0 || turns.contains(&at) {
                if turns.contains(&at) {
                    self.turn();
                }
                self.stack(blocks.head.clone());
            }
            self.stack(row);
        }
    }

    /// The word across and the page numbers, once it is known how many pages there are.
    fn finish(mut self) -> Vec<Page> {
        let count = self.pages.len();
        let footer = self.ticket.footer.join(" ");
        for (at, page) in self.pages.iter_mut().enumerate() {
            let mut row = Block::default();
            let number = self.ticket.turns.page.replace("{page}", &(at + 1).to_string());
            let number = number.replace("{pages}", &count.to_string());
            let set = LABEL.sized(8.0);
            let number_width = self.hand.width(&number, set);
            self.hand.fit(&mut row, (0.0, 0.0, INNER), &number, set, Side::Right);
            if at + 1 == count {
                self.hand.fit(&mut row, (0.0, 0.0, INNER - number_width - 20.0), &footer, set, Side::Left);
            }
            page.put(MARGIN, HEIGHT - MARGIN, row);
            let mut behind = Page::new(page.width, page.height);
            self.hand.across(&mut behind, &self.ticket.banner);
            page.marks.splice(0..0, behind.marks);
        }
        self.pages
    }
}

/// The rows that begin a page, given what a first and a next page hold and what must follow the last row.
///
/// A page that is turned keeps `carried` free for its last words. When the tail does not fit below the
/// last row, that row goes with it, so that sums never stand on a page without a line.
fn turns(heights: &[f32], first: f32, next: f32, carried: f32, tail: f32) -> Vec<usize> {
    let (mut turns, mut room, mut on_page) = (Vec::new(), first, 0);
    for (at, height) in heights.iter().enumerate() {
        let is_last = at + 1 == heights.len();
        let need = height + if is_last { tail } else { carried };
        if need > room && (on_page > 0 || turns.is_empty()) {
            turns.push(at);
            (room, on_page) = (next, 0);
        }
        room -= height;
        on_page += 1;
    }
    turns
}

fn letterhead(hand: &mut Hand, ticket: &Ticket) -> Block {
    const TITLE_WIDTH_MAX: f32 = 176.0;
    let shop = &ticket.shop;
    let mut block = Block::default();
    let title_set = Type::new(14.6, Ink::Deep, STRONG);
    let title_width =
        hand.width(&ticket.title, title_set).max(hand.width(&ticket.copy, SOFT)).min(TITLE_WIDTH_MAX) + 0.01;
    let x = if shop.mark.is_empty() { 0.0 } else { 45.0 };
    if x > 0.0 {
        block.marks.push(Mark::Rect { x: 0.0, y: 0.0, width: 34.5, height: 34.5, radius: 6.0, ink: Ink::Deep });
        hand.fit(&mut block, (3.0, 24.0, 28.5), &shop.mark, Type::new(19.0, Ink::White, STRONG), Side::Centre);
    }
    let width = INNER - x - title_width - 18.0;
    let name = Type::new(20.5, Ink::Deep, STRONG);
    let size = if hand.width(&shop.name, name) > width { 15.0 } else { name.size };
    let mut words = hand.lines(&shop.name, name.sized(size), width, (size * 1.28, 2), Side::Left);
    for line in &shop.address {
        words.stack(0.0, hand.lines(line, BODY, width, (13.2, 2), Side::Left));
    }
    words.stack(0.0, hand.flow(&shop.codes, SOFT, width, 13.2, Side::Left));
    block.put(x, 0.0, words);

    let mut title = hand.lines(&ticket.title, title_set, title_width, (18.0, 3), Side::Right);
    title.stack(0.5, hand.lines(&ticket.copy, SOFT, title_width, (13.2, 2), Side::Right));
    block.put(INNER - title_width, 0.5, title);

    block.height = block.height.max(34.5) + 12.0;
    block.marks.push(Mark::Rule { x: 0.0, y: block.height, width: INNER, thick: 1.9, dashed: false, ink: Ink::Deep });
    for notice in &ticket.notices {
        block.stack(5.0, hand.lines(notice, Type::new(9.0, Ink::Text, STRONG), INNER, (13.2, 4), Side::Left));
    }
    block
}

/// Who it is for, and the particulars beside them.
fn addresses(hand: &mut Hand, ticket: &Ticket) -> Block {
    let column = (INNER - 2.0 * 20.0) / 3.0;
    let mut block = Block::default();
    let wide = if ticket.parties.len() == 1 { column * 2.0 } else { column };
    for (at, who) in ticket.parties.iter().take(2).enumerate() {
        block.put(at as f32 * (column + 20.0), 0.0, party(hand, who, wide));
    }
    let value = Type { style: STRONG, ..BODY };
    let particulars: Vec<Pair> = ticket.particulars.iter().map(Pair::strengthened).collect();
    let x = if ticket.parties.is_empty() { 0.0 } else { 2.0 * (column + 20.0) };
    block.put(x, 0.0, hand.pairs(&particulars, SOFT, value, column, 15.6));
    block
}

fn party(hand: &mut Hand, party: &Party, width: f32) -> Block {
    let mut block = hand.lines(&party.role, LABEL, width, (14.0, 1), Side::Left);
    block.stack(0.0, hand.lines(&party.name, Type::new(10.8, Ink::Text, STRONG), width, (16.0, 3), Side::Left));
    for line in &party.address {
        block.stack(0.0, hand.lines(line, BODY, width, (13.2, 2), Side::Left));
    }
    block.stack(0.0, hand.flow(&party.codes, SOFT, width, 13.2, Side::Left));
    block
}

/// The head of every page but the first.
fn continued(hand: &mut Hand, ticket: &Ticket) -> Block {
    let mut block = Block::default();
    let set = Type::new(11.0, Ink::Deep, STRONG);
    hand.fit(&mut block, (0.0, 11.0, INNER * 0.55), &ticket.shop.name, set, Side::Left);
    hand.fit(&mut block, (INNER * 0.58, 11.0, INNER * 0.42), &ticket.name, SOFT, Side::Right);
    block.height = 20.0;
    block.marks.push(Mark::Rule { x: 0.0, y: 20.0, width: INNER, thick: 1.2, dashed: false, ink: Ink::Deep });
    block
}

/// What follows the lines: words and tax on the left, sums on the right.
fn closing(hand: &mut Hand, ticket: &Ticket, taxes: Option<TaxBlocks>, density: Density) -> Block {
    let mut block = Block::default();
    let mut left = Block::default();
    if let Some(words) = &ticket.words {
        left = hand.lines(&words.label, LABEL, LEFT_WIDTH, (13.0, 1), Side::Left);
        let set = Type::new(9.8, Ink::Text, STRONG);
        left.stack(1.0, hand.lines(&words.value, set, LEFT_WIDTH, (14.5, 4), Side::Left));
    }
    if let Some(taxes) = taxes {
        left.stack(11.0, taxes.joined());
    }
    block.put(0.0, 0.0, left);
    block.put(INNER - SUMS_WIDTH, 0.0, sums(hand, ticket, density));
    block
}

fn sums(hand: &mut Hand, ticket: &Ticket, density: Density) -> Block {
    const PAD: f32 = 6.0;
    let mut block = Block::default();
    block.put(PAD, 0.0, hand.pairs(&ticket.sums, SOFT, BODY, SUMS_WIDTH - 2.0 * PAD, density.sum_pitch));
    if let Some(total) = &ticket.total {
        let y = block.height + 5.0;
        let bar = Mark::Rect { x: 0.0, y, width: SUMS_WIDTH, height: 35.0, radius: 3.0, ink: Ink::Deep };
        block.marks.push(bar);
        let value = Type::new(15.2, Ink::White, STRONG_FIGURE);
        let valued = hand.width(&total.value, value).min(SUMS_WIDTH * 0.7);
        let (right, inner) = (SUMS_WIDTH - 9.0 - valued, SUMS_WIDTH - 26.0 - valued);
        hand.fit(&mut block, (9.0, y + 21.6, inner), &total.label, Type::new(11.2, Ink::White, PLAIN), Side::Left);
        hand.fit(&mut block, (right, y + 23.0, valued + 0.01), &total.value, value, Side::Left);
        block.height = y + 35.0;
    }
    let y = block.height + 6.0;
    if !ticket.tenders.is_empty() {
        block.put(PAD, y, hand.pairs(&ticket.tenders, SOFT, BODY, SUMS_WIDTH - 2.0 * PAD, 15.6));
    }
    block
}

#[cfg(test)]
mod tests {
    use super::turns;

    #[test]
    fn pages_turn_where_the_room_ends() {
        for (heights, first, next, carried, tail, told) in [
            (vec![10.0; 3], 100.0, 100.0, 10.0, 50.0, vec![]),
            (vec![10.0; 9], 100.0, 100.0, 10.0, 50.0, vec![8]),
            (vec![10.0; 30], 100.0, 100.0, 10.0, 50.0, vec![9, 18, 27]),
            // A tail that does not fit takes the last row with it.
            (vec![10.0; 10], 100.0, 100.0, 10.0, 5.0, vec![9]),
            // A first page with no room begins its lines on the second.
            (vec![10.0; 2], 5.0, 100.0, 10.0, 50.0, vec![0]),
            // A row taller than any page still gets one.
            (vec![300.0; 2], 100.0, 100.0, 10.0, 50.0, vec![0, 1]),
        ] {
            assert_eq!(turns(&heights, first, next, carried, tail), told, "{heights:?} {first} {tail}");
        }
    }
}
