//! Where imported benchmarks lie, and how a benchmark's file is read.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use inspector_assess::benchmark::{Benchmark, Benchmarks};
use inspector_scap::content::bundle::Bundle;
use inspector_scap::xml;
use sha2::{Digest, Sha256};

use crate::failure::Helpful;
use crate::output;

/// `<data-dir>/benchmarks`: one data stream per benchmark, named by its id; beside it the digest that it was imported with;
/// in `compiled` what reading it gave, named by that digest.
pub(crate) struct BenchmarksFolder(PathBuf);

/// What the compiled form is of: another version of the program reads the data stream itself.
const COMPILED: &str = concat!(env!("CARGO_PKG_VERSION"), "-1.json");

impl BenchmarksFolder {
    /// The folder of this data directory; it need not exist.
    pub(crate) fn of(data_dir: &Path) -> Self {
        Self(data_dir.join("benchmarks"))
    }

    /// Where the benchmark `id` lies or would lie.
    pub(crate) fn file(&self, id: &str) -> PathBuf {
        let name: String =
            id.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect();
        self.0.join(format!("{}.xml", name.trim_start_matches('.')))
    }

    /// The files in it, by name.
    pub(crate) fn files(&self) -> Result<Vec<PathBuf>> {
        if !self.0.is_dir() {
            return Ok(Vec::new());
        }
        let mut files = Vec::new();
        for entry in std::fs::read_dir(&self.0)? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "xml") {
                files.push(path);
            }
        }
        files.sort();
        Ok(files)
    }

    /// Keeps the data stream `bytes`, whose digest is `digest` and which reads as `bundle`, as the benchmark `id`.
    pub(crate) fn keep(&self, id: &str, bytes: &[u8], digest: &str, bundle: &Bundle) -> Result<()> {
        let file = self.file(id);
        let recorded = file.with_extension("sha256");
        // Without a digest the data stream is read, so no order of these leads to the one before.
        std::fs::create_dir_all(&self.0)
            .and_then(|()| std::fs::remove_file(&recorded).or_else(absent))
            .with_context(|| format!("cannot write `{}`", file.display()))?;
        output::replace(&file, bytes)?;
        output::replace(&recorded, digest.as_bytes())?;
        self.compile(digest, bundle);
        Ok(())
    }

    /// The content of the benchmark in `file`, one of this folder.
    pub(crate) fn read(&self, file: &Path) -> Result<Bundle> {
        let digest = std::fs::read_to_string(file.with_extension("sha256")).ok();
        let compiled = digest.as_deref().and_then(|digest| std::fs::read(self.compiled(digest)).ok());
        if let Some(bundle) = compiled.and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
            return Ok(bundle);
        }
        let bytes = bytes(file)?;
        let bundle = parse(file, &bytes)?;
        if let Some(digest) = digest.filter(|digest| *digest == digest_of(&bytes)) {
            self.compile(&digest, &bundle);
        }
        Ok(bundle)
    }

    /// Every benchmark in it, and the baseline.
    ///
    /// # Errors
    ///
    /// When one of them does not read: a host would else be held against another one.
    pub(crate) fn load(&self) -> Result<Benchmarks> {
        let read = |file: PathBuf| {
            let failed = || {
                Helpful::new(format!("cannot read benchmark `{}`", file.display()), "inspector benchmarks import FILE")
            };
            Benchmark::new(self.read(&file).with_context(failed)?, None).with_context(failed)
        };
        let imported = self.files()?.into_iter().map(read).collect::<Result<_>>()?;
        Ok(Benchmarks::new(imported)?)
    }

    fn compiled(&self, digest: &str) -> PathBuf {
        self.0.join("compiled").join(format!("{digest}-{COMPILED}"))
    }

    /// Keeps what reading gave. Where that cannot be, the data stream is read again each time.
    fn compile(&self, digest: &str, bundle: &Bundle) {
        let file = self.compiled(digest);
        if let Ok(bytes) = serde_json::to_vec(bundle) {
            let folder = std::fs::create_dir_all(self.0.join("compiled"));
            let _slower = folder.map_err(anyhow::Error::from).and_then(|()| output::replace(&file, &bytes));
        }
    }
}

/// The SHA-256 digest of a file, hexadecimal.
pub(crate) fn digest_of(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn absent(error: std::io::Error) -> std::io::Result<()> {
    if error.kind() == std::io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

/// The content of a benchmark file; documents that a plain benchmark names are looked for in its own folder only.
pub(crate) fn read(file: &Path) -> Result<Bundle> {
    parse(file, &bytes(file)?)
}

/// The same, where its bytes are at hand.
fn parse(file: &Path, content: &[u8]) -> Result<Bundle> {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut beside = |href: &str| {
        let plain = !href.is_empty() && !href.contains(['/', '\\']) && href != "..";
        plain.then(|| bytes(&file.with_file_name(href)).ok()).flatten()
    };
    Ok(Bundle::read(&name, content, &mut beside)?)
}

/// The bytes of a content file.
pub(crate) fn bytes(file: &Path) -> Result<Vec<u8>> {
    let size = std::fs::metadata(file)?.len();
    if usize::try_from(size).map_or(true, |size| size > xml::SIZE) {
        return Err(anyhow!("larger than the limit of {} bytes", xml::SIZE));
    }
    Ok(std::fs::read(file)?)
}
