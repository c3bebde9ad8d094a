//! `SubscribeToEvent`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    LimitExceededErrorCode, LimitExceededException, SubscribeToEventError, SubscribeToEventRequest,
};
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
    transact!(service.store(), |conn| {
        if template::find(conn, &arn).await?.is_none() {
            return Ok(Err(missing(&arn).into()));
        }
        if subscription::other_topics(conn, &arn, &topic).await? >= quota::TOPICS {
            let message = format!("the template has {} topics already", quota::TOPICS);
            let code = LimitExceededErrorCode::EventSubscriptionLimitExceeded;
            return Ok(Err(LimitExceededException::new(code, message).into()));
        }
        subscription::add(conn, &id, &arn, &topic, event, now()).await?;
        Ok(Ok(()))
    })
    .map_err(internal)?
}
