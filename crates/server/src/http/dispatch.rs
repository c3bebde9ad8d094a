//! From an operation of either API to whoever implements it.

use std::future::Future;
use std::net::IpAddr;

use inspector_api::caller::Caller;
use inspector_api::error::Failure;

use inspector_api::policy::{Authority, Context};
use serde_json::Value;

use super::authorize::Operation;
use super::query::Form;

/// Runs operations.
pub trait Dispatch: Send + Sync + 'static {
    /// Decodes `body`, runs `operation`, encodes its answer. An operation that is made of others may only do what
    /// `rights` allow.
    fn dispatch(
        &self,
        caller: &Caller,
        rights: &Rights,
        operation: Operation,
        body: &[u8],
    ) -> impl Future<Output = Result<Vec<u8>, Failure>> + Send;

    /// Runs an operation of the query protocol. Without a signer it is one that carries a proof of its own, or refused.
    fn query(
        &self,
        signer: Option<&Signer>,
        form: &Form,
        address: Option<IpAddr>,
        request_id: &str,
    ) -> impl Future<Output = Result<Value, Failure>> + Send;
}

/// What decides what a caller may do: which policies, and what is known about the request.
#[derive(Debug, Clone)]
pub struct Rights {
    /// Which policies.
    pub authority: Authority,
    /// What is known, by condition key.
    pub context: Context,
}

/// Who signed a request, and what decides what they may do.
#[derive(Debug, Clone)]
pub struct Signer {
    /// Who.
    pub caller: Caller,
    /// What decides what they may do.
    pub rights: Rights,
}
