//! `OpenInspector.DescribeCoverage`.

use inspector_api::caller::Caller;
use inspector_api::openinspector::{
    AccessDeniedException, CoverageCounts, DescribeCoverageError, DescribeCoverageRequest, DescribeCoverageResponse,
    InvalidInputException, NoSuchEntityException,
};
use inspector_model::arn::{Malformed, RunArn};
use inspector_store::{coverage, run};

use super::convert::package_arn;
use super::own_internal;
use crate::Service;

/// Empty until the run has been evaluated.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: DescribeCoverageRequest,
) -> Result<DescribeCoverageResponse, DescribeCoverageError> {
    let text = &input.assessment_run_arn;
    let arn: RunArn = text.parse().map_err(|error: Malformed| {
        InvalidInputException::new("INVALID_ASSESSMENT_RUN_ARN".to_owned(), error.to_string())
    })?;
    if arn.scope.account != caller.scope.account {
        let message = format!("`{text}` belongs to account {}", arn.scope.account);
        return Err(AccessDeniedException::new("ACCESS_DENIED_TO_ASSESSMENT_RUN".to_owned(), message).into());
    }
    let mut conn = service.store().reader().await.map_err(own_internal)?;
    if arn.scope != caller.scope || run::find(&mut conn, &arn).await.map_err(own_internal)?.is_none() {
        let message = format!("`{text}` does not exist");
        return Err(NoSuchEntityException::new("ASSESSMENT_RUN_DOES_NOT_EXIST".to_owned(), message).into());
    }
    let counts = coverage::counts(&mut conn, &arn).await.map_err(own_internal)?;
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let coverage = counts.into_iter().map(|(key, (counts, _))| CoverageCounts {
        rules_package_arn: package_arn(key, &caller.scope.region),
        rules_package: key.as_str().to_owned(),
        pass: number(counts.pass),
        fail: number(counts.fail),
        not_applicable: number(counts.not_applicable),
        not_assessed: number(counts.not_assessed),
    });
    Ok(DescribeCoverageResponse { coverage: coverage.collect() })
}
