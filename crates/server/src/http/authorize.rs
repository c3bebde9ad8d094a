//! From an operation to what policies are asked: the action, the resource, what is known about the request. The decision
//! itself is [`policy::decide`]; nothing else in the server decides.

use std::borrow::Cow;

use inspector_api::caller::Caller;
use inspector_api::codec::MAX_BODY;
use inspector_api::error::Failure;
use inspector_api::policy::{self, Authority, Context, Decision, Denial, Reason};
use inspector_api::{cloudformation, inspector as classic, openinspector as own, sts};
use serde_json::Value;

/// An operation of any of the APIs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// Of the Classic API.
    Classic(classic::Operation),
    /// Of ours.
    Own(own::Operation),
    /// Of CloudFormation, as far as it is served.
    Stack(cloudformation::Operation),
    /// Of STS, as far as it is served.
    Token(sts::Operation),
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
            Self::Token(operation) => operation.name(),
        }
    }

    /// Whether it changes anything: all but the reading verbs do, so that a new verb counts as one that does. Keys for a
    /// while change nothing that anybody sees; a client that asks again wants others.
    pub fn writes(self) -> bool {
        if matches!(self, Self::Token(_)) {
            return false;
        }
        !["Describe", "Get", "List", "Preview", "Validate"].iter().any(|verb| self.name().starts_with(verb))
    }

    /// Whether its answer must not be kept.
    pub fn answers_a_secret(self) -> bool {
        use own::Operation::{CreateAccessKey, CreateAccount, CreateEnrollmentToken, CreateSession};
        match self {
            Self::Own(one) => matches!(one, CreateAccessKey | CreateAccount | CreateEnrollmentToken | CreateSession),
            Self::Token(one) => one != sts::Operation::GetCallerIdentity,
            Self::Classic(_) | Self::Stack(_) => false,
        }
    }

    /// The largest body, in bytes.
    pub fn max_body(self) -> usize {
        match self {
            Self::Classic(operation) => operation.max_body(),
            Self::Own(operation) => operation.max_body(),
            Self::Stack(_) | Self::Token(_) => MAX_BODY,
        }
    }
}

/// What policies are asked about a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// For example `inspector:ListFindings`.
    pub action: String,
    /// An ARN, or `*`.
    pub resource: String,
    /// Whether it needs no statement that allows it: a session of the caller itself can do nothing that the caller cannot.
    pub free: bool,
    /// The tags that it would put on something.
    pub tags: Vec<(String, String)>,
}

impl Question {
    /// What `operation` with this body is about; `None` where nobody is asked, or the operation itself asks because what
    /// decides is not in the request. Inspector's operations have no resources of their own (Service
    /// Authorization Reference, "Amazon Inspector"); those on users, roles and policies are asked as IAM's.
    pub fn of(caller: &Caller, operation: Operation, body: &[u8]) -> Option<Self> {
        use sts::Operation as Sts;
        let name = operation.name();
        let ask = |service: &str| Self::plain(format!("{service}:{name}"), "*".to_owned());
        match operation {
            Operation::Classic(classic::Operation::SetTagsForResource) => {
                Some(Self { tags: tags_in(&serde_json::from_slice(body).unwrap_or_default()), ..ask("inspector") })
            }
            Operation::Classic(_) => Some(ask("inspector")),
            Operation::Stack(_) => Some(ask("cloudformation")),
            Operation::Token(Sts::GetSessionToken) => Some(Self { free: true, ..ask("sts") }),
            // A role's document decides too, and who one is needs no permission.
            Operation::Token(Sts::AssumeRole | Sts::AssumeRoleWithWebIdentity | Sts::GetCallerIdentity) => None,
            Operation::Own(one) => Some(Self::of_own(caller, one, body)),
        }
    }

    /// Of nothing else.
    pub fn plain(action: String, resource: String) -> Self {
        Self { action, resource, free: false, tags: Vec::new() }
    }

