//! `OpenInspector.ListAccessKeys`.

use inspector_api::caller::Caller;
use inspector_api::openinspector::{AccessKey, ListAccessKeysError, ListAccessKeysRequest, ListAccessKeysResponse};
use inspector_store::access_key;

use super::{identity, own_internal};
use crate::Service;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: ListAccessKeysRequest,
) -> Result<ListAccessKeysResponse, ListAccessKeysError> {
    let user = input.user_name.map(|name| identity::named("user", &name)).transpose()?;
    let mut conn = service.store().reader().await.map_err(own_internal)?;
    let keys = access_key::lasting(&mut conn, &caller.scope.account, user.as_deref()).await.map_err(own_internal)?;
    let access_keys = keys.into_iter().map(|key| AccessKey {
        user_name: key.principal.strip_prefix("user/").map(str::to_owned),
        access_key_id: key.id,
        active: key.enabled,
        created_at: key.created_at,
        last_used_at: key.last_used_at,
        last_used_region: key.last_used_region,
    });
    Ok(ListAccessKeysResponse { access_keys: access_keys.collect() })
}
