//! Services that others can reach over protocols that encrypt nothing, known by their ports.
//!
//! Sockets on loopback serve this host alone.

use inspector_model::host::{Listener, reachable};
use inspector_model::proof::SettingProof;
use inspector_model::{Fact, Outcome, Place, Severity};

use super::{Observed, Rule, clear_text, holder, pass_unless, unreadable};

pub(super) const RULE: Rule = Rule {
    key: "insecure-server-protocols",
    id: "Insecure server protocols",
    title: "Instance {i} is configured to support insecure server protocols.",
    severity: Severity::Informational,
    description: "The instance serves a protocol that encrypts nothing: FTP, Telnet, HTTP, IMAP, POP3, SMTP, SNMP version \
                  1 or 2, rexec, rsh or rlogin.",
    recommendation: "Replace Telnet, rexec, rsh and rlogin by SSH, FTP by SFTP or SCP, HTTP by HTTPS, the mail protocols \
                     by their versions over TLS, SNMP by its version 3. Where that cannot be, limit who can reach the port \
                     with a security group, a network ACL or a firewall.",
    check,
};

fn check(host: &Observed<'_>) -> Outcome {
    match &host.facts.listeners {
        Fact::Seen { value, at } => pass_unless(value.iter().filter_map(|listener| served(listener, at)).collect()),
        Fact::Absent { at } => unreadable(at, "not there: only a running host tells who listens"),
        Fact::Unreadable { at, why } => unreadable(at, why),
    }
}

fn served(listener: &Listener, at: &Place) -> Option<SettingProof> {
    let protocol = clear_text::at(listener.transport, listener.port)?;
    reachable(listener.address).then(|| SettingProof {
        setting: format!("{} port {}", protocol.name, listener.port),
        at: at.clone(),
        found: Some(format!("listening at {}, {}", listener.address, holder(listener))),
        wanted: format!("not listening: {} instead", protocol.instead),
    })
}
