//! Development tasks: generate, tidy, bench.
fn main() {}
