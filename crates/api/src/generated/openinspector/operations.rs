//! The operations by name.
// Written by `cargo xtask generate` from the service model. Do not edit.

use super::*;
use crate::codec::{Request, Visitor};
use crate::operation::operations;
use crate::shape::Shape;

operations! {
    "OpenInspector", "inspector";
    CreateEnrollmentToken,
    CreateSession,
    DescribeCoverage,
    DescribeFindingProofs,
    GetServiceStatus,
    ImportAssessments,
    ImportSnapshot,
    ListAgents,
}

impl Request for CreateEnrollmentTokenRequest {
    type Response = CreateEnrollmentTokenResponse;
    type Error = CreateEnrollmentTokenError;
    const TARGET: &'static str = "OpenInspector.CreateEnrollmentToken";
    const SHAPE: &'static Shape = &shapes::CREATE_ENROLLMENT_TOKEN_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::CREATE_ENROLLMENT_TOKEN_RESPONSE);
}

impl Request for CreateSessionRequest {
    type Response = CreateSessionResponse;
    type Error = CreateSessionError;
    const TARGET: &'static str = "OpenInspector.CreateSession";
    const SHAPE: &'static Shape = &crate::shape::EMPTY;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::CREATE_SESSION_RESPONSE);
}

impl Request for DescribeCoverageRequest {
    type Response = DescribeCoverageResponse;
    type Error = DescribeCoverageError;
    const TARGET: &'static str = "OpenInspector.DescribeCoverage";
    const SHAPE: &'static Shape = &shapes::DESCRIBE_COVERAGE_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::DESCRIBE_COVERAGE_RESPONSE);
}

impl Request for DescribeFindingProofsRequest {
    type Response = DescribeFindingProofsResponse;
    type Error = DescribeFindingProofsError;
    const TARGET: &'static str = "OpenInspector.DescribeFindingProofs";
    const SHAPE: &'static Shape = &shapes::DESCRIBE_FINDING_PROOFS_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::DESCRIBE_FINDING_PROOFS_RESPONSE);
}

impl Request for GetServiceStatusRequest {
    type Response = GetServiceStatusResponse;
    type Error = GetServiceStatusError;
    const TARGET: &'static str = "OpenInspector.GetServiceStatus";
    const SHAPE: &'static Shape = &crate::shape::EMPTY;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::GET_SERVICE_STATUS_RESPONSE);
}

impl Request for ImportAssessmentsRequest {
    type Response = ImportAssessmentsResponse;
    type Error = ImportAssessmentsError;
    const TARGET: &'static str = "OpenInspector.ImportAssessments";
    const MAX_BODY: usize = 64 << 20;
    const SHAPE: &'static Shape = &shapes::IMPORT_ASSESSMENTS_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::IMPORT_ASSESSMENTS_RESPONSE);
}

impl Request for ImportSnapshotRequest {
    type Response = ImportSnapshotResponse;
    type Error = ImportSnapshotError;
    const TARGET: &'static str = "OpenInspector.ImportSnapshot";
    const MAX_BODY: usize = 64 << 20;
    const SHAPE: &'static Shape = &shapes::IMPORT_SNAPSHOT_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::IMPORT_SNAPSHOT_RESPONSE);
}

impl Request for ListAgentsRequest {
    type Response = ListAgentsResponse;
    type Error = ListAgentsError;
    const TARGET: &'static str = "OpenInspector.ListAgents";
    const SHAPE: &'static Shape = &shapes::LIST_AGENTS_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::LIST_AGENTS_RESPONSE);
}

impl Operation {
    /// The largest body of a request, in bytes.
    pub const fn max_body(self) -> usize {
        match self {
            Self::CreateEnrollmentToken => CreateEnrollmentTokenRequest::MAX_BODY,
            Self::CreateSession => CreateSessionRequest::MAX_BODY,
            Self::DescribeCoverage => DescribeCoverageRequest::MAX_BODY,
            Self::DescribeFindingProofs => DescribeFindingProofsRequest::MAX_BODY,
            Self::GetServiceStatus => GetServiceStatusRequest::MAX_BODY,
            Self::ImportAssessments => ImportAssessmentsRequest::MAX_BODY,
            Self::ImportSnapshot => ImportSnapshotRequest::MAX_BODY,
            Self::ListAgents => ListAgentsRequest::MAX_BODY,
        }
    }
}

/// Shows every operation's types to `visitor`, in the order of the model.
pub fn visit_requests(visitor: &mut impl Visitor) {
    visitor.visit::<CreateEnrollmentTokenRequest>();
    visitor.visit::<CreateSessionRequest>();
    visitor.visit::<DescribeCoverageRequest>();
    visitor.visit::<DescribeFindingProofsRequest>();
    visitor.visit::<GetServiceStatusRequest>();
    visitor.visit::<ImportAssessmentsRequest>();
    visitor.visit::<ImportSnapshotRequest>();
    visitor.visit::<ListAgentsRequest>();
}
