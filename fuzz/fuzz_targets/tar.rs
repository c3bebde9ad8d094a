//! Fuzzes tape archives.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::io::Read;

use inspector_collect::image::tar::Tar;

fuzz_target!(|bytes: &[u8]| {
    let mut source = bytes;
    let mut archive = Tar::new(&mut source);
    while let Ok(Some(entry)) = archive.next_entry() {
        // Every other content is passed over.
        if entry.size % 2 == 0 {
            let _ = std::io::copy(&mut archive.content().take(1 << 20), &mut std::io::sink());
        }
    }
});
