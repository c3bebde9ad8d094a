//! `StopAssessmentRun`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{StopAssessmentRunError, StopAssessmentRunRequest};
use inspector_assess::run::Event;
use inspector_model::arn::RunArn;
use inspector_store::{run, task, transact};

use super::convert::{internal, stop_action};
use super::entity::{missing, own};
use crate::Service;
use crate::engine::{RUN_TASK, advance};
use crate::world::now;

/// Returns before the run has settled; a run that has ended stays as it is.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: StopAssessmentRunRequest,
) -> Result<(), StopAssessmentRunError> {
    let arn: RunArn = own::<_, StopAssessmentRunError>(&input.assessment_run_arn, caller)?;
    let (event, now) = (Event::Stop(stop_action(input.stop_action)), now());
    let stopped = transact!(service.store(), |conn| {
        let Some(mut run) = run::find(conn, &arn).await? else { return Ok(Err(missing(&arn).into())) };
        if !run.state.terminal() {
            advance(conn, &mut run, event, now).await?;
            task::schedule(conn, RUN_TASK, &arn.to_string(), now).await?;
        }
        Ok(Ok(()))
    })
    .map_err(internal)?;
    service.wake_workers();
    // An agent that observes for the run delivers what it saw.
    service.ask_agents();
    stopped
}
