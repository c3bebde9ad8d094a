//! The slow, obvious twin of the machine: tables, written down from the description of the Classic states.

use inspector_model::run::{RunState, StopAction};

use super::{Event, Outstanding, Verdict};
use RunState::{
    Canceled, CollectingData, Completed, CompletedWithErrors, Created, DataCollected, Error, EvaluatingRules, Failed,
    StartDataCollectionInProgress, StartDataCollectionPending, StartEvaluatingRulesPending, StopDataCollectionPending,
};

/// The normal path.
const PATH: [RunState; 9] = [
    Created,
    StartDataCollectionPending,
    StartDataCollectionInProgress,
    CollectingData,
    StopDataCollectionPending,
    DataCollected,
    StartEvaluatingRulesPending,
    EvaluatingRules,
    Completed,
];

fn place(state: RunState) -> Option<usize> {
    PATH.iter().position(|step| *step == state)
}

/// Whether a run may go from `from` to `to` in one step.
pub(super) fn legal(from: RunState, to: RunState) -> bool {
    let Some(here) = place(from).filter(|_| from != Completed) else { return false };
    let collecting = place(CollectingData).unwrap_or_default();
    let evaluating = place(EvaluatingRules).unwrap_or_default();
    match to {
        Failed | Error => true,
        Canceled => here < evaluating,
        CompletedWithErrors => from == EvaluatingRules,
        StopDataCollectionPending => here <= collecting,
        Completed
        | Created
        | StartDataCollectionPending
        | StartDataCollectionInProgress
        | CollectingData
        | DataCollected
        | StartEvaluatingRulesPending
        | EvaluatingRules => place(to) == Some(here + 1),
    }
}

/// Every event with the states that a run in `state` then enters; its window is open, one agent is outstanding or none.
pub(super) fn table(state: RunState) -> Vec<(Event, Vec<RunState>)> {
    let ended = !PATH.contains(&state) || state == Completed;
    let rest = |to: RunState| -> Vec<RunState> {
        let (Some(from), Some(to)) = (place(state), place(to)) else { return Vec::new() };
        PATH.get(from + 1..=to).map(<[RunState]>::to_vec).unwrap_or_default()
    };
    let only = |applies: bool, to: RunState| if applies && !ended { vec![to] } else { Vec::new() };
    let woke = |agents| Event::Woke(Outstanding { agents, first_silent_at: None });
    let until = |to| if ended { Vec::new() } else { rest(to) };
    let waiting = if place(state) <= place(CollectingData) { CollectingData } else { EvaluatingRules };
    vec![
        (woke(0), until(EvaluatingRules)),
        (woke(1), until(waiting)),
        (
            Event::Stop(StopAction::StartEvaluation),
            only(place(state) <= place(CollectingData), StopDataCollectionPending),
        ),
        (Event::Stop(StopAction::SkipEvaluation), only(place(state) < place(EvaluatingRules), Canceled)),
        (Event::Evaluated(Verdict::Whole), only(state == EvaluatingRules, Completed)),
        (Event::Evaluated(Verdict::InPart), only(state == EvaluatingRules, CompletedWithErrors)),
        (Event::Impossible, only(true, Failed)),
        (Event::Broke, only(true, Error)),
    ]
}
