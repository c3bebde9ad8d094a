//! Who calls: the bridge from HTTP headers to the signature check, and from a key's id to the store.

use std::future::Future;

use axum::http::request::Parts as Head;
use inspector_api::canonical::Parts;
use inspector_api::policy::{Authority, Context};
use inspector_api::signature::{self, Claim, Key, SignatureError};
use inspector_model::Timestamp;
use inspector_model::arn::AccountId;

/// A key as the store knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredKey {
    /// What verifies a signature.
    pub key: Key,
    /// The account that the key acts in.
    pub account: AccountId,
    /// Who acts.
    pub principal: String,
    /// Which policies decide what it may do.
    pub authority: Authority,
    /// What is known about who acts, by the condition keys of policies.
    pub context: Context,
    /// When the use of the key was written down last.
    pub last_used_at: Option<Timestamp>,
}

/// Where access keys are kept.
pub trait Keys: Send + Sync + 'static {
    /// Why the keys cannot be read.
    type Error: std::error::Error + Send;

    /// The key called `id`; a disabled key counts as none.
    fn find(&self, id: &str) -> impl Future<Output = Result<Option<StoredKey>, Self::Error>> + Send;

    /// The key signed a request for `region`; `before` is when that was written down last.
    fn used(
        &self,
        id: &str,
        region: &str,
        before: Option<Timestamp>,
        now: Timestamp,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

/// Where the audit log is written.
pub trait Journal: Send + Sync + 'static {
    /// Adds an event, JSON on one line; if `durable`, comes back once it is on the disk. False where it cannot be written.
    fn record(&self, event: String, now: Timestamp, durable: bool) -> impl Future<Output = bool> + Send;
}

/// A request's head in the form that the signature check reads.
pub(super) struct SignedHead {
    method: String,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
}

impl SignedHead {
    /// Header values that are not UTF-8 cannot have been signed by an SDK; they become what no signature matches.
    pub(super) fn of(head: &Head) -> Self {
        let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        let mut headers: Vec<(String, String)> =
            head.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes()))).collect();
        // HTTP/2 carries the host in the request line.
        if !head.headers.contains_key("host") {
            headers.extend(head.uri.authority().map(|host| ("host".to_owned(), host.as_str().to_owned())));
        }
        Self {
            method: head.method.as_str().to_owned(),
            path: head.uri.path().to_owned(),
            query: head.uri.query().unwrap_or_default().to_owned(),
            headers,
        }
    }

    /// As the signature check takes it.
    pub(super) fn parts(&self) -> Parts<'_> {
        Parts { method: &self.method, path: &self.path, query: &self.query, headers: &self.headers }
    }

    /// What the request says about its signer, who signed for `service`.
    pub(super) fn claim(&self, service: &str, now: Timestamp) -> Result<Claim, SignatureError> {
        signature::read(&self.parts(), service, now)
    }
}
