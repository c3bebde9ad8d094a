//! `GetTelemetryMetadata`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    GetTelemetryMetadataError, GetTelemetryMetadataRequest, GetTelemetryMetadataResponse, TelemetryMetadata,
};
use inspector_model::arn::RunArn;
use inspector_store::run;

use super::convert::{FACTS_MESSAGE, internal};
use super::entity::{missing, own};
use crate::Service;

/// One line for each type of message and one for all of them; an agent sends one message for a run.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: GetTelemetryMetadataRequest,
) -> Result<GetTelemetryMetadataResponse, GetTelemetryMetadataError> {
    let arn: RunArn = own::<_, GetTelemetryMetadataError>(&input.assessment_run_arn, caller)?;
    let mut conn = service.store().reader().await.map_err(internal)?;
    run::find(&mut conn, &arn).await.map_err(internal)?.ok_or_else(|| missing(&arn))?;
    let (count, bytes) = run::delivered(&mut conn, &arn).await.map_err(internal)?;
    let line =
        |message_type: &str| TelemetryMetadata { message_type: message_type.to_owned(), count, data_size: Some(bytes) };
    Ok(GetTelemetryMetadataResponse { telemetry_metadata: vec![line(FACTS_MESSAGE), line("Total")] })
}
