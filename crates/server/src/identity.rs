//! Who stands behind a key: the policies that decide for it, and what conditions may ask about it.

use inspector_api::policy::{Authority, Context, Document, Policies};
use inspector_model::arn::AccountId;
use inspector_model::{Attribute, Timestamp};
use inspector_store::access_key::AccessKey;
use inspector_store::{Connection, StoreError, principal};
use serde::{Deserialize, Serialize};

use crate::ops::identity::document;

/// What a session was made with; it is kept with the session's key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Session {
    /// Documents that limit it.
    pub(crate) policies: Vec<String>,
    /// Tags that it was given beside those of its user or role.
    pub(crate) tags: Vec<Attribute>,
    /// When whoever made it proved more than one factor; `None` for not at all.
    pub(crate) mfa_at: Option<Timestamp>,
}

impl Session {
    /// What is kept with a key; a lasting key has nothing.
    pub(crate) fn of(key: &AccessKey) -> Result<Self, StoreError> {
        let read = |text: &String| {
            let wrong =
                |error: serde_json::Error| StoreError::Malformed { what: "session".into(), why: error.to_string() };
            serde_json::from_str(text).map_err(wrong)
        };
        key.session.as_ref().map(read).transpose().map(Option::unwrap_or_default)
    }
}

/// The user or role that a principal is, by its name in the store; `None` for root.
pub(crate) fn named(principal: &str) -> Option<String> {
    match principal.split_once('/') {
        Some(("user", _)) => Some(principal.to_owned()),
        Some(("assumed-role", rest)) => Some(format!("role/{}", rest.split('/').next().unwrap_or_default())),
        Some(_) | None => None,
    }
}

/// Which policies decide for `key`, and the condition keys about who holds it. Who is gone may nothing, and so may whom a
/// document that does not read belongs to.
pub(crate) async fn standing(conn: &mut Connection, key: &AccessKey) -> Result<(Authority, Context), StoreError> {
    let session = Session::of(key)?;
    let name = named(&key.principal);
    let found = match &name {
        Some(name) => principal::find(conn, &key.account, name).await?,
        None => None,
    };
    let mut tags = found.as_ref().map(|found| found.tags.clone()).unwrap_or_default();
    tags.extend(session.tags.clone());
    let context = about(key, &session, &tags);
    let authority = match (name, found) {
        (None, _) if key.principal == "root" => Authority::Root,
        (Some(name), Some(_)) => policies(conn, &key.account, &name, &session).await?,
        (None | Some(_), _) => Authority::None,
    };
    Ok((authority, context))
}

async fn policies(
    conn: &mut Connection,
    account: &AccountId,
    name: &str,
    session: &Session,
) -> Result<Authority, StoreError> {
    let mut texts = Vec::new();
    for arn in principal::attached(conn, account, name).await? {
        texts.extend(document(conn, account, &arn).await?);
    }
    let read = |texts: &[String]| texts.iter().map(|text| Document::parse(text)).collect::<Result<Vec<_>, _>>();
    match (read(&texts), read(&session.policies)) {
        (Ok(identity), Ok(session)) => Ok(Authority::Policies(Policies { identity, session })),
        (Err(error), _) | (_, Err(error)) => {
            // It was read when it was stored: a document that no longer reads may have denied something.
            tracing::error!(%account, name, %error, "a stored policy does not read; its holder is denied everything");
            Ok(Authority::None)
        }
    }
}

fn about(key: &AccessKey, session: &Session, tags: &[Attribute]) -> Context {
    let (account, principal) = (&key.account, &key.principal);
    let mut context = Context::new();
    let mut put = |name: &str, value: String| {
        context.insert(name.to_owned(), vec![value]);
    };
    let (arn, kind) = match named(principal) {
        None => (format!("arn:aws:iam::{account}:root"), "Account"),
        Some(name) if name.starts_with("user/") => (format!("arn:aws:iam::{account}:{name}"), "User"),
        Some(name) => (format!("arn:aws:iam::{account}:{name}"), "AssumedRole"),
    };
    put("aws:principalarn", arn);
    put("aws:principaltype", kind.to_owned());
    put("aws:principalaccount", account.to_string());
    put("aws:userid", principal.clone());
    if let Some(user) = principal.strip_prefix("user/") {
        put("aws:username", user.to_owned());
    }
    if key.session_token_hash.is_some() {
        put("aws:tokenissuetime", key.created_at.to_string());
        put("aws:multifactorauthpresent", session.mfa_at.is_some().to_string());
        if let Some(at) = session.mfa_at {
            put("aws:multifactorauthage", ((key.created_at.millis() - at.millis()) / 1000).max(0).to_string());
        }
    }
    for tag in tags {
        put(&format!("aws:principaltag/{}", tag.key.to_lowercase()), tag.value.clone());
    }
    context
}

#[cfg(test)]
mod tests {
    use inspector_store::{Store, transact};

    use super::*;

    fn key(principal: &str) -> AccessKey {
        let account = "123456789012".parse().unwrap();
        AccessKey::lasting("AKIA1".to_owned(), account, principal.to_owned(), Timestamp::from_millis(0))
    }

    #[tokio::test]
    async fn who_is_not_there_may_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("data")).await.unwrap();
        let mut conn = store.reader().await.unwrap();
        for nobody in ["user/gone", "assumed-role/gone/session", "", "service/x", "roots"] {
            assert_eq!(standing(&mut conn, &key(nobody)).await.unwrap().0, Authority::None, "{nobody}");
        }
        assert_eq!(standing(&mut conn, &key("root")).await.unwrap().0, Authority::Root);
    }

    #[tokio::test]
    async fn a_stored_document_that_does_not_read_denies_everything() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("data")).await.unwrap();
        let (account, now) = (key("").account, Timestamp::from_millis(0));
        let user = principal::Principal {
            account: account.clone(),
            name: "user/a".to_owned(),
            tags: Vec::new(),
            trust: None,
            max_session: None,
            created_at: now,
        };
        let broken =
            inspector_store::policy::Policy { name: "p".to_owned(), document: "{".to_owned(), updated_at: now };
        transact!(store, |conn| {
            principal::insert(conn, &user).await?;
            inspector_store::policy::put(conn, &account, &broken).await?;
            principal::attach(conn, &account, "user/a", "arn:aws:iam::aws:policy/AdministratorAccess").await?;
            principal::attach(conn, &account, "user/a", "arn:aws:iam::123456789012:policy/p").await
        })
        .unwrap();
        let mut conn = store.reader().await.unwrap();
        assert_eq!(standing(&mut conn, &key("user/a")).await.unwrap().0, Authority::None);
    }
}
