//! The states of an assessment run, moved by events. Reads no clock and does no IO: time comes in, effects go out.
//!
//! The states and their order are those of the Classic API (`AssessmentRunState`).

use inspector_model::Timestamp;
use inspector_model::run::{RunState, StopAction};

/// Where a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Its state.
    pub state: RunState,
    /// Longest time of collection, in seconds.
    pub duration_seconds: i64,
    /// When collection ends at the latest; known once it has begun.
    pub collect_until: Option<Timestamp>,
    /// Whether its agents observe their hosts until collection ends.
    pub observes: bool,
}

/// When a run that observes is told to evaluate early, its agents have so many seconds to deliver what they saw.
const LAST_WORDS_SECONDS: i64 = 15;

/// What happens to a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A timer went off, or something was delivered.
    Woke(Outstanding),
    /// Somebody stops it.
    Stop(StopAction),
    /// Its evaluation came to an end.
    Evaluated(Verdict),
    /// It cannot be carried out: what it needs is gone.
    Impossible,
    /// The service failed at it.
    Broke,
}

/// The agents of the run that are well and have not delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outstanding {
    /// How many.
    pub agents: u64,
    /// When the first of them counts as silent, unless it is heard of before.
    pub first_silent_at: Option<Timestamp>,
}

/// How an evaluation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Every rules package was evaluated.
    Whole,
    /// A rules package failed; its exclusion says so.
    InPart,
}

/// What the caller has to do, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Note that the run entered this state.
    Entered(RunState),
    /// Tell the run's agents that their facts are wanted.
    AskAgents,
    /// Wake the run again at this moment, or earlier when something is delivered.
    WakeAt(Timestamp),
    /// Evaluate the rules and come back with [`Event::Evaluated`]. May be asked for again after a crash.
    Evaluate,
}

impl Run {
    /// Advances the run by one event as far as it goes at `now`.
    pub fn handle(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        if self.state.terminal() {
            return Vec::new();
        }
        match event {
            Event::Woke(outstanding) => self.woke(outstanding, now),
            Event::Stop(action) => self.stop(action, now),
            Event::Evaluated(verdict) if self.state == RunState::EvaluatingRules => match verdict {
                Verdict::Whole => vec![self.enter(RunState::Completed)],
                Verdict::InPart => vec![self.enter(RunState::CompletedWithErrors)],
            },
            Event::Evaluated(_) => Vec::new(),
            Event::Impossible => vec![self.enter(RunState::Failed)],
            Event::Broke => vec![self.enter(RunState::Error)],
        }
    }

    fn woke(&mut self, outstanding: Outstanding, now: Timestamp) -> Vec<Effect> {
        let mut effects = Vec::new();
        while let Some(next) = self.next(outstanding, now) {
            effects.push(self.enter(next));
            if next == RunState::CollectingData {
                self.collect_until = Some(now.plus_seconds(self.duration_seconds));
                effects.push(Effect::AskAgents);
            }
        }
        match (self.state, self.collect_until) {
            (RunState::CollectingData | RunState::StopDataCollectionPending, Some(until)) => {
                effects.push(Effect::WakeAt(outstanding.first_silent_at.map_or(until, |silent| silent.min(until))));
            }
            (RunState::EvaluatingRules, _) => effects.push(Effect::Evaluate),
            (_, _) => {}
        }
        effects
    }

    /// The state that a run in this one enters at `now` of itself.
    fn next(&self, outstanding: Outstanding, now: Timestamp) -> Option<RunState> {
        match self.state {
            RunState::Created => Some(RunState::StartDataCollectionPending),
            RunState::StartDataCollectionPending => Some(RunState::StartDataCollectionInProgress),
            RunState::StartDataCollectionInProgress => Some(RunState::CollectingData),
            RunState::CollectingData => {
                (self.over(now) || outstanding.agents == 0).then_some(RunState::StopDataCollectionPending)
            }
            RunState::StopDataCollectionPending => {
                let waits = self.observes && outstanding.agents > 0 && !self.over(now);
                (!waits).then_some(RunState::DataCollected)
            }
            RunState::DataCollected => Some(RunState::StartEvaluatingRulesPending),
            RunState::StartEvaluatingRulesPending => Some(RunState::EvaluatingRules),
            RunState::EvaluatingRules
            | RunState::Completed
            | RunState::CompletedWithErrors
            | RunState::Failed
            | RunState::Error
            | RunState::Canceled => None,
        }
    }

    fn over(&self, now: Timestamp) -> bool {
        self.collect_until.is_none_or(|until| now >= until)
    }

    fn stop(&mut self, action: StopAction, now: Timestamp) -> Vec<Effect> {
        match action {
            StopAction::StartEvaluation if self.observes && self.state == RunState::CollectingData => {
                let last = now.plus_seconds(LAST_WORDS_SECONDS);
                self.collect_until = Some(self.collect_until.map_or(last, |until| until.min(last)));
                let stopped = self.enter(RunState::StopDataCollectionPending);
                vec![stopped, Effect::AskAgents, Effect::WakeAt(now)]
            }
            StopAction::StartEvaluation if self.state <= RunState::CollectingData => {
                vec![self.enter(RunState::StopDataCollectionPending), Effect::WakeAt(now)]
            }
            StopAction::SkipEvaluation if self.state < RunState::EvaluatingRules => {
                vec![self.enter(RunState::Canceled)]
            }
            StopAction::StartEvaluation | StopAction::SkipEvaluation => Vec::new(),
        }
    }

    fn enter(&mut self, state: RunState) -> Effect {
        self.state = state;
        Effect::Entered(state)
    }
}

