//! Who calls.

use inspector_model::arn::Scope;

/// An authenticated caller; it exists only once a signature was verified and the decision point said yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The account of the access key and the Region that the request was signed for.
    pub scope: Scope,
    /// Who acts, for people and the audit log.
    pub principal: String,
    /// The key that signed.
    pub access_key_id: String,
    /// The id of this request, as the answer's `x-amzn-RequestId` shows it.
    pub request_id: String,
}
