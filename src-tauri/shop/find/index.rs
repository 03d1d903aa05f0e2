//! The index as its callers see it: built once, kept right item by item, asked at every key.

use std::collections::HashMap;

use crate::find::bits::Bits;
use crate::find::line::{Line, Query};
use crate::find::shelf::Shelf;
use crate::id::ItemId;

/// How many changed items wait beside the shelf before it is built anew; each costs a search about half a µs.
const BESIDE_MAX: usize = 1_000;

/// What the index has to know of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    pub id: ItemId,
    pub name: String,
    pub name_second: Option<String>,
    pub short_code: Option<String>,
    pub barcodes: Vec<String>,
    /// How often it was sold here; more stands higher.
    pub weight: u32,
}

/// All items that can be sold, to be found by code or by words in any order.
///
/// Best first: the exact code; a code that begins so; items of which every word typed begins a word,
/// names that begin so before others; items that have the words somewhere inside. Among equals the item
/// sold more often stands first, then the shorter name, then the name.
///
/// ```
/// use pakka::find::{Entry, Index};
/// use pakka::id::ItemId;
/// let dal = ItemId::new([1; 16]);
/// let index = Index::build([Entry { id: dal, name: "Toor dal 1 kg".into(), ..Entry::default() }]);
/// assert_eq!(index.search("1kg too", 12), [dal]);
/// assert_eq!(index.search("moong", 12), []);
/// ```
#[derive(Debug)]
pub struct Index {
    shelf: Shelf,
    /// Where each item of the shelf stands.
    places: HashMap<ItemId, u32>,
    /// Items of the shelf that are removed, or newer beside it.
    gone: Bits,
    gone_count: usize,
    beside: Vec<Line>,
}

impl Index {
    /// The index over these items, each with an id of its own.
    pub fn build(entries: impl IntoIterator<Item = Entry>) -> Index {
        Index::of(&entries.into_iter().map(|entry| Line::of(&entry)).collect::<Vec<_>>())
    }

    fn of(lines: &[Line]) -> Index {
        let shelf = Shelf::build(lines);
        let places = shelf.ids().iter().copied().zip(0..).collect();
        let gone = Bits::none(shelf.len());
        Index { shelf, places, gone, gone_count: 0, beside: Vec::new() }
    }

    /// How many items can be found.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shelf.len() - self.gone_count + self.beside.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The best answers to what was typed so far, at most `limit`; nothing for nothing.
    #[must_use]
    pub fn search(&self, text: &str, limit: usize) -> Vec<ItemId> {
        let query = Query::read(text);
        let on_shelf = self.shelf.search(&query, &self.gone, limit);
        if self.beside.is_empty() {
            return on_shelf.into_iter().map(|(_, item)| self.shelf.line(item).id).collect();
        }
        let beside = self.beside.iter().map(Line::look);
        let mut hits: Vec<_> = beside.filter_map(|line| Some((line.answer(&query)?, line.standing()))).collect();
        hits.extend(on_shelf.into_iter().map(|(tier, item)| (tier, self.shelf.line(item).standing())));
        hits.sort_unstable();
        hits.into_iter().take(limit).map(|(_, (_, _, _, id))| id).collect()
    }

    /// Puts in a new or changed item, or its new weight.
    ///
    /// At once for one item; each thousandth time the whole is built anew. After a large import build
    /// the index again instead.
    pub fn set(&mut self, entry: &Entry) {
        self.remove(entry.id);
        self.beside.push(Line::of(entry));
        if self.beside.len() > BESIDE_MAX {
            self.settle();
        }
    }

    /// Takes an item out; one that is not in it is no matter.
    pub fn remove(&mut self, id: ItemId) {
        self.beside.retain(|line| line.id != id);
        if let Some(place) = self.places.remove(&id) {
            self.gone.put(place);
            self.gone_count += 1;
        }
    }

    /// Builds the whole anew from what it has; worth it in a quiet moment after many changes.
    pub fn settle(&mut self) {
        let kept = (0..self.shelf.len() as u32).filter(|item| !self.gone.has(*item)).map(|item| {
            let line = self.shelf.line(item);
            Line { id: line.id, weight: line.weight, text: line.text.to_owned() }
        });
        let lines: Vec<Line> = kept.chain(std::mem::take(&mut self.beside)).collect();
        *self = Index::of(&lines);
    }
}

#[cfg(test)]
mod tests;
