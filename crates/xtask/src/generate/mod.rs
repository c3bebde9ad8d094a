//! Everything that is made from the service models: `crates/api/src/generated/`, the botocore form of our own model, what
//! [`aws`] makes; and the benchmark that [`baseline`] makes from its rules.

mod aws;
mod baseline;
mod botocore;
mod errors;
mod names;
mod operations;
mod service;
mod shapes;
mod types;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

pub(crate) use aws::write_models;

use crate::model::Model;
use shapes::CodeTable;

/// The services: folder below `generated/`, model, error code table where the model has codes of its own.
const SERVICES: [(&str, &str, Option<&str>); 2] = [
    ("inspector", "inspector-2016-02-16.json", Some("inspector-error-codes.toml")),
    ("openinspector", "openinspector.json", None),
];

/// The folder that generated files share with others.
const SHARED_FOLDER: &str = "docs";

const GAPS: &str = "conformance/known-gaps.toml";

/// Writes every file that is missing or differs, removes what no model makes any more, and names what changed.
pub(crate) fn write(root: &Path) -> Result<Vec<PathBuf>> {
    let wanted = outputs(root)?;
    let mut changed = Vec::new();
    for path in differences(root, &wanted)? {
        match wanted.get(&path) {
            Some(text) => put(&root.join(&path), text)?,
            None => {
                std::fs::remove_file(root.join(&path)).with_context(|| format!("cannot remove `{}`", path.display()))?
            }
        }
        changed.push(path);
    }
    Ok(changed)
}

/// Fails, naming the files, when `write` would change anything.
pub(crate) fn check(root: &Path) -> Result<()> {
    let stale = differences(root, &outputs(root)?)?;
    let names: Vec<String> = stale.iter().map(|path| path.display().to_string()).collect();
    ensure!(names.is_empty(), "not what the models make: {}\nhelp: cargo xtask generate", names.join(", "));
    Ok(())
}

fn put(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().context("a generated file stands in a folder")?;
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
    std::fs::write(path, text).with_context(|| format!("cannot write `{}`", path.display()))
}

/// Paths, relative to `root`, whose content is not the wanted one, or that are not wanted at all.
fn differences(root: &Path, wanted: &BTreeMap<PathBuf, String>) -> Result<BTreeSet<PathBuf>> {
    let mut different = BTreeSet::new();
    for (path, text) in wanted {
        if std::fs::read_to_string(root.join(path)).ok().as_deref() != Some(text) {
            different.insert(path.clone());
        }
        let folder = path.parent().context("a generated file stands in a folder")?;
        if folder == Path::new(SHARED_FOLDER) {
            continue;
        }
        for entry in std::fs::read_dir(root.join(folder)).into_iter().flatten() {
            let found = folder.join(entry?.file_name());
            if root.join(&found).is_file() && !wanted.contains_key(&found) {
                different.insert(found);
            }
        }
    }
    Ok(different)
}

/// Every generated file with its text, by path relative to `root`.
fn outputs(root: &Path) -> Result<BTreeMap<PathBuf, String>> {
    let folder = root.join("crates/api/model");
    let read =
        |path: PathBuf| std::fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()));
    let gaps = Gaps::parse(&read(root.join(GAPS))?)?;
    let (mut outputs, mut known) = (BTreeMap::new(), BTreeSet::new());
    let generated = Path::new("crates/api/src/generated");
    outputs.insert(generated.join("mod.rs"), rustfmt(&index())?);
    for (service, model, codes) in SERVICES {
        let parsed = Model::parse(&read(folder.join(model))?).with_context(|| format!("cannot use `{model}`"))?;
        known.extend(parsed.operations.iter().map(|(name, _)| name.to_owned()));
        let codes = codes.map(|path| CodeTable::parse(&read(folder.join(path))?)).transpose()?;
        for (file, text) in rust(&parsed, &gaps, codes)? {
            outputs.insert(generated.join(service).join(&file), rustfmt(&text).with_context(|| format!("`{file}`"))?);
        }
        if service == "openinspector" {
            let files = botocore::files(&parsed)?.into_iter();
            outputs.extend(files.map(|(path, text)| (Path::new("crates/api/model").join(path), text)));
        }
    }
    gaps.within(&known)?;
    outputs.extend(aws::outputs(root)?);
    outputs.extend([baseline::output(root)?]);
    Ok(outputs)
}

