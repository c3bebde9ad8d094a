//! Maven's order: "Version Order Specification" of the POM reference, <https://maven.apache.org/pom.html>.
//!
//! Tokens are separated by dots, hyphens and the borders between digits and letters; every text can be read.

use std::cmp::Ordering;

use super::{MAX_LENGTH, Order, Unparseable, append_number, compare_numbers, unparseable};

/// Maven's order.
pub const ORDER: Order = Order { id: "maven", append_key, compare };

/// One token with what stands before it. A border between digits and letters is a hyphen, and so is a dot before letters.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// `.1`, without leading zeros; the empty one is zero.
    Dotted(String),
    /// `-1`
    Hyphenated(String),
    /// `-rc`, by its place among the known ones; the plain release stands at [`RELEASE`].
    Qualifier(u8, String),
}

/// Qualifiers from old to new; what is not here is newer than all of them.
const QUALIFIERS: &[&str] = &["alpha", "beta", "milestone", "rc", "snapshot", "", "sp"];
/// The place of the plain release.
const RELEASE: u8 = 5;
const UNKNOWN: u8 = 7;

fn parse(text: &str) -> Result<Vec<Token>, Unparseable> {
    if text.len() > MAX_LENGTH {
        return Err(unparseable(ORDER.id, text, "it is too long"));
    }
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(unparseable(ORDER.id, text, "it is empty or holds a character that versions do not have"));
    }
    let lower = text.to_ascii_lowercase();
    let mut tokens = Vec::new();
    let (mut separator, mut word) = ('.', String::new());
    for next in lower.chars() {
        let is_separator = matches!(next, '.' | '-' | '_');
        let is_border = word.chars().last().is_some_and(|last| last.is_ascii_digit() != next.is_ascii_digit());
        if is_separator || is_border {
            push(&mut tokens, Token::new(separator, &word, next));
            word.clear();
            separator = '-';
        }
        if is_separator {
            separator = next;
        } else {
            word.push(next);
        }
    }
    if !word.is_empty() {
        push(&mut tokens, Token::new(separator, &word, '.'));
    }
    trim(&mut tokens);
    Ok(tokens)
}

impl Token {
    /// Nothing between two separators is a zero.
    fn new(separator: char, word: &str, next: char) -> Self {
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            let digits = word.trim_start_matches('0').to_owned();
            return if separator == '.' { Self::Dotted(digits) } else { Self::Hyphenated(digits) };
        }
        let word = match (word, next.is_ascii_digit()) {
            ("a", true) => "alpha",
            ("b", true) => "beta",
            ("m", true) => "milestone",
            ("cr", _) => "rc",
            ("ga" | "final" | "release", _) => "",
            _ => word,
        };
        let place = (0..).zip(QUALIFIERS).find(|(_, known)| **known == word).map_or(UNKNOWN, |(place, _)| place);
        Self::Qualifier(place, word.to_owned())
    }

    /// Whether it says no more than its absence.
    fn is_null(&self) -> bool {
        match self {
            Self::Dotted(digits) | Self::Hyphenated(digits) => digits.is_empty(),
            Self::Qualifier(place, _) => *place == RELEASE,
        }
    }
}

/// Adds a token; what says nothing before a hyphen goes.
fn push(tokens: &mut Vec<Token>, token: Token) {
    if !matches!(token, Token::Dotted(_)) {
        trim(tokens);
    }
    tokens.push(token);
}

fn trim(tokens: &mut Vec<Token>) {
    while tokens.last().is_some_and(Token::is_null) {
        tokens.pop();
    }
}

// What may stand next, in order. Zeros before a dotted number stand between the end and every other number.
const OLDER: u8 = 1;
const END: u8 = 2;
const NEWER: u8 = 3;
const HYPHENATED: u8 = 4;
const ZERO: u8 = 5;
const DOTTED: u8 = 6;

fn append_key(text: &str, key: &mut Vec<u8>) -> Result<(), Unparseable> {
    for token in parse(text)? {
        match token {
            Token::Dotted(digits) if digits.is_empty() => key.push(ZERO),
            Token::Dotted(digits) => {
                key.push(DOTTED);
                append_number(digits.as_bytes(), key);
            }
            Token::Hyphenated(digits) => {
                key.push(HYPHENATED);
                append_number(digits.as_bytes(), key);
            }
            Token::Qualifier(place, word) => {
                key.push(if place < RELEASE { OLDER } else { NEWER });
                key.push(place);
                if place == UNKNOWN {
                    key.extend(word.as_bytes());
                    key.push(0);
                }
            }
        }
    }
    key.push(END);
    Ok(())
}

/// Token by token; the shorter version is filled up with tokens that say nothing.
fn compare(a: &str, b: &str) -> Result<Ordering, Unparseable> {
    let (a, b) = (parse(a)?, parse(b)?);
    for at in 0..a.len().max(b.len()) {
        let order = match (a.get(at), b.get(at)) {
            (Some(a), Some(b)) => compare_tokens(a, b),
            (Some(token), None) => against_nothing(token),
            (None, Some(token)) => against_nothing(token).reverse(),
            (None, None) => Ordering::Equal,
        };
        if order.is_ne() {
            return Ok(order);
        }
    }
    Ok(Ordering::Equal)
}

/// "`.qualifier` = `-qualifier` < `-number` < `.number`"
fn compare_tokens(a: &Token, b: &Token) -> Ordering {
    use Token::{Dotted, Hyphenated, Qualifier};
    match (a, b) {
        (Dotted(a), Dotted(b)) | (Hyphenated(a), Hyphenated(b)) => compare_numbers(a.as_bytes(), b.as_bytes()),
        (Qualifier(place_a, a), Qualifier(place_b, b)) => place_a.cmp(place_b).then_with(|| a.cmp(b)),
        (Dotted(_), _) | (Hyphenated(_), Qualifier(..)) => Ordering::Greater,
        (_, Dotted(_)) | (Qualifier(..), Hyphenated(_)) => Ordering::Less,
    }
}

fn against_nothing(token: &Token) -> Ordering {
    match token {
        Token::Dotted(digits) if digits.is_empty() => Ordering::Equal,
        Token::Dotted(_) | Token::Hyphenated(_) => Ordering::Greater,
        Token::Qualifier(place, _) => place.cmp(&RELEASE),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_version() -> impl Strategy<Value = String> {
        "[0-2](\\.[0-2]){0,2}([-.]?(a|b|alpha|rc|snapshot|ga|sp|x|final)[-.]?[0-2]?){0,2}([-.][0-2]){0,2}"
    }

    proptest! {
        #[test]
        fn keys_order_like_the_specification(a in any_version(), b in any_version()) {
            let keys = ORDER.key(&a).unwrap().cmp(&ORDER.key(&b).unwrap());
            prop_assert_eq!(keys, compare(&a, &b).unwrap(), "{} and {}", a, b);
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            prop_assert_eq!(ORDER.key(&text).is_ok(), compare(&text, "1").is_ok());
        }
    }
}
