//! Fuzzes the rpm database; the first byte chooses its form.
#![no_main]

use inspector_collect::source::rpm::{Form, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((form, bytes)) = bytes.split_first() else { return };
    let form = match form % 3 {
        0 => Form::Sqlite,
        1 => Form::Ndb,
        _ => Form::Bdb,
    };
    let _ = parse(bytes, "/f", form);
});