#[cfg(test)]
mod reference;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_000_000);

    fn run(state: RunState) -> Run {
        Run { state, duration_seconds: 3600, collect_until: Some(NOW.plus_seconds(60)), observes: false }
    }

    fn woke(agents: u64) -> Event {
        Event::Woke(Outstanding { agents, first_silent_at: (agents > 0).then(|| NOW.plus_seconds(30)) })
    }

    fn entered(effects: &[Effect]) -> Vec<RunState> {
        let state = |effect: &Effect| match effect {
            Effect::Entered(state) => Some(*state),
            Effect::AskAgents | Effect::WakeAt(_) | Effect::Evaluate => None,
        };
        effects.iter().filter_map(state).collect()
    }

    fn any_event() -> impl Strategy<Value = Event> {
        prop_oneof![
            (0_u64..3).prop_map(woke),
            Just(Event::Stop(StopAction::StartEvaluation)),
            Just(Event::Stop(StopAction::SkipEvaluation)),
            Just(Event::Evaluated(Verdict::Whole)),
            Just(Event::Evaluated(Verdict::InPart)),
            Just(Event::Impossible),
            Just(Event::Broke),
        ]
    }

    #[test]
    fn a_new_run_asks_its_agents_and_waits_for_the_first_that_may_fall_silent() {
        let mut run = Run { state: RunState::Created, duration_seconds: 3600, collect_until: None, observes: false };
        let effects = run.handle(woke(2), NOW);
        let wanted = [
            Effect::Entered(RunState::StartDataCollectionPending),
            Effect::Entered(RunState::StartDataCollectionInProgress),
            Effect::Entered(RunState::CollectingData),
            Effect::AskAgents,
            Effect::WakeAt(NOW.plus_seconds(30)),
        ];
        assert_eq!(effects, wanted);
        assert_eq!(run.collect_until, Some(NOW.plus_seconds(3600)));
    }

    #[test]
    fn collection_ends_when_nobody_is_left_to_wait_for() {
        let mut run = run(RunState::CollectingData);
        assert_eq!(run.handle(woke(1), NOW), [Effect::WakeAt(NOW.plus_seconds(30))]);
        let effects = run.handle(woke(0), NOW);
        assert_eq!(effects.last(), Some(&Effect::Evaluate));
        assert_eq!(run.state, RunState::EvaluatingRules);
    }

    #[test]
    fn collection_ends_when_its_time_is_over() {
        let mut run = run(RunState::CollectingData);
        run.handle(woke(1), NOW.plus_seconds(60));
        assert_eq!(run.state, RunState::EvaluatingRules);
    }

    #[test]
    fn a_run_that_observes_waits_a_moment_for_what_was_seen_when_it_is_told_to_evaluate() {
        let observing = || Run { observes: true, ..run(RunState::CollectingData) };
        let stop = Event::Stop(StopAction::StartEvaluation);
        let mut delivered = observing();
        let wanted = [Effect::Entered(RunState::StopDataCollectionPending), Effect::AskAgents, Effect::WakeAt(NOW)];
        assert_eq!(delivered.handle(stop, NOW), wanted);
        assert_eq!(entered(&delivered.handle(woke(1), NOW)), []);
        delivered.handle(woke(0), NOW.plus_seconds(1));
        assert_eq!(delivered.state, RunState::EvaluatingRules);
        let mut silent = observing();
        silent.handle(stop, NOW);
        silent.handle(woke(1), NOW.plus_seconds(LAST_WORDS_SECONDS));
        assert_eq!(silent.state, RunState::EvaluatingRules, "no agent holds a run up for long");
    }

    #[test]
    fn an_evaluation_that_a_crash_cut_short_is_asked_for_again() {
        let mut run = run(RunState::EvaluatingRules);
        assert_eq!(run.handle(woke(0), NOW), [Effect::Evaluate]);
    }

    #[test]
    fn every_pair_of_state_and_event_goes_where_the_table_says() {
        for state in RunState::ALL {
            for (event, wanted) in reference::table(state) {
                let mut run = run(state);
                let effects = run.handle(event, NOW);
                assert_eq!(entered(&effects), wanted, "{state} {event:?}");
                assert_eq!(run.state, wanted.last().copied().unwrap_or(state));
            }
        }
    }

    proptest! {
        #[test]
        fn every_step_is_a_legal_one_and_the_end_is_the_end(
            events in prop::collection::vec((any_event(), 0_i64..100), 0..20),
        ) {
            let mut run = Run { state: RunState::Created, duration_seconds: 180, collect_until: None, observes: false };
            let mut now = NOW;
            for (event, seconds) in events {
                now = now.plus_seconds(seconds);
                let mut before = run.state;
                let effects = run.handle(event, now);
                for after in entered(&effects) {
                    prop_assert!(reference::legal(before, after), "{} to {}", before, after);
                    before = after;
                }
                prop_assert_eq!(run.state, before);
                prop_assert!(!effects.contains(&Effect::Evaluate) || run.state == RunState::EvaluatingRules);
            }
        }

        #[test]
        fn a_run_always_comes_to_its_end_by_its_timers(agents in 0_u64..3) {
            let mut run = Run { state: RunState::Created, duration_seconds: 180, collect_until: None, observes: false };
            let mut now = NOW;
            for _ in 0..4 {
                for effect in run.handle(woke(agents), now) {
                    match effect {
                        Effect::WakeAt(moment) => now = moment.max(now.plus_seconds(1)),
                        Effect::Evaluate => { run.handle(Event::Evaluated(Verdict::Whole), now); }
                        Effect::Entered(_) | Effect::AskAgents => {}
                    }
                }
                now = now.plus_seconds(200);
            }
            prop_assert_eq!(run.state, RunState::Completed);
        }
    }
}
