//! Fuzzes feeds of advisories; the first byte chooses the feed.
#![no_main]

use inspector_vuln::feed::FEEDS;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let feed = FEEDS[usize::from(*choice) % FEEDS.len()];
    let _ = (feed.document)("f", bytes);
    let _ = (feed.parse)(bytes);
});
