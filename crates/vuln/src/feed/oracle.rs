//! Oracle Linux: <https://linux.oracle.com/security/oval/com.oracle.elsa-all.xml.bz2>, one OVAL document. It names only
//! what has a fix.

use super::{Feed, oval};
use crate::release::Release;

/// Oracle Linux.
pub(super) const FEED: Feed = Feed {
    id: "oracle-linux",
    title: "Oracle Linux OVAL",
    document: |_name, head| oval::is_of(head, "Oracle Errata System").then(|| "elsa".to_owned()),
    parse: |bytes| oval::parse(bytes, &PUBLISHER),
};

const PUBLISHER: oval::Publisher =
    oval::Publisher { releases, release_of_version: |_evr| None, advisory_prefixes: &["ELSA-"] };

/// `Oracle Linux 8 is installed`
fn releases(comment: &str, _package: &str, _version: &str) -> Vec<&'static Release> {
    let number = comment.strip_prefix("Oracle Linux ").and_then(|rest| rest.strip_suffix(" is installed"));
    number.and_then(|number| Release::by_key(&format!("oracle:{number}"))).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advisory::State;
    use crate::feed::{FeedError, Parsed};

    /// In Oracle's form, written by hand; the packages are made up.
    const DOCUMENT: &str = include_str!("oval/oracle.xml");

    fn rows(parsed: &Parsed) -> Vec<String> {
        let state = |state: &State| match state {
            State::Fixed(version) => version.as_str().to_owned(),
            other @ (State::NotAffected | State::Undetermined | State::LastAffected(_) | State::Open) => {
                format!("{other:?}")
            }
        };
        let of = parsed.advisories.iter();
        of.map(|it| {
            format!("{} {} {} {} {} {}", it.release.key, it.package, it.cve, state(&it.state), it.word, it.advisory)
        })
        .collect()
    }

    #[test]
    fn every_package_of_a_definition_is_a_statement_of_its_release_and_module() {
        let parsed = (FEED.parse)(DOCUMENT.as_bytes()).unwrap();
        assert_eq!(
            rows(&parsed),
            [
                "oracle:8 example CVE-2020-0001 1:1.2-3.el8 important ELSA-2020-0001",
                "oracle:8 example CVE-2020-0002 1:1.2-3.el8 important ELSA-2020-0001",
                "oracle:8 example@fips CVE-2020-0001 10:1.2-3.el8_fips important ELSA-2020-0001",
                "oracle:8 example@fips CVE-2020-0002 10:1.2-3.el8_fips important ELSA-2020-0001",
                "oracle:8 modular@example:1 CVE-2020-0003 0:2.0-1.module+el8 moderate ELSA-2020-0002",
                "oracle:8 broken CVE-2020-0003 Undetermined moderate, but `1/2` is not a rpm version: it holds a character \
                 that versions do not have ELSA-2020-0002",
            ]
        );
        let scores = parsed.vulnerabilities.iter().flat_map(|it| &it.scores).map(|it| it.cvss.hundredths);
        assert_eq!(scores.collect::<Vec<_>>(), [750]);
        assert_eq!((parsed.records, parsed.skipped.len()), (2, 1));
    }

    #[test]
    fn a_document_is_recognised_by_its_generator_and_a_cut_one_is_refused() {
        assert_eq!((FEED.document)("x.xml", DOCUMENT.as_bytes()).as_deref(), Some("elsa"));
        for length in (0..DOCUMENT.trim_end().len()).step_by(13) {
            assert!((FEED.parse)(&DOCUMENT.as_bytes()[..length]).is_err(), "{length}");
        }
        let deep = DOCUMENT.replacen("<criteria operator=\"AND\">", &"<criteria operator=\"AND\">".repeat(100), 1);
        assert!(matches!((FEED.parse)(deep.as_bytes()), Err(FeedError::Shape { .. })));
    }
}
