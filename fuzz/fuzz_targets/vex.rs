//! Fuzzes statements of suppliers, OpenVEX and CSAF.
#![no_main]

use inspector_vuln::vex::Vex;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = Vex::default().add(bytes, "f");
});
