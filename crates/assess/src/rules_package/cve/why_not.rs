//! Why a vulnerability is no finding on a host: the answer to a question that people ask of scanners more often than why
//! something is one. Every way in which matching can pass a vulnerability over has its own words here.

use std::collections::BTreeSet;

use inspector_model::Timestamp;
use inspector_model::coverage::{OutcomeWord, Row};
use inspector_model::host::{HostFacts, Package};
use inspector_model::language::LanguagePackage;
use inspector_vuln::database::{Corrupt, Database, Entry, EntryState};
use inspector_vuln::language::{Component, match_components, normal_name, registry};
use inspector_vuln::matcher::{Matched, Statement, Verdict, compared, match_host};
use inspector_vuln::release::{RELEASES, Release};
use inspector_vuln::stream;
use inspector_vuln::support::feeds_of;

use super::components::component;
use super::{Policy, evaluate_under, matching, unmatched};
use crate::evaluation::Span;

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// How the vulnerability stands in the ledger; `None` where no advisory connects it with an installed package.
    pub outcome: Option<OutcomeWord>,
    /// One sentence a line, the conclusion first.
    pub lines: Vec<String>,
}

/// Why `cve` is no finding on the host, or that it is one, and what was compared.
///
/// # Errors
/// When the database is damaged.
pub fn why_not(
    host: &HostFacts,
    subject: &str,
    database: &Database,
    policy: &Policy,
    cve: &str,
) -> Result<Answer, Corrupt> {
    let rows = rows(host, subject, database, policy, cve);
    let mut outcome = rows.iter().map(|row| row.outcome).max_by_key(|outcome| weight(*outcome));
    let mut lines: Vec<_> = rows.iter().filter_map(|row| row.reason.clone()).collect();
    match database.vulnerability(cve)? {
        None => {
            lines.push(format!("no advisory in the database names {cve}"));
            lines.extend(database.manifest().documents.iter().map(|it| format!("looked at: {}", it.line())));
        }
        Some(cve) => {
            let question = Question { host, database, cve };
            let mut unread = question.of_languages(&mut lines)?;
            if host.windows.is_none() {
                unread |= question.of_system(&mut lines)?;
            }
            question.elsewhere(&mut lines)?;
            if unread && outcome != Some(OutcomeWord::Fail) {
                outcome = Some(OutcomeWord::NotAssessed);
            }
        }
    }
    lines.insert(0, conclusion(outcome, subject, cve));
    Ok(Answer { outcome, lines })
}

/// The ledger's rows about the vulnerability; without one, those that say that not everything could be judged.
fn rows(host: &HostFacts, subject: &str, database: &Database, policy: &Policy, cve: &str) -> Vec<Row> {
    let moment = Timestamp::from_millis(0);
    let evaluation = evaluate_under(host, subject, database, policy);
    let whole = inspector_model::assessment::Subject::Host { id: subject.to_owned(), operating_system: None };
    let assessment = evaluation.finish(whole, Vec::new(), Span { started_at: moment, completed_at: moment });
    let all = || assessment.coverage.parts().flat_map(|(_, part)| &part.rules);
    let own = |row: &&Row| row.rule.strip_prefix(cve).is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("));
    let rows: Vec<Row> = all().filter(own).cloned().collect();
    if !rows.is_empty() {
        return rows;
    }
    all().filter(|row| row.rule == "*" && row.outcome == OutcomeWord::NotAssessed).cloned().collect()
}

/// A finding outweighs everything, and what could not be told outweighs what is clean.
const fn weight(outcome: OutcomeWord) -> u8 {
    match outcome {
        OutcomeWord::Fail => 3,
        OutcomeWord::NotAssessed => 2,
        OutcomeWord::Pass => 1,
        OutcomeWord::NotApplicable => 0,
    }
}

fn conclusion(outcome: Option<OutcomeWord>, subject: &str, cve: &str) -> String {
    match outcome {
        Some(OutcomeWord::Fail) => format!("{cve} is a finding on {subject}"),
        Some(OutcomeWord::NotAssessed) => format!("{cve} is no finding on {subject}, but not everything was assessed"),
        Some(OutcomeWord::Pass) => format!("{cve} is no finding on {subject}: no installed package is affected"),
        Some(OutcomeWord::NotApplicable) => format!("{cve} is no finding on {subject}: it was set aside"),
        None => format!("{cve} is no finding on {subject}: no advisory connects it with an installed package"),
    }
}

struct Question<'a> {
    host: &'a HostFacts,
    database: &'a Database,
    cve: u32,
}

