//! Findings of known vulnerabilities: the versions are compared again, by the slow comparison, with what the advisories
//! say.

use std::cmp::Ordering;

use inspector_model::Finding;
use inspector_model::proof::VersionComparison;
use inspector_reachability::check::Judgement;
use inspector_vuln::database::{Corrupt, Database, EntryState};
use inspector_vuln::release::{RELEASES, Release};

pub(super) fn judge(database: &Database, finding: &Finding, comparisons: &[VersionComparison]) -> Judgement {
    if comparisons.is_empty() {
        return Judgement::Wrong("it compares no version".to_owned());
    }
    let mut unchecked = None;
    for comparison in comparisons {
        match compared(database, &finding.rule, comparison) {
            Ok(Judgement::Holds) => {}
            Ok(wrong @ Judgement::Wrong(_)) => return wrong,
            Ok(Judgement::Unchecked(why)) => unchecked = Some(why),
            Err(corrupt) => unchecked = Some(corrupt.to_string()),
        }
    }
    unchecked.map_or(Judgement::Holds, Judgement::Unchecked)
}

fn compared(database: &Database, cve: &str, of: &VersionComparison) -> Result<Judgement, Corrupt> {
    let VersionComparison { source, source_version, .. } = of;
    // The release is not part of a proof: one in whose order the version is affected is enough.
    for release in RELEASES {
        if affected(database, release, cve, of)? {
            return Ok(Judgement::Holds);
        }
    }
    if database.manifest().documents.iter().all(|document| document.line() != of.feed) {
        return Ok(Judgement::Unchecked(format!("the advisories in use do not hold `{}`", of.feed)));
    }
    let fixed = of.fixed_version.as_deref().map_or_else(|| "no fix".to_owned(), |fixed| format!("a fix in `{fixed}`"));
    let what = format!("`{}` does not say that {cve} affects `{source}` {source_version} with {fixed}", of.feed);
    Ok(Judgement::Wrong(what))
}

/// Whether an advisory of `release` says what the comparison rests on, and the version is affected by it.
fn affected(database: &Database, release: &Release, cve: &str, of: &VersionComparison) -> Result<bool, Corrupt> {
    let version = of.source_version.as_str();
    let (Some(known), Ok(key)) = (database.release(release.key)?, release.order.key(version)) else { return Ok(false) };
    let Some(runs) = database.lookup(known, &of.source, &key)? else { return Ok(false) };
    for index in runs.before.start..runs.affecting.end {
        let entry = database.entry(index)?;
        let advisory = if entry.advisory.is_empty() { cve } else { entry.advisory };
        let same = database.cve_id(entry.cve)? == cve
            && advisory == of.advisory
            && entry.word == of.status
            && entry.document.line() == of.feed;
        let against = |other: &str| (release.order.compare)(version, other).ok();
        let begun = entry.introduced.is_none_or(|start| against(start.text).is_some_and(Ordering::is_ge));
        let ends_later = match (entry.state, of.fixed_version.as_deref()) {
            (EntryState::Fixed(fixed), Some(claimed)) => {
                claimed == fixed && against(fixed).is_some_and(Ordering::is_lt)
            }
            (EntryState::LastAffected(last), None) => against(last).is_some_and(Ordering::is_le),
            (EntryState::Open, None) => true,
            (EntryState::Fixed(_), None)
            | (EntryState::LastAffected(_) | EntryState::Open, Some(_))
            | (EntryState::NotAffected | EntryState::Undetermined, _) => false,
        };
        if same && begun && ends_later {
            return Ok(true);
        }
    }
    Ok(false)
}
