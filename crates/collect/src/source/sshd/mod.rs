//! The SSH server's configuration: what its files say, line by line, and what the server itself says it makes of them.
//!
//! The files are always read, because only they give the line to change and the `Match` blocks. On a running host
//! `sshd -T` is asked as well: where both agree, the line stands as evidence; where they do not, the server is right.

mod defaults;
mod effective;
mod parse;
mod words;

use inspector_model::host::{HostScope, Setting, Settings, SshdConfig};
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
    let mut config = match parse::read(root, CONFIG) {
        Ok(config) => config,
        Err(parse::Stop { at, error: ReadError::Absent }) => {
            return Fact::Unreadable { at, why: format!("`{program}` is installed without its configuration") };
        }
        Err(parse::Stop { at, error: ReadError::Unreadable(why) }) => return Fact::Unreadable { at, why },
    };
    config.version = parse_version(&bytes);
    if root.scope() == HostScope::Live
        && let Some(effective) = effective::ask(root, program)
    {
        merge(&mut config.global, effective);
    }
    if let Some(version) = &config.version {
        defaults::fill(&mut config.global, version);
    }
    Fact::Seen { value: config, at: Place::whole(CONFIG) }
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
pub fn parse_version(program: &[u8]) -> Option<String> {
    const NAME: &[u8] = b"OpenSSH_";
    let mut rest = program;
    while let Some(at) = rest.windows(NAME.len()).position(|window| window == NAME) {
        rest = rest.get(at + NAME.len()..)?;
        let version: String =
            rest.iter().map(|byte| char::from(*byte)).take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        // The program also holds patterns of other releases, such as `OpenSSH_3.*`.
        if rest.get(version.len()) != Some(&b'*') && version.split('.').filter(|part| !part.is_empty()).count() == 2 {
            return Some(version);
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
