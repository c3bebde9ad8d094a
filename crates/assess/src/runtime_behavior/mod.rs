//! The seven Runtime Behavior Analysis rules, one file each: a constant and a pure function from what was observed to an
//! outcome.
//!
//! Names, severities and what each looks at are the original's (AWS user guide, 2017 and 2019 editions, "Runtime behavior
//! analysis"). It published names of protocols and no ports; those used here stand in [`clear_text`].

mod insecure_client_general;
mod insecure_client_login;
mod insecure_server_protocols;
mod root_process_permissions;
mod software_without_dep;
mod software_without_stack_cookies;
mod unused_listening_tcp_ports;

mod clear_text;
mod clients;
mod observed;
mod third_party;

use inspector_model::Outcome;
use inspector_model::host::Listener;

pub use self::observed::Observed;
use crate::host_rule::{HostRule, fail, pass_unless, unreadable};

/// One rule.
pub type Rule = HostRule<fn(&Observed<'_>) -> Outcome>;

/// Every rule, by key.
pub const RULES: &[Rule] = &[
    insecure_client_general::RULE,
    insecure_client_login::RULE,
    insecure_server_protocols::RULE,
    root_process_permissions::RULE,
    software_without_dep::RULE,
    software_without_stack_cookies::RULE,
    unused_listening_tcp_ports::RULE,
];

/// Who holds a listening socket, for a person.
fn holder(listener: &Listener) -> String {
    let Some(process) = &listener.process else { return "held by a process that could not be told".to_owned() };
    let mut text = format!("held by `{}` (process {}", process.path, process.pid);
    if let Some(package) = &listener.package {
        text.push_str(&format!(", package {package}"));
    }
    if let Some(container) = &listener.container {
        text.push_str(&format!(", container {container}"));
    }
    text + ")"
}
