//! Fuzzes requests and answers in AWS query form.
#![no_main]

use inspector_api::query::{decode, read_answer};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = decode(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = read_answer(text);
    }
});
