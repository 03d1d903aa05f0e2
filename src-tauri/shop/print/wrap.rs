//! Shaped text broken into lines that fit a column.

use std::rc::Rc;

use super::shape::{CHARS_A_LINE, Shaped, Shaper, Style, split_at_char, tidy};

impl Shaper {
    /// The text on at most `lines_max` lines of `width` (in thousandths of an em), the last ending in … when cut.
    ///
    /// Breaks at spaces and after hyphens and slashes; a word wider than the line is broken between clusters.
    /// A line holds at least one cluster, however narrow it is.
    pub fn wrap(&mut self, text: &str, style: Style, width: f32, lines_max: usize) -> Vec<Rc<Shaped>> {
        let clean = tidy(text);
        let (seen, unseen) = split_at_char(&clean, CHARS_A_LINE.saturating_mul(lines_max));
        let mut rest = seen.trim();
        let mut lines = Vec::new();
        while !rest.is_empty() && lines.len() < lines_max {
            let is_last = lines.len() + 1 == lines_max;
            let taken = self.line_end(rest, style, width);
            if is_last && (taken < rest.len() || !unseen.is_empty()) {
                let kept = self.longest(rest, style, width, "…");
                lines.push(self.shape_clean(&format!("{}…", rest[..kept].trim_end()), style));
                break;
            }
            lines.push(self.shape_clean(rest[..taken].trim_end(), style));
            rest = rest[taken..].trim_start();
        }
        lines
    }

    /// How many bytes of a text fit a line: whole words, or whole clusters of the first word.
    fn line_end(&mut self, text: &str, style: Style, width: f32) -> usize {
        if self.shape_clean(text, style).width <= width {
            return text.len();
        }
        let mut ends = vec![0];
        let mut used = 0.0;
        for word in words(text) {
            if used + self.shape_clean(word.trim_end(), style).width > width {
                break;
            }
            used += self.shape_clean(word, style).width;
            ends.push(ends[ends.len() - 1] + word.len());
        }
        // Letters that meet where two words join may take more room than the words alone.
        while let Some(end) = ends.pop().filter(|end| *end > 0) {
            if self.shape_clean(text[..end].trim_end(), style).width <= width {
                return end;
            }
        }
        self.longest(words(text).next().unwrap_or(text), style, width, "")
    }

    /// Bytes of the longest prefix in whole clusters that fits together with what is put after it.
    fn longest(&mut self, text: &str, style: Style, width: f32, after: &str) -> usize {
        let shaped = self.shape_clean(text, style);
        let room = width - self.shape_clean(after, style).width;
        let (mut ends, mut base, mut pen) = (Vec::new(), 0, 0.0);
        'text: for run in &shaped.runs {
            for glyph in &run.glyphs {
                if pen > room {
                    break 'text;
                }
                // A cluster begins here: everything before it is a prefix that may stand alone.
                ends.push(base + glyph.cluster);
                pen += glyph.advance;
            }
            base += run.text.len();
        }
        if pen <= room {
            ends.push(text.len());
        }
        ends.dedup();
        let smallest = shaped.runs.first().map_or(text.len(), |run| {
            run.glyphs.iter().map(|glyph| glyph.cluster).find(|at| *at > 0).unwrap_or(run.text.len())
        });
        // A letter at the end of a line is no longer drawn closer to its neighbour, which takes room.
        let fits = |shaper: &mut Shaper, end: usize| {
            shaper.shape_clean(&format!("{}{after}", text[..end].trim_end()), style).width <= width
        };
        ends.into_iter().rev().find(|end| *end > 0 && fits(self, *end)).unwrap_or(smallest)
    }
}

/// The words of a text with the space that follows them; also broken after a hyphen or a slash, but never
/// between ₹ and its figure.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let ends = |(at, c): &(usize, char)| matches!(c, ' ' | '-' | '/') && !rest[..*at].ends_with('₹');
        let end = rest.char_indices().find(ends).map_or(rest.len(), |(at, c)| at + c.len_utf8());
        let (word, after) = rest.split_at(end);
        rest = after;
        (!word.is_empty()).then_some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLAIN: Style = Style { strong: false, code: false, figures: false };

    fn wrapped(text: &str, width: f32, lines: usize) -> Vec<String> {
        let lines = Shaper::default().wrap(text, PLAIN, width, lines);
        lines.iter().map(|line| line.runs.iter().map(|run| run.text.as_str()).collect()).collect()
    }

    #[test]
    fn a_long_name_breaks_between_words_and_ends_in_dots() {
        assert_eq!(wrapped("Fortune Sunlite sunflower oil", 9_000.0, 3), ["Fortune Sunlite", "sunflower oil"]);
        assert_eq!(wrapped("one two three four five six", 3_000.0, 2), ["one", "two…"]);
        assert_eq!(wrapped("Basmati", 1_500.0, 9).concat(), "Basmati");
        assert!(wrapped("", 1_500.0, 3).is_empty());
        assert_eq!(wrapped("Scan to pay ₹ 28,455.00", 7_000.0, 3), ["Scan to pay", "₹ 28,455.00"]);
        assert_eq!(wrapped("10/12-B कोथरूड", 3_800.0, 3), ["10/12-B", "कोथरूड"]);
    }

    #[test]
    fn a_name_of_ten_thousand_characters_is_three_lines() {
        for text in ["अ".repeat(10_000), "W".repeat(10_000), "long name ".repeat(1_000), "\u{301}".repeat(10_000)] {
            let lines = Shaper::default().wrap(&text, PLAIN, 20_000.0, 3);
            assert!(lines.len() <= 3);
            assert!(lines.iter().all(|line| line.width <= 20_000.0));
        }
    }

    #[test]
    fn letters_that_lean_on_each_other_still_fit_when_parted() {
        // In "P.", "AV" and "T," the second letter is drawn closer; cut after the first, the line is wider.
        let mut shaper = Shaper::default();
        for text in ["P.P.P.P.P.P.P.P.", "AVAVAVAVAVAV", "T,T,T,T,T,T,T,T,"] {
            for width in (2_000..4_000).step_by(7) {
                for line in shaper.wrap(text, PLAIN, width as f32, 9) {
                    assert!(line.width <= width as f32, "{text} {width}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_leaves_its_column(text in "\\PC{0,60}|[ a-zअ-ह्िी\u{200d}-]{0,60}", width in 2_000f32..30_000.0) {
            let lines = Shaper::default().wrap(&text, PLAIN, width, 3);
            prop_assert!(lines.len() <= 3);
            for line in lines {
                prop_assert!(line.width <= width + 0.5 || line.runs.iter().map(|run| run.glyphs.len()).sum::<usize>() <= 8);
            }
        }

        #[test]
        fn wrapping_loses_no_letter(text in "[ a-zअ-ह्िी-]{0,80}") {
            let lines = wrapped(&text, 6_000.0, usize::MAX);
            let bare = |text: &str| text.replace(' ', "");
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
        }
    }
}
