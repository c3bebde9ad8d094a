//! Windows hosts: installed updates against Microsoft's bulletins.

use std::collections::BTreeMap;

use inspector_model::host::{HostFacts, Windows};
use inspector_model::proof::{Proof, VersionComparison};
use inspector_model::{Attribute, Fact, Finding, Outcome, Reason, ReasonCode, Severity};
use inspector_vuln::database::{Corrupt, Database};
use inspector_vuln::matcher::Verdict;
use inspector_vuln::windows::{MatchedWindows, WindowsError, WindowsStatement, match_windows};

use super::{KEY, Policy, attributes, damaged, description, exploitation, needed, too_old};
use crate::Evaluation;

/// Evaluates a host that is a Windows system.
pub(super) fn judge(
    host: &HostFacts,
    windows: &Fact<Windows>,
    subject: &str,
    database: &Database,
    policy: &Policy,
    evaluation: &mut Evaluation,
) -> Result<(), Reason> {
    let facts = needed(windows, "no build of Windows")?;
    let matched = match_windows(database, own_name(host), facts).map_err(|error| unmatched(&error))?;
    let machine = Machine { subject, database, policy, facts, product: &matched.product };
    machine.write(&matched, evaluation).map_err(|corrupt| damaged(&corrupt))?;
    let documents =
        database.release("windows").and_then(|release| release.map_or(Ok(Vec::new()), |it| database.documents(it)));
    let ages = documents.map_err(|corrupt| damaged(&corrupt))?;
    let ages: Vec<_> = ages.into_iter().filter_map(|document| too_old(document, host.collected_at)).collect();
    if !ages.is_empty() {
        let outcome = Outcome::NotAssessed(Reason::new(ReasonCode::AdvisoriesStale, ages.join("; ")));
        evaluation.record(KEY, "advisories", subject, &outcome);
    }
    // Programs of others have no bulletin of Microsoft.
    let programs = host.packages.seen().map(|inventory| inventory.packages.len());
    if programs.is_some_and(|count| count > 0) {
        let detail = format!("{} installed programs: no feed names them", programs.unwrap_or_default());
        let outcome = Outcome::NotAssessed(Reason::new(ReasonCode::AdvisoriesMissing, detail));
        evaluation.record(KEY, "programs", subject, &outcome);
    }
    Ok(())
}

/// Why nothing of a Windows host can be judged, if that is so.
pub(super) fn unmatched_host(host: &HostFacts, windows: &Fact<Windows>, database: &Database) -> Option<Reason> {
    let facts = match needed(windows, "no build of Windows") {
        Ok(facts) => facts,
        Err(reason) => return Some(reason),
    };
    match_windows(database, own_name(host), facts).err().map(|error| unmatched(&error))
}

fn own_name(host: &HostFacts) -> &str {
    host.os.seen().map(|os| os.pretty_name.as_str()).unwrap_or_default()
}

fn unmatched(error: &WindowsError) -> Reason {
    match error {
        WindowsError::UnknownBuild(_) => Reason::new(ReasonCode::UnsupportedOs, error.to_string()),
        WindowsError::NoAdvisories(_) => Reason::new(ReasonCode::AdvisoriesMissing, error.to_string()),
        WindowsError::Corrupt(corrupt) => damaged(corrupt),
    }
}

struct Machine<'a> {
    subject: &'a str,
    database: &'a Database,
    policy: &'a Policy,
    facts: &'a Windows,
    product: &'a str,
}

