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

/// Since when the service listens, and when it last heard of anybody before. While it was down every agent was silent, and
/// that is no agent's fault: those that were well at the end count as well until they have had time to come back.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Listening {
    since: Timestamp,
    heard_until: Option<Timestamp>,
}

impl Listening {
    /// Listening since `since`, after having heard of an agent last at `heard_until`.
    pub(crate) fn new(since: Timestamp, heard_until: Option<Timestamp>) -> Self {
        Self { since, heard_until }
    }

    /// An agent that was last seen before this moment holds no run up at `now`.
    pub(crate) fn silent_before(self, now: Timestamp) -> Timestamp {
        let usual = silent_before(now);
        match self.heard_until {
            Some(heard_until) if now < silent_at(self.since) => usual.min(silent_before(heard_until)),
            Some(_) | None => usual,
        }
    }

    /// When an agent that was last seen at `seen` stops to hold runs up.
    pub(crate) fn silent_at(self, seen: Timestamp) -> Timestamp {
        silent_at(if seen < self.since { self.since } else { seen })
    }
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
    fn a_restart_gives_agents_that_were_well_the_time_to_come_back() {
        let second = |second: i64| Timestamp::from_millis(second * 1000);
        let listening = Listening::new(second(100_000), Some(second(1_000)));
        let holds_up = |seen: i64, now: i64| second(seen) >= listening.silent_before(second(now));
        assert!(holds_up(990, 100_010), "it was well when the service went down");
        assert!(!holds_up(500, 100_010), "it was silent already");
        assert!(!holds_up(990, 100_080), "it has not come back");
        assert!(holds_up(100_050, 100_080));
        assert_eq!(listening.silent_at(second(990)), silent_at(second(100_000)));
        assert_eq!(listening.silent_at(second(100_050)), silent_at(second(100_050)));
        let first = Listening::new(second(100_000), None);
        assert_eq!(first.silent_before(second(100_010)), silent_before(second(100_010)));
    }

    #[test]
    fn an_agent_turns_silent_exactly_when_its_wake_says_so() {
        let seen = Timestamp::from_millis(1_000_000);
        let turn = silent_at(seen);
        assert!(seen < silent_before(turn));
        assert!(seen >= silent_before(Timestamp::from_millis(turn.millis() - 1)));
    }
}
