//! Python's order: PEP 440, now the "Version specifiers" page of the Python Packaging User Guide.
//!
//! `[epoch!]release[pre][.post][.dev][+local]`, in any of the spellings that its section on normalisation allows.

use std::cmp::Ordering;

use super::{MAX_LENGTH, Order, Unparseable, append_number, compare_numbers, take_while, unparseable};

/// Python's order.
pub const ORDER: Order = Order { id: "pep440", append_key, compare };

/// A version, taken apart. Numbers are runs of digits; an empty one is zero.
struct Version {
    epoch: String,
    /// Without the zeros at its end.
    release: Vec<String>,
    pre: Option<(Phase, String)>,
    post: Option<String>,
    dev: Option<String>,
    /// In lower case.
    local: Vec<String>,
}

/// What comes before a release.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    Alpha = 1,
    Beta = 2,
    Candidate = 3,
}

const PHASES: &[(&str, Phase)] = &[
    ("alpha", Phase::Alpha),
    ("a", Phase::Alpha),
    ("beta", Phase::Beta),
    ("b", Phase::Beta),
    ("preview", Phase::Candidate),
    ("pre", Phase::Candidate),
    ("rc", Phase::Candidate),
    ("c", Phase::Candidate),
];

fn parse(text: &str) -> Result<Version, Unparseable> {
    let refuse = |why| unparseable(ORDER.id, text, why);
    if text.len() > MAX_LENGTH {
        return Err(refuse("it is too long"));
    }
    let lower = text.trim().to_ascii_lowercase();
    let plain = lower.strip_prefix('v').unwrap_or(&lower);
    let (public, local) = match plain.split_once('+') {
        Some((public, local)) => (public, Some(local)),
        None => (plain, None),
    };
    let (epoch, mut rest) = match public.split_once('!') {
        Some((epoch, rest)) if is_number(epoch) => (epoch, rest.as_bytes()),
        Some(_) => return Err(refuse("its epoch is not a number")),
        None => ("", public.as_bytes()),
    };
    let release = take_release(&mut rest).ok_or_else(|| refuse("it does not begin with a number"))?;
    let pre = take_pre(&mut rest);
    let post = take_post(&mut rest);
    let dev = take_word(&mut rest, &["dev"]);
    if !rest.is_empty() {
        return Err(refuse("it has something that is neither a pre-, post- nor development release"));
    }
    let local = local.map_or(Ok(Vec::new()), |local| {
        let parts: Vec<_> = local.split(['.', '-', '_']).map(str::to_owned).collect();
        let plain = |part: &String| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if parts.iter().all(plain) { Ok(parts) } else { Err(refuse("its local part is not letters and digits")) }
    })?;
    Ok(Version { epoch: epoch.to_owned(), release, pre, post, dev, local })
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_zero(number: &str) -> bool {
    number.bytes().all(|byte| byte == b'0')
}

fn take_number(rest: &mut &[u8]) -> Option<String> {
    let digits = take_while(rest, |byte| byte.is_ascii_digit());
    (!digits.is_empty()).then(|| String::from_utf8_lossy(digits).into_owned())
}

/// `1.2.0` without the zeros at its end.
fn take_release(rest: &mut &[u8]) -> Option<Vec<String>> {
    let mut release = vec![take_number(rest)?];
    while let Some((b'.', mut tail)) = rest.split_first()
        && let Some(number) = take_number(&mut tail)
    {
        release.push(number);
        *rest = tail;
    }
    while release.last().is_some_and(|number| is_zero(number)) {
        release.pop();
    }
    Some(release)
}

fn take_pre(rest: &mut &[u8]) -> Option<(Phase, String)> {
    PHASES.iter().find_map(|(word, phase)| Some((*phase, take_word(rest, &[word])?)))
}

/// `.post1`, `rev1`, `r1`, and `-1` alone.
fn take_post(rest: &mut &[u8]) -> Option<String> {
    if let Some((b'-', mut tail)) = rest.split_first()
        && let Some(number) = take_number(&mut tail)
    {
        *rest = tail;
        return Some(number);
    }
    take_word(rest, &["post", "rev", "r"])
}

/// One of `words` with a separator before it or not, and its number, before which another separator may stand.
fn take_word(rest: &mut &[u8], words: &[&str]) -> Option<String> {
    let separated = |text: &[u8]| matches!(text.first(), Some(b'.' | b'-' | b'_'));
    let skip = |text: &[u8]| -> usize { usize::from(separated(text)) };
    let after = rest.get(skip(rest)..)?;
    let tail = words.iter().find_map(|word| after.strip_prefix(word.as_bytes()))?;
    let mut numbered = tail.get(skip(tail)..)?;
    if let Some(number) = take_number(&mut numbered) {
        *rest = numbered;
        return Some(number);
    }
    // A longer word than this one: `alphabet` is not `alpha`.
    if tail.first().is_some_and(u8::is_ascii_alphabetic) && !tail.starts_with(b"dev") && !tail.starts_with(b"post") {
        return None;
    }
    *rest = tail;
    Some(String::new())
}

fn append_key(text: &str, key: &mut Vec<u8>) -> Result<(), Unparseable> {
    let version = parse(text)?;
    append_number(version.epoch.as_bytes(), key);
    for number in &version.release {
        key.push(1);
        append_number(number.as_bytes(), key);
    }
    key.push(0);
    match &version.pre {
        // A development release of a release comes before its pre-releases.
        None if version.post.is_none() && version.dev.is_some() => key.push(0),
        None => key.push(4),
        Some((phase, number)) => {
            key.push(*phase as u8);
            append_number(number.as_bytes(), key);
        }
    }
    optional(version.post.as_deref(), [0, 1], key);
    optional(version.dev.as_deref(), [1, 0], key);
    if version.local.is_empty() {
        key.push(0);
        return Ok(());
    }
    key.push(1);
    for part in &version.local {
        if is_number(part) {
            key.push(2);
            append_number(part.as_bytes(), key);
        } else {
            key.push(1);
            key.extend(part.as_bytes());
            key.push(0);
        }
    }
    key.push(0);
    Ok(())
}

/// A byte for a number that is not there, or the other byte and the number.
fn optional(number: Option<&str>, [absent, present]: [u8; 2], key: &mut Vec<u8>) {
    match number {
        None => key.push(absent),
        Some(number) => {
            key.push(present);
            append_number(number.as_bytes(), key);
        }
    }
}

/// The rules of "Summary of permitted suffixes and relative ordering", one after the other.
fn compare(a: &str, b: &str) -> Result<Ordering, Unparseable> {
    let (a, b) = (parse(a)?, parse(b)?);
    let numbers = |a: &str, b: &str| compare_numbers(a.as_bytes(), b.as_bytes());
    let release = || {
        let length = a.release.len().max(b.release.len());
        let number = |version: &Version, at: usize| version.release.get(at).cloned().unwrap_or_default();
        (0..length).map(|at| numbers(&number(&a, at), &number(&b, at))).find(|order| order.is_ne())
    };
    let absent_first = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
        (Some(a), Some(b)) => numbers(a, b),
    };
    let pre = || match (&a.pre, &b.pre) {
        (Some((phase_a, number_a)), Some((phase_b, number_b))) => {
            phase_a.cmp(phase_b).then_with(|| numbers(number_a, number_b))
        }
        _ => stage(&a).cmp(&stage(&b)),
    };
    // A development release comes before what it leads to.
    let dev = || match (&a.dev, &b.dev) {
        (Some(a), Some(b)) => numbers(a, b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    };
    Ok(numbers(&a.epoch, &b.epoch)
        .then_with(|| release().unwrap_or(Ordering::Equal))
        .then_with(pre)
        .then_with(|| absent_first(&a.post, &b.post))
        .then_with(dev)
        .then_with(|| compare_locals(&a.local, &b.local)))
}

/// Development releases of a release, then its pre-releases, then the release and what follows it.
fn stage(version: &Version) -> u8 {
    match (&version.pre, &version.post, &version.dev) {
        (Some(_), _, _) => 1,
        (None, None, Some(_)) => 0,
        (None, _, _) => 2,
    }
}

/// Part by part: a number is newer than a word, and what goes on is newer than what ends.
fn compare_locals(a: &[String], b: &[String]) -> Ordering {
    for (a, b) in a.iter().zip(b) {
        let order = match (is_number(a), is_number(b)) {
            (true, true) => compare_numbers(a.as_bytes(), b.as_bytes()),
            (false, false) => a.cmp(b),
            (a, b) => a.cmp(&b),
        };
        if order.is_ne() {
            return order;
        }
    }
    a.len().cmp(&b.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_version() -> impl Strategy<Value = String> {
        "([0-1]!)?[0-2](\\.[0-2]){0,3}([-._]?(a|b|rc|c|alpha|beta|pre)[0-2]?)?(\\.post[0-2]?|-[0-2])?(\\.dev[0-2]?)?(\\+[0-1a](\\.[0-1a]){0,2})?"
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

    #[test]
    fn what_python_refuses_is_refused() {
        for text in [
            "",
            "french toast",
            "1.0+a+",
            "1.0++",
            "1.0+_foobar",
            "1.0+foo&asd",
            "1.0+1+1",
            "1.0.alphabet",
            "x!1",
            "1.0-",
        ] {
            assert!(ORDER.key(text).is_err(), "{text}");
        }
    }
}
