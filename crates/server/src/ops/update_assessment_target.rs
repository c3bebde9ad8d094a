//! `UpdateAssessmentTarget`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{UpdateAssessmentTargetError, UpdateAssessmentTargetRequest};
use inspector_model::arn::{ResourceGroupArn, TargetArn};
use inspector_store::target::{self, Target};
use inspector_store::{resource_group, transact};

use super::convert::internal;
use super::create_assessment_target::name_taken;
use super::entity::{missing, own};
use crate::Service;
use crate::world::now;

/// Without a resource group the target means all instances afterwards, also if it had one before.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: UpdateAssessmentTargetRequest,
) -> Result<(), UpdateAssessmentTargetError> {
    let arn: TargetArn = own::<_, UpdateAssessmentTargetError>(&input.assessment_target_arn, caller)?;
    let group = input.resource_group_arn.as_deref().map(|text| own::<ResourceGroupArn, _>(text, caller));
    let group = group.transpose().map_err(|error: UpdateAssessmentTargetError| error)?;
    let (name, updated_at) = (input.assessment_target_name, now());
    transact!(service.store(), |conn| {
        let Some(before) = target::find(conn, &arn).await? else { return Ok(Err(missing(&arn).into())) };
        if let Some(group) = &group
            && resource_group::find(conn, group).await?.is_none()
        {
            return Ok(Err(missing(group).into()));
        }
        if target::name_taken(conn, &caller.scope, &name, Some(&arn)).await? {
            return Ok(Err(name_taken(&name, caller).into()));
        }
        let after = Target { name: name.clone(), resource_group: group.clone(), updated_at, ..before };
        target::update(conn, &after).await?;
        Ok(Ok(()))
    })
    .map_err(internal)?
}
