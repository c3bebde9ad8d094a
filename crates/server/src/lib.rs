//! The service: HTTP, agent listener, run engine.

pub mod http;
