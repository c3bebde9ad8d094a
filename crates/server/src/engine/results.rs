//! From an assessment to the rows of a run: ids that a second attempt makes again, counts, the marker of a clean package.

use std::collections::BTreeMap;

use inspector_model::arn::ShortId;
use inspector_model::assessment::Assessment;
use inspector_model::coverage::{Counts, Coverage};
use inspector_model::fingerprint::fingerprint;
use inspector_model::proof::{Proof, SettingProof};
use inspector_model::{Finding, PackageKey, Place, Severity, Timestamp};
use inspector_store::exclusion::StoredExclusion;
use inspector_store::finding::{Body, StoredFinding};
use inspector_store::run::{FindingCounts, Run};
use sha2::{Digest, Sha256};

use super::inputs::Inputs;

/// The title that the original gave to the finding of a package that found nothing.
pub(crate) const NOTHING_FOUND: &str = "No potential security issues found";

/// The rows of one run.
#[derive(Debug)]
pub(super) struct Results {
    pub(super) findings: Vec<StoredFinding>,
    pub(super) exclusions: Vec<StoredExclusion>,
    pub(super) coverage: Coverage,
    pub(super) counts: FindingCounts,
}

/// The rows of `run`. The same assessment gives the same rows.
pub(super) fn of(run: &Run, inputs: &Inputs, assessment: Assessment) -> Results {
    let Assessment { findings, exclusions, coverage, completed_at, .. } = assessment;
    let mut rows = Rows { run, seen: BTreeMap::new(), at: completed_at };
    let counts = count(&findings);
    let markers: Vec<_> = coverage.parts().filter_map(|(key, part)| marker(run, key, part.counts)).collect();
    let mut stored: Vec<_> = findings.into_iter().map(|finding| rows.row(inputs, finding)).collect();
    stored.extend(markers.into_iter().map(|finding| rows.row(inputs, finding)));
    let exclusions = exclusions
        .into_iter()
        .map(|exclusion| {
            let identity = serde_json::to_string(&exclusion).unwrap_or_default();
            StoredExclusion { arn: run.arn.exclusion(ShortId::from_bytes(digest(run, &[&identity]))), exclusion }
        })
        .collect();
    Results { findings: stored, exclusions, coverage, counts }
}

struct Rows<'a> {
    run: &'a Run,
    /// How often each fingerprint was met: two findings that are told apart by nothing still are two.
    seen: BTreeMap<String, u32>,
    at: Timestamp,
}

impl Rows<'_> {
    fn row(&mut self, inputs: &Inputs, finding: Finding) -> StoredFinding {
        let fingerprint = fingerprint(&finding);
        let nth = self.seen.entry(fingerprint.clone()).or_default();
        let [_, bytes @ ..] = digest(self.run, &[&fingerprint, &nth.to_string()]);
        *nth += 1;
        let shard = shard(&finding.subject);
        StoredFinding {
            arn: self.run.arn.finding(ShortId::with_shard(shard, bytes)),
            shard,
            fingerprint,
            hidden: hidden(&finding),
            user_attributes: self.run.user_attributes.clone(),
            created_at: self.at,
            updated_at: self.at,
            body: Body { asset: inputs.asset(&finding.subject).cloned(), finding },
        }
    }
}

/// The partition of an agent, 0 to 31.
pub(crate) fn shard(agent: &str) -> u8 {
    Sha256::digest(agent.as_bytes()).first().copied().unwrap_or_default() % 32
}

fn digest(run: &Run, parts: &[&str]) -> [u8; 8] {
    let mut digest = Sha256::new();
    for part in [run.arn.to_string().as_str()].iter().chain(parts) {
        digest.update(u64::try_from(part.len()).unwrap_or_default().to_be_bytes());
        digest.update(part.as_bytes());
    }
    let bytes = digest.finalize();
    bytes.first_chunk::<8>().copied().unwrap_or_default()
}

/// CVEs that nobody has scored yet are counted and not shown, as in the original.
fn hidden(finding: &Finding) -> bool {
    finding.package == PackageKey::Cve && finding.severity == Severity::Undefined
}

