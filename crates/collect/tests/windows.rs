//! Windows hosts by what they print of themselves.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    dead_code,
    reason = "tests and their helpers"
)]

mod support;

use inspector_collect::windows::{Document, facts};
use inspector_model::host::{HostFacts, Windows};
use inspector_model::{Fact, Timestamp};
use proptest::prelude::*;
use support::{shared, unreadable};

/// Texts of our own writing, in the form that the programs print.
const SYSTEMINFO: &str = r"
Host Name:                 WEB-1
OS Name:                   Microsoft Windows Server 2022 Standard
OS Version:                10.0.20348 N/A Build 20348
System Type:               x64-based PC
Processor(s):              1 Processor(s) Installed.
                           [01]: Some Processor KB000000
Hotfix(s):                 2 Hotfix(s) Installed.
                           [01]: KB5004330
                           [02]: KB5005039
Network Card(s):           1 NIC(s) Installed.
                           [01]: Card
";
const GERMAN: &str = r"
Hostname:                                      PC-7
Betriebssystemname:                            Microsoft Windows 7 Professional
Betriebssystemversion:                         6.1.7601 Service Pack 1 Build 7601
Systemtyp:                                     x86-based PC
Installierte Updates:                          1 Update(s) installiert.
                                               [01]: KB958488
";
const REGISTRY: &str = r#"Windows Registry Editor Version 5.00

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\ComputerName\ComputerName]
@="mnmsrvc"
"ComputerName"="WEB-1"

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Session Manager\Environment]
"PROCESSOR_ARCHITECTURE"="AMD64"
"Path"=hex(2):25,00,53,00,79,00,\
  73,00,00,00

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion]
"ProductName"="Windows Server 2022 Standard"
"CurrentVersion"="6.3"
"CurrentBuild"="20348"
"CurrentMajorVersionNumber"=dword:0000000a
"CurrentMinorVersionNumber"=dword:00000000
"UBR"=dword:000000a9

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\Packages\Package_for_KB5005552~31bf3856ad364e35~amd64~~20348.1.1.1]
"CurrentState"=dword:00000070

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\Packages\Package_for_KB5000001~31bf3856ad364e35~amd64~~20348.1.1.1]
"CurrentState"=dword:00000050

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\{0A1B}]
"DisplayName"="Some \"Tool\" C:\\x"
"DisplayVersion"="1.2.3"
"Publisher"="Example"

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\Part]
"DisplayName"="Part of the system"
"SystemComponent"=dword:00000001

[HKEY_LOCAL_MACHINE\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall\Old]
"DisplayName"="Old tool"
"DisplayVersion"="7
of two lines"

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\Nameless]
"DisplayVersion"="1"

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\Unversioned]
"DisplayName"="Unversioned"
"#;

fn read(systeminfo: Option<&[u8]>, registry: Option<&[u8]>) -> HostFacts {
    let systeminfo = systeminfo.map(|bytes| Document { path: "info.txt", bytes });
    let registry = registry.map(|bytes| Document { path: "hklm.reg", bytes });
    facts(systeminfo, registry, Timestamp::from_millis(0))
}

fn windows(facts: &HostFacts) -> &Windows {
    facts.windows.as_ref().and_then(Fact::seen).unwrap_or_else(|| panic!("{:?}", facts.windows))
}

fn updates(facts: &HostFacts) -> Vec<String> {
    windows(facts).updates.iter().map(|update| format!("{} {}", update.kb, update.at)).collect()
}

