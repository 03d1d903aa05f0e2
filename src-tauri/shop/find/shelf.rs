//! Many lines in the order of their standing, with indices over their words and codes.
//!
//! Items are numbered in that order, so the lowest numbers of a set are its best answers and no
//! sorting is left to do while somebody types.

use std::collections::HashMap;

use memchr::memmem;

use crate::find::bits::Bits;
use crate::find::line::{BREAK, Line, LineLook, Query, Standing, Tier, cut};
use crate::id::ItemId;

/// Marks a posting whose word is the first of a name.
const FIRST: u32 = 1 << 31;
/// Marks a code that is a short code.
const SHORT: u32 = 1 << 31;

#[derive(Debug, Default)]
pub(super) struct Shelf {
    ids: Vec<ItemId>,
    weights: Vec<u32>,
    /// All lines after each other, each closed by a break.
    text: String,
    /// Where each line starts in `text`; one more than there are lines.
    starts: Vec<u32>,
    /// All different words in order, after each other.
    word_text: String,
    word_starts: Vec<u32>,
    /// Where each word's postings start; one more than there are words.
    posting_starts: Vec<u32>,
    postings: Vec<u32>,
    /// (start in `text`, item number and [`SHORT`]) in the order of the codes.
    codes: Vec<(u32, u32)>,
}

impl Shelf {
    pub(super) fn build(lines: &[Line]) -> Shelf {
        let standings: Vec<Standing<'_>> = lines.iter().map(|line| line.look().standing()).collect();
        let mut order: Vec<usize> = (0..lines.len()).collect();
        order.sort_unstable_by(|one, other| standings[*one].cmp(&standings[*other]));
        let mut shelf = Shelf::default();
        shelf.text.reserve(lines.iter().map(|line| line.text.len() + 1).sum());
        for line in order.into_iter().map(|place| &lines[place]) {
            shelf.starts.push(shelf.text.len() as u32);
            shelf.ids.push(line.id);
            shelf.weights.push(line.weight);
            shelf.text.push_str(&line.text);
            shelf.text.push(BREAK);
        }
        shelf.starts.push(shelf.text.len() as u32);
        assert!(shelf.text.len() < u32::MAX as usize, "four gigabytes of names are no shop");
        shelf.index_words();
        shelf.index_codes();
        shelf
    }

    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(super) fn ids(&self) -> &[ItemId] {
        &self.ids
    }