impl Question<'_> {
    /// What is said about the packages of the system. Gives whether one that is spoken of could not be judged.
    fn of_system(&self, lines: &mut Vec<String>) -> Result<bool, Corrupt> {
        let (Some(os), Some(inventory)) = (self.host.os.seen(), self.host.packages.seen()) else { return Ok(false) };
        let matched = match match_host(self.database, matching(self.host, os, inventory)) {
            Ok(matched) => matched,
            Err(error) => {
                lines.push(unmatched(&error, os).detail);
                return Ok(true);
            }
        };
        for statement in matched.statements(self.database) {
            let statement = statement?;
            if statement.entry.cve == self.cve
                && let Some(package) = inventory.packages.get(statement.package)
            {
                let (source, version) = compared(matched.release, package);
                let installed = format!("{} {} (source {source} {version})", package.name, package.version);
                lines.push(said(&installed, &statement));
            }
        }
        let Some(release) = self.database.release(matched.release.key)? else { return Ok(true) };
        let entries = self.database.entries_about(release, self.cve)?;
        let mut unread = false;
        for (name, entry) in &entries {
            for (line, judged) in not_compared(&matched, &inventory.packages, name, entry) {
                unread |= !judged;
                lines.push(line);
            }
        }
        if entries.is_empty() {
            let documents = self.database.documents(release)?;
            let documents: Vec<_> = documents.into_iter().map(|document| document.line()).collect();
            lines.push(format!("no advisory of `{}` names it, in {}", matched.release.key, documents.join("; ")));
        }
        Ok(unread)
    }

    /// What is said about the packages of languages. Gives whether one that is spoken of could not be judged.
    fn of_languages(&self, lines: &mut Vec<String>) -> Result<bool, Corrupt> {
        let packages = self.host.languages.iter().flat_map(|languages| &languages.packages);
        let (owned, packages): (Vec<&LanguagePackage>, Vec<_>) = packages.partition(|package| package.owned);
        let components: Vec<_> = packages.iter().map(|package| component(package)).collect();
        let matched = match_components(self.database, &components)?;
        for statement in matched.statements(self.database) {
            let statement = statement?;
            if statement.entry.cve == self.cve
                && let Some(package) = packages.get(statement.package)
            {
                lines.push(said(&format!("{} at {}", package.purl(), package.at), &statement));
            }
        }
        let mut unread = false;
        for it in &matched.unassessed {
            let (Some(package), Some(component)) = (packages.get(it.package), components.get(it.package)) else {
                continue;
            };
            if self.names(component)? {
                unread = true;
                lines.push(format!("{} at {} was not assessed: {}", package.purl(), package.at, it.why));
            }
        }
        let registries: BTreeSet<&str> = components.iter().map(|component| component.registry.as_str()).collect();
        for registry in registries {
            if self.database.release(registry)?.is_none() {
                unread = true;
                lines.push(format!(
                    "packages of `{registry}` were not assessed: no advisory about them has been imported"
                ));
            }
        }
        let components: Vec<_> = owned.iter().map(|package| component(package)).collect();
        let matched = match_components(self.database, &components)?;
        for statement in matched.statements(self.database) {
            let statement = statement?;
            if statement.entry.cve == self.cve
                && statement.verdict != Verdict::NotAffected
                && let Some(package) = owned.get(statement.package)
            {
                let (purl, at) = (package.purl(), &package.at);
                lines.push(format!("{purl} at {at} came with a package of the system, whose advisories judge it"));
            }
        }
        Ok(unread)
    }

    /// Whether some advisory about the vulnerability names a component.
    fn names(&self, component: &Component) -> Result<bool, Corrupt> {
        let Some(release) = registry(&component.registry) else { return Ok(false) };
        let Some(index) = self.database.release(release.key)? else { return Ok(false) };
        let name = normal_name(release, &component.name);
        Ok(self.database.entries_about(index, self.cve)?.iter().any(|(package, _)| *package == name))
    }

    /// Of which other systems the vulnerability is known.
    fn elsewhere(&self, lines: &mut Vec<String>) -> Result<(), Corrupt> {
        let own = self.host.os.seen().and_then(Release::of);
        let mut named = Vec::new();
        for release in RELEASES.iter().filter(|release| own.is_none_or(|own| *own != **release)) {
            let Some(index) = self.database.release(release.key)? else { continue };
            let entries = self.database.entries_about(index, self.cve)?;
            if let Some((package, _)) = entries.first() {
                named.push(format!("`{package}` of {}", release.key));
            }
        }
        if !named.is_empty() {
            lines.push(format!("advisories name it for {}", named.join(", ")));
        }
        if let Some(release) = own
            && self.database.release(release.key)?.is_none()
        {
            lines.push(format!("feeds of `{}`: {}", release.key, feeds_of(release).join(", ")));
        }
        Ok(())
    }
}

