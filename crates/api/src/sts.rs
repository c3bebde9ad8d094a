//! The part of AWS STS that clients need: who am I, and keys for a while (AWS STS API Reference, version 2011-06-15).

/// The API's version.
pub const VERSION: &str = "2011-06-15";
/// The namespace of its answers.
pub const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";
/// What requests to it are signed for.
pub const SIGNING_NAME: &str = "sts";

crate::operation::named! {
    AssumeRole,
    AssumeRoleWithWebIdentity,
    GetCallerIdentity,
    GetSessionToken,
}
