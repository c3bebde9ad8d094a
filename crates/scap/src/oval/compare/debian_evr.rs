//! `debian_evr_string`: `epoch:version-revision` in the order of dpkg (Debian Policy 5.6.12).

use std::cmp::Ordering;

pub(super) fn order(found: &str, wanted: &str) -> Ordering {
    let (left, right) = (split(found), split(wanted));
    left.0.cmp(&right.0).then_with(|| part(left.1, right.1)).then_with(|| part(left.2, right.2))
}

fn split(text: &str) -> (u64, &str, &str) {
    let (epoch, rest) = text.split_once(':').unwrap_or(("0", text));
    let (version, revision) = rest.rsplit_once('-').unwrap_or((rest, "0"));
    (epoch.parse().unwrap_or(0), version, revision)
}

/// Runs of what is no digit and runs of digits in turn.
fn part(mut left: &str, mut right: &str) -> Ordering {
    while !left.is_empty() || !right.is_empty() {
        let (words_left, rest_left) = split_where(left, |c| c.is_ascii_digit());
        let (words_right, rest_right) = split_where(right, |c| c.is_ascii_digit());
        let key = |words: &str| words.chars().map(weight).chain([END]).collect::<Vec<_>>();
        let (number_left, next_left) = split_where(rest_left, |c| !c.is_ascii_digit());
        let (number_right, next_right) = split_where(rest_right, |c| !c.is_ascii_digit());
        let order = key(words_left).cmp(&key(words_right)).then_with(|| number(number_left).cmp(&number(number_right)));
        if order.is_ne() {
            return order;
        }
        (left, right) = (next_left, next_right);
    }
    Ordering::Equal
}

/// The end of a run sorts after a tilde and before everything else.
const END: u32 = 1;

/// A tilde before everything, letters before all else.
fn weight(c: char) -> u32 {
    match c {
        '~' => 0,
        c if c.is_ascii_alphabetic() => u32::from(c) + 2,
        c => u32::from(c) + 256,
    }
}

fn split_where(text: &str, at: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at_checked(text.find(at).unwrap_or(text.len())).unwrap_or((text, ""))
}

fn number(run: &str) -> (usize, &str) {
    let digits = run.trim_start_matches('0');
    (digits.len(), digits)
}
