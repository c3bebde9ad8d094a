//! `SubscribeToEvent`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{LimitExceededErrorCode, SubscribeToEventError, SubscribeToEventRequest};
use inspector_store::{subscription, template, transact};

use super::convert::{fault, from_event, internal};
use super::entity::{missing, own_resource};
use super::{foreign_arn, quota};
use crate::Service;
use crate::world::{now, short_id};

/// Subscribing again changes nothing.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: SubscribeToEventRequest,
) -> Result<(), SubscribeToEventError> {
    let arn = own_resource::<SubscribeToEventError>(&input.resource_arn, caller)?;
    let topic = foreign_arn::topic(input.topic_arn)?;
    let event = from_event(input.event);
    let id = short_id().map_err(|error| fault(&error))?;
    let added = transact!(service.store(), |conn| {
        if template::find(conn, &arn).await?.is_none() {
            return Ok(Err(missing(&arn).into()));
        }
        let (have, most) = (subscription::other_topics(conn, &arn, &topic).await?, service.quotas().topics);
        let code = LimitExceededErrorCode::EventSubscriptionLimitExceeded;
        if let Err(refused) = quota::refuse_at(("topics", most), have, "topics of this template", code) {
            return Ok(Err(refused.into()));
        }
        subscription::add(conn, &id, &arn, &topic, event, now()).await?;
        Ok(Ok(()))
    });
    // A topic that is new is told.
    service.wake_workers();
    added.map_err(internal)?
}
