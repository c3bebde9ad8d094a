//! Access keys as the signature check asks for them, and writes that were received.

use inspector_api::Sensitive;
use inspector_api::signature::Key;
use inspector_model::Timestamp;
use inspector_store::{StoreError, access_key, answered, transact};

use crate::Service;
use crate::http::{Answers, Keys, Known, Rights, StoredKey};

impl Keys for Service {
    type Error = StoreError;

    async fn find(&self, id: &str) -> Result<Option<StoredKey>, StoreError> {
        let store = self.store();
        let found = access_key::find(&mut *store.reader().await?, store, id).await?;
        let known = found.filter(|(key, _)| key.enabled);
        Ok(known.map(|(key, secret)| StoredKey {
            key: Key { secret: Sensitive::new(secret), token_hash: key.session_token_hash, expires_at: key.expires_at },
            account: key.account,
            principal: key.principal,
            rights: Rights::OwnAccount,
        }))
    }
}

impl Answers for Service {
    type Error = StoreError;

    async fn receive(&self, id: &str, valid_until: Timestamp, now: Timestamp) -> Result<Known, StoreError> {
        transact!(self.store(), |conn| answered::receive(conn, id, valid_until, now).await)
    }

    async fn keep(&self, id: &str, status: u16, body: Option<&str>) -> Result<(), StoreError> {
        transact!(self.store(), |conn| answered::keep(conn, id, status, body).await)
    }

    async fn forget(&self, id: &str) -> Result<(), StoreError> {
        transact!(self.store(), |conn| answered::forget(conn, id).await)
    }
}
