//! Text to placed glyphs: split by script, shaped and measured.
//!
//! Latin, ₹ and figures are set in one face, Devanagari in another. A character that no face has is
//! shown as □ and keeps its own text for copying; control and direction characters are dropped, so
//! that no text can disturb the line it stands on. Everything runs left to right.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

use rustybuzz::{Direction, UnicodeBuffer, script, shape_with_plan};

use super::fonts::FaceId;

/// Characters looked at for each line a text may take; the narrowest letters fill A4 with fewer.
pub(super) const CHARS_A_LINE: usize = 250;

/// Marks that may stack on one letter; more would climb over the line above.
const STACK_MAX: usize = 2;

/// Shown for a character that no face has.
const UNKNOWN: char = '□';

/// What a text is set in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Style {
    pub strong: bool,
    /// In the face where 0 and O differ.
    pub code: bool,
    /// Digits of one width, for columns.
    pub figures: bool,
}

/// A glyph and where the pen goes from it, in thousandths of an em.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    pub id: u16,
    pub advance: f32,
    pub dx: f32,
    pub dy: f32,
    /// Byte in the run's text where the cluster of this glyph begins.
    pub cluster: usize,
}

/// A stretch of text in one face.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    pub face: FaceId,
    pub text: String,
    pub glyphs: Vec<Glyph>,
    /// One glyph for each character, each saying just that character.
    pub plain: bool,
}

/// A text on one line, ready to be drawn at any size.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shaped {
    pub runs: Vec<Run>,
    /// In thousandths of an em.
    pub width: f32,
}

impl Shaped {
    /// Width at a size, in the unit of the size.
    #[must_use]
    pub fn width_at(&self, size: f32) -> f32 {
        self.width * size / 1000.0
    }
}

/// Shapes the texts of one document, each once.
#[derive(Default)]
pub struct Shaper {
    seen: HashMap<Style, HashMap<String, Rc<Shaped>>>,
    spare: Option<UnicodeBuffer>,
}

impl Shaper {
    /// The text on one line; what lies beyond any paper is left out.
    pub fn shape(&mut self, text: &str, style: Style) -> Rc<Shaped> {
        let clean = tidy(text);
        self.shape_clean(split_at_char(&clean, CHARS_A_LINE * 4).0, style)
    }

    /// Shapes a text that is [`tidy`], or a part of one.
    pub(super) fn shape_clean(&mut self, text: &str, style: Style) -> Rc<Shaped> {
        if let Some(known) = self.seen.get(&style).and_then(|texts| texts.get(text)) {
            return Rc::clone(known);
        }
        let mut shaped = Shaped::default();
        for (face, piece) in pieces(text, style) {
            let run = self.run(face, piece, style);
            shaped.width += run.glyphs.iter().map(|glyph| glyph.advance).sum::<f32>();
            shaped.runs.push(run);
        }
        let shaped = Rc::new(shaped);
        self.seen.entry(style).or_default().insert(text.to_owned(), Rc::clone(&shaped));
        shaped
    }

    fn run(&mut self, face: Option<FaceId>, text: &str, style: Style) -> Run {
        let id = face.unwrap_or(base_face(Style { code: false, ..style }));
        let mut buffer = self.spare.take().unwrap_or_default();
        for (at, c) in text.char_indices() {
            let cluster = u32::try_from(at).expect("a text is far below 4 GB");
            buffer.add(if face.is_some() { c } else { UNKNOWN }, cluster);
        }
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(if id.is_devanagari() { script::DEVANAGARI } else { script::LATIN });
        let shaped = shape_with_plan(id.face(), id.plan(style.figures), buffer);
        let scale = id.scale();
        let glyphs: Vec<Glyph> = shaped
            .glyph_infos()
            .iter()
            .zip(shaped.glyph_positions())
            .map(|(info, place)| Glyph {
                id: u16::try_from(info.glyph_id).expect("TrueType glyph ids are 16 bits"),
                advance: place.x_advance as f32 * scale,
                dx: place.x_offset as f32 * scale,
                dy: place.y_offset as f32 * scale,
                cluster: info.cluster as usize,
            })
            .collect();
        self.spare = Some(shaped.clear());
        let plain = face.is_some()
            && glyphs.len() == text.chars().count()
            && glyphs.iter().zip(text.char_indices()).all(|(glyph, (at, _))| glyph.cluster == at);
        Run { face: id, text: text.to_owned(), glyphs, plain }
    }
}

pub(super) fn split_at_char(text: &str, chars: usize) -> (&str, &str) {
    text.split_at(text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at))
}

fn base_face(style: Style) -> FaceId {
    match (style.code, style.strong) {
        (false, false) => FaceId::Text,
        (false, true) => FaceId::TextStrong,
        (true, false) => FaceId::Code,
        (true, true) => FaceId::CodeStrong,
    }
}

/// The first face of the style that has a character; `None` when none has.
fn face_for(c: char, style: Style) -> Option<FaceId> {
    let text = base_face(Style { code: false, ..style });
    let devanagari = if style.strong { FaceId::DevanagariStrong } else { FaceId::Devanagari };
    let order = if is_devanagari(c) { [devanagari, text, text] } else { [base_face(style), text, devanagari] };
    order.into_iter().find(|id| id.face().glyph_index(c).is_some())
}

