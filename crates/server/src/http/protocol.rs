//! How a client speaks: AWS JSON for both Inspector APIs, the query protocol for CloudFormation and STS. They differ in what
//! names the operation, what a request is signed for, and how an answer is written.

use axum::body::Body;
use axum::http::{Request, header};
use axum::response::Response;
use inspector_api::codec::MAX_BODY;
use inspector_api::error::Failure;
use inspector_api::{cloudformation, inspector, query, sts};

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
    Query(Forms),
}

/// A service that speaks the query protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Forms {
    /// CloudFormation.
    Stacks,
    /// STS, one of whose forms is not signed: it carries a proof of its own.
    Tokens,
}

impl Forms {
    /// A form is for whom it is signed; CloudFormation's are signed in any case.
    fn of(request: &Request<Body>) -> Self {
        let authorization = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let query = request.uri().query().unwrap_or_default();
        let service = cloudformation::SIGNING_NAME;
        let header = authorization.unwrap_or_default().contains(&format!("/{service}/"));
        if header || query.contains(&format!("%2F{service}%2F")) { Self::Stacks } else { Self::Tokens }
    }

    fn parse(self, action: &str) -> Option<Operation> {
        match self {
            Self::Stacks => cloudformation::Operation::parse(action).map(Operation::Stack),
            Self::Tokens => sts::Operation::parse(action).map(Operation::Token),
        }
    }

    fn signing_name(self) -> &'static str {
        match self {
            Self::Stacks => cloudformation::SIGNING_NAME,
            Self::Tokens => sts::SIGNING_NAME,
        }
    }

    fn version(self) -> &'static str {
        match self {
            Self::Stacks => cloudformation::VERSION,
            Self::Tokens => sts::VERSION,
        }
    }

    pub(super) fn namespace(self) -> &'static str {
        match self {
            Self::Stacks => cloudformation::NAMESPACE,
            Self::Tokens => sts::NAMESPACE,
        }
    }
}

impl Protocol {
    /// Of `request`. Some clients move `X-Amz-Target` into the query string when they presign.
    pub(super) fn of(request: &Request<Body>) -> Self {
        let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
        if header(header::CONTENT_TYPE.as_str()).is_some_and(|kind| kind.starts_with(query::CONTENT_TYPE)) {
            return Self::Query(Forms::of(request));
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
            Self::Query(forms) => forms.signing_name(),
        }
    }

    /// Whether a request may carry another proof than a signature. Which operation it is stands in the body.
    pub(super) fn may_be_unsigned(&self) -> bool {
        matches!(self, Self::Query(Forms::Tokens))
    }

    /// The operation, if the head names it.
    pub(super) fn announced(&self) -> Option<Operation> {
        match self {
            Self::Json { target } => Operation::parse(target),
            Self::Query(_) => None,
        }
    }

    /// The largest body, in bytes, of what the head announces. Strangers are not to make us hold more than a policy.
    pub(super) fn largest(&self) -> usize {
        match self {
            Self::Query(Forms::Tokens) => 1 << 20,
            Self::Json { .. } | Self::Query(Forms::Stacks) => self.announced().map_or(MAX_BODY, Operation::max_body),
        }
    }

    /// The operation and its input in JSON.
    pub(super) fn read(&self, body: Vec<u8>) -> Result<(Operation, Vec<u8>), Failure> {
        match self {
            Self::Json { target } => Ok((self.announced().ok_or_else(|| Failure::unknown_operation(target))?, body)),
            Self::Query(forms) => {
                let call = query::decode(&body)?;
                let unknown = || {
                    let action: String = call.action.chars().take(80).collect();
                    let message = format!("Could not find operation {action} for version {}", forms.version());
                    Failure::protocol("InvalidAction", 400, message)
                };
                let operation = forms.parse(&call.action).ok_or_else(unknown)?;
                Ok((operation, call.parameters.to_string().into_bytes()))
            }
        }
    }

    /// What a log calls the request.
    pub(super) fn label(&self, operation: Option<Operation>) -> String {
        match (self, operation) {
            (Self::Json { target }, _) => target.clone(),
            (Self::Query(forms), Some(operation)) => format!("{}:{}", forms.signing_name(), operation.name()),
            (Self::Query(forms), None) => forms.signing_name().to_owned(),
        }
    }

    /// The answer in this protocol.
    pub(super) fn answer(&self, id: &str, operation: Option<Operation>, result: Result<Answered, Failure>) -> Response {
        match (self, result) {
            (Self::Json { .. }, Ok(answered)) => answer::answered(id, answered),
            (Self::Json { .. }, Err(failure)) => answer::failure(id, &failure),
            (Self::Query(forms), Ok(answered)) => {
                let name = operation.map(Operation::name).unwrap_or_default();
                answer::query_answered(id, *forms, name, &answered)
            }
            (Self::Query(forms), Err(failure)) => {
                answer::query_refused(id, *forms, failure.status, failure.name, failure.message())
            }
        }
    }
}
