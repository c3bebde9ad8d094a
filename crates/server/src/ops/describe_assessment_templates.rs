//! `DescribeAssessmentTemplates`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    AssessmentTemplate, DescribeAssessmentTemplatesError, DescribeAssessmentTemplatesRequest,
    DescribeAssessmentTemplatesResponse, FailedItemErrorCode,
};
use inspector_model::arn::TemplateArn;
use inspector_store::{run, template};

use super::convert::{attributes, int, internal, package_arns};
use super::entity::{batch, failed};
use crate::Service;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: DescribeAssessmentTemplatesRequest,
) -> Result<DescribeAssessmentTemplatesResponse, DescribeAssessmentTemplatesError> {
    let (arns, mut failed_items) = batch::<TemplateArn>(input.assessment_template_arns, caller);
    let mut assessment_templates = Vec::new();
    let mut conn = service.store().reader().await.map_err(internal)?;
    for arn in arns {
        let Some(template) = template::find(&mut conn, &arn).await.map_err(internal)? else {
            failed_items.insert(arn.to_string(), failed(FailedItemErrorCode::ItemDoesNotExist));
            continue;
        };
        let (count, last) = run::of_template(&mut conn, &arn).await.map_err(internal)?;
        assessment_templates.push(AssessmentTemplate {
            arn: arn.to_string(),
            name: template.name,
            assessment_target_arn: arn.parent().to_string(),
            duration_in_seconds: int(template.duration),
            rules_package_arns: package_arns(&template.packages, &caller.scope.region),
            user_attributes_for_findings: attributes(&template.user_attributes),
            last_assessment_run_arn: last.map(|arn| arn.to_string()),
            assessment_run_count: int(count),
            created_at: template.created_at,
        });
    }
    Ok(DescribeAssessmentTemplatesResponse { assessment_templates, failed_items })
}