fn is_devanagari(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{97f}' | '\u{a8e0}'..='\u{a8ff}' | '\u{1cd0}'..='\u{1cff}')
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// The text in stretches of one face each; a space and a joiner stay with what stands before them.
fn pieces(text: &str, style: Style) -> Vec<(Option<FaceId>, &str)> {
    let mut pieces: Vec<(Option<FaceId>, &str)> = Vec::new();
    let mut start = 0;
    let mut current: Option<Option<FaceId>> = None;
    for (at, c) in text.char_indices() {
        let follows = c == ' ' || is_joiner(c) || is_mark(c) && !is_devanagari(c);
        let face = match current {
            Some(Some(face)) if follows && face.face().glyph_index(c).is_some() => Some(face),
            _ => face_for(c, style),
        };
        if current != Some(face) {
            if let Some(before) = current {
                pieces.push((before, &text[start..at]));
            }
            start = at;
            current = Some(face);
        }
    }
    if let Some(last) = current {
        pieces.push((last, &text[start..]));
    }
    pieces
}

/// A combining mark outside Devanagari, whose own are shaped by its font.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

/// Characters that steer rather than show: direction, joining, variation, tags.
fn is_steering(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{fff0}'..='\u{fffb}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e0fff}')
}

/// The text without what could disturb a line: one space for any white space, no control or steering
/// characters, joiners only inside Devanagari, at most [`STACK_MAX`] marks on a letter.
pub(super) fn tidy(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && !text.contains("  ") {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut before = ' ';
    let mut stacked = 0;
    for c in text.chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        let is_dropped = c.is_control() || is_steering(c) || is_joiner(c) && !is_devanagari(before);
        stacked = if is_mark(c) { stacked + 1 } else { 0 };
        if is_dropped || stacked > STACK_MAX || c == ' ' && before == ' ' && !clean.is_empty() {
            continue;
        }
        clean.push(c);
        if !is_joiner(c) {
            before = c;
        }
    }
    Cow::Owned(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Style = Style { strong: false, code: false, figures: false };

    fn faces(text: &str) -> Vec<(FaceId, String)> {
        Shaper::default().shape(text, PLAIN).runs.iter().map(|run| (run.face, run.text.clone())).collect()
    }

    #[test]
    fn a_text_is_split_where_the_script_changes() {
        assert_eq!(faces("₹ 120.00"), [(FaceId::Text, "₹ 120.00".into())]);
        assert_eq!(
            faces("Oil सूरजमुखी तेल 15 L"),
            [(FaceId::Text, "Oil ".into()), (FaceId::Devanagari, "सूरजमुखी तेल ".into()), (FaceId::Text, "15 L".into())]
        );
    }

    #[test]
    fn conjuncts_take_fewer_glyphs_than_characters() {
        // The letters of each join: a font without shaping would show every one of them.
        for (text, glyphs_max) in [("श्री", 2), ("क्ति", 3), ("र्व", 2), ("द्ध", 1), ("त्र", 1), ("ज्ञ", 1)]
        {
            let shaped = Shaper::default().shape(text, PLAIN);
            assert!(shaped.runs[0].glyphs.len() <= glyphs_max, "{text}: {:?}", shaped.runs[0].glyphs);
            assert!(shaped.runs[0].glyphs.iter().all(|glyph| glyph.id != 0), "{text}");
            assert!(!shaped.runs[0].plain, "{text}");
        }
    }

    #[test]
    fn the_short_i_stands_before_its_letter() {
        let shaped = Shaper::default().shape("कि", PLAIN);
        let alone = Shaper::default().shape("क", PLAIN).runs[0].glyphs[0].id;
        let ids: Vec<u16> = shaped.runs[0].glyphs.iter().map(|glyph| glyph.id).collect();
        assert_eq!(ids.iter().position(|id| *id == alone), Some(1));
    }

    #[test]
    fn figures_of_a_column_have_one_width() {
        let style = Style { figures: true, ..PLAIN };
        let widths: Vec<f32> = ('0'..='9').map(|c| Shaper::default().shape(&c.to_string(), style).width).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{widths:?}");
        assert_ne!(Shaper::default().shape("1", PLAIN).width, widths[0]);
    }

    #[test]
    fn a_character_no_face_has_is_one_box_that_keeps_its_text() {
        for text in ["😀", "தமிழ்", "אב", "漢字"] {
            let shaped = Shaper::default().shape(text, PLAIN);
            assert_eq!(shaped.runs.len(), 1, "{text}");
            assert_eq!(shaped.runs[0].text, text);
            assert_eq!(shaped.runs[0].glyphs.len(), text.chars().count());
            assert!(!shaped.runs[0].plain);
        }
    }

    #[test]
    fn what_would_steer_the_line_is_dropped() {
        for (text, told) in [
            ("a\u{202e}b\u{7}c", "abc"),
            ("two\r\n lines\tand  tabs", "two lines and tabs"),
            ("क\u{94d}\u{200d}ष", "क\u{94d}\u{200d}ष"),
            ("x\u{200d}y", "xy"),
            ("e\u{301}\u{301}\u{301}\u{301}", "e\u{301}\u{301}"),
            ("\u{1f468}\u{200d}\u{1f469}\u{fe0f}", "\u{1f468}\u{1f469}"),
        ] {
            assert_eq!(tidy(text), told);
        }
    }
}
