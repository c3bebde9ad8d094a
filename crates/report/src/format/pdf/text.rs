//! Texts of several styles, broken into lines.

use super::font::{Face, Fonts, Shape};
use crate::inert::visible;

/// Colours by what they say; each has a contrast of at least 4.5 on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Text,
    Quiet,
    Link,
    Warn,
    High,
    Medium,
    Low,
    Informational,
}

/// How a stretch of text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    pub(super) face: Face,
    /// In points.
    pub(super) size: f32,
    pub(super) ink: Ink,
}

/// The size of running text, in points.
pub(super) const SIZE: f32 = 9.5;
/// The size of text in tables.
pub(super) const SMALL: f32 = 8.5;

/// A text of several styles.
#[derive(Debug, Clone, Default)]
pub(super) struct Text {
    spans: Vec<(String, Style)>,
}

impl Text {
    pub(super) fn of(text: &str, face: Face, size: f32, ink: Ink) -> Self {
        Self::default().and(text, face, size, ink)
    }

    /// Running text.
    pub(super) fn plain(text: &str) -> Self {
        Self::of(text, Face::Regular, SIZE, Ink::Text)
    }

    /// Text in a table.
    pub(super) fn small(text: &str) -> Self {
        Self::of(text, Face::Regular, SMALL, Ink::Text)
    }

    /// Ids and versions in a table.
    pub(super) fn code(text: &str) -> Self {
        Self::of(text, Face::Mono, SMALL - 0.5, Ink::Text)
    }

    pub(super) fn and(mut self, text: &str, face: Face, size: f32, ink: Ink) -> Self {
        self.spans.push((text.to_owned(), Style { face, size, ink }));
        self
    }

    pub(super) fn then(mut self, other: Self) -> Self {
        self.spans.extend(other.spans);
        self
    }

    /// The next text on a line of its own.
    pub(super) fn below(self, other: Self) -> Self {
        self.and("\n", Face::Regular, SMALL, Ink::Text).then(other)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.spans.iter().all(|(text, _)| text.is_empty())
    }
}

/// A stretch of one line in one style, `x` points from its start.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) x: f32,
    pub(super) width: f32,
    pub(super) text: String,
    pub(super) style: Style,
    pub(super) shapes: Vec<Shape>,
}

/// A line.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
    pub(super) width: f32,
    /// In points, of the largest of its styles.
    pub(super) size: f32,
}

/// From the top of one line to that of the next, in sizes of its text.
const LEADING: f32 = 1.4;
/// From the top of a line to its baseline.
const RISE: f32 = 1.06;

impl Line {
    pub(super) fn height(&self) -> f32 {
        self.size * LEADING
    }

    pub(super) fn baseline(&self) -> f32 {
        self.size * RISE
    }
}

struct Set {
    character: char,
    style: Style,
    shape: Shape,
    width: f32,
}

/// Breaks `text` so that no line is wider than `width`: at spaces, else behind signs that join words, else anywhere.
pub(super) fn lines(fonts: &Fonts, text: &Text, width: f32) -> Vec<Line> {
    let set = set(fonts, text);
    let size = text.spans.first().map_or(SIZE, |(_, style)| style.size);
    let (mut lines, mut start) = (Vec::new(), 0);
    while start < set.len() {
        let rest = set.get(start..).unwrap_or_default();
        let (end, next) = one_line(rest, width);
        lines.push(line(rest.get(..end).unwrap_or_default(), size));
        start += next;
    }
    if lines.is_empty() {
        lines.push(Line { size, ..Line::default() });
    }
    lines
}

/// Every character with the shape that it is drawn with. What no face has is named by its code point.
fn set(fonts: &Fonts, text: &Text) -> Vec<Set> {
    let mut all = Vec::new();
    for (text, style) in &text.spans {
        let drawable = |character| character == '\n' || fonts.shape(style.face, character).is_some();
        for character in visible(text, drawable).chars() {
            let shown = if character == '\n' { ' ' } else { character };
            if let Some(shape) = fonts.shape(style.face, shown) {
                all.push(Set { character, style: *style, shape, width: shape.width * style.size });
            }
        }
    }
    all
}

/// How many characters stand on the first line of `rest`, and how many are done with then; at least one.
fn one_line(rest: &[Set], width: f32) -> (usize, usize) {
    let (mut x, mut space, mut joint) = (0.0, None, None);
    for (index, one) in rest.iter().enumerate() {
        if one.character == '\n' {
            return (index, index + 1);
        }
        if x + one.width > width && one.character != ' ' && index > 0 {
            // A space that leaves most of the line empty is no better than a joint that fills it.
            let full = |at: &(usize, f32)| at.1 > width * 0.6;
            let at = space.filter(full).or(joint.filter(full)).or(space).or(joint);
            let (at, _) = at.unwrap_or((index, x));
            return (at, at);
        }
        x += one.width;
        if one.character == ' ' {
            space = Some((index + 1, x));
        } else if "/-_:,;.=@|+&?)".contains(one.character) {
            joint = Some((index + 1, x));
        }
    }
    (rest.len(), rest.len())
}

fn line(set: &[Set], size: f32) -> Line {
    let kept = set.iter().rposition(|one| one.character != ' ').map_or(0, |last| last + 1);
    let mut line = Line { size: set.iter().map(|one| one.style.size).fold(size, f32::max), ..Line::default() };
    for one in set.get(..kept).unwrap_or_default() {
        let same = |piece: &&mut Piece| {
            piece.style == one.style && piece.shapes.last().is_none_or(|shape| shape.face == one.shape.face)
        };
        match line.pieces.last_mut().filter(same) {
            Some(piece) => {
                piece.text.push(one.character);
                piece.shapes.push(one.shape);
                piece.width += one.width;
            }
            None => line.pieces.push(Piece {
                x: line.width,
                width: one.width,
                text: one.character.to_string(),
                style: one.style,
                shapes: vec![one.shape],
            }),
        }
        line.width += one.width;
    }
    line
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn broken(text: &str, width: f32) -> Vec<String> {
        let fonts = Fonts::load().unwrap();
        let whole = |line: &Line| line.pieces.iter().map(|piece| piece.text.as_str()).collect();
        lines(&fonts, &Text::plain(text), width).iter().map(whole).collect()
    }

    #[test]
    fn lines_break_at_spaces_then_at_joints_then_anywhere() {
        assert_eq!(broken("one two three", 40.0), ["one two", "three"]);
        assert_eq!(broken("a\n\nb", 40.0), ["a", "", "b"]);
        assert_eq!(broken("/usr/share/doc/package", 60.0), ["/usr/share/", "doc/package"]);
        assert_eq!(broken("mmmmmmmm", 40.0), ["mmmm", "mmmm"]);
        assert_eq!(broken("", 40.0), [""]);
    }

    #[test]
    fn what_no_face_has_is_named() {
        assert_eq!(broken("a数\u{202e}b\u{5d0}", 900.0), ["a⟨U+6570⟩⟨U+202E⟩b⟨U+05D0⟩"]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_character_is_lost(text in "\\PC{0,200}", width in 30_f32..400.0) {
            let fonts = Fonts::load().unwrap();
            let lines = lines(&fonts, &Text::plain(&text), width);
            for line in &lines {
                prop_assert!(line.width <= width + 0.01, "{line:?}");
            }
            let drawable = |character| fonts.shape(Face::Regular, character).is_some();
            let wanted = visible(&text, drawable).replace(' ', "");
            let got: String = lines.iter().flat_map(|line| &line.pieces).map(|piece| piece.text.as_str()).collect();
            prop_assert_eq!(got.replace(' ', ""), wanted);
        }
    }
}
