//! Fuzzes the configuration of the SSH server.
#![no_main]

use inspector_collect::source::sshd::{Text, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = Text { path: "/f".to_owned(), bytes: bytes.to_vec() };
    let again = text.clone();
    let _ = parse(&text, &mut |_| Ok(vec![again.clone()]));
});
