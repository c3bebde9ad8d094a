//! Packages of languages against the advisories of their ecosystems: a second source, told apart from the system's packages.
//!
//! One finding per (instance, CVE, ecosystem). What a package of the system brought is left to the advisories of the
//! distribution, which knows what it changed.

use std::collections::BTreeMap;

use inspector_model::host::HostFacts;
use inspector_model::language::{Ecosystem, LanguagePackage};
use inspector_model::proof::{Proof, VersionComparison};
use inspector_model::{Attribute, Fact, Finding, Outcome, PackageKey, Reason, ReasonCode};
use inspector_vuln::database::{Corrupt, Database};
use inspector_vuln::language::{Component, match_components, registry};
use inspector_vuln::matcher::{Statement, Verdict};

use super::{Policy, attributes, cleared, damaged, description, exploitation, too_old};
use crate::Evaluation;

const KEY: PackageKey = PackageKey::Cve;

/// Whether there is no package of a system to judge, and there are packages of languages: a program alone in an image, a
/// bill of materials of an application.
pub(super) fn stand_alone(host: &HostFacts) -> bool {
    let no_system = matches!((&host.os, &host.packages), (Fact::Absent { .. }, Fact::Absent { .. }));
    no_system && host.languages.as_ref().is_some_and(|it| !it.packages.is_empty())
}

/// Evaluates the packages of languages, where anybody looked for them.
pub(super) fn evaluate(host: &HostFacts, subject: &str, database: &Database, policy: &Policy) -> Evaluation {
    let mut evaluation = Evaluation::of(&[KEY]);
    let Some(languages) = &host.languages else { return evaluation };
    for problem in &languages.problems {
        let detail = format!("language package at `{}`: {}", problem.at, problem.why);
        let outcome = Outcome::NotAssessed(Reason::new(ReasonCode::Unreadable, detail));
        evaluation.record(KEY, "language-package", subject, &outcome);
    }
    for ecosystem in Ecosystem::ALL {
        let of_it = |package: &&LanguagePackage| package.ecosystem == ecosystem && !package.owned;
        let packages: Vec<&LanguagePackage> = languages.packages.iter().filter(of_it).collect();
        if packages.is_empty() {
            continue;
        }
        let mut own = Evaluation::of(&[KEY]);
        let part = Part { ecosystem, packages: &packages, host, subject, database, policy };
        if let Err(corrupt) = part.judge(&mut own) {
            own = Evaluation::of(&[KEY]);
            own.record(KEY, &part.rule("advisories"), subject, &Outcome::NotAssessed(damaged(&corrupt)));
        }
        evaluation.merge(own);
    }
    evaluation
}

/// The packages of one ecosystem.
struct Part<'a> {
    ecosystem: Ecosystem,
    packages: &'a [&'a LanguagePackage],
    host: &'a HostFacts,
    subject: &'a str,
    database: &'a Database,
    policy: &'a Policy,
}

