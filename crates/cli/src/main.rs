//! The inspector program.
fn main() {}
