//! File name patterns as `glob(7)`: `*`, `?` and `[…]` within one component; a leading dot is matched only by a dot.

use crate::root::{ReadError, Root};

/// The files that `pattern` names, sorted. A name without a wildcard is returned as it is, there or not.
///
/// # Errors
///
/// When a directory on the way cannot be listed.
pub(super) fn expand(root: &Root, pattern: &str) -> Result<Vec<String>, (String, ReadError)> {
    let mut found = vec![String::new()];
    let mut wild = false;
    for component in pattern.split('/').filter(|part| !part.is_empty()) {
        let mut next = Vec::new();
        for parent in &found {
            if component.contains(['*', '?', '[']) {
                wild = true;
                let names = match root.list(if parent.is_empty() { "/" } else { parent }) {
                    Ok(names) => names,
                    Err(ReadError::Absent) => continue,
                    Err(error) => return Err((parent.clone(), error)),
                };
                let matching = names.iter().filter(|name| matches(component, name));
                next.extend(matching.map(|name| format!("{parent}/{name}")));
            } else {
                next.push(format!("{parent}/{component}"));
            }
        }
        found = next;
    }
    if wild {
        found.retain(|path| !matches!(root.stat(path), Err(ReadError::Absent)));
    }
    Ok(found)
}

/// Whether one component matches one pattern.
pub(super) fn matches(pattern: &str, name: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let name: Vec<char> = name.chars().collect();
    if name.first() == Some(&'.') && pattern.first() != Some(&'.') {
        return false;
    }
    walk(&pattern, &name)
}

fn walk(pattern: &[char], name: &[char]) -> bool {
    let (mut pattern, mut name) = (pattern, name);
    // Where the last `*` stands and what it has swallowed: trying again from there is enough, so the cost stays quadratic.
    let mut retry: Option<(&[char], &[char])> = None;
    loop {
        if let Some((&'*', rest)) = pattern.split_first() {
            retry = Some((rest, name));
            pattern = rest;
            continue;
        }
        let step = match (one(pattern), name.split_first()) {
            (None, None) => return true,
            (Some((class, rest)), Some((character, left))) if class.admits(*character) => Some((rest, left)),
            _ => None,
        };
        (pattern, name) = match (step, retry) {
            (Some(next), _) => next,
            (None, Some((after, from))) => match from.split_first() {
                Some((_, left)) => {
                    retry = Some((after, left));
                    (after, left)
                }
                None => return false,
            },
            (None, None) => return false,
        };
    }
}

/// What one place of a pattern admits.
enum Class<'a> {
    Any,
    Exactly(char),
    Set { negated: bool, members: &'a [char] },
}

impl Class<'_> {
    fn admits(&self, character: char) -> bool {
        match self {
            Self::Any => true,
            Self::Exactly(own) => *own == character,
            Self::Set { negated, members } => in_set(members, character) != *negated,
        }
    }
}

fn in_set(members: &[char], character: char) -> bool {
    match members {
        [low, '-', high, rest @ ..] => (*low..=*high).contains(&character) || in_set(rest, character),
        [own, rest @ ..] => *own == character || in_set(rest, character),
        [] => false,
    }
}

/// The first place of a pattern and what follows it. A `[` that does not close stands for itself.
fn one(pattern: &[char]) -> Option<(Class<'_>, &[char])> {
    let (first, rest) = pattern.split_first()?;
    Some(match first {
        '?' => (Class::Any, rest),
        '\\' => rest.split_first().map_or((Class::Exactly('\\'), rest), |(own, rest)| (Class::Exactly(*own), rest)),
        '[' => set(rest).unwrap_or((Class::Exactly('['), rest)),
        own => (Class::Exactly(*own), rest),
    })
}

fn set(after: &[char]) -> Option<(Class<'_>, &[char])> {
    let (negated, body) = match after.split_first()? {
        ('!' | '^', body) => (true, body),
        _ => (false, after),
    };
    // A `]` right at the start is a member.
    let end = body.iter().skip(1).position(|character| *character == ']')? + 1;
    let (members, rest) = body.split_at_checked(end)?;
    Some((Class::Set { negated, members }, rest.get(1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_the_shell_does() {
        let table = [
            ("*.conf", "a.conf", true),
            ("*.conf", ".conf", false),
            (".*", ".conf", true),
            ("*", "", true),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("[a-c]x", "bx", true),
            ("[!a-c]x", "bx", false),
            ("[]]", "]", true),
            ("[", "[", true),
            ("*a*b", "xaybzab", true),
            ("*a*b", "xaybza", false),
            ("\\*", "*", true),
            ("\\*", "x", false),
        ];
        for (pattern, name, expected) in table {
            assert_eq!(matches(pattern, name), expected, "{pattern} on {name}");
        }
    }

    #[test]
    fn a_hostile_pattern_costs_little() {
        assert!(!matches(&"*a".repeat(200), &"a".repeat(199)));
    }
}
