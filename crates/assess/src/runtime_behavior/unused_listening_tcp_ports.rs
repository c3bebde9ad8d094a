//! TCP ports that were open to others for the whole observation and that nobody connected to.
//!
//! A connection counts once it is established: a scan that only knocks uses no port. Sockets on loopback cannot be reached
//! by others.

use std::collections::BTreeSet;

use inspector_model::behavior::Observation;
use inspector_model::host::{Listener, Transport, reachable};
use inspector_model::proof::SettingProof;
use inspector_model::{Fact, Outcome, Place, Severity};

use super::observed::sensor;
use super::{Observed, Rule, holder, pass_unless, unreadable};

pub(super) const RULE: Rule = Rule {
    key: "unused-listening-tcp-ports",
    id: "Unused listening TCP ports",
    title: "Instance {i} has listening TCP ports that received no traffic during the assessment run.",
    severity: Severity::Informational,
    description: "A service that nobody uses is a way in that nobody watches.",
    recommendation: "Stop the services that are not needed, or limit who can reach their ports with a security group, a \
                     network ACL or a firewall.",
    check,
};

/// A shorter observation says little about who uses a port.
const TELLING_SECONDS: u64 = 15 * 60;

fn check(host: &Observed<'_>) -> Outcome {
    let (listeners, at) = match &host.facts.listeners {
        Fact::Seen { value, at } => (value, at),
        Fact::Absent { at } => return unreadable(at, "not there: only a running host tells who listens"),
        Fact::Unreadable { at, why } => return unreadable(at, why),
    };
    let open = |it: &&Listener| it.transport == Transport::Tcp && reachable(it.address);
    let open: Vec<&Listener> = listeners.iter().filter(open).collect();
    let observation = match host.whole() {
        Ok(observation) => observation,
        // Whoever connected at another moment would have used the port.
        Err(reason) => return Outcome::NotAssessed(reason),
    };
    let used: BTreeSet<u16> = observation.incoming.iter().map(|incoming| incoming.port).collect();
    // What began to listen meanwhile had less time to be used.
    let unused = |it: &&&Listener| !used.contains(&it.port) && observation.listening.contains(&it.port);
    pass_unless(open.iter().filter(unused).map(|listener| proof(observation, listener, at)).collect())
}

fn proof(observation: &Observation, listener: &Listener, at: &Place) -> SettingProof {
    let weak = match observation.seconds {
        seconds if seconds < TELLING_SECONDS => "; a run of 15 minutes or more would say more",
        _ => "",
    };
    SettingProof {
        setting: format!("connections to TCP port {}", listener.port),
        at: at.clone(),
        found: Some(format!(
            "none; listening at {}, {}; seen by {}{weak}",
            listener.address,
            holder(listener),
            sensor(observation)
        )),
        wanted: "used, or not listening".to_owned(),
    }
}
