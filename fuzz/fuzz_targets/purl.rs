//! Fuzzes package URLs.
#![no_main]

use inspector_collect::sbom::purl::Purl;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Some(purl) = Purl::parse(text) {
        assert!(!purl.kind.is_empty() && !purl.name.is_empty());
    }
});
