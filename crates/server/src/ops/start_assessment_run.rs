//! `StartAssessmentRun`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    AgentAlreadyRunningAssessment, AgentsAlreadyRunningAssessmentException, InvalidInputErrorCode,
    InvalidInputException, LimitExceededErrorCode, LimitExceededException, StartAssessmentRunError,
    StartAssessmentRunRequest, StartAssessmentRunResponse,
};
use inspector_model::arn::{RunArn, Scope, TemplateArn};
use inspector_model::asset::Asset;
use inspector_model::run::RunState;
use inspector_store::run::{self, FindingCounts, Run};
use inspector_store::template::Template;
use inspector_store::{Connection, StoreError, target, task, template, transact};

use super::convert::{fault, internal};
use super::entity::{missing, own};
use super::instances::meant;
use super::quota;
use crate::Service;
use crate::engine::RUN_TASK;
use crate::notify;
use crate::settings::Quotas;
use crate::world::{now, short_id};

/// Fixes the template and the target's instances as they are now. Instances that are in another run take part: an agent
/// delivers one collection to all runs that wait for it.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: StartAssessmentRunRequest,
) -> Result<StartAssessmentRunResponse, StartAssessmentRunError> {
    let arn: TemplateArn = own::<_, StartAssessmentRunError>(&input.assessment_template_arn, caller)?;
    let (id, created_at) = (short_id().map_err(|error| fault(&error))?, now());
    let started = transact!(service.store(), |conn| {
        let Some(template) = template::find(conn, &arn).await? else { return Ok(Err(missing(&arn).into())) };
        let Some(target) = target::find(conn, &arn.parent()).await? else { return Ok(Err(missing(&arn).into())) };
        if template.packages.is_empty() {
            let code = InvalidInputErrorCode::InvalidNumberOfRulesPackageArns;
            return Ok(Err(InvalidInputException::new(code, "the template holds no rules package").into()));
        }
        let name = match &input.assessment_run_name {
            None => free_name(conn, &template).await?,
            Some(name) if run::name_taken(conn, &arn, name).await? => return Ok(Err(name_taken(name).into())),
            Some(name) => name.clone(),
        };
        let meant = meant(conn, &target).await?;
        if let Err(refused) = refuse_beyond_quotas(conn, service.quotas(), &caller.scope, meant.assets.len()).await? {
            return Ok(Err(refused.into()));
        }
        if service.strict_classic()
            && let Some(busy) = busy(conn, &caller.scope, &meant.assets).await?
        {
            return Ok(Err(busy.into()));
        }
        let (template_id, target_id) = (arn.template.clone(), arn.target.clone());
        let run = Run {
            arn: RunArn { scope: caller.scope.clone(), target: target_id, template: template_id, run: id.clone() },
            name,
            state: RunState::Created,
            duration: template.duration,
            packages: template.packages,
            user_attributes: template.user_attributes,
            created_at,
            started_at: None,
            collect_until: None,
            completed_at: None,
            state_changed_at: created_at,
            data_collected: false,
            counts: FindingCounts::default(),
        };
        run::insert(conn, &run).await?;
        notify::started(conn, &run).await?;
        run::insert_agents(conn, &run.arn, &meant.assets).await?;
        task::schedule(conn, RUN_TASK, &run.arn.to_string(), created_at).await?;
        Ok(Ok(StartAssessmentRunResponse { assessment_run_arn: run.arn.to_string() }))
    })
    .map_err(internal)?;
    service.wake_workers();
    started
}

/// Runs of the account, and the instances of those in progress with `more`.
async fn refuse_beyond_quotas(
    conn: &mut Connection,
    quotas: &Quotas,
    scope: &Scope,
    more: usize,
) -> Result<Result<(), LimitExceededException>, StoreError> {
    let code = LimitExceededErrorCode::AssessmentRunLimitExceeded;
    let have = run::count(conn, scope).await?;
    if let Err(refused) = quota::refuse_at(("runs", quotas.runs), have, "assessment runs", code) {
        return Ok(Err(refused));
    }
    let (have, most) = (run::instances_in_progress(conn, scope).await?, quotas.instances);
    let wanted = have.saturating_add(i64::try_from(more).unwrap_or(i64::MAX));
    let refused = || {
        let message = format!(
            "this run has {more} instances, those in progress have {have} and the quota is {most}; \
             `inspector serve --quota instances=N` sets it"
        );
        LimitExceededException::new(code, message)
    };
    Ok(if wanted > most { Err(refused()) } else { Ok(()) })
}

/// The instances among `assets` that a run in progress holds already.
async fn busy(
    conn: &mut Connection,
    scope: &Scope,
    assets: &[Asset],
) -> Result<Option<AgentsAlreadyRunningAssessmentException>, StoreError> {
    let held = run::holders(conn, scope).await?;
    let busy = assets.iter().filter_map(|asset| held.get(&asset.id).map(|run| (asset.id.clone(), run.to_string())));
    let busy: Vec<_> =
        busy.map(|(agent_id, run)| AgentAlreadyRunningAssessment { agent_id, assessment_run_arn: run }).collect();
    let message = "instances of the target are in other assessment runs; stop those or wait for their end";
    Ok((!busy.is_empty()).then(|| AgentsAlreadyRunningAssessmentException::new(message, busy)))
}

/// `Run <n> for <template>`, as the original names runs, with the first number that is free.
async fn free_name(conn: &mut Connection, template: &Template) -> Result<String, StoreError> {
    let (mut n, _) = run::of_template(conn, &template.arn).await?;
    loop {
        n += 1;
        let name: String = format!("Run {n} for {}", template.name).chars().take(140).collect();
        if !run::name_taken(conn, &template.arn, &name).await? {
            return Ok(name);
        }
    }
}

/// The API has no code for a run's name; the template's at least says that a name is taken.
fn name_taken(name: &str) -> InvalidInputException {
    let message = format!("the template has a run of the name `{name}` already");
    InvalidInputException::new(InvalidInputErrorCode::AssessmentTemplateNameAlreadyTaken, message)
}
