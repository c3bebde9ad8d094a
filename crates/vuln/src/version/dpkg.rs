//! Debian's order: Debian Policy 5.6.12, deb-version(7).

use std::cmp::Ordering;

use super::{MAX_LENGTH, Order, Unparseable, append_number, compare_numbers, take_while, unparseable};

/// Debian's order.
pub const ORDER: Order = Order { id: "dpkg", append_key, compare };

/// `[epoch:]upstream[-revision]`, taken apart.
struct Version<'a> {
    epoch: u32,
    upstream: &'a [u8],
    /// Empty where there is none, which compares equal to `0`.
    revision: &'a [u8],
}

fn parse(text: &str) -> Result<Version<'_>, Unparseable> {
    let refuse = |why| Err(unparseable(ORDER.id, text, why));
    if text.len() > MAX_LENGTH {
        return refuse("it is too long");
    }
    let (epoch, rest) = match text.split_once(':') {
        Some((epoch, rest)) => (Some(epoch), rest),
        None => (None, text),
    };
    let (upstream, revision) = rest.rsplit_once('-').unwrap_or((rest, ""));
    if rest.ends_with('-') {
        return refuse("its revision is empty");
    }
    let epoch = match epoch {
        None => 0,
        Some(digits) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            match digits.parse::<i32>() {
                Ok(number) => number.unsigned_abs(),
                Err(_) => return refuse("its epoch is too large"),
            }
        }
        Some(_) => return refuse("its epoch is not a number"),
    };
    if !upstream.bytes().next().is_some_and(|byte| byte.is_ascii_digit()) {
        return refuse("it does not start with a digit");
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'~');
    if !upstream.bytes().all(|byte| plain(byte) || matches!(byte, b'-' | b':')) {
        return refuse("it holds a character that versions do not have");
    }
    if !revision.bytes().all(plain) {
        return refuse("its revision holds a character that revisions do not have");
    }
    Ok(Version { epoch, upstream: upstream.as_bytes(), revision: revision.as_bytes() })
}

/// The end of a part sorts after `~` and before everything else.
const END: u8 = 2;

fn append_key(text: &str, key: &mut Vec<u8>) -> Result<(), Unparseable> {
    let version = parse(text)?;
    key.extend(version.epoch.to_be_bytes());
    append_part(version.upstream, key);
    append_part(version.revision, key);
    Ok(())
}

/// Runs of other characters and of digits in turn. Only the first run of other characters can be empty, so the closing
/// [`END`] never stands where another version has an empty run.
fn append_part(mut part: &[u8], key: &mut Vec<u8>) {
    loop {
        key.extend(take_while(&mut part, |byte| !byte.is_ascii_digit()).iter().map(|byte| rank(*byte)));
        key.push(END);
        append_number(take_while(&mut part, |byte| byte.is_ascii_digit()), key);
        if part.is_empty() {
            key.push(END);
            return;
        }
    }
}

/// `~`, then the end, then letters, then the rest, each group in ASCII order.
const fn rank(byte: u8) -> u8 {
    match byte {
        b'~' => 1,
        b'A'..=b'Z' | b'a'..=b'z' => byte,
        _ => byte + 128,
    }
}

/// Compares as the Policy says: part by part, run by run, character by character.
fn compare(a: &str, b: &str) -> Result<Ordering, Unparseable> {
    let (a, b) = (parse(a)?, parse(b)?);
    let upstream = || compare_parts(a.upstream, b.upstream);
    let revision = || compare_parts(a.revision, b.revision);
    Ok(a.epoch.cmp(&b.epoch).then_with(upstream).then_with(revision))
}

fn compare_parts(mut a: &[u8], mut b: &[u8]) -> Ordering {
    while !a.is_empty() || !b.is_empty() {
        let other = |byte: u8| !byte.is_ascii_digit();
        let (run_a, run_b) = (take_while(&mut a, other), take_while(&mut b, other));
        for at in 0..run_a.len().max(run_b.len()) {
            let order = weight(run_a.get(at)).cmp(&weight(run_b.get(at)));
            if order.is_ne() {
                return order;
            }
        }
        let digit = |byte: u8| byte.is_ascii_digit();
        let order = compare_numbers(take_while(&mut a, digit), take_while(&mut b, digit));
        if order.is_ne() {
            return order;
        }
    }
    Ordering::Equal
}

/// "All the letters sort earlier than all the non-letters and a tilde sorts before anything, even the end of a part."
fn weight(character: Option<&u8>) -> i32 {
    match character {
        Some(b'~') => -1,
        None => 0,
        Some(byte) if byte.is_ascii_alphabetic() => i32::from(*byte),
        Some(byte) => i32::from(*byte) + 256,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Versions from few characters, so that two of them often share a beginning.
    pub(crate) fn any_version() -> impl Strategy<Value = String> {
        "([0-2]:)?[0-9][0-9a-zA~+.]{0,6}(-[01a~+.]{1,4})?"
    }

    proptest! {
        #[test]
        fn keys_order_like_the_policy(a in any_version(), b in any_version()) {
            let keys = ORDER.key(&a).unwrap().cmp(&ORDER.key(&b).unwrap());
            prop_assert_eq!(keys, compare(&a, &b).unwrap(), "{} and {}", a, b);
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            prop_assert_eq!(ORDER.key(&text).is_ok(), compare(&text, "1").is_ok());
        }
    }

    #[test]
    fn what_the_policy_does_not_allow_is_refused() {
        for (text, why) in [
            ("", "does not start with a digit"),
            ("abc", "does not start with a digit"),
            (":1", "epoch is not a number"),
            ("x:1", "epoch is not a number"),
            ("2147483648:1", "epoch is too large"),
            ("1-", "revision is empty"),
            ("1_2", "a character"),
            ("1 2", "a character"),
            ("1-2:3", "epoch is not a number"),
            ("1:1-ü", "revision holds a character"),
        ] {
            let error = ORDER.key(text).unwrap_err().to_string();
            assert!(error.contains(why), "{error}");
        }
    }
}
