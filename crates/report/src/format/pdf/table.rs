//! Tables: rows of cells that break over pages, with the head again on each.

use super::font::Face;
use super::sheet::{LINE, Sheet};
use super::tag::{Kind, Tag};
use super::text::{Ink, Line, SMALL, Text, lines};

/// A column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) head: &'static str,
    /// Its part of the width.
    pub(super) share: f32,
    /// Whether it holds numbers, which end at the right.
    pub(super) number: bool,
}

impl Column {
    pub(super) const fn text(head: &'static str, share: f32) -> Self {
        Self { head, share, number: false }
    }

    pub(super) const fn number(head: &'static str, share: f32) -> Self {
        Self { head, share, number: true }
    }
}

/// What stands in a cell.
#[derive(Debug, Default)]
pub(super) struct Cell {
    pub(super) text: Text,
    /// The place that its lines lead to.
    pub(super) link: Option<String>,
    /// Over how many columns it reaches beside its own.
    pub(super) over: usize,
}

impl From<Text> for Cell {
    fn from(text: Text) -> Self {
        Self { text, ..Self::default() }
    }
}

const PAD: f32 = 4.0;

struct Laid {
    x: f32,
    width: f32,
    number: bool,
    lines: Vec<Line>,
    link: Option<String>,
}

/// Writes a table. `named` is whether the first cell of a row names it.
pub(super) fn table(
    sheet: &mut Sheet<'_>,
    caption: &Text,
    columns: &[Column],
    named: bool,
    rows: impl IntoIterator<Item = Vec<Cell>>,
) {
    let table = sheet.tag(Tag::ROOT, Kind::Table);
    if !caption.is_empty() {
        sheet.need(6.0 * SMALL * 1.4);
        let tag = sheet.tag(table, Kind::Caption);
        let (x, width) = sheet.span();
        sheet.flow(tag, caption, x, width);
        sheet.advance(2.0);
    }
    let head = |column: &Column| Cell::from(Text::of(column.head, Face::Bold, SMALL, Ink::Text));
    let heads = laid(sheet, columns, columns.iter().map(head).collect());
    let head_height = height(&heads);
    sheet.need(head_height + 3.0 * SMALL * 1.4);
    let tag = sheet.tag(table, Kind::Row);
    let head_tags: Vec<_> = heads.iter().map(|_| Some(sheet.tag(tag, Kind::ColumnHead))).collect();
    draw_head(sheet, &heads, head_tags);
    for cells in rows {
        let cells = laid(sheet, columns, cells);
        let tag = sheet.tag(table, Kind::Row);
        let kind = |index: usize| if named && index == 0 { Kind::RowHead } else { Kind::Cell };
        let tags: Vec<Tag> = cells.iter().enumerate().map(|(index, _)| sheet.tag(tag, kind(index))).collect();
        row(sheet, cells, &tags, &heads);
    }
    sheet.space(8.0);
}

fn laid(sheet: &Sheet<'_>, columns: &[Column], cells: Vec<Cell>) -> Vec<Laid> {
    let (left, width) = sheet.span();
    let whole: f32 = columns.iter().map(|column| column.share).sum();
    let (mut x, mut columns) = (left, columns.iter());
    let mut row = Vec::new();
    for cell in cells {
        let covered: Vec<_> = columns.by_ref().take(cell.over + 1).collect();
        let wide: f32 = covered.iter().map(|column| column.share / whole * width).sum();
        let number = cell.over == 0 && covered.first().is_some_and(|column| column.number);
        let lines = lines(sheet.fonts(), &cell.text, wide - 2.0 * PAD);
        row.push(Laid { x: x + PAD, width: wide - 2.0 * PAD, number, lines, link: cell.link });
        x += wide;
    }
    row
}

fn height(row: &[Laid]) -> f32 {
    let of = |cell: &Laid| cell.lines.iter().map(Line::height).sum::<f32>();
    row.iter().map(of).fold(0.0, f32::max) + 2.0 * PAD
}

fn draw_head(sheet: &mut Sheet<'_>, heads: &[Laid], tags: impl IntoIterator<Item = Option<Tag>>) {
    let height = height(heads);
    let ((x, width), y) = (sheet.span(), sheet.y());
    sheet.fill(x, y, width, height, (236, 239, 243));
    for (head, tag) in heads.iter().zip(tags) {
        let mut at = y + PAD;
        for line in &head.lines {
            let x = if head.number { head.x + head.width - line.width } else { head.x };
            let below = line.height();
            sheet.set(line.clone(), x, at, tag);
            at += below;
        }
    }
    sheet.advance(height);
}

/// A row stays whole where a page can hold it; one that none can hold goes on line by line.
fn row(sheet: &mut Sheet<'_>, cells: Vec<Laid>, tags: &[Tag], heads: &[Laid]) {
    let (all, head) = (height(&cells), height(heads));
    let mut rest: Vec<(Laid, Tag)> = cells.into_iter().zip(tags.iter().copied()).collect();
    if all > sheet.left() && all + head <= sheet.whole() {
        next(sheet, heads);
    }
    loop {
        let room = sheet.left() - 2.0 * PAD;
        let top = sheet.y();
        let mut tall: f32 = 0.0;
        for (cell, tag) in &mut rest {
            tall = tall.max(part(sheet, cell, *tag, top + PAD, room));
        }
        sheet.advance(tall + 2.0 * PAD);
        let ((x, width), y) = (sheet.span(), sheet.y());
        sheet.fill(x, y - 0.5, width, 0.5, LINE);
        if rest.iter().all(|(cell, _)| cell.lines.is_empty()) {
            return;
        }
        next(sheet, heads);
    }
}

fn next(sheet: &mut Sheet<'_>, heads: &[Laid]) {
    sheet.next_page();
    draw_head(sheet, heads, std::iter::repeat(None));
}

/// Draws the lines of a cell that there is room for, and takes them out of it.
fn part(sheet: &mut Sheet<'_>, cell: &mut Laid, tag: Tag, top: f32, room: f32) -> f32 {
    let mut used = 0.0;
    let fits = cell.lines.iter().take_while(|line| {
        used += line.height();
        used <= room + 0.01
    });
    let count = fits.count();
    let mut y = top;
    for line in cell.lines.drain(..count) {
        let x = if cell.number { cell.x + cell.width - line.width } else { cell.x };
        let height = line.height();
        match &cell.link {
            Some(name) => sheet.link_at(tag, line, (x, y), name),
            None => sheet.set(line, x, y, Some(tag)),
        }
        y += height;
    }
    y - top
}
