//! Pacman's order: `vercmp(8)` of Arch Linux, `[epoch:]version[-release]`. A missing release counts as `1`; pacman
//! leaves the other one aside then, which gives no order.

use std::cmp::Ordering;

use super::{MAX_LENGTH, Order, Unparseable, append_number, compare_numbers, take_while, unparseable};

/// Pacman's order.
pub const ORDER: Order = Order { id: "alpm", append_key, compare };

/// `[epoch:]version[-release]`, taken apart.
struct Version<'a> {
    epoch: u32,
    version: &'a [u8],
    release: &'a [u8],
}

fn parse(text: &str) -> Result<Version<'_>, Unparseable> {
    let refuse = |why| Err(unparseable(ORDER.id, text, why));
    if text.len() > MAX_LENGTH {
        return refuse("it is too long");
    }
    let (epoch, rest) = text.split_once(':').unwrap_or(("0", text));
    let Ok(epoch) = epoch.parse::<u32>() else { return refuse("its epoch is not a number") };
    let (version, release) = rest.rsplit_once('-').unwrap_or((rest, "1"));
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'+');
    let fits = |part: &str| part.bytes().any(|byte| byte.is_ascii_alphanumeric()) && part.bytes().all(plain);
    if !fits(version) || !fits(release) {
        return refuse("it is empty or holds a character that versions do not have");
    }
    Ok(Version { epoch, version: version.as_bytes(), release: release.as_bytes() })
}

// What may stand next in a part, in order: letters straight after a number make it older, the end, letters after a
// separator, digits.
const ATTACHED_LETTERS: u8 = 1;
const END: u8 = 2;
const LETTERS: u8 = 3;
const DIGITS: u8 = 4;

/// One run, and whether a separator stands before it.
#[derive(Clone, Copy)]
enum Segment<'a> {
    Letters(bool, &'a [u8]),
    Digits(&'a [u8]),
}

fn next_segment<'a>(part: &mut &'a [u8]) -> Option<Segment<'a>> {
    let separated = !take_while(part, |byte| !byte.is_ascii_alphanumeric()).is_empty();
    let first = *part.first()?;
    Some(if first.is_ascii_digit() {
        Segment::Digits(take_while(part, |byte| byte.is_ascii_digit()))
    } else {
        Segment::Letters(separated, take_while(part, |byte| byte.is_ascii_alphabetic()))
    })
}

fn append_key(text: &str, key: &mut Vec<u8>) -> Result<(), Unparseable> {
    let version = parse(text)?;
    key.extend(version.epoch.to_be_bytes());
    for mut part in [version.version, version.release] {
        while let Some(segment) = next_segment(&mut part) {
            match segment {
                Segment::Letters(separated, letters) => {
                    key.push(if separated { LETTERS } else { ATTACHED_LETTERS });
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
    Ok(())
}

/// Segment by segment, as the manual's list of examples has it.
fn compare(a: &str, b: &str) -> Result<Ordering, Unparseable> {
    let (a, b) = (parse(a)?, parse(b)?);
    let version = || compare_parts(a.version, b.version);
    let release = || compare_parts(a.release, b.release);
    Ok(a.epoch.cmp(&b.epoch).then_with(version).then_with(release))
}

fn compare_parts(mut a: &[u8], mut b: &[u8]) -> Ordering {
    use Segment::{Digits, Letters};
    loop {
        let order = match (next_segment(&mut a), next_segment(&mut b)) {
            (None, None) => return Ordering::Equal,
            (Some(Letters(false, _)), None) => Ordering::Less,
            (None, Some(Letters(false, _))) => Ordering::Greater,
            (Some(_), None) => Ordering::Greater,
            (None, Some(_)) => Ordering::Less,
            (Some(Letters(separated_a, a)), Some(Letters(separated_b, b))) => {
                separated_a.cmp(&separated_b).then_with(|| a.cmp(b))
            }
            (Some(Digits(a)), Some(Digits(b))) => compare_numbers(a, b),
            (Some(Letters(..)), Some(Digits(_))) => Ordering::Less,
            (Some(Digits(_)), Some(Letters(..))) => Ordering::Greater,
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

    proptest! {
        #[test]
        fn keys_order_like_the_manual(
            a in "([0-2]:)?[0-2][0-2a-b.]{0,6}(-[0-2])?",
            b in "([0-2]:)?[0-2][0-2a-b.]{0,6}(-[0-2])?",
        ) {
            let keys = ORDER.key(&a).unwrap().cmp(&ORDER.key(&b).unwrap());
            prop_assert_eq!(keys, compare(&a, &b).unwrap(), "{} and {}", a, b);
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            prop_assert_eq!(ORDER.key(&text).is_ok(), compare(&text, "1").is_ok());
        }
    }
}
