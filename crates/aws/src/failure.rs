//! Why a call has no answer.

use crate::answer::{Complaint, Malformed};

/// Why a call has no answer, after every attempt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// A policy does not allow it.
    #[error("`{action}` is not allowed: {message} ({code})")]
    Denied {
        /// The IAM action, for example `ec2:DescribeVpcs`.
        action: String,
        /// What AWS calls it.
        code: String,
        /// What AWS says.
        message: String,
    },
    /// AWS refused it for another reason.
    #[error("`{action}` was refused: {message} ({code})")]
    Refused {
        /// The IAM action.
        action: String,
        /// What AWS calls it; the HTTP status where it gave no name.
        code: String,
        /// What AWS says.
        message: String,
    },
    /// No answer came.
    #[error("`{action}` has no answer from `{host}`: {why}")]
    Unreachable {
        /// The IAM action.
        action: String,
        /// Who was asked.
        host: String,
        /// What happened.
        why: String,
    },
    /// What came is no answer.
    #[error("`{action}` has an answer that cannot be read: {why}")]
    Malformed {
        /// The IAM action.
        action: String,
        /// What is wrong with it.
        why: String,
    },
    /// There is nobody to ask as.
    #[error("no credentials: {0}")]
    NoCredentials(String),
    /// The answer that this call would have followed is not there.
    #[error("`{action}` was not called: `{document}` is incomplete")]
    NotCalled {
        /// The IAM action.
        action: String,
        /// The document whose records would have been asked about.
        document: String,
    },
}

/// What to do about a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Remedy {
    /// Ask again, later.
    Wait,
    /// Ask somebody for the permission.
    Permit,
    /// Nothing.
    Accept,
}

/// Errors that say "too fast", by AWS's "Error retries and exponential backoff" and the services' own lists.
const THROTTLED: &[&str] = &[
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "LimitExceededException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
];

/// Errors that pass.
const TRANSIENT: &[&str] = &[
    "InternalError",
    "InternalFailure",
    "InternalServerError",
    "InternalServerException",
    "RequestTimeout",
    "RequestTimeoutException",
    "ServiceUnavailable",
    "Unavailable",
];

/// Errors of who asks.
const DENIED: &[&str] = &["AccessDenied", "AccessDeniedException", "AuthorizationError", "UnauthorizedOperation"];

/// Errors that say that what was named is not there.
const ABSENT: &[&str] = &["NotFound", "NotFoundException"];

impl Remedy {
    /// What to do about an answer with this status.
    pub(crate) fn of(status: u16, complaint: &Complaint) -> Self {
        let code = complaint.code.as_str();
        if DENIED.contains(&code) {
            Self::Permit
        } else if THROTTLED.contains(&code) || TRANSIENT.contains(&code) || status == 429 || status >= 500 {
            Self::Wait
        } else {
            Self::Accept
        }
    }
}

impl Failure {
    pub(crate) fn refusal(action: String, status: u16, complaint: Complaint) -> Self {
        let remedy = Remedy::of(status, &complaint);
        let message = crate::answer::cut(&complaint.message);
        let message = if message.is_empty() { "no reason given".to_owned() } else { message };
        let code = crate::answer::cut(&complaint.code);
        let code = if code.is_empty() { format!("HTTP status {status}") } else { code };
        match remedy {
            Remedy::Permit => Self::Denied { action, code, message },
            Remedy::Wait | Remedy::Accept => Self::Refused { action, code, message },
        }
    }

    pub(crate) fn malformed(action: String, why: &Malformed) -> Self {
        Self::Malformed { action, why: why.to_string() }
    }

    /// Whether AWS knows nothing of the name that was given.
    pub fn is_absence(&self) -> bool {
        matches!(self, Self::Refused { code, .. } if ABSENT.contains(&code.as_str()))
    }

    /// The IAM action that is missing, if that is the reason.
    pub fn missing_permission(&self) -> Option<&str> {
        match self {
            Self::Denied { action, .. } => Some(action),
            Self::Refused { .. }
            | Self::Unreachable { .. }
            | Self::Malformed { .. }
            | Self::NoCredentials(_)
            | Self::NotCalled { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_is_asked_again_and_what_does_not_is_not() {
        let complaint = |code: &str| Complaint { code: code.to_owned(), message: String::new() };
        for (status, code, remedy) in [
            (503, "RequestLimitExceeded", Remedy::Wait),
            (400, "ThrottlingException", Remedy::Wait),
            (500, "", Remedy::Wait),
            (403, "UnauthorizedOperation", Remedy::Permit),
            (400, "AccessDeniedException", Remedy::Permit),
            (400, "InvalidAction", Remedy::Accept),
            (403, "SignatureDoesNotMatch", Remedy::Accept),
        ] {
            assert_eq!(Remedy::of(status, &complaint(code)), remedy, "{status} {code}");
        }
    }
}
