//! The nine Security Best Practices rules, one file each: a constant and a pure function from facts to an outcome.
//!
//! Names, severities and what each looks at are the original's (AWS user guide, "Security best practices for Amazon
//! Inspector"); where it published no threshold, the rule's file says which one is used.

mod address_space_randomization;
mod data_execution_prevention;
mod password_complexity;
mod password_maximum_age;
mod password_minimum_length;
mod ssh_password_authentication;
mod ssh_protocol_version;
mod ssh_root_login;
mod system_directory_permissions;

mod pam_control;
mod password_quality;
mod ssh;

use inspector_model::host::{HostFacts, Setting};
use inspector_model::proof::SettingProof;
use inspector_model::{Outcome, Place, Proof, Reason, ReasonCode, Severity};

/// Every rule, by key.
pub const RULES: &[Rule] = &[
    address_space_randomization::RULE,
    data_execution_prevention::RULE,
    password_complexity::RULE,
    password_maximum_age::RULE,
    password_minimum_length::RULE,
    ssh_password_authentication::RULE,
    ssh_protocol_version::RULE,
    ssh_root_login::RULE,
    system_directory_permissions::RULE,
];

/// One rule: what never changes about it, said once, and its check.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Short name: the name of its fixture folder.
    pub key: &'static str,
    /// Rule identity in findings: the original's name of the rule.
    pub id: &'static str,
    /// One sentence; `{i}` stands for the instance.
    pub title: &'static str,
    /// How bad a failure is.
    pub severity: Severity,
    /// Why it matters.
    pub description: &'static str,
    /// What to do.
    pub recommendation: &'static str,
    /// The verdict on one host.
    pub check: fn(&HostFacts) -> Outcome,
}

/// A failure with at least one setting; none at all is a fault of the rule and never a pass.
fn fail(settings: Vec<SettingProof>) -> Outcome {
    if settings.is_empty() {
        return Outcome::NotAssessed(Reason::new(ReasonCode::EvaluationError, "the rule failed without a proof"));
    }
    Outcome::Fail(Proof::Settings { settings })
}

/// Passes when nothing is wrong, else fails with what is.
fn pass_unless(wrong: Vec<SettingProof>) -> Outcome {
    if wrong.is_empty() { Outcome::Pass } else { fail(wrong) }
}

fn unreadable(at: &Place, why: &str) -> Outcome {
    Outcome::NotAssessed(Reason::new(ReasonCode::Unreadable, format!("`{at}`: {why}")))
}

/// A setting that is not as wanted.
fn found(name: &str, setting: &Setting, wanted: &str) -> SettingProof {
    SettingProof {
        setting: name.to_owned(),
        at: setting.at.clone(),
        found: Some(setting.value.clone()),
        wanted: wanted.to_owned(),
    }
}

/// A setting that is missing from `at`.
fn lacking(name: &str, at: &Place, wanted: &str) -> SettingProof {
    SettingProof { setting: name.to_owned(), at: at.clone(), found: None, wanted: wanted.to_owned() }
}
