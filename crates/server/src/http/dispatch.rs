//! From an operation of either API to whoever implements it.

use std::future::Future;

use inspector_api::caller::Caller;
use inspector_api::error::Failure;
use inspector_api::policy::{Authority, Context};

use super::authorize::Operation;

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

    /// The same without a caller: an operation that carries a proof of its own, or a refusal. `context` is what is known
    /// about the request.
    fn unsigned(
        &self,
        context: &Context,
        operation: Operation,
        body: &[u8],
    ) -> impl Future<Output = Result<Vec<u8>, Failure>> + Send;
}

/// What decides what a caller may do: which policies, and what is known about the request.
#[derive(Debug, Clone)]
pub struct Rights {
    /// Which policies.
    pub authority: Authority,
    /// What is known, by condition key.
    pub context: Context,
}
