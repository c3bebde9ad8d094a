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
use inspector_model::{Outcome, Place};

use crate::host_rule::{HostRule, fail, pass_unless, unreadable};

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

/// One rule.
pub type Rule = HostRule<fn(&HostFacts) -> Outcome>;

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
