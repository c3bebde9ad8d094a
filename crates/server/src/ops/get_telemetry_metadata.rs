//! `GetTelemetryMetadata`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{GetTelemetryMetadataError, GetTelemetryMetadataRequest, GetTelemetryMetadataResponse};
use inspector_model::arn::RunArn;
use inspector_store::run;

use super::convert::{internal, telemetry};
use super::entity::{missing, own};
use crate::Service;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: GetTelemetryMetadataRequest,
) -> Result<GetTelemetryMetadataResponse, GetTelemetryMetadataError> {
    let arn: RunArn = own::<_, GetTelemetryMetadataError>(&input.assessment_run_arn, caller)?;
    let mut conn = service.store().reader().await.map_err(internal)?;
    run::find(&mut conn, &arn).await.map_err(internal)?.ok_or_else(|| missing(&arn))?;
    let (count, bytes) = run::delivered(&mut conn, &arn).await.map_err(internal)?;
    Ok(GetTelemetryMetadataResponse { telemetry_metadata: telemetry(count, bytes) })
}
