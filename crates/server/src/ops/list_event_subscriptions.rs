//! `ListEventSubscriptions`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    EventSubscription, ListEventSubscriptionsError, ListEventSubscriptionsRequest, ListEventSubscriptionsResponse,
    Subscription,
};
use inspector_store::subscription::{self, Subscription as Stored};
use inspector_store::{Page, template};

use super::convert::{event, internal};
use super::entity::{missing, own_resource};
use super::paging::{Paging, limit};
use crate::Service;

/// One entry for each template and topic, with all its events.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: ListEventSubscriptionsRequest,
) -> Result<ListEventSubscriptionsResponse, ListEventSubscriptionsError> {
    let of = input.resource_arn.map(|text| own_resource::<ListEventSubscriptionsError>(&text, caller)).transpose()?;
    let paging = Paging::of(service, caller, "ListEventSubscriptions", &of);
    let page = paging.page(input.next_token.as_deref(), input.max_results)?;
    let page = Page { limit: limit(input.max_results, 10, 50)?, ..page };
    let mut conn = service.store().reader().await.map_err(internal)?;
    if let Some(arn) = &of {
        template::find(&mut conn, arn).await.map_err(internal)?.ok_or_else(|| missing(arn))?;
    }
    let listed = subscription::list(&mut conn, &caller.scope, of.as_ref(), &page).await;
    let (found, next) = listed.map_err(internal)?;
    let subscriptions = found.into_iter().map(described).collect();
    Ok(ListEventSubscriptionsResponse { subscriptions, next_token: paging.next(next) })
}

fn described(stored: Stored) -> Subscription {
    let events = stored.events.into_iter();
    Subscription {
        resource_arn: stored.template.to_string(),
        topic_arn: stored.topic,
        event_subscriptions: events.map(|(e, at)| EventSubscription { event: event(e), subscribed_at: at }).collect(),
    }
}
