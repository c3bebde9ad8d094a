//! The three faces of a report, their glyphs and widths.

use krilla::text::{Font, GlyphId};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use super::Failed;

const REGULAR: &[u8] = include_bytes!("../../../fonts/NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../../fonts/NotoSans-Bold.ttf");
const MONO: &[u8] = include_bytes!("../../../fonts/NotoSansMono-Regular.ttf");

/// No face has characters from here on.
const END: u32 = 0x1_0000;

/// A face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    Regular,
    Bold,
    Mono,
}

/// One character of a face; the width is in ems.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub(super) face: Face,
    pub(super) id: GlyphId,
    pub(super) width: f32,
}

struct Loaded {
    font: Font,
    /// By code point.
    shapes: Vec<Option<(GlyphId, f32)>>,
}

/// All faces.
pub(super) struct Fonts {
    regular: Loaded,
    bold: Loaded,
    mono: Loaded,
}

impl Fonts {
    pub(super) fn load() -> Result<Self, Failed> {
        Ok(Self { regular: load(REGULAR)?, bold: load(BOLD)?, mono: load(MONO)? })
    }

    pub(super) fn font(&self, face: Face) -> Font {
        self.loaded(face).font.clone()
    }

    fn loaded(&self, face: Face) -> &Loaded {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
            Face::Mono => &self.mono,
        }
    }

    /// The character in `face`, or in the face that has the most signs.
    pub(super) fn shape(&self, face: Face, character: char) -> Option<Shape> {
        let code = usize::try_from(u32::from(character)).unwrap_or(usize::MAX);
        let of = |face: Face| {
            let (id, width) = (*self.loaded(face).shapes.get(code)?)?;
            Some(Shape { face, id, width })
        };
        of(face).or_else(|| of(Face::Mono))
    }
}

fn load(bytes: &'static [u8]) -> Result<Loaded, Failed> {
    let broken = || Failed("a font of this program cannot be read".to_owned());
    let face = FontRef::new(bytes).map_err(|_| broken())?;
    let font = Font::new(bytes.into(), 0).ok_or_else(broken)?;
    let (characters, metrics) = (face.charmap(), face.glyph_metrics(Size::unscaled(), LocationRef::default()));
    let em = font.units_per_em();
    let shape = |code: u32| {
        let id = characters.map(char::from_u32(code)?)?;
        Some((GlyphId::new(id.to_u32()), metrics.advance_width(id)? / em))
    };
    Ok(Loaded { font, shapes: (0..END).map(shape).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_report_is_made_of_can_be_drawn() {
        let fonts = Fonts::load().unwrap();
        for character in "AZaz09 –→⟨⟩…•äßñЖΩ“”’".chars() {
            for face in [Face::Regular, Face::Bold, Face::Mono] {
                assert!(fonts.shape(face, character).is_some_and(|shape| shape.width > 0.0), "{character}");
            }
        }
        assert!(fonts.shape(Face::Regular, '数').is_none());
        assert_eq!(fonts.shape(Face::Regular, '→').unwrap().face, Face::Mono);
    }
}
