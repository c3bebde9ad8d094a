//! `evr_string`: `epoch:version-release` in the order of rpm (`rpmvercmp`).

use std::cmp::Ordering;

pub(super) fn order(found: &str, wanted: &str) -> Ordering {
    let (left, right) = (split(found), split(wanted));
    left.0.cmp(&right.0).then_with(|| part(left.1, right.1)).then_with(|| part(left.2, right.2))
}

/// Epoch, version and release. No epoch, in any spelling of it, is epoch zero.
fn split(text: &str) -> (u64, &str, &str) {
    let (epoch, rest) = text.split_once(':').unwrap_or(("0", text));
    let (version, release) = rest.rsplit_once('-').unwrap_or((rest, ""));
    (epoch.parse().unwrap_or(0), version, release)
}

/// One part: runs of digits and runs of letters in turn. A tilde sorts before the end, a caret after it and before
/// everything else.
fn part(mut left: &str, mut right: &str) -> Ordering {
    loop {
        left = left.trim_start_matches(is_separator);
        right = right.trim_start_matches(is_separator);
        for (mark, at_end) in [('~', Ordering::Less), ('^', Ordering::Greater)] {
            match (left.strip_prefix(mark), right.strip_prefix(mark)) {
                (Some(rest_left), Some(rest_right)) => (left, right) = (rest_left, rest_right),
                (Some(_), None) if right.is_empty() || mark == '~' => return at_end,
                (None, Some(_)) if left.is_empty() || mark == '~' => return at_end.reverse(),
                (Some(_), None) => return Ordering::Less,
                (None, Some(_)) => return Ordering::Greater,
                (None, None) => {}
            }
        }
        let (Some(first_left), Some(first_right)) = (left.chars().next(), right.chars().next()) else {
            return left.len().cmp(&right.len());
        };
        if is_separator(first_left) || is_separator(first_right) || "~^".contains([first_left, first_right]) {
            continue;
        }
        let (run_left, rest_left) = run(left, first_left.is_ascii_digit());
        let (run_right, rest_right) = run(right, first_right.is_ascii_digit());
        let order = match (first_left.is_ascii_digit(), first_right.is_ascii_digit()) {
            (true, true) => number(run_left).cmp(&number(run_right)),
            (false, false) => run_left.cmp(run_right),
            (digits, _) => digits.cmp(&!digits),
        };
        if order.is_ne() {
            return order;
        }
        (left, right) = (rest_left, rest_right);
    }
}

fn is_separator(c: char) -> bool {
    !c.is_ascii_alphanumeric() && c != '~' && c != '^'
}

fn run(text: &str, digits: bool) -> (&str, &str) {
    let same = |c: char| c.is_ascii_alphanumeric() && c.is_ascii_digit() == digits;
    text.split_at_checked(text.find(|c| !same(c)).unwrap_or(text.len())).unwrap_or((text, ""))
}

/// A number of any size: without leading zeros the longer one is greater.
fn number(run: &str) -> (usize, &str) {
    let digits = run.trim_start_matches('0');
    (digits.len(), digits)
}
