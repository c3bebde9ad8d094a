//! Third-party code in C or C++ whose functions do not guard their return addresses.
//!
//! Go and Rust check bounds and have no cookies by nature. Code that keeps no arrays on the stack needs none either, and
//! nothing in the file tells that apart: the evidence says by what it was judged. Containers bring code of distributions
//! whose packages are not read, and a part of that has no cookies for the same reason, so none of it is concluded from.

use inspector_model::running::{Cookies, Language};
use inspector_model::{Outcome, Severity};

use super::third_party::{self, Verdict};
use super::{Observed, Rule};

pub(super) const RULE: Rule = Rule {
    key: "software-without-stack-cookies",
    id: "Software without stack cookies",
    title: "Instance {i} runs third-party software that was built without stack cookies.",
    severity: Severity::Medium,
    description: "The software does not notice when a write runs over the end of an array on the stack, so an attacker can \
                  change where a function returns to.",
    recommendation: "Remove the software, or ask its vendor for a version that is built with stack cookies \
                     (`-fstack-protector-strong`).",
    check,
};

fn check(host: &Observed<'_>) -> Outcome {
    third_party::check(host, "stack cookies", "`__stack_chk_fail` among its names", |file, elf| {
        match (elf.cookies, elf.language) {
            (Cookies::Present, _) | (_, Language::Go | Language::Rust) => Verdict::Right,
            (Cookies::Missing, Language::C) if file.container.is_some() => {
                Verdict::Unclear("has no stack cookies, and the packages of its container are not read")
            }
            (Cookies::Missing, Language::C) => Verdict::Wrong("none: C or C++ that does not name `__stack_chk_fail`"),
            (Cookies::Missing, Language::Unknown) => {
                Verdict::Unclear("has no stack cookies, and does not say which language it was compiled from")
            }
            (Cookies::Unknown, Language::C | Language::Unknown) => {
                Verdict::Unclear("is linked statically and names none of its functions")
            }
        }
    })
}
