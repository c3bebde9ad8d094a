//! The processor's `nx` flag and the kernel's `noexec` options. As in the original, not evaluated on Arm.

use inspector_model::host::HostFacts;
use inspector_model::proof::SettingProof;
use inspector_model::{Fact, Outcome, Severity};

use super::{Rule, fail, unreadable};

pub(super) const RULE: Rule = Rule {
    key: "data-execution-prevention",
    id: "Enable DEP",
    title: "Instance {i} is configured to run without data execution prevention (DEP).",
    severity: Severity::Medium,
    description: "Where data can be executed, an attacker who can write to a program's memory can run code of their own.",
    recommendation: "Remove `noexec=off` and `noexec32=off` from the kernel command line, turn the processor's NX or XD \
                     bit on in the firmware, and use a kernel that supports it (on 32-bit x86, one with PAE).",
    check,
};

fn check(host: &HostFacts) -> Outcome {
    match &host.architecture {
        Fact::Seen { value, .. } if value.starts_with("arm") || value.starts_with("aarch64") => {
            return Outcome::NotApplicable("not evaluated on Arm".to_owned());
        }
        Fact::Seen { .. } => {}
        Fact::Absent { at } => return unreadable(at, "not there, so the processor is not known"),
        Fact::Unreadable { at, why } => return unreadable(at, why),
    }
    match &host.no_execute {
        Fact::Seen { value: true, .. } => Outcome::Pass,
        Fact::Seen { value: false, at } => fail(vec![SettingProof {
            setting: "no-execute support".to_owned(),
            at: at.clone(),
            found: Some("off".to_owned()),
            wanted: "on".to_owned(),
        }]),
        Fact::Absent { at } => unreadable(at, "not there: only a running kernel tells"),
        Fact::Unreadable { at, why } => unreadable(at, why),
    }
}
