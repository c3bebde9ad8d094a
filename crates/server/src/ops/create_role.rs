//! `OpenInspector.CreateRole`.

use inspector_api::caller::Caller;
use inspector_api::openinspector::{CreateRoleError, CreateRoleRequest, CreateRoleResponse};
use inspector_api::policy::Trust;
use inspector_store::principal::{self, Principal};
use inspector_store::transact;

use super::identity::{self, ROLES};
use super::own_internal;
use crate::Service;
use crate::world::now;

/// The longest session of a role that says nothing else, in seconds, as in IAM.
const MAX_SESSION: i32 = 3600;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: CreateRoleRequest,
) -> Result<CreateRoleResponse, CreateRoleError> {
    Trust::parse(&input.trust_policy).map_err(|error| identity::malformed(&error))?;
    let role = Principal {
        account: caller.scope.account.clone(),
        name: identity::named("role", &input.role_name)?,
        tags: identity::tags(input.tags)?,
        trust: Some(input.trust_policy),
        max_session: Some(i64::from(input.max_session_seconds.unwrap_or(MAX_SESSION))),
        created_at: now(),
    };
    transact!(service.store(), |conn| {
        let roles = principal::of_kind(conn, &role.account, "role/").await?;
        if roles.iter().any(|other| other.name == role.name) {
            return Ok(Err(identity::taken(&role.name).into()));
        }
        if roles.len() >= ROLES {
            return Ok(Err(identity::full(ROLES, "roles").into()));
        }
        principal::insert(conn, &role).await?;
        Ok(Ok(CreateRoleResponse { arn: identity::arn(caller, &role.name) }))
    })
    .map_err(own_internal)?
}
