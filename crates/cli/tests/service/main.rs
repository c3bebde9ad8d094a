//! The service as its users meet it: the real program, real sockets, `kill -9`.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a failed expectation ends a test")]

mod agent;
mod api;
mod host;
mod server;

mod crash;
mod identity;
mod runs;
mod start;
