//! The command line.

use std::path::PathBuf;

use inspector_model::Attribute;
use lexopt::prelude::*;

use crate::failure::Failure;
use crate::{Result, name};

/// What `--help` prints.
pub(crate) const HELP: &str = "\
Host agent of OpenInspector: collects facts about this machine when the service asks for them.

Usage:
  inspector-agent enroll --server URL --token-file FILE (--ca-fingerprint HEX | --ca-file FILE)
                         [--agent-id ID] [--tag KEY=VALUE]... [--proxy-file FILE] [--state-dir DIR]
  inspector-agent run    [--proxy-file FILE] [--state-dir DIR]
  inspector-agent show   [--root DIR]
  inspector-agent reset  [--state-dir DIR]

  enroll   exchange a one-use token for a client certificate; the key is made here and stays here
  run      check in, collect when asked, deliver; until told to stop
  show     print what would be sent, as openinspector.facts/1, and send nothing
  reset    forget the identity: before an image is made of this host, or before it enrols anew

Options:
  --server URL          where the service listens for agents, for example https://inspector.example:8443
  --token-file FILE     file that holds the token; `-` for standard input
  --ca-fingerprint HEX  SHA-256 of the service's CA certificate
  --ca-file FILE        the service's CA certificate itself, PEM
  --agent-id ID         the instance id; default: the EC2 instance id, else one derived from /etc/machine-id
  --tag KEY=VALUE       a tag by which a resource group may select this host
  --proxy-file FILE     lines of https_proxy=[http://][USER:PASSWORD@]HOST:PORT and no_proxy=LIST; default
                        /etc/inspector-agent/proxy.env, and the environment where that is missing
  --state-dir DIR       where the identity is kept; default /var/lib/inspector-agent
  --root DIR            look at this directory tree instead of the running machine
";

/// What the program was told to do.
#[derive(Debug)]
pub(crate) enum Command {
    Help,
    Version,
    Enroll(Enroll),
    Run(Run),
    Show(Show),
    Reset(Reset),
}

/// `enroll`.
#[derive(Debug)]
pub(crate) struct Enroll {
    /// `https://HOST:PORT`.
    pub(crate) server: String,
    /// `-` for standard input.
    pub(crate) token_file: PathBuf,
    /// Whom to trust.
    pub(crate) ca: Trust,
    /// The id to use instead of one found here.
    pub(crate) agent_id: Option<String>,
    /// Tags of a host that no snapshot describes.
    pub(crate) tags: Vec<Attribute>,
    /// Where the proxy is named.
    pub(crate) proxy_file: PathBuf,
    /// Where the identity is kept.
    pub(crate) state_dir: PathBuf,
}

/// How the service's CA is known before the first contact.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// By the SHA-256 of its certificate.
    Fingerprint([u8; 32]),
    /// By its certificate.
    File(PathBuf),
}

/// `run`.
#[derive(Debug)]
pub(crate) struct Run {
    /// Where the proxy is named.
    pub(crate) proxy_file: PathBuf,
    /// Where the identity is kept.
    pub(crate) state_dir: PathBuf,
    /// Whether this is the process that works, started by the one that watches it.
    pub(crate) worker: bool,
}

/// `reset`.
#[derive(Debug)]
pub(crate) struct Reset {
    /// Where the identity is kept.
    pub(crate) state_dir: PathBuf,
}

/// `show`.
#[derive(Debug)]
pub(crate) struct Show {
    /// A directory tree instead of the running machine.
    pub(crate) root: Option<PathBuf>,
}

/// Everything that may be given, before it is known what for.
#[derive(Debug, Default)]
struct Given {
    server: Option<String>,
    token_file: Option<PathBuf>,
    ca: Option<Trust>,
    proxy_file: Option<PathBuf>,
    agent_id: Option<String>,
    tags: Vec<Attribute>,
    state_dir: Option<PathBuf>,
    root: Option<PathBuf>,
    worker: bool,
}

/// Reads the command line.
pub(crate) fn parse(mut parser: lexopt::Parser) -> Result<Command> {
    let wrong = |error: lexopt::Error| Failure::new(error.to_string()).help("inspector-agent --help");
    let mut verb = None;
    let mut given = Given::default();
    while let Some(argument) = parser.next().map_err(wrong)? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Short('V') | Long("version") => return Ok(Command::Version),
            Long("worker") => given.worker = true,
            Value(word) if verb.is_none() => verb = Some(word.string().map_err(wrong)?),
            Long(option) => {
                let option = option.to_owned();
                let value = parser.value().map_err(wrong)?;
                given.take(&option, value)?;
            }
            other @ (Short(_) | Value(_)) => return Err(wrong(other.unexpected())),
        }
    }
    given.command(verb.as_deref())
}

