//! The only place that knows the PDF library: pages out of what was laid out.

use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::text::KrillaGlyph;
use krilla::{Document, SerializeSettings};

use super::Failed;
use super::font::Fonts;
use super::sheet::{Colour, Entry, HEIGHT, Plan, WIDTH};
use super::tag::{Tag, Tags};
use super::text::{Ink, Piece};

/// A stretch of text on a page.
#[derive(Debug)]
pub(super) struct Drawn {
    pub(super) x: f32,
    pub(super) baseline: f32,
    pub(super) piece: Piece,
    /// `None` for what belongs to the paper and not to the report.
    pub(super) tag: Option<Tag>,
}

/// Something on a page.
#[derive(Debug)]
pub(super) enum Op {
    Text(Drawn),
    Box { x: f32, y: f32, width: f32, height: f32, colour: Colour },
    Link { x: f32, y: f32, width: f32, height: f32, to: String, told: String, tag: Tag },
}

/// What pages are drawn on.
pub(super) trait Canvas {
    /// Draws a page; links lead where `plan` says.
    fn page(&mut self, fonts: &Fonts, ops: Vec<Op>, plan: &Plan, tags: &mut Tags);
}

/// Where nothing is drawn.
pub(super) struct Nowhere;

impl Canvas for Nowhere {
    fn page(&mut self, _: &Fonts, _: Vec<Op>, _: &Plan, _: &mut Tags) {}
}

/// The document in the making.
pub(super) struct Output(Document);

impl Output {
    pub(super) fn new() -> Result<Self, Failed> {
        let standards = ConfigurationBuilder::new()
            .with_archival_validator(Archival::A2_A)
            .with_accessibility_validator(Accessibility::UA1)
            .finish();
        let configuration = standards.map_err(|error| Failed(format!("{error:?}")))?;
        Ok(Self(Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() })))
    }

    /// The file. `made` is year, month, day, hour, minute, second in UTC.
    pub(super) fn finish(
        mut self,
        title: &str,
        made: Option<[u16; 6]>,
        plan: &Plan,
        tags: Tags,
    ) -> Result<Vec<u8>, Failed> {
        let mut metadata = Metadata::new()
            .title(title.to_owned())
            .language("en".to_owned())
            .creator("OpenInspector".to_owned())
            .producer("OpenInspector".to_owned());
        if let Some([year, month, day, hour, minute, second]) = made {
            let part = |number: u16| u8::try_from(number).unwrap_or_default();
            let date = DateTime::new(year).month(part(month)).day(part(day)).hour(part(hour));
            metadata = metadata
                .creation_date(date.minute(part(minute)).second(part(second)).utc_offset_hour(0).utc_offset_minute(0));
        }
        self.0.set_metadata(metadata);
        self.0.set_outline(outline(&plan.outline));
        self.0.set_tag_tree(tags.tree());
        self.0.finish().map_err(|error| Failed(format!("{error:?}")))
    }
}

impl Canvas for Output {
    fn page(&mut self, fonts: &Fonts, ops: Vec<Op>, plan: &Plan, tags: &mut Tags) {
        let Some(settings) = PageSettings::from_wh(WIDTH, HEIGHT) else { return };
        let mut page = self.0.start_page_with(settings);
        let mut surface = page.surface();
        boxes(&mut surface, &ops);
        let mut open: Option<Option<Tag>> = None;
        for drawn in ops.iter().filter_map(|op| if let Op::Text(drawn) = op { Some(drawn) } else { None }) {
            if open != Some(drawn.tag) {
                if open.is_some() {
                    surface.end_tagged();
                }
                match drawn.tag {
                    Some(tag) => {
                        let identifier = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                        tags.content(tag, identifier);
                    }
                    None => {
                        let repeated = Artifact::with_kind(ArtifactType::PaginationOther);
                        surface.start_tagged(ContentTag::Artifact(repeated));
                    }
                }
                open = Some(drawn.tag);
            }
            text(&mut surface, fonts, drawn);
        }
        if open.is_some() {
            surface.end_tagged();
        }
        surface.finish();
        for op in ops {
            let Op::Link { x, y, width, height, to, told, tag } = op else { continue };
            let (Some((number, top)), Some(rect)) =
                (plan.places.get(&to).copied(), Rect::from_xywh(x, y, width.max(1.0), height))
            else {
                continue;
            };
            let target = XyzDestination::new(number, Point::from_xy(0.0, (top - 8.0).max(0.0)));
            let link = LinkAnnotation::new(rect, Target::Destination(target.into()));
            let identifier = page.add_tagged_annotation(Annotation::new_link(link, Some(format!("Go to {told}"))));
            tags.content(tag, identifier);
        }
        page.finish();
    }
}

fn boxes(surface: &mut Surface<'_>, ops: &[Op]) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
    for op in ops {
        let Op::Box { x, y, width, height, colour } = op else { continue };
        let mut path = PathBuilder::new();
        if let Some(rect) = Rect::from_xywh(*x, *y, *width, *height) {
            path.push_rect(rect);
        }
        surface.set_fill(Some(fill(*colour)));
        if let Some(path) = path.finish() {
            surface.draw_path(&path);
        }
    }
    surface.end_tagged();
}

fn text(surface: &mut Surface<'_>, fonts: &Fonts, Drawn { x, baseline, piece, .. }: &Drawn) {
    let Some(face) = piece.shapes.first().map(|shape| shape.face) else { return };
    let ends = piece.text.char_indices().map(|(at, character)| at..at + character.len_utf8());
    let glyph = |(text_range, shape): (_, &super::font::Shape)| KrillaGlyph {
        glyph_id: shape.id,
        text_range,
        x_advance: shape.width,
        x_offset: 0.0,
        y_offset: 0.0,
        y_advance: 0.0,
        location: None,
    };
    let glyphs: Vec<KrillaGlyph> = ends.zip(&piece.shapes).map(glyph).collect();
    surface.set_fill(Some(fill(colour(piece.style.ink))));
    surface.draw_glyphs(Point::from_xy(*x, *baseline), &glyphs, fonts.font(face), &piece.text, piece.style.size, false);
}

fn fill((red, green, blue): Colour) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() }
}

fn colour(ink: Ink) -> Colour {
    match ink {
        Ink::Text => (22, 25, 31),
        Ink::Quiet => (84, 91, 100),
        Ink::Link => (11, 79, 138),
        Ink::Warn => (122, 46, 0),
        Ink::High => (163, 14, 32),
        Ink::Medium => (146, 64, 14),
        Ink::Low => (92, 84, 8),
        Ink::Informational => (11, 79, 138),
    }
}

fn outline(entries: &[Entry]) -> Outline {
    let node = |entry: &Entry| {
        let (page, top) = entry.place;
        OutlineNode::new(entry.text.clone(), XyzDestination::new(page, Point::from_xy(0.0, (top - 8.0).max(0.0))))
    };
    let mut outline = Outline::new();
    let mut rest = entries;
    while let Some((first, after)) = rest.split_first() {
        let below = after.iter().take_while(|entry| entry.depth > first.depth).count();
        let mut parent = node(first);
        after.iter().take(below).for_each(|entry| parent.push_child(node(entry)));
        outline.push_child(parent);
        rest = after.get(below..).unwrap_or_default();
    }
    outline
}
