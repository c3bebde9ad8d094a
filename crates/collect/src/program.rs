//! Programs of the running host that know what no file says. One is run only when root alone could have written it or put
//! it there, because we may be root ourselves; without an environment, within time, and its output is bounded.

use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What `program` prints, or `None` where it cannot be run, fails, or does not end within `patience`. More than `limit`
/// bytes are no answer.
pub(crate) fn ask(program: &str, arguments: &[&str], patience: Duration, limit: u64) -> Option<String> {
    // Free of links, so that what was looked at is what is run.
    let program = std::fs::canonicalize(program).ok()?;
    if !roots_alone(&program, |path| std::fs::symlink_metadata(path).ok().map(|it| (it.uid(), it.mode()))) {
        return None;
    }
    let mut child = Command::new(program)
        .args(arguments)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let output = child.stdout.take()?;
    // Read on the side: a full pipe would hold the program up.
    let reading = std::thread::spawn(move || {
        let mut text = String::new();
        let read = output.take(limit + 1).read_to_string(&mut text);
        read.ok().filter(|length| u64::try_from(*length).is_ok_and(|length| length <= limit)).map(|_| text)
    });
    let deadline = Instant::now() + patience;
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
    let text = reading.join().ok()??;
    status.success().then_some(text)
}

/// Whether root owns `path` and every directory above it, and nobody else may write to one of them; `stat` gives owner and
/// mode.
fn roots_alone(path: &Path, stat: impl Fn(&Path) -> Option<(u32, u32)>) -> bool {
    path.ancestors().all(|path| stat(path).is_some_and(|(owner, mode)| owner == 0 && mode & 0o022 == 0))
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

    #[test]
    fn output_beyond_the_limit_and_a_failing_program_are_no_answer() {
        let patience = Duration::from_secs(20);
        if roots_alone(Path::new("/usr/bin"), |path| std::fs::metadata(path).ok().map(|it| (it.uid(), it.mode()))) {
            assert_eq!(ask("/usr/bin/printf", &["abc"], patience, 3).as_deref(), Some("abc"));
            assert_eq!(ask("/usr/bin/printf", &["abcd"], patience, 3), None);
            assert_eq!(ask("/usr/bin/false", &[], patience, 3), None);
        }
        assert_eq!(ask("/nowhere/at/all", &[], patience, 3), None);
    }
}
