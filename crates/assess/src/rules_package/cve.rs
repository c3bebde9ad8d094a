//! Common Vulnerabilities and Exposures: installed packages against the advisories of their distribution.
//!
//! One finding per (instance, CVE) with all affected packages in it (AWS user guide, "Common vulnerabilities and
//! exposures"). Every CVE that an advisory connects with an installed package has a row in the ledger.

mod components;
mod lifetime;
pub mod why_not;
mod windows;

use std::collections::BTreeMap;

use inspector_model::host::{HostFacts, Inventory, OsRelease, Package};
use inspector_model::proof::{Proof, VersionComparison};
use inspector_model::{Attribute, Fact, Finding, Outcome, PackageKey, Place, Reason, ReasonCode, Severity, Timestamp};
use inspector_vuln::advisory::{Cvss, NEEDS_UBUNTU_PRO, Score, Scores};
use inspector_vuln::database::{Corrupt, Database, Document};
use inspector_vuln::matcher::{Host, MatchError, Matched, Statement, Verdict, compared, match_host};
use inspector_vuln::release::Release;
use inspector_vuln::severity::{Chosen, Preference};
use inspector_vuln::support::feeds_of;
use inspector_vuln::third_party::ThirdParty;
use inspector_vuln::vex::Vex;

use crate::Evaluation;

const KEY: PackageKey = PackageKey::Cve;

/// Advisories may be this much older than the collection of the host's facts. Distributions publish every day; a week
/// leaves room for hosts that fetch nothing themselves.
const ADVISORY_DAYS: i64 = 7;
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// What an operator decides about judging vulnerabilities.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Whose scores decide the severity.
    pub severities: Preference,
    /// Which vulnerabilities do not affect which packages.
    pub vex: Vex,
}

/// Evaluates one host against the advisories of `database`.
pub fn evaluate(host: &HostFacts, subject: &str, database: &Database) -> Evaluation {
    evaluate_under(host, subject, database, &Policy::default())
}

/// Evaluates one host against the advisories of `database` as the operator wants it.
pub fn evaluate_under(host: &HostFacts, subject: &str, database: &Database, policy: &Policy) -> Evaluation {
    let mut evaluation = Evaluation::of(&[KEY]);
    if !components::stand_alone(host)
        && let Err(reason) = judge(host, subject, database, policy, &mut evaluation)
    {
        // Half of a judgement is none: what was written before the fault is not kept.
        evaluation = Evaluation::of(&[KEY]);
        evaluation.unassessed(KEY, subject, reason);
    }
    evaluation.merge(components::evaluate(host, subject, database, policy));
    evaluation
}

/// Why nothing of `host` can be judged, if that is so.
pub fn unmatched_host(host: &HostFacts, database: &Database) -> Option<Reason> {
    if let Some(facts) = &host.windows {
        return windows::unmatched_host(host, facts, database);
    }
    judge(host, "", database, &Policy::default(), &mut Evaluation::of(&[KEY])).err()
}

fn judge(
    host: &HostFacts,
    subject: &str,
    database: &Database,
    policy: &Policy,
    evaluation: &mut Evaluation,
) -> Result<(), Reason> {
    if let Some(facts) = &host.windows {
        return windows::judge(host, facts, subject, database, policy, evaluation);
    }
    let os = needed(&host.os, "no release file")?;
    let inventory = needed(&host.packages, "no package database")?;
    let matched = match_host(database, matching(host, os, inventory)).map_err(|error| unmatched(&error, os))?;
    let database_file = place(&host.packages);
    let found = Found { subject, inventory, database_file, database, matched: &matched, policy };
    found.write_statements(evaluation).map_err(|corrupt| damaged(&corrupt))?;
    found.write_third_parties(evaluation);
    found.write_what_was_not_judged(evaluation);
    found.write_lifetimes(host, os, evaluation).map_err(|corrupt| damaged(&corrupt))?;
    found.write_age(host.collected_at, evaluation).map_err(|corrupt| damaged(&corrupt))
}

