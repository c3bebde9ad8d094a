//! Fuzzes the apk database.
#![no_main]

use inspector_collect::source::apk;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = apk::parse(bytes, "/f");
});
