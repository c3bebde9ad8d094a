//! Fuzzes what Windows prints of itself; the first byte chooses the text.
#![no_main]

use inspector_collect::windows::{Document, registry, systeminfo};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let document = Document { path: "f", bytes };
    let _ = if choice % 2 == 0 { systeminfo::parse(document) } else { registry::parse(document) };
});
