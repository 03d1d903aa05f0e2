//! Marks to SVG for the preview: outlines, not text, so that the screen shows what the paper will.
//!
//! No script, no style, nothing from outside; each glyph is drawn once and used by number.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};

use super::fonts::FaceId;
use super::marks::{DASH, Ink, MM, Mark, Page};
use super::qr::Qr;
use super::shape::Shaped;

/// Draws one page; the title is what a screen reader says of it.
#[must_use]
pub fn draw(page: &Page, title: &str) -> String {
    let mut pen = Pen::default();
    for mark in &page.marks {
        pen.draw(mark);
    }
    let (width, height) = (page.width, page.height);
    let mut svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{}mm" height="{}mm" viewBox="0 0 {} {}"><title>{}</title><defs>"##,
        short(width / MM),
        short(height / MM),
        short(width),
        short(height),
        escaped(title)
    );
    for ((face, id), path) in pen.glyphs.iter().filter(|(_, path)| !path.is_empty()) {
        write!(svg, r#"<path id="{}" d="{path}"/>"#, name(*face, *id)).expect("writing to memory does not fail");
    }
    write!(svg, r##"</defs><path fill="#ffffff" d="M0 0H{}V{}H0z"/>"##, short(width), short(height))
        .expect("writing to memory does not fail");
    svg + &pen.body + "</svg>"
}

/// A text that can stand between tags or in an attribute; what XML cannot hold is left out.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => safe.push(c),
        }
    }
    safe
}

