//! The six faces Pakka prints with, parsed once; nothing is looked up on the machine.

use std::sync::OnceLock;

use rustybuzz::{Direction, Face, Feature, ShapePlan, script, ttf_parser::Tag};

/// One file of `assets/fonts`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaceId {
    Text,
    TextStrong,
    Devanagari,
    DevanagariStrong,
    Code,
    CodeStrong,
}

impl FaceId {
    pub const ALL: [FaceId; 6] = [
        FaceId::Text,
        FaceId::TextStrong,
        FaceId::Devanagari,
        FaceId::DevanagariStrong,
        FaceId::Code,
        FaceId::CodeStrong,
    ];

    /// The whole font file.
    #[must_use]
    pub fn file(self) -> &'static [u8] {
        match self {
            FaceId::Text => include_bytes!("../../../assets/fonts/Inter-Regular.ttf"),
            FaceId::TextStrong => include_bytes!("../../../assets/fonts/Inter-SemiBold.ttf"),
            FaceId::Devanagari => include_bytes!("../../../assets/fonts/NotoSansDevanagari-Regular.ttf"),
            FaceId::DevanagariStrong => include_bytes!("../../../assets/fonts/NotoSansDevanagari-SemiBold.ttf"),
            FaceId::Code => include_bytes!("../../../assets/fonts/IBMPlexMono-Regular.ttf"),
            FaceId::CodeStrong => include_bytes!("../../../assets/fonts/IBMPlexMono-Medium.ttf"),
        }
    }

    /// The PostScript name, as it stands in a PDF.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            FaceId::Text => "Inter-Regular",
            FaceId::TextStrong => "Inter-SemiBold",
            FaceId::Devanagari => "NotoSansDevanagari-Regular",
            FaceId::DevanagariStrong => "NotoSansDevanagari-SemiBold",
            FaceId::Code => "IBMPlexMono-Regular",
            FaceId::CodeStrong => "IBMPlexMono-Medium",
        }
    }

    /// The parsed face.
    #[must_use]
    pub fn face(self) -> &'static Face<'static> {
        &self.read().face
    }

    /// How a run of this face is shaped: left to right, in the face's own script, figures of one width or not.
    ///
    /// Contextual alternates are off: a legal document must not turn `2 x 3` into `2 × 3` by itself.
    pub(super) fn plan(self, figures: bool) -> &'static ShapePlan {
        let read = self.read();
        if figures { &read.figures } else { &read.plain }
    }

    /// Thousandths of an em for one unit of the font file.
    #[must_use]
    pub fn scale(self) -> f32 {
        1000.0 / self.face().units_per_em() as f32
    }

    pub(super) fn is_devanagari(self) -> bool {
        matches!(self, FaceId::Devanagari | FaceId::DevanagariStrong)
    }

    fn read(self) -> &'static ReadFace {
        static READ: [OnceLock<ReadFace>; 6] = [const { OnceLock::new() }; 6];
        READ[self as usize].get_or_init(|| ReadFace::of(self))
    }
}

struct ReadFace {
    face: Face<'static>,
    plain: ShapePlan,
    figures: ShapePlan,
}

impl ReadFace {
    fn of(id: FaceId) -> ReadFace {
        let face = Face::from_slice(id.file(), 0).expect("the fonts in assets/fonts are whole");
        let script = if id.is_devanagari() { script::DEVANAGARI } else { script::LATIN };
        let plan = |features: &[Feature]| ShapePlan::new(&face, Direction::LeftToRight, Some(script), None, features);
        let quiet = Feature::new(Tag::from_bytes(b"calt"), 0, ..);
        let tabular = Feature::new(Tag::from_bytes(b"tnum"), 1, ..);
        let (plain, figures) =
            if id.is_devanagari() { (plan(&[]), plan(&[])) } else { (plan(&[quiet]), plan(&[quiet, tabular])) };
        ReadFace { face, plain, figures }
    }
}
