//! Development tasks: `cargo xtask generate | aws-models | model | tidy`.

mod generate;
mod model;
mod ordered;
mod tidy;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

const USAGE: &str = "\
cargo xtask generate [--check]       write what is made from the service models; with --check only compare
cargo xtask aws-models DATA          make the models of what `crates/aws` reads, from the folder `botocore/data`
cargo xtask model SERVICE-2.JSON     make the compact form of a botocore service model, on stdout
cargo xtask tidy                     check layers, lists, lengths and lints";

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut out = std::io::stdout().lock();
    match words.as_slice() {
        ["generate"] => {
            for path in generate::write(&root())? {
                writeln!(out, "wrote {}", path.display())?;
            }
        }
        ["generate", "--check"] => generate::check(&root())?,
        ["aws-models", data] => {
            for path in generate::write_models(&root(), Path::new(data))? {
                writeln!(out, "wrote {}", path.display())?;
            }
        }
        ["tidy"] => tidy::check(&root())?,
        ["model", path] => {
            let text = std::fs::read_to_string(path).with_context(|| format!("cannot read `{path}`"))?;
            out.write_all(model::compact(&text).with_context(|| format!("cannot use `{path}`"))?.as_bytes())?;
        }
        _ => bail!("no such task\n{USAGE}"),
    }
    Ok(())
}

/// The repository, two folders above this crate.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
