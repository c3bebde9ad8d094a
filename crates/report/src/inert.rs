//! Hostile text made harmless.

use std::borrow::Cow;
use std::fmt::{self, Write};

use askama::filters::Escaper;

/// The escaper of every HTML template.
///
/// Besides the five characters of markup it makes visible what a reader could not see and a browser would obey: control
/// characters and those that turn the direction of text around (Unicode, UAX 9, section 2), which could make a file name
/// or a version read differently from what it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Html;

impl Escaper for Html {
    fn write_escaped_str<W: Write>(&self, mut dest: W, string: &str) -> fmt::Result {
        for character in string.chars() {
            match character {
                '<' => dest.write_str("&lt;")?,
                '>' => dest.write_str("&gt;")?,
                '&' => dest.write_str("&amp;")?,
                '"' => dest.write_str("&quot;")?,
                '\'' => dest.write_str("&#39;")?,
                hidden if is_hidden(hidden) => write!(dest, "\u{27e8}U+{:04X}\u{27e9}", u32::from(hidden))?,
                plain => dest.write_char(plain)?,
            }
        }
        Ok(())
    }
}

/// Whether a character acts on its surroundings instead of showing itself.
fn is_hidden(character: char) -> bool {
    let direction =
        matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    direction || (character.is_control() && !matches!(character, '\n' | '\t'))
}

/// A text in which everything that acts on its surroundings, or that `drawable` has no sign for, is named by its code point.
/// A tab is a space.
pub(crate) fn visible(text: &str, drawable: impl Fn(char) -> bool) -> Cow<'_, str> {
    let plain = |character: char| !is_hidden(character) && character != '\t' && drawable(character);
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\t' => shown.push(' '),
            plain_one if plain(plain_one) => shown.push(plain_one),
            other => shown.push_str(&format!("\u{27e8}U+{:04X}\u{27e9}", u32::from(other))),
        }
    }
    Cow::Owned(shown)
}

/// A text as a CSS string, quotes included. Everything but letters, digits and spaces is written as its code point
/// (CSS Syntax Level 3, section 4.3.7), so nothing can end the string or the style element.
pub(crate) fn css_string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        if character.is_alphanumeric() || character == ' ' {
            quoted.push(character);
        } else {
            let shown = if is_hidden(character) { '\u{fffd}' } else { character };
            // The space ends the escape and is not part of the text.
            quoted.push_str(&format!("\\{:x} ", u32::from(shown)));
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        let mut out = String::new();
        Html.write_escaped_str(&mut out, text).unwrap();
        out
    }

    #[test]
    fn markup_stays_text() {
        assert_eq!(html(r#"<b a='1' c="2">&"#), "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;");
    }

    #[test]
    fn what_cannot_be_seen_is_named() {
        assert_eq!(html("a\u{202e}b\u{0}c\u{1b}[31m\nd"), "a⟨U+202E⟩b⟨U+0000⟩c⟨U+001B⟩[31m\nd");
    }

    #[test]
    fn letters_of_every_script_stay() {
        assert_eq!(html("Größe 数据 עברית"), "Größe 数据 עברית");
    }

    #[test]
    fn a_css_string_cannot_be_left() {
        assert_eq!(css_string("a\"}</style>\n"), r#""a\22 \7d \3c \2f style\3e \a ""#);
    }
}
