//! `CreateAssessmentTarget`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    CreateAssessmentTargetError, CreateAssessmentTargetRequest, CreateAssessmentTargetResponse, InvalidInputErrorCode,
    InvalidInputException, LimitExceededErrorCode,
};
use inspector_model::arn::{ResourceGroupArn, TargetArn};
use inspector_store::target::{self, Target};
use inspector_store::{resource_group, transact};

use super::convert::internal;
use super::entity::{missing, own};
use super::quota;
use crate::Service;
use crate::world::now;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: CreateAssessmentTargetRequest,
) -> Result<CreateAssessmentTargetResponse, CreateAssessmentTargetError> {
    let group = input.resource_group_arn.as_deref().map(|text| own::<ResourceGroupArn, _>(text, caller));
    let resource_group = group.transpose().map_err(|error: CreateAssessmentTargetError| error)?;
    let (id, created_at) = (caller.new_id(), now());
    let target = Target {
        arn: TargetArn { scope: caller.scope.clone(), target: id },
        name: input.assessment_target_name,
        resource_group,
        created_at,
        updated_at: created_at,
    };
    transact!(service.store(), |conn| {
        if let Some(arn) = &target.resource_group
            && resource_group::find(conn, arn).await?.is_none()
        {
            return Ok(Err(missing(arn).into()));
        }
        if target::name_taken(conn, &caller.scope, &target.name, None).await? {
            return Ok(Err(name_taken(&target.name, caller).into()));
        }
        let (have, most) = (target::count(conn, &caller.scope).await?, service.quotas().targets);
        let code = LimitExceededErrorCode::AssessmentTargetLimitExceeded;
        if let Err(refused) = quota::refuse_at(("targets", most), have, "assessment targets", code) {
            return Ok(Err(refused.into()));
        }
        target::insert(conn, &target).await?;
        Ok(Ok(CreateAssessmentTargetResponse { assessment_target_arn: target.arn.to_string() }))
    })
    .map_err(internal)?
}

/// In the words of the original.
pub(super) fn name_taken(name: &str, caller: &Caller) -> InvalidInputException {
    let owner = &caller.scope.account;
    let message = format!("Create assessmentTarget - Name already exists; Name: {name} ParentOwner: {owner}");
    InvalidInputException::new(InvalidInputErrorCode::AssessmentTargetNameAlreadyTaken, message)
}
