//! Marks to PDF: fonts cut down to the glyphs used, glyphs placed one by one, text kept for copying.
//!
//! The same pages give the same bytes, on any machine and as often as asked: names and numbers are
//! fixed, and the identity of the file is the hash of what is in it.

use std::collections::BTreeMap;

use flate2::{Compress, Compression, FlushCompress, Status};
use printpdf::{
    Codepoint, Color, CurTransMat, DictItem, FontId, FontMetrics, FontType, Line, LineDashPattern, LinePoint,
    OffsetDateTime, Op, PaintMode, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfFontMetricsStub, PdfPage,
    PdfSaveOptions, Point, Polygon, PolygonRing, Pt, Rect, Rgb, TextItem, TextMatrix, WindingOrder, to_lopdf_doc,
};
use sha2::{Digest, Sha256};

use super::fonts::FaceId;
use super::marks::{Ink, Mark, Page};
use super::qr::Qr;
use super::shape::{Run, Shaped};
use super::subset::Used;

/// How hard the parts of the file are pressed; the hardest takes far longer and saves two bytes in a hundred.
const DEFLATE_LEVEL: u32 = 4;

/// Draws the pages into a PDF with a title and the moment the document was made (Unix milliseconds).
#[must_use]
pub fn draw(pages: &[Page], title: &str, made_at_ms: i64) -> Vec<u8> {
    let mut used: BTreeMap<FaceId, Used> = BTreeMap::new();
    for run in pages.iter().flat_map(|page| &page.marks).flat_map(runs) {
        used.entry(run.face).or_insert_with(|| Used::of(run.face)).note(run);
    }
    let mut document = PdfDocument::new(title);
    let info = &mut document.metadata.info;
    let made = OffsetDateTime::from_unix_timestamp(made_at_ms.div_euclid(1000)).ok();
    let made = made.unwrap_or(info.creation_date);
    (info.creation_date, info.modification_date, info.metadata_date) = (made, made, made);
    (info.creator, info.producer) = ("Pakka".to_owned(), "Pakka".to_owned());
    for (face, used) in &used {
        document.resources.fonts.map.insert(font_id(*face), PdfFont::new(font(*face, used)));
    }
    for page in pages {
        let mut pen = Pen { used: &used, height: page.height, fill: None, ops: Vec::new() };
        for mark in &page.marks {
            pen.draw(mark);
        }
        document.pages.push(sheet(page, pen.ops));
    }
    save(&document)
}

fn runs(mark: &Mark) -> &[Run] {
    match mark {
        Mark::Text { text, .. } => &text.runs,
        _ => &[],
    }
}

fn font_id(face: FaceId) -> FontId {
    FontId(format!("T{}", face as usize))
}

/// The cut font as printpdf embeds it whole: every measure already in thousandths of an em.
fn font(id: FaceId, used: &Used) -> ParsedFont {
    let face = id.face();
    let scaled = |units: i16| (f32::from(units) * id.scale()).round() as i16;
    let (file, name) = used.cut();
    let bounds = face.global_bounding_box();
    ParsedFont {
        original_bytes: file,
        font_index: 0,
        font_name: Some(name),
        codepoint_to_glyph: BTreeMap::new(),
        glyph_widths: used.advances(),
        units_per_em: 1000,
        font_metrics: FontMetrics { ascent: scaled(face.ascender()), descent: scaled(face.descender()) },
        font_type: FontType::TrueType,
        pdf_font_metrics: PdfFontMetricsStub {
            units_per_em: 1000,
            x_min: scaled(bounds.x_min),
            y_min: scaled(bounds.y_min),
            x_max: scaled(bounds.x_max),
            y_max: scaled(bounds.y_max),
            us_weight_class: face.weight().to_number(),
            ..PdfFontMetricsStub::default()
        },
    }
}

fn sheet(page: &Page, ops: Vec<Op>) -> PdfPage {
    let whole = Rect {
        x: Pt(0.0),
        y: Pt(0.0),
        width: points(page.width),
        height: points(page.height),
        mode: None,
        winding_order: None,
    };
    PdfPage { media_box: whole.clone(), trim_box: whole.clone(), crop_box: whole, ops }
}

/// Hundredths of a point are finer than any printer; the numbers stay short.
fn points(value: f32) -> Pt {
    Pt((value * 100.0).round() / 100.0)
}

