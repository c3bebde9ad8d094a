//! `OpenInspector.DescribeFindingProofs`.

use inspector_api::caller::Caller;
use inspector_api::inspector as classic;
use inspector_api::openinspector::{
    DescribeFindingProofsError, DescribeFindingProofsRequest, DescribeFindingProofsResponse, FailedItemDetails,
    FailedItemErrorCode, FindingProof, InternalException,
};
use inspector_model::arn::FindingArn;
use inspector_store::finding::{self, StoredFinding};

use super::convert::fault;
use super::entity::{batch, failed};
use super::own_internal;
use crate::Service;

/// As `DescribeFindings`: what has no proof here is a failed item. The proof is the one that was stored with the finding.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: DescribeFindingProofsRequest,
) -> Result<DescribeFindingProofsResponse, DescribeFindingProofsError> {
    let (arns, mut failures) = batch::<FindingArn>(input.finding_arns, caller);
    let mut proofs = Vec::new();
    let mut conn = service.store().reader().await.map_err(own_internal)?;
    for arn in arns {
        match finding::find(&mut conn, &arn).await.map_err(own_internal)? {
            Some(stored) => proofs.push(proof(&stored)?),
            None => {
                failures.insert(arn.to_string(), failed(classic::FailedItemErrorCode::ItemDoesNotExist));
            }
        }
    }
    let failed_items = failures.into_iter().map(|(arn, details)| (arn, own_details(&details))).collect();
    Ok(DescribeFindingProofsResponse { proofs, failed_items })
}

fn proof(stored: &StoredFinding) -> Result<FindingProof, InternalException> {
    let proof = serde_json::to_string(&stored.body.finding.proof);
    Ok(FindingProof {
        finding_arn: stored.arn.to_string(),
        fingerprint: stored.fingerprint.clone(),
        proof: proof.map_err(|error| InternalException::new(fault(&error).message))?,
    })
}

fn own_details(details: &classic::FailedItemDetails) -> FailedItemDetails {
    let failure_code = match details.failure_code {
        classic::FailedItemErrorCode::InvalidArn => FailedItemErrorCode::InvalidArn,
        classic::FailedItemErrorCode::DuplicateArn => FailedItemErrorCode::DuplicateArn,
        classic::FailedItemErrorCode::ItemDoesNotExist => FailedItemErrorCode::ItemDoesNotExist,
        classic::FailedItemErrorCode::AccessDenied => FailedItemErrorCode::AccessDenied,
        classic::FailedItemErrorCode::LimitExceeded => FailedItemErrorCode::LimitExceeded,
        classic::FailedItemErrorCode::InternalError => FailedItemErrorCode::InternalError,
    };
    FailedItemDetails { failure_code, retryable: details.retryable }
}
