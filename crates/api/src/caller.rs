//! Who calls.

use inspector_model::arn::{Scope, ShortId};
use sha2::{Digest, Sha256};

/// An authenticated caller; it exists only once a signature was verified and the decision point said yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The account of the access key and the Region that the request was signed for.
    pub scope: Scope,
    /// Who acts, inside the account: `root`, `user/NAME` or `assumed-role/ROLE/SESSION`.
    pub principal: String,
    /// The key that signed.
    pub access_key_id: String,
    /// The id of this request, as the answer's `x-amzn-RequestId` shows it.
    pub request_id: String,
}

impl Caller {
    /// The id of what this request makes. It follows from the request's own id, so that who kept that finds what was made
    /// although the answer never came.
    pub fn new_id(&self) -> ShortId {
        let digest = Sha256::digest(self.request_id.as_bytes());
        ShortId::from_bytes(digest.first_chunk().copied().unwrap_or_default())
    }

    /// Who acts, as an ARN.
    pub fn arn(&self) -> String {
        let service = if self.principal.starts_with("assumed-role/") { "sts" } else { "iam" };
        format!("arn:{}:{service}::{}:{}", self.scope.region.partition(), self.scope.account, self.principal)
    }
}
