//! The one place that decides whether a caller may do something.

use inspector_api::caller::Caller;
use inspector_api::codec::MAX_BODY;
use inspector_api::{cloudformation, inspector as classic, openinspector as own};

/// An operation of any of the APIs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// Of the Classic API.
    Classic(classic::Operation),
    /// Of ours.
    Own(own::Operation),
    /// Of CloudFormation, as far as it is served.
    Stack(cloudformation::Operation),
}

impl Operation {
    /// The operation that an `X-Amz-Target` names.
    pub fn parse(target: &str) -> Option<Self> {
        let (prefix, name) = target.split_once('.')?;
        match prefix {
            classic::TARGET_PREFIX => classic::Operation::parse(name).map(Self::Classic),
            own::TARGET_PREFIX => own::Operation::parse(name).map(Self::Own),
            _ => None,
        }
    }

    /// Its name without the prefix.
    pub fn name(self) -> &'static str {
        match self {
            Self::Classic(operation) => operation.name(),
            Self::Own(operation) => operation.name(),
            Self::Stack(operation) => operation.name(),
        }
    }

    /// As policies name it.
    pub fn action(self) -> String {
        match self {
            Self::Classic(_) | Self::Own(_) => format!("inspector:{}", self.name()),
            Self::Stack(_) => format!("cloudformation:{}", self.name()),
        }
    }

    /// Whether it changes anything: all but the reading verbs do, so that a new verb counts as one that does.
    pub fn writes(self) -> bool {
        !["Describe", "Get", "List", "Preview", "Validate"].iter().any(|verb| self.name().starts_with(verb))
    }

    /// Whether its answer must not be kept.
    pub fn answers_a_secret(self) -> bool {
        matches!(self, Self::Own(own::Operation::CreateEnrollmentToken | own::Operation::CreateSession))
    }

    /// The largest body, in bytes.
    pub fn max_body(self) -> usize {
        match self {
            Self::Classic(operation) => operation.max_body(),
            Self::Own(operation) => operation.max_body(),
            Self::Stack(_) => MAX_BODY,
        }
    }
}

/// What a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rights {
    /// Nothing: what a key has until somebody says otherwise.
    #[default]
    Nothing,
    /// Everything inside its own account.
    OwnAccount,
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Go on.
    Allow,
    /// Stop.
    Deny,
}

/// Decides, and leaves an event that tells who, what and which way. What is not allowed is denied.
pub fn authorize(caller: &Caller, rights: Rights, operation: Operation) -> Decision {
    let decision = match rights {
        Rights::OwnAccount => Decision::Allow,
        Rights::Nothing => Decision::Deny,
    };
    tracing::info!(
        target: "inspector::audit",
        request = caller.request_id,
        principal = caller.principal,
        key = caller.access_key_id,
        account = %caller.scope.account,
        region = %caller.scope.region,
        operation = operation.name(),
        ?decision,
        "decided"
    );
    decision
}

#[cfg(test)]
mod tests {
    use inspector_model::arn::Scope;

    use super::*;

    fn caller() -> Caller {
        let scope = Scope { account: "123456789012".parse().unwrap(), region: "us-east-1".parse().unwrap() };
        let [principal, access_key_id, request_id] = ["root", "AKIDEXAMPLE", "1"].map(str::to_owned);
        Caller { scope, principal, access_key_id, request_id }
    }

    #[test]
    fn every_operation_is_denied_by_default() {
        let all = classic::Operation::ALL.iter().copied().map(Operation::Classic);
        let all = all.chain(own::Operation::ALL.iter().copied().map(Operation::Own));
        for operation in all.chain(cloudformation::Operation::ALL.iter().copied().map(Operation::Stack)) {
            assert_eq!(authorize(&caller(), Rights::default(), operation), Decision::Deny, "{operation:?}");
            assert_eq!(authorize(&caller(), Rights::OwnAccount, operation), Decision::Allow, "{operation:?}");
        }
    }

    #[test]
    fn a_target_is_read_exactly() {
        assert_eq!(
            Operation::parse("InspectorService.ListFindings"),
            Some(Operation::Classic(classic::Operation::ListFindings))
        );
        assert_eq!(Operation::parse("OpenInspector.ListAgents"), Some(Operation::Own(own::Operation::ListAgents)));
        for strange in ["ListFindings", "OpenInspector.ListFindings", "InspectorService.listFindings", "", "."] {
            assert_eq!(Operation::parse(strange), None, "{strange}");
        }
    }
}
