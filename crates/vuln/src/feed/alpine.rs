//! Alpine's security database, <https://secdb.alpinelinux.org/>, one document per release and repository:
//! `{distroversion, reponame, packages: [{pkg: {name, secfixes: {version: [id]}}}]}`; until 2020 the same as YAML.
//!
//! It names only what has a fix. Version `0` says that the package was never affected.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::{Feed, FeedError, Parsed, wolfi};
use crate::advisory::{Advisory, State, Version, is_cve_id};
use crate::release::Release;

/// Alpine's security database.
pub(super) const FEED: Feed = Feed { id: "alpine-secdb", title: "Alpine security database", document, parse };

/// `v3.19-main`; both keys may stand at the end, so files are read by their beginning or by their name.
fn document(name: &str, head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    if !head.contains("secfixes") || wolfi::publisher(&head).is_some() {
        return None;
    }
    let value = |key: &str| {
        let (_, rest) = head.split_once(key)?;
        let rest = rest.trim_start_matches(['"', ':', ' ']);
        rest.split(['"', '\n', '\r']).next().map(str::to_owned).filter(|value| plain(value))
    };
    let (version, repository) = (value("distroversion"), value("reponame"));
    match (version, repository) {
        (Some(version), Some(repository)) => Some(format!("{version}-{repository}")),
        (Some(_) | None, _) => {
            let stem = name.split_once(".json").map_or(name, |(stem, _)| stem);
            let named = head.contains("\"pkg\"") && plain(stem);
            named.then(|| stem.to_owned())
        }
    }
}

fn plain(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    (1..=40).contains(&text.len()) && text.bytes().all(allowed)
}

#[derive(Deserialize)]
struct Database {
    distroversion: String,
    packages: Vec<Item>,
}

#[derive(Deserialize)]
pub(super) struct Item {
    pkg: Package,
}

#[derive(Deserialize)]
pub(super) struct Package {
    name: String,
    /// Versions to ids; an empty list stands for nothing.
    #[serde(default)]
    secfixes: Value,
}

fn parse(bytes: &[u8]) -> Result<Parsed, FeedError> {
    let database =
        if bytes.trim_ascii_start().starts_with(b"{") { serde_json::from_slice(bytes)? } else { yaml(bytes)? };
    let number = database.distroversion.trim_start_matches('v');
    let release = Release::by_key(&format!("alpine:{number}")).ok_or_else(|| FeedError::Shape {
        why: format!("`{}` is no known release", database.distroversion.chars().take(40).collect::<String>()),
    })?;
    parse_packages(release, &database.packages)
}

/// Reads the packages of a database of one release.
pub(super) fn parse_packages(release: &'static Release, packages: &[Item]) -> Result<Parsed, FeedError> {
    let mut parsed = Parsed::default();
    for Item { pkg } in packages {
        match &pkg.secfixes {
            Value::Object(fixes) => {
                fixes.iter().for_each(|(version, ids)| read(release, &pkg.name, version, ids, &mut parsed));
            }
            Value::Null => {}
            Value::Array(list) if list.is_empty() => {}
            Value::Array(_) | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                parsed.records += 1;
                parsed.skip(&pkg.name, "its fixes are no table");
            }
        }
    }
    parsed.unless_empty()
}

/// One version of one package, with everything it fixes. A record is one entry of its list.
fn read(release: &'static Release, name: &str, version: &str, ids: &Value, parsed: &mut Parsed) {
    // The feed writes an empty list also as `{}` and as null.
    let entries = ids.as_array().map(Vec::as_slice).unwrap_or_default();
    for entry in entries {
        parsed.records += 1;
        let text = entry.as_str().unwrap_or_default();
        // An entry may hold several ids and remarks: `CVE-2017-2616 (+ regression fix)`.
        let mut cves = text.split([' ', ',', '(', ')', '\u{a0}']).filter(|word| is_cve_id(word)).peekable();
        if cves.peek().is_none() {
            parsed.skip(format!("{name} {version} {}", text.chars().take(60).collect::<String>()), "it names no CVE");
        }
        for cve in cves {
            let (state, word) = match version {
                "0" => (State::NotAffected, "not affected".to_owned()),
                _ => match Version::parse(release, version) {
                    Ok(version) => (State::Fixed(version), "fixed".to_owned()),
                    Err(error) => {
                        parsed.skip(format!("{name} {cve}"), error.to_string());
                        (State::Undetermined, format!("fixed, but {error}"))
                    }
                },
            };
            let (package, cve) = (name.to_owned(), cve.to_owned());
            parsed.advisories.push(Advisory {
                release,
                package,
                cve,
                introduced: None,
                state,
                word,
                advisory: String::new(),
            });
        }
    }
}

