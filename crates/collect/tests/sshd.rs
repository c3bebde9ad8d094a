//! The SSH server's configuration, against `sshd -T` itself on generated configurations.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    dead_code,
    reason = "tests and their helpers"
)]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use inspector_collect::Root;
use inspector_collect::source::sshd::files;
use inspector_model::Fact;
use inspector_model::host::SshdConfig;
use proptest::prelude::*;
use support::{facts, tree, unreadable};

const CONFIG: &str = "etc/ssh/sshd_config";
/// A stand-in for the server's program: all that is read of it is the release that it names.
const PROGRAM: (&str, &str) = ("usr/sbin/sshd", "\0OpenSSH_9.2p1\0");

fn config(others: &[(&str, &str)]) -> Fact<SshdConfig> {
    facts(&[&[PROGRAM], others].concat()).sshd
}

fn seen(others: &[(&str, &str)]) -> SshdConfig {
    match config(others) {
        Fact::Seen { value, .. } => value,
        other @ (Fact::Absent { .. } | Fact::Unreadable { .. }) => panic!("{other:?}"),
    }
}

#[test]
fn the_first_value_wins_and_its_line_is_kept() {
    let config = seen(&[(CONFIG, "# comment\nPermitRootLogin no\npermitrootlogin yes\n")]);
    let setting = &config.global["permitrootlogin"];
    assert_eq!((setting.value.as_str(), setting.at.to_string().as_str()), ("no", "/etc/ssh/sshd_config:2"));
}

#[test]
fn what_no_file_sets_has_the_default_of_the_release_and_says_so() {
    let config = seen(&[(CONFIG, "")]);
    assert_eq!(config.version, Some("9.2".parse().unwrap()));
    let setting = &config.global["passwordauthentication"];
    assert_eq!((setting.value.as_str(), setting.at.to_string().as_str()), ("yes", "default of OpenSSH 9.2"));
}

#[test]
fn includes_stand_in_their_place_in_the_order_of_their_names() {
    let config = seen(&[
        (CONFIG, "Include sshd_config.d/*.conf\nPermitRootLogin yes\nX11Forwarding yes\n"),
        ("etc/ssh/sshd_config.d/20-b.conf", "X11Forwarding no\nPermitRootLogin no\n"),
        ("etc/ssh/sshd_config.d/10-a.conf", "X11Forwarding no\n"),
        ("etc/ssh/sshd_config.d/05-c.disabled", "PermitRootLogin yes\n"),
    ]);
    let at = |keyword: &str| config.global[keyword].at.to_string();
    assert_eq!(at("permitrootlogin"), "/etc/ssh/sshd_config.d/20-b.conf:2");
    assert_eq!(at("x11forwarding"), "/etc/ssh/sshd_config.d/10-a.conf:1");
}

#[test]
fn a_match_block_ends_with_its_file() {
    let config = seen(&[
        (CONFIG, "Include a.conf\nPermitRootLogin no\nMatch User b\nInclude a.conf\nX11Forwarding no\n"),
        ("etc/ssh/a.conf", "Banner none\nMatch Group c\nPermitRootLogin yes\n"),
    ]);
    assert_eq!(config.global["permitrootlogin"].value, "no");
    let blocks: Vec<(&str, Vec<&str>)> = config
        .matches
        .iter()
        .map(|block| (block.criteria.as_str(), block.settings.keys().map(String::as_str).collect()))
        .collect();
    assert_eq!(
        blocks,
        [
            ("Group c", vec!["permitrootlogin"]),
            ("User b", vec!["banner"]),
            ("User b Group c", vec!["permitrootlogin"]),
            ("User b", vec!["x11forwarding"]),
        ]
    );
}

#[test]
fn a_host_without_the_server_has_no_configuration() {
    assert!(matches!(facts(&[(CONFIG, "PermitRootLogin no\n")]).sshd, Fact::Absent { .. }));
}

#[test]
fn what_the_server_would_refuse_is_unreadable_with_its_line() {
    let table = [
        ("Port 22\nBanner \"open\n", "/etc/ssh/sshd_config:2", "quotation mark"),
        ("PermitRootLogin\n", "/etc/ssh/sshd_config:1", "without a value"),
        ("Include \u{fffd}.conf\n", "/etc/ssh/sshd_config:1", "not UTF-8"),
        ("Include sshd_config\n", "/etc/ssh/sshd_config", "too deeply"),
        ("Include sshd_config.d/*\n", "/etc/ssh/sshd_config:1", "cannot read the included"),
    ];
    for (text, place, reason) in table {
        let (at, why) = unreadable(&config(&[(CONFIG, text), ("etc/ssh/sshd_config.d/folder/", "")]));
        assert_eq!(at, place, "{text}");
        assert!(why.contains(reason), "{text}: {why}");
    }
    let (_, why) = unreadable(&config(&[]));
    assert!(why.contains("without its configuration"), "{why}");
}

#[test]
fn a_link_out_of_the_root_is_not_followed() {
    let (at, why) = unreadable(&config(&[(CONFIG, "-> ../../../../../../../../etc/passwd")]));
    assert_eq!(at, "/etc/ssh/sshd_config");
    assert!(why.contains("leads nowhere"), "{why}");
}