/// One statement about one installed package.
fn said(installed: &str, statement: &Statement<'_>) -> String {
    let Entry { state, introduced, word, document, .. } = statement.entry;
    let affected = statement.verdict == Verdict::Affected;
    let begins = introduced.filter(|_| statement.verdict == Verdict::NotAffected);
    let why = match (state, begins) {
        _ if statement.other_line => "the advisory speaks of another version line".to_owned(),
        (EntryState::NotAffected, _) => "not affected, says the advisory".to_owned(),
        (EntryState::Undetermined, _) => "nobody has determined whether it is affected".to_owned(),
        (EntryState::Fixed(fixed), _) if affected => format!("affected, below the fix {fixed}"),
        (EntryState::LastAffected(last), _) if affected => format!("affected, not above {last}"),
        (EntryState::Open, _) if affected => "affected, and there is no fix".to_owned(),
        (EntryState::Fixed(fixed), None) => format!("not affected, at or above the fix {fixed}"),
        (EntryState::Fixed(fixed), Some(first)) => format!("not affected, outside of {} to {fixed}", first.text),
        (EntryState::LastAffected(last), None) => format!("not affected, above {last}"),
        (EntryState::LastAffected(last), Some(first)) => format!("not affected, outside of {} to {last}", first.text),
        (EntryState::Open, Some(first)) => format!("not affected, it begins with {}", first.text),
        (EntryState::Open, None) => "the advisory makes no sense".to_owned(),
    };
    let by = if statement.entry.advisory.is_empty() { "" } else { " by " };
    format!("{installed}: {why}; {word}{by}{}, from {}", statement.entry.advisory, document.line())
}

/// Why an entry of the host's release was compared with no installed package, where it was not, and whether that settles
/// the matter.
fn not_compared(matched: &Matched, packages: &[Package], name: &str, entry: &Entry<'_>) -> Vec<(String, bool)> {
    let (base, stream) = stream::parts(name);
    let from = entry.document.line();
    let of_entry = |(_, package): &(usize, &Package)| compared(matched.release, package).0 == base;
    let installed: Vec<_> = packages.iter().enumerate().filter(of_entry).collect();
    if installed.is_empty() {
        let what = stream.map_or_else(|| format!("`{base}`"), |stream| format!("`{base}` of stream `{stream}`"));
        return vec![(format!("{what} is named, and not installed; {}, from {from}", entry.word), true)];
    }
    let mut lines = Vec::new();
    for (position, Package { name, version, .. }) in installed {
        if matched.set_aside.contains(&position) {
            let line = format!("{name} {version} is a kernel that neither runs nor would run after a reboot");
            lines.push((line, true));
        } else if let Some(unread) = matched.unassessed.iter().find(|it| it.package == position) {
            lines.push((format!("{name} {version} was not assessed: {}", unread.why), false));
        } else if let Some(stream) = stream
            && !compared_with(matched, position, entry)
        {
            let line = format!("{name} {version} is not of stream `{stream}`, of which the advisory speaks");
            lines.push((line, true));
        }
    }
    lines
}

/// Whether the entry is among those that were compared with a package.
fn compared_with(matched: &Matched, position: usize, entry: &Entry<'_>) -> bool {
    let own = matched.packages.iter().filter(|it| it.package == position);
    let mut runs = own.flat_map(|it| [it.runs.before.clone(), it.runs.affecting.clone()]);
    runs.any(|run| run.contains(&entry.index)) || matched.other_lines.iter().any(|it| it.entry == entry.index)
}

#[cfg(test)]
mod tests;
