//! RPM's order: `rpm-version(7)`, `[epoch:]version[-release]`; a missing epoch is 0.

use std::cmp::Ordering;

use super::{MAX_LENGTH, Order, Unparseable, append_number, compare_numbers, take_while, unparseable};

/// RPM's order.
pub const ORDER: Order = Order { id: "rpm", append_key, compare };

/// `[epoch:]version[-release]`, taken apart.
struct Version<'a> {
    epoch: u32,
    version: &'a [u8],
    /// Empty where there is none.
    release: &'a [u8],
}

fn parse(text: &str) -> Result<Version<'_>, Unparseable> {
    let refuse = |why| Err(unparseable(ORDER.id, text, why));
    if text.len() > MAX_LENGTH {
        return refuse("it is too long");
    }
    let (epoch, rest) = text.split_once(':').unwrap_or(("0", text));
    if epoch.is_empty() || !epoch.bytes().all(|byte| byte.is_ascii_digit()) {
        return refuse("its epoch is not a number");
    }
    let Ok(epoch) = epoch.parse::<u32>() else { return refuse("its epoch is too large") };
    let (version, release) = rest.rsplit_once('-').unwrap_or((rest, ""));
    if !version.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
        return refuse("it has no letter or digit");
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'+' | b'~' | b'^');
    if !version.bytes().all(plain) || !release.bytes().all(plain) {
        return refuse("it holds a character that versions do not have");
    }
    Ok(Version { epoch, version: version.as_bytes(), release: release.as_bytes() })
}

// What may stand next in a part, in order: a tilde, the end, a caret, letters, digits.
const TILDE: u8 = 0x01;
const END: u8 = 0x10;
const CARET: u8 = 0x18;
const LETTERS: u8 = 0x20;
const DIGITS: u8 = 0x30;

fn append_key(text: &str, key: &mut Vec<u8>) -> Result<(), Unparseable> {
    let version = parse(text)?;
    key.extend(version.epoch.to_be_bytes());
    append_part(version.version, key);
    append_part(version.release, key);
    Ok(())
}

fn append_part(mut part: &[u8], key: &mut Vec<u8>) {
    while let Some(segment) = next_segment(&mut part) {
        match segment {
            Segment::Tilde => key.push(TILDE),
            Segment::Caret => key.push(CARET),
            Segment::Letters(letters) => {
                key.push(LETTERS);
                key.extend(letters);
                key.push(0);
            }
            Segment::Digits(digits) => {
                key.push(DIGITS);
                append_number(digits, key);
            }
        }
    }
    key.push(END);
}

/// What stands next in a part once separators are skipped.
#[derive(Clone, Copy)]
enum Segment<'a> {
    Tilde,
    Caret,
    Letters(&'a [u8]),
    Digits(&'a [u8]),
}

fn next_segment<'a>(part: &mut &'a [u8]) -> Option<Segment<'a>> {
    take_while(part, |byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'~' | b'^'));
    let first = part.first()?;
    Some(match first {
        b'~' | b'^' => {
            let segment = if *first == b'~' { Segment::Tilde } else { Segment::Caret };
            *part = part.get(1..).unwrap_or_default();
            segment
        }
        b'0'..=b'9' => Segment::Digits(take_while(part, |byte| byte.is_ascii_digit())),
        _ => Segment::Letters(take_while(part, |byte| byte.is_ascii_alphabetic())),
    })
}

/// Compares as the manual says: epoch, version, release; segment by segment.
fn compare(a: &str, b: &str) -> Result<Ordering, Unparseable> {
    let (a, b) = (parse(a)?, parse(b)?);
    let version = || compare_parts(a.version, b.version);
    let release = || compare_parts(a.release, b.release);
    Ok(a.epoch.cmp(&b.epoch).then_with(version).then_with(release))
}

fn compare_parts(mut a: &[u8], mut b: &[u8]) -> Ordering {
    use Segment::{Caret, Digits, Letters, Tilde};
    loop {
        let order = match (next_segment(&mut a), next_segment(&mut b)) {
            (None, None) => return Ordering::Equal,
            (Some(Tilde), Some(Tilde)) | (Some(Caret), Some(Caret)) => Ordering::Equal,
            // A tilde is older than anything, even than the end.
            (Some(Tilde), _) => Ordering::Less,
            (_, Some(Tilde)) => Ordering::Greater,
            // What goes on is newer than what ends.
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            // A caret is newer than the end and older than anything else.
            (Some(Caret), _) => Ordering::Less,
            (_, Some(Caret)) => Ordering::Greater,
            (Some(Letters(a)), Some(Letters(b))) => a.cmp(b),
            (Some(Digits(a)), Some(Digits(b))) => compare_numbers(a, b),
            (Some(Letters(_)), Some(Digits(_))) => Ordering::Less,
            (Some(Digits(_)), Some(Letters(_))) => Ordering::Greater,
        };
        if order.is_ne() {
            return order;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_version() -> impl Strategy<Value = String> {
        "([0-2]:)?[0-9a][0-9a-bA~^+._]{0,6}(-[01a~^_.]{1,4})?"
    }

    proptest! {
        #[test]
        fn keys_order_like_the_manual(a in any_version(), b in any_version()) {
            let keys = ORDER.key(&a).unwrap().cmp(&ORDER.key(&b).unwrap());
            prop_assert_eq!(keys, compare(&a, &b).unwrap(), "{} and {}", a, b);
        }
    }

    #[test]
    fn what_no_package_can_have_is_refused() {
        for text in ["", "-1", "x:1-1", ":1-1", "4294967296:1-1", "1 0-1", "1-2-3/4"] {
            assert!(ORDER.key(text).is_err(), "{text}");
        }
    }
}
