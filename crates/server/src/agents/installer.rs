//! What a new host fetches: an install script made for this service, and the packages that it names by digest. Both are
//! public; what they lead to needs a token.

use std::path::{Path, PathBuf};

use axum::extract::{self, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::Refusal;
use crate::Service;

const SCRIPT: &str = include_str!("install.sh");
/// No package is larger, in bytes.
const LARGEST: u64 = 64 << 20;

/// `GET /agent/v1/install.sh`
pub(super) async fn script(State(service): State<Service>) -> Result<Response, Refusal> {
    let text = tokio::task::spawn_blocking(move || rendered(&service)).await.map_err(|_| broken())?;
    Ok(([(CONTENT_TYPE, "text/x-shellscript; charset=utf-8")], text).into_response())
}

/// `GET /agent/v1/packages/{name}`
pub(super) async fn package(
    State(service): State<Service>,
    extract::Path(name): extract::Path<String>,
) -> Result<Response, Refusal> {
    let read = move || packages(&service).into_iter().find(|package| package.name == name).and_then(|one| one.read());
    let bytes = tokio::task::spawn_blocking(read).await.map_err(|_| broken())?;
    let missing =
        || Refusal::new(StatusCode::NOT_FOUND, "no-such-package", "the service holds no package of this name");
    Ok(([(CONTENT_TYPE, "application/octet-stream")], bytes.ok_or_else(missing)?).into_response())
}

/// The command that installs an agent of this service: it holds the digest of the script, which holds those of the packages
/// and the fingerprint of the CA. Reads files.
pub(crate) fn command(service: &Service) -> String {
    let url = format!("{}/agent/v1/install.sh", service.addresses().agents_url);
    let digest = hex::encode(Sha256::digest(rendered(service)));
    format!(
        "curl -fsSk {url} -o install.sh && echo '{digest}  install.sh' | sha256sum -c --quiet && \
         sudo sh install.sh -u false --token-file token"
    )
}

fn rendered(service: &Service) -> String {
    let lines: Vec<String> = packages(service)
        .into_iter()
        .filter_map(|package| Some(format!("{}  {}", hex::encode(Sha256::digest(package.read()?)), package.name)))
        .collect();
    SCRIPT
        .replace("@SERVER@", &service.addresses().agents_url)
        .replace("@FINGERPRINT@", &service.authority().fingerprint())
        .replace("@PACKAGES@", &lines.join("\n"))
}

/// One file of the packages' folder.
struct Package {
    name: String,
    path: PathBuf,
}

impl Package {
    fn read(&self) -> Option<Vec<u8>> {
        let bounded = std::fs::metadata(&self.path).is_ok_and(|file| file.is_file() && file.len() <= LARGEST);
        bounded.then(|| std::fs::read(&self.path).ok()).flatten()
    }
}

/// The packages that the operator put down, by name. A folder that is not there holds none.
fn packages(service: &Service) -> Vec<Package> {
    listed(&service.agent_settings().packages)
}

fn listed(folder: &Path) -> Vec<Package> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut packages: Vec<Package> = entries
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let name = path.file_name()?.to_str()?.to_owned();
            is_package(&name).then_some(Package { name, path })
        })
        .collect();
    packages.sort_by(|one, other| one.name.cmp(&other.name));
    packages
}

/// `inspector-agent_MACHINE.deb`, `.rpm` or `.tar.gz`: nothing that a shell or a path would take for something else.
fn is_package(name: &str) -> bool {
    let machine = name.strip_prefix("inspector-agent_").and_then(|rest| rest.split_once('.'));
    machine.is_some_and(|(machine, kind)| {
        !machine.is_empty()
            && machine.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && ["deb", "rpm", "tar.gz"].contains(&kind)
    })
}

fn broken() -> Refusal {
    Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "the service failed; its log holds the cause")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_packages_are_served() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["inspector-agent_x86_64.rpm", "inspector-agent_x86_64.deb", "notes", "inspector-agent_.deb"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        std::fs::create_dir(folder.path().join("inspector-agent_dir.deb")).unwrap();
        let names: Vec<_> =
            listed(folder.path()).into_iter().filter(|one| one.read().is_some()).map(|one| one.name).collect();
        assert_eq!(names, ["inspector-agent_x86_64.deb", "inspector-agent_x86_64.rpm"]);
        for name in ["inspector-agent_x.deb/../key", "inspector-agent_x'.deb", "inspector-agent_a b.rpm", "ca-key.pem"]
        {
            assert!(!is_package(name), "{name}");
        }
        assert!(listed(&folder.path().join("none")).is_empty());
    }
}
