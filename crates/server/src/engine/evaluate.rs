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
use crate::notify;
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
        notify::reported(conn, &run, now).await?;
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
        // What an earlier attempt wrote is the evidence of no assessment.
        finding::settle(conn, &run.arn, claim.fence).await?;
        advance(conn, &mut run, Event::Broke, now).await?;
        task::finish(conn, claim, None).await
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use inspector_model::arn::ShortId;
    use inspector_model::proof::Proof;
    use inspector_model::{Finding, PackageKey, Severity};
    use inspector_store::finding::{Body, StoredFinding};

    use super::super::results::tests::run;
    use super::*;

    fn left_behind(run: &Run) -> StoredFinding {
        let finding = Finding {
            package: PackageKey::Cve,
            rule: "CVE-2026-0001".into(),
            subject: "i-1".into(),
            severity: Severity::High,
            title: String::new(),
            description: String::new(),
            recommendation: String::new(),
            attributes: vec![],
            proof: Proof::Settings { settings: vec![] },
        };
        StoredFinding {
            arn: run.arn.finding(ShortId::with_shard(0, [0; 7])),
            shard: 0,
            fingerprint: String::new(),
            hidden: false,
            body: Body { finding, asset: None },
            user_attributes: vec![],
            created_at: now(),
            updated_at: now(),
        }
    }

    #[tokio::test]
    async fn a_run_that_ends_in_error_keeps_no_finding_of_an_earlier_attempt() {
        let dir = tempfile::tempdir().unwrap();
        let service = Service::unreachable(dir.path(), Arc::new(|| panic!("a defect"))).await;
        let (store, run) = (service.store(), run());
        let (due, lease) = (now(), now().plus_seconds(60));
        let claims = transact!(store, |conn| {
            run::insert(conn, &run).await?;
            finding::put(conn, &[left_behind(&run)], 0).await?;
            task::schedule(conn, super::super::RUN_TASK, &run.arn.to_string(), due).await?;
            task::claim(conn, "worker", due, lease, 1).await
        })
        .unwrap();
        evaluate(&service, &claims[0], &run.arn).await.unwrap();
        let mut conn = store.reader().await.unwrap();
        assert_eq!(run::find(&mut conn, &run.arn).await.unwrap().unwrap().state, RunState::Error);
        assert_eq!(finding::of_run(&mut conn, &run.arn).await.unwrap(), []);
    }
}
