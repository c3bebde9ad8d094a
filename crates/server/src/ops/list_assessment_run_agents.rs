//! `ListAssessmentRunAgents`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    AgentFilter, AgentHealth, AgentHealthCode, AssessmentRunAgent, ListAssessmentRunAgentsError,
    ListAssessmentRunAgentsRequest, ListAssessmentRunAgentsResponse,
};
use inspector_model::Timestamp;
use inspector_model::arn::RunArn;
use inspector_model::run::RunState;
use inspector_store::agent::{self, Agent};
use inspector_store::run::{self, Run, RunAgent};

use super::convert::{self, internal, telemetry};
use super::entity::{missing, own};
use super::paging::{Paging, limit};
use crate::Service;
use crate::health::{Health, diagnosis, health};
use crate::world::now;

/// Rows read at a time while a filter is looking for enough of them.
const BATCH: u32 = 500;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: ListAssessmentRunAgentsRequest,
) -> Result<ListAssessmentRunAgentsResponse, ListAssessmentRunAgentsError> {
    let arn: RunArn = own::<_, ListAssessmentRunAgentsError>(&input.assessment_run_arn, caller)?;
    let paging = Paging::of(service, caller, "ListAssessmentRunAgents", &(&arn, &input.filter));
    let mut after = paging.after(input.next_token.as_deref())?.unwrap_or_default();
    let limit = usize::try_from(limit(input.max_results, 10, 500)?).unwrap_or_default();
    let mut conn = service.store().reader().await.map_err(internal)?;
    let run = run::find(&mut conn, &arn).await.map_err(internal)?.ok_or_else(|| missing(&arn))?;
    let (now, mut found) = (now(), Vec::new());
    loop {
        let rows = run::agents_page(&mut conn, &arn, &after, BATCH).await.map_err(internal)?;
        let Some(last) = rows.last() else { break };
        after.clone_from(&last.asset.id);
        for row in rows {
            let agent = agent::find(&mut conn, &row.asset.id).await.map_err(internal)?;
            let described = described(&run, &row, agent.as_ref(), now);
            if passes(input.filter.as_ref(), &described) {
                found.push(described);
            }
        }
        if found.len() > limit {
            break;
        }
    }
    let more = found.len() > limit;
    found.truncate(limit);
    let next_token = found.last().filter(|_| more).map(|last| paging.token(&last.agent_id));
    Ok(ListAssessmentRunAgentsResponse { assessment_run_agents: found, next_token })
}

/// An empty list does not filter.
fn passes(filter: Option<&AgentFilter>, agent: &AssessmentRunAgent) -> bool {
    filter.is_none_or(|filter| {
        (filter.agent_healths.is_empty() || filter.agent_healths.contains(&agent.agent_health))
            && (filter.agent_health_codes.is_empty() || filter.agent_health_codes.contains(&agent.agent_health_code))
    })
}

fn described(run: &Run, row: &RunAgent, agent: Option<&Agent>, now: Timestamp) -> AssessmentRunAgent {
    let health = health(agent, now);
    let collecting = run.state == RunState::CollectingData && row.facts.is_none();
    let code = match health {
        Health::Healthy if collecting => AgentHealthCode::Running,
        Health::Healthy => AgentHealthCode::Idle,
        Health::Unhealthy => AgentHealthCode::Unhealthy,
        Health::Unknown => AgentHealthCode::Unknown,
    };
    let details = match diagnosis(agent, now) {
        Some(told) => short(&format!("{} ({}); {}", told.reason, told.code, told.next_step)),
        None if collecting => "the agent was asked for its facts".to_owned(),
        None => String::new(),
    };
    let agent_health: AgentHealth = convert::health(health);
    AssessmentRunAgent {
        agent_id: row.asset.id.clone(),
        assessment_run_arn: run.arn.to_string(),
        agent_health,
        agent_health_code: code,
        agent_health_details: (!details.is_empty()).then_some(details),
        auto_scaling_group: row.asset.auto_scaling_group.clone(),
        telemetry_metadata: row.facts_size.map(|size| telemetry(1, size)).unwrap_or_default(),
    }
}

/// The model allows details of 1,000 characters.
fn short(text: &str) -> String {
    text.chars().take(1000).collect()
}
