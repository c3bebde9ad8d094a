//! The operations as the server implements them.
// Written by `cargo xtask generate` from the service model. Do not edit.

use super::*;
use crate::caller::Caller;
use crate::codec;
use crate::error::Failure;

/// The operations of `OpenInspector`, without those that `conformance/known-gaps.toml` lists.
pub trait OpenInspector: Send + Sync {
    /// Makes a one-use token with which one agent may enrol.
    fn create_enrollment_token(
        &self,
        caller: &Caller,
        input: CreateEnrollmentTokenRequest,
    ) -> impl Future<Output = Result<CreateEnrollmentTokenResponse, CreateEnrollmentTokenError>> + Send;

    /// Mints temporary keys of the caller, valid for one hour, so that a browser signs its requests like any other client.
    fn create_session(
        &self,
        caller: &Caller,
        input: CreateSessionRequest,
    ) -> impl Future<Output = Result<CreateSessionResponse, CreateSessionError>> + Send;

    /// Counts what an assessment run looked at, rules package by rules package.
    fn describe_coverage(
        &self,
        caller: &Caller,
        input: DescribeCoverageRequest,
    ) -> impl Future<Output = Result<DescribeCoverageResponse, DescribeCoverageError>> + Send;

    /// Shows what made each finding true, in a form that can be checked again from stored evidence.
    fn describe_finding_proofs(
        &self,
        caller: &Caller,
        input: DescribeFindingProofsRequest,
    ) -> impl Future<Output = Result<DescribeFindingProofsResponse, DescribeFindingProofsError>> + Send;

    /// Tells which version runs and which content and snapshots it holds.
    fn get_service_status(
        &self,
        caller: &Caller,
        input: GetServiceStatusRequest,
    ) -> impl Future<Output = Result<GetServiceStatusResponse, GetServiceStatusError>> + Send;

    /// Loads what the original service told: the documents hold answers of its Describe operations for resource groups, targets, templates, runs and findings. ARNs and times stay; what is there already stays as it is. Everything must be of the caller's account and of the signature's Region.
    fn import_assessments(
        &self,
        caller: &Caller,
        input: ImportAssessmentsRequest,
    ) -> impl Future<Output = Result<ImportAssessmentsResponse, ImportAssessmentsError>> + Send;

    /// Loads the documents of a network snapshot. The owner ids in them decide the account, the signature's Region the Region. A snapshot of the same name is replaced as a whole.
    fn import_snapshot(
        &self,
        caller: &Caller,
        input: ImportSnapshotRequest,
    ) -> impl Future<Output = Result<ImportSnapshotResponse, ImportSnapshotError>> + Send;

    /// Lists the agents that have enrolled.
    fn list_agents(
        &self,
        caller: &Caller,
        input: ListAgentsRequest,
    ) -> impl Future<Output = Result<ListAgentsResponse, ListAgentsError>> + Send;
}

/// Decodes the input of `operation`, runs it, encodes what it answers.
pub async fn dispatch<S: OpenInspector>(
    service: &S,
    caller: &Caller,
    operation: Operation,
    body: &[u8],
) -> Result<Vec<u8>, Failure> {
    match operation {
        Operation::CreateEnrollmentToken => {
            codec::reply(service.create_enrollment_token(caller, codec::decode(body)?).await)
        }
        Operation::CreateSession => codec::reply(service.create_session(caller, codec::decode(body)?).await),
        Operation::DescribeCoverage => codec::reply(service.describe_coverage(caller, codec::decode(body)?).await),
        Operation::DescribeFindingProofs => {
            codec::reply(service.describe_finding_proofs(caller, codec::decode(body)?).await)
        }
        Operation::GetServiceStatus => codec::reply(service.get_service_status(caller, codec::decode(body)?).await),
        Operation::ImportAssessments => codec::reply(service.import_assessments(caller, codec::decode(body)?).await),
        Operation::ImportSnapshot => codec::reply(service.import_snapshot(caller, codec::decode(body)?).await),
        Operation::ListAgents => codec::reply(service.list_agents(caller, codec::decode(body)?).await),
    }
}
