//! Composer's order: four numbers, then how stable it is, <https://getcomposer.org/doc/articles/versions.md>; what is
//! normalised so is compared as PHP's `version_compare` does.

use std::cmp::Ordering;

use super::{MAX_LENGTH, Order, Unparseable, append_number, compare_numbers, take_while, unparseable};

/// Composer's order.
pub const ORDER: Order = Order { id: "composer", append_key, compare };

/// A version, taken apart. Numbers are runs of digits; an empty one is zero.
struct Version {
    numbers: [Vec<u8>; 4],
    stability: Stability,
    /// What stands after the stability: `beta1.2` has two.
    nth: Vec<Vec<u8>>,
    /// A development version of all that.
    dev: bool,
}

/// From old to new.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stability {
    Alpha = 1,
    Beta = 2,
    Candidate = 3,
    Stable = 4,
    Patch = 5,
}

const WORDS: &[(&str, Stability)] = &[
    ("stable", Stability::Stable),
    ("alpha", Stability::Alpha),
    ("beta", Stability::Beta),
    ("patch", Stability::Patch),
    ("rc", Stability::Candidate),
    ("pl", Stability::Patch),
    ("a", Stability::Alpha),
    ("b", Stability::Beta),
    ("p", Stability::Patch),
];

fn parse(text: &str) -> Result<Version, Unparseable> {
    let refuse = |why| Err(unparseable(ORDER.id, text, why));
    if text.len() > MAX_LENGTH {
        return refuse("it is too long");
    }
    let lower = text.trim().to_ascii_lowercase();
    let plain = lower.split_once('+').map_or(lower.as_str(), |(plain, _build)| plain);
    let mut rest = plain.strip_prefix('v').unwrap_or(plain).as_bytes();
    let mut version =
        Version { numbers: Default::default(), stability: Stability::Stable, nth: Vec::new(), dev: false };
    for (at, number) in version.numbers.iter_mut().enumerate() {
        let tail = if at == 0 { Some(rest) } else { rest.strip_prefix(b".") };
        let Some(mut tail) = tail.filter(|tail| tail.first().is_some_and(u8::is_ascii_digit)) else {
            if at == 0 {
                return refuse("it does not begin with a number");
            }
            break;
        };
        *number = without_zeros(take_while(&mut tail, |byte| byte.is_ascii_digit()));
        rest = tail;
    }
    let after = unseparated(rest);
    if let Some((tail, stability)) =
        WORDS.iter().find_map(|(word, it)| Some((after.strip_prefix(word.as_bytes())?, *it)))
    {
        rest = tail;
        version.stability = stability;
        while let tail = rest.strip_prefix(b".").or_else(|| rest.strip_prefix(b"-")).unwrap_or(rest)
            && tail.first().is_some_and(u8::is_ascii_digit)
        {
            rest = tail;
            version.nth.push(without_zeros(take_while(&mut rest, |byte| byte.is_ascii_digit())));
        }
    }
    if unseparated(rest) == b"dev" {
        (version.dev, rest) = (true, &[]);
    }
    if rest.is_empty() { Ok(version) } else { refuse("it is neither numbers nor a stability") }
}

fn unseparated(rest: &[u8]) -> &[u8] {
    match rest.split_first() {
        Some((b'.' | b'-' | b'_', tail)) => tail,
        Some(_) | None => rest,
    }
}

fn without_zeros(digits: &[u8]) -> Vec<u8> {
    digits.iter().skip_while(|digit| **digit == b'0').copied().collect()
}

fn append_key(text: &str, key: &mut Vec<u8>) -> Result<(), Unparseable> {
    let version = parse(text)?;
    version.numbers.iter().for_each(|number| append_number(number, key));
    // A development version of a release is older than its pre-releases.
    if version.dev && version.stability == Stability::Stable {
        key.push(0);
        return Ok(());
    }
    key.push(version.stability as u8);
    for number in &version.nth {
        key.push(2);
        append_number(number, key);
    }
    key.push(u8::from(!version.dev));
    Ok(())
}

fn compare(a: &str, b: &str) -> Result<Ordering, Unparseable> {
    let (a, b) = (parse(a)?, parse(b)?);
    for (a, b) in a.numbers.iter().zip(&b.numbers) {
        let order = compare_numbers(a, b);
        if order.is_ne() {
            return Ok(order);
        }
    }
    let of_release = |it: &Version| it.dev && it.stability == Stability::Stable;
    match (of_release(&a), of_release(&b)) {
        (true, true) => return Ok(Ordering::Equal),
        (false, false) => {}
        (a, b) => return Ok(b.cmp(&a)),
    }
    if a.stability != b.stability {
        return Ok(a.stability.cmp(&b.stability));
    }
    for at in 0..a.nth.len().max(b.nth.len()) {
        let order = match (a.nth.get(at), b.nth.get(at)) {
            (Some(a), Some(b)) => compare_numbers(a, b),
            (Some(_), None) => Ordering::Greater,
            (None, Some(_)) => Ordering::Less,
            (None, None) => Ordering::Equal,
        };
        if order.is_ne() {
            return Ok(order);
        }
    }
    Ok(b.dev.cmp(&a.dev))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_version() -> impl Strategy<Value = String> {
        "v?[0-2](\\.[0-2]){0,3}([-._]?(alpha|beta|b|RC|p|patch)[-.]?[0-2]?(\\.[0-2])?)?([-.]dev)?"
    }

    proptest! {
        #[test]
        fn keys_order_like_the_documentation(a in any_version(), b in any_version()) {
            let keys = ORDER.key(&a);
            prop_assert_eq!(keys.is_ok(), compare(&a, "1").is_ok());
            let (Ok(keys), Ok(other)) = (keys, ORDER.key(&b)) else { return Ok(()) };
            prop_assert_eq!(keys.cmp(&other), compare(&a, &b).unwrap(), "{} and {}", a, b);
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            prop_assert_eq!(ORDER.key(&text).is_ok(), compare(&text, "1").is_ok());
        }
    }

    #[test]
    fn a_branch_is_no_version() {
        for text in ["", "dev-main", "master", "1.x-dev", "1.0.0.0.0", "1.0-foo", "a"] {
            assert!(ORDER.key(text).is_err(), "{text}");
        }
    }
}