/// Writes the file; its identity is the hash of the rest.
fn save(document: &PdfDocument) -> Vec<u8> {
    let options = PdfSaveOptions { subset_fonts: false, secure: false, ..PdfSaveOptions::default() };
    let mut file = to_lopdf_doc(document, &options, &mut Vec::new());
    file.version = "1.7".to_owned();
    let shown = DictItem::Dict { map: BTreeMap::from([("DisplayDocTitle".to_owned(), DictItem::Bool(true))]) };
    let catalog = file.catalog_mut().expect("a document just made has a catalog");
    catalog.set("Lang", text_item(b"en-IN".to_vec()).to_lopdf());
    catalog.set("ViewerPreferences", shown.to_lopdf());
    // printpdf states a prepress standard that the file does not follow.
    let info = file.trailer.get(b"Info").and_then(|info| info.as_reference()).expect("a document just made has one");
    file.get_dictionary_mut(info).expect("a document just made has one").remove(b"GTS_PDFXVersion");
    file.trailer.remove(b"ID");
    let mut press = Compress::new(Compression::new(DEFLATE_LEVEL), true);
    for stream in file.objects.values_mut().filter_map(|object| object.as_stream_mut().ok()) {
        // Zlib adds at most five bytes for each 16 kB it cannot shrink, and six around all.
        let mut small = Vec::with_capacity(stream.content.len() + stream.content.len() / 1000 + 64);
        press.reset();
        let end = press.compress_vec(&stream.content, &mut small, FlushCompress::Finish);
        assert!(matches!(end, Ok(Status::StreamEnd)), "the room is more than zlib can need");
        stream.set_content(small);
        stream.dict.set("Filter", DictItem::Name(b"FlateDecode".to_vec()).to_lopdf());
    }
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).expect("writing to memory does not fail");
    let identity = DictItem::Bytes(Sha256::digest(&bytes)[..16].to_vec());
    file.trailer.set("ID", DictItem::Array(vec![identity.clone(), identity]).to_lopdf());
    bytes.clear();
    file.save_to(&mut bytes).expect("writing to memory does not fail");
    bytes
}

fn text_item(data: Vec<u8>) -> DictItem {
    DictItem::String { data, literal: true }
}

/// Draws one page.
struct Pen<'a> {
    used: &'a BTreeMap<FaceId, Used>,
    height: f32,
    fill: Option<[u8; 3]>,
    ops: Vec<Op>,
}

