//! What a document uses of each font: the glyphs, what they say, and a font file of just these.

use std::collections::{BTreeMap, HashMap};

use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::fonts::FaceId;
use super::shape::{Glyph, Run};

/// The glyphs of one face that a document uses.
pub(super) struct Used {
    face: FaceId,
    remapper: GlyphRemapper,
    /// For each glyph of the original file, the text that a reader of the file gets for it.
    says: HashMap<u16, String>,
}

impl Used {
    pub fn of(face: FaceId) -> Used {
        Used { face, remapper: GlyphRemapper::new(), says: HashMap::new() }
    }

    /// Notes the glyphs of a run.
    pub fn note(&mut self, run: &Run) {
        for (glyph, text) in run.glyphs.iter().zip(spoken(self.face, run)) {
            self.remapper.remap(glyph.id);
            self.says.entry(glyph.id).or_insert(text);
        }
    }

    /// The glyph's number in the small file.
    pub fn small_id(&self, glyph: u16) -> u16 {
        self.remapper.get(glyph).expect("every glyph was noted before drawing")
    }

    /// What the glyph says.
    pub fn says(&self, glyph: u16) -> &str {
        &self.says[&glyph]
    }

    /// Whether reading glyph by glyph gives the run's own text.
    pub fn reads_back(&self, run: &Run) -> bool {
        let mut rest = run.text.as_str();
        let reads = run.glyphs.iter().all(|glyph| match rest.strip_prefix(self.says(glyph.id)) {
            Some(after) => {
                rest = after;
                true
            }
            None => false,
        });
        run.plain && reads && rest.is_empty()
    }

    /// The advance that the file will state for a glyph, in thousandths of an em.
    pub fn advance(&self, glyph: u16) -> u16 {
        let units = self.face.face().glyph_hor_advance(rustybuzz::ttf_parser::GlyphId(glyph)).unwrap_or(0);
        (f32::from(units) * self.face.scale()).round() as u16
    }

    /// Advances by small number.
    pub fn advances(&self) -> BTreeMap<u16, u16> {
        self.remapper.remapped_gids().enumerate().map(|(small, id)| (small as u16, self.advance(id))).collect()
    }

    /// The small font file, and its name with the tag that tells it from other cuts of the same font
    /// (ISO 32000-1, 9.6.4).
    pub fn cut(&self) -> (Vec<u8>, String) {
        let file = subsetter::subset(self.face.file(), 0, &self.remapper).expect("the fonts in assets/fonts are whole");
        let tag: String = Sha256::digest(&file)[..6].iter().map(|byte| char::from(b'A' + byte % 26)).collect();
        (file, format!("{tag}+{}", self.face.name()))
    }
}

/// What each glyph of a run says by itself: its character where the font has one for it, else the whole
/// cluster on its first glyph and nothing visible on the others.
fn spoken(face: FaceId, run: &Run) -> Vec<String> {
    let cluster_end = |glyph: &Glyph| {
        let later = run.glyphs.iter().map(|other| other.cluster).filter(|start| *start > glyph.cluster);
        later.min().unwrap_or(run.text.len())
    };
    let mut first = None;
    let mut said = Vec::with_capacity(run.glyphs.len());
    for (at, glyph) in run.glyphs.iter().enumerate() {
        if run.plain {
            // One glyph for each character: the cluster runs to the next glyph.
            let end = run.glyphs.get(at + 1).map_or(run.text.len(), |next| next.cluster);
            said.push(run.text[glyph.cluster..end].to_owned());
            continue;
        }
        let cluster = &run.text[glyph.cluster..cluster_end(glyph)];
        let own = cluster.chars().find(|c| face.face().glyph_index(*c).is_some_and(|id| id.0 == glyph.id));
        said.push(match own {
            Some(c) => c.to_string(),
            None if first != Some(glyph.cluster) => cluster.to_owned(),
            None => '\u{200c}'.to_string(),
        });
        first = Some(glyph.cluster);
    }
    said
}
