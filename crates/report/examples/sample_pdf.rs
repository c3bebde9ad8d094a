//! Writes the sample report as a PDF to standard output, to look at it: `cargo run -p inspector-report --example sample_pdf >
//! report.pdf`.

use std::error::Error;
use std::io::{self, Write};

use inspector_report::ReportKind;
use inspector_report::format::pdf;

#[allow(dead_code, reason = "the tests use the rest of the sample")]
#[path = "../tests/sample/mod.rs"]
mod sample;

fn main() -> Result<(), Box<dyn Error>> {
    let file = pdf::write(&sample::assessment(), &sample::meta(ReportKind::Full))?;
    Ok(io::stdout().write_all(&file)?)
}
