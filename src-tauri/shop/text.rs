//! Text as people type it: one clean line, shown as it is and never obeyed.

/// Crockford's base32: no I, L, O or U, so that nothing on paper is read two ways.
pub const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// One line without control characters or marks that turn the direction of text; spaces are folded.
///
/// The joiners of Indian scripts (ZWJ, ZWNJ) stay, since words need them.
#[must_use]
pub fn line(typed: &str) -> String {
    let mut line = String::with_capacity(typed.len().min(1024));
    for part in typed.split(|c: char| c.is_whitespace() || c.is_control()) {
        let mut kept = part.chars().filter(|c| !is_invisible(*c)).peekable();
        if kept.peek().is_none() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(kept);
    }
    line
}

/// Format characters that show nothing and reorder or hide what stands beside them.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cleaned_and_words_are_kept() {
        for (typed, told) in [
            ("  Tata \t Salt\n1 kg ", "Tata Salt 1 kg"),
            ("a\u{0}b\u{7f}c", "a b c"),
            ("safe\u{202e}gnp.exe", "safegnp.exe"),
            ("क्\u{200d}ष", "क्\u{200d}ष"),
            ("<b>\"&'", "<b>\"&'"),
            ("\u{200b}", ""),
        ] {
            assert_eq!(line(typed), told, "{typed:?}");
        }
    }
}
