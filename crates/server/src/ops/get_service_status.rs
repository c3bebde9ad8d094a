//! `OpenInspector.GetServiceStatus`.

use inspector_api::caller::Caller;
use inspector_api::openinspector::{
    GetServiceStatusError, GetServiceStatusRequest, GetServiceStatusResponse, Snapshot,
};
use inspector_store::snapshot;

use super::{own_fault, own_internal};
use crate::Service;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    _input: GetServiceStatusRequest,
) -> Result<GetServiceStatusResponse, GetServiceStatusError> {
    let mut conn = service.store().reader().await.map_err(own_internal)?;
    let snapshots = snapshot::of_scope(&mut conn, &caller.scope).await.map_err(own_internal)?;
    let described = |snapshot: snapshot::Snapshot| Snapshot {
        name: snapshot.name,
        instance_count: i64::try_from(snapshot.instances).unwrap_or(i64::MAX),
        imported_at: snapshot.imported_at,
    };
    let shared = service.clone();
    let feeds = tokio::task::spawn_blocking(move || (shared.content().feeds(), shared.feed_failures())).await;
    let (feeds, feed_failures) = feeds.map_err(|error| own_fault(&error))?;
    Ok(GetServiceStatusResponse {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        feeds,
        feed_failures,
        snapshots: snapshots.into_iter().map(described).collect(),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[tokio::test]
    async fn a_panic_is_told_to_the_log_and_not_to_the_client() {
        let dir = tempfile::tempdir().unwrap();
        let service = Service::unreachable(dir.path(), Arc::new(|| panic!("a defect"))).await;
        let scope = "arn:aws:inspector:us-east-1:000000000000:resourcegroup/0-groupgro"
            .parse::<inspector_model::arn::ResourceGroupArn>()
            .unwrap()
            .scope;
        let caller =
            Caller { scope, principal: "root".into(), access_key_id: String::new(), request_id: String::new() };
        let refused = run(&service, &caller, GetServiceStatusRequest::default()).await.unwrap_err();
        let GetServiceStatusError::Internal(refused) = refused else { panic!("{refused:?}") };
        assert!(!refused.message.contains("panic") && !refused.message.contains("a defect"), "{}", refused.message);
    }
}
