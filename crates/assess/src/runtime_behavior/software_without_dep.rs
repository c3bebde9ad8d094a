//! Third-party code that asks for an executable stack.
//!
//! A file without the header counts as asking: the loader of the C library then makes stacks executable.

use inspector_model::running::Stack;
use inspector_model::{Outcome, Severity};

use super::third_party::{self, Verdict};
use super::{Observed, Rule};

pub(super) const RULE: Rule = Rule {
    key: "software-without-dep",
    id: "Software without DEP",
    title: "Instance {i} runs third-party software that was built without data execution prevention (DEP).",
    severity: Severity::Medium,
    description: "The software asks for a stack that can be executed, so an attacker who can write to it can run code of \
                  their own.",
    recommendation: "Remove the software, or ask its vendor for a version that is built with DEP (`-z noexecstack`).",
    check,
};

fn check(host: &Observed<'_>) -> Outcome {
    third_party::check(host, "stack (PT_GNU_STACK)", "not executable", |_, elf| match elf.stack {
        Stack::NoExecute => Verdict::Right,
        Stack::Execute => Verdict::Wrong("executable"),
        Stack::Unsaid => Verdict::Wrong("no such header, which is taken for executable"),
    })
}
