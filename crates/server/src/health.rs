//! Whether an agent is well.

use inspector_model::Timestamp;
use inspector_store::agent::{Agent, Barred};

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
        _ if agent.is_some_and(|agent| agent.barred.is_some()) => Health::Unhealthy,
        None => Health::Unknown,
        Some(seen) if seen >= silent_before(now) => Health::Healthy,
        Some(_) => Health::Unhealthy,
    }
}

/// Why an agent is as it is, and one thing to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Diagnosis {
    /// A stable word.
    pub(crate) code: String,
    /// What is wrong.
    pub(crate) reason: String,
    /// What to do next.
    pub(crate) next_step: String,
}

/// What is wrong with `agent` at `now`; `None` when nothing is.
pub(crate) fn diagnosis(agent: Option<&Agent>, now: Timestamp) -> Option<Diagnosis> {
    let told = |code: &str, reason: String, next_step: &str| {
        Some(Diagnosis { code: code.to_owned(), reason, next_step: next_step.to_owned() })
    };
    let Some(agent) = agent else {
        let next = "install the agent and enrol it with a token of `inspector admin enrollment-token`";
        return told("not-enrolled", "no agent has enrolled for the instance".to_owned(), next);
    };
    match &agent.barred {
        Some(Barred::Revoked(why)) => {
            let next = "enrol it again with a token of `inspector admin enrollment-token` if it is to come back";
            return told("revoked", format!("the agent was revoked: {why}"), next);
        }
        Some(Barred::Cloned(why)) => {
            let next = "run `inspector-agent reset` on each machine, give each its own /etc/machine-id or --agent-id, \
                        and enrol each with a token of its own; take the state directory out of the image";
            return told("identity-cloned", why.clone(), next);
        }
        None => {}
    }
    match (health(Some(agent), now), agent.last_seen_at) {
        (Health::Healthy, _) => {}
        (Health::Unhealthy, Some(seen)) => {
            let next = "look at `systemctl status inspector-agent` on the host, and whether it reaches the service";
            return told("silent", format!("the agent was last heard of at {seen}"), next);
        }
        (Health::Unhealthy | Health::Unknown, _) => {
            let next = "start it: `systemctl start inspector-agent`";
            return told("never-seen", "the agent has enrolled and never checked in".to_owned(), next);
        }
    }
    let trouble = agent.troubles.first()?;
    let next = "look at `journalctl -u inspector-agent` on the host";
    told(&trouble.code, trouble.detail.clone(), next)
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
