//! Who may take a role on: the role's own document (IAM User Guide, "How IAM roles work with trust policies").

use serde_json::{Map, Value};

use super::document::{Kind, Malformed, Statement, statements, texts};
use super::{Context, Request};

/// The document of a role that names its principals.
#[derive(Debug, Clone, PartialEq)]
pub struct Trust {
    statements: Vec<Statement>,
}

/// Who is meant.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Principals {
    /// `NotPrincipal`: all but these.
    all_but: bool,
    everybody: bool,
    /// ARNs of users, roles, sessions and accounts.
    aws: Vec<String>,
    /// Identity providers.
    federated: Vec<String>,
}

/// Who asks for a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker<'a> {
    /// Somebody with a key: ARN, account, and for a session the ARN of its role.
    Aws {
        /// For example `arn:aws:iam::123456789012:user/alice`.
        arn: &'a str,
        /// The account.
        account: &'a str,
        /// The role of a session.
        role: Option<&'a str>,
    },
    /// Somebody with a token of this identity provider.
    Federated(&'a str),
}

/// What a role's document says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trusted {
    /// It names the caller.
    Directly,
    /// It names the caller's account: the account's own policies decide as well.
    ByAccount,
    /// It does not let the caller in, or keeps the caller out.
    No,
}

impl Trust {
    /// Reads a role's document.
    ///
    /// # Errors
    /// With what is wrong, for whoever wrote it.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        Ok(Self { statements: statements(text, Kind::Trust)? })
    }

    /// Whether `asker` may do `action`, which is one of `sts:AssumeRole…`.
    pub fn lets_in(&self, asker: Asker<'_>, action: &str, context: &Context) -> Trusted {
        let request = Request { action, resource: "*", context };
        let mut best = Trusted::No;
        for statement in self.statements.iter().filter(|statement| statement.applies(&request)) {
            let Some(principals) = &statement.principals else { continue };
            match (statement.allowing(), principals.mean(asker)) {
                (_, Trusted::No) => {}
                (false, Trusted::Directly | Trusted::ByAccount) => return Trusted::No,
                (true, Trusted::Directly) => best = Trusted::Directly,
                (true, Trusted::ByAccount) if best == Trusted::No => best = Trusted::ByAccount,
                (true, Trusted::ByAccount) => {}
            }
        }
        best
    }
}

impl Principals {
    pub(super) fn read(members: &Map<String, Value>) -> Result<Self, Malformed> {
        let (value, all_but) = match (members.get("Principal"), members.get("NotPrincipal")) {
            (Some(value), None) => (value, false),
            (None, Some(value)) => (value, true),
            (Some(_), Some(_)) => return Err(Malformed("a statement has both `Principal` and `NotPrincipal`".into())),
            (None, None) => return Err(Malformed("a statement has neither `Principal` nor `NotPrincipal`".into())),
        };
        let mut principals = Self { all_but, everybody: false, aws: Vec::new(), federated: Vec::new() };
        match value {
            Value::String(text) if text == "*" => principals.everybody = true,
            Value::Object(kinds) => {
                for (kind, value) in kinds {
                    let named = texts(value, kind)?;
                    match kind.as_str() {
                        "AWS" => principals.aws.extend(named),
                        "Federated" => principals.federated.extend(named),
                        // Services of AWS never call here; a role that only they may take on is valid and idle.
                        "Service" => {}
                        other => return Err(Malformed(format!("`{other}` is no kind of principal"))),
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                return Err(Malformed("`Principal` is neither `*` nor an object".to_owned()));
            }
        }
        principals.everybody |= principals.aws.iter().any(|text| text == "*");
        Ok(principals)
    }

    fn mean(&self, asker: Asker<'_>) -> Trusted {
        let named = self.name(asker);
        match (self.all_but, named) {
            (false, named) => named,
            (true, Trusted::No) => Trusted::ByAccount,
            (true, Trusted::Directly | Trusted::ByAccount) => Trusted::No,
        }
    }

    fn name(&self, asker: Asker<'_>) -> Trusted {
        match asker {
            Asker::Federated(provider) if self.federated.iter().any(|text| text == provider) => Trusted::Directly,
            Asker::Federated(_) => Trusted::No,
            Asker::Aws { arn, account, role } => {
                let root = |text: &String| {
                    text == account
                        || text.strip_suffix(":root").is_some_and(|rest| rest.ends_with(&format!("::{account}")))
                };
                if self.aws.iter().any(|text| text == arn || Some(text.as_str()) == role) {
                    Trusted::Directly
                } else if self.everybody || self.aws.iter().any(root) {
                    Trusted::ByAccount
                } else {
                    Trusted::No
                }
            }
        }
    }
}