/// What is matched of a host. The kernel that runs in a container is that of another system.
fn matching<'a>(host: &'a HostFacts, os: &'a OsRelease, inventory: &'a Inventory) -> Host<'a> {
    let running_kernel = host.kernel.seen().filter(|kernel| !kernel.foreign).map(|kernel| kernel.release.as_str());
    Host { os, inventory, running_kernel }
}

/// The value of a fact without which nothing can be judged.
fn needed<'a, T>(fact: &'a Fact<T>, absent: &str) -> Result<&'a T, Reason> {
    match fact {
        Fact::Seen { value, .. } => Ok(value),
        Fact::Absent { at } => Err(Reason::new(ReasonCode::UnsupportedOs, format!("{absent} at `{at}`"))),
        Fact::Unreadable { at, why } => Err(Reason::new(ReasonCode::Unreadable, format!("`{at}`: {why}"))),
    }
}

fn place<T>(fact: &Fact<T>) -> Option<&Place> {
    match fact {
        Fact::Seen { at, .. } => Some(at),
        Fact::Absent { .. } | Fact::Unreadable { .. } => None,
    }
}

fn unmatched(error: &MatchError, os: &OsRelease) -> Reason {
    match error {
        MatchError::UnknownRelease(_) => {
            Reason::new(ReasonCode::UnsupportedOs, format!("{error} (`{}`)", os.pretty_name))
        }
        MatchError::NoAdvisories(key) => {
            let feeds: Vec<_> = Release::by_key(key).map(feeds_of).unwrap_or_default().to_vec();
            Reason::new(ReasonCode::AdvisoriesMissing, format!("{error}; feeds: {}", feeds.join(", ")))
        }
        MatchError::Corrupt(corrupt) => damaged(corrupt),
    }
}

fn damaged(corrupt: &Corrupt) -> Reason {
    Reason::new(ReasonCode::EvaluationError, corrupt.to_string())
}

/// What matching gave, with what is needed to tell it.
struct Found<'a> {
    subject: &'a str,
    inventory: &'a Inventory,
    /// Where the inventory was read.
    database_file: Option<&'a Place>,
    database: &'a Database,
    matched: &'a Matched,
    policy: &'a Policy,
}

impl<'a> Found<'a> {
    /// Writes one row per CVE, and a finding where a package is affected.
    fn write_statements(&self, evaluation: &mut Evaluation) -> Result<(), Corrupt> {
        let mut by_cve: BTreeMap<u32, Vec<Statement<'a>>> = BTreeMap::new();
        for statement in self.matched.statements(self.database) {
            let statement = statement?;
            by_cve.entry(statement.entry.cve).or_default().push(statement);
        }
        for (cve, mut statements) in by_cve {
            if let Some(cleared) = self.clear(cve, &mut statements)? {
                evaluation.record(KEY, self.database.cve_id(cve)?, self.subject, &Outcome::NotApplicable(cleared));
                continue;
            }
            let worst = statements.iter().map(|statement| statement.verdict).max().unwrap_or(Verdict::Undetermined);
            match worst {
                Verdict::NotAffected => {
                    evaluation.record(KEY, self.database.cve_id(cve)?, self.subject, &Outcome::Pass);
                }
                Verdict::Undetermined => {
                    let outcome =
                        Outcome::NotAssessed(Reason::new(ReasonCode::Undetermined, self.undetermined(&statements)));
                    evaluation.record(KEY, self.database.cve_id(cve)?, self.subject, &outcome);
                }
                Verdict::Affected => evaluation.fail(self.finding(cve, &statements)?),
            }
        }
        Ok(())
    }

    /// Takes away statements that the operator's documents answer; gives their words where nothing affected is left.
    fn clear(&self, cve: u32, statements: &mut Vec<Statement<'a>>) -> Result<Option<String>, Corrupt> {
        let id = self.database.cve_id(cve)?;
        let mut words = Vec::new();
        statements.retain(|statement| {
            let Some(package) = self.package(statement.package) else { return true };
            if statement.verdict == Verdict::NotAffected {
                return true;
            }
            let names = [package.name.as_str(), package.source.as_str()];
            let Some(said) = cleared(self.policy, id, &names, &package.version) else { return true };
            words.push(said);
            false
        });
        let left = statements.iter().any(|statement| statement.verdict != Verdict::NotAffected);
        Ok((!words.is_empty() && !left).then(|| words.join("; ")))
    }

