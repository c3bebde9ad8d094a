//! The evaluation of one run, from stored evidence to stored findings.

use inspector_assess::evaluation::Span;
use inspector_assess::run::{Event, Verdict};
use inspector_model::arn::RunArn;
use inspector_model::assessment::{Assessment, Subject};
use inspector_model::run::RunState;
use inspector_store::run::{self, Run};
use inspector_store::task::{self, Claim};
use inspector_store::{StoreError, coverage, exclusion, finding, transact};

use super::inputs::Inputs;
use super::results::{self, Results};
use super::step::advance;
use crate::Service;
use crate::world::now;

/// So many findings are written in one transaction.
const CHUNK: usize = 200;

/// Evaluates the run and completes it. Everything before the last transaction may happen twice; the last one happens once,
/// because it ends the claim.
pub(super) async fn evaluate(service: &Service, claim: &Claim, arn: &RunArn) -> Result<(), StoreError> {
    let Some(run) = run::find(&mut *service.store().reader().await?, arn).await? else { return Ok(()) };
    match assess(service, &run).await {
        Ok((results, verdict)) => complete(service, claim, run, &results, verdict).await,
        Err(error @ (StoreError::Malformed { .. } | StoreError::File { .. })) => {
            tracing::error!(run = %arn, %error, "the run's evidence cannot be read");
            fail(service, claim, run).await
        }
        Err(error) => Err(error),
    }
}

async fn assess(service: &Service, run: &Run) -> Result<(Results, Verdict), StoreError> {
    let inputs = Inputs::load(service, run).await?;
    let (service, run) = (service.clone(), run.clone());
    let computed = tokio::task::spawn_blocking(move || {
        let (evaluation, verdict) = super::packages::evaluate(&run.packages, &inputs, &service.content());
        let subject = Subject::Run { id: run.arn.to_string(), instances: inputs.instances.len() };
        let span = Span { started_at: run.started_at.unwrap_or(run.created_at), completed_at: now() };
        let assessment: Assessment = evaluation.finish(subject, run.packages.clone(), span);
        (results::of(&run, &inputs, assessment), verdict)
    });
    computed.await.map_err(|error| StoreError::Malformed { what: "evaluation".to_owned(), why: error.to_string() })
}

async fn complete(
    service: &Service,
    claim: &Claim,
    mut run: Run,
    results: &Results,
    verdict: Verdict,
) -> Result<(), StoreError> {
    let store = service.store();
    for chunk in results.findings.chunks(CHUNK) {
        let lease = now().plus_seconds(super::LEASE_SECONDS);
        transact!(store, |conn| {
            task::renew(conn, claim, lease).await?;
            finding::put(conn, chunk, claim.fence).await
        })?;
    }
    let packed = coverage::pack(store, &results.coverage).await?;
    run.counts = results.counts;
    let now = now();
    transact!(store, |conn| {
        let mut run = run.clone();
        finding::settle(conn, &run.arn, claim.fence).await?;
        exclusion::replace(conn, &run.arn, &results.exclusions, claim.fence).await?;
        coverage::replace(conn, &run.arn, &packed).await?;
        advance(conn, &mut run, Event::Evaluated(verdict), now).await?;
        task::finish(conn, claim, None).await
    })?;
    tracing::info!(run = %run.arn, findings = results.findings.len(), "run completed");
    Ok(())
}

async fn fail(service: &Service, claim: &Claim, run: Run) -> Result<(), StoreError> {
    let now = now();
    transact!(service.store(), |conn| {
        let mut run = Run { state: RunState::EvaluatingRules, ..run.clone() };
        advance(conn, &mut run, Event::Broke, now).await?;
        task::finish(conn, claim, None).await
    })
}
