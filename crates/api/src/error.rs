//! Errors on the wire: `__type`, lower-case `message`, the exception's own members, and an HTTP status.
//!
//! An operation answers with its own error enum; the protocol adds the names below, which are in no model but which
//! every AWS client knows ("Common Errors" of any AWS JSON service).

use serde::Serialize;
use serde_json::{Value, json};

use crate::inspector as classic;
use crate::openinspector as own;
use crate::shape::Shape;

/// An exception of a model.
pub trait Exception: Serialize {
    /// Its name, `__type` on the wire.
    const NAME: &'static str;
    /// Its HTTP status.
    const STATUS: u16;
    /// Its members and their bounds.
    const SHAPE: &'static Shape;
}

/// The errors of one operation.
pub trait OperationError: std::error::Error + Send + Sync + 'static {
    /// As it is sent.
    fn failure(&self) -> Failure;
}

/// An error ready to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// The error's name: `__type` and `x-amzn-errortype`.
    pub name: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// The body, `__type` and `message` included.
    pub body: Value,
}

impl Failure {
    /// A failure that is in no model. `message` goes to the caller.
    pub fn protocol(name: &'static str, status: u16, message: impl Into<String>) -> Self {
        Self { name, status, body: json!({ "__type": name, "message": message.into() }) }
    }

    /// An exception of a model.
    pub fn of<E: Exception>(exception: &E) -> Self {
        match serde_json::to_value(exception) {
            Ok(Value::Object(mut body)) => {
                body.insert("__type".to_owned(), Value::from(E::NAME));
                Self { name: E::NAME, status: E::STATUS, body: Value::Object(body) }
            }
            Ok(_) | Err(_) => Self::internal(),
        }
    }

    /// A member has a value that it may not have.
    pub fn invalid_input(code: &str, message: impl Into<String>) -> Self {
        let (name, message) = ("InvalidInputException", bounded(message.into()));
        let body = json!({ "__type": name, "message": message, "errorCode": code, "canRetry": false });
        Self { name, status: 400, body }
    }

    /// The service failed; the cause stands in the log, not here.
    pub fn internal() -> Self {
        let (name, message) =
            ("InternalException", "the service failed; its log holds the cause under this request's id");
        Self { name, status: 500, body: json!({ "__type": name, "message": message, "canRetry": true }) }
    }

    /// The body is no JSON object, or nested too deeply.
    pub fn serialization(message: impl Into<String>) -> Self {
        Self::protocol("SerializationException", 400, message)
    }

    /// No operation has this name.
    pub fn unknown_operation(target: &str) -> Self {
        let target: String = target.chars().take(200).collect();
        Self::protocol("UnknownOperationException", 400, format!("no operation is called `{target}`"))
    }

    /// The operation exists in the API but not in this server yet.
    pub fn not_built(operation: &str) -> Self {
        let message = format!("`{operation}` is not built yet; conformance/known-gaps.toml lists it with the reason");
        Self::protocol("UnknownOperationException", 400, message)
    }

    /// The body is larger than the operation takes.
    pub fn too_large(limit: usize) -> Self {
        Self::protocol("RequestEntityTooLargeException", 413, format!("the request body is larger than {limit} bytes"))
    }

    /// The text for the caller.
    pub fn message(&self) -> &str {
        self.body.get("message").and_then(Value::as_str).unwrap_or_default()
    }

    /// The body as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.body.to_string().into_bytes()
    }
}

/// Declares a generated structure to be an exception.
macro_rules! exception {
    ($name:ident, $status:literal, $shape:expr) => {
        impl crate::error::Exception for $name {
            const NAME: &'static str = stringify!($name);
            const STATUS: u16 = $status;
            const SHAPE: &'static crate::shape::Shape = $shape;
        }
    };
}

/// Declares what one operation may raise.
macro_rules! operation_error {
    ($(#[$doc:meta])* $name:ident { $($variant:ident($exception:ident)),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub enum $name {
            $(#[doc = concat!("See [`", stringify!($exception), "`].")] $variant($exception),)+
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Self::$variant(exception) => f.write_str(&exception.message),)+
                }
            }
        }

        impl std::error::Error for $name {}

        impl crate::error::OperationError for $name {
            fn failure(&self) -> crate::error::Failure {
                match self {
                    $(Self::$variant(exception) => crate::error::Failure::of(exception),)+
                }
            }
        }

        $(impl From<$exception> for $name {
            fn from(exception: $exception) -> Self {
                Self::$variant(exception)
            }
        })+
    };
}

pub(crate) use {exception, operation_error};

/// The model bounds `message` to 1,000 characters.
fn bounded(message: String) -> String {
    if message.chars().count() > 1000 { message.chars().take(1000).collect() } else { message }
}

/// Gives exceptions of a message and a code their constructor; none of these can succeed when simply repeated.
macro_rules! coded {
    ($($service:ident::$exception:ident($code:ty)),+ $(,)?) => {
        $(impl $service::$exception {
            /// With this code; repeating the request cannot help.
            pub fn new(error_code: $code, message: impl Into<String>) -> Self {
                Self { message: bounded(message.into()), error_code, can_retry: false }
            }
        })+
    };
}

coded! {
    classic::AccessDeniedException(classic::AccessDeniedErrorCode),
    classic::InvalidCrossAccountRoleException(classic::InvalidCrossAccountRoleErrorCode),
    classic::InvalidInputException(classic::InvalidInputErrorCode),
    classic::LimitExceededException(classic::LimitExceededErrorCode),
    classic::NoSuchEntityException(classic::NoSuchEntityErrorCode),
    own::AccessDeniedException(String),
    own::InvalidInputException(String),
    own::LimitExceededException(String),
    own::NoSuchEntityException(String),
}

/// Gives exceptions of a message alone their constructor, with what a repetition can do.
macro_rules! plain {
    ($($service:ident::$exception:ident, $can_retry:literal);+ $(;)?) => {
        $(impl $service::$exception {
            /// With this message.
            pub fn new(message: impl Into<String>) -> Self {
                Self { message: bounded(message.into()), can_retry: $can_retry }
            }
        })+
    };
}

plain! {
    classic::InternalException, true;
    classic::ServiceTemporarilyUnavailableException, true;
    classic::UnsupportedFeatureException, false;
    own::InternalException, true;
    own::ServiceTemporarilyUnavailableException, true;
}

/// How many entities the two "in progress" exceptions may name.
const MOST_NAMED: usize = 10;

impl classic::AssessmentRunInProgressException {
    /// Names the first ten of `runs` and says whether there are more. At least one is expected.
    pub fn new(message: impl Into<String>, mut runs: Vec<String>) -> Self {
        let assessment_run_arns_truncated = runs.len() > MOST_NAMED;
        runs.truncate(MOST_NAMED);
        let message = bounded(message.into());
        Self { message, assessment_run_arns: runs, assessment_run_arns_truncated, can_retry: true }
    }
}

impl classic::AgentsAlreadyRunningAssessmentException {
    /// Names the first ten of `agents` and says whether there are more. At least one is expected.
    pub fn new(message: impl Into<String>, mut agents: Vec<classic::AgentAlreadyRunningAssessment>) -> Self {
        let agents_truncated = agents.len() > MOST_NAMED;
        agents.truncate(MOST_NAMED);
        Self { message: bounded(message.into()), agents, agents_truncated, can_retry: true }
    }
}
