//! RubyGems' order: `Gem::Version`, <https://docs.ruby-lang.org/en/master/Gem/Version.html>.
//!
//! Segments are numbers and words, separated by dots and by the borders between them. A word makes a pre-release; a
//! hyphen stands for `.pre.`.

use std::cmp::Ordering;

use super::{MAX_LENGTH, Order, Unparseable, append_number, compare_numbers, take_while, unparseable};

/// RubyGems' order.
pub const ORDER: Order = Order { id: "gem", append_key, compare };

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    /// Without leading zeros; the empty one is zero.
    Number(Vec<u8>),
    Word(Vec<u8>),
}

impl Segment {
    fn is_zero(&self) -> bool {
        matches!(self, Self::Number(digits) if digits.is_empty())
    }
}

/// The segments without the zeros before the first word and at the end, as `canonical_segments` gives them.
fn parse(text: &str) -> Result<Vec<Segment>, Unparseable> {
    let refuse = |why| Err(unparseable(ORDER.id, text, why));
    if text.len() > MAX_LENGTH {
        return refuse("it is too long");
    }
    let plain = text.trim().replace('-', ".pre.");
    if !plain.starts_with(|first: char| first.is_ascii_digit()) {
        return refuse("it does not begin with a number");
    }
    let mut segments: Vec<Segment> = Vec::new();
    for part in plain.split('.') {
        let mut rest = part.as_bytes();
        if rest.is_empty() || !rest.iter().all(u8::is_ascii_alphanumeric) {
            return refuse("it has an empty segment or a character that segments do not have");
        }
        while !rest.is_empty() {
            let digits = take_while(&mut rest, |byte| byte.is_ascii_digit());
            if !digits.is_empty() {
                let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
                segments.push(Segment::Number(digits.iter().skip(zeros).copied().collect()));
            }
            let word = take_while(&mut rest, |byte| byte.is_ascii_alphabetic());
            if !word.is_empty() {
                if !segments.iter().any(|it| matches!(it, Segment::Word(_))) {
                    trim(&mut segments);
                }
                segments.push(Segment::Word(word.to_vec()));
            }
        }
    }
    trim(&mut segments);
    Ok(segments)
}

fn trim(segments: &mut Vec<Segment>) {
    while segments.last().is_some_and(Segment::is_zero) {
        segments.pop();
    }
}

// What may stand next, in order. The end counts as a zero, so what matters of a zero is what follows it.
const WORD: u8 = 1;
const ZERO_THEN_WORD: u8 = 2;
const END: u8 = 3;
const ZERO_THEN_NUMBER: u8 = 4;
const NUMBER: u8 = 5;

fn append_key(text: &str, key: &mut Vec<u8>) -> Result<(), Unparseable> {
    let segments = parse(text)?;
    for (at, segment) in segments.iter().enumerate() {
        match segment {
            Segment::Word(word) => {
                key.push(WORD);
                key.extend(word);
                key.push(0);
            }
            Segment::Number(digits) if !digits.is_empty() => {
                key.push(NUMBER);
                append_number(digits, key);
            }
            Segment::Number(_) => {
                let next = segments.iter().skip(at).find(|it| !it.is_zero());
                key.push(if matches!(next, Some(Segment::Word(_))) { ZERO_THEN_WORD } else { ZERO_THEN_NUMBER });
            }
        }
    }
    key.push(END);
    Ok(())
}

/// Segment by segment; what is missing is a zero, and a word is older than a number.
fn compare(a: &str, b: &str) -> Result<Ordering, Unparseable> {
    let (a, b) = (parse(a)?, parse(b)?);
    let zero = Segment::Number(Vec::new());
    for at in 0..a.len().max(b.len()) {
        let order = match (a.get(at).unwrap_or(&zero), b.get(at).unwrap_or(&zero)) {
            (Segment::Word(a), Segment::Word(b)) => a.cmp(b),
            (Segment::Number(a), Segment::Number(b)) => compare_numbers(a, b),
            (Segment::Word(_), Segment::Number(_)) => Ordering::Less,
            (Segment::Number(_), Segment::Word(_)) => Ordering::Greater,
        };
        if order.is_ne() {
            return Ok(order);
        }
    }
    Ok(Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_version() -> impl Strategy<Value = String> {
        "[0-2](\\.[0-2]){0,3}([.-]?(a|b|rc|pre)(\\.?[0-2]){0,3}){0,2}"
    }

    proptest! {
        #[test]
        fn keys_order_like_rubys_own_program(a in any_version(), b in any_version()) {
            let keys = ORDER.key(&a).unwrap().cmp(&ORDER.key(&b).unwrap());
            prop_assert_eq!(keys, compare(&a, &b).unwrap(), "{} and {}", a, b);
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            prop_assert_eq!(ORDER.key(&text).is_ok(), compare(&text, "1").is_ok());
        }
    }

    #[test]
    fn what_ruby_refuses_is_refused() {
        for text in
            ["", "junk", "1.0..1", "1.2 3.4", "2.3422222.222.222222222.22222.ads0as.dasd0.ddd2222.2.qd3e.", "1.é"]
        {
            assert!(ORDER.key(text).is_err(), "{text}");
        }
    }
}
