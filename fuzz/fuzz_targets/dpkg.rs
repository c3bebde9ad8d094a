//! Fuzzes the dpkg database in both forms.
#![no_main]

use inspector_collect::source::dpkg::{Form, parse, parse_status};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = parse_status(bytes);
    let _ = parse(bytes, "/f", Form::Part);
});
