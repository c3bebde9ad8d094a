//! `CreateAssessmentTemplate`.

use std::collections::BTreeSet;

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    CreateAssessmentTemplateError, CreateAssessmentTemplateRequest, CreateAssessmentTemplateResponse,
    InvalidInputErrorCode, InvalidInputException, LimitExceededErrorCode,
};
use inspector_model::arn::{TargetArn, TemplateArn};
use inspector_store::template::{self, Template};
use inspector_store::{target, transact};

use super::convert::{from_attributes, internal, packages};
use super::entity::{missing, own};
use super::quota;
use crate::Service;
use crate::world::now;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: CreateAssessmentTemplateRequest,
) -> Result<CreateAssessmentTemplateResponse, CreateAssessmentTemplateError> {
    let parent: TargetArn = own::<_, CreateAssessmentTemplateError>(&input.assessment_target_arn, caller)?;
    let user_attributes = from_attributes(input.user_attributes_for_findings.unwrap_or_default());
    let keys: BTreeSet<_> = user_attributes.iter().map(|attribute| &attribute.key).collect();
    if keys.len() != user_attributes.len() {
        let message = "two of `userAttributesForFindings` have the same key";
        return Err(InvalidInputException::new(InvalidInputErrorCode::InvalidUserAttributeKey, message).into());
    }
    let id = caller.new_id();
    let template = Template {
        arn: TemplateArn { scope: caller.scope.clone(), target: parent.target.clone(), template: id },
        name: input.assessment_template_name,
        duration: i64::from(input.duration_in_seconds),
        packages: packages::<CreateAssessmentTemplateError>(&input.rules_package_arns, &caller.scope.region)?,
        user_attributes,
        created_at: now(),
    };
    transact!(service.store(), |conn| {
        if target::find(conn, &parent).await?.is_none() {
            return Ok(Err(missing(&parent).into()));
        }
        if template::name_taken(conn, &parent, &template.name).await? {
            let message = format!("the target has a template of the name `{}` already", template.name);
            let code = InvalidInputErrorCode::AssessmentTemplateNameAlreadyTaken;
            return Ok(Err(InvalidInputException::new(code, message).into()));
        }
        let (have, most) = (template::count(conn, &caller.scope).await?, service.quotas().templates);
        let code = LimitExceededErrorCode::AssessmentTemplateLimitExceeded;
        if let Err(refused) = quota::refuse_at(("templates", most), have, "assessment templates", code) {
            return Ok(Err(refused.into()));
        }
        template::insert(conn, &template).await?;
        Ok(Ok(CreateAssessmentTemplateResponse { assessment_template_arn: template.arn.to_string() }))
    })
    .map_err(internal)?
}
