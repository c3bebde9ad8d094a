//! From an operation of any of the APIs to the service.

use std::future::Future;

use inspector_api::caller::Caller;
use inspector_api::error::Failure;
use inspector_api::{inspector as classic, openinspector as own};

use super::authorize::{Operation, Rights};
use crate::{Service, stacks};

/// Runs operations.
pub trait Dispatch: Send + Sync + 'static {
    /// Decodes `body`, runs `operation`, encodes its answer. An operation that is made of others may only do what
    /// `rights` allow.
    fn dispatch(
        &self,
        caller: &Caller,
        rights: Rights,
        operation: Operation,
        body: &[u8],
    ) -> impl Future<Output = Result<Vec<u8>, Failure>> + Send;
}

impl Dispatch for Service {
    async fn dispatch(
        &self,
        caller: &Caller,
        rights: Rights,
        operation: Operation,
        body: &[u8],
    ) -> Result<Vec<u8>, Failure> {
        match operation {
            Operation::Classic(operation) => classic::dispatch(self, caller, operation, body).await,
            Operation::Own(operation) => own::dispatch(self, caller, operation, body).await,
            Operation::Stack(operation) => stacks::run(self, caller, rights, operation, body).await,
        }
    }
}