/// Reads the YAML that the database was kept in: one form, line by line. What is written otherwise is refused.
fn yaml(bytes: &[u8]) -> Result<Database, FeedError> {
    let text = std::str::from_utf8(bytes).map_err(|error| FeedError::Shape { why: error.to_string() })?;
    let mut database = Database { distroversion: String::new(), packages: Vec::new() };
    let mut fixes: BTreeMap<usize, serde_json::Map<String, Value>> = BTreeMap::new();
    let mut version = String::new();
    for line in text.lines().map(|line| line.split(" #").next().unwrap_or(line).trim()) {
        let last = database.packages.len();
        let unquote = |text: &str| text.trim().trim_matches(['"', '\'']).to_owned();
        if line.is_empty() || line.starts_with('#') || line == "---" || line == "secfixes:" || line == "packages:" {
            continue;
        } else if line == "- pkg:" {
            database.packages.push(Item { pkg: Package { name: String::new(), secfixes: Value::Null } });
        } else if let Some(id) = line.strip_prefix('-').filter(|_| last > 0) {
            let of_package = fixes.entry(last - 1).or_default();
            let list = of_package.entry(version.clone()).or_insert_with(|| Value::Array(Vec::new()));
            list.as_array_mut().into_iter().for_each(|list| list.push(Value::String(unquote(id))));
        } else if let Some(name) = line.strip_prefix("name:") {
            database.packages.last_mut().into_iter().for_each(|item| item.pkg.name = unquote(name));
        } else if let Some(release) = line.strip_prefix("distroversion:") {
            database.distroversion = unquote(release);
        } else if let Some(key) = line.strip_suffix(':').filter(|_| last > 0) {
            version = unquote(key);
        } else if last > 0 {
            return Err(FeedError::Shape { why: format!("`{}`", line.chars().take(60).collect::<String>()) });
        }
    }
    for (nth, of_package) in fixes {
        database
            .packages
            .get_mut(nth)
            .into_iter()
            .for_each(|item| item.pkg.secfixes = Value::Object(of_package.clone()));
    }
    if database.packages.is_empty() {
        return Err(FeedError::Empty);
    }
    Ok(database)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In the database's two forms, written by hand; the package is made up.
    const JSON: &str = include_str!("alpine.json");
    const YAML: &str = include_str!("alpine.yaml");

    #[test]
    fn both_forms_say_the_same() {
        let (json, yaml) = (parse(JSON.as_bytes()).unwrap(), parse(YAML.as_bytes()).unwrap());
        let sorted = |mut parsed: Parsed| {
            parsed.advisories.sort_by_key(|it| (it.package.clone(), it.cve.clone()));
            parsed.skipped.sort_by_key(|it| it.record.clone());
            parsed
        };
        assert_eq!(sorted(json), sorted(yaml));
        for text in [JSON, YAML] {
            assert_eq!(document("main.json", text.as_bytes()).as_deref(), Some("v3.19-main"));
        }
        assert_eq!(document("main.json", br#"{"packages":[{"pkg":{"secfixes":"#).as_deref(), Some("main"));
        assert_eq!(document("x", b"{\"a\":1}"), None);
    }

    #[test]
    fn every_id_of_an_entry_counts_and_version_0_is_not_affected() {
        let parsed = parse(JSON.as_bytes()).unwrap();
        let fixed = |text| State::Fixed(Version::parse(Release::by_key("alpine:3.19").unwrap(), text).unwrap());
        for (cve, state) in [
            ("CVE-2020-0001", fixed("1.2-r3")),
            ("CVE-2020-0002", fixed("1.2-r3")),
            ("CVE-2020-0003", State::NotAffected),
            ("CVE-2020-0004", State::Undetermined),
        ] {
            assert_eq!(parsed.advisories.iter().find(|it| it.cve == cve).map(|it| &it.state), Some(&state), "{cve}");
        }
        let skipped: Vec<_> = parsed.skipped.iter().map(|problem| problem.record.as_str()).collect();
        assert_eq!(skipped, ["example 1.2-r3 XSA-1", "example CVE-2020-0004"]);
        assert_eq!(parsed.records, 5);
    }

    #[test]
    fn an_unknown_release_is_refused_by_name() {
        let error = parse(JSON.replace("v3.19", "v9.9").as_bytes()).unwrap_err();
        assert!(error.to_string().contains("v9.9"), "{error}");
    }

    #[test]
    fn a_json_file_cut_anywhere_is_an_error() {
        for length in 0..JSON.trim_end().len() {
            assert!(parse(&JSON.as_bytes()[..length]).is_err(), "{length}");
        }
    }
}
