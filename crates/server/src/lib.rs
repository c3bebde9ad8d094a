//! The service: HTTP, agent listener, run engine.
