//! Connections that a host opened to servers of clear-text protocols.

use inspector_model::behavior::{Observation, Outgoing};
use inspector_model::proof::SettingProof;
use inspector_model::{Outcome, Place};

use super::clear_text::{self, Protocol};
use super::observed::sensor;
use super::{Observed, fail};

/// Fails with every connection to a protocol of the kind, however short the observation was; passes where none was seen
/// and nothing is missing from it.
pub(super) fn check(host: &Observed<'_>, kind: fn(&Protocol) -> bool) -> Outcome {
    let used: Vec<SettingProof> = host.seen().map(|seen| used(seen, kind)).unwrap_or_default();
    match host.whole() {
        _ if !used.is_empty() => fail(used),
        Ok(_) => Outcome::Pass,
        Err(reason) => Outcome::NotAssessed(reason),
    }
}

fn used(observation: &Observation, kind: fn(&Protocol) -> bool) -> Vec<SettingProof> {
    let protocol = |it: &Outgoing| clear_text::at(it.transport, it.port).filter(|protocol| kind(protocol));
    let connections = observation.outgoing.iter();
    connections.filter_map(|it| Some(proof(observation, it, protocol(it)?))).collect()
}

fn proof(observation: &Observation, it: &Outgoing, protocol: &Protocol) -> SettingProof {
    let program = match (&it.program, it.pid) {
        (Some(program), Some(pid)) => format!("`{program}` (process {pid})"),
        (Some(program), None) => format!("`{program}`"),
        (None, _) => "a process that had let go of its socket".to_owned(),
    };
    SettingProof {
        setting: format!("{} connections to port {}", protocol.name, it.port),
        at: Place::whole(observation.sensor.kind.as_str()),
        found: Some(format!(
            "{} by {program}, for example to {}; seen by {}",
            it.count,
            it.example,
            sensor(observation)
        )),
        wanted: format!("none: {} instead", protocol.instead),
    }
}
