//! Tells topics what happened. What there is to tell is written with what it tells of ([`started`], [`entered`],
//! [`reported`]); [`run`] publishes it and notes how that went. A message may come twice, never not at all: whoever dies
//! between publishing and noting publishes again.

mod message;

use std::time::Duration;

use inspector_aws::{Failure, Publisher};
use inspector_model::Timestamp;
use inspector_model::event::Event;
use inspector_model::run::RunState;
use inspector_store::delivery;
use inspector_store::run::{Run, StateChange};
use inspector_store::{Connection, StoreError, greeting, transact};
use tokio::task::JoinSet;

use crate::Service;
use crate::world::now;

/// How often the topics' mail is looked at when nothing wakes the service.
const LOOK: Duration = Duration::from_secs(5);
/// Messages that are published at once.
const ABREAST: u32 = 16;
/// Attempts at one message. The waits between them double from the first, which makes about a day in all.
const ATTEMPTS: i64 = 14;
/// The wait after the first failure, in seconds.
const FIRST_WAIT: i64 = 10;

/// Lets the topics hear that a run was made.
pub(crate) async fn started(conn: &mut Connection, run: &Run) -> Result<(), StoreError> {
    delivery::announce(conn, &run.arn, Event::RunStarted, "", run.created_at).await?;
    delivery::announce(conn, &run.arn, Event::RunStateChanged, run.state.as_str(), run.created_at).await
}

/// Lets the topics hear of states that a run entered.
pub(crate) async fn entered(conn: &mut Connection, run: &Run, changes: &[StateChange]) -> Result<(), StoreError> {
    for StateChange { state, at } in changes {
        delivery::announce(conn, &run.arn, Event::RunStateChanged, state.as_str(), *at).await?;
        if matches!(state, RunState::Completed | RunState::CompletedWithErrors) {
            let counts = delivery::finding_counts(conn, &run.arn).await?;
            let counts = message::counts(run, &counts);
            delivery::announce(conn, &run.arn, Event::RunCompleted, &counts, *at).await?;
        }
    }
    Ok(())
}

/// Lets the topics hear of every finding of a run.
pub(crate) async fn reported(conn: &mut Connection, run: &Run, now: Timestamp) -> Result<(), StoreError> {
    delivery::announce_findings(conn, &run.arn, now).await
}