    pub(super) fn line(&self, item: u32) -> LineLook<'_> {
        let (from, to) = (self.starts[item as usize] as usize, self.starts[item as usize + 1] as usize);
        LineLook { id: self.ids[item as usize], weight: self.weights[item as usize], text: &self.text[from..to - 1] }
    }

    fn index_words(&mut self) {
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let mut words: Vec<&str> = Vec::new();
        let mut found: Vec<(u32, u32)> = Vec::new();
        for item in 0..self.ids.len() as u32 {
            for name in self.line(item).names() {
                for (place, word) in cut(name, b' ').enumerate() {
                    if word.is_empty() {
                        continue;
                    }
                    let number = *numbers.entry(word).or_insert_with(|| {
                        words.push(word);
                        words.len() as u32 - 1
                    });
                    found.push((number, if place == 0 { item | FIRST } else { item }));
                }
            }
        }
        let mut order: Vec<(u128, &str, u32)> =
            words.iter().zip(0..).map(|(word, number)| (lead(word), *word, number)).collect();
        order.sort_unstable();
        let mut places = vec![0; words.len()];
        let (mut word_text, mut word_starts) = (String::new(), Vec::with_capacity(words.len() + 1));
        for (place, (_, word, number)) in order.into_iter().enumerate() {
            places[number as usize] = place;
            word_starts.push(word_text.len() as u32);
            word_text.push_str(word);
        }
        word_starts.push(word_text.len() as u32);
        // Counting sort: how many postings each word has, where they start, then each to its place.
        let mut posting_starts = vec![0u32; words.len() + 1];
        found.iter().for_each(|(number, _)| posting_starts[places[*number as usize] + 1] += 1);
        for place in 1..posting_starts.len() {
            posting_starts[place] += posting_starts[place - 1];
        }
        let mut next = posting_starts.clone();
        let mut postings = vec![0; found.len()];
        for (number, posting) in found {
            let at = &mut next[places[number as usize]];
            postings[*at as usize] = posting;
            *at += 1;
        }
        (self.word_text, self.word_starts) = (word_text, word_starts);
        (self.posting_starts, self.postings) = (posting_starts, postings);
    }

    fn index_codes(&mut self) {
        let mut codes: Vec<(u128, &str, u32)> = Vec::new();
        for item in 0..self.ids.len() as u32 {
            let marked = |least| if least == 1 { item | SHORT } else { item };
            codes.extend(self.line(item).codes().map(|(code, least)| (lead(code), code, marked(least))));
        }
        codes.sort_unstable();
        let base = self.text.as_ptr() as usize;
        self.codes = codes.into_iter().map(|(_, code, item)| ((code.as_ptr() as usize - base) as u32, item)).collect();
    }

    fn word(&self, place: usize) -> &str {
        &self.word_text[self.word_starts[place] as usize..self.word_starts[place + 1] as usize]
    }

    fn code(&self, place: usize) -> &str {
        let rest = &self.text[self.codes[place].0 as usize..];
        &rest[..rest.find(BREAK).expect("every line is closed by a break")]
    }

    /// The best answers, best first, at most `limit`; items in `gone` are passed over.
    pub(super) fn search(&self, query: &Query, gone: &Bits, limit: usize) -> Vec<(Tier, u32)> {
        let mut found = Found { hits: Vec::with_capacity(limit.min(64)), limit };
        if !query.code.is_empty() {
            self.search_codes(query, gone, &mut found);
        }
        if !query.words.is_empty() && !found.is_full() {
            self.search_words(query, gone, &mut found);
        }
        if !found.is_full() {
            self.search_middles(query, gone, &mut found);
        }
        found.hits
    }

    fn search_codes(&self, query: &Query, gone: &Bits, found: &mut Found) {
        let from = partition(self.codes.len(), |place| self.code(place) < query.code.as_str());
        let same = from + partition(self.codes.len() - from, |more| self.code(from + more) == query.code);
        let to = same + partition(self.codes.len() - same, |more| self.code(same + more).starts_with(&query.code));
        let mut exact = Bits::none(self.len());
        self.codes[from..same].iter().for_each(|(_, item)| exact.put(item & !SHORT));
        found.take(Tier::Code, &exact, gone);
        let barcodes = query.code.len() >= crate::find::line::BARCODE_PREFIX_MIN;
        let mut begun = Bits::none(self.len());
        let begins = self.codes[same..to].iter().filter(|(_, item)| barcodes || item & SHORT != 0);
        begins.for_each(|(_, item)| begun.put(item & !SHORT));
        found.take(Tier::CodePrefix, &begun, gone);
    }

    fn search_words(&self, query: &Query, gone: &Bits, found: &mut Found) {
        let mut all: Option<Bits> = None;
        let mut first = Bits::none(self.len());
        for prefix in &query.words {
            let words = self.word_starts.len() - 1;
            let from = partition(words, |place| self.word(place) < prefix.as_str());
            let to = from + partition(words - from, |more| self.word(from + more).starts_with(prefix.as_str()));
            let range = self.posting_starts[from] as usize..self.posting_starts[to] as usize;
            let mut with = Bits::none(self.len());
            for posting in &self.postings[range] {
                with.put(posting & !FIRST);
                if posting & FIRST != 0 {
                    first.put(posting & !FIRST);
                }
            }
            match &mut all {
                Some(all) => all.keep(&with),
                None => all = Some(with),
            }
        }
        let all = all.expect("a query with words has a first one");
        first.keep(&all);
        found.take(Tier::FirstWord, &first, gone);
        found.take(Tier::Words, &all, gone);
    }

    fn search_middles(&self, query: &Query, gone: &Bits, found: &mut Found) {
        let Some(driver) = query.driver() else { return };
        let finder = memmem::Finder::new(query.words[driver].as_bytes());
        let text = self.text.as_bytes();
        let (mut at, mut item) = (0, 0);
        while let Some(more) = finder.find(&text[at..]) {
            let place = (at + more) as u32;
            item += self.starts[item..].partition_point(|start| *start <= place) - 1;
            let line = self.line(item as u32).text;
            let others = query.words.iter().enumerate().filter(|(number, _)| *number != driver);
            if others.into_iter().all(|(_, word)| line.contains(word.as_str()))
                && found.add(Tier::Middle, item as u32, gone)
            {
                return;
            }
            at = self.starts[item + 1] as usize;
        }
    }
}

/// Answers as they are found; the first place that an item gets is its best.
struct Found {
    hits: Vec<(Tier, u32)>,
    limit: usize,
}

impl Found {
    fn is_full(&self) -> bool {
        self.hits.len() >= self.limit
    }

    /// Adds one item unless it is there or gone, and says whether that was the last one wanted.
    fn add(&mut self, tier: Tier, item: u32, gone: &Bits) -> bool {
        if !self.is_full() && !gone.has(item) && !self.hits.iter().any(|(_, hit)| *hit == item) {
            self.hits.push((tier, item));
        }
        self.is_full()
    }

    fn take(&mut self, tier: Tier, items: &Bits, gone: &Bits) {
        for item in items.numbers() {
            if self.add(tier, item, gone) {
                return;
            }
        }
    }
}

/// The first sixteen bytes as a number in the order of the texts, so that sorting seldom looks further.
fn lead(text: &str) -> u128 {
    let mut bytes = [0; 16];
    let length = text.len().min(16);
    bytes[..length].copy_from_slice(&text.as_bytes()[..length]);
    u128::from_be_bytes(bytes)
}

/// The first of `0..size` for which `before` no longer holds.
fn partition(size: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, size);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) { low = middle + 1 } else { high = middle }
    }
    low
}