/// One line of a generated configuration.
#[derive(Debug, Clone)]
enum Line {
    Set { keyword: &'static str, value: &'static str, style: u8 },
    Match(&'static str),
    Include(Vec<Vec<Line>>),
}

/// Keywords that may stand in a `Match` block, with values, and the default of OpenSSH 7.0 and later.
const KEYWORDS: [(&str, [&str; 4], &str); 4] = [
    ("PermitRootLogin", ["no", "yes", "prohibit-password", "forced-commands-only"], "prohibit-password"),
    ("PasswordAuthentication", ["yes", "no", "yes", "no"], "yes"),
    ("MaxAuthTries", ["3", "4", "5", "7"], "6"),
    ("X11Forwarding", ["yes", "no", "yes", "no"], "no"),
];
const CRITERIA: [&str; 4] = ["all", "User alice", "User bob", "User alice,bob"];

fn any_line() -> impl Strategy<Value = Line> {
    let set = (0..KEYWORDS.len(), 0..4_usize, 0..4_u8).prop_map(|(keyword, value, style)| Line::Set {
        keyword: KEYWORDS[keyword].0,
        value: KEYWORDS[keyword].1[value],
        style,
    });
    let block = (0..CRITERIA.len()).prop_map(|criteria| Line::Match(CRITERIA[criteria]));
    prop_oneof![4 => set, 1 => block].prop_recursive(2, 24, 5, |inner| {
        let included = prop::collection::vec(prop::collection::vec(inner.clone(), 1..5), 1..3);
        prop_oneof![5 => inner, 1 => included.prop_map(Line::Include)]
    })
}

/// Writes `lines` to a file of `folder` and returns its name.
fn write(lines: &[Line], folder: &Path, count: &mut u32) -> PathBuf {
    let path = folder.join(format!("{count}.conf"));
    *count += 1;
    let mut text = String::new();
    for line in lines {
        text += &match line {
            Line::Set { keyword, value, style: 0 } => format!("{keyword} {value}\n"),
            Line::Set { keyword, value, style: 1 } => format!("  {}={value}\n", keyword.to_uppercase()),
            Line::Set { keyword, value, style: 2 } => format!("{} \"{value}\" # comment\n", keyword.to_lowercase()),
            Line::Set { keyword, value, .. } => format!("\t{keyword} =  {value}\t\n"),
            Line::Match(criteria) => format!("Match {criteria}\n"),
            Line::Include(files) => {
                files
                    .iter()
                    .fold("Include".to_owned(), |line, file| format!("{line} {}", write(file, folder, count).display()))
                    + "\n"
            }
        };
    }
    std::fs::write(&path, text).unwrap();
    path
}

/// What our reading says holds for `user`.
fn held<'a>(config: &'a SshdConfig, user: &str, keyword: &str) -> Option<&'a str> {
    let holds = |criteria: &str| {
        criteria
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .replace("all", "")
            .split("User ")
            .all(|names| names.trim().is_empty() || names.trim().split(',').any(|name| name == user))
    };
    let blocks = config.matches.iter().filter(|block| holds(&block.criteria));
    let mut settings = blocks.map(|block| &block.settings).chain([&config.global]);
    settings.find_map(|settings| settings.get(keyword)).map(|setting| setting.value.as_str())
}

/// The real server with a key of its own, in a mount namespace where its run-time directory exists.
struct Server {
    folder: tempfile::TempDir,
}

impl Server {
    fn start() -> Option<Self> {
        let server = Self { folder: tree(&[("empty", "")]) };
        let key = server.folder.path().join("key");
        let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).status();
        let ready = made.is_ok_and(|status| status.success())
            && server.effective(&server.folder.path().join("empty"), "alice").is_ok();
        if !ready {
            eprintln!("skipped: `sshd -T` cannot be run here: it needs openssh-server and root rights");
        }
        ready.then_some(server)
    }

    /// `sshd -T` for a connection of `user`.
    fn effective(&self, config: &Path, user: &str) -> Result<String, String> {
        let script = "mount -t tmpfs tmpfs /run && mkdir /run/sshd && exec /usr/sbin/sshd -T \"$@\"";
        let output = Command::new("unshare")
            .args(["--mount", "sh", "-c", script, "sshd", "-h"])
            .arg(self.folder.path().join("key"))
            .args(["-C", &format!("user={user},host=h.example,addr=192.0.2.1"), "-f"])
            .arg(config)
            .output()
            .map_err(|error| error.to_string())?;
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
    }
}

#[test]
fn our_reading_is_that_of_the_server() {
    let Some(server) = Server::start() else { return };
    let root = Root::live().unwrap();
    let spelling = |value: &str| value.replace("without-password", "prohibit-password");
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 48,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let tested = runner.run(&prop::collection::vec(any_line(), 0..14), |lines| {
        let folder = tempfile::tempdir().unwrap();
        let main = write(&lines, folder.path(), &mut 0);
        let Fact::Seen { value: ours, .. } = files(&root, main.to_str().unwrap()) else {
            return Err(TestCaseError::fail("unreadable"));
        };
        for user in ["alice", "bob", "carol"] {
            let theirs = server.effective(&main, user).map_err(TestCaseError::fail)?;
            for (keyword, _, default) in KEYWORDS {
                let keyword = keyword.to_lowercase();
                let line = theirs.lines().find_map(|line| line.strip_prefix(&format!("{keyword} "))).unwrap();
                let value = held(&ours, user, &keyword).unwrap_or(default);
                prop_assert_eq!(spelling(value), spelling(line), "{} for {}", keyword, user);
            }
        }
        Ok(())
    });
    tested.unwrap();
}
