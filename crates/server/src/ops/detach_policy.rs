//! `OpenInspector.DetachPolicy`.

use inspector_api::caller::Caller;
use inspector_api::openinspector::{DetachPolicyError, DetachPolicyRequest};
use inspector_store::{principal, transact};

use super::{identity, own_internal};
use crate::Service;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: DetachPolicyRequest,
) -> Result<(), DetachPolicyError> {
    let name = identity::either(input.user_name, input.role_name)?;
    let (account, policy) = (&caller.scope.account, &input.policy_arn);
    let gone = transact!(service.store(), |conn| principal::detach(conn, account, &name, policy).await);
    if gone.map_err(own_internal)? { Ok(()) } else { Err(identity::missing(policy).into()) }
}
