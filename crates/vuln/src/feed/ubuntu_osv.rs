//! Ubuntu's CVEs in the form of OSV, <https://security-metadata.canonical.com/osv/osv-all.tar.xz>: one `UBUNTU-CVE-…` file
//! per CVE with every source package that is affected; what is not affected, and what a release does not have, is left out.
//!
//! It is another form of what [`super::ubuntu`] reads, so it is the same document of the same feed: the newer of the two
//! is in force. Notices (`USN-…`) say the same once more and are passed over.

use std::collections::BTreeMap;

use super::osv::{Affected, Record, state};
use super::{Feed, FeedError, Parsed, archive, ubuntu};
use crate::advisory::{Advisory, NEEDS_UBUNTU_PRO, Score, ScoreSource, State, Vulnerability, is_cve_id};
use crate::cvss;
use crate::release::Release;

/// Ubuntu's CVEs as OSV.
pub(super) const FEED: Feed = Feed { id: ubuntu::FEED.id, title: "Ubuntu OSV", document, parse };

const PREFIX: &str = "UBUNTU-";

fn document(_name: &str, head: &[u8]) -> Option<String> {
    archive::has_member(head, "UBUNTU-CVE-").then(|| ubuntu::DOCUMENT.to_owned())
}

fn parse(bytes: &[u8]) -> Result<Parsed, FeedError> {
    let mut parsed = Parsed::default();
    archive::each_file(bytes, &mut |name, content| {
        if !name.starts_with("UBUNTU-CVE-") {
            return;
        }
        parsed.records += 1;
        match serde_json::from_slice::<Record>(content) {
            Ok(record) => read(&record, &mut parsed),
            Err(error) => parsed.skip(name, error.to_string()),
        }
    })?;
    parsed.unless_empty()
}

/// What stands about one package of one release: of the release itself, and of Ubuntu Pro.
#[derive(Default)]
struct Said {
    own: Option<State>,
    subscribers: Option<State>,
}

fn read(record: &Record, parsed: &mut Parsed) {
    if record.withdrawn.is_some() {
        return;
    }
    let Some(cve) = record.id.strip_prefix(PREFIX).filter(|id| is_cve_id(id)) else {
        return parsed.skip(&record.id, "this is no CVE id");
    };
    let priority = record.severity.iter().find(|it| it.kind == "Ubuntu").map(|it| it.score.as_str());
    let mut said: BTreeMap<(&str, &str), Said> = BTreeMap::new();
    for affected in &record.affected {
        let Some((release, pro)) = release(&affected.package.ecosystem) else { continue };
        let entry = said.entry((release.key, affected.package.name.as_str())).or_default();
        let place = if pro { &mut entry.subscribers } else { &mut entry.own };
        let found = state_of(affected, release, cve, parsed);
        // Two entries about one package: the worse one holds.
        *place = place.take().max(Some(found));
    }
    for ((key, package), said) in said {
        let Some(release) = Release::by_key(key) else { continue };
        let (state, word) = said.state();
        let word = priority.map_or_else(|| word.clone(), |priority| format!("{word}, {priority}"));
        parsed.advisories.push(Advisory {
            release,
            package: package.to_owned(),
            cve: cve.to_owned(),
            introduced: None,
            state,
            word,
            advisory: String::new(),
        });
    }
    let scores = record.severity.iter().filter(|it| it.kind.starts_with("CVSS")).filter_map(|it| {
        let (version, cvss) = cvss::score(&it.score).ok()?;
        Some(Score { source: ScoreSource::Vendor, version, cvss })
    });
    let mut scores: Vec<Score> = scores.collect();
    scores.dedup();
    let description = record.details.clone();
    parsed.vulnerabilities.push(Vulnerability { cve: cve.to_owned(), description, scores, ..Vulnerability::default() });
}

fn state_of(affected: &Affected, release: &Release, cve: &str, parsed: &mut Parsed) -> State {
    state(affected, release).unwrap_or_else(|why| {
        parsed.skip_part(format!("{} {cve} {}", affected.package.name, release.key), why);
        State::Undetermined
    })
}

/// `Ubuntu:22.04:LTS`, `Ubuntu:25.10`, and with `true` `Ubuntu:Pro:16.04:LTS`. Ecosystems of FIPS and real-time builds speak
/// of other packages under the same names.
fn release(ecosystem: &str) -> Option<(&'static Release, bool)> {
    let rest = ecosystem.strip_prefix("Ubuntu:")?;
    let (rest, pro) = rest.strip_prefix("Pro:").map_or((rest, false), |rest| (rest, true));
    let number = rest.strip_suffix(":LTS").unwrap_or(rest);
    Some((Release::by_key(&format!("ubuntu:{number}"))?, pro))
}

