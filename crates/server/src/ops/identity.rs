//! What the operations on users, roles, policies and keys share.

use inspector_api::Sensitive;
use inspector_api::caller::Caller;
use inspector_api::openinspector::{InvalidInputException, LimitExceededException, NoSuchEntityException, Tag};
use inspector_api::policy::{Document, managed};
use inspector_model::Attribute;
use inspector_model::arn::AccountId;
use inspector_store::access_key::{self, AccessKey};
use inspector_store::{Connection, Store, StoreError, policy};

use crate::first_key::{SECRET_ALPHABET, key_id};
use crate::world::{NoRandomness, now, random_text};

/// Quotas of IAM (IAM User Guide, "IAM and AWS STS quotas").
pub(super) const USERS: usize = 5000;
/// Roles in an account.
pub(super) const ROLES: usize = 1000;
/// Policies in an account.
pub(super) const POLICIES: usize = 1500;
/// Policies attached to one user or role: the most that IAM can be asked for.
pub(super) const ATTACHED: usize = 20;
/// Keys of one user.
pub(super) const KEYS: usize = 2;

/// A name as IAM has it; `kind` is `user`, `role` or `policy`.
pub(super) fn named(kind: &str, name: &str) -> Result<String, InvalidInputException> {
    if name.bytes().all(|b| b.is_ascii_alphanumeric() || b"+=,.@_-".contains(&b)) {
        return Ok(format!("{kind}/{name}"));
    }
    let message = format!("`{name}` is no name of a {kind}: letters, digits and +=,.@_- are allowed");
    Err(InvalidInputException::new("INVALID_NAME".to_owned(), message))
}

/// The user or role that a request names; exactly one.
pub(super) fn either(user: Option<String>, role: Option<String>) -> Result<String, InvalidInputException> {
    match (user, role) {
        (Some(user), None) => named("user", &user),
        (None, Some(role)) => named("role", &role),
        (Some(_), Some(_)) | (None, None) => {
            let message = "name either `userName` or `roleName`";
            Err(InvalidInputException::new("INVALID_PRINCIPAL".to_owned(), message))
        }
    }
}

/// An ARN of the caller's account: `resource` is for example `user/alice`.
pub(super) fn arn(caller: &Caller, resource: &str) -> String {
    format!("arn:{}:iam::{}:{resource}", caller.scope.region.partition(), caller.scope.account)
}

/// A user's or role's own name, without its kind.
pub(super) fn bare(name: &str) -> String {
    name.split_once('/').map_or(name, |(_, name)| name).to_owned()
}

pub(super) fn taken(name: &str) -> InvalidInputException {
    InvalidInputException::new("NAME_ALREADY_TAKEN".to_owned(), format!("`{name}` exists already"))
}

pub(super) fn missing(name: &str) -> NoSuchEntityException {
    NoSuchEntityException::new("ENTITY_DOES_NOT_EXIST".to_owned(), format!("`{name}` does not exist"))
}

pub(super) fn full(most: usize, what: &str) -> LimitExceededException {
    LimitExceededException::new("LIMIT_EXCEEDED".to_owned(), format!("there are {most} {what} already"))
}

/// Tags as they are kept; keys are different from one another.
pub(super) fn tags(tags: Option<Vec<Tag>>) -> Result<Vec<Attribute>, InvalidInputException> {
    let tags: Vec<_> =
        tags.unwrap_or_default().into_iter().map(|tag| Attribute { key: tag.key, value: tag.value }).collect();
    let keys: std::collections::BTreeSet<_> = tags.iter().map(|tag| &tag.key).collect();
    if keys.len() != tags.len() {
        let message = "two of `tags` have the same key";
        return Err(InvalidInputException::new("INVALID_TAG".to_owned(), message));
    }
    Ok(tags)
}

/// Tags as they are shown.
pub(super) fn shown(tags: Vec<Attribute>) -> Vec<Tag> {
    tags.into_iter().map(|tag| Tag { key: tag.key, value: tag.value }).collect()
}

/// Checks a document that users, roles or sessions are given.
pub(super) fn check(document: &str) -> Result<(), InvalidInputException> {
    Document::parse(document).map(|_| ()).map_err(|error| malformed(&error))
}

pub(super) fn malformed(error: &dyn std::fmt::Display) -> InvalidInputException {
    InvalidInputException::new("MALFORMED_POLICY_DOCUMENT".to_owned(), error.to_string())
}

/// What the policy `arn` says: one that is there from the start, or one of the account.
pub(crate) async fn document(
    conn: &mut Connection,
    account: &AccountId,
    arn: &str,
) -> Result<Option<String>, StoreError> {
    if let Some(policy) = managed::find(arn) {
        return Ok(Some(policy.document.to_owned()));
    }
    let own = arn.split_once(":iam::").and_then(|(_, rest)| rest.split_once(":policy/"));
    match own {
        Some((owner, name)) if owner == account.to_string() => policy::find(conn, account, name).await,
        Some(_) | None => Ok(None),
    }
}

/// A lasting key and its secret, not stored yet.
pub(super) fn new_key(account: &AccountId, principal: &str) -> Result<(AccessKey, Sensitive), NoRandomness> {
    let key = AccessKey::lasting(key_id("AKIA")?, account.clone(), principal.to_owned(), now());
    Ok((key, Sensitive::new(random_text(SECRET_ALPHABET, 40)?)))
}

/// Stores a new key.
pub(super) async fn put_key(
    conn: &mut Connection,
    store: &Store,
    (key, secret): &(AccessKey, Sensitive),
) -> Result<(), StoreError> {
    access_key::insert(conn, store, key, secret.reveal()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_iam_allows() {
        assert_eq!(named("user", "a.b-c_d@e+f=g,h").unwrap(), "user/a.b-c_d@e+f=g,h");
        for bad in ["a/b", "a b", "ä", "a*"] {
            assert!(named("user", bad).is_err(), "{bad}");
        }
        assert!(either(None, None).is_err() && either(Some("a".into()), Some("b".into())).is_err());
    }
}
