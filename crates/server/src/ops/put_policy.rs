//! `OpenInspector.PutPolicy`.

use inspector_api::caller::Caller;
use inspector_api::openinspector::{PutPolicyError, PutPolicyRequest, PutPolicyResponse};
use inspector_store::policy::{self, Policy};
use inspector_store::transact;

use super::identity::{self, POLICIES};
use super::own_internal;
use crate::Service;
use crate::world::now;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: PutPolicyRequest,
) -> Result<PutPolicyResponse, PutPolicyError> {
    let resource = identity::named("policy", &input.policy_name)?;
    identity::check(&input.policy_document)?;
    let policy = Policy { name: input.policy_name, document: input.policy_document, updated_at: now() };
    transact!(service.store(), |conn| {
        let others = policy::all(conn, &caller.scope.account).await?;
        if others.iter().filter(|other| other.name != policy.name).count() >= POLICIES {
            return Ok(Err(identity::full(POLICIES, "policies").into()));
        }
        policy::put(conn, &caller.scope.account, &policy).await?;
        Ok(Ok(PutPolicyResponse { policy_arn: identity::arn(caller, &resource) }))
    })
    .map_err(own_internal)?
}
