//! Access keys as the signature check asks for them.

use inspector_api::Sensitive;
use inspector_api::signature::Key;
use inspector_store::{StoreError, access_key};

use crate::Service;
use crate::http::{Keys, Rights, StoredKey};

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
