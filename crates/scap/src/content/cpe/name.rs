//! CPE names: reading both bindings into attributes (NIST IR 7695), and matching (NIST IR 7696).

/// How many attributes a name has: part, vendor, product, version, update, edition, language, software edition, target
/// software, target hardware, other.
const ATTRIBUTES: usize = 11;

/// A well-formed name: its attributes in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name([Attribute; ATTRIBUTES]);

/// One attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Attribute {
    Any,
    NotApplicable,
    /// Lower case; wildcards as `*` and `?`, the same characters of a value behind a backslash.
    Value(String),
}

impl Name {
    /// Reads `cpe:/…` or `cpe:2.3:…`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let attributes = match text.strip_prefix("cpe:2.3:") {
            Some(formatted) => from_formatted(formatted),
            None => from_uri(text.strip_prefix("cpe:/")?)?,
        };
        attributes.try_into().ok().map(Self)
    }

    /// Whether every platform that `other` names is one that `self` names: each attribute is equal or a superset.
    pub fn includes(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(source, target)| match (source, target) {
            (Attribute::Any, _) => true,
            (Attribute::NotApplicable, Attribute::NotApplicable) => true,
            (Attribute::Value(pattern), Attribute::Value(value)) => {
                pattern == value || matches(&pattern.chars().collect::<Vec<_>>(), &value.chars().collect::<Vec<_>>())
            }
            (Attribute::Value(_) | Attribute::NotApplicable, _) => false,
        })
    }
}

/// `*` stands for anything, `?` for one character, a backslash takes the meaning from what follows. The value has no
/// wildcards: a match against those is undefined and none.
fn matches(pattern: &[char], value: &[char]) -> bool {
    match (pattern, value) {
        ([], []) => true,
        (['*', rest @ ..], _) => {
            (0..=value.len()).any(|skip| value.get(skip..).is_some_and(|tail| matches(rest, tail)))
        }
        (['?', rest @ ..], [_, tail @ ..]) => matches(rest, tail),
        (['\\', a, rest @ ..], ['\\', b, tail @ ..]) => a == b && matches(rest, tail),
        ([a, rest @ ..], [b, tail @ ..]) => a == b && matches(rest, tail),
        _ => false,
    }
}

fn from_formatted(text: &str) -> Vec<Attribute> {
    let mut parts = vec![String::new()];
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let Some(last) = parts.last_mut() else { break };
        match c {
            ':' => parts.push(String::new()),
            '\\' => {
                last.push('\\');
                last.extend(rest.next());
            }
            other => last.push(other),
        }
    }
    parts.into_iter().map(|part| attribute(part, "*")).collect()
}

fn attribute(text: String, any: &str) -> Attribute {
    match text.as_str() {
        "-" => Attribute::NotApplicable,
        other if other == any => Attribute::Any,
        // Characters of words need no backslash, and some writers put one.
        _ => Attribute::Value(text.to_lowercase().replace("\\_", "_").replace("\\.", ".").replace("\\-", "-")),
    }
}

fn from_uri(text: &str) -> Option<Vec<Attribute>> {
    let mut parts: Vec<&str> = text.split(':').collect();
    if parts.len() > 7 {
        return None;
    }
    parts.resize(7, "");
    let mut attributes = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        match part.strip_prefix('~').filter(|_| place == 5) {
            Some(packed) => {
                let inner: Vec<&str> = packed.split('~').collect();
                if inner.len() != 5 {
                    return None;
                }
                attributes.push(inner);
            }
            None => attributes.push(vec![*part]),
        }
    }
    let mut extended = vec![""; 4];
    let mut plain = Vec::new();
    for mut one in attributes {
        if one.len() == 5 {
            extended = one.split_off(1);
        }
        plain.extend(one);
    }
    plain.extend(extended);
    plain.into_iter().map(|part| Some(attribute(decode(part)?, ""))).collect()
}

/// Percent-encoding: `%01` and `%02` are wildcards, what is encoded otherwise is the character itself, quoted.
fn decode(text: &str) -> Option<String> {
    let mut decoded = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        decoded.push_str(before);
        let (code, tail) = after.split_at_checked(2)?;
        match u8::from_str_radix(code, 16).ok()? {
            1 => decoded.push('?'),
            2 => decoded.push('*'),
            byte => {
                decoded.push('\\');
                decoded.push(char::from(byte));
            }
        }
        rest = tail;
    }
    decoded.push_str(rest);
    Some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn includes(source: &str, target: &str) -> bool {
        Name::parse(source).unwrap().includes(&Name::parse(target).unwrap())
    }

    #[test]
    fn a_name_includes_what_is_narrower() {
        assert!(includes("cpe:/o:debian:debian_linux", "cpe:/o:debian:debian_linux:12"));
        assert!(!includes("cpe:/o:debian:debian_linux:12", "cpe:/o:debian:debian_linux"));
        assert!(!includes("cpe:/o:debian:debian_linux:12", "cpe:/o:debian:debian_linux:11"));
        assert!(includes("cpe:/o:redhat:enterprise_linux:8%02", "cpe:/o:redhat:enterprise_linux:8.4"));
    }

    #[test]
    fn both_bindings_name_the_same() {
        for (uri, formatted) in [
            ("cpe:/o:debian:debian_linux:12", "cpe:2.3:o:debian:debian_linux:12:*:*:*:*:*:*:*"),
            ("cpe:/a:x:y:-", "cpe:2.3:a:x:y:-:*:*:*:*:*:*:*"),
            (
                "cpe:/a:hp:insight:7.4.0.1570:-:~~online~win2003~x64~",
                "cpe:2.3:a:hp:insight:7.4.0.1570:-:*:*:online:win2003:x64:*",
            ),
        ] {
            assert_eq!(Name::parse(uri), Name::parse(formatted), "{uri}");
        }
    }

    #[test]
    fn what_is_no_name_is_none() {
        for text in ["", "#machine", "cpe:/o:a:b:c:d:e:f:g:h", "cpe:2.3:o:debian", "cpe:/o:a%zz"] {
            assert_eq!(Name::parse(text), None, "{text}");
        }
    }
}
