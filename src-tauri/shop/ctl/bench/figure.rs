//! A figure, its budget, and the sheet they are written on.

use std::fmt::Write;

use serde::Serialize;
use serde_json::value::RawValue;

/// A measured number in thousandths of its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Milli(pub u64);

impl Milli {
    /// Nanoseconds as milliseconds.
    pub fn ms(nanos: u64) -> Milli {
        Milli(nanos.div_ceil(1000))
    }

    pub fn whole(number: u64) -> Milli {
        Milli(number * 1000)
    }

    /// How many times the second the first is.
    pub fn ratio(one: u64, other: u64) -> Milli {
        Milli(one * 1000 / other.max(1))
    }

    pub fn text(self) -> String {
        let (whole, rest) = (self.0 / 1000, self.0 % 1000);
        if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:03}").trim_end_matches('0').to_owned() }
    }
}

/// What a figure should be.
#[derive(Clone, Copy, Debug)]
pub enum Budget {
    AtMost(Milli),
    AtLeast(Milli),
}

/// One measured figure.
#[derive(Clone, Debug)]
pub struct Figure {
    name: String,
    value: Milli,
    unit: &'static str,
    budget: Option<Budget>,
    why: Option<String>,
}

impl Figure {
    pub fn new(name: impl Into<String>, value: Milli, unit: &'static str) -> Figure {
        Figure { name: name.into(), value, unit, budget: None, why: None }
    }

    pub fn at_most(self, budget: Milli) -> Figure {
        Figure { budget: Some(Budget::AtMost(budget)), ..self }
    }

    pub fn at_least(self, budget: Milli) -> Figure {
        Figure { budget: Some(Budget::AtLeast(budget)), ..self }
    }

    /// Why the budget is missed; kept only when it is.
    pub fn because(mut self, why: impl Into<String>) -> Figure {
        if !self.is_within() {
            self.why = Some(why.into());
        }
        self
    }

    fn is_within(&self) -> bool {
        match self.budget {
            None => true,
            Some(Budget::AtMost(most)) => self.value <= most,
            Some(Budget::AtLeast(least)) => self.value >= least,
        }
    }

    fn verdict(&self) -> &'static str {
        match (self.budget, self.is_within()) {
            (None, _) => "",
            (Some(_), true) => "within",
            (Some(_), false) => "MISSED",
        }
    }

    fn budget_text(&self) -> String {
        match self.budget {
            None => String::new(),
            Some(Budget::AtMost(most)) => format!("≤ {} {}", most.text(), self.unit),
            Some(Budget::AtLeast(least)) => format!("≥ {} {}", least.text(), self.unit),
        }
    }
}

/// All figures in the order in which they were measured.
#[derive(Default)]
pub struct Sheet(Vec<Figure>);

/// A figure as it is written down.
#[derive(Serialize)]
struct Written {
    name: String,
    value: Box<RawValue>,
    unit: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    budget: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

impl Sheet {
    pub fn add(&mut self, figure: Figure) {
        self.0.push(figure);
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The sheet for people from a figure on, one figure a line.
    pub fn table(&self, from: usize) -> String {
        let mut table = String::new();
        for figure in &self.0[from..] {
            let value = format!("{} {}", figure.value.text(), figure.unit);
            let line = format!("{:<58}{value:>16}  {:<16}{}", figure.name, figure.budget_text(), figure.verdict());
            writeln!(table, "{}", line.trim_end()).expect("writing to memory does not fail");
            if let Some(why) = &figure.why {
                writeln!(table, "    {why}").expect("writing to memory does not fail");
            }
        }
        table
    }

    /// The sheet for programs.
    pub fn json(&self) -> String {
        let written = |figure: &Figure| Written {
            name: figure.name.clone(),
            value: RawValue::from_string(figure.value.text()).expect("digits and a point are a number"),
            unit: figure.unit,
            budget: figure.budget.map(|_| figure.budget_text()),
            within: figure.budget.map(|_| figure.is_within()),
            why: figure.why.clone(),
        };
        let figures: Vec<Written> = self.0.iter().map(written).collect();
        serde_json::to_string_pretty(&figures).expect("figures are plain data")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_without_idle_zeros() {
        for (milli, text) in [(0, "0"), (1, "0.001"), (1500, "1.5"), (12_345, "12.345"), (2_000_000, "2000")] {
            assert_eq!(Milli(milli).text(), text);
        }
    }

    #[test]
    fn a_reason_stands_only_where_a_budget_is_missed() {
        let mut sheet = Sheet::default();
        sheet.add(Figure::new("slow", Milli(2500), "ms").at_most(Milli(2000)).because("it sleeps"));
        sheet.add(Figure::new("quick", Milli(1500), "ms").at_most(Milli(2000)).because("it sleeps"));
        sheet.add(Figure::new("few", Milli::whole(3), "rows/s").at_least(Milli::whole(4)));
        let read: serde_json::Value = serde_json::from_str(&sheet.json()).expect("it is JSON");
        assert_eq!(read[0]["value"].to_string(), "2.5");
        assert_eq!((&read[0]["within"], &read[0]["why"]), (&false.into(), &"it sleeps".into()));
        assert_eq!((&read[1]["within"], &read[1]["why"]), (&true.into(), &serde_json::Value::Null));
        assert_eq!(read[2]["within"], false);
        assert_eq!(sheet.table(0).matches("it sleeps").count(), 1);
    }
}