/// A number with at most two decimals.
fn short(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

fn name(face: FaceId, id: u16) -> String {
    format!("{}{id}", char::from(b'a' + face as u8))
}

fn hex(ink: Ink) -> String {
    let [r, g, b] = ink.rgb();
    format!("#{r:02x}{g:02x}{b:02x}")
}

#[derive(Default)]
struct Pen {
    glyphs: BTreeMap<(FaceId, u16), String>,
    body: String,
}

impl Pen {
    fn put(&mut self, text: std::fmt::Arguments) {
        self.body.write_fmt(text).expect("writing to memory does not fail");
    }

    fn draw(&mut self, mark: &Mark) {
        match mark {
            Mark::Text { x, y, size, rise, ink, text } => self.text((*x, *y), *size, *rise, *ink, text),
            Mark::Rule { x, y, width, thick, dashed, ink } => {
                self.put(format_args!(
                    r#"<path stroke="{}" stroke-width="{}" d="M{} {}h{}""#,
                    hex(*ink),
                    short(*thick),
                    short(*x),
                    short(*y),
                    short(*width)
                ));
                if *dashed {
                    self.put(format_args!(r#" stroke-dasharray="{} {}""#, DASH[0], DASH[1]));
                }
                self.put(format_args!("/>"));
            }
            Mark::Rect { x, y, width, height, radius, ink } => self.put(format_args!(
                r#"<rect x="{}" y="{}" width="{}" height="{}" rx="{}" fill="{}"/>"#,
                short(*x),
                short(*y),
                short(*width),
                short(*height),
                short(*radius),
                hex(*ink)
            )),
            Mark::Code { x, y, side, qr } => self.code((*x, *y), *side, qr),
        }
    }

    /// One path of strokes as thick as a square of the code, which say in half the room what rectangles would.
    fn code(&mut self, (x, y): (f32, f32), side: f32, qr: &Qr) {
        let scale = side / qr.side() as f32;
        self.put(format_args!(
            r##"<path stroke="#000000" shape-rendering="crispEdges" transform="translate({} {}) scale({scale})" d=""##,
            short(x),
            short(y + scale / 2.0)
        ));
        for (column, row, length) in qr.stretches() {
            self.put(format_args!("M{column} {row}h{length}"));
        }
        self.put(format_args!("\"/>"));
    }

    fn text(&mut self, (x, y): (f32, f32), size: f32, rise: f32, ink: Ink, text: &Shaped) {
        let mut pen = 0.0;
        let (sin, cos) = rise.to_radians().sin_cos();
        for run in &text.runs {
            let along = pen * size / 1000.0;
            let turned = if rise == 0.0 { String::new() } else { format!(" rotate({})", -rise) };
            let scale = size / 1000.0;
            self.put(format_args!(
                r#"<g fill="{}" transform="translate({} {}){turned} scale({scale} -{scale})">"#,
                hex(ink),
                short(x + along * cos),
                short(y - along * sin)
            ));
            let mut at = 0.0;
            for glyph in &run.glyphs {
                let outline = self.glyphs.entry((run.face, glyph.id)).or_insert_with(|| outline(run.face, glyph.id));
                if !outline.is_empty() {
                    let (right, up) = ((at + glyph.dx).round(), glyph.dy.round());
                    self.put(format_args!(r##"<use href="#{}" x="{right}""##, name(run.face, glyph.id)));
                    if up != 0.0 {
                        self.put(format_args!(r#" y="{up}""#));
                    }
                    self.put(format_args!("/>"));
                }
                at += glyph.advance;
            }
            self.put(format_args!("</g>"));
            pen += at;
        }
    }
}

/// The outline of a glyph in thousandths of an em, y upwards; empty for a space.
fn outline(face: FaceId, id: u16) -> String {
    let mut outline = Outline { scale: face.scale(), ..Outline::default() };
    face.face().outline_glyph(GlyphId(id), &mut outline);
    outline.path
}

type Spot = (f32, f32);

/// Writes steps from point to point, which are shorter than points, and the shortest command for each.
#[derive(Default)]
struct Outline {
    scale: f32,
    at: Spot,
    start: Spot,
    /// Where the next curve bends when it goes on smoothly from this one.
    smooth: Option<Spot>,
    path: String,
}

impl Outline {
    fn spot(&self, x: f32, y: f32) -> Spot {
        ((x * self.scale).round(), (y * self.scale).round())
    }

    /// Writes a command with its numbers.
    fn put(&mut self, command: char, numbers: &[f32]) {
        self.path.push(command);
        for (at, number) in numbers.iter().enumerate() {
            if at > 0 && *number >= 0.0 {
                self.path.push(' ');
            }
            // Adding nothing turns a minus zero into a zero.
            write!(self.path, "{}", number + 0.0).expect("writing to memory does not fail");
        }
    }

    fn away(&self, spot: Spot) -> Spot {
        (spot.0 - self.at.0, spot.1 - self.at.1)
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        let to = self.spot(x, y);
        let step = self.away(to);
        self.put('m', &[step.0, step.1]);
        (self.at, self.start, self.smooth) = (to, to, None);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.spot(x, y);
        match self.away(to) {
            (right, 0.0) => self.put('h', &[right]),
            (0.0, up) => self.put('v', &[up]),
            (right, up) => self.put('l', &[right, up]),
        }
        (self.at, self.smooth) = (to, None);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (mut bend, to) = (self.spot(x1, y1), self.spot(x, y));
        let step = self.away(to);
        // A thousandth of an em off is rounding, not shape.
        match self.smooth.filter(|spot| (spot.0 - bend.0).abs() <= 1.0 && (spot.1 - bend.1).abs() <= 1.0) {
            Some(smooth) => {
                bend = smooth;
                self.put('t', &[step.0, step.1]);
            }
            None => {
                let bent = self.away(bend);
                self.put('q', &[bent.0, bent.1, step.0, step.1]);
            }
        }
        self.smooth = Some((2.0 * to.0 - bend.0, 2.0 * to.1 - bend.1));
        self.at = to;
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let [first, second, to] = [(x1, y1), (x2, y2), (x, y)].map(|(x, y)| self.away(self.spot(x, y)));
        self.put('c', &[first.0, first.1, second.0, second.1, to.0, to.1]);
        (self.at, self.smooth) = (self.spot(x, y), None);
    }

    fn close(&mut self) {
        self.path.push('z');
        (self.at, self.smooth) = (self.start, None);
    }
}
