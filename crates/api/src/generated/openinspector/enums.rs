//! The words that a member may be.
// Written by `cargo xtask generate` from the service model. Do not edit.

use crate::choice::choice;

choice! {
    /// One of 3 words.
    AgentHealth {
        Healthy = "HEALTHY",
        Unhealthy = "UNHEALTHY",
        Unknown = "UNKNOWN",
    }
}

choice! {
    /// One of 6 words.
    FailedItemErrorCode {
        InvalidArn = "INVALID_ARN",
        DuplicateArn = "DUPLICATE_ARN",
        ItemDoesNotExist = "ITEM_DOES_NOT_EXIST",
        AccessDenied = "ACCESS_DENIED",
        LimitExceeded = "LIMIT_EXCEEDED",
        InternalError = "INTERNAL_ERROR",
    }
}
