//! Semantic Versioning 2.0.0, <https://semver.org/>, section 11, as npm, crates.io and Go modules use it.
//!
//! Read a little more widely than the standard writes, because advisories do: a leading `v`, one or two numbers for three,
//! and leading zeros. Build metadata, which Go writes as `+incompatible`, says nothing about the order.

use std::cmp::Ordering;

use super::{MAX_LENGTH, Order, Unparseable, append_number, compare_numbers, unparseable};

/// Semantic versions.
pub const ORDER: Order = Order { id: "semver", append_key, compare };

/// `major.minor.patch[-pre-release]`, taken apart.
struct Version<'a> {
    numbers: [&'a str; 3],
    /// The dot-separated identifiers; `None` of a release.
    pre_release: Option<&'a str>,
}

fn parse(text: &str) -> Result<Version<'_>, Unparseable> {
    let refuse = |why| Err(unparseable(ORDER.id, text, why));
    if text.len() > MAX_LENGTH {
        return refuse("it is too long");
    }
    let plain = text.strip_prefix(['v', 'V', '=']).unwrap_or(text);
    let plain = plain.split_once('+').map_or(plain, |(plain, _build)| plain);
    let (numbers, pre_release) = match plain.split_once('-') {
        Some((numbers, pre_release)) => (numbers, Some(pre_release)),
        None => (plain, None),
    };
    let mut parts = numbers.split('.');
    let numbers = [parts.next().unwrap_or_default(), parts.next().unwrap_or("0"), parts.next().unwrap_or("0")];
    if parts.next().is_some() {
        return refuse("it has more than three numbers");
    }
    if !numbers.iter().all(|number| is_number(number)) {
        return refuse("it does not begin with numbers");
    }
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let identifiers = pre_release.map(|it| it.split('.').all(|id| !id.is_empty() && id.bytes().all(allowed)));
    if identifiers == Some(false) {
        return refuse("its pre-release holds an empty identifier or a character that identifiers do not have");
    }
    Ok(Version { numbers, pre_release })
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

// What may stand next in a pre-release, in order; a release is newer than all of them.
const END: u8 = 0;
const NUMBER: u8 = 1;
const WORD: u8 = 2;
const RELEASE: u8 = 3;

fn append_key(text: &str, key: &mut Vec<u8>) -> Result<(), Unparseable> {
    let version = parse(text)?;
    version.numbers.iter().for_each(|number| append_number(number.as_bytes(), key));
    let Some(pre_release) = version.pre_release else {
        key.push(RELEASE);
        return Ok(());
    };
    for identifier in pre_release.split('.') {
        if is_number(identifier) {
            key.push(NUMBER);
            append_number(identifier.as_bytes(), key);
        } else {
            key.push(WORD);
            key.extend(identifier.as_bytes());
            key.push(0);
        }
    }
    key.push(END);
    Ok(())
}

/// Section 11, step by step.
fn compare(a: &str, b: &str) -> Result<Ordering, Unparseable> {
    let (a, b) = (parse(a)?, parse(b)?);
    for (a, b) in a.numbers.iter().zip(b.numbers) {
        let order = compare_numbers(a.as_bytes(), b.as_bytes());
        if order.is_ne() {
            return Ok(order);
        }
    }
    Ok(match (a.pre_release, b.pre_release) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(a), Some(b)) => compare_pre_releases(a, b),
    })
}

fn compare_pre_releases(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.split('.'), b.split('.'));
    loop {
        let order = match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(a), Some(b)) => match (is_number(a), is_number(b)) {
                (true, true) => compare_numbers(a.as_bytes(), b.as_bytes()),
                (true, false) => Ordering::Less,
                (false, true) => Ordering::Greater,
                (false, false) => a.cmp(b),
            },
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
        "v?(0|1|2|10)(\\.(0|1|10)){0,2}(-[0-1a-bA][0-1a-b-]{0,2}(\\.[0-1a-b-]{1,3}){0,2})?(\\+[a-b]{1,2})?"
    }

    proptest! {
        #[test]
        fn keys_order_like_the_standard(a in any_version(), b in any_version()) {
            let keys = ORDER.key(&a).unwrap().cmp(&ORDER.key(&b).unwrap());
            prop_assert_eq!(keys, compare(&a, &b).unwrap(), "{} and {}", a, b);
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            prop_assert_eq!(ORDER.key(&text).is_ok(), compare(&text, "1").is_ok());
        }
    }

    #[test]
    fn what_is_no_semantic_version_is_refused() {
        for text in ["", "v", "a", "1.2.3.4", "1..2", "1.x", "1.0.0-", "1.0.0-a..b", "1.0.0-ä", "latest"] {
            assert!(ORDER.key(text).is_err(), "{text}");
        }
    }
}
