//! `UnsubscribeFromEvent`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{UnsubscribeFromEventError, UnsubscribeFromEventRequest};
use inspector_store::{subscription, template, transact};

use super::convert::{from_event, internal};
use super::entity::{missing, own_resource};
use super::foreign_arn;
use crate::Service;

/// What is not subscribed to is no error.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: UnsubscribeFromEventRequest,
) -> Result<(), UnsubscribeFromEventError> {
    let arn = own_resource::<UnsubscribeFromEventError>(&input.resource_arn, caller)?;
    let topic = foreign_arn::topic(input.topic_arn)?;
    let event = from_event(input.event);
    transact!(service.store(), |conn| {
        if template::find(conn, &arn).await?.is_none() {
            return Ok(Err(missing(&arn).into()));
        }
        subscription::remove(conn, &arn, &topic, event).await?;
        Ok(Ok(()))
    })
    .map_err(internal)?
}