    /// Writes down every package that the distribution has not made: what its advisories say of it may not hold.
    fn write_third_parties(&self, evaluation: &mut Evaluation) {
        for ThirdParty { package: position, mark } in &self.matched.third_party {
            let unread = self.matched.unassessed.iter().any(|it| it.package == *position);
            let Some(Package { name, version, .. }) = self.package(*position).filter(|_| !unread) else { continue };
            let judged = self.matched.packages.iter().any(|it| it.package == *position);
            let what = if judged {
                "it is judged by the distribution's advisories, which speak of another build"
            } else {
                "no advisory names it"
            };
            let detail = format!("`{name}` `{version}` bears the third-party mark `{mark}`; {what}");
            let outcome = Outcome::NotAssessed(Reason::new(ReasonCode::ThirdParty, detail));
            evaluation.record(KEY, &format!("package:{name}"), self.subject, &outcome);
        }
    }

    /// Why nobody knows whether the installed packages are affected.
    fn undetermined(&self, statements: &[Statement<'a>]) -> String {
        let other_line = statements.iter().find(|it| it.other_line).and_then(|it| self.package(it.package));
        match other_line {
            Some(Package { name, version, .. }) => {
                format!("advisories of an extra name `{name}`, but in another version line than {version}")
            }
            None => "the distribution has not determined which installed packages are affected".to_owned(),
        }
    }

    /// Writes down packages, records and feeds that were not there to judge with.
    fn write_what_was_not_judged(&self, evaluation: &mut Evaluation) {
        let unreadable = |detail: String| Outcome::NotAssessed(Reason::new(ReasonCode::Unreadable, detail));
        for problem in &self.inventory.problems {
            let detail = format!("package record at `{}`: {}", problem.at, problem.why);
            evaluation.record(KEY, "package-record", self.subject, &unreadable(detail));
        }
        for (package, why) in self.matched.unassessed.iter().map(|it| (self.package(it.package), &it.why)) {
            let name = package.map_or("", |package| &package.name);
            let outcome = unreadable(format!("package `{name}`: {why}"));
            evaluation.record(KEY, &format!("package:{name}"), self.subject, &outcome);
        }
        for package in self.matched.set_aside.iter().filter_map(|position| self.package(*position)) {
            let Package { name, version, .. } = package;
            let why = format!("{name} {version} is installed, not running; applies after a reboot into it");
            let outcome = Outcome::NotApplicable(why);
            evaluation.record(KEY, &format!("package:{}", package.name), self.subject, &outcome);
        }
        let release = self.matched.release.key;
        let missing = if !self.matched.complete {
            format!(
                "the full feeds for `{release}` have not been synced, only the bundled set of well-known vulnerabilities was looked for"
            )
        } else if !self.database.has_feed("nvd") {
            "no scores of NVD have been imported, so severities are unknown".to_owned()
        } else {
            return;
        };
        evaluation.unassessed(KEY, self.subject, Reason::new(ReasonCode::AdvisoriesMissing, missing));
    }

    /// Writes down that advisories of the host's release are too old, or of unknown age. What they say stays said.
    fn write_age(&self, collected_at: Timestamp, evaluation: &mut Evaluation) -> Result<(), Corrupt> {
        // Of the bundled set alone it is said above that nearly everything is missing.
        if !self.matched.complete {
            return Ok(());
        }
        let Some(release) = self.database.release(self.matched.release.key)? else { return Ok(()) };
        let documents = self.database.documents(release)?;
        let ages: Vec<_> = documents.into_iter().filter_map(|document| too_old(document, collected_at)).collect();
        if !ages.is_empty() {
            let outcome = Outcome::NotAssessed(Reason::new(ReasonCode::AdvisoriesStale, ages.join("; ")));
            evaluation.record(KEY, "advisories", self.subject, &outcome);
        }
        Ok(())
    }

    fn package(&self, position: usize) -> Option<&'a Package> {
        self.inventory.packages.get(position)
    }