/// Publishes until the service stops. Without a publisher every message is noted as one that nobody publishes.
pub(crate) async fn run(service: &Service, publisher: Option<Publisher>) {
    let mut woken = service.due();
    loop {
        woken.mark_unchanged();
        let told = tokio::select! {
            biased;
            () = service.stopped() => return,
            told = look(service, publisher.as_ref()) => told,
        };
        match told {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => tracing::error!(%error, "cannot look at the messages for topics"),
        }
        tokio::select! {
            () = service.stopped() => return,
            _ = woken.changed() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Publishes what is due; how much there was.
async fn look(service: &Service, publisher: Option<&Publisher>) -> Result<usize, StoreError> {
    Ok(greet(service, publisher).await? + tell(service, publisher).await?)
}

/// Tells topics that they subscribed; how many there were.
async fn greet(service: &Service, publisher: Option<&Publisher>) -> Result<usize, StoreError> {
    let due = greeting::due(&mut *service.store().reader().await?, now(), ABREAST).await?;
    for one in &due {
        let outcome = match publisher {
            Some(publisher) => publisher.publish(&one.topic, &message::greeting(one)).await.map_err(Some),
            None => Err(None),
        };
        let next_at = conclusion((&one.topic, one.attempts), outcome, now()).next_at;
        transact!(service.store(), |conn| greeting::settle(conn, one, next_at).await)?;
    }
    Ok(due.len())
}

/// Publishes events, some at once; how many there were.
async fn tell(service: &Service, publisher: Option<&Publisher>) -> Result<usize, StoreError> {
    let due = delivery::due(&mut *service.store().reader().await?, now(), ABREAST).await?;
    let mut under_way = JoinSet::new();
    for due in due {
        let publisher = publisher.cloned();
        under_way.spawn(async move {
            let outcome = match publisher {
                Some(publisher) => publisher.publish(&due.delivery.topic, &message::text(&due)).await.map_err(Some),
                None => Err(None),
            };
            (due, outcome)
        });
    }
    let mut told = Vec::new();
    while let Some(published) = under_way.join_next().await {
        told.extend(published.ok());
    }
    let noted: Vec<_> = told
        .into_iter()
        .map(|(due, outcome)| (conclusion((&due.delivery.topic, due.attempts), outcome, now()), due))
        .collect();
    transact!(service.store(), |conn| {
        for (Conclusion { outcome, why, next_at }, due) in &noted {
            delivery::settle(conn, &due.delivery, outcome, why.as_deref(), *next_at).await?;
        }
        Ok(())
    })?;
    Ok(noted.len())
}

/// How an attempt went, in the API's word, and when the next one is.
#[derive(Debug, PartialEq, Eq)]
struct Conclusion {
    outcome: &'static str,
    why: Option<String>,
    next_at: Option<Timestamp>,
}

fn conclusion((topic, attempts): (&str, i64), outcome: Result<(), Option<Failure>>, now: Timestamp) -> Conclusion {
    let failure = match outcome {
        Ok(()) => return Conclusion { outcome: "SUCCESS", why: None, next_at: None },
        Err(None) => {
            let why = "the service runs without --publish-events".to_owned();
            return Conclusion { outcome: "INTERNAL_ERROR", why: Some(why), next_at: None };
        }
        Err(Some(failure)) => failure,
    };
    tracing::warn!(topic, %failure, "a message was not published");
    let why = Some(failure.to_string());
    if failure.is_absence() {
        return Conclusion { outcome: "TOPIC_DOES_NOT_EXIST", why, next_at: None };
    }
    let outcome = if failure.missing_permission().is_some() { "ACCESS_DENIED" } else { "INTERNAL_ERROR" };
    let doubled = u32::try_from(attempts).ok().and_then(|times| FIRST_WAIT.checked_shl(times));
    let again = (attempts + 1 < ATTEMPTS).then(|| now.plus_seconds(doubled.unwrap_or(i64::MAX)));
    Conclusion { outcome, why, next_at: again }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOPIC: &str = "arn:aws:sns:us-east-1:1:t";

    fn refused(code: &str) -> Result<(), Option<Failure>> {
        Err(Some(Failure::Refused { action: "sns:Publish".into(), code: code.into(), message: "no".into() }))
    }

    #[test]
    fn what_may_pass_is_tried_again_later_and_later_and_not_for_ever() {
        let next =
            |attempts| conclusion((TOPIC, attempts), refused("InternalError"), Timestamp::from_millis(0)).next_at;
        assert_eq!(next(0), Some(Timestamp::from_millis(10_000)));
        assert_eq!(next(3), Some(Timestamp::from_millis(80_000)));
        assert_eq!(next(ATTEMPTS - 1), None);
    }

    #[test]
    fn the_outcome_is_the_word_of_the_api() {
        let outcome = |of| conclusion((TOPIC, 0), of, Timestamp::from_millis(0)).outcome;
        assert_eq!(outcome(Ok(())), "SUCCESS");
        assert_eq!(outcome(refused("NotFound")), "TOPIC_DOES_NOT_EXIST");
        assert_eq!(outcome(refused("Throttling")), "INTERNAL_ERROR");
        let denied =
            Failure::Denied { action: "sns:Publish".into(), code: "AuthorizationError".into(), message: "no".into() };
        assert_eq!(outcome(Err(Some(denied))), "ACCESS_DENIED");
        let off = conclusion((TOPIC, 0), Err(None), Timestamp::from_millis(0));
        assert_eq!((off.outcome, off.next_at), ("INTERNAL_ERROR", None));
        assert!(off.why.unwrap().contains("--publish-events"));
    }
}
