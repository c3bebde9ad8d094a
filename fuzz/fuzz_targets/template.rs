//! Fuzzes templates of CloudFormation.
#![no_main]

use inspector_api::cloudformation::document;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = document::read(text);
});
