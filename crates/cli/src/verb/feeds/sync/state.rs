//! What is remembered between two syncs: `<data-dir>/feeds/sync.json`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use inspector_model::Timestamp;
use serde::{Deserialize, Serialize};

use crate::advisories::FeedsFolder;
use crate::output;

/// Every address that was asked.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in crate::verb::feeds) struct State {
    /// By address.
    pub(in crate::verb::feeds) documents: BTreeMap<String, Asked>,
    /// Why the last sync came to nothing as a whole, unless one went well since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    failure: Option<Failure>,
}

/// What came of one address.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::verb::feeds) struct Asked {
    /// When it last went well.
    pub(in crate::verb::feeds) synced_at: Option<Timestamp>,
    /// When it last failed, and why, unless it went well since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::verb::feeds) failure: Option<Failure>,
    /// By what the server knows the document that was last taken.
    #[serde(default)]
    pub(super) validator: Validator,
}

/// A sync that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::verb::feeds) struct Failure {
    /// When.
    pub(in crate::verb::feeds) at: Timestamp,
    /// Why.
    pub(in crate::verb::feeds) why: String,
}

/// By what a server knows a version of a document (RFC 9110, section 8.8).
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Validator {
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
}

impl Validator {
    /// The headers of a request that asks only for another version.
    pub(super) fn conditions(&self) -> Vec<(&'static str, &str)> {
        let etag = self.etag.as_deref().map(|etag| ("if-none-match", etag));
        let modified = self.last_modified.as_deref().map(|date| ("if-modified-since", date));
        etag.into_iter().chain(modified).collect()
    }

    /// What tells two versions apart byte by byte; parts of a document may be put together only with one.
    pub(super) fn strong(&self) -> Option<&str> {
        self.etag.as_deref().filter(|etag| !etag.starts_with("W/"))
    }
}

/// What stands for an address where no single document is at fault.
pub(in crate::verb::feeds) const WHOLE: &str = "feeds";

fn path(folder: &FeedsFolder) -> PathBuf {
    folder.path().join("sync.json")
}

impl State {
    /// What was remembered; nothing where there is no file.
    pub(in crate::verb::feeds) fn load(folder: &FeedsFolder) -> Result<Self> {
        let path = path(folder);
        match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).with_context(|| format!("cannot read `{}`", path.display())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| format!("cannot read `{}`", path.display())),
        }
    }

    pub(super) fn save(&self, folder: &FeedsFolder) -> Result<()> {
        output::replace(&path(folder), &serde_json::to_vec_pretty(self)?)
    }

    /// Remembers what came of a sync as a whole.
    pub(super) fn ended(&mut self, failure: Option<Failure>) {
        self.failure = failure;
    }

    /// Each address that failed when it was last asked, and [`WHOLE`] where the last sync came to nothing.
    pub(in crate::verb::feeds) fn failures(&self) -> Vec<(&str, &Failure)> {
        let documents = self.documents.iter().map(|(url, asked)| (url.as_str(), asked.failure.as_ref()));
        let all = std::iter::once((WHOLE, self.failure.as_ref())).chain(documents);
        all.filter_map(|(address, failure)| Some((address, failure?))).collect()
    }
}

/// Where the file of an address is kept: its name tells what it is, so it stays, and its place tells it from others.
pub(super) fn download(folder: &FeedsFolder, url: &str) -> PathBuf {
    let plain = url.split_once("://").map_or(url, |(_, rest)| rest);
    let part = |text: &str| -> String {
        text.chars().map(|it| if it.is_ascii_alphanumeric() || "._-".contains(it) { it } else { '_' }).collect()
    };
    let mut path = folder.path().join("downloads");
    // No part is `.` or `..` once it has a letter before it.
    let parts: Vec<&str> = plain.split('/').filter(|it| !it.is_empty()).collect();
    let (name, folders) = parts.split_last().unwrap_or((&"document", &[]));
    folders.iter().for_each(|folder| path.push(format!("d-{}", part(folder))));
    path.push(Path::new(&part(name).replace("..", "_")));
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_download_stays_in_its_folder_and_keeps_its_name() {
        let folder = FeedsFolder::of(Path::new("/data"));
        for (url, wanted) in [
            ("https://a.example/x/list", "/data/feeds/downloads/d-a.example/d-x/list"),
            ("http://127.0.0.1:8/../../etc/passwd", "/data/feeds/downloads/d-127.0.0.1_8/d-../d-../d-etc/passwd"),
            ("https://a.example/..", "/data/feeds/downloads/d-a.example/_"),
        ] {
            assert_eq!(download(&folder, url), Path::new(wanted), "{url}");
        }
    }
}
