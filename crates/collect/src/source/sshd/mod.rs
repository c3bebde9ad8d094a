//! The SSH server's configuration: what its files say, line by line, and what the server itself says it makes of them.
//!
//! The files are always read, because only they give the line to change and the `Match` blocks. On a running host
//! `sshd -T` is asked as well: where both agree, the line stands as evidence; where they do not, the server is right.

mod defaults;
mod effective;
mod parse;
mod words;

use inspector_model::host::{HostScope, Setting, Settings, SshdConfig};
use inspector_model::openssh::Release;
use inspector_model::{Fact, Place};

use super::missing;
use crate::root::{DATABASE, ReadError, Root};

pub use defaults::{DEFAULTS, Default};
pub use parse::{Text, parse};

/// Where distributions install the server.
const PROGRAMS: [&str; 4] = ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/sbin/sshd", "/usr/bin/sshd"];
/// The main file of its configuration.
pub const CONFIG: &str = "/etc/ssh/sshd_config";

/// The configuration in force, absent where no server is installed.
pub fn collect(root: &Root) -> Fact<SshdConfig> {
    let (program, bytes) = match installed(root) {
        Ok(found) => found,
        Err(other) => return other,
    };
    let mut config = match files(root, CONFIG) {
        Fact::Seen { value, .. } => value,
        Fact::Absent { at } => {
            return Fact::Unreadable { at, why: format!("`{program}` is installed without its configuration") };
        }
        unreadable @ Fact::Unreadable { .. } => return unreadable,
    };
    config.version = parse_version(&bytes);
    if root.scope() == HostScope::Live
        && let Some(effective) = effective::ask(program)
    {
        merge(&mut config.global, effective);
    }
    if let Some(version) = config.version {
        defaults::fill(&mut config.global, version);
    }
    Fact::Seen { value: config, at: Place::whole(CONFIG) }
}

/// What `path` and the files that it includes say, without the server's own account and without defaults.
pub fn files(root: &Root, path: &str) -> Fact<SshdConfig> {
    match parse::read(root, path) {
        Ok(value) => Fact::Seen { value, at: Place::whole(path) },
        Err(parse::Stop { at, error: ReadError::Absent }) => Fact::Absent { at },
        Err(parse::Stop { at, error: ReadError::Unreadable(why) }) => Fact::Unreadable { at, why },
    }
}

fn installed(root: &Root) -> Result<(&'static str, Vec<u8>), Fact<SshdConfig>> {
    for program in PROGRAMS {
        match root.read(program, DATABASE) {
            Ok(bytes) => return Ok((program, bytes)),
            Err(ReadError::Absent) => {}
            Err(error) => return Err(missing(program, error)),
        }
    }
    let [usual, ..] = PROGRAMS;
    Err(Fact::Absent { at: Place::whole(usual) })
}

/// The release that the program names in itself, as in `OpenSSH_9.2p1`: `9.2`.
pub fn parse_version(program: &[u8]) -> Option<Release> {
    const NAME: &[u8] = b"OpenSSH_";
    let mut rest = program;
    while let Some(at) = rest.windows(NAME.len()).position(|window| window == NAME) {
        rest = rest.get(at + NAME.len()..)?;
        let version: String =
            rest.iter().map(|byte| char::from(*byte)).take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        // The program also holds patterns of other releases, such as `OpenSSH_3.*`.
        if rest.get(version.len()) != Some(&b'*')
            && let Ok(release) = version.parse()
        {
            return Some(release);
        }
    }
    None
}

/// Lays what the server says over what its files say.
fn merge(files: &mut Settings, effective: Settings) {
    for (keyword, said) in effective {
        match files.get(&keyword) {
            Some(read) if parse::accumulates(&keyword) || same(&read.value, &said.value) => {}
            _ => {
                files.insert(keyword, Setting { value: said.value, at: said.at });
            }
        }
    }
}

/// Whether two spellings mean the same to the server.
fn same(one: &str, other: &str) -> bool {
    let canonical = |text: &str| match text.to_ascii_lowercase().as_str() {
        "true" => "yes".to_owned(),
        "false" => "no".to_owned(),
        "without-password" => "prohibit-password".to_owned(),
        other => other.to_owned(),
    };
    canonical(one) == canonical(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_release_is_read_out_of_the_program() {
        assert_eq!(parse_version(b"\0OpenSSH_9.2p1 Debian-2\0"), Some(Release { major: 9, minor: 2 }));
        assert_eq!(parse_version(b"OpenSSH_3.* OpenSSH_2.*,\0OpenSSH_10.0p2\0"), Some(Release { major: 10, minor: 0 }));
        assert_eq!(parse_version(b"dropbear OpenSSH_snapshot OpenSSH_9. OpenSSH_9.2.1"), None);
    }

    #[test]
    fn where_files_and_server_agree_the_line_stands_and_where_not_the_server_is_right() {
        let setting = |value: &str, at| Setting { value: value.to_owned(), at };
        let line = |number| Place::line(CONFIG, number);
        let mut files = Settings::from([
            ("permitrootlogin".to_owned(), setting("prohibit-password", line(1))),
            ("passwordauthentication".to_owned(), setting("no", line(2))),
            ("port".to_owned(), setting("22 2222", line(3))),
        ]);
        let said = "permitrootlogin without-password\npasswordauthentication yes\nport 22\nusedns no\n";
        merge(&mut files, effective::parse(said));
        let at = |keyword: &str| files.get(keyword).map(|setting| (setting.value.as_str(), setting.at.to_string()));
        assert_eq!(at("permitrootlogin"), Some(("prohibit-password", format!("{CONFIG}:1"))));
        assert_eq!(at("passwordauthentication"), Some(("yes", "sshd -T".to_owned())));
        assert_eq!(at("port"), Some(("22 2222", format!("{CONFIG}:3"))));
        assert_eq!(at("usedns"), Some(("no", "sshd -T".to_owned())));
    }

    #[test]
    fn defaults_are_those_of_the_installed_release() {
        for (version, expected) in [("6.6", "yes"), ("7.0", "prohibit-password"), ("10.0", "prohibit-password")] {
            let mut settings = Settings::new();
            defaults::fill(&mut settings, version.parse().unwrap());
            assert_eq!(settings.get("permitrootlogin").map(|setting| setting.value.as_str()), Some(expected));
        }
    }
}
