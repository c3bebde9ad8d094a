//! `db-build`: every raw feed of the shared data to the compiled file, on every processor. Run with
//! `cargo bench -p inspector-vuln --bench db_build`; the goals are 15 seconds and 500 MB for a full set, 60 bytes an advisory,
//! and 1 millisecond to open.
#![expect(clippy::unwrap_used, reason = "a benchmark may stop where it fails")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it prints its figures")]
#![expect(clippy::disallowed_methods, reason = "it measures time and reads real feeds")]

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Instant;

use inspector_vuln::database::{Database, Input, build};
use inspector_vuln::feed::{HEAD_BYTES, recognise};

#[expect(dead_code, reason = "it reads every feed, and no host")]
#[path = "../tests/real/support.rs"]
mod support;

fn main() {
    let Some(shared) = support::shared() else { return };
    let started = Instant::now();
    let (inputs, bytes_in) = read_all(&shared.join("feeds"));
    let (read, documents) = (started.elapsed(), inputs.len());
    let bytes = build(inputs).unwrap();
    println!(
        "db-build: {:?} for {documents} documents of {bytes_in} bytes, {read:?} of it reading; peak memory {}",
        started.elapsed(),
        peak()
    );
    let database = Database::open(bytes.clone()).unwrap();
    let advisories = database.advisory_count();
    let per_advisory = database.matching_bytes() / advisories;
    println!("db-size: {advisories} advisories, {per_advisory} bytes each for matching, {} in all", bytes.len());
    let opened = (0..20).map(|_| bytes.clone()).map(|copy| {
        let started = Instant::now();
        let database = Database::open(copy).unwrap();
        (started.elapsed(), database).0
    });
    println!("db-open: {:?}", opened.min().unwrap());
}

/// Every document that some feed knows, the last of those with the same name, and how long they are unpacked.
fn read_all(folder: &Path) -> (Vec<Input>, usize) {
    let mut files = Vec::new();
    walk(folder, &mut files);
    files.sort();
    let (next, inputs) = (Mutex::new(files.into_iter()), Mutex::new((Vec::<Input>::new(), 0)));
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(file) = { next.lock().unwrap().next() } {
                    let Some((input, length)) = read(&file) else { continue };
                    let mut inputs = inputs.lock().unwrap();
                    inputs.0.retain(|it| (it.feed, &it.document) != (input.feed, &input.document));
                    inputs.0.push(input);
                    inputs.1 += length;
                }
            });
        }
    });
    inputs.into_inner().unwrap()
}

fn read(file: &Path) -> Option<(Input, usize)> {
    let bytes = support::read(file);
    let packed = file.extension().is_some_and(|suffix| suffix == "gz" || suffix == "zst");
    let name = if packed { file.file_stem() } else { file.file_name() };
    let (feed, document) = recognise(name?.to_str()?, bytes.get(..HEAD_BYTES).unwrap_or(&bytes))?;
    let parsed = feed.read(&document, &bytes).ok()?;
    Some((Input { feed: feed.id, document, sha256: String::new(), dated: None, parsed }, bytes.len()))
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        // Samples of formats are no feeds.
        if entry.is_dir() && !entry.ends_with("format-samples") {
            walk(&entry, files);
        } else if entry.is_file() {
            files.push(entry);
        }
    }
}

/// The most memory that the process has had, as Linux counts it.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map_or("unknown", str::trim).to_owned()
}
