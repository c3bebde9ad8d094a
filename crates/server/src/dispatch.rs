//! The service as the HTTP face sees it: the JSON APIs and what speaks the query protocol.

use inspector_api::caller::Caller;
use inspector_api::error::Failure;
use inspector_api::policy::Context;
use inspector_api::signature::SignatureError;
use inspector_api::sts::Operation as Sts;
use inspector_api::{inspector as classic, openinspector as own};

use crate::http::{Dispatch, Operation, Rights};
use crate::{Service, stacks, sts};

impl Dispatch for Service {
    async fn dispatch(
        &self,
        caller: &Caller,
        rights: &Rights,
        operation: Operation,
        body: &[u8],
    ) -> Result<Vec<u8>, Failure> {
        match operation {
            Operation::Classic(operation) => classic::dispatch(self, caller, operation, body).await,
            Operation::Own(operation) => own::dispatch(self, caller, operation, body).await,
            Operation::Stack(operation) => stacks::run(self, caller, rights, operation, body).await,
            Operation::Token(operation) => sts::run(self, caller, rights, operation, body).await,
        }
    }

    async fn unsigned(&self, context: &Context, operation: Operation, body: &[u8]) -> Result<Vec<u8>, Failure> {
        match operation {
            Operation::Token(Sts::AssumeRoleWithWebIdentity) => sts::web_identity::run(self, context, body).await,
            Operation::Token(_) | Operation::Classic(_) | Operation::Own(_) | Operation::Stack(_) => {
                Err(SignatureError::Missing.failure())
            }
        }
    }
}
