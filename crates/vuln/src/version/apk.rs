//! Alpine's order: `apk-package(5)`, `number{.number}[letter]{_suffix[number]}[~hash][-r#]`.

use std::cmp::Ordering;

use super::{MAX_LENGTH, Order, Unparseable, append_number, compare_numbers, take_while, unparseable};

/// Alpine's order.
pub const ORDER: Order = Order { id: "apk", append_key, compare };

/// Suffixes that stand before the version without one, and those that stand after it.
const BEFORE: [&[u8]; 4] = [b"alpha", b"beta", b"pre", b"rc"];
const AFTER: [&[u8]; 5] = [b"cvs", b"svn", b"git", b"hg", b"p"];

/// One part of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    /// The first number.
    First(&'a [u8]),
    /// A number after a dot.
    Number(&'a [u8]),
    Letter(u8),
    /// A suffix, by its place in the lists: negative before the plain version.
    Suffix(i8),
    SuffixNumber(&'a [u8]),
    Hash(&'a [u8]),
    Revision(&'a [u8]),
    End,
}

/// Takes a version apart.
fn parse(text: &str) -> Result<Vec<Token<'_>>, Unparseable> {
    let refuse = |why| unparseable(ORDER.id, text, why);
    if text.len() > MAX_LENGTH {
        return Err(refuse("it is too long"));
    }
    let digits = |rest: &mut _, why| {
        let digits = take_while(rest, |byte| byte.is_ascii_digit());
        if digits.is_empty() { Err(refuse(why)) } else { Ok(digits) }
    };
    let mut rest = text.as_bytes();
    let mut tokens = vec![Token::First(digits(&mut rest, "it does not begin with a number")?)];
    while let Some(tail) = rest.strip_prefix(b".") {
        rest = tail;
        tokens.push(Token::Number(digits(&mut rest, "no number follows a dot")?));
    }
    if let Some((letter @ b'a'..=b'z', tail)) = rest.split_first() {
        rest = tail;
        tokens.push(Token::Letter(*letter));
    }
    while let Some(tail) = rest.strip_prefix(b"_") {
        rest = tail;
        let name = take_while(&mut rest, |byte| byte.is_ascii_lowercase());
        let place = (-4_i8..).zip(BEFORE).chain((0_i8..).zip(AFTER)).find(|(_, suffix)| *suffix == name);
        tokens.push(Token::Suffix(place.ok_or_else(|| refuse("it has an unknown suffix"))?.0));
        if rest.first().is_some_and(u8::is_ascii_digit) {
            tokens.push(Token::SuffixNumber(digits(&mut rest, "")?));
        }
    }
    if let Some(tail) = rest.strip_prefix(b"~") {
        rest = tail;
        let hash = take_while(&mut rest, |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        tokens.push(Token::Hash(hash));
    }
    if let Some(tail) = rest.strip_prefix(b"-r") {
        rest = tail;
        tokens.push(Token::Revision(digits(&mut rest, "its revision is not a number")?));
    }
    if !rest.is_empty() {
        return Err(refuse("something stands after its end"));
    }
    tokens.push(Token::End);
    Ok(tokens)
}

// What may stand next, in order: a suffix from before, the end, a revision, a hash, the suffix's number, a suffix from
// after, a letter, a number.
const SUFFIX_BEFORE: u8 = 0x08;
const END: u8 = 0x10;
const REVISION: u8 = 0x18;
const HASH: u8 = 0x20;
const SUFFIX_NUMBER: u8 = 0x28;
const SUFFIX_AFTER: u8 = 0x30;
const LETTER: u8 = 0x38;
/// A number that begins with zero is a fraction: it compares digit by digit.
const FRACTION: u8 = 0x40;
const NUMBER: u8 = 0x41;

fn append_key(text: &str, key: &mut Vec<u8>) -> Result<(), Unparseable> {
    for token in parse(text)? {
        match token {
            Token::First(digits) => append_number(digits, key),
            Token::Number(digits) if digits.starts_with(b"0") => {
                key.push(FRACTION);
                key.extend(digits);
                key.push(0);
            }
            Token::Number(digits) => number(NUMBER, digits, key),
            Token::Letter(letter) => key.extend([LETTER, letter]),
            Token::Suffix(place) => match u8::try_from(place) {
                Ok(place) => key.extend([SUFFIX_AFTER, place]),
                Err(_) => key.extend([SUFFIX_BEFORE, place.wrapping_add(4).unsigned_abs()]),
            },
            Token::SuffixNumber(digits) => number(SUFFIX_NUMBER, digits, key),
            Token::Hash(hash) => {
                key.push(HASH);
                key.extend(hash);
                key.push(0);
            }
            Token::Revision(digits) => number(REVISION, digits, key),
            Token::End => key.push(END),
        }
    }
    Ok(())
}

fn number(kind: u8, digits: &[u8], key: &mut Vec<u8>) {
    key.push(kind);
    append_number(digits, key);
}

/// Compares as apk does: part by part; where the parts are of different kinds, the kind decides.
fn compare(a: &str, b: &str) -> Result<Ordering, Unparseable> {
    for (a, b) in parse(a)?.into_iter().zip(parse(b)?) {
        let order = compare_tokens(a, b);
        if order.is_ne() {
            return Ok(order);
        }
    }
    Ok(Ordering::Equal)
}

fn compare_tokens(a: Token<'_>, b: Token<'_>) -> Ordering {
    use Token::{First, Hash, Letter, Number, Revision, Suffix, SuffixNumber};
    match (a, b) {
        (Number(a), Number(b)) if a.starts_with(b"0") || b.starts_with(b"0") => a.cmp(b),
        (First(a), First(b)) | (Number(a), Number(b)) | (SuffixNumber(a), SuffixNumber(b)) => compare_numbers(a, b),
        (Revision(a), Revision(b)) => compare_numbers(a, b),
        (Letter(a), Letter(b)) => a.cmp(&b),
        (Suffix(a), Suffix(b)) => a.cmp(&b),
        (Hash(a), Hash(b)) => a.cmp(b),
        // A version in preparation is older than whatever else could stand here.
        (Suffix(..0), _) => Ordering::Less,
        (_, Suffix(..0)) => Ordering::Greater,
        (a, b) => rank(a).cmp(&rank(b)),
    }
}

/// How new a version is by the kind of its next part alone.
fn rank(token: Token<'_>) -> u8 {
    match token {
        Token::End => 0,
        Token::Revision(_) => 1,
        Token::Hash(_) => 2,
        Token::SuffixNumber(_) => 3,
        Token::Suffix(_) => 4,
        Token::Letter(_) => 5,
        Token::Number(_) => 6,
        Token::First(_) => 7,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_version() -> impl Strategy<Value = String> {
        "[0-2]{1,2}(\\.[0-2]{1,3}){0,2}[ab]?(_(alpha|rc|pre|p|git)[0-2]{0,2}){0,2}(~[0a]{1,2})?(-r[0-2]{1,2})?"
    }

    proptest! {
        #[test]
        fn keys_order_like_the_comparator(a in any_version(), b in any_version()) {
            let keys = ORDER.key(&a).unwrap().cmp(&ORDER.key(&b).unwrap());
            prop_assert_eq!(keys, compare(&a, &b).unwrap(), "{} and {}", a, b);
        }
    }

    #[test]
    fn what_no_package_can_have_is_refused() {
        for text in ["", "a", "1.", "1..2", "1_", "1_foo", "1-r", "1-1", "1-r1x", "1.2A", "1ab", " 1", "1:2"] {
            assert!(ORDER.key(text).is_err(), "{text}");
        }
    }
}
