//! Until when distributions give security updates: the products of <https://endoflife.date> as its API or its pages give
//! them, and Debian's and Ubuntu's own tables of <https://salsa.debian.org/debian/distro-info-data>.

use serde::Deserialize;

use super::{Feed, FeedError, Parsed};
use crate::advisory::{Lifetime, is_day};
use crate::release::Release;

/// End of life.
pub(super) const FEED: Feed = Feed { id: "end-of-life", title: "End of life of distributions", document, parse };

/// The products whose releases we know, by their name there, what stands before the colon of our keys, and whether
/// updates go on for everybody until the end of extended support.
const PRODUCTS: &[(&str, &str, bool)] = &[
    ("almalinux", "almalinux", false),
    ("alpine", "alpine", false),
    ("alpine-linux", "alpine", false),
    ("amazon-linux", "amazon", false),
    ("centos", "centos", false),
    ("debian", "debian", true),
    ("oracle-linux", "oracle", false),
    ("rhel", "rhel", false),
    ("rocky-linux", "rocky", false),
    ("sles", "sles", false),
    ("ubuntu", "ubuntu", false),
];

const HEADINGS: &str = "version,codename,series,created,release,eol";

fn document(name: &str, head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    let page = || {
        let product = permalink(&head)?;
        PRODUCTS.iter().find(|(known, ..)| *known == product).map(|(known, ..)| format!("{known}.md"))
    };
    if head.starts_with(HEADINGS) {
        return matches!(name, "debian.csv" | "ubuntu.csv").then(|| name.to_owned());
    }
    let api = head.starts_with('{') && head.contains("\"schema_version\"") && head.contains("\"eolFrom\"");
    if api { Some("products.json".to_owned()) } else { page() }
}

/// `debian` of a page that begins with front matter and says `permalink: /debian`.
fn permalink(text: &str) -> Option<&str> {
    let front = text.strip_prefix("---\n").filter(|front| front.contains("\nreleases:"))?;
    front.lines().find_map(|line| line.strip_prefix("permalink: /")).map(str::trim)
}

fn parse(bytes: &[u8]) -> Result<Parsed, FeedError> {
    let shape = |why: String| FeedError::Shape { why };
    let text = std::str::from_utf8(bytes).map_err(|error| shape(error.to_string()))?;
    let mut parsed = Parsed::default();
    if text.starts_with(HEADINGS) {
        table(text, &mut parsed)?;
    } else if let Some(product) = permalink(text) {
        page(product, text, &mut parsed);
    } else {
        api(text, &mut parsed)?;
    }
    parsed.unless_empty()
}

/// Notes until when a release gets updates; one that we do not know is none of our records.
fn note(product: &str, number: &str, until: &str, extended: &str, parsed: &mut Parsed) {
    let Some((_, system, for_everybody)) = PRODUCTS.iter().find(|(name, ..)| *name == product) else { return };
    let key = match (*system, number) {
        ("amazon", "2018.03") => "amazon:1".to_owned(),
        (system, number) => format!("{system}:{number}"),
    };
    if Release::by_key(&key).is_none() && *system != "centos" {
        return;
    }
    parsed.records += 1;
    let until = if *for_everybody && is_day(extended) { extended } else { until };
    if !is_day(until) {
        return parsed.skip(key, "the end of its support is no day");
    }
    let (package, note) = (String::new(), String::new());
    parsed.lifetimes.push(Lifetime { system: key, package, until: until.to_owned(), note });
}

/// `12,Bookworm,bookworm,2021-08-14,2023-06-10,2026-06-10,2028-06-30,2033-06-30`: Debian's table goes on with the end of
/// long-term support, Ubuntu's with that of servers.
fn table(text: &str, parsed: &mut Parsed) -> Result<(), FeedError> {
    if !text.ends_with('\n') {
        return Err(FeedError::Truncated { why: "its last line has no end".to_owned() });
    }
    let (product, extended) = if text.lines().next().is_some_and(|line| line.contains("eol-lts")) {
        ("debian", true)
    } else {
        ("ubuntu", false)
    };
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let cell = |nth: usize| cells.get(nth).copied().unwrap_or_default();
        let number = cell(0).split(' ').next().unwrap_or_default();
        // Of a release that is not out yet nothing is said.
        if !number.is_empty() && !cell(5).is_empty() {
            note(product, number, cell(5), if extended { cell(6) } else { "" }, parsed);
        }
    }
    Ok(())
}

