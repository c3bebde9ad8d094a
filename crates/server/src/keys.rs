//! What the HTTP face asks of the store: access keys, writes that were received, the audit log.

use inspector_api::Sensitive;
use inspector_api::signature::Key;
use inspector_model::Timestamp;
use inspector_store::access_key::USE_NOTED_EVERY;
use inspector_store::{StoreError, access_key, answered, transact};

use crate::http::{Answers, Journal, Keys, Known, StoredKey};
use crate::{Service, identity};

impl Keys for Service {
    type Error = StoreError;

    async fn find(&self, id: &str) -> Result<Option<StoredKey>, StoreError> {
        let store = self.store();
        let mut conn = store.reader().await?;
        let Some((key, secret)) = access_key::find(&mut conn, store, id).await? else { return Ok(None) };
        if !key.enabled {
            return Ok(None);
        }
        let (authority, context) = identity::standing(&mut conn, &key).await?;
        Ok(Some(StoredKey {
            key: Key { secret: Sensitive::new(secret), token_hash: key.session_token_hash, expires_at: key.expires_at },
            account: key.account,
            principal: key.principal,
            authority,
            context,
            last_used_at: key.last_used_at,
        }))
    }

    async fn used(&self, id: &str, region: &str, before: Option<Timestamp>, now: Timestamp) -> Result<(), StoreError> {
        if before.is_some_and(|before| before.plus_seconds(USE_NOTED_EVERY) > now) {
            return Ok(());
        }
        transact!(self.store(), |conn| access_key::used(conn, id, region, now).await)
    }
}

impl Journal for Service {
    async fn record(&self, event: String, now: Timestamp, durable: bool) -> bool {
        self.audit().append(now.day(), event, durable).await
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
