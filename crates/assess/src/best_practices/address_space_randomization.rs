//! `kernel.randomize_va_space` (the kernel's `sysctl/kernel` document): 2 moves stack, libraries and heap.
//!
//! Of a directory tree the value that is set at boot counts. Where none is set, the default of a kernel that does not run
//! here is not known, so nothing is concluded.

use inspector_model::host::HostFacts;
use inspector_model::proof::SettingProof;
use inspector_model::{Fact, Outcome, Severity};

use super::{Rule, fail, unreadable};

pub(super) const RULE: Rule = Rule {
    key: "address-space-randomization",
    id: "Enable ASLR",
    title: "Instance {i} is configured to run programs without full address space layout randomization (ASLR).",
    severity: Severity::Medium,
    description: "When code and data lie at the same addresses in every run, an attacker who can overwrite memory knows \
                  what to write.",
    recommendation: "Run `sysctl -w kernel.randomize_va_space=2` and write `kernel.randomize_va_space = 2` to a file in \
                     `/etc/sysctl.d`, so that it holds after the next start.",
    check,
};

const FULL: u8 = 2;

fn check(host: &HostFacts) -> Outcome {
    match &host.randomize_va_space {
        Fact::Seen { value, .. } if *value == FULL => Outcome::Pass,
        Fact::Seen { value, at } => fail(vec![SettingProof {
            setting: "kernel.randomize_va_space".to_owned(),
            at: at.clone(),
            found: Some(value.to_string()),
            wanted: FULL.to_string(),
        }]),
        Fact::Absent { at } => unreadable(at, "not there: only a running kernel tells, and nothing sets it at boot"),
        Fact::Unreadable { at, why } => unreadable(at, why),
    }
}
