//! One `inspector serve` as a child process.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A running server; dropping it kills it.
pub(crate) struct Server {
    child: Child,
    pub(crate) api: String,
    pub(crate) agents: String,
}

/// The program with its arguments, on ports that the system chooses.
pub(crate) fn command(dir: &Path) -> Command {
    command_on(dir, "127.0.0.1:0")
}

/// The same with another address of the API.
pub(crate) fn command_on(dir: &Path, listen: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_inspector"));
    command.args(["serve", "--listen", listen, "--agent-listen", "127.0.0.1:0", "--data-dir"]).arg(dir);
    command.env_remove("INSPECTOR_LOG").env("NO_COLOR", "1");
    command
}

impl Server {
    /// Starts the program and reads from it where it listens.
    pub(crate) fn start(dir: &Path) -> Self {
        Self::start_with(&mut command(dir))
    }

    /// The same with arguments of its own.
    pub(crate) fn start_with(command: &mut Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (mut api, mut agents, mut said) = (None, None, Vec::new());
        while api.is_none() || agents.is_none() {
            let line = lines.next().unwrap_or_else(|| panic!("the server ended: {said:?}")).unwrap();
            api = line.strip_prefix("API").map(|rest| rest.trim().to_owned()).or(api);
            agents = line.strip_prefix("agents").map(|rest| rest.trim().to_owned()).or(agents);
            said.push(line);
        }
        // The pipe must be read to its end, or the server would wait for room in it.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, api: api.unwrap(), agents: agents.unwrap() }
    }

    /// `kill -9`.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM; returns whether it ended with exit code 0.
    pub(crate) fn terminate(mut self) -> bool {
        Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        self.child.wait().unwrap().success()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// Runs a server that is expected to refuse; its exit code and what it said.
pub(crate) fn refusal(command: &mut Command) -> (Option<i32>, String) {
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    (child.wait().unwrap().code(), said)
}
