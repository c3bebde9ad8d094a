//! Accounts and what is asked of their passwords, from small roots.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    dead_code,
    reason = "tests and their helpers"
)]

mod support;

use inspector_model::Fact;
use inspector_model::host::{PamEntry, Settings};
use support::{facts, unreadable};

const PASSWD: &str = "etc/passwd";
const SHADOW: &str = "etc/shadow";

fn accounts(passwd: &str, shadow: &str) -> Vec<(String, Option<u32>, String)> {
    match facts(&[(PASSWD, passwd), (SHADOW, shadow)]).accounts {
        Fact::Seen { value, .. } => {
            value.into_iter().map(|account| (account.name, account.max_days, account.at.to_string())).collect()
        }
        other @ (Fact::Absent { .. } | Fact::Unreadable { .. }) => panic!("{other:?}"),
    }
}

#[test]
fn only_accounts_with_a_usable_password_are_listed_with_their_maximum_age() {
    let shadow = "root:$y$j9T$salt$hash:19000:0:99999:7:::\ndaemon:*:19000:0:99999:7:::\nlocked:!$6$x$y:19000:0:90:7:::\n\
                  old:!!:19000:0:90:7:::\nalice:$6$x$y:19000:0:90:7:::\nnobody-asks::19000:0::7:::\nbob:$6$x$y:19000:0:-1:7:::\n";
    assert_eq!(
        accounts("root:x:0:0:root:/root:/bin/bash\n", shadow),
        [
            ("alice".to_owned(), Some(90), "/etc/shadow:5".to_owned()),
            ("bob".to_owned(), None, "/etc/shadow:7".to_owned()),
            ("nobody-asks".to_owned(), None, "/etc/shadow:6".to_owned()),
            ("root".to_owned(), Some(99_999), "/etc/shadow:1".to_owned()),
        ]
    );
}

#[test]
fn a_hash_in_passwd_itself_knows_no_age() {
    let passwd = "root:x:0:0::/root:/bin/sh\nlegacy:abJnggxhB/yWI:1000:1000::/:/bin/sh\nftp:*:14:50::/:/bin/false\n";
    assert_eq!(accounts(passwd, "root:*:1:0:9:7:::\n"), [("legacy".to_owned(), None, "/etc/passwd:2".to_owned())]);
}

#[test]
fn no_hash_leaves_the_host() {
    let host = facts(&[(PASSWD, "legacy:abJnggxhB/yWI:1:1::/:/bin/sh\n"), (SHADOW, "root:$6$salt$hash:1:0:9:7:::\n")]);
    let text = serde_json::to_string(&host).unwrap();
    assert!(text.contains("\"legacy\"") && text.contains("\"root\""));
    assert!(!text.contains("abJnggxhB") && !text.contains("salt"));
}

#[test]
fn accounts_that_cannot_be_known_are_unreadable() {
    let table = [
        ("root:x:0:0::/:/bin/sh\n+::::::\n", "", "/etc/passwd:2", "directory service"),
        ("root:x:0:0::/:/bin/sh\n", "root:$6$x:1:0:soon:7:::\n", "/etc/shadow:1", "no number"),
        ("root:x:0:0::/:/bin/sh\n", "root:$6$x\n", "/etc/shadow:1", "fewer fields"),
        ("nonsense\n", "", "/etc/passwd:1", "form"),
    ];
    for (passwd, shadow, place, reason) in table {
        let (at, why) = unreadable(&facts(&[(PASSWD, passwd), (SHADOW, shadow)]).accounts);
        assert!(at == place && why.contains(reason), "{at}: {why}");
    }
}

#[test]
fn login_defs_gives_the_last_value_and_its_line() {
    let text = "# PASS_MAX_DAYS 1\nPASS_MAX_DAYS\t99999\n  UMASK 022\nPASS_MAX_DAYS   90\nEMPTY\n";
    let Fact::Seen { value, .. } = facts(&[("etc/login.defs", text)]).login_defs else { panic!("not read") };
    let told: Vec<_> = value.iter().map(|(key, setting)| format!("{key}={} {}", setting.value, setting.at)).collect();
    assert_eq!(told, ["PASS_MAX_DAYS=90 /etc/login.defs:4", "UMASK=022 /etc/login.defs:3"]);
}

fn pwquality(files: &[(&str, &str)]) -> Settings {
    match facts(files).pwquality {
        Fact::Seen { value, .. } => value,
        other @ (Fact::Absent { .. } | Fact::Unreadable { .. }) => panic!("{other:?}"),
    }
}

