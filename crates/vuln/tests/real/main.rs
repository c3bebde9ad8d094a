//! Real feeds and real inventories that lie beside the repository; skipped aloud where they are not.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]
#![expect(clippy::disallowed_methods, clippy::print_stderr, reason = "the data lie outside of the repository")]

mod debian_cases;
mod feeds;
mod labels;
mod recorded;
mod support;
mod windows;
