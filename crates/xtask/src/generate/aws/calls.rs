//! `calls.toml`: what is asked, for each what, and why. The file says what its members mean.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};
use serde::Deserialize;

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Calls {
    #[serde(rename = "call")]
    pub(super) calls: Vec<Call>,
    own: Vec<Own>,
}

/// An operation that the client needs for itself.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Own {
    service: String,
    operation: String,
    #[serde(default)]
    input: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Call {
    pub(super) service: String,
    pub(super) operation: String,
    pub(super) document: Option<String>,
    pub(super) file: Option<String>,
    pub(super) each: Option<String>,
    pub(super) input: Option<String>,
    pub(super) only: Option<String>,
    #[serde(default)]
    pub(super) wrap: bool,
    #[serde(default)]
    pub(super) set: BTreeMap<String, serde_json::Value>,
    pub(super) page_size: Option<i64>,
    pub(super) why: String,
}

impl Calls {
    pub(super) fn parse(text: &str) -> Result<Self> {
        let calls: Self = toml::from_str(text)?;
        for call in &calls.calls {
            let name = format!("{}:{}", call.service, call.operation);
            ensure!(!call.why.is_empty(), "`{name}` needs a reason");
            ensure!(call.each.is_some() == call.input.is_some(), "`{name}` needs both `each` and `input`, or none");
            ensure!(call.each.is_some() || !call.wrap, "`{name}` wraps answers of one call");
        }
        Ok(calls)
    }

    /// Services, each once.
    pub(super) fn services(&self) -> BTreeSet<&str> {
        let own = self.own.iter().map(|own| own.service.as_str());
        self.calls.iter().map(|call| call.service.as_str()).chain(own).collect()
    }

    /// The operations of a service, each with the members of its input that are ever set.
    pub(super) fn operations(&self, service: &str) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut operations: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for call in self.calls.iter().filter(|call| call.service == service) {
            let members = operations.entry(&call.operation).or_default();
            members.extend(call.set.keys().map(String::as_str));
            members.extend(call.input.as_deref());
        }
        for own in self.own.iter().filter(|own| own.service == service) {
            operations.entry(&own.operation).or_default().extend(own.input.iter().map(String::as_str));
        }
        operations
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(call: &str) -> Result<Calls> {
        let text = format!("[[call]]\nservice = \"ec2\"\noperation = \"DescribeVpcs\"\n{call}\n[[own]]\n");
        Calls::parse(&(text + "service = \"sts\"\noperation = \"GetCallerIdentity\""))
    }

    #[test]
    fn a_call_says_why_and_for_each_what() {
        assert!(parse("why = \"ranges\"").is_ok());
        for bad in ["", "why = \"\"", "why = \"a\"\neach = \"A[].B\"", "why = \"a\"\nwrap = true"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
