//! Red Hat's statements on vulnerabilities as CSAF VEX, one file per CVE in an archive:
//! <https://security.access.redhat.com/data/csaf/v2/vex/> (`archive_latest.txt` names the newest).
//!
//! A product is a platform, known by its CPE, and a component of it, known by its package URL. Only the plain releases
//! of Red Hat Enterprise Linux are read: a fix for those who subscribe to extended support reaches nobody else.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{Feed, FeedError, Parsed, archive};
use crate::advisory::{Advisory, Score, ScoreSource, State, Version, Vulnerability, is_cve_id};
use crate::cvss;
use crate::release::Release;
use crate::stream;

/// Red Hat.
pub(super) const FEED: Feed = Feed { id: "redhat", title: "Red Hat CSAF VEX", document, parse };

fn document(_name: &str, head: &[u8]) -> Option<String> {
    let known = archive::has_member(head, "cve-") && String::from_utf8_lossy(head).contains("\"csaf_vex\"");
    known.then(|| "vex".to_owned())
}

#[derive(Deserialize)]
struct Document {
    product_tree: Tree,
    #[serde(default)]
    vulnerabilities: Vec<Statement>,
}

#[derive(Deserialize)]
struct Tree {
    #[serde(default)]
    branches: Vec<Branch>,
    #[serde(default)]
    relationships: Vec<Relationship>,
}

#[derive(Deserialize)]
struct Branch {
    #[serde(default)]
    branches: Vec<Branch>,
    product: Option<Product>,
}

#[derive(Deserialize)]
struct Product {
    product_id: String,
    #[serde(default)]
    product_identification_helper: Identification,
}

#[derive(Deserialize, Default)]
struct Identification {
    cpe: Option<String>,
    purl: Option<String>,
}

#[derive(Deserialize)]
struct Relationship {
    full_product_name: Named,
    product_reference: String,
    relates_to_product_reference: String,
}

#[derive(Deserialize)]
struct Named {
    product_id: String,
}

#[derive(Deserialize)]
struct Statement {
    cve: Option<String>,
    title: Option<String>,
    #[serde(default)]
    product_status: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    remediations: Vec<Remediation>,
    #[serde(default)]
    scores: Vec<Scored>,
    #[serde(default)]
    threats: Vec<Threat>,
}

#[derive(Deserialize)]
struct Remediation {
    category: String,
    #[serde(default)]
    details: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    product_ids: Vec<String>,
}

#[derive(Deserialize)]
struct Scored {
    cvss_v3: Option<Vector>,
    cvss_v2: Option<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    #[serde(rename = "vectorString")]
    vector: String,
}

#[derive(Deserialize)]
struct Threat {
    category: String,
    #[serde(default)]
    details: String,
}

fn parse(bytes: &[u8]) -> Result<Parsed, FeedError> {
    let mut parsed = Parsed::default();
    archive::each_file(bytes, &mut |name, content| {
        if !name.ends_with(".json") {
            return;
        }
        parsed.records += 1;
        match serde_json::from_slice::<Document>(content) {
            Ok(document) => read(name, &document, &mut parsed),
            Err(error) => parsed.skip(name, error.to_string()),
        }
    })?;
    parsed.unless_empty()
}

/// How deep branches nest at most.
const MAX_DEPTH: usize = 16;

/// Products and their parts by id.
#[derive(Default)]
struct Products<'a> {
    identified: BTreeMap<&'a str, &'a Identification>,
    /// Component and platform of a product that is a part of another.
    parts: BTreeMap<&'a str, (&'a str, &'a str)>,
}

impl<'a> Products<'a> {
    fn of(tree: &'a Tree) -> Self {
        let mut products = Self::default();
        tree.branches.iter().for_each(|branch| products.add(branch, 0));
        for it in &tree.relationships {
            let parts = (it.product_reference.as_str(), it.relates_to_product_reference.as_str());
            products.parts.insert(&it.full_product_name.product_id, parts);
        }
        products
    }

    fn add(&mut self, branch: &'a Branch, depth: usize) {
        if let Some(product) = &branch.product {
            self.identified.insert(&product.product_id, &product.product_identification_helper);
        }
        if depth < MAX_DEPTH {
            branch.branches.iter().for_each(|branch| self.add(branch, depth + 1));
        }
    }

