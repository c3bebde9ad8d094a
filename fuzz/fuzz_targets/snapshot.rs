//! Fuzzes network snapshots.
#![no_main]

use inspector_reachability::aws::{Document, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = read([Document { path: "000000000000/eu-west-1/answer.json", bytes }]);
});
