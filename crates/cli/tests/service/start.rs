//! Starting, refusing to start, and who may talk to the agents' listener.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use inspector_model::Timestamp;

use crate::agent::{Agent, heartbeat};
use crate::api::Client;
use crate::host;
use crate::server::{Server, command, command_on, refusal};

/// One line that says what and why, perhaps one that helps.
fn assert_one_line(said: &str, names: &[&str]) {
    let lines: Vec<_> = said.lines().collect();
    assert!(lines.len() <= 2 && lines.get(1).is_none_or(|line| line.starts_with("help: ")), "{said}");
    assert!(names.iter().all(|name| lines[0].contains(name)), "{said}");
}

#[test]
fn two_servers_do_not_share_a_data_directory() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    let (code, said) = refusal(&mut command(data.path()));
    assert_eq!(code, Some(2));
    assert_one_line(&said, &[&data.path().display().to_string(), "in use"]);
    server.kill();
    assert!(Server::start(data.path()).terminate(), "the lock of a dead server holds nobody up");
}

#[test]
fn a_port_in_use_is_named_and_nothing_stays_behind() {
    let data = tempfile::tempdir().unwrap();
    let holder = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = holder.local_addr().unwrap().to_string();
    let (code, said) = refusal(&mut command_on(data.path(), &address));
    assert_eq!(code, Some(2));
    assert_one_line(&said, &[&address]);
    assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), 0);
}

#[test]
fn the_run_script_takes_no_other_service_for_its_own() {
    let (data, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::start(other.path());
    let address = server.api.strip_prefix("http://").unwrap();
    let programs = Path::new(env!("CARGO_BIN_EXE_inspector")).parent().unwrap();
    let mut script = Command::new("scripts/run");
    script.arg(programs).current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    script.env("INSPECTOR_DATA_DIR", data.path().join("new")).env("INSPECTOR_AGENT_PORT", "0").env("NO_COLOR", "1");
    script.env("INSPECTOR_PORT", address.rsplit_once(':').unwrap().1).env_remove("INSPECTOR_LOG");
    let (code, said) = refusal(&mut script);
    assert_eq!(code, Some(2), "{said}");
    assert_one_line(&said, &[address]);
    let mode = std::fs::metadata(data.path().join("new")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[test]
fn an_address_that_others_reach_needs_to_be_asked_for() {
    let data = tempfile::tempdir().unwrap();
    let (code, said) = refusal(&mut command_on(data.path(), "0.0.0.0:0"));
    assert_eq!(code, Some(2));
    assert_one_line(&said, &["0.0.0.0:0", "TLS"]);
    assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), 0);
}

#[test]
fn the_first_key_is_for_its_owner_alone_and_stays_the_same() {
    let data = tempfile::tempdir().unwrap();
    Server::start(data.path()).kill();
    let path = data.path().join("credentials");
    let first = std::fs::read_to_string(&path).unwrap();
    for name in ["credentials", "ca-key.pem", "sealing-key", "token-key"] {
        let mode = std::fs::metadata(data.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    Server::start(data.path()).kill();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), first);
}

#[test]
fn only_an_enrolled_agent_is_listened_to_and_a_token_works_once() {
    let (data, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::start(data.path());
    let client = Client::of(&server, data.path());
    let agent = Agent::enroll(&server, &client, data.path(), "i-0000000000000000a");
    let message = heartbeat("one");
    assert_eq!(agent.send_as_stranger(&server, "checkin", &message), 401);
    assert_eq!(agent.send(&server, "facts", &serde_json::json!({"runs": [], "facts": {}})), 400);
    let mut facts = host::facts(root.path(), Timestamp::from_millis(0));
    facts.schema = "openinspector.facts/9".into();
    assert!(!agent.deliver(&server, &[], &facts), "facts of another schema");
    assert_eq!(Agent::enroll_with(&server, data.path(), "i-0000000000000000b", "made-up").0, 404);

    let renewed = Agent::enroll(&server, &client, data.path(), "i-0000000000000000a");
    assert_eq!(agent.send(&server, "checkin", &message), 401, "the newest certificate counts");
    let facts = host::facts(root.path(), Timestamp::from_millis(0));
    assert!(renewed.deliver(&server, &[], &facts));
}
