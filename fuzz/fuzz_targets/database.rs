//! Fuzzes the compiled database of advisories.
#![no_main]

use inspector_vuln::database::Database;
use inspector_vuln::release::RELEASES;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(database) = Database::open(bytes.to_vec()) else { return };
    for release in RELEASES {
        let Ok(Some(index)) = database.release(release.key) else { continue };
        let _ = database.documents(index);
        for package in ["openssl", "a", ""] {
            let Ok(Some(runs)) = database.lookup(index, package, b"1") else { continue };
            for entry in runs.before.chain(runs.affecting).take(100).filter_map(|it| database.entry(it).ok()) {
                let _ = database.cve_id(entry.cve);
                let _ = database.all_scores(entry.cve);
                let _ = database.exploitation(entry.cve);
                let _ = database.description(entry.cve);
            }
        }
    }
});
