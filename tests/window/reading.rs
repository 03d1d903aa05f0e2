//! What a cashier reads off the screen: figures, lines, numbers, and the choices of a list.

use serde_json::{Value, json};

use crate::Till;
use crate::goods::paise;

/// More presses of a letter than any list has choices.
const LETTERS_MAX: usize = 80;

/// The counter as it stands on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counter {
    /// Name and amount of each standing line, in order.
    pub lines: Vec<(String, i64)>,
    pub to_pay: i64,
    /// The last bill's number; empty before the first.
    pub last: String,
}

/// Reads the counter in one look, so that its parts belong together.
pub const COUNTER: &str = "const pay = document.querySelector('#to-pay'); if (!pay) return null; \
    const lines = [...document.querySelectorAll('[data-line]:not(.removed)')].map(line => \
      [line.querySelector('[data-name]').innerText, Number(line.querySelector('[data-amount]').dataset.amount)]); \
    return { lines, to_pay: Number(pay.dataset.toPay), last: document.querySelector('[data-last]')?.dataset.last ?? '' };";

impl Counter {
    /// From what the script of [`COUNTER`] returned; `None` when another screen is shown.
    #[must_use]
    pub fn read(seen: &Value) -> Option<Counter> {
        let line = |line: &Value| Some((line[0].as_str()?.trim().to_owned(), line[1].as_i64()?));
        Some(Counter {
            lines: seen["lines"].as_array()?.iter().map(line).collect::<Option<_>>()?,
            to_pay: seen["to_pay"].as_i64()?,
            last: seen["last"].as_str()?.to_owned(),
        })
    }
}

impl Till {
    /// The counter, which must be shown.
    #[must_use]
    pub fn counter(&self) -> Counter {
        self.wait_for("#to-pay");
        Counter::read(&self.look(COUNTER)).expect("the counter is shown")
    }

    /// What the page holds ready under `data-<name>` on the first thing that matches; waits for it.
    #[must_use]
    pub fn data(&self, css: &str, name: &str) -> String {
        self.wait_for(css);
        let found =
            self.look_with("return document.querySelector(arguments[0])?.dataset[arguments[1]]", &json!([css, name]));
        found.as_str().unwrap_or_else(|| panic!("{css} has no {name}")).to_owned()
    }

    /// The paise that the screen holds under `data-<name>`.
    #[must_use]
    pub fn paise(&self, css: &str, name: &str) -> i64 {
        self.data(css, name).parse().unwrap_or_else(|_| panic!("{css} has no paise in {name}"))
    }

    /// The paise that are written out on the screen.
    #[must_use]
    pub fn figure(&self, css: &str) -> i64 {
        paise(&self.text(css))
    }

    /// The whole number that is written on the screen.
    #[must_use]
    pub fn number(&self, css: &str) -> usize {
        let text = self.text(css);
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        digits.parse().unwrap_or_else(|_| panic!("{css} is no number: {text:?}"))
    }

    /// Waits until a figure of the screen is so many paise.
    pub fn pays(&self, paise: i64) {
        self.wait_for(&format!("#to-pay[data-to-pay='{paise}']"));
    }

    /// Goes to a list and presses the first letter of a choice until it is chosen.
    pub fn choose(&mut self, id: &str, value: &str) {
        self.go_to(id);
        let asked = json!([id, value]);
        let letter = self.look_with(
            "const list = document.getElementById(arguments[0]); \
             return [...list.options].find(option => option.value === arguments[1])?.text[0] ?? null;",
            &asked,
        );
        let letter = letter.as_str().unwrap_or_else(|| panic!("#{id} has no {value}")).to_owned();
        for _ in 0..LETTERS_MAX {
            if self.look("return document.activeElement.value") == value {
                return;
            }
            self.keys(&letter);
        }
        panic!("{letter} does not lead to {value} in #{id}");
    }

    /// Goes to a row of choices, of which one is chosen, and on with the arrow to the one wanted.
    pub fn go_to_choice(&mut self, name: &str, value: &str) {
        let here = format!("document.activeElement.name === {name:?}");
        for _ in 0..LETTERS_MAX {
            if self.look(&format!("return {here}")) == true {
                break;
            }
            self.key("Tab");
        }
        for _ in 0..LETTERS_MAX {
            if self.look(&format!("return {here} && document.activeElement.value === {value:?}")) == true {
                return;
            }
            self.key("ArrowRight");
        }
        panic!("no key leads to {value} among the choices of {name}; the screen shows:\n{}", self.words());
    }
}