impl Machine<'_> {
    /// One row per CVE, and a finding where an update is missing.
    fn write(&self, matched: &MatchedWindows<'_>, evaluation: &mut Evaluation) -> Result<(), Corrupt> {
        let mut by_cve: BTreeMap<u32, Vec<&WindowsStatement<'_>>> = BTreeMap::new();
        for statement in &matched.statements {
            by_cve.entry(statement.entry.cve).or_default().push(statement);
        }
        for (cve, statements) in by_cve {
            let id = self.database.cve_id(cve)?;
            let worst = statements.iter().map(|it| it.verdict).max().unwrap_or(Verdict::Undetermined);
            match worst {
                Verdict::NotAffected => evaluation.record(KEY, id, self.subject, &Outcome::Pass),
                Verdict::Undetermined => {
                    let outcome =
                        Outcome::NotAssessed(Reason::new(ReasonCode::Undetermined, undetermined(&statements)));
                    evaluation.record(KEY, id, self.subject, &outcome);
                }
                Verdict::Affected => evaluation.fail(self.finding(cve, id, &statements)?),
            }
        }
        Ok(())
    }

    fn finding(&self, cve: u32, id: &str, statements: &[&WindowsStatement<'_>]) -> Result<Finding, Corrupt> {
        let affected = || statements.iter().filter(|it| it.verdict == Verdict::Affected);
        let mut comparisons: Vec<_> = affected().map(|it| self.comparison(it)).collect();
        comparisons.sort();
        comparisons.dedup();
        let chosen = self.policy.severities.choose(&self.database.all_scores(cve)?, None);
        // Where nobody scored it, Microsoft's own word stands in, as an advisory's does on Amazon Linux.
        let word = affected().map(|it| bulletin_severity(it.entry.word)).max().unwrap_or(Severity::Undefined);
        let scored = chosen.severity != Severity::Undefined;
        let bulletins = (word != Severity::Undefined).then(|| "microsoft".to_owned());
        let (severity, source) = if scored { (chosen.severity, chosen.other_source) } else { (word, bulletins) };
        let (scores, _) = self.database.scores(cve)?;
        let mut attributes = attributes(id, self.subject, &scores, &comparisons);
        attributes.extend(source.map(|source| Attribute::new("SEVERITY_SOURCE", source)));
        attributes.extend(exploitation(self.database, cve)?);
        let updates: Vec<_> = comparisons.iter().map(|it| it.advisory.as_str()).collect();
        let updates = updates.join(" or ");
        Ok(Finding {
            package: KEY,
            rule: id.to_owned(),
            subject: self.subject.to_owned(),
            severity,
            title: format!("Instance {} is vulnerable to {id}", self.subject),
            description: description(self.database, cve, id)?,
            recommendation: format!(
                "Install the update {updates}, or a later one that supersedes it. For more information see \
                 https://cve.mitre.org/cgi-bin/cvename.cgi?name={id}"
            ),
            attributes,
            proof: Proof::Packages { comparisons },
        })
    }

    /// The build that lacks an update, in the place of a version.
    fn comparison(&self, statement: &WindowsStatement<'_>) -> VersionComparison {
        let entry = &statement.entry;
        let revision = self.facts.revision.map(|revision| format!(".{revision}")).unwrap_or_default();
        let version = format!("{}.{}{revision}", self.facts.version, self.facts.build);
        VersionComparison {
            name: statement.product.to_owned(),
            version: version.clone(),
            source: self.product.to_owned(),
            source_version: version,
            fixed_version: Some(entry.advisory.to_owned()),
            status: format!("{} is not installed, nor what supersedes it; {}", entry.advisory, entry.word),
            advisory: entry.advisory.to_owned(),
            feed: entry.document.line(),
            at: self.facts.updates.first().map(|update| update.at.clone()),
        }
    }
}

/// Why nobody knows whether a host is affected.
fn undetermined(statements: &[&WindowsStatement<'_>]) -> String {
    let of = statements.iter().find(|it| it.verdict == Verdict::Undetermined);
    match of {
        Some(it) if it.entry.advisory.is_empty() => format!("no bulletin names the update for `{}`", it.product),
        Some(it) => format!("nothing tells whether `{}` is installed, and {} is not", it.product, it.entry.advisory),
        None => "nobody has determined whether the product is affected".to_owned(),
    }
}

/// Microsoft's words.
fn bulletin_severity(word: &str) -> Severity {
    match word {
        "critical" | "important" => Severity::High,
        "moderate" => Severity::Medium,
        "low" => Severity::Low,
        _ => Severity::Undefined,
    }
}
