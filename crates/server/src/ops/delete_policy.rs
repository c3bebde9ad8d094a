//! `OpenInspector.DeletePolicy`.

use inspector_api::caller::Caller;
use inspector_api::openinspector::{DeletePolicyError, DeletePolicyRequest};
use inspector_store::{policy, transact};

use super::{identity, own_internal};
use crate::Service;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: DeletePolicyRequest,
) -> Result<(), DeletePolicyError> {
    let arn = identity::arn(caller, &identity::named("policy", &input.policy_name)?);
    let account = &caller.scope.account;
    let gone = transact!(service.store(), |conn| policy::delete(conn, account, &input.policy_name, &arn).await);
    if gone.map_err(own_internal)? { Ok(()) } else { Err(identity::missing(&arn).into()) }
}
