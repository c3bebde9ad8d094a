//! `DescribeExclusions`.

use std::collections::BTreeMap;

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    DescribeExclusionsError, DescribeExclusionsRequest, DescribeExclusionsResponse, FailedItemErrorCode,
};
use inspector_model::arn::ExclusionArn;
use inspector_store::exclusion;

use super::convert::{self, internal};
use super::entity::{batch, failed};
use crate::Service;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: DescribeExclusionsRequest,
) -> Result<DescribeExclusionsResponse, DescribeExclusionsError> {
    let (arns, mut failed_items) = batch::<ExclusionArn>(input.exclusion_arns, caller);
    let mut exclusions = BTreeMap::new();
    let mut conn = service.store().reader().await.map_err(internal)?;
    for arn in arns {
        match exclusion::find(&mut conn, &arn).await.map_err(internal)? {
            Some(stored) => {
                exclusions.insert(arn.to_string(), convert::exclusion(stored));
            }
            None => {
                failed_items.insert(arn.to_string(), failed(FailedItemErrorCode::ItemDoesNotExist));
            }
        }
    }
    Ok(DescribeExclusionsResponse { exclusions, failed_items })
}
