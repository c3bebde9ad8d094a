//! `OpenInspector.ListUsers`.

use inspector_api::caller::Caller;
use inspector_api::openinspector::{ListUsersError, ListUsersRequest, ListUsersResponse, User};
use inspector_store::principal;

use super::{identity, own_internal};
use crate::Service;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    _input: ListUsersRequest,
) -> Result<ListUsersResponse, ListUsersError> {
    let account = &caller.scope.account;
    let mut conn = service.store().reader().await.map_err(own_internal)?;
    let mut users = Vec::new();
    for user in principal::of_kind(&mut conn, account, "user/").await.map_err(own_internal)? {
        users.push(User {
            user_name: identity::bare(&user.name),
            arn: identity::arn(caller, &user.name),
            created_at: user.created_at,
            policy_arns: principal::attached(&mut conn, account, &user.name).await.map_err(own_internal)?,
            tags: identity::shown(user.tags),
        });
    }
    Ok(ListUsersResponse { users })
}
