//! Fuzzes access policies.
#![no_main]

use inspector_api::policy::{Document, Trust};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = Document::parse(text);
    let _ = Trust::parse(text);
});
