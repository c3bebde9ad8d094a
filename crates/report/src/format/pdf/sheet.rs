//! Paper: where things stand, and when a page is full.
//!
//! A report is laid out twice. The first time nothing is drawn; it tells how many pages there are and where the places are
//! that links lead to. The second time each page is drawn when it is full, so that no more than one is held.

use std::collections::BTreeMap;

use super::draw::{Canvas, Drawn, Op};
use super::font::{Face, Fonts};
use super::tag::{Kind, Tag, Tags};
use super::text::{Ink, Line, SIZE, Text, lines};

/// A4, in points.
pub(super) const WIDTH: f32 = 595.28;
pub(super) const HEIGHT: f32 = 841.89;
/// The margin at both sides.
pub(super) const SIDE: f32 = 54.0;
const TOP: f32 = 56.0;
const BOTTOM: f32 = HEIGHT - 62.0;
/// The width that text has.
pub(super) const MEASURE: f32 = WIDTH - 2.0 * SIDE;

/// A colour in red, green and blue.
pub(super) type Colour = (u8, u8, u8);

/// Rules between and beside texts.
pub(super) const LINE: Colour = (198, 203, 209);

/// A place that links lead to: the page, counted from 0, and the distance from its top.
pub(super) type Place = (usize, f32);

/// An entry of the outline: the depth, from 1, and where it leads.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) depth: usize,
    pub(super) text: String,
    pub(super) place: Place,
}

/// What a layout has learnt.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Plan {
    pub(super) pages: usize,
    pub(super) places: BTreeMap<String, Place>,
    pub(super) outline: Vec<Entry>,
}

/// A bar at the left of what belongs together, from here down.
struct Bar {
    top: f32,
    colour: Colour,
    ground: Option<Colour>,
}

/// The paper.
pub(super) struct Sheet<'a> {
    fonts: &'a Fonts,
    footer: &'a str,
    y: f32,
    ops: Vec<Op>,
    bar: Option<Bar>,
    indent: f32,
    learnt: Plan,
    /// What an earlier layout has learnt.
    known: Plan,
    tags: Tags,
    canvas: &'a mut dyn Canvas,
}

impl<'a> Sheet<'a> {
    /// Draws on `canvas`. `known` is what an earlier layout of the same report has learnt.
    pub(super) fn new(fonts: &'a Fonts, footer: &'a str, known: Plan, canvas: &'a mut dyn Canvas) -> Self {
        Self {
            fonts,
            footer,
            y: TOP,
            ops: Vec::new(),
            bar: None,
            indent: 0.0,
            learnt: Plan::default(),
            known,
            tags: Tags::default(),
            canvas,
        }
    }

    /// Ends the last page.
    pub(super) fn end(mut self) -> (Plan, Tags) {
        self.close_page();
        (self.learnt, self.tags)
    }

