//! The service as the HTTP face sees it: the JSON APIs and what speaks the query protocol.

use std::net::IpAddr;

use inspector_api::caller::Caller;
use inspector_api::error::Failure;
use inspector_api::{inspector as classic, openinspector as own};
use serde_json::Value;

use crate::http::{Dispatch, Form, Operation, Rights, Signer};
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
        }
    }

    async fn query(
        &self,
        signer: Option<&Signer>,
        form: &Form,
        address: Option<IpAddr>,
        request_id: &str,
    ) -> Result<Value, Failure> {
        sts::answer(self, signer, form, address, request_id).await
    }
}
