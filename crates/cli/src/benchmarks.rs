//! Where imported benchmarks lie, and how a benchmark's file is read.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use inspector_scap::content::bundle::Bundle;
use inspector_scap::xml;

/// `<data-dir>/benchmarks`: one data stream per benchmark, named by its id.
pub(crate) struct BenchmarksFolder(PathBuf);

impl BenchmarksFolder {
    /// The folder of this data directory; it need not exist.
    pub(crate) fn of(data_dir: &Path) -> Self {
        Self(data_dir.join("benchmarks"))
    }

    /// The folder itself.
    pub(crate) fn path(&self) -> &Path {
        &self.0
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
}

/// The content of a benchmark file; documents that a plain benchmark names are looked for in its own folder only.
pub(crate) fn read(file: &Path) -> Result<Bundle> {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut beside = |href: &str| {
        let plain = !href.is_empty() && !href.contains(['/', '\\']) && href != "..";
        plain.then(|| bytes(&file.with_file_name(href)).ok()).flatten()
    };
    Ok(Bundle::read(&name, &bytes(file)?, &mut beside)?)
}

/// The bytes of a content file.
pub(crate) fn bytes(file: &Path) -> Result<Vec<u8>> {
    let size = std::fs::metadata(file)?.len();
    if usize::try_from(size).map_or(true, |size| size > xml::SIZE) {
        return Err(anyhow!("larger than the limit of {} bytes", xml::SIZE));
    }
    Ok(std::fs::read(file)?)
}