    pub(super) fn fonts(&self) -> &'a Fonts {
        self.fonts
    }

    /// The number of the page that a link to `name` leads to, from 1; `None` before anybody knows.
    pub(super) fn page_of(&self, name: &str) -> Option<usize> {
        self.known.places.get(name).map(|(page, _)| page + 1)
    }

    /// Where things begin, and how wide they may be.
    pub(super) fn span(&self) -> (f32, f32) {
        (SIDE + self.indent, MEASURE - self.indent)
    }

    pub(super) fn y(&self) -> f32 {
        self.y
    }

    /// A place that links lead to.
    pub(super) fn place(&mut self, name: &str) {
        self.learnt.places.insert(name.to_owned(), (self.learnt.pages, self.y));
    }

    pub(super) fn tag(&mut self, parent: Tag, kind: Kind) -> Tag {
        self.tags.open(parent, kind)
    }

    /// Goes on at the top of the next page.
    pub(super) fn next_page(&mut self) {
        self.close_page();
        self.y = TOP;
        if let Some(bar) = &mut self.bar {
            bar.top = TOP;
        }
    }

    fn close_page(&mut self) {
        self.draw_bar();
        let number = self.learnt.pages;
        self.learnt.pages += 1;
        let mut ops = std::mem::take(&mut self.ops);
        ops.extend(self.foot(number));
        self.canvas.page(self.fonts, ops, &self.known, &mut self.tags);
    }

    fn foot(&self, number: usize) -> Vec<Op> {
        let total = self.known.pages.max(number + 1);
        let (size, y) = (7.5, HEIGHT - 40.0);
        let set = |text: &str, width: f32| {
            lines(self.fonts, &Text::of(text, Face::Regular, size, Ink::Quiet), width)
                .into_iter()
                .next()
                .unwrap_or_default()
        };
        let right = set(&format!("Page {} of {total}", number + 1), 90.0);
        let left = set(self.footer, MEASURE - 100.0);
        let at = SIDE + MEASURE - right.width;
        let rule = Op::Box { x: SIDE, y: y - 4.0, width: MEASURE, height: 0.5, colour: LINE };
        [rule].into_iter().chain(placed(left, SIDE, y, None)).chain(placed(right, at, y, None)).collect()
    }

    /// Free space, none at the top of a page.
    pub(super) fn space(&mut self, height: f32) {
        if self.y > TOP {
            self.y += height;
        }
    }

    /// A new page, unless there are `height` points left or the page is empty.
    pub(super) fn need(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > TOP {
            self.next_page();
        }
    }

    /// How much of the page is left.
    pub(super) fn left(&self) -> f32 {
        BOTTOM - self.y
    }

    /// How much a whole page holds.
    pub(super) fn whole(&self) -> f32 {
        BOTTOM - TOP
    }

    /// Moves on without looking at the end of the page.
    pub(super) fn advance(&mut self, height: f32) {
        self.y += height;
    }

    /// Draws a line with its left end at `x`, its top at `y`; without a tag it repeats what stands elsewhere.
    pub(super) fn set(&mut self, line: Line, x: f32, y: f32, tag: Option<Tag>) {
        self.ops.extend(placed(line, x, y, tag));
    }

    pub(super) fn fill(&mut self, x: f32, y: f32, width: f32, height: f32, colour: Colour) {
        self.ops.push(Op::Box { x, y, width, height, colour });
    }

    /// Text over the whole width.
    pub(super) fn paragraph(&mut self, parent: Tag, text: &Text) {
        let tag = self.tag(parent, Kind::Paragraph);
        let (x, width) = self.span();
        self.flow(tag, text, x, width);
        self.space(4.0);
    }

    /// Lines one below the other, over as many pages as it takes.
    pub(super) fn flow(&mut self, tag: Tag, text: &Text, x: f32, width: f32) {
        for line in lines(self.fonts, text, width) {
            self.need(line.height());
            let (height, y) = (line.height(), self.y);
            self.set(line, x, y, Some(tag));
            self.y += height;
        }
    }

    /// One line that is a link to the place `name`.
    pub(super) fn link_at(&mut self, tag: Tag, line: Line, (x, y): (f32, f32), name: &str) {
        let link = self.tag(tag, Kind::Link);
        let (width, height) = (line.width, line.height());
        let told: String = line.pieces.iter().map(|piece| piece.text.as_str()).collect();
        self.set(line, x, y, Some(link));
        self.ops.push(Op::Link { x, y, width, height, to: name.to_owned(), told, tag: link });
    }

    /// A heading: level 1 is the report's title. It stays with the first lines of what it heads.
    pub(super) fn heading(&mut self, level: u8, text: &str) {
        let (size, before, after) = match level {
            1 => (28.0, 0.0, 6.0),
            2 => (16.0, 20.0, 8.0),
            3 => (12.5, 15.0, 5.0),
            _ => (10.5, 11.0, 4.0),
        };
        let text_of = Text::of(text, Face::Bold, size, Ink::Text);
        let (x, width) = self.span();
        let height: f32 = lines(self.fonts, &text_of, width).iter().map(Line::height).sum();
        self.space(before);
        self.need(height + after + 8.0 * SIZE * 1.4);
        if (2..=3).contains(&level) {
            let place = (self.learnt.pages, self.y);
            self.learnt.outline.push(Entry { depth: usize::from(level) - 1, text: text.to_owned(), place });
        }
        let tag = self.tag(Tag::ROOT, Kind::Heading(level));
        self.tags.title(tag, text);
        self.flow(tag, &text_of, x, width);
        if level == 2 {
            self.advance(2.0);
            let y = self.y;
            self.fill(x, y, width, 1.2, LINE);
        }
        self.advance(after);
    }

    /// Begins a stretch with a bar at its left.
    pub(super) fn bar(&mut self, colour: Colour, ground: Option<Colour>) {
        self.end_bar();
        self.indent = 12.0;
        self.bar = Some(Bar { top: self.y, colour, ground });
        self.y += 5.0;
    }

    pub(super) fn end_bar(&mut self) {
        if self.bar.is_some() {
            self.y += 5.0;
            self.draw_bar();
        }
        self.bar = None;
        self.indent = 0.0;
    }

    fn draw_bar(&mut self) {
        let Some(Bar { top, colour, ground }) = &self.bar else { return };
        let (top, colour, height) = (*top, *colour, self.y.min(BOTTOM) - *top);
        if height <= 0.0 {
            return;
        }
        // What lies under text is drawn before it.
        let strip = Op::Box { x: SIDE, y: top, width: 3.0, height, colour };
        let ground = ground.map(|colour| Op::Box { x: SIDE, y: top, width: MEASURE, height, colour });
        self.ops.splice(0..0, ground.into_iter().chain([strip]));
    }
}

fn placed(line: Line, x: f32, y: f32, tag: Option<Tag>) -> impl Iterator<Item = Op> {
    let baseline = y + line.baseline();
    line.pieces.into_iter().map(move |piece| Op::Text(Drawn { x: x + piece.x, baseline, piece, tag }))
}
