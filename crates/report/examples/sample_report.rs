//! Writes the sample report to standard output. The golden file of the tests is made with it:
//! `cargo run -p inspector-report --example sample_report > crates/report/tests/golden/full.html`.

use std::io::{self, Write};

use inspector_report::{ReportKind, format::html};

#[allow(dead_code, reason = "the tests use the rest of the sample")]
#[path = "../tests/sample/mod.rs"]
mod sample;

fn main() -> io::Result<()> {
    let mut page = Vec::new();
    html::write(&sample::assessment(), &sample::meta(ReportKind::Full), &mut page)?;
    io::stdout().write_all(&page)
}
