//! What the operator may set: quotas, limits, and where the original is followed to the letter.

use std::path::PathBuf;

use crate::http::Limits;
use crate::oidc::OidcSettings;

/// Everything of it.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// How many of each thing an account may have.
    pub quotas: Quotas,
    /// What requests may cost.
    pub limits: Limits,
    /// Whether a run is refused while another one holds one of its instances, as the original does.
    pub strict_classic: bool,
    /// An identity provider whose people may come in.
    pub oidc: Option<OidcSettings>,
    /// How agents are kept.
    pub agents: AgentSettings,
}

/// How agents are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentSettings {
    /// How long a client certificate is valid, in seconds. It is renewed when two thirds of that are over.
    pub certificate_seconds: u32,
    /// How long a check-in is held while there is nothing to do, in seconds; at most [`AgentSettings::POLL_SECONDS`].
    pub poll_seconds: u32,
    /// The folder of the packages that new hosts fetch.
    pub packages: PathBuf,
}

impl AgentSettings {
    /// A check-in that is held for longer would count as silence.
    pub const POLL_SECONDS: u32 = 20;
}

impl Default for AgentSettings {
    fn default() -> Self {
        Self { certificate_seconds: 7 * 86_400, poll_seconds: Self::POLL_SECONDS, packages: PathBuf::new() }
    }
}

/// How many of each thing an account may have in one Region. The defaults are those of the original (AWS user guide,
/// "Service limits"); where it published none, the default says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotas {
    /// Instances in all runs that are in progress together.
    pub instances: i64,
    /// Resource groups; they cannot be deleted. The original published no number.
    pub resource_groups: i64,
    /// Assessment runs.
    pub runs: i64,
    /// Assessment targets.
    pub targets: i64,
    /// Assessment templates.
    pub templates: i64,
    /// Topics that hear of one template. The original published no number; its lists hold 50.
    pub topics: i64,
}

impl Default for Quotas {
    fn default() -> Self {
        Self { instances: 500, resource_groups: 10_000, runs: 50_000, targets: 50, templates: 500, topics: 50 }
    }
}

/// Why a quota cannot be set.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuotaError {
    /// The text is not of its form.
    #[error("`{0}` is not NAME=NUMBER")]
    Form(String),
    /// No such quota.
    #[error("no quota is called `{0}`; there are {names}", names = Quotas::NAMES.join(", "))]
    Name(String),
}

impl Quotas {
    /// What [`Quotas::set`] knows.
    pub const NAMES: [&str; 6] = ["instances", "resource-groups", "runs", "targets", "templates", "topics"];

    /// Sets one from `NAME=NUMBER`.
    ///
    /// # Errors
    /// When there is no such quota, or the number is none.
    pub fn set(&mut self, text: &str) -> Result<(), QuotaError> {
        let form = || QuotaError::Form(text.to_owned());
        let (name, number) = text.split_once('=').ok_or_else(form)?;
        let place = match name {
            "instances" => &mut self.instances,
            "resource-groups" => &mut self.resource_groups,
            "runs" => &mut self.runs,
            "targets" => &mut self.targets,
            "templates" => &mut self.templates,
            "topics" => &mut self.topics,
            other => return Err(QuotaError::Name(other.to_owned())),
        };
        let number: u32 = number.parse().map_err(|_| form())?;
        *place = i64::from(number);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quota_can_be_set_by_its_name() {
        let mut quotas = Quotas::default();
        for name in Quotas::NAMES {
            quotas.set(&format!("{name}=7")).unwrap();
        }
        let seven = Quotas { instances: 7, resource_groups: 7, runs: 7, targets: 7, templates: 7, topics: 7 };
        assert_eq!(quotas, seven);
        for bad in ["targets", "targets=", "targets=-1", "targets=many", "hosts=1"] {
            assert!(quotas.set(bad).is_err(), "{bad}");
        }
    }
}
