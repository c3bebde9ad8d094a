//! `CreateExclusionsPreview`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    CreateExclusionsPreviewError, CreateExclusionsPreviewRequest, CreateExclusionsPreviewResponse,
};
use inspector_assess::preview::{AgentState, expected};
use inspector_model::arn::TemplateArn;
use inspector_store::{preview, target, template, transact};
use uuid::Uuid;

use super::convert::internal;
use super::entity::{missing, own};
use super::instances::meant;
use crate::Service;
use crate::engine::known;
use crate::health::{Health, health};
use crate::world::now;

/// How long a preview is kept, in seconds.
const LIFE_SECONDS: i64 = 86_400;

/// Made at once: what is known beforehand is in the store.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: CreateExclusionsPreviewRequest,
) -> Result<CreateExclusionsPreviewResponse, CreateExclusionsPreviewError> {
    let arn: TemplateArn = own::<_, CreateExclusionsPreviewError>(&input.assessment_template_arn, caller)?;
    let (token, now) = (Uuid::new_v4().to_string(), now());
    let forget_before = now.plus_seconds(-LIFE_SECONDS);
    let known: Vec<_> = known().collect();
    transact!(service.store(), |conn| {
        let Some(template) = template::find(conn, &arn).await? else { return Ok(Err(missing(&arn).into())) };
        let Some(target) = target::find(conn, &arn.parent()).await? else { return Ok(Err(missing(&arn).into())) };
        let meant = meant(conn, &target).await?;
        let agent = |id: &str| match (meant.agents.get(id), health(meant.agents.get(id), now)) {
            (None, _) => AgentState::Absent,
            (Some(_), Health::Healthy) => AgentState::Well,
            (Some(_), Health::Unhealthy | Health::Unknown) => AgentState::Silent,
        };
        let instances: Vec<_> = meant.assets.iter().map(|asset| (asset.clone(), agent(&asset.id))).collect();
        let exclusions = expected(&template.packages, &known, &instances);
        preview::insert(conn, &token, &arn, &exclusions, now, forget_before).await?;
        Ok(Ok(CreateExclusionsPreviewResponse { preview_token: token.clone() }))
    })
    .map_err(internal)?
}
