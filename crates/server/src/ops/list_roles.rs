//! `OpenInspector.ListRoles`.

use inspector_api::caller::Caller;
use inspector_api::openinspector::{ListRolesError, ListRolesRequest, ListRolesResponse, Role};
use inspector_store::principal;

use super::convert::int;
use super::{identity, own_internal};
use crate::Service;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    _input: ListRolesRequest,
) -> Result<ListRolesResponse, ListRolesError> {
    let account = &caller.scope.account;
    let mut conn = service.store().reader().await.map_err(own_internal)?;
    let mut roles = Vec::new();
    for role in principal::of_kind(&mut conn, account, "role/").await.map_err(own_internal)? {
        roles.push(Role {
            role_name: identity::bare(&role.name),
            arn: identity::arn(caller, &role.name),
            created_at: role.created_at,
            policy_arns: principal::attached(&mut conn, account, &role.name).await.map_err(own_internal)?,
            trust_policy: role.trust.unwrap_or_default(),
            max_session_seconds: int(role.max_session.unwrap_or_default()),
            tags: identity::shown(role.tags),
        });
    }
    Ok(ListRolesResponse { roles })
}
