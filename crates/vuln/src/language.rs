//! Packages of languages: what advisories say about components that no package manager of a distribution installed.
//!
//! A registry, such as npm's, is a [`Release`] of its own, keyed by the type of its package URLs. Its packages are judged
//! by its own advisories alone, and those of a distribution say nothing about them.

use std::borrow::Cow;

use crate::database::{Corrupt, Database};
use crate::matcher::{PackageMatch, Statement, Unassessed};
use crate::release::Release;

/// One component, as an inventory or a bill of materials names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Component {
    /// The type of its package URL: `npm`, `pypi`, `maven`, `golang`, `cargo`, `gem` or `composer`.
    pub registry: String,
    /// Its name as the registry writes it, with its namespace: `@scope/name`, `group:artifact`, `vendor/name`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// What the database says about components.
#[derive(Debug, Default)]
pub struct MatchedComponents {
    /// Components that some advisory names; positions are those of the list.
    pub packages: Vec<PackageMatch>,
    /// Components that could not be judged.
    pub unassessed: Vec<Unassessed>,
}

impl MatchedComponents {
    /// Every statement about every judged component, in the order of the list.
    pub fn statements<'a>(&'a self, database: &'a Database) -> impl Iterator<Item = Result<Statement<'a>, Corrupt>> {
        self.packages.iter().flat_map(|found| found.statements(database))
    }
}

/// Matches components. Every one is judged, named as not judged, or named by no advisory of a registry that the database
/// speaks of.
pub fn match_components(database: &Database, components: &[Component]) -> Result<MatchedComponents, Corrupt> {
    let mut matched = MatchedComponents::default();
    let mut key = Vec::new();
    for (position, component) in components.iter().enumerate() {
        let not_judged = |why: String| Unassessed { package: position, why };
        let Some(registry) = registry(&component.registry) else {
            matched.unassessed.push(not_judged(format!("`{}` is no known registry", component.registry)));
            continue;
        };
        let Some(index) = database.release(registry.key)? else {
            let why = format!("the advisory database holds nothing about packages of `{}`", registry.key);
            matched.unassessed.push(not_judged(why));
            continue;
        };
        key.clear();
        if let Err(error) = (registry.order.append_key)(&component.version, &mut key) {
            matched.unassessed.push(not_judged(error.to_string()));
            continue;
        }
        if let Some(runs) = database.lookup(index, &normal_name(registry, &component.name), &key)? {
            matched.packages.push(PackageMatch::new(position, runs, &key));
        }
    }
    Ok(matched)
}

/// The registry whose package URLs have this type.
pub fn registry(purl_type: &str) -> Option<&'static Release> {
    Release::by_key(purl_type).filter(|release| release.is_registry())
}

/// The one spelling of a name that has several in its registry.
pub fn normal_name<'a>(registry: &Release, name: &'a str) -> Cow<'a, str> {
    match registry.key {
        // PEP 503: runs of separators are one hyphen, and letters are small.
        "pypi" => {
            let parts = name.split(['-', '_', '.']).filter(|part| !part.is_empty());
            Cow::Owned(parts.collect::<Vec<_>>().join("-").to_ascii_lowercase())
        }
        "composer" => Cow::Owned(name.to_ascii_lowercase()),
        _ => Cow::Borrowed(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advisory::{Advisory, State, Version};
    use crate::database::{Input, build};
    use crate::feed::Parsed;
    use crate::matcher::Verdict;

    fn advisory(
        registry: &str,
        package: &str,
        introduced: Option<&str>,
        state: fn(Version) -> State,
        end: &str,
    ) -> Advisory {
        let release = Release::by_key(registry).unwrap();
        let version = |text| Version::parse(release, text).unwrap();
        Advisory {
            release,
            package: package.to_owned(),
            cve: "CVE-2020-0001".to_owned(),
            introduced: introduced.map(version),
            state: state(version(end)),
            word: "high".to_owned(),
            advisory: "GHSA-1".to_owned(),
        }
    }

    fn database() -> Database {
        let advisories = vec![
            advisory("npm", "left", None, State::Fixed, "1.0.1"),
            advisory("npm", "left", Some("2.0.0"), State::Fixed, "2.3.0"),
            advisory("npm", "left", Some("3.0.0"), State::LastAffected, "3.1.0"),
            advisory("pypi", "foo-bar", Some("1.0"), State::Fixed, "2.0rc1"),
        ];
        let parsed = Parsed { records: advisories.len(), advisories, ..Parsed::default() };
        let input = Input { feed: "test", document: "d".to_owned(), sha256: String::new(), dated: None, parsed };
        Database::open(build(vec![input]).unwrap()).unwrap()
    }

    fn worst(registry: &str, name: &str, version: &str) -> Result<Option<Verdict>, String> {
        let component = Component { registry: registry.to_owned(), name: name.to_owned(), version: version.to_owned() };
        let database = database();
        let matched = match_components(&database, &[component]).unwrap();
        if let Some(unassessed) = matched.unassessed.first() {
            return Err(unassessed.why.clone());
        }
        Ok(matched.statements(&database).map(|it| it.unwrap().verdict).max())
    }

    #[test]
    fn a_component_is_affected_inside_a_range_and_not_between_two() {
        use Verdict::{Affected, NotAffected};
        for (version, wanted) in [
            ("0.0.1", Affected),
            ("1.0.0", Affected),
            ("1.0.1", NotAffected),
            ("2.0.0-rc.1", NotAffected),
            ("2.0.0", Affected),
            ("2.2.9", Affected),
            ("2.3.0", NotAffected),
            ("3.0.0", Affected),
            ("3.1.0", Affected),
            ("3.1.1-0", NotAffected),
            ("3.2.0", NotAffected),
        ] {
            assert_eq!(worst("npm", "left", version), Ok(Some(wanted)), "{version}");
        }
        assert_eq!(worst("npm", "right", "1.0.0"), Ok(None));
    }

    #[test]
    fn a_name_is_found_in_every_spelling_of_its_registry() {
        for (name, wanted) in [("Foo_Bar", true), ("foo.bar", true), ("foo-bar", true), ("foobar", false)] {
            assert_eq!(worst("pypi", name, "1.5") == Ok(Some(Verdict::Affected)), wanted, "{name}");
        }
    }

    #[test]
    fn what_cannot_be_judged_says_why_and_is_never_clean() {
        for (registry, version, why) in [
            ("hex", "1.0", "`hex` is no known registry"),
            ("debian:12", "1.0", "`debian:12` is no known registry"),
            ("gem", "1.0", "holds nothing about packages of `gem`"),
            ("npm", "latest", "`latest` is not a semver version"),
        ] {
            let error = worst(registry, "left", version).unwrap_err();
            assert!(error.contains(why), "{error}");
        }
    }
}
