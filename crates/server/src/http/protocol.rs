//! How a client speaks: AWS JSON for both Inspector APIs, the query protocol for CloudFormation. They differ in what
//! names the operation, what a request is signed for, and how an answer is written.

use axum::body::Body;
use axum::http::{Request, header};
use axum::response::Response;
use inspector_api::error::Failure;
use inspector_api::{cloudformation, inspector, query};

use super::answer;
use super::authorize::Operation;
use super::replay::Answered;

/// A request's protocol.
#[derive(Debug, Clone)]
pub(super) enum Protocol {
    /// AWS JSON 1.1, with its `X-Amz-Target`.
    Json {
        /// Cut to a length that a log can bear.
        target: String,
    },
    /// The query protocol, whose operation stands in the body.
    Query,
}

impl Protocol {
    /// Of `request`. Some clients move `X-Amz-Target` into the query string when they presign.
    pub(super) fn of(request: &Request<Body>) -> Self {
        let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
        if header(header::CONTENT_TYPE.as_str()).is_some_and(|kind| kind.starts_with(query::CONTENT_TYPE)) {
            return Self::Query;
        }
        let pairs = request.uri().query().unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
        let parameter =
            || pairs.clone().find(|(name, _)| name.eq_ignore_ascii_case("x-amz-target")).map(|(_, value)| value);
        let target = header("x-amz-target").or_else(parameter).unwrap_or_default();
        Self::Json { target: target.chars().take(200).collect() }
    }

    /// The service that requests are signed for.
    pub(super) fn signing_name(&self) -> &'static str {
        match self {
            Self::Json { .. } => inspector::SIGNING_NAME,
            Self::Query => cloudformation::SIGNING_NAME,
        }
    }

    /// The operation, if the head names it.
    pub(super) fn announced(&self) -> Option<Operation> {
        match self {
            Self::Json { target } => Operation::parse(target),
            Self::Query => None,
        }
    }

    /// The operation and its input in JSON.
    pub(super) fn read(&self, body: Vec<u8>) -> Result<(Operation, Vec<u8>), Failure> {
        match self {
            Self::Json { target } => Ok((self.announced().ok_or_else(|| Failure::unknown_operation(target))?, body)),
            Self::Query => {
                let call = query::decode(&body)?;
                let unknown = || {
                    let action: String = call.action.chars().take(200).collect();
                    Failure::protocol("InvalidAction", 400, format!("no operation is called `{action}`"))
                };
                let operation = cloudformation::Operation::parse(&call.action).ok_or_else(unknown)?;
                Ok((Operation::Stack(operation), call.parameters.to_string().into_bytes()))
            }
        }
    }

    /// What a log calls the request.
    pub(super) fn label(&self, operation: Option<Operation>) -> String {
        match (self, operation) {
            (Self::Json { target }, _) => target.clone(),
            (Self::Query, Some(operation)) => format!("cloudformation:{}", operation.name()),
            (Self::Query, None) => "query".to_owned(),
        }
    }

    /// The answer in this protocol.
    pub(super) fn answer(&self, id: &str, operation: Option<Operation>, result: Result<Answered, Failure>) -> Response {
        match (self, result) {
            (Self::Json { .. }, Ok(answered)) => answer::answered(id, answered),
            (Self::Json { .. }, Err(failure)) => answer::failure(id, &failure),
            (Self::Query, Ok(answered)) => {
                let name = operation.map(Operation::name).unwrap_or_default();
                answer::query_answered(id, name, &answered)
            }
            (Self::Query, Err(failure)) => answer::query_failure(id, &failure),
        }
    }
}