impl Said {
    /// The release's own fix settles the matter; else a fix for subscribers; else the worst.
    fn state(self) -> (State, String) {
        let subscribers = match self.subscribers {
            Some(fixed @ State::Fixed(_)) if !matches!(self.own, Some(State::Fixed(_))) => {
                return (fixed, format!("released in Ubuntu Pro only ({NEEDS_UBUNTU_PRO})"));
            }
            other => other,
        };
        let state = match self.own {
            Some(fixed @ State::Fixed(_)) => fixed,
            own => own.max(subscribers).unwrap_or(State::Undetermined),
        };
        let word = match &state {
            State::Fixed(_) => "released",
            State::Undetermined => "its versions make no sense",
            State::NotAffected | State::LastAffected(_) | State::Open => "no fix yet",
        };
        (state, word.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::archive::tar;

    fn affected(ecosystem: &str, name: &str, events: &str) -> String {
        format!(
            r#"{{"package": {{"ecosystem": "{ecosystem}", "name": "{name}"}}, "ranges": [{{"type": "ECOSYSTEM",
            "events": [{{"introduced": "0"}}{events}]}}]}}"#
        )
    }

    fn fixed(version: &str) -> String {
        format!(r#", {{"fixed": "{version}"}}"#)
    }

    fn record(id: &str, more: &str, affected: &[String]) -> String {
        format!(
            r#"{{"id": "{id}", "details": "Made up.", {more} "severity": [{{"type": "CVSS_V3",
            "score": "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:H"}}, {{"type": "Ubuntu", "score": "low"}}],
            "affected": [{}]}}"#,
            affected.join(",")
        )
    }

    fn rows(parsed: &Parsed) -> Vec<String> {
        let row = |it: &Advisory| {
            let state = match &it.state {
                State::Fixed(version) => version.as_str().to_owned(),
                state @ (State::NotAffected | State::Undetermined | State::LastAffected(_) | State::Open) => {
                    format!("{state:?}")
                }
            };
            format!("{} {} {} | {state} | {}", it.release.key, it.package, it.cve, it.word)
        };
        parsed.advisories.iter().map(row).collect()
    }

    #[test]
    fn a_fix_of_the_release_stands_and_one_for_subscribers_is_told_as_such() {
        let text = record(
            "UBUNTU-CVE-2020-0001",
            "",
            &[
                affected("Ubuntu:22.04:LTS", "both", &fixed("1.0-1ubuntu1")),
                affected("Ubuntu:Pro:22.04:LTS", "both", &fixed("1.0-1ubuntu1+esm1")),
                affected("Ubuntu:20.04:LTS", "later", ""),
                affected("Ubuntu:Pro:20.04:LTS", "later", &fixed("1.0-1ubuntu0.1~esm1")),
                affected("Ubuntu:25.10", "open", ""),
                affected("Ubuntu:Pro:14.04:LTS", "subscribers", ""),
                affected("Ubuntu:22.04:LTS", "strange", &(fixed("1.0") + r#", {"introduced": "2.0"}"#)),
                affected("Ubuntu:Pro:FIPS-updates:20.04:LTS", "both", ""),
                affected("Ubuntu:6.06:LTS", "both", ""),
            ],
        );
        let parsed = parse(&tar(&[("osv/cve/2020/UBUNTU-CVE-2020-0001.json", &text)])).unwrap();
        assert_eq!(
            rows(&parsed),
            [
                "ubuntu:14.04 subscribers CVE-2020-0001 | Open | no fix yet, low",
                "ubuntu:20.04 later CVE-2020-0001 | 1.0-1ubuntu0.1~esm1 | released in Ubuntu Pro only (Ubuntu Pro), low",
                "ubuntu:22.04 both CVE-2020-0001 | 1.0-1ubuntu1 | released, low",
                "ubuntu:22.04 strange CVE-2020-0001 | Undetermined | its versions make no sense, low",
                "ubuntu:25.10 open CVE-2020-0001 | Open | no fix yet, low",
            ]
        );
        assert_eq!(parsed.vulnerabilities[0].scores.len(), 1);
        assert_eq!(parsed.skipped[0].record, "strange CVE-2020-0001 ubuntu:22.04");
    }

    #[test]
    fn what_is_withdrawn_vanishes_and_what_is_no_cve_is_counted() {
        let open = [affected("Ubuntu:22.04:LTS", "a", "")];
        let withdrawn = record("UBUNTU-CVE-2020-0001", r#""withdrawn": "2025-01-01T00:00:00Z","#, &open);
        let files = [
            ("UBUNTU-CVE-2020-0001.json", withdrawn.as_str()),
            ("UBUNTU-CVE-2020-NNN2.json", &record("UBUNTU-CVE-2020-NNN2", "", &open)),
            ("UBUNTU-CVE-2020-0003.json", &record("UBUNTU-CVE-2020-0003", "", &open)),
            ("USN-1-1.json", "no record of ours"),
        ];
        let parsed = parse(&tar(&files)).unwrap();
        assert_eq!(rows(&parsed), ["ubuntu:22.04 a CVE-2020-0003 | Open | no fix yet, low"]);
        assert_eq!((parsed.records, parsed.skipped.len()), (3, 1));
    }

    #[test]
    fn both_forms_are_one_document() {
        let osv = tar(&[("osv/cve/2020/UBUNTU-CVE-2020-0001.json", "{}")]);
        let tracker = tar(&[("active/CVE-2020-0001", "")]);
        assert_eq!(document("osv-all.tar", &osv), (ubuntu::FEED.document)("x.tar", &tracker));
        assert_eq!(document("osv-all.tar", &tracker), None);
    }
}