impl Part<'_> {
    fn judge(&self, evaluation: &mut Evaluation) -> Result<(), Corrupt> {
        let Some(registry) = registry(self.ecosystem.purl_type()) else { return Ok(()) };
        let Some(release) = self.database.release(registry.key)? else {
            let (count, ecosystem) = (self.packages.len(), self.ecosystem);
            let detail = format!("advisories about packages of {ecosystem} have not been imported: {count} are there");
            self.not_assessed(evaluation, "advisories", ReasonCode::AdvisoriesMissing, detail);
            return Ok(());
        };
        let components: Vec<Component> = self.packages.iter().map(|package| component(package)).collect();
        let matched = match_components(self.database, &components)?;
        for it in &matched.unassessed {
            let Some(package) = self.packages.get(it.package) else { continue };
            let detail = format!("`{}` at `{}`: {}", package.purl(), package.at, it.why);
            self.not_assessed(evaluation, &package.name, ReasonCode::Unreadable, detail);
        }
        let mut by_cve: BTreeMap<u32, Vec<Statement<'_>>> = BTreeMap::new();
        for statement in matched.statements(self.database) {
            let statement = statement?;
            by_cve.entry(statement.entry.cve).or_default().push(statement);
        }
        for (cve, statements) in by_cve {
            self.write(cve, statements, evaluation)?;
        }
        let documents = self.database.documents(release)?;
        let ages: Vec<_> = documents.into_iter().filter_map(|it| too_old(it, self.host.collected_at)).collect();
        if ages.is_empty() {
            // Every package was looked up, also those that no advisory names.
            evaluation.record(KEY, &self.rule("advisories"), self.subject, &Outcome::Pass);
        } else {
            self.not_assessed(evaluation, "advisories", ReasonCode::AdvisoriesStale, ages.join("; "));
        }
        Ok(())
    }

    fn write(&self, cve: u32, mut statements: Vec<Statement<'_>>, evaluation: &mut Evaluation) -> Result<(), Corrupt> {
        let id = self.database.cve_id(cve)?;
        let mut words = Vec::new();
        statements.retain(|statement| {
            let package = self.packages.get(statement.package).filter(|_| statement.verdict != Verdict::NotAffected);
            let said = package.and_then(|it| cleared(self.policy, id, &[&it.name, &it.purl()], &it.version));
            words.extend(said.clone());
            said.is_none()
        });
        if !words.is_empty() && statements.iter().all(|statement| statement.verdict == Verdict::NotAffected) {
            evaluation.record(KEY, &self.rule(id), self.subject, &Outcome::NotApplicable(words.join("; ")));
            return Ok(());
        }
        match statements.iter().map(|statement| statement.verdict).max() {
            Some(Verdict::Affected) => {
                let finding = self.finding(cve, &statements)?;
                let outcome = Outcome::Fail(finding.proof.clone());
                evaluation.record(KEY, &self.rule(id), self.subject, &outcome);
                evaluation.add_finding(finding);
            }
            Some(Verdict::NotAffected) => evaluation.record(KEY, &self.rule(id), self.subject, &Outcome::Pass),
            Some(Verdict::Undetermined) | None => {
                let detail = format!("the advisory does not say which versions of {} are affected", self.ecosystem);
                self.not_assessed(evaluation, id, ReasonCode::Undetermined, detail);
            }
        }
        Ok(())
    }

    /// The name of a row of the ledger: the same CVE may stand there for the system's packages too.
    fn rule(&self, what: &str) -> String {
        format!("{what} ({})", self.ecosystem)
    }

    fn not_assessed(&self, evaluation: &mut Evaluation, what: &str, code: ReasonCode, detail: String) {
        let outcome = Outcome::NotAssessed(Reason::new(code, detail));
        evaluation.record(KEY, &self.rule(what), self.subject, &outcome);
    }

    fn finding(&self, cve: u32, statements: &[Statement<'_>]) -> Result<Finding, Corrupt> {
        let id = self.database.cve_id(cve)?;
        let (scores, _) = self.database.scores(cve)?;
        let affected = statements.iter().filter(|statement| statement.verdict == Verdict::Affected);
        let mut comparisons: Vec<_> = affected.filter_map(|statement| self.comparison(id, statement)).collect();
        comparisons.sort();
        comparisons.dedup();
        let chosen = self.policy.severities.choose(&self.database.all_scores(cve)?, None);
        let mut attributes = attributes(id, self.subject, &scores, &comparisons);
        attributes.push(Attribute::new("ECOSYSTEM", self.ecosystem.as_str()));
        attributes.extend(chosen.other_source.map(|source| Attribute::new("SEVERITY_SOURCE", source)));
        attributes.extend(exploitation(self.database, cve)?);
        Ok(Finding {
            package: KEY,
            rule: id.to_owned(),
            subject: self.subject.to_owned(),
            severity: chosen.severity,
            title: format!("Instance {} is vulnerable to {id} in packages of {}", self.subject, self.ecosystem),
            description: description(self.database, cve, id)?,
            recommendation: recommendation(id, &comparisons),
            attributes,
            proof: Proof::Packages { comparisons },
        })
    }

    fn comparison(&self, id: &str, statement: &Statement<'_>) -> Option<VersionComparison> {
        let package = self.packages.get(statement.package)?;
        let entry = &statement.entry;
        Some(VersionComparison {
            name: package.name.clone(),
            version: package.version.clone(),
            source: package.purl(),
            source_version: package.version.clone(),
            fixed_version: entry.state.fixed().map(str::to_owned),
            status: entry.word.to_owned(),
            advisory: if entry.advisory.is_empty() { id.to_owned() } else { entry.advisory.to_owned() },
            feed: entry.document.line(),
            at: Some(package.at.clone()),
        })
    }
}

pub(super) fn component(package: &LanguagePackage) -> Component {
    let version = match package.ecosystem {
        // Versions of modules begin with a letter that advisories leave out.
        Ecosystem::Go => package.version.strip_prefix('v').unwrap_or(&package.version),
        Ecosystem::CratesIo
        | Ecosystem::Maven
        | Ecosystem::Npm
        | Ecosystem::Packagist
        | Ecosystem::PyPI
        | Ecosystem::RubyGems => &package.version,
    };
    Component {
        registry: package.ecosystem.purl_type().to_owned(),
        name: package.name.clone(),
        version: version.to_owned(),
    }
}

fn recommendation(id: &str, comparisons: &[VersionComparison]) -> String {
    let (mut update, mut open) = (Vec::new(), Vec::new());
    for comparison in comparisons {
        match &comparison.fixed_version {
            Some(fixed) => update.push(format!("{} {} to {fixed}", comparison.name, comparison.version)),
            None => open.push(format!("{} {}", comparison.name, comparison.version)),
        }
    }
    update.dedup();
    open.dedup();
    let mut sentences = Vec::new();
    if !update.is_empty() {
        sentences.push(format!("Update {} or later, in the program that brings it.", update.join(", ")));
    }
    if !open.is_empty() {
        sentences.push(format!("No version is known that fixes {}; replace what you can.", open.join(", ")));
    }
    sentences.push(format!("For more information see https://cve.mitre.org/cgi-bin/cvename.cgi?name={id}"));
    sentences.join(" ")
}

#[cfg(test)]
mod tests;
