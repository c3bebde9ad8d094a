//! `sshd -T`: the server's own account of the configuration in force outside every `Match` block.

use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use inspector_model::Place;
use inspector_model::host::{Setting, Settings};

const WHERE: &str = "sshd -T";
/// Ample: it needs 15 ms of processor time.
const PATIENCE: Duration = Duration::from_secs(5);
const OUTPUT_LIMIT: u64 = 1 << 20;

/// What the server of the running host says, or `None` where it cannot be asked: it needs to read its host keys. It is run
/// only when root alone could have written it or put it there, because we may be root ourselves.
pub(super) fn ask(program: &str) -> Option<Settings> {
    // Free of links, so that what was looked at is what is run.
    let program = std::fs::canonicalize(program).ok()?;
    if !roots_alone(&program, |path| std::fs::symlink_metadata(path).ok().map(|it| (it.uid(), it.mode()))) {
        return None;
    }
    let mut child = Command::new(program)
        .arg("-T")
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let output = child.stdout.take();
    let deadline = Instant::now() + PATIENCE;
    // The output fits the pipe; a program that writes more never ends by itself and meets the deadline.
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(2)),
            _ => {
                let _ended = child.kill().and_then(|()| child.wait());
                return None;
            }
        }
    };
    let mut text = String::new();
    output?.take(OUTPUT_LIMIT).read_to_string(&mut text).ok()?;
    status.success().then(|| parse(&text))
}

/// Whether root owns `path` and every directory above it, and nobody else may write to one of them; `stat` gives owner and
/// mode.
fn roots_alone(path: &Path, stat: impl Fn(&Path) -> Option<(u32, u32)>) -> bool {
    path.ancestors().all(|path| stat(path).is_some_and(|(owner, mode)| owner == 0 && mode & 0o022 == 0))
}

/// Reads `keyword value` lines; of a keyword with several lines the first.
pub(super) fn parse(text: &str) -> Settings {
    let mut settings = Settings::new();
    for (keyword, value) in text.lines().filter_map(|line| line.split_once(' ')) {
        settings
            .entry(keyword.to_ascii_lowercase())
            .or_insert_with(|| Setting { value: value.trim().to_owned(), at: Place::whole(WHERE) });
    }
    settings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_run_only_where_root_alone_could_have_put_it() {
        let good = [("/", 0, 0o755), ("/usr", 0, 0o755), ("/usr/sbin", 0, 0o755), ("/usr/sbin/sshd", 0, 0o755)];
        let cases = [
            (None, true),
            (Some(("/usr/sbin/sshd", 0, 0o775)), false),
            (Some(("/usr/sbin/sshd", 1000, 0o755)), false),
            (Some(("/usr/sbin", 0, 0o2775)), false),
            (Some(("/usr/sbin", 1000, 0o755)), false),
            (Some(("/usr", 0, 0o1777)), false),
            (Some(("/", 0, 0o757)), false),
        ];
        for (other, wanted) in cases {
            let stat = |path: &Path| {
                let named = |it: &&(&str, u32, u32)| Path::new(it.0) == path;
                other.iter().chain(&good).find(named).map(|(_, owner, mode)| (*owner, *mode))
            };
            assert_eq!(roots_alone(Path::new("/usr/sbin/sshd"), stat), wanted, "{other:?}");
        }
        assert!(!roots_alone(Path::new("/usr/sbin/sshd"), |_| None), "what cannot be looked at is not trusted");
    }
}
