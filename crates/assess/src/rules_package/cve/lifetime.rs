//! Whether the release, and each source package of it, still gets security updates. Matching goes on with the last word
//! of the feeds; that nobody looks for vulnerabilities any more, or mends them, is a finding of its own.

use std::collections::BTreeMap;

use inspector_model::host::{HostFacts, OsRelease, Package};
use inspector_model::proof::{Proof, SettingProof, VersionComparison};
use inspector_model::{Attribute, Finding, Outcome, Place, Severity};
use inspector_vuln::advisory::Lifetime;
use inspector_vuln::database::{Corrupt, Document};
use inspector_vuln::matcher::compared;

use super::{Found, KEY, name_epoch_version, package_names, place};
use crate::Evaluation;

/// The release as a whole.
const RELEASE: &str = "end-of-life";
/// Packages of it whose support ended before.
const ENDED: &str = "end-of-life-packages";
/// Packages that have limited support from the start.
const LIMITED: &str = "limited-support-packages";

impl Found<'_> {
    /// Writes one row for the release, and findings about it and its packages.
    pub(super) fn write_lifetimes(
        &self,
        host: &HostFacts,
        os: &OsRelease,
        evaluation: &mut Evaluation,
    ) -> Result<(), Corrupt> {
        let release = self.matched.release.key;
        let distribution = release.split(':').next().unwrap_or_default();
        let version = os.version_id.as_deref().unwrap_or_default();
        let own = format!("{}:{}", os.id, version.split('.').next().unwrap_or_default());
        let today = host.collected_at.day();
        let known = self.database.lifetimes(&[release, distribution, &own])?;
        let (packages, releases): (Vec<_>, Vec<_>) = known.iter().partition(|(it, _)| !it.package.is_empty());
        // A distribution that shares the key of another has an end of its own; of two sources the later end counts.
        let of_itself = releases.iter().any(|(it, _)| it.system == own);
        let end = releases.iter().filter(|(it, _)| !of_itself || it.system == own).max_by_key(|(it, _)| &it.until);
        match end {
            Some((end, document)) if end.until < today => {
                evaluation.fail(self.release_ended(os, end, document, place(&host.os)));
            }
            Some(_) => evaluation.record(KEY, RELEASE, self.subject, &Outcome::Pass),
            None => {}
        }
        let (limited, ended): (Vec<_>, Vec<_>) = packages.into_iter().partition(|(it, _)| it.until.is_empty());
        let ended = ended.into_iter().filter(|(it, _)| it.until < today).collect();
        self.packages_without(ENDED, &self.comparisons(ended), evaluation);
        self.packages_without(LIMITED, &self.comparisons(limited), evaluation);
        Ok(())
    }

    fn release_ended(&self, os: &OsRelease, end: &Lifetime, document: &Document, at: Option<&Place>) -> Finding {
        let Lifetime { until, .. } = end;
        let name = if os.pretty_name.is_empty() { self.matched.release.key } else { &os.pretty_name };
        let settings = vec![SettingProof {
            setting: "VERSION_ID".to_owned(),
            at: at.cloned().unwrap_or_else(|| Place::whole("/etc/os-release")),
            found: os.version_id.clone(),
            wanted: format!("a release with security updates; {} names {until} as the last day", document.line()),
        }];
        Finding {
            package: KEY,
            rule: RELEASE.to_owned(),
            subject: self.subject.to_owned(),
            severity: Severity::High,
            title: format!("Instance {} runs {name}, which gets no security updates any more", self.subject),
            description: format!(
                "Security updates of {name} ended on {until}. Vulnerabilities that were found since then are not mended, and \
                 the distribution's advisories may not name them."
            ),
            recommendation: "Upgrade the operating system to a release that gets security updates.".to_owned(),
            attributes: vec![
                Attribute::new("INSTANCE_ID", self.subject),
                Attribute::new("END_OF_LIFE", until.as_str()),
            ],
            proof: Proof::Settings { settings },
        }
    }

    /// Every installed binary of the packages that are spoken of, and what is said.
    fn comparisons(&self, said: Vec<&(Lifetime, &Document)>) -> Vec<VersionComparison> {
        let mut exact: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        let mut families = Vec::new();
        for it in said {
            match it.0.package.strip_suffix(".*") {
                Some(prefix) => families.push((prefix, it)),
                None => exact.entry(&it.0.package).or_default().push(it),
            }
        }
        let mut comparisons = Vec::new();
        for package in &self.inventory.packages {
            let (source, version) = compared(self.matched.release, package);
            let of_family = families.iter().filter(|(prefix, _)| source.starts_with(prefix)).map(|(_, it)| *it);
            let of_name = exact.get(source.as_ref()).into_iter().flatten().copied();
            if let Some((lifetime, document)) = of_name.chain(of_family).next() {
                comparisons.push(self.without_support(package, (&source, version), lifetime, document));
            }
        }
        comparisons.sort();
        comparisons
    }

    fn without_support(
        &self,
        package: &Package,
        (source, version): (&str, &str),
        lifetime: &Lifetime,
        document: &Document,
    ) -> VersionComparison {
        let said = if lifetime.until.is_empty() {
            "limited support".to_owned()
        } else {
            format!("support ended {}", lifetime.until)
        };
        let status = [said.as_str(), lifetime.note.as_str()].map(str::trim).join("; ");
        VersionComparison {
            name: package.name.clone(),
            version: package.version.clone(),
            source: source.to_owned(),
            source_version: version.to_owned(),
            fixed_version: None,
            status: status.trim_end_matches("; ").to_owned(),
            advisory: document.document.clone(),
            feed: document.line(),
            at: package.at.clone().or_else(|| self.database_file.cloned()),
        }
    }

    fn packages_without(&self, rule: &str, comparisons: &[VersionComparison], evaluation: &mut Evaluation) {
        if comparisons.is_empty() {
            return;
        }
        let named: Vec<_> = comparisons.iter().map(name_epoch_version).collect();
        let (what, severity) = match rule {
            ENDED => ("get no security updates any more", Severity::Medium),
            _ => ("get security updates only within limits", Severity::Informational),
        };
        let mut reasons: Vec<_> = comparisons.iter().map(|it| format!("{}: {}", it.source, it.status)).collect();
        reasons.dedup();
        evaluation.fail(Finding {
            package: KEY,
            rule: rule.to_owned(),
            subject: self.subject.to_owned(),
            severity,
            title: format!("Instance {} has packages that {what}", self.subject),
            description: format!(
                "The distribution says so of {} source packages: {}.",
                reasons.len(),
                reasons.join("; ")
            ),
            recommendation: format!("Remove what you do not need, or replace it: {}.", named.join(", ")),
            attributes: vec![
                Attribute::new("INSTANCE_ID", self.subject),
                Attribute::new("package_name", package_names(comparisons)),
            ],
            proof: Proof::Packages { comparisons: comparisons.to_vec() },
        });
    }
}

#[cfg(test)]
mod tests;
