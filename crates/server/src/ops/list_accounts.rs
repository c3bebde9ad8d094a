//! `OpenInspector.ListAccounts`.

use inspector_api::caller::Caller;
use inspector_api::openinspector::{Account, ListAccountsError, ListAccountsRequest, ListAccountsResponse};
use inspector_store::account;

use super::own_internal;
use crate::Service;

/// All for callers of the operator's account, its own for any other.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    _input: ListAccountsRequest,
) -> Result<ListAccountsResponse, ListAccountsError> {
    let mut conn = service.store().reader().await.map_err(own_internal)?;
    let all = account::all(&mut conn).await.map_err(own_internal)?;
    let own = |account: &account::Account| account.id == caller.scope.account;
    let operator = all.iter().any(|account| own(account) && account.operator);
    let seen = all.into_iter().filter(|account| operator || own(account)).map(|account| Account {
        account_id: account.id.to_string(),
        operator: account.operator,
        created_at: account.created_at,
    });
    Ok(ListAccountsResponse { accounts: seen.collect() })
}