    fn of_own(caller: &Caller, one: own::Operation, body: &[u8]) -> Self {
        use own::Operation as Own;
        let name = one.name();
        // Imports are large, and no policy asks about what is in them.
        let input: Value = if matches!(one, Own::ImportAssessments | Own::ImportSnapshot) {
            Value::Null
        } else {
            serde_json::from_slice(body).unwrap_or_default()
        };
        let arn = |kind: &str, member: &str| {
            let name = input.get(member).and_then(Value::as_str);
            let scope = &caller.scope;
            name.map(|name| format!("arn:{}:iam::{}:{kind}/{name}", scope.region.partition(), scope.account))
        };
        let of_user = || arn("user", "userName");
        let on = |action: &str, resource: Option<String>| {
            let resource = resource.unwrap_or_else(|| "*".to_owned());
            Self { tags: tags_in(&input), ..Self::plain(format!("iam:{action}"), resource) }
        };
        match one {
            Own::AttachPolicy | Own::DetachPolicy => {
                let verb = name.strip_suffix("Policy").unwrap_or(name);
                match of_user() {
                    Some(user) => on(&format!("{verb}UserPolicy"), Some(user)),
                    None => on(&format!("{verb}RolePolicy"), arn("role", "roleName")),
                }
            }
            Own::CreateAccessKey => {
                let mine = caller.principal.starts_with("user/").then(|| caller.arn());
                on(name, of_user().or(mine))
            }
            Own::UpdateAccessKey | Own::DeleteAccessKey => on(name, arn("access-key", "accessKeyId")),
            Own::CreateUser | Own::DeleteUser | Own::ListAccessKeys => on(name, of_user()),
            Own::CreateRole | Own::DeleteRole => on(name, arn("role", "roleName")),
            Own::PutPolicy => on("CreatePolicy", arn("policy", "policyName")),
            Own::DeletePolicy => on(name, arn("policy", "policyName")),
            Own::ListUsers | Own::ListRoles | Own::ListPolicies => on(name, None),
            Own::CreateSession => Self { free: true, ..Self::plain("sts:GetSessionToken".to_owned(), "*".to_owned()) },
            Own::CreateAccount
            | Own::CreateEnrollmentToken
            | Own::DescribeCoverage
            | Own::DescribeFindingProofs
            | Own::GetServiceStatus
            | Own::ImportAssessments
            | Own::ImportSnapshot
            | Own::ListAccounts
            | Own::ListAgents
            | Own::RevokeAgent => Self::plain(format!("openinspector:{name}"), "*".to_owned()),
        }
    }
}

/// The member `tags` of an input, which is a list of keys and values wherever there is one.
fn tags_in(input: &Value) -> Vec<(String, String)> {
    let tags = input.get("tags").and_then(Value::as_array).into_iter().flatten();
    let text = |tag: &Value, name: &str| tag.get(name).and_then(Value::as_str).map(str::to_owned);
    tags.filter_map(|tag| Some((text(tag, "key")?, text(tag, "value").unwrap_or_default()))).collect()
}

/// What is known about a request, with the tags that it would put on something.
fn with_tags<'a>(context: &'a Context, tags: &[(String, String)]) -> Cow<'a, Context> {
    if tags.is_empty() {
        return Cow::Borrowed(context);
    }
    let mut context = context.clone();
    for (key, value) in tags {
        context.insert(format!("aws:requesttag/{}", key.to_lowercase()), vec![value.clone()]);
    }
    context.insert("aws:tagkeys".to_owned(), tags.iter().map(|(key, _)| key.clone()).collect());
    Cow::Owned(context)
}

/// Decides, and leaves an event that tells who, what and which way. What is not allowed is denied.
///
/// # Errors
/// The denial, in the words of AWS: the name of the model's exception, without its members.
pub fn authorize(
    caller: &Caller,
    authority: &Authority,
    context: &Context,
    question: &Question,
) -> Result<(), Failure> {
    let Question { action, resource, free, tags } = question;
    let context = with_tags(context, tags);
    let decision = policy::decide(authority, &policy::Request { action, resource, context: &context });
    let decision = match decision {
        Decision::Deny(Reason::Implicit(_)) if *free => Decision::Allow,
        decided @ (Decision::Allow | Decision::Deny(_)) => decided,
    };
    tracing::info!(
        target: "inspector::audit",
        request = caller.request_id,
        account = %caller.scope.account,
        region = %caller.scope.region,
        principal = caller.principal,
        key = caller.access_key_id,
        action,
        resource,
        ?decision,
        "decided"
    );
    match decision {
        Decision::Allow => Ok(()),
        Decision::Deny(reason) => {
            let denial = Denial { principal: &caller.arn(), action, resource, reason };
            Err(Failure::protocol("AccessDeniedException", 400, denial.to_string()))
        }
    }
}

#[cfg(test)]
mod tests {
    use inspector_api::policy::{Document, Policies, managed};
    use inspector_model::arn::Scope;

