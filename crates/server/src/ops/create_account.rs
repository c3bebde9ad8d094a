//! `OpenInspector.CreateAccount`.

use inspector_api::caller::Caller;
use inspector_api::openinspector::{
    AccessDeniedException, CreateAccountError, CreateAccountRequest, CreateAccountResponse, InvalidInputException,
};
use inspector_model::arn::AccountId;
use inspector_store::account::{self, Account};
use inspector_store::transact;

use super::{identity, own_fault, own_internal};
use crate::Service;
use crate::world::now;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: CreateAccountRequest,
) -> Result<CreateAccountResponse, CreateAccountError> {
    let id: AccountId = input.account_id.parse().map_err(|_| {
        let message = format!("`{}` is not twelve digits", input.account_id);
        InvalidInputException::new("INVALID_ACCOUNT_ID".to_owned(), message)
    })?;
    let store = service.store();
    let made = identity::new_key(&id, "root").map_err(|error| own_fault(&error))?;
    transact!(store, |conn| {
        let own = account::find(conn, &caller.scope.account).await?;
        if !own.is_some_and(|account| account.operator) {
            let message = "only callers of the operator's account may make accounts";
            return Ok(Err(AccessDeniedException::new("ACCESS_DENIED".to_owned(), message).into()));
        }
        if account::find(conn, &id).await?.is_some() {
            return Ok(Err(identity::taken(&id.to_string()).into()));
        }
        account::insert(conn, &Account { id: id.clone(), operator: false, created_at: now() }).await?;
        identity::put_key(conn, store, &made).await?;
        let (key, secret) = made.clone();
        Ok(Ok(CreateAccountResponse { access_key_id: key.id, secret_access_key: secret }))
    })
    .map_err(own_internal)?
}