impl Given {
    fn take(&mut self, option: &str, value: std::ffi::OsString) -> Result<()> {
        let text = || value.clone().into_string().map_err(|_| usage(format!("`--{option}` is not UTF-8")));
        match option {
            "server" => self.server = Some(server(&text()?)?),
            "token-file" => self.token_file = Some(value.into()),
            "ca-fingerprint" => self.ca = Some(Trust::Fingerprint(fingerprint(&text()?)?)),
            "ca-file" => self.ca = Some(Trust::File(value.into())),
            "proxy-file" => self.proxy_file = Some(value.into()),
            "agent-id" => self.agent_id = Some(agent_id(text()?)?),
            "tag" => self.tags.push(tag(&text()?)?),
            "state-dir" => self.state_dir = Some(value.into()),
            "root" => self.root = Some(value.into()),
            _ => return Err(usage(format!("`--{option}` is no option"))),
        }
        Ok(())
    }

    fn command(self, verb: Option<&str>) -> Result<Command> {
        let state_dir = self.state_dir.unwrap_or_else(|| PathBuf::from("/var/lib/inspector-agent"));
        let proxy_file = self.proxy_file.unwrap_or_else(|| PathBuf::from("/etc/inspector-agent/proxy.env"));
        match verb {
            Some("enroll") => Ok(Command::Enroll(Enroll {
                server: self.server.ok_or_else(|| usage("`enroll` needs `--server`"))?,
                token_file: self.token_file.ok_or_else(|| usage("`enroll` needs `--token-file`"))?,
                ca: self.ca.ok_or_else(|| usage("`enroll` needs `--ca-fingerprint` or `--ca-file`"))?,
                agent_id: self.agent_id,
                tags: self.tags,
                proxy_file,
                state_dir,
            })),
            Some("run") => Ok(Command::Run(Run { proxy_file, state_dir, worker: self.worker })),
            Some("reset") => Ok(Command::Reset(Reset { state_dir })),
            Some("show") => Ok(Command::Show(Show { root: self.root })),
            Some(other) => Err(usage(format!("`{other}` is no command: use enroll, run, show or reset"))),
            None => Err(usage("no command given: use enroll, run, show or reset")),
        }
    }
}

fn usage(what: impl Into<String>) -> Failure {
    Failure::new(what).help("inspector-agent --help")
}

fn server(text: &str) -> Result<String> {
    let rest = text.strip_prefix("https://").map(|rest| rest.trim_end_matches('/'));
    match rest {
        Some(authority) if !authority.is_empty() && !authority.contains(['/', '?', '#', '@']) => {
            Ok(format!("https://{authority}"))
        }
        _ => Err(usage(format!("`{text}` is not of the form https://HOST:PORT"))),
    }
}

/// Hexadecimal digits, with or without colons between the bytes.
fn fingerprint(text: &str) -> Result<[u8; 32]> {
    let mut bytes = [0; 32];
    match hex::decode_to_slice(text.trim().replace(':', ""), &mut bytes) {
        Ok(()) => Ok(bytes),
        Err(_) => Err(usage(format!("`{text}` is no SHA-256 fingerprint: use 64 hexadecimal digits"))),
    }
}

fn agent_id(text: String) -> Result<String> {
    if name::is_instance_id(&text) {
        Ok(text)
    } else {
        Err(usage(format!("`{text}` is no instance id: use `i-` and 8 to 17 hexadecimal digits")))
    }
}

fn tag(text: &str) -> Result<Attribute> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok(Attribute::new(key, value)),
        _ => Err(usage(format!("`{text}` is no tag: use KEY=VALUE"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIN: &str = "00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF";

    fn parsed(line: &str) -> Result<Command> {
        parse(lexopt::Parser::from_args(line.split_whitespace()))
    }

    #[test]
    fn an_enrolment_takes_everything_it_needs() {
        let line = format!(
            "enroll --server https://127.0.0.1:8443/ --token-file=- --ca-fingerprint {PIN} --tag Name=a --tag k=x=y"
        );
        let Ok(Command::Enroll(enroll)) = parsed(&line) else { panic!("no enrolment") };
        assert_eq!(enroll.server, "https://127.0.0.1:8443");
        assert!(matches!(enroll.ca, Trust::Fingerprint([0, 0x11, 0x22, ..])));
        assert_eq!(enroll.tags, [Attribute::new("Name", "a"), Attribute::new("k", "x=y")]);
        assert_eq!(enroll.state_dir, PathBuf::from("/var/lib/inspector-agent"));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let table = [
            ("", "no command"),
            ("frob", "`frob`"),
            ("run --frob x", "`--frob`"),
            ("enroll", "--server"),
            ("enroll --server http://x", "`http://x`"),
            ("enroll --server https://x --token-file t --ca-fingerprint 00", "`00`"),
            ("enroll --agent-id i-xyz", "`i-xyz`"),
            ("enroll --tag novalue", "`novalue`"),
            ("run extra words", "extra"),
        ];
        for (line, named) in table {
            let told = parsed(line).expect_err(line).to_string();
            assert!(told.contains(named), "{line}: {told}");
        }
    }
}