impl Pen<'_> {
    fn draw(&mut self, mark: &Mark) {
        match mark {
            Mark::Text { x, y, size, rise, ink, text } => self.text((*x, *y), *size, *rise, *ink, text),
            Mark::Rule { x, y, width, thick, dashed: false, ink } => {
                self.rect(*x, y - thick / 2.0, *width, *thick, *ink);
            }
            Mark::Rule { x, y, width, thick, dashed: true, ink } => self.dashes(*x, *y, *width, *thick, *ink),
            Mark::Rect { x, y, width, height, radius, ink } if *radius == 0.0 => {
                self.rect(*x, *y, *width, *height, *ink);
            }
            Mark::Rect { x, y, width, height, radius, ink } => {
                self.fill(ink.rgb());
                let ring = self.rounded(*x, *y, *width, *height, *radius);
                self.polygon(vec![ring]);
            }
            Mark::Code { x, y, side, qr } => self.code(*x, *y, *side, qr),
        }
    }

    fn fill(&mut self, rgb: [u8; 3]) {
        if self.fill != Some(rgb) {
            self.fill = Some(rgb);
            self.ops.push(Op::SetFillColor { col: color(rgb) });
        }
    }

    fn point(&self, x: f32, y: f32) -> Point {
        Point { x: points(x), y: points(self.height - y) }
    }

    fn rect(&mut self, x: f32, y: f32, width: f32, height: f32, ink: Ink) {
        self.fill(ink.rgb());
        let corner = self.point(x, y + height);
        let rectangle = Rect {
            x: corner.x,
            y: corner.y,
            width: points(width),
            height: points(height),
            mode: Some(PaintMode::Fill),
            winding_order: Some(WindingOrder::NonZero),
        };
        self.ops.push(Op::DrawRectangle { rectangle });
    }

    fn dashes(&mut self, x: f32, y: f32, width: f32, thick: f32, ink: Ink) {
        let ends = [self.point(x, y), self.point(x + width, y)];
        let line = Line { points: ends.map(|p| LinePoint { p, bezier: false }).to_vec(), is_closed: false };
        self.ops.extend([
            Op::SaveGraphicsState,
            Op::SetOutlineColor { col: color(ink.rgb()) },
            Op::SetOutlineThickness { pt: points(thick) },
            Op::SetLineDashPattern { dash: LineDashPattern::new(0.0, &super::marks::DASH) },
            Op::DrawLine { line },
            Op::RestoreGraphicsState,
        ]);
    }

    fn rounded(&self, x: f32, y: f32, width: f32, height: f32, radius: f32) -> PolygonRing {
        // Control points of a quarter circle stand this share of the radius away from the corner.
        let bend = radius * 0.447_7;
        let (right, end) = (x + width, y + height);
        let corners = [
            [(right - radius, y), (right - bend, y), (right, y + bend), (right, y + radius)],
            [(right, end - radius), (right, end - bend), (right - bend, end), (right - radius, end)],
            [(x + radius, end), (x + bend, end), (x, end - bend), (x, end - radius)],
            [(x, y + radius), (x, y + bend), (x + bend, y), (x + radius, y)],
        ];
        let point = |(at, (x, y)): (usize, (f32, f32))| LinePoint { p: self.point(x, y), bezier: at == 1 || at == 2 };
        PolygonRing { points: corners.into_iter().flat_map(|four| four.into_iter().enumerate().map(point)).collect() }
    }

    fn polygon(&mut self, rings: Vec<PolygonRing>) {
        let polygon = Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero };
        self.ops.push(Op::DrawPolygon { polygon });
    }

    /// One path for the whole code, in squares of the code: separate rectangles would show seams on screen.
    fn code(&mut self, x: f32, y: f32, side: f32, qr: &Qr) {
        self.fill([0, 0, 0]);
        let (square, corner) = (side / qr.side() as f32, self.point(x, y));
        let matrix = CurTransMat::Raw([square, 0.0, 0.0, -square, corner.x.0, corner.y.0]);
        self.ops.extend([Op::SaveGraphicsState, Op::SetTransformationMatrix { matrix }]);
        for (column, row, length) in qr.stretches() {
            // printpdf's own rectangle paints each by itself; these are one path, painted by the `f` after them.
            let numbers = [column, row, length, 1].map(|number| DictItem::Int(number as i64));
            self.ops.push(Op::Unknown { key: "re".to_owned(), value: numbers.to_vec() });
        }
        self.ops.extend([Op::Unknown { key: "f".to_owned(), value: Vec::new() }, Op::RestoreGraphicsState]);
    }

    fn text(&mut self, (x, y): (f32, f32), size: f32, rise: f32, ink: Ink, text: &Shaped) {
        self.fill(ink.rgb());
        self.ops.push(Op::StartTextSection);
        let (sin, cos) = rise.to_radians().sin_cos();
        let mut pen = 0.0;
        for run in &text.runs {
            let used = &self.used[&run.face];
            let font = PdfFontHandle::External(font_id(run.face));
            self.ops.push(Op::SetFont { font, size: points(size) });
            let spoken = !used.reads_back(run);
            if spoken {
                let map = BTreeMap::from([("ActualText".to_owned(), text_item(utf16(&run.text)))]);
                let properties = DictItem::Dict { map };
                self.ops.push(Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties });
            }
            for level in levels(run, used) {
                let (along, up) = ((pen + level.start) * size / 1000.0, level.dy * size / 1000.0);
                let (right, down) = (along * cos - up * sin, -along * sin - up * cos);
                let place = self.point(x + right, y + down);
                let matrix = if rise == 0.0 {
                    TextMatrix::Translate(place.x, place.y)
                } else {
                    TextMatrix::Raw([cos, sin, -sin, cos, place.x.0, place.y.0])
                };
                self.ops.extend([Op::SetTextMatrix { matrix }, Op::ShowText { items: level.items }]);
            }
            if spoken {
                self.ops.push(Op::EndMarkedContent);
            }
            pen += run.glyphs.iter().map(|glyph| glyph.advance).sum::<f32>();
        }
        self.ops.push(Op::EndTextSection);
    }
}

fn color(rgb: [u8; 3]) -> Color {
    // Three decimals tell all 256 steps apart.
    let [r, g, b] = rgb.map(|part| (f32::from(part) / 255.0 * 1000.0).round() / 1000.0);
    Color::Rgb(Rgb { r, g, b, icc_profile: None })
}

fn utf16(text: &str) -> Vec<u8> {
    [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect()
}

/// Glyphs of a run that stand equally high, shown in one go.
struct Level {
    /// Where the first glyph stands, in thousandths of an em from the run's start.
    start: f32,
    dy: f32,
    items: Vec<TextItem>,
}

/// A run's glyphs with the numbers between them that put each within a thousandth of an em of its place.
fn levels(run: &Run, used: &Used) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    let (mut want, mut have) = (0.0, 0.0);
    for glyph in &run.glyphs {
        let place = want + glyph.dx;
        let shown = Codepoint::with_cid(used.small_id(glyph.id), 0.0, used.says(glyph.id).to_owned());
        match levels.last_mut().filter(|level| level.dy == glyph.dy) {
            Some(level) => {
                let shift: f32 = have - place;
                if shift.abs() >= 1.0 {
                    level.items.push(TextItem::Offset(shift.round()));
                    have -= shift.round();
                }
                match level.items.last_mut() {
                    Some(TextItem::GlyphIds(glyphs)) => glyphs.push(shown),
                    _ => level.items.push(TextItem::GlyphIds(vec![shown])),
                }
            }
            None => {
                have = place;
                levels.push(Level { start: place, dy: glyph.dy, items: vec![TextItem::GlyphIds(vec![shown])] });
            }
        }
        have += f32::from(used.advance(glyph.id));
        want += glyph.advance;
    }
    levels
}
