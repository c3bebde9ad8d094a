//! Fuzzes bills of materials, CycloneDX and SPDX.
#![no_main]

use inspector_collect::sbom::parse;
use inspector_model::Timestamp;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = parse(bytes, "f", Timestamp::from_millis(0));
});
