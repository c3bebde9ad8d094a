//! A host, and how well it was observed.

use inspector_model::behavior::Observation;
use inspector_model::host::HostFacts;
use inspector_model::{Reason, ReasonCode};

/// What a rule judges.
#[derive(Debug, Clone, Copy)]
pub struct Observed<'a> {
    /// The host at the end of the observation.
    pub facts: &'a HostFacts,
    /// How long it should have been observed, in seconds; `None` where it was to be observed to an end that it did not
    /// reach.
    pub wanted_seconds: Option<u64>,
}

/// So much of the time that was asked for may be missing, because agents have to be told first: a part and a least number
/// of seconds.
const TOLERATED_PART: u64 = 20;
const TOLERATED_SECONDS: u64 = 15;

impl Observed<'_> {
    /// What was seen, whether or not it is all of it: enough to fail, never enough to pass.
    pub(super) fn seen(&self) -> Option<&Observation> {
        self.facts.behavior.as_ref()
    }

    /// The observation, where nothing is missing from it.
    ///
    /// # Errors
    ///
    /// Why nothing can be concluded from what was not seen.
    pub(super) fn whole(&self) -> Result<&Observation, Reason> {
        let reason = |why: String| Err(Reason::new(ReasonCode::NotObserved, why));
        let Some(observation) = self.seen() else {
            return reason("the host was not observed".to_owned());
        };
        let Some(wanted) = self.wanted_seconds else {
            return reason("the observation did not reach the end of the run".to_owned());
        };
        let tolerated = (wanted / TOLERATED_PART).max(TOLERATED_SECONDS);
        if observation.seconds.saturating_add(tolerated) < wanted {
            return reason(format!("observed for {} of {wanted} seconds", observation.seconds));
        }
        if observation.lost > 0 {
            return reason(format!("{} connections were seen and not kept", observation.lost));
        }
        match observation.gaps.first() {
            None => Ok(observation),
            Some(gap) => reason(format!("{} gaps in the observation, the first: {gap}", observation.gaps.len())),
        }
    }
}

/// How an observation was made and what it could have missed, for a person.
pub(super) fn sensor(observation: &Observation) -> String {
    let sensor = &observation.sensor;
    let (kind, missed) = (sensor.kind.as_str(), sensor.kind.blind_spots());
    let (every, over) = (sensor.interval_seconds, observation.seconds);
    format!("{kind} every {every} s over {over} s, which may have missed {missed}")
}