fn count(findings: &[Finding]) -> FindingCounts {
    let mut counts = FindingCounts::default();
    for finding in findings {
        let cell = match finding.severity {
            _ if hidden(finding) => &mut counts.unscored,
            Severity::High => &mut counts.high,
            Severity::Medium => &mut counts.medium,
            Severity::Low => &mut counts.low,
            Severity::Informational => &mut counts.informational,
            Severity::Undefined => &mut counts.undefined,
        };
        *cell += 1;
    }
    counts
}

/// What the original wrote for a package that found nothing; here only where the package looked at everything that it
/// was asked about, and the ledger is the proof.
fn marker(run: &Run, package: PackageKey, counts: Counts) -> Option<Finding> {
    let Counts { pass, fail, not_applicable, not_assessed } = counts;
    (fail == 0 && not_assessed == 0 && pass > 0).then(|| Finding {
        package,
        rule: NOTHING_FOUND.to_owned(),
        subject: run.arn.to_string(),
        severity: Severity::Informational,
        title: NOTHING_FOUND.to_owned(),
        description: format!("{} found no potential security issue and left nothing unassessed.", package.name()),
        recommendation: "Nothing needs to be done.".to_owned(),
        attributes: Vec::new(),
        proof: Proof::Settings {
            settings: vec![SettingProof {
                setting: "pairs of rule and instance that failed or were not assessed".to_owned(),
                at: Place::whole("coverage ledger"),
                found: Some(format!("0 of {}", pass + not_applicable)),
                wanted: "0".to_owned(),
            }],
        },
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn run() -> Run {
        let arn = "arn:aws:inspector:us-east-1:000000000000:target/0-targettt/template/0-template/run/0-runrunru";
        Run {
            arn: arn.parse().unwrap(),
            name: "Run 1".into(),
            state: inspector_model::run::RunState::EvaluatingRules,
            duration: 180,
            packages: vec![PackageKey::Cve],
            user_attributes: vec![],
            created_at: Timestamp::from_millis(0),
            started_at: None,
            collect_until: None,
            completed_at: None,
            state_changed_at: Timestamp::from_millis(0),
            data_collected: true,
            counts: FindingCounts::default(),
        }
    }

    #[test]
    fn a_package_reads_as_clean_only_when_it_looked_and_left_nothing_out() {
        let counts = |pass, fail, not_assessed| Counts { pass, fail, not_applicable: 2, not_assessed };
        assert!(marker(&run(), PackageKey::Cve, counts(5, 0, 0)).is_some());
        for counts in [counts(5, 1, 0), counts(5, 0, 1), counts(0, 0, 0)] {
            assert_eq!(marker(&run(), PackageKey::Cve, counts), None, "{counts:?}");
        }
    }

    #[test]
    fn findings_that_nothing_tells_apart_are_two_and_a_second_attempt_makes_the_same_ids() {
        let run = run();
        let finding = marker(&run, PackageKey::Cve, Counts { pass: 1, ..Counts::default() }).unwrap();
        let inputs = Inputs { instances: vec![], networks: BTreeMap::new() };
        let ids = || {
            let mut rows = Rows { run: &run, seen: BTreeMap::new(), at: Timestamp::from_millis(0) };
            [rows.row(&inputs, finding.clone()).arn, rows.row(&inputs, finding.clone()).arn]
        };
        let first = ids();
        assert_ne!(first[0], first[1]);
        assert_eq!(first, ids());
    }

    #[test]
    fn an_unscored_cve_is_counted_apart_and_not_shown() {
        let mut finding = marker(&run(), PackageKey::Cve, Counts { pass: 1, ..Counts::default() }).unwrap();
        finding.severity = Severity::Undefined;
        assert!(hidden(&finding));
        assert_eq!(count(std::slice::from_ref(&finding)), FindingCounts { unscored: 1, ..Default::default() });
        finding.package = PackageKey::NetworkReachability;
        assert_eq!(count(&[finding]), FindingCounts { undefined: 1, ..Default::default() });
    }
}