fn utf16(text: &str) -> Vec<u8> {
    [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

#[test]
fn systeminfo_tells_build_machine_and_updates_with_their_lines() {
    let facts = read(Some(SYSTEMINFO.replace('\n', "\r\n").as_bytes()), None);
    let os = facts.os.seen().unwrap();
    assert_eq!((os.id.as_str(), os.version_id.as_deref()), ("windows", Some("10.0.20348")));
    assert_eq!(os.pretty_name, "Microsoft Windows Server 2022 Standard");
    assert_eq!(facts.hostname.seen().unwrap(), "WEB-1");
    assert_eq!((windows(&facts).build, windows(&facts).machine.as_str()), (20348, "x64"));
    assert_eq!(updates(&facts), ["KB5004330 info.txt:9", "KB5005039 info.txt:10"]);
    assert!(unreadable(&facts.packages).1.contains("lists no programs"));
}

#[test]
fn another_language_of_windows_is_read_by_its_values() {
    let facts = read(Some(GERMAN.as_bytes()), None);
    assert_eq!(facts.hostname.seen().unwrap(), "PC-7");
    assert_eq!((windows(&facts).service_pack, windows(&facts).version.as_str()), (Some(1), "6.1"));
    assert_eq!(updates(&facts), ["KB958488 info.txt:7"]);
    // A code page of old: bytes that are no UTF-8.
    let french = SYSTEMINFO.replace("Host Name:  ", "Nom de l\u{fffd}h\u{fffd}te:").replace('\u{fffd}', "?");
    let french: Vec<u8> = french.bytes().map(|byte| if byte == b'?' { 0x93 } else { byte }).collect();
    assert_eq!(windows(&read(Some(&french), None)).build, 20348);
}

#[test]
fn a_registry_tells_revision_updates_and_programs() {
    for bytes in [REGISTRY.as_bytes().to_vec(), utf16(&REGISTRY.replace('\n', "\r\n"))] {
        let facts = read(None, Some(&bytes));
        assert_eq!((windows(&facts).build, windows(&facts).revision), (20348, Some(169)));
        assert_eq!(windows(&facts).version, "10.0");
        assert_eq!(updates(&facts), ["KB5005552 hklm.reg:20"]);
        let inventory = facts.packages.seen().unwrap();
        let programs: Vec<_> =
            inventory.packages.iter().map(|it| [&*it.name, &*it.version, &*it.architecture].join("|")).collect();
        assert_eq!(programs, ["Old tool|7\nof two lines|x86", "Some \"Tool\" C:\\x|1.2.3|"]);
        assert_eq!(inventory.problems.len(), 1);
        assert!(inventory.problems[0].why.contains("`Unversioned` has no version"));
    }
}

#[test]
fn both_texts_together_tell_everything_if_they_are_of_one_system() {
    let facts = read(Some(SYSTEMINFO.as_bytes()), Some(REGISTRY.as_bytes()));
    assert_eq!(windows(&facts).revision, Some(169));
    assert_eq!(updates(&facts).len(), 3);
    assert_eq!(facts.packages.seen().unwrap().packages.len(), 2);
    let other = REGISTRY.replace("\"20348\"", "\"17763\"");
    let facts = read(Some(SYSTEMINFO.as_bytes()), Some(other.as_bytes()));
    let (_, why) = unreadable(facts.windows.as_ref().unwrap());
    assert!(why.contains("build 20348 in `info.txt` is not build 17763 in `hklm.reg`"), "{why}");
    assert!(matches!(facts.os, Fact::Unreadable { .. }) && matches!(facts.packages, Fact::Unreadable { .. }));
}

#[test]
fn a_text_that_is_cut_off_or_no_such_text_is_unreadable() {
    let line = |from: &str| SYSTEMINFO.lines().filter(|it| !it.starts_with(from)).collect::<Vec<_>>().join("\n");
    let info = [
        (String::new(), "tells no build"),
        (line("OS Version"), "tells no build"),
        (line("System Type"), "tells no machine"),
        (line("Hotfix").replace(": KB5", ": no"), "lists no updates"),
        (SYSTEMINFO.replace("2 Hotfix(s)", "3 Hotfix(s)"), "3 updates are counted and 2 listed"),
        (SYSTEMINFO.replace("2 Hotfix(s) Installed.", "some"), "expected a count of updates"),
    ];
    for (text, why) in info {
        let told = unreadable(&read(Some(text.as_bytes()), None).os).1;
        assert!(told.contains(why), "{why}: {told}");
    }
    let registry = [
        (String::new(), "is no export of a registry"),
        (REGISTRY.replace("Windows NT\\", ""), "tells no build"),
        (REGISTRY.replace("AMD64", "MIPS"), "tells no machine"),
        (REGISTRY.replace("\"UBR\"=", "UBR "), "expected `\"name\"=value`"),
        (format!("{REGISTRY}\"x\"=\"open"), "ends inside a value"),
        (format!("{REGISTRY}[-HKEY_LOCAL_MACHINE\\x]\n"), "takes a key away"),
        (format!("{REGISTRY}\"x\"=\"{}", "a\n".repeat(2000)), "a text of too many lines"),
    ];
    for (text, why) in registry {
        let told = unreadable(&read(None, Some(text.as_bytes())).os).1;
        assert!(told.contains(why), "{why}: {told}");
    }
}

#[test]
fn a_host_without_updates_has_none() {
    let text = SYSTEMINFO.replace("2 Hotfix(s) Installed.", "N/A");
    let text: Vec<&str> = text.lines().filter(|line| !line.contains("KB500")).collect();
    assert_eq!(updates(&read(Some(text.join("\r\n").as_bytes()), None)), Vec::<String>::new());
}

#[test]
fn real_hosts_are_read() {
    for (name, build, count) in
        [("10_22H2_x64_enterprise_en-us", 19045, 1), ("srv_2012r2_u1", 9600, 154), ("srv_2022", 20348, 3)]
    {
        let Some(file) = shared(&format!("cve-cases/windows-hotfix/{name}_systeminfo.txt")) else { return };
        let facts = read(Some(&std::fs::read(file).unwrap()), None);
        assert_eq!((windows(&facts).build, updates(&facts).len()), (build, count), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_stands_in_a_text_reading_it_ends(flips in prop::collection::vec((any::<u16>(), any::<u8>()), 0..8), cut in any::<u16>()) {
        for text in [SYSTEMINFO, REGISTRY] {
            let mut bytes = text.as_bytes().to_vec();
            for (at, value) in &flips {
                let length = bytes.len();
                bytes[usize::from(*at) % length] = *value;
            }
            bytes.truncate(usize::from(cut) % (bytes.len() + 1));
            let _ = read(Some(&bytes), Some(&bytes));
        }
    }
}
