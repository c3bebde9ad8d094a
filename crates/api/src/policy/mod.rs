//! IAM policy documents: the one place that decides who may do what.
//!
//! Pure: documents, a request and its context go in, a decision comes out. The rules are those of the IAM User Guide,
//! "Policy evaluation logic" and "IAM JSON policy elements reference"; `reference.rs` says the same again, slowly, and tests
//! compare the two.
//! What a document holds that is not known here makes the document invalid when it is read, never void when it is asked.

mod condition;
mod document;
pub mod managed;
mod pattern;
#[cfg(test)]
mod reference;
mod trust;

use std::collections::BTreeMap;
use std::fmt;

pub use document::{Document, Malformed};
pub use trust::{Asker, Trust, Trusted};

/// What is known about a request, by condition key in lower case, for example `aws:sourceip`. A key that is not there is
/// not known; a key with several values is a set.
pub type Context = BTreeMap<String, Vec<String>>;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// For example `inspector:ListFindings`.
    pub action: &'a str,
    /// An ARN, or `*` for actions that are about no single resource, as all of Inspector Classic's are.
    pub resource: &'a str,
    /// What is known about it.
    pub context: &'a Context,
}

/// Which documents decide.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Authority {
    /// None: a caller whom nobody has allowed anything.
    #[default]
    None,
    /// The root user of an account: everything in the account, whatever documents say.
    Root,
    /// A user or role.
    Policies(Policies),
}

/// The documents of a user or role.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Policies {
    /// Attached to the user or role.
    pub identity: Vec<Document>,
    /// Named when the session was made: the session may do only what these allow too. Empty is no such limit.
    pub session: Vec<Document>,
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Go on.
    Allow,
    /// Stop, and why.
    Deny(Reason),
}

/// Why something is denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// A statement of this kind of document denies it.
    Explicit(Source),
    /// No statement of this kind of document allows it.
    Implicit(Source),
}

/// A kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Attached to a user or role.
    Identity,
    /// Named when the session was made.
    Session,
}

/// Decides. What no document allows is denied, and one statement that denies outweighs all that allow.
pub fn decide(authority: &Authority, request: &Request<'_>) -> Decision {
    let policies = match authority {
        Authority::None => return Decision::Deny(Reason::Implicit(Source::Identity)),
        Authority::Root => return Decision::Allow,
        Authority::Policies(policies) => policies,
    };
    let kinds = [(Source::Identity, &policies.identity), (Source::Session, &policies.session)];
    let denies = |(_, documents): &(Source, &Vec<Document>)| documents.iter().any(|one| one.denies(request));
    if let Some((source, _)) = kinds.iter().find(|kind| denies(kind)) {
        return Decision::Deny(Reason::Explicit(*source));
    }
    let silent = |(source, documents): &(Source, &Vec<Document>)| {
        let unlimited = *source == Source::Session && documents.is_empty();
        !unlimited && !documents.iter().any(|one| one.allows(request))
    };
    match kinds.iter().find(|kind| silent(kind)) {
        Some((source, _)) => Decision::Deny(Reason::Implicit(*source)),
        None => Decision::Allow,
    }
}

/// A denial in the words of AWS (IAM User Guide, "Troubleshoot access denied error messages").
#[derive(Debug, Clone)]
pub struct Denial<'a> {
    /// Who asked, as an ARN.
    pub principal: &'a str,
    /// What for.
    pub action: &'a str,
    /// About what.
    pub resource: &'a str,
    /// Why not.
    pub reason: Reason,
}

impl fmt::Display for Denial<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { principal, action, resource, reason } = self;
        write!(f, "User: {principal} is not authorized to perform: {action} on resource: {resource} ")?;
        let kind = |source: &Source| match source {
            Source::Identity => "identity-based policy",
            Source::Session => "session policy",
        };
        match reason {
            Reason::Explicit(source) => {
                let article = if *source == Source::Identity { "an" } else { "a" };
                write!(f, "with an explicit deny in {article} {}", kind(source))
            }
            Reason::Implicit(source) => write!(f, "because no {} allows the {action} action", kind(source)),
        }
    }
}

#[cfg(test)]
mod tests;
