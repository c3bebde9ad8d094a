//! `OpenInspector.CreateUser`.

use inspector_api::caller::Caller;
use inspector_api::openinspector::{CreateUserError, CreateUserRequest, CreateUserResponse};
use inspector_store::principal::{self, Principal};
use inspector_store::transact;

use super::identity::{self, USERS};
use super::own_internal;
use crate::Service;
use crate::world::now;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: CreateUserRequest,
) -> Result<CreateUserResponse, CreateUserError> {
    let user = Principal {
        account: caller.scope.account.clone(),
        name: identity::named("user", &input.user_name)?,
        tags: identity::tags(input.tags)?,
        trust: None,
        max_session: None,
        created_at: now(),
    };
    transact!(service.store(), |conn| {
        let users = principal::of_kind(conn, &user.account, "user/").await?;
        if users.iter().any(|other| other.name == user.name) {
            return Ok(Err(identity::taken(&user.name).into()));
        }
        if users.len() >= USERS {
            return Ok(Err(identity::full(USERS, "users").into()));
        }
        principal::insert(conn, &user).await?;
        Ok(Ok(CreateUserResponse { arn: identity::arn(caller, &user.name) }))
    })
    .map_err(own_internal)?
}
