//! Keys by the names that the shop's key table uses, as WebDriver writes them.

use serde_json::{Value, json};

/// WebDriver's private code points for keys that write nothing (W3C WebDriver §17.4.2).
const NAMED: [(&str, char); 31] = [
    ("Backspace", '\u{E003}'),
    ("Tab", '\u{E004}'),
    ("Enter", '\u{E006}'),
    ("Shift", '\u{E008}'),
    ("Ctrl", '\u{E009}'),
    ("Alt", '\u{E00A}'),
    ("Escape", '\u{E00C}'),
    ("Space", ' '),
    ("PageUp", '\u{E00E}'),
    ("PageDown", '\u{E00F}'),
    ("End", '\u{E010}'),
    ("Home", '\u{E011}'),
    ("ArrowLeft", '\u{E012}'),
    ("ArrowUp", '\u{E013}'),
    ("ArrowRight", '\u{E014}'),
    ("ArrowDown", '\u{E015}'),
    ("Insert", '\u{E016}'),
    ("Delete", '\u{E017}'),
    ("Meta", '\u{E03D}'),
    ("F1", '\u{E031}'),
    ("F2", '\u{E032}'),
    ("F3", '\u{E033}'),
    ("F4", '\u{E034}'),
    ("F5", '\u{E035}'),
    ("F6", '\u{E036}'),
    ("F7", '\u{E037}'),
    ("F8", '\u{E038}'),
    ("F9", '\u{E039}'),
    ("F10", '\u{E03A}'),
    ("F11", '\u{E03B}'),
    ("F12", '\u{E03C}'),
];

/// One chord, such as `F12`, `Alt+1`, `Ctrl+S` or `?`: modifiers go down first and up last.
#[must_use]
pub fn chord(name: &str) -> Vec<Value> {
    let parts: Vec<char> = match name.rsplit_once('+') {
        Some((before, last)) if !last.is_empty() => before.split('+').chain([last]).map(one).collect(),
        _ => vec![one(name)],
    };
    let chorded = parts.len() > 1;
    let lowered = |key: char| if chorded { key.to_ascii_lowercase() } else { key };
    let down = parts.iter().map(|&key| json!({ "type": "keyDown", "value": lowered(key) }));
    let up = parts.iter().rev().map(|&key| json!({ "type": "keyUp", "value": lowered(key) }));
    down.chain(up).collect()
}

/// A text as single strokes with `gap_ms` after each; 0 is as fast as the driver can, like a scanner.
#[must_use]
pub fn strokes(text: &str, gap_ms: u64) -> Vec<Value> {
    let stroke = |key: char| {
        let mut actions = vec![json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })];
        if gap_ms > 0 {
            actions.push(json!({ "type": "pause", "duration": gap_ms }));
        }
        actions
    };
    text.chars().flat_map(stroke).collect()
}

fn one(name: &str) -> char {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => letter,
        _ => NAMED.iter().find(|(named, _)| *named == name).unwrap_or_else(|| panic!("no key is called {name}")).1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(actions: &[Value]) -> String {
        actions.iter().map(|a| format!("{}{} ", &a["type"].as_str().expect("a type")[3..], a["value"])).collect()
    }

    #[test]
    fn modifiers_go_down_first_and_up_last() {
        assert_eq!(told(&chord("Alt+1")), "Down\"\u{E00A}\" Down\"1\" Up\"1\" Up\"\u{E00A}\" ");
        assert_eq!(told(&chord("Ctrl+S")), "Down\"\u{E009}\" Down\"s\" Up\"s\" Up\"\u{E009}\" ");
        assert_eq!(told(&chord("+")), "Down\"+\" Up\"+\" ");
    }

    #[test]
    fn a_scanner_makes_no_pause_and_a_typist_does() {
        assert_eq!(strokes("89", 0).len(), 4);
        assert_eq!(strokes("89", 70).len(), 6);
    }
}
