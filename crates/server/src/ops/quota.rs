//! The answer to a request for more than the account may have.

use inspector_api::inspector::{LimitExceededErrorCode, LimitExceededException};

/// Refuses when `have` things called `what` reach the quota `name`, which is `most`.
pub(super) fn refuse_at(
    (name, most): (&str, i64),
    have: i64,
    what: &str,
    code: LimitExceededErrorCode,
) -> Result<(), LimitExceededException> {
    if have < most {
        return Ok(());
    }
    let message =
        format!("there are {have} {what} already and the quota is {most}; `inspector serve --quota {name}=N` sets it");
    Err(LimitExceededException::new(code, message))
}
