//! Whether an agent is well.

use inspector_model::Timestamp;
use inspector_store::agent::Agent;

/// How often an agent is expected to be heard of, in seconds: the patience of a check-in and some way.
pub(crate) const HEARTBEAT_SECONDS: i64 = 25;

/// So many heartbeats may be missed.
const MISSES: i64 = 3;

/// The three states of the Classic API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Health {
    /// Heard of lately.
    Healthy,
    /// Not heard of lately.
    Unhealthy,
    /// Never heard of.
    Unknown,
}

/// An agent that was last seen before this moment counts as silent at `now`.
pub(crate) fn silent_before(now: Timestamp) -> Timestamp {
    now.plus_seconds(-HEARTBEAT_SECONDS * MISSES)
}

/// When an agent that was last seen at `seen` starts to count as silent.
pub(crate) fn silent_at(seen: Timestamp) -> Timestamp {
    Timestamp::from_millis(seen.plus_seconds(HEARTBEAT_SECONDS * MISSES).millis().saturating_add(1))
}

/// How `agent` is at `now`.
pub(crate) fn health(agent: Option<&Agent>, now: Timestamp) -> Health {
    match agent.and_then(|agent| agent.last_seen_at) {
        None => Health::Unknown,
        Some(seen) if seen >= silent_before(now) => Health::Healthy,
        Some(_) => Health::Unhealthy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agent_turns_silent_exactly_when_its_wake_says_so() {
        let seen = Timestamp::from_millis(1_000_000);
        let turn = silent_at(seen);
        assert!(seen < silent_before(turn));
        assert!(seen >= silent_before(Timestamp::from_millis(turn.millis() - 1)));
    }
}
