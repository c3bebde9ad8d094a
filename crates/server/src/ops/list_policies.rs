//! `OpenInspector.ListPolicies`.

use inspector_api::caller::Caller;
use inspector_api::openinspector::{ListPoliciesError, ListPoliciesRequest, ListPoliciesResponse, Policy};
use inspector_api::policy::managed;
use inspector_store::policy;

use super::{identity, own_internal};
use crate::Service;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    _input: ListPoliciesRequest,
) -> Result<ListPoliciesResponse, ListPoliciesError> {
    let mut conn = service.store().reader().await.map_err(own_internal)?;
    let own = policy::all(&mut conn, &caller.scope.account).await.map_err(own_internal)?;
    let given = managed::ALL.iter().map(|policy| Policy {
        policy_arn: policy.arn.to_owned(),
        policy_document: policy.document.to_owned(),
        updated_at: None,
    });
    let own = own.into_iter().map(|policy| Policy {
        policy_arn: identity::arn(caller, &format!("policy/{}", policy.name)),
        policy_document: policy.document,
        updated_at: Some(policy.updated_at),
    });
    Ok(ListPoliciesResponse { policies: own.chain(given).collect() })
}