    use super::*;

    fn caller(principal: &str) -> Caller {
        let scope = Scope { account: "123456789012".parse().unwrap(), region: "us-east-1".parse().unwrap() };
        let [principal, access_key_id, request_id] = [principal, "AKIDEXAMPLE", "1"].map(str::to_owned);
        Caller { scope, principal, access_key_id, request_id }
    }

    fn all() -> impl Iterator<Item = Operation> {
        let classic = classic::Operation::ALL.iter().copied().map(Operation::Classic);
        let stacks = cloudformation::Operation::ALL.iter().copied().map(Operation::Stack);
        classic.chain(own::Operation::ALL.iter().copied().map(Operation::Own)).chain(stacks)
    }

    #[test]
    fn every_operation_is_denied_by_default_and_allowed_to_root() {
        let context = Context::new();
        for operation in all() {
            let question = Question::of(&caller("root"), operation, b"{}").unwrap();
            let denied = authorize(&caller("user/a"), &Authority::default(), &context, &question);
            assert_eq!(denied.is_err(), operation != Operation::Own(own::Operation::CreateSession), "{operation:?}");
            assert!(authorize(&caller("root"), &Authority::Root, &context, &question).is_ok(), "{operation:?}");
        }
    }

    #[test]
    fn inspectors_own_policies_reach_neither_users_nor_what_the_original_never_had() {
        let policy = managed::find("arn:aws:iam::aws:policy/AmazonInspectorFullAccess").unwrap();
        let identity = vec![Document::parse(policy.document).unwrap()];
        let authority = Authority::Policies(Policies { identity, session: Vec::new() });
        for operation in all() {
            let question = Question::of(&caller("user/a"), operation, b"{}").unwrap();
            let decided = authorize(&caller("user/a"), &authority, &Context::new(), &question);
            let wanted = matches!(operation, Operation::Classic(_) | Operation::Own(own::Operation::CreateSession));
            assert_eq!(decided.is_ok(), wanted, "{operation:?}");
        }
    }

    #[test]
    fn operations_on_users_and_roles_name_what_they_are_about() {
        let ask = |operation, body: &str| {
            let question = Question::of(&caller("user/alice"), Operation::Own(operation), body.as_bytes()).unwrap();
            (question.action, question.resource)
        };
        let pair = |action: &str, resource: &str| (action.to_owned(), resource.to_owned());
        let bob = "arn:aws:iam::123456789012:user/bob";
        assert_eq!(ask(own::Operation::DeleteUser, r#"{"userName":"bob"}"#), pair("iam:DeleteUser", bob));
        assert_eq!(
            ask(own::Operation::AttachPolicy, r#"{"userName":"bob","policyArn":"x"}"#),
            pair("iam:AttachUserPolicy", bob)
        );
        assert_eq!(
            ask(own::Operation::DetachPolicy, r#"{"roleName":"ops","policyArn":"x"}"#),
            pair("iam:DetachRolePolicy", "arn:aws:iam::123456789012:role/ops")
        );
        assert_eq!(
            ask(own::Operation::CreateAccessKey, "{}"),
            pair("iam:CreateAccessKey", "arn:aws:iam::123456789012:user/alice")
        );
    }

    #[test]
    fn policies_may_ask_about_the_tags_that_a_request_sets() {
        let document = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{
            "StringEquals":{"aws:RequestTag/team":"red"},"ForAllValues:StringEquals":{"aws:TagKeys":["team","cost"]}}}}"#;
        let identity = vec![Document::parse(document).unwrap()];
        let authority = Authority::Policies(Policies { identity, session: Vec::new() });
        let create = Operation::Own(own::Operation::CreateUser);
        let set = Operation::Classic(classic::Operation::SetTagsForResource);
        let allowed = |operation, body: &str| {
            let question = Question::of(&caller("user/a"), operation, body.as_bytes()).unwrap();
            authorize(&caller("user/a"), &authority, &Context::new(), &question).is_ok()
        };
        for operation in [create, set] {
            assert!(allowed(operation, r#"{"tags":[{"key":"team","value":"red"},{"key":"cost","value":"1"}]}"#));
            assert!(!allowed(operation, r#"{"tags":[{"key":"team","value":"blue"}]}"#));
            assert!(!allowed(operation, r#"{"tags":[{"key":"team","value":"red"},{"key":"other","value":"1"}]}"#));
            assert!(!allowed(operation, "{}"));
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
