//! One item's folded texts, and how well they answer what was typed.

use crate::find::fold::{fold, fold_code};
use crate::find::index::Entry;
use crate::id::ItemId;

/// Between name, second name and codes in a line; folding leaves no such character inside them.
pub(super) const BREAK: char = '\n';

/// The fewest digits after which a barcode counts as begun: nearly all of them start alike.
pub(super) const BARCODE_PREFIX_MIN: usize = 4;

/// The fewest bytes of the longest word before the middles of words are searched.
pub(super) const MIDDLE_MIN: usize = 3;

/// The most words of a query that are looked at.
const WORDS_MAX: usize = 8;

/// How an item answers a query, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tier {
    /// The query is one of its codes.
    Code,
    /// One of its codes begins with the query.
    CodePrefix,
    /// Every word begins one of its words, and one of them begins a name.
    FirstWord,
    /// Every word begins one of its words.
    Words,
    /// Every word stands somewhere in it.
    Middle,
}

/// What was typed, folded.
#[derive(Clone, Debug)]
pub(super) struct Query {
    /// The whole as a code; empty when it cannot be one.
    pub(super) code: String,
    pub(super) words: Vec<String>,
}

impl Query {
    pub(super) fn read(text: &str) -> Query {
        let words = fold(text).split(' ').filter(|word| !word.is_empty()).take(WORDS_MAX).map(str::to_owned).collect();
        Query { code: fold_code(text), words }
    }

    /// The place of the longest word, if it is long enough to search the middles of words with.
    pub(super) fn driver(&self) -> Option<usize> {
        let (place, word) = self.words.iter().enumerate().max_by_key(|(_, word)| word.len())?;
        (word.len() >= MIDDLE_MIN).then_some(place)
    }
}

/// One item folded: `name ⏎ second name ⏎ short code ⏎ barcode ⏎ barcode …`.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) id: ItemId,
    pub(super) weight: u32,
    pub(super) text: String,
}

impl Line {
    pub(super) fn of(entry: &Entry) -> Line {
        let mut text = fold(&entry.name);
        text.push(BREAK);
        text.push_str(&fold(entry.name_second.as_deref().unwrap_or_default()));
        text.push(BREAK);
        text.push_str(&fold_code(entry.short_code.as_deref().unwrap_or_default()));
        for barcode in &entry.barcodes {
            text.push(BREAK);
            text.push_str(&fold_code(barcode));
        }
        Line { id: entry.id, weight: entry.weight, text }
    }

    pub(super) fn look(&self) -> LineLook<'_> {
        LineLook { id: self.id, weight: self.weight, text: &self.text }
    }
}

/// A line wherever it is kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineLook<'a> {
    pub(super) id: ItemId,
    pub(super) weight: u32,
    pub(super) text: &'a str,
}

/// Sold often first, then the shorter name, then the name, then the id so that no two are alike.
pub(super) type Standing<'a> = (std::cmp::Reverse<u32>, usize, &'a str, ItemId);

impl<'a> LineLook<'a> {
    pub(super) fn standing(&self) -> Standing<'a> {
        let name = self.names().next().unwrap_or_default();
        (std::cmp::Reverse(self.weight), name.len(), name, self.id)
    }

    /// Name and second name; the latter may be empty.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> {
        cut(self.text, BREAK as u8).take(2)
    }

    /// Short code and barcodes with the fewest letters from which each counts as begun.
    pub(super) fn codes(&self) -> impl Iterator<Item = (&'a str, usize)> {
        let codes = cut(self.text, BREAK as u8).skip(2).enumerate();
        let least = |place| if place == 0 { 1 } else { BARCODE_PREFIX_MIN };
        codes.map(move |(place, code)| (code, least(place))).filter(|(code, _)| !code.is_empty())
    }

    /// How well the item answers, if at all: the same judgement that the shelf reaches by its indices.
    pub(super) fn answer(&self, query: &Query) -> Option<Tier> {
        if !query.code.is_empty() {
            if self.codes().any(|(code, _)| code == query.code) {
                return Some(Tier::Code);
            }
            if self.codes().any(|(code, least)| query.code.len() >= least && code.starts_with(&query.code)) {
                return Some(Tier::CodePrefix);
            }
        }
        if query.words.is_empty() {
            return None;
        }
        let begins = |prefix: &String| {
            self.names().flat_map(|name| cut(name, b' ')).any(|word| word.starts_with(prefix.as_str()))
        };
        if query.words.iter().all(begins) {
            let first = |prefix: &String| self.names().any(|name| name.starts_with(prefix.as_str()));
            return Some(if query.words.iter().any(first) { Tier::FirstWord } else { Tier::Words });
        }
        query.driver()?;
        query.words.iter().all(|word| self.text.contains(word.as_str())).then_some(Tier::Middle)
    }
}

/// The parts of a text between ASCII marks; quicker than `split` on parts as short as words.
pub(super) fn cut(text: &str, mark: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = text.bytes().position(|byte| byte == mark);
        rest = end.map(|end| &text[end + 1..]);
        Some(&text[..end.unwrap_or(text.len())])
    })
}
