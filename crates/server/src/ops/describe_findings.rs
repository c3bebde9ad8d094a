//! `DescribeFindings`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    DescribeFindingsError, DescribeFindingsRequest, DescribeFindingsResponse, FailedItemErrorCode,
};
use inspector_model::arn::FindingArn;
use inspector_store::finding;

use super::convert::{self, internal};
use super::entity::{batch, failed};
use crate::Service;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: DescribeFindingsRequest,
) -> Result<DescribeFindingsResponse, DescribeFindingsError> {
    let (arns, mut failed_items) = batch::<FindingArn>(input.finding_arns, caller);
    let mut findings = Vec::new();
    let mut conn = service.store().reader().await.map_err(internal)?;
    for arn in arns {
        match finding::find(&mut conn, &arn).await.map_err(internal)? {
            Some(stored) => findings.push(convert::finding(stored)),
            None => {
                failed_items.insert(arn.to_string(), failed(FailedItemErrorCode::ItemDoesNotExist));
            }
        }
    }
    Ok(DescribeFindingsResponse { findings, failed_items })
}