    /// The release and the component that a product is; `None` where it is of another product line, or a source package.
    fn resolve(&self, id: &'a str) -> Option<(&'static Release, Component<'a>)> {
        let (component, platform) = self.parts.get(id)?;
        // A package may be a part of a module that is a part of the platform.
        let (module, platform) = match self.parts.get(platform) {
            Some((module, platform)) => (Some(*module), *platform),
            None => (None, *platform),
        };
        let release = release(self.identified.get(platform)?.cpe.as_deref()?)?;
        let purl = self.identified.get(component).and_then(|it| it.purl.as_deref());
        let mut component = Component::of(component, purl)?;
        component.module = component.module.or_else(|| module.and_then(module_stream));
        Some((release, component))
    }
}

/// `cpe:/o:redhat:enterprise_linux:8::baseos` is Red Hat Enterprise Linux 8.
fn release(cpe: &str) -> Option<&'static Release> {
    let mut parts = cpe.split(':');
    let product = (parts.nth(2)?, parts.next()?);
    let number = parts.next()?.split('.').next()?;
    (product == ("redhat", "enterprise_linux")).then(|| Release::by_key(&format!("rhel:{number}"))).flatten()
}

/// `nodejs:18` of `nodejs:18:8060020220101:abc`.
fn module_stream(label: &str) -> Option<String> {
    let mut parts = label.split(':');
    let (name, stream) = (parts.next()?, parts.next()?);
    (!name.is_empty() && !stream.is_empty()).then(|| format!("{name}:{stream}"))
}

/// A package, with the version of a build or without.
struct Component<'a> {
    name: String,
    evr: Option<String>,
    module: Option<String>,
    id: &'a str,
}

impl<'a> Component<'a> {
    fn of(id: &'a str, purl: Option<&str>) -> Option<Self> {
        let Some(purl) = purl else {
            // `openssl`, or `nodejs:18/nodejs` of a module.
            let (module, name) = id.split_once('/').map_or((None, id), |(module, name)| (module_stream(module), name));
            let plain = !name.ends_with(".src") && !name.contains([':', '@']);
            return plain.then(|| Self { name: name.to_owned(), evr: None, module, id });
        };
        let (path, query) = purl.strip_prefix("pkg:rpm/redhat/")?.split_once('?').unwrap_or((purl, ""));
        let path = path.strip_prefix("pkg:rpm/redhat/").unwrap_or(path);
        let qualifier = |key: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(name, _)| *name == key).map(|(_, value)| decode(value))
        };
        if qualifier("arch").is_some_and(|arch| arch == "src") {
            return None;
        }
        let (name, version) =
            path.split_once('@').map_or((path, None), |(name, version)| (name, Some(decode(version))));
        let epoch = qualifier("epoch").unwrap_or_else(|| "0".to_owned());
        let evr = version.map(|version| format!("{epoch}:{version}"));
        let module = qualifier("rpmmod").and_then(|label| module_stream(&label));
        Some(Self { name: decode(name), evr, module, id })
    }
}

/// Undoes the escapes of a package URL.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let escaped = (*first == b'%').then(|| tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok())).flatten();
        match escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn read(name: &str, document: &Document, parsed: &mut Parsed) {
    let products = Products::of(&document.product_tree);
    for statement in &document.vulnerabilities {
        match statement.cve.as_deref().filter(|cve| is_cve_id(cve)) {
            Some(cve) => write(cve, statement, &products, parsed),
            None => parsed.skip_part(name, "a statement of it names no CVE"),
        }
    }
}

fn write(cve: &str, statement: &Statement, products: &Products<'_>, parsed: &mut Parsed) {
    let impact = statement.threats.iter().find(|it| it.category == "impact").map(|it| it.details.to_lowercase());
    let impact = impact.unwrap_or_default();
    let mut rows = BTreeSet::new();
    for (status, ids) in &statement.product_status {
        for id in ids {
            let Some((release, component)) = products.resolve(id) else { continue };
            let Some((state, word)) = state(status, release, &component, statement, id, cve, parsed) else { continue };
            let package = match &component.module {
                Some(module) => stream::name(&component.name, module),
                None => component.name.clone(),
            };
            let word = if impact.is_empty() { word } else { format!("{word}, {impact}") };
            rows.insert((release.key, package, state, word, advisory(statement, id)));
        }
    }
    for (key, package, state, word, advisory) in rows {
        let Some(release) = Release::by_key(key) else { continue };
        let (cve, introduced) = (cve.to_owned(), None);
        parsed.advisories.push(Advisory { release, package, cve, introduced, state, word, advisory });
    }
    let vectors = statement.scores.iter().flat_map(|it| [&it.cvss_v3, &it.cvss_v2]).flatten();
    let mut scores: Vec<Score> = Vec::new();
    for (version, cvss) in vectors.filter_map(|it| cvss::score(&it.vector).ok()) {
        let score = Score { source: ScoreSource::Vendor, version, cvss };
        if !scores.contains(&score) {
            scores.push(score);
        }
    }
    let description = statement.title.clone().unwrap_or_default();
    parsed.vulnerabilities.push(Vulnerability { cve: cve.to_owned(), description, scores, ..Vulnerability::default() });
}

