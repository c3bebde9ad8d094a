//! What the SSH rules share.

use inspector_model::host::{HostFacts, Setting, SshdConfig};
use inspector_model::{Fact, Outcome};

use super::{found, pass_unless, unreadable};

/// A keyword with the values that pass.
pub(super) struct Wanted {
    /// As the manual spells it.
    pub(super) keyword: &'static str,
    /// Values that pass, lower case.
    pub(super) values: &'static [&'static str],
    /// The same for a person.
    pub(super) told: &'static str,
}

/// Judges every value of the keyword that can hold for some connection. Where a `Match` block overrides the keyword with a
/// value that does not pass, the rule fails at that block's line, whoever the block is for.
pub(super) fn judge(host: &HostFacts, wanted: &Wanted) -> Outcome {
    let (sshd, at) = match &host.sshd {
        Fact::Seen { value, at } => (value, at),
        Fact::Absent { .. } => return not_installed(),
        Fact::Unreadable { at, why } => return unreadable(at, why),
    };
    let held = values(sshd, &wanted.keyword.to_ascii_lowercase());
    if held.is_empty() {
        let why = format!("`{}` is not set, and this server's default is not known", wanted.keyword);
        return unreadable(at, &why);
    }
    let passes = |setting: &&Setting| wanted.values.contains(&setting.value.to_ascii_lowercase().as_str());
    let wrong = held.into_iter().filter(|setting| !passes(setting));
    pass_unless(wrong.map(|setting| found(wanted.keyword, setting, wanted.told)).collect())
}

pub(super) fn not_installed() -> Outcome {
    Outcome::NotApplicable("no SSH server is installed".to_owned())
}

/// The values of a keyword that can hold: those of the `Match` blocks in order and the global one, up to and including the
/// first that holds for every connection.
fn values<'a>(sshd: &'a SshdConfig, keyword: &str) -> Vec<&'a Setting> {
    let mut held = Vec::new();
    for block in &sshd.matches {
        let Some(setting) = block.settings.get(keyword) else { continue };
        held.push(setting);
        if block.criteria.eq_ignore_ascii_case("all") {
            return held;
        }
    }
    held.extend(sshd.global.get(keyword));
    held
}
