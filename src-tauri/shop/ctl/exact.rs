//! Reads JSON objects key by key, numbers by their digits: no amount ever passes through a float.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// An object whose keys are taken one by one; what is left at the end is unknown.
pub struct Object<'a> {
    /// What stands before every message: nothing, or `line 2: `.
    at: String,
    keys: BTreeMap<String, &'a RawValue>,
}

/// The text of a JSON scalar.
enum Scalar {
    Word(String),
    Number(String),
    Truth(bool),
}

impl<'a> Object<'a> {
    /// Reads `{…}`; `at` is put before every message about it.
    pub fn read(json: &'a str, at: impl Into<String>) -> Result<Object<'a>, String> {
        let at = at.into();
        let keys = serde_json::from_str(json).map_err(|error| format!("{at}not a JSON object: {error}"))?;
        Ok(Object { at, keys })
    }

    /// The text of a key: a string, or a number as written without exponent. Null, absent and blank are `None`.
    pub fn text(&mut self, key: &str) -> Result<Option<String>, String> {
        match self.scalar(key)? {
            None => Ok(None),
            Some(Scalar::Word(text) | Scalar::Number(text)) => Ok(Some(text)),
            Some(Scalar::Truth(_)) => Err(self.says(key, "is a text or a number, not true or false")),
        }
    }

    /// A key read by `read`, with `wanted` told when it does not fit.
    pub fn value<T>(&mut self, key: &str, read: impl Fn(&str) -> Option<T>, wanted: &str) -> Result<Option<T>, String> {
        let Some(text) = self.text(key)? else { return Ok(None) };
        match read(&text) {
            Some(value) => Ok(Some(value)),
            None => Err(self.says(key, &format!("{wanted}, not {}", shown(&text)))),
        }
    }

    /// A truth: `true`, `"Y"`, `"yes"`, `1` and their opposites. Null and absent are false.
    pub fn truth(&mut self, key: &str) -> Result<Option<bool>, String> {
        let text = match self.scalar(key)? {
            None => return Ok(None),
            Some(Scalar::Truth(truth)) => return Ok(Some(truth)),
            Some(Scalar::Word(text) | Scalar::Number(text)) => text,
        };
        match text.to_lowercase().as_str() {
            "true" | "yes" | "y" | "1" => Ok(Some(true)),
            "false" | "no" | "n" | "0" => Ok(Some(false)),
            _ => Err(self.says(key, &format!("is true or false, not {}", shown(&text)))),
        }
    }

    /// An object inside this one.
    pub fn object(&mut self, key: &str) -> Result<Option<Object<'a>>, String> {
        let Some(raw) = self.take(key) else { return Ok(None) };
        Object::read(raw.get(), format!("{}{key}: ", self.at)).map(Some)
    }

    /// The members of a list.
    pub fn list(&mut self, key: &str) -> Result<Option<Vec<&'a RawValue>>, String> {
        let Some(raw) = self.take(key) else { return Ok(None) };
        serde_json::from_str(raw.get()).map(Some).map_err(|_| self.says(key, "is a list"))
    }

    /// A sentence about a key of this object.
    pub fn says(&self, key: &str, what: &str) -> String {
        format!("{}{key} {what}", self.at)
    }

    /// The keys nobody took.
    pub fn unknown(self) -> Vec<String> {
        self.keys.keys().map(|key| format!("{}unknown key {} is ignored", self.at, shown(key))).collect()
    }

    fn take(&mut self, key: &str) -> Option<&'a RawValue> {
        self.keys.remove(key).filter(|raw| raw.get() != "null")
    }

    fn scalar(&mut self, key: &str) -> Result<Option<Scalar>, String> {
        let Some(raw) = self.take(key) else { return Ok(None) };
        let text = raw.get();
        match text.as_bytes()[0] {
            b'"' => {
                let word: String = serde_json::from_str(text).map_err(|error| self.says(key, &error.to_string()))?;
                let word = word.trim();
                Ok((!word.is_empty()).then(|| Scalar::Word(word.to_owned())))
            }
            b't' | b'f' => Ok(Some(Scalar::Truth(text == "true"))),
            b'-' | b'0'..=b'9' => match without_exponent(text) {
                Some(digits) => Ok(Some(Scalar::Number(digits))),
                None => Err(self.says(key, &format!("{} has too large an exponent", shown(text)))),
            },
            _ => Err(self.says(key, "is a text or a number, not a list or an object")),
        }
    }
}

/// A text as a message shows it: quoted, and cut after forty characters.
fn shown(text: &str) -> String {
    let cut: String = text.chars().take(40).collect();
    if cut.len() < text.len() { format!("{cut:?}…") } else { format!("{cut:?}") }
}

/// A JSON number as a plain decimal: `1.5e3` is `1500`. `None` beyond thirty places of shifting.
fn without_exponent(number: &str) -> Option<String> {
    let Some((mantissa, exponent)) = number.split_once(['e', 'E']) else { return Some(number.to_owned()) };
    let shift: i32 = exponent.parse().ok().filter(|shift: &i32| shift.abs() <= 30)?;
    let (sign, digits) = mantissa.strip_prefix('-').map_or(("", mantissa), |digits| ("-", digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let digits = format!("{whole}{part}");
    // Where the point stands among the digits after the shift.
    let point = whole.len() as i32 + shift;
    let plain = if point <= 0 {
        format!("0.{}{digits}", "0".repeat(point.unsigned_abs() as usize))
    } else if point as usize >= digits.len() {
        format!("{digits}{}", "0".repeat(point as usize - digits.len()))
    } else {
        let (whole, part) = digits.split_at(point as usize);
        format!("{whole}.{part}")
    };
    let trimmed = plain.trim_start_matches('0');
    let lead = if trimmed.is_empty() || trimmed.starts_with('.') { "0" } else { "" };
    Some(format!("{sign}{lead}{trimmed}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_are_written_out() {
        for (number, plain) in [
            ("12.50", Some("12.50")),
            ("1.5e3", Some("1500")),
            ("15E-1", Some("1.5")),
            ("15e-4", Some("0.0015")),
            ("-2.5e+1", Some("-25")),
            ("1.234e2", Some("123.4")),
            ("0e5", Some("0")),
            ("1e99", None),
            ("1e99999999999", None),
        ] {
            assert_eq!(without_exponent(number).as_deref(), plain, "{number}");
        }
    }

    #[test]
    fn keys_are_taken_exactly_or_refused_by_name() {
        let json = r#"{"a": 0.1, "b": "0.30", "c": null, "d": " ", "e": true, "f": [1], "g": "Y", "h": 1}"#;
        let mut object = Object::read(json, "line 2: ").expect("an object");
        assert_eq!(object.text("a"), Ok(Some("0.1".to_owned())));
        assert_eq!(object.text("b"), Ok(Some("0.30".to_owned())));
        assert_eq!(object.text("c"), Ok(None));
        assert_eq!(object.text("d"), Ok(None));
        assert_eq!(object.text("e"), Err("line 2: e is a text or a number, not true or false".to_owned()));
        assert_eq!(object.text("f"), Err("line 2: f is a text or a number, not a list or an object".to_owned()));
        assert_eq!(object.truth("g"), Ok(Some(true)));
        assert_eq!(object.text("none"), Ok(None));
        assert_eq!(object.unknown(), ["line 2: unknown key \"h\" is ignored"]);
    }
}