/// What a status says about a component, and Red Hat's own word; `None` where it says nothing about other builds.
fn state(
    status: &str,
    release: &'static Release,
    component: &Component<'_>,
    statement: &Statement,
    id: &str,
    cve: &str,
    parsed: &mut Parsed,
) -> Option<(State, String)> {
    Some(match (status, &component.evr) {
        ("fixed", Some(evr)) => match Version::parse(release, evr) {
            Ok(version) => (State::Fixed(version), "fixed".to_owned()),
            Err(error) => {
                parsed.skip_part(format!("{cve} {}", component.id), error.to_string());
                (State::Undetermined, format!("fixed, but {error}"))
            }
        },
        ("known_affected", _) => (State::Open, remedy(statement, id)),
        ("under_investigation", _) => (State::Undetermined, "under investigation".to_owned()),
        ("known_not_affected", None) => (State::NotAffected, "not affected".to_owned()),
        // What stands here with a version is one build of an update that mends something else.
        _ => return None,
    })
}

/// Why there is no fix: `will not fix`, `out of support scope`, `fix deferred`, `affected`.
fn remedy(statement: &Statement, id: &str) -> String {
    let of = |it: &&Remediation| {
        matches!(it.category.as_str(), "none_available" | "no_fix_planned") && it.product_ids.iter().any(|it| it == id)
    };
    let details = statement.remediations.iter().find(of).map(|it| it.details.to_lowercase());
    details.filter(|word| word.len() <= 40).unwrap_or_else(|| "affected".to_owned())
}

/// `RHSA-2023:1234`, out of the address of the fix.
fn advisory(statement: &Statement, id: &str) -> String {
    let of = |it: &&Remediation| it.category == "vendor_fix" && it.product_ids.iter().any(|it| it == id);
    let fix = statement.remediations.iter().find(of).and_then(|it| it.url.rsplit('/').next());
    fix.filter(|id| id.starts_with("RH")).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::archive::tar;

    /// In Red Hat's form, written by hand; the packages are made up.
    const VEX: &str = include_str!("redhat.json");

    fn rows(parsed: &Parsed) -> Vec<String> {
        let state = |state: &State| match state {
            State::Fixed(version) => version.as_str().to_owned(),
            other @ (State::NotAffected | State::Undetermined | State::LastAffected(_) | State::Open) => {
                format!("{other:?}")
            }
        };
        let row = |it: &Advisory| {
            format!("{} {} {} | {} | {}", it.release.key, it.package, state(&it.state), it.word, it.advisory)
        };
        parsed.advisories.iter().map(row).collect()
    }

    #[test]
    fn every_status_of_a_plain_release_is_a_statement() {
        let archive = tar(&[("2020/cve-2020-0001.json", VEX), ("2020/cve-2020-0002.json", "{}")]);
        let parsed = parse(&archive).unwrap();
        assert_eq!(
            rows(&parsed),
            [
                "rhel:8 example 1:1.2-3.el8 | fixed, important | RHSA-2020:0001",
                "rhel:8 modular@example:1 0:2.0-1.module+el8 | fixed, important | RHSA-2020:0001",
                "rhel:9 clean NotAffected | not affected, important | ",
                "rhel:9 example Open | will not fix, important | ",
                "rhel:9 unknown Undetermined | under investigation, important | ",
            ]
        );
        assert_eq!(parsed.vulnerabilities[0].scores.len(), 1);
        let skipped: Vec<_> = parsed.skipped.iter().map(|it| it.record.as_str()).collect();
        assert_eq!((parsed.records, skipped), (2, vec!["cve-2020-0002.json"]));
        assert_eq!(document("x.tar", &archive).as_deref(), Some("vex"));
    }

    #[test]
    fn a_platform_is_a_release_by_its_cpe() {
        for (cpe, wanted) in [
            ("cpe:/o:redhat:enterprise_linux:8::baseos", Some("rhel:8")),
            ("cpe:/a:redhat:enterprise_linux:9::appstream", Some("rhel:9")),
            ("cpe:/o:redhat:enterprise_linux:10.0", Some("rhel:10")),
            ("cpe:/o:redhat:rhel_eus:9.2::baseos", None),
            ("cpe:/a:redhat:openshift:4.16::el9", None),
            ("cpe:/o:redhat", None),
        ] {
            assert_eq!(release(cpe).map(|release| release.key), wanted, "{cpe}");
        }
    }
}
