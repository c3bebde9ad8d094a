//! What a report says, worked out once; each writer of reports prints all of it.
//!
//! The order of its sections is that of the original's findings report (AWS, 2018), with one section more: what could
//! not be assessed stands before what was found.

mod details;
mod gaps;
mod ledger;
mod summary;

use std::fmt::Write as _;
use std::net::{IpAddr, SocketAddr};

use inspector_model::assessment::{Assessment, Subject};
use inspector_model::proof::{Direction, Hop, NetworkProof, Packet};
use inspector_model::{PackageKey, Severity, Timestamp};

use crate::meta::{ReportKind, ReportMeta};
pub(crate) use details::Group;
use gaps::{Gap, Missing};
use ledger::{InstanceRow, PackageRules};
use summary::{PackageRow, Standing};

/// Everything that a report prints.
pub(crate) struct Page<'a> {
    pub(crate) assessment: &'a Assessment,
    pub(crate) meta: &'a ReportMeta,
    pub(crate) title: String,
    /// What stands at the foot of each sheet of paper.
    pub(crate) footer: String,
    pub(crate) packages: Vec<PackageRow>,
    pub(crate) instances: Vec<InstanceRow<'a>>,
    pub(crate) exclusions: Vec<Gap<'a>>,
    pub(crate) missing: Vec<Missing<'a>>,
    pub(crate) groups: Vec<Group<'a>>,
    pub(crate) rules: Vec<PackageRules<'a>>,
    pub(crate) standing: Standing,
}

impl<'a> Page<'a> {
    pub(crate) fn of(assessment: &'a Assessment, meta: &'a ReportMeta) -> Self {
        let packages = summary::package_rows(assessment);
        let instances = ledger::instance_rows(assessment, &meta.instances);
        let standing = Standing::of(assessment, &packages, &instances);
        let name = meta.template.as_deref().unwrap_or_else(|| subject_id(&assessment.subject));
        Self {
            title: format!("{name} - Assessment Report - OpenInspector"),
            footer: format!("OpenInspector - Assessment Report - {} - {}", shortened(name), utc(meta.generated_at)),
            exclusions: gaps::grouped(&assessment.exclusions),
            missing: gaps::missing(&assessment.coverage),
            groups: details::groups(&assessment.findings),
            rules: match meta.kind {
                ReportKind::Findings => Vec::new(),
                ReportKind::Full => ledger::package_rules(&assessment.coverage),
            },
            assessment,
            meta,
            packages,
            instances,
            standing,
        }
    }

    pub(crate) fn kind(&self) -> &'static str {
        match self.meta.kind {
            ReportKind::Findings => "Findings Report",
            ReportKind::Full => "Full Report",
        }
    }

    pub(crate) fn is_full(&self) -> bool {
        self.meta.kind == ReportKind::Full
    }

    pub(crate) fn subject_kind(&self) -> &'static str {
        match self.assessment.subject {
            Subject::Host { .. } => "Host",
            Subject::Network { .. } => "Network snapshot",
            Subject::Run { .. } => "Assessment run ARN",
        }
    }

    pub(crate) fn subject_id(&self) -> &'a str {
        subject_id(&self.assessment.subject)
    }

    pub(crate) fn operating_system(&self) -> Option<&'a str> {
        match &self.assessment.subject {
            Subject::Host { operating_system, .. } => operating_system.as_deref(),
            Subject::Network { .. } | Subject::Run { .. } => None,
        }
    }

    /// Instances of the subject that neither the ledger nor the caller names one by one.
    pub(crate) fn unnamed_instances(&self) -> usize {
        match &self.assessment.subject {
            Subject::Host { .. } => 0,
            Subject::Network { instances, .. } | Subject::Run { instances, .. } => {
                instances.saturating_sub(self.instances.len())
            }
        }
    }

    pub(crate) fn total(&self, severity: &Severity) -> usize {
        self.packages.iter().map(|row| row.count(severity)).sum()
    }
}

pub(crate) fn subject_id(subject: &Subject) -> &str {
    match subject {
        Subject::Host { id, .. } | Subject::Network { id, .. } | Subject::Run { id, .. } => id,
    }
}

/// `YYYY-MM-DD at HH:MM:SS UTC`, as the original wrote times.
pub(crate) fn utc(moment: Timestamp) -> String {
    let mut text = String::new();
    if write!(text, "{moment}").is_err() {
        return format!("{} ms since 1970-01-01", moment.millis());
    }
    match text.split_once('T') {
        Some((date, time)) => format!("{date} at {} UTC", time.chars().take(8).collect::<String>()),
        None => text,
    }
}

/// `Common Vulnerabilities and Exposures-1.1`, as the original's reports name a package.
pub(crate) fn package_name(package: &PackageKey) -> String {
    format!("{}-{}", package.name(), package.version())
}

/// The two halves of a network proof, each with the packet that takes it.
pub(crate) fn directions(proof: &NetworkProof) -> [(Direction, &Packet, &'static str); 2] {
    [
        (Direction::Request, &proof.request, "Request, from the outside in:"),
        (Direction::Reply, &proof.reply, "Reply, from the inside out:"),
    ]
}

/// The hops that a packet takes in one direction.
pub(crate) fn hops<'a>(proof: &'a NetworkProof, direction: &Direction) -> Vec<&'a Hop> {
    proof.path.iter().filter(|hop| hop.direction == *direction).collect()
}

/// An address with its port, where the protocol has one.
pub(crate) fn socket(address: &IpAddr, port: &u16) -> String {
    match port {
        0 => address.to_string(),
        port => SocketAddr::new(*address, *port).to_string(),
    }
}

/// `1 check`, `2 checks`.
pub(crate) fn counted(number: impl TryInto<u64>, noun: &str) -> String {
    match number.try_into().unwrap_or(u64::MAX) {
        1 => format!("1 {noun}"),
        many => format!("{many} {noun}s"),
    }
}

/// A name that fits into the running footer.
fn shortened(name: &str) -> String {
    let limit = 60;
    let mut short: String = name.chars().take(limit).collect();
    if name.chars().nth(limit).is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_the_original_wrote_them() {
        assert_eq!(utc("2018-01-19T22:31:09.250Z".parse().unwrap()), "2018-01-19 at 22:31:09 UTC");
    }

    #[test]
    fn a_time_beyond_the_calendar_is_shown_as_it_is() {
        assert_eq!(utc(Timestamp::from_millis(i64::MAX)), "9223372036854775807 ms since 1970-01-01");
    }

    #[test]
    fn a_long_name_is_cut_in_the_footer() {
        assert_eq!(shortened(&"ü".repeat(61)), format!("{}…", "ü".repeat(60)));
        assert_eq!(shortened("short"), "short");
    }
}
