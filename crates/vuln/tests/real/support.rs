//! Real feeds and inventories that lie beside the repository, and how tests read them.

use std::io::Read;
use std::path::{Path, PathBuf};

use inspector_model::host::{Inventory, OsRelease, Package};
use inspector_vuln::database::Input;
use inspector_vuln::feed::{HEAD_BYTES, recognise};

/// The folder of shared data, or a word on standard error that the test is skipped.
pub(crate) fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("OPENINSPECTOR_SHARED").map_or(beside, PathBuf::from).join("data");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no shared data at `{}`; set OPENINSPECTOR_SHARED", folder.display());
    None
}

/// The bytes of a file, decompressed by its suffix.
pub(crate) fn read(path: &Path) -> Vec<u8> {
    let file = std::fs::File::open(path).unwrap();
    let mut bytes = Vec::new();
    match path.extension().and_then(|suffix| suffix.to_str()) {
        Some("gz") => flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).unwrap(),
        Some("zst") => {
            let mut decoder = zstd::stream::read::Decoder::new(file).unwrap();
            decoder.window_log_max(30).unwrap();
            decoder.read_to_end(&mut bytes).unwrap()
        }
        _ => { file }.read_to_end(&mut bytes).unwrap(),
    };
    bytes
}

/// Reads a document of whatever feed it belongs to.
pub(crate) fn input(path: &Path) -> Input {
    let bytes = read(path);
    let name = path.file_stem().unwrap().to_str().unwrap();
    let (feed, document) = recognise(name, bytes.get(..HEAD_BYTES).unwrap_or(&bytes)).unwrap();
    let parsed = (feed.parse)(&bytes).unwrap();
    Input { feed: feed.id, document, sha256: String::new(), dated: None, parsed }
}

/// The path of the Debian tracker's file in the shared data.
pub(crate) fn tracker(shared: &Path) -> PathBuf {
    shared.join("feeds/debian-security-tracker/tracker-json.approximated.json.zst")
}

/// The installed packages of a dpkg status file; just enough of deb822 for these tests.
pub(crate) fn inventory(status: &str) -> Inventory {
    let packages = status.split("\n\n").filter_map(package).collect();
    Inventory { packages, problems: Vec::new() }
}

fn package(stanza: &str) -> Option<Package> {
    let field = |name: &str| {
        stanza.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(|value| value.trim().to_owned())
    };
    if !field("Status")?.ends_with(" installed") {
        return None;
    }
    let (name, version) = (field("Package")?, field("Version")?);
    let source = field("Source").unwrap_or_else(|| name.clone());
    let (source, source_version) = match source.split_once(" (") {
        Some((source, version)) => (source.to_owned(), version.trim_end_matches(')').to_owned()),
        None => (source, version.clone()),
    };
    let (architecture, maintainer) = (field("Architecture")?, field("Maintainer"));
    Some(Package { name, version, architecture, source, source_version, maintainer, module: None, at: None })
}

/// The release file of a Debian release.
pub(crate) fn debian(version: &str) -> OsRelease {
    OsRelease {
        id: "debian".to_owned(),
        version_id: Some(version.to_owned()),
        codename: None,
        pretty_name: String::new(),
        id_like: Vec::new(),
    }
}
