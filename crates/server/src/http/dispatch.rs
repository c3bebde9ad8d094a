//! From an operation of either API to whoever implements it.

use std::future::Future;

use inspector_api::caller::Caller;
use inspector_api::error::Failure;
use inspector_api::inspector::{self as classic, Inspector};
use inspector_api::openinspector::{self as own, OpenInspector};

use super::authorize::Operation;

/// Runs operations; every service that implements both traits does.
pub trait Dispatch: Send + Sync + 'static {
    /// Decodes `body`, runs `operation`, encodes its answer.
    fn dispatch(
        &self,
        caller: &Caller,
        operation: Operation,
        body: &[u8],
    ) -> impl Future<Output = Result<Vec<u8>, Failure>> + Send;
}

impl<S: Inspector + OpenInspector + 'static> Dispatch for S {
    async fn dispatch(&self, caller: &Caller, operation: Operation, body: &[u8]) -> Result<Vec<u8>, Failure> {
        match operation {
            Operation::Classic(operation) => classic::dispatch(self, caller, operation, body).await,
            Operation::Own(operation) => own::dispatch(self, caller, operation, body).await,
        }
    }
}
