//! `OpenInspector.AttachPolicy`.

use inspector_api::caller::Caller;
use inspector_api::openinspector::{AttachPolicyError, AttachPolicyRequest};
use inspector_store::{principal, transact};

use super::identity::{self, ATTACHED};
use super::own_internal;
use crate::Service;

/// Attaching twice is attaching once.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: AttachPolicyRequest,
) -> Result<(), AttachPolicyError> {
    let name = identity::either(input.user_name, input.role_name)?;
    let (account, policy) = (&caller.scope.account, &input.policy_arn);
    transact!(service.store(), |conn| {
        if principal::find(conn, account, &name).await?.is_none() {
            return Ok(Err(identity::missing(&name).into()));
        }
        if identity::document(conn, account, policy).await?.is_none() {
            return Ok(Err(identity::missing(policy).into()));
        }
        let attached = principal::attached(conn, account, &name).await?;
        if attached.len() >= ATTACHED && !attached.contains(policy) {
            return Ok(Err(identity::full(ATTACHED, "policies attached").into()));
        }
        principal::attach(conn, account, &name, policy).await?;
        Ok(Ok(()))
    })
    .map_err(own_internal)?
}
