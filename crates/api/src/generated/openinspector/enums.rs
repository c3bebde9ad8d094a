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
