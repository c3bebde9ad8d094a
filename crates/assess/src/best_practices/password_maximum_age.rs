//! `PASS_MAX_DAYS` of `login.defs(5)` for accounts to come, the maximum age of `shadow(5)` for those that are there.
//!
//! The original published no threshold. Missing, and 99999 or more, count as not set: that number is what distributions
//! ship to mean never.

use inspector_model::host::{Account, HostFacts};
use inspector_model::proof::SettingProof;
use inspector_model::{Fact, Outcome, Severity};

use super::{Rule, fail, found, lacking, pass_unless, unreadable};

pub(super) const RULE: Rule = Rule {
    key: "password-maximum-age",
    id: "Configure password maximum age",
    title: "Instance {i} is configured to let passwords be used for ever.",
    severity: Severity::Medium,
    description: "A password that never has to change stays useful to whoever has learnt it.",
    recommendation: "Set `PASS_MAX_DAYS` in `/etc/login.defs` for new accounts, and run `chage -M DAYS USER` for those \
                     that exist.",
    check,
};

const NEVER: u32 = 99_999;
const WANTED: &str = "a number of days below 99999";

fn check(host: &HostFacts) -> Outcome {
    let defaults = match &host.login_defs {
        Fact::Seen { value, at } => match value.get("PASS_MAX_DAYS") {
            Some(setting) if limits(setting.value.parse().ok()) => Vec::new(),
            Some(setting) => vec![found("PASS_MAX_DAYS", setting, WANTED)],
            None => vec![lacking("PASS_MAX_DAYS", at, WANTED)],
        },
        Fact::Absent { at } => vec![lacking("PASS_MAX_DAYS", at, WANTED)],
        Fact::Unreadable { at, why } => return unreadable(at, why),
    };
    match &host.accounts {
        Fact::Seen { value, .. } => {
            let accounts = value.iter().filter(|account| !limits(account.max_days)).map(unlimited);
            pass_unless(defaults.into_iter().chain(accounts).collect())
        }
        // What new accounts would get is wrong enough, whatever the others are like.
        Fact::Absent { .. } | Fact::Unreadable { .. } if !defaults.is_empty() => fail(defaults),
        Fact::Absent { at } => unreadable(at, "not there, so the accounts of this host are not known"),
        Fact::Unreadable { at, why } => unreadable(at, why),
    }
}

fn limits(days: Option<u32>) -> bool {
    days.is_some_and(|days| days < NEVER)
}

fn unlimited(account: &Account) -> SettingProof {
    SettingProof {
        setting: format!("maximum password age of `{}`", account.name),
        at: account.at.clone(),
        found: account.max_days.map(|days| days.to_string()),
        wanted: WANTED.to_owned(),
    }
}