    fn finding(&self, cve: u32, statements: &[Statement<'a>]) -> Result<Finding, Corrupt> {
        let id = self.database.cve_id(cve)?;
        let (scores, _) = self.database.scores(cve)?;
        let affected = || statements.iter().filter(|statement| statement.verdict == Verdict::Affected);
        let mut comparisons: Vec<_> = affected().filter_map(|statement| self.comparison(id, statement)).collect();
        comparisons.sort();
        comparisons.dedup();
        let all = self.database.all_scores(cve)?;
        let chosen = affected().map(|statement| self.severity(&all, statement.entry.word));
        let chosen = chosen.max_by_key(|chosen| chosen.severity);
        let (severity, source) = chosen.map_or((Severity::Undefined, None), |it| (it.severity, it.other_source));
        let mut attributes = attributes(id, self.subject, &scores, &comparisons);
        attributes.extend(source.map(|source| Attribute::new("SEVERITY_SOURCE", source)));
        attributes.extend(exploitation(self.database, cve)?);
        Ok(Finding {
            package: KEY,
            rule: id.to_owned(),
            subject: self.subject.to_owned(),
            severity,
            title: format!("Instance {} is vulnerable to {id}", self.subject),
            description: description(self.database, cve, id)?,
            recommendation: recommendation(id, &comparisons, self.fixed_by_reboot(statements)),
            attributes,
            proof: Proof::Packages { comparisons },
        })
    }

    /// The installed kernel that is not affected, where only packages of the running kernel are.
    fn fixed_by_reboot(&self, statements: &[Statement<'a>]) -> Option<&'a Package> {
        let waiting = self.matched.waiting_kernel.as_ref()?;
        let mut fixed = None;
        for Statement { package, verdict, .. } in statements {
            if waiting.newest.contains(package) {
                if *verdict != Verdict::NotAffected {
                    return None;
                }
                fixed = self.package(*package);
            } else if *verdict == Verdict::Affected && !waiting.running.contains(package) {
                return None;
            }
        }
        fixed
    }

    fn severity(&self, scores: &[Score], word: &str) -> Chosen {
        self.policy.severities.choose(scores, self.matched.release.has_alas_words().then_some(word))
    }

    fn comparison(&self, id: &str, statement: &Statement<'_>) -> Option<VersionComparison> {
        let package = self.package(statement.package)?;
        let (source, compared_version) = compared(self.matched.release, package);
        let entry = &statement.entry;
        Some(VersionComparison {
            name: package.name.clone(),
            version: package.version.clone(),
            source: source.into_owned(),
            source_version: compared_version.to_owned(),
            fixed_version: entry.state.fixed().map(str::to_owned),
            status: entry.word.to_owned(),
            advisory: if entry.advisory.is_empty() { id.to_owned() } else { entry.advisory.to_owned() },
            feed: entry.document.line(),
            at: package.at.clone().or_else(|| self.database_file.cloned()),
        })
    }
}

/// What the CVE is, as a feed tells it.
fn description(database: &Database, cve: u32, id: &str) -> Result<String, Corrupt> {
    Ok(match database.description(cve)? {
        text if text.is_empty() => format!("No feed describes {id} yet."),
        text => text,
    })
}

/// How likely exploitation is, and since when it is known to happen.
fn exploitation(database: &Database, cve: u32) -> Result<Vec<Attribute>, Corrupt> {
    let (epss, exploited) = database.exploitation(cve)?;
    let mut attributes = Vec::new();
    if let Some(epss) = epss {
        let share = |millionths: u32| format!("{:.5}", f64::from(millionths) / 1_000_000.0);
        attributes.push(Attribute::new("EPSS_SCORE", share(epss.probability)));
        attributes.push(Attribute::new("EPSS_PERCENTILE", share(epss.percentile)));
    }
    if let Some(exploited) = exploited {
        attributes.push(Attribute::new("KEV_DATE_ADDED", exploited.added));
        attributes.push(Attribute::new("KEV_DUE_DATE", exploited.due));
        if exploited.ransomware {
            attributes.push(Attribute::new("KEV_RANSOMWARE", "known"));
        }
    }
    Ok(attributes)
}

/// What a document of the operator says of a package that an advisory concerns, where it clears it.
fn cleared(policy: &Policy, cve: &str, names: &[&str], version: &str) -> Option<String> {
    let said = policy.vex.clears(cve, names, version)?;
    let why = if said.justification.is_empty() { "no reason given" } else { &said.justification };
    let name = names.first().copied().unwrap_or_default();
    Some(format!("`{}` says {} of {name} {version}: {why}", said.document, said.status))
}

/// Why a document does not say what is known at the time when a host was looked at.
fn too_old(document: &Document, collected_at: Timestamp) -> Option<String> {
    let Some(dated) = document.dated else { return Some(format!("`{}` is of unknown age", document.line())) };
    let days = collected_at.millis().saturating_sub(dated.millis()) / DAY_MILLIS;
    let line = document.line();
    let limit_passed = collected_at > dated.plus_seconds(ADVISORY_DAYS * DAY_MILLIS / 1000);
    limit_passed.then(|| format!("`{line}` was {days} days old, and {ADVISORY_DAYS} days are the limit"))
}

/// What to do, in the original's manner: the packages as `name-epoch:version`.
fn recommendation(id: &str, comparisons: &[VersionComparison], after_reboot: Option<&Package>) -> String {
    let for_subscribers = |it: &VersionComparison| it.status.contains(NEEDS_UBUNTU_PRO);
    let (mut update, mut subscribe, mut open) = (Vec::new(), Vec::new(), Vec::new());
    for comparison in comparisons {
        let of = match &comparison.fixed_version {
            None => &mut open,
            Some(_) if for_subscribers(comparison) => &mut subscribe,
            Some(_) => &mut update,
        };
        of.push(name_epoch_version(comparison));
    }
    let mut sentences = Vec::new();
    if let Some(Package { name, version, .. }) = after_reboot {
        sentences.push(format!("A reboot suffices: {name} {version} is installed and not affected."));
    } else if !update.is_empty() {
        let update = update.join(", ");
        sentences.push(format!("Use the update feature of your operating system to update {update}."));
    }
    if !subscribe.is_empty() {
        let subscribe = subscribe.join(", ");
        sentences
            .push(format!("The fix for {subscribe} needs {NEEDS_UBUNTU_PRO}: attach the instance to it, then update."));
    }
    if !open.is_empty() && after_reboot.is_none() {
        let open = open.join(", ");
        sentences.push(format!("The distribution has no fix yet for {open}; remove what you do not need."));
    }
    sentences.push(format!("For more information see https://cve.mitre.org/cgi-bin/cvename.cgi?name={id}"));
    sentences.join(" ")
}

fn name_epoch_version(comparison: &VersionComparison) -> String {
    let epoch = if comparison.version.contains(':') { "" } else { "0:" };
    format!("{}-{epoch}{}", comparison.name, comparison.version)
}

/// The original's attributes, and the vectors where they are known.
fn attributes(id: &str, subject: &str, scores: &Scores, comparisons: &[VersionComparison]) -> Vec<Attribute> {
    let mut attributes = vec![
        Attribute::new("CVE_ID", id),
        Attribute::new("INSTANCE_ID", subject),
        Attribute::new("package_name", package_names(comparisons)),
    ];
    let versions = [("CVSS2_SCORE", "CVSS2_VECTOR", &scores.v2), ("CVSS3_SCORE", "CVSS3_VECTOR", &scores.v3)];
    for (score_key, vector_key, score) in versions {
        let Some(Cvss { hundredths, vector }) = score else { continue };
        attributes.push(Attribute::new(score_key, format!("{:.1}", f64::from(*hundredths) / 100.0)));
        if !vector.is_empty() {
            attributes.push(Attribute::new(vector_key, vector.as_str()));
        }
    }
    attributes
}

/// The names, as many whole ones as an attribute's 256 characters hold.
fn package_names(comparisons: &[VersionComparison]) -> String {
    let mut names: Vec<&str> = comparisons.iter().map(|it| it.name.as_str()).collect();
    names.dedup();
    let mut text = String::new();
    for name in names {
        let separator = if text.is_empty() { "" } else { ", " };
        if text.len() + separator.len() + name.len() > 256 {
            break;
        }
        text.push_str(separator);
        text.push_str(name);
    }
    text
}

#[cfg(test)]
mod tests;
