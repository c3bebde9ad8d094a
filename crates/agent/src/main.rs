//! The host agent: outbound HTTPS only.
fn main() {}