/// The `releases` of a page's front matter: each begins with `- releaseCycle:`, and of its lines two matter.
fn page(product: &str, text: &str, parsed: &mut Parsed) {
    let Some((_, releases)) = text.split_once("\nreleases:\n") else { return };
    let releases = releases.split("\n---").next().unwrap_or_default();
    for release in releases.split("- releaseCycle:").skip(1) {
        let value = |key: &str| {
            let found = release.lines().find_map(|line| line.trim_start().strip_prefix(key));
            found.map(|value| value.split('#').next().unwrap_or_default().trim().trim_matches('"'))
        };
        let number = release.lines().next().unwrap_or_default().trim().trim_matches('"');
        let (until, extended) = (value("eol:").unwrap_or_default(), value("eoes:").unwrap_or_default());
        // `false` is a release whose end nobody has named yet.
        if until != "false" {
            note(product, number, until, extended, parsed);
        }
    }
}

#[derive(Deserialize)]
struct Products {
    result: Vec<Product>,
}

#[derive(Deserialize)]
struct Product {
    name: String,
    #[serde(default)]
    releases: Vec<ProductRelease>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ProductRelease {
    name: String,
    eol_from: Option<String>,
    eoes_from: Option<String>,
}

fn api(text: &str, parsed: &mut Parsed) -> Result<(), FeedError> {
    let products: Products = serde_json::from_str(text)?;
    for product in &products.result {
        for ProductRelease { name, eol_from, eoes_from } in &product.releases {
            if let Some(until) = eol_from {
                note(&product.name, name, until, eoes_from.as_deref().unwrap_or_default(), parsed);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "version,codename,series,created,release,eol,eol-lts,eol-elts\n\
        1.1,Buzz,buzz,1993-08-16,1996-06-17,1997-06-05\n\
        12,Bookworm,bookworm,2021-08-14,2023-06-10,2026-06-10,2028-06-30,2033-06-30\n\
        14,Forky,forky,2025-08-09\n";
    const UBUNTU: &str = "version,codename,series,created,release,eol,eol-server,eol-esm\n\
        22.04 LTS,Jammy Jellyfish,jammy,2021-10-14,2022-04-21,2027-06-01,2027-06-01,2032-04-09\n";
    const PAGE: &str = "---\ntitle: CentOS\npermalink: /centos\nreleases:\n  - releaseCycle: \"8\"\n    eol: 2021-12-31 # a\n\
        \n  - releaseCycle: \"7\"\n    eol: tomorrow\n\n  - releaseCycle: \"6\"\n    eol: false\n---\nText\n";
    const API: &str = r#"{"schema_version": "1.2.0", "total": 2, "result": [
        {"name": "alpine-linux", "releases": [{"name": "3.19", "eolFrom": "2025-11-01"}, {"name": "0.1", "eolFrom": "2000-01-01"}]},
        {"name": "debian", "releases": [{"name": "11", "eolFrom": "2024-08-14", "eoesFrom": "2026-08-31"}]},
        {"name": "go", "releases": [{"name": "1", "eolFrom": null}]}]}"#;

    fn rows(text: &str) -> Vec<(String, String)> {
        let parsed = parse(text.as_bytes()).unwrap();
        parsed.lifetimes.into_iter().map(|it| (it.system, it.until)).collect()
    }

    fn owned(rows: &[(&str, &str)]) -> Vec<(String, String)> {
        rows.iter().map(|(system, until)| ((*system).to_owned(), (*until).to_owned())).collect()
    }

    #[test]
    fn every_form_tells_until_when_everybody_gets_updates() {
        assert_eq!(rows(TABLE), owned(&[("debian:12", "2028-06-30")]));
        assert_eq!(rows(UBUNTU), owned(&[("ubuntu:22.04", "2027-06-01")]));
        assert_eq!(rows(PAGE), owned(&[("centos:8", "2021-12-31")]));
        assert_eq!(rows(API), owned(&[("alpine:3.19", "2025-11-01"), ("debian:11", "2026-08-31")]));
    }

    #[test]
    fn a_form_is_known_by_its_beginning() {
        for (name, text, wanted) in [
            ("debian.csv", TABLE, Some("debian.csv")),
            ("other.csv", TABLE, None),
            ("centos.md", PAGE, Some("centos.md")),
            ("full", API, Some("products.json")),
            ("readme.md", "---\npermalink: /go\nreleases:\n", None),
        ] {
            assert_eq!(document(name, text.as_bytes()).as_deref(), wanted, "{name}");
        }
    }

    #[test]
    fn a_table_that_is_cut_is_refused_and_an_end_that_is_no_day_is_counted() {
        assert!(matches!(parse(&TABLE.as_bytes()[..TABLE.len() - 1]), Err(FeedError::Truncated { .. })));
        assert_eq!(parse(PAGE.as_bytes()).unwrap().skipped[0].record, "centos:7");
    }
}