const BANNER: &str = "// Written by `cargo xtask generate` from the service model. Do not edit.\n\n";

fn index() -> String {
    let modules: String = SERVICES.iter().map(|(service, ..)| format!("pub mod {service};\n")).collect();
    format!("//! Made from the service models.\n{BANNER}{modules}")
}

/// The Rust files of one service.
fn rust(model: &Model, gaps: &Gaps, codes: Option<CodeTable>) -> Result<Vec<(String, String)>> {
    let public = [
        ("enums", types::enums(model)?),
        ("errors", errors::errors(model)?),
        ("operations", operations::operations(model)?),
        ("service", service::service(model, gaps)?),
        ("structures", types::structures(model)?),
    ];
    let mut index = format!("//! The `{}` service, version {}.\n{BANNER}", model.service.id, model.service.api_version);
    index.extend(public.iter().map(|(name, _)| format!("mod {name};\n")));
    index += "mod shapes;\n\n";
    index.extend(public.iter().map(|(name, _)| format!("pub use {name}::*;\n")));
    let files = public.into_iter().chain([("shapes", shapes::shapes(model, codes)?), ("mod", index)]);
    Ok(files.map(|(name, text)| (format!("{name}.rs"), text)).collect())
}

/// The operations that the server does not have yet, as `conformance/known-gaps.toml` lists them.
pub(crate) struct Gaps {
    operations: BTreeSet<String>,
}

impl Gaps {
    fn parse(text: &str) -> Result<Self> {
        #[derive(Deserialize)]
        struct File {
            #[serde(default)]
            gap: Vec<Gap>,
        }
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Gap {
            case: String,
            issue: u32,
            why: String,
        }
        let file: File = toml::from_str(text).with_context(|| format!("cannot use `{GAPS}`"))?;
        let mut operations = BTreeSet::new();
        for Gap { case, issue, why } in file.gap {
            ensure!(issue > 0 && !why.is_empty(), "gap `{case}` needs an issue and a reason");
            if let Some(operation) = case.strip_prefix("api/").filter(|rest| !rest.contains('/')) {
                operations.insert(operation.to_owned());
            }
        }
        Ok(Self { operations })
    }

    /// Whether the server does not have `operation` yet.
    pub(crate) fn contains(&self, operation: &str) -> bool {
        self.operations.contains(operation)
    }

    /// Refuses a gap in an operation that is not among `known`.
    fn within(&self, known: &BTreeSet<String>) -> Result<()> {
        match self.operations.difference(known).next() {
            Some(stranger) => bail!("`{GAPS}` lists `api/{stranger}`, which no model knows"),
            None => Ok(()),
        }
    }
}

/// The text as `cargo fmt` would leave it.
fn rustfmt(text: &str) -> Result<String> {
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--emit", "stdout", "--config", "max_width=120,use_small_heuristics=Max"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot run `rustfmt`; it comes with the toolchain: rustup component add rustfmt")?;
    let mut stdin = child.stdin.take().context("rustfmt has no input")?;
    let text = text.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    let output = child.wait_with_output()?;
    writer.join().ok().context("the writer stopped")??;
    ensure!(output.status.success(), "rustfmt refused generated code");
    Ok(String::from_utf8(output.stdout)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_committed_is_what_the_models_make() {
        check(&crate::root()).unwrap();
    }

    #[test]
    fn a_gap_without_a_reason_is_refused() {
        let gap =
            |issue: u32, why: &str| format!("[[gap]]\ncase = \"api/ListFindings\"\nissue = {issue}\nwhy = \"{why}\"\n");
        assert!(Gaps::parse(&gap(5, "")).is_err());
        assert!(Gaps::parse(&gap(0, "not yet")).is_err());
        assert!(Gaps::parse(&gap(5, "not yet")).unwrap().contains("ListFindings"));
    }

    #[test]
    fn a_gap_that_no_model_knows_is_refused() {
        let gaps = Gaps::parse("[[gap]]\ncase = \"api/ListUnicorns\"\nissue = 5\nwhy = \"not yet\"\n").unwrap();
        let known = |name: &str| BTreeSet::from([name.to_owned()]);
        assert!(gaps.within(&known("ListFindings")).is_err());
        assert!(gaps.within(&known("ListUnicorns")).is_ok());
    }
}