#[test]
fn the_main_file_of_pwquality_wins_over_its_directory() {
    let settings = pwquality(&[
        ("etc/security/pwquality.conf", "# minlen = 8\nminlen = 14 # at least\nenforcing\n"),
        ("etc/security/pwquality.conf.d/20.conf", "minlen=20\nocredit -1\n"),
        ("etc/security/pwquality.conf.d/10.conf", "ocredit = 1\n"),
        ("etc/security/pwquality.conf.d/30.bak", "minlen = 1\n"),
    ]);
    let told = |key: &str| format!("{} {}", settings[key].value, settings[key].at);
    assert_eq!(told("minlen"), "14 /etc/security/pwquality.conf:2");
    assert_eq!(told("ocredit"), "-1 /etc/security/pwquality.conf.d/20.conf:2");
    assert_eq!(settings["enforcing"].value, "");
}

#[test]
fn pwhistory_gives_the_last_value_and_its_line() {
    let text = "# remember = 5\nremember = 10\nenforce_for_root\nremember=24 # passwords\n";
    let Fact::Seen { value, .. } = facts(&[("etc/security/pwhistory.conf", text)]).pwhistory else {
        panic!("not read")
    };
    let remember = &value["remember"];
    assert_eq!((remember.value.as_str(), remember.at.to_string().as_str()), ("24", "/etc/security/pwhistory.conf:4"));
    assert!(matches!(facts(&[]).pwhistory, Fact::Absent { .. }));
}

#[test]
fn facts_of_an_agent_that_did_not_look_for_pwhistory_say_so() {
    let mut older = serde_json::to_value(facts(&[])).unwrap();
    assert!(older.as_object_mut().unwrap().remove("pwhistory").is_some());
    let read: inspector_model::host::HostFacts = serde_json::from_value(older).unwrap();
    let (at, why) = unreadable(&read.pwhistory);
    assert!(at == "/etc/security/pwhistory.conf" && why.contains("not looked for"), "{at}: {why}");
}

fn pam(files: &[(&str, &str)]) -> Vec<PamEntry> {
    match facts(files).pam_password {
        Fact::Seen { value, .. } => value,
        other @ (Fact::Absent { .. } | Fact::Unreadable { .. }) => panic!("{other:?}"),
    }
}

fn told(entries: &[PamEntry]) -> Vec<String> {
    entries.iter().map(|it| format!("{} {} {} {}", it.control, it.module, it.arguments.join(","), it.at)).collect()
}

#[test]
fn the_stack_of_debian_is_read_through_its_include() {
    let entries = pam(&[
        ("etc/pam.d/passwd", "# comment\n@include common-password\n"),
        (
            "etc/pam.d/common-password",
            "password\trequisite\tpam_pwquality.so retry=3\npassword [success=1 default=ignore] \\\n  pam_unix.so obscure\n\
             auth required pam_env.so\n-password optional /lib/security/pam_gnome_keyring.so # on desktops\n",
        ),
    ]);
    assert_eq!(
        told(&entries),
        [
            "requisite pam_pwquality.so retry=3 /etc/pam.d/common-password:1",
            "[success=1 default=ignore] pam_unix.so obscure /etc/pam.d/common-password:2",
            "optional pam_gnome_keyring.so  /etc/pam.d/common-password:5",
        ]
    );
}

#[test]
fn the_stack_of_red_hat_is_read_through_its_substack() {
    let entries = pam(&[
        ("etc/pam.d/passwd", "auth include system-auth\npassword substack system-auth\n"),
        (
            "etc/pam.d/system-auth",
            "auth required pam_faillock.so\npassword requisite pam_pwquality.so local_users_only\n",
        ),
    ]);
    assert_eq!(told(&entries), ["requisite pam_pwquality.so local_users_only /etc/pam.d/system-auth:2"]);
}

#[test]
fn the_vendors_directory_stands_in_for_the_administrators() {
    assert_eq!(pam(&[("usr/lib/pam.d/passwd", "password required pam_unix.so\n")]).len(), 1);
}

#[test]
fn a_stack_that_cannot_be_followed_is_unreadable_at_its_line() {
    let table = [
        ("@include missing\n", "/etc/pam.d/passwd:1", "`missing`, which is not there"),
        ("password include passwd\n", "/etc/pam.d/passwd:1", "too deeply"),
        ("\npassword required\n", "/etc/pam.d/passwd:2", "no module"),
    ];
    for (text, place, reason) in table {
        let (at, why) = unreadable(&facts(&[("etc/pam.d/passwd", text)]).pam_password);
        assert!(at == place && why.contains(reason), "{at}: {why}");
    }
    assert!(matches!(facts(&[]).pam_password, Fact::Absent { .. }));
}
