//! `OpenInspector.GetServiceStatus`.

use inspector_api::caller::Caller;
use inspector_api::openinspector::{
    GetServiceStatusError, GetServiceStatusRequest, GetServiceStatusResponse, InternalException, Snapshot,
};
use inspector_store::snapshot;

use super::own_internal;
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
    let feeds = tokio::task::spawn_blocking(move || shared.content().feeds()).await;
    Ok(GetServiceStatusResponse {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        feeds: feeds.map_err(|error| InternalException::new(error.to_string()))?,
        snapshots: snapshots.into_iter().map(described).collect(),
    })
}
