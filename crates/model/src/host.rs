//! What one host looked like: `openinspector.facts/1`.

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::behavior::Observation;
use crate::fact::{Fact, Place};
use crate::language::LanguageInventory;
use crate::openssh::Release;
use crate::running::{Code, RunningProcess};
use crate::time::Timestamp;

/// The schema that [`HostFacts`] is written in.
pub const SCHEMA: &str = "openinspector.facts/1";

/// Facts of one host from one collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HostFacts {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// When the collection started; every fact below was seen at this time.
    pub collected_at: Timestamp,
    /// `live` for a running host, `root` for a directory tree of one: what only a running kernel knows is then absent.
    pub scope: HostScope,
    /// Host name.
    pub hostname: Fact<String>,
    /// Machine architecture as `uname -m` prints it.
    pub architecture: Fact<String>,
    /// The release file.
    pub os: Fact<OsRelease>,
    /// The running kernel.
    pub kernel: Fact<Kernel>,
    /// Installed packages.
    pub packages: Fact<Inventory>,
    /// Packages of programming languages; `None` where nobody looked for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub languages: Option<LanguageInventory>,
    /// What a Windows host says of its build and updates; `None` for other systems.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub windows: Option<Fact<Windows>>,
    /// Addresses of the network interfaces.
    pub interfaces: Fact<Vec<Interface>>,
    /// Sockets that wait for others.
    pub listeners: Fact<Vec<Listener>>,
    /// The SSH server's configuration.
    pub sshd: Fact<SshdConfig>,
    /// `/etc/login.defs`, by keyword.
    pub login_defs: Fact<Settings>,
    /// Accounts that can log in with a password, with their ageing.
    pub accounts: Fact<Vec<Account>>,
    /// The stack that a password change goes through.
    pub pam_password: Fact<Vec<PamEntry>>,
    /// `pwquality.conf` and its directory, by keyword.
    pub pwquality: Fact<Settings>,
    /// `pwhistory.conf`, by keyword. Facts of an agent that did not look for it say so: that is not absent.
    #[serde(default = "no_pwhistory")]
    pub pwhistory: Fact<Settings>,
    /// `kernel.randomize_va_space`.
    pub randomize_va_space: Fact<u8>,
    /// Whether the processor and kernel can refuse to execute data.
    pub no_execute: Fact<bool>,
    /// Directories that hold binaries and system configuration, by path.
    pub directories: BTreeMap<String, Fact<Directory>>,
    /// Running processes, by id.
    #[serde(default = "not_looked_for")]
    pub processes: Fact<Vec<RunningProcess>>,
    /// The code that they execute.
    #[serde(default = "not_looked_for")]
    pub code: Fact<Code>,
    /// Every account of `/etc/passwd`.
    #[serde(default = "not_looked_for")]
    pub users: Fact<Vec<User>>,
    /// Every group of `/etc/group`.
    #[serde(default = "not_looked_for")]
    pub groups: Fact<Vec<Group>>,
    /// Loaded modules of the kernel, sorted.
    #[serde(default = "not_looked_for")]
    pub kernel_modules: Fact<Vec<String>>,
    /// What the host did while it was observed; `None` where nobody observed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub behavior: Option<Observation>,
}

impl HostFacts {
    /// Facts of a document that describes a host: what it does not speak of is absent at `place`.
    pub fn of_document(place: &str, now: Timestamp) -> Self {
        fn absent<T>(place: &str) -> Fact<T> {
            Fact::Absent { at: Place::whole(place) }
        }
        Self {
            schema: SCHEMA.to_owned(),
            collected_at: now,
            scope: HostScope::Root,
            hostname: absent(place),
            architecture: absent(place),
            os: absent(place),
            kernel: absent(place),
            packages: absent(place),
            languages: None,
            windows: None,
            interfaces: absent(place),
            listeners: absent(place),
            sshd: absent(place),
            login_defs: absent(place),
            accounts: absent(place),
            pam_password: absent(place),
            pwquality: absent(place),
            pwhistory: absent(place),
            randomize_va_space: absent(place),
            no_execute: absent(place),
            directories: BTreeMap::new(),
            processes: absent(place),
            code: absent(place),
            users: absent(place),
            groups: absent(place),
            kernel_modules: absent(place),
            behavior: None,
        }
    }
}

/// The file that [`HostFacts::pwhistory`] is about.
pub const PWHISTORY: &str = "/etc/security/pwhistory.conf";

fn no_pwhistory() -> Fact<Settings> {
    Fact::Unreadable { at: Place::whole(PWHISTORY), why: NOT_LOOKED_FOR.to_owned() }
}

/// A fact that the agent which collected the others did not know of.
fn not_looked_for<T>() -> Fact<T> {
    Fact::Unreadable { at: Place::whole("the agent's collectors"), why: NOT_LOOKED_FOR.to_owned() }
}

const NOT_LOOKED_FOR: &str = "not looked for by the agent that collected these facts";

/// How the host was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum HostScope {
    /// The running host itself.
    Live,
    /// A directory tree: what only a running kernel knows is absent.
    Root,
}

/// `os-release(5)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OsRelease {
    /// `ID`, lower case, for example `debian`.
    pub id: String,
    /// `VERSION_ID`, for example `12`; absent on rolling releases.
    pub version_id: Option<String>,
    /// `VERSION_CODENAME`, for example `bookworm`.
    pub codename: Option<String>,
    /// `PRETTY_NAME`.
    pub pretty_name: String,
    /// `ID_LIKE`, split at spaces.
    pub id_like: Vec<String>,
}

/// The running kernel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Kernel {
    /// `uname -r`.
    pub release: String,
    /// The kernel belongs to another system: this one is a container.
    pub foreign: bool,
}

/// The packages that a package manager knows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Inventory {
    /// Sorted by name, version and architecture.
    pub packages: Vec<Package>,
    /// Records that could not be read; each is a package that was not assessed.
    pub problems: Vec<InventoryProblem>,
}

/// A record of a package database that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct InventoryProblem {
    /// File and line.
    pub at: Place,
    /// What is wrong with it.
    pub why: String,
}

/// One installed package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Package {
    /// The binary package's name.
    pub name: String,
    /// Its full version, with epoch where it has one.
    pub version: String,
    /// Its architecture.
    pub architecture: String,
    /// The source package that it was built from.
    pub source: String,
    /// That source package's version.
    pub source_version: String,
    /// Who built it, where the database says so: dpkg's `Maintainer`, rpm's `Vendor`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maintainer: Option<String>,
    /// The module that an rpm belongs to, as `name:stream:version:context`. Its versions are comparable within that
    /// stream only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<String>,
    /// Where its record starts; `None` where the database has no lines, and the whole of it is the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Place>,
}

impl Inventory {
    /// Sorts the packages, and keeps one record of those that stand in several places.
    pub fn settle(&mut self) {
        fn without_place(package: &Package) -> impl PartialEq + '_ {
            let Package { name, version, architecture, source, source_version, maintainer, module, at: _ } = package;
            (name, version, architecture, source, source_version, maintainer, module)
        }
        self.packages.sort();
        self.packages.dedup_by(|later, first| without_place(later) == without_place(first));
    }
}

/// The build of a Windows system and its updates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Windows {
    /// Major and minor version, for example `10.0`.
    pub version: String,
    /// The build, for example 20348.
    pub build: u32,
    /// The revision of the build (`UBR`), which every cumulative update raises; `None` where it is not told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    /// The service pack, up to Windows 8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_pack: Option<u32>,
    /// `x64`, `x86` or `ARM64`.
    pub machine: String,
    /// Installed updates, sorted. Cumulative updates may stand here without the ones they replace.
    pub updates: Vec<Update>,
}

/// One installed update.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Update {
    /// Its article in Microsoft's knowledge base, for example `KB5005039`.
    pub kb: String,
    /// Where it is named.
    pub at: Place,
}

/// One network interface.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Interface {
    /// Its name.
    pub name: String,
    /// Its addresses.
    pub addresses: Vec<IpAddr>,
}

/// Transport protocol of a socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Transport {
    /// TCP in state LISTEN.
    Tcp,
    /// UDP with a local port.
    Udp,
}

/// One socket that waits for others, and who holds it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Listener {
    /// Transport protocol.
    pub transport: Transport,
    /// The local address; unspecified for every address.
    pub address: IpAddr,
    /// The local port.
    pub port: u16,
    /// The holder, where it could be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process: Option<Process>,
    /// The package that brought the holder's program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// The container that the holder runs in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub container: Option<String>,
}

/// Whether others than the host itself can get to a socket that waits at `address`.
pub fn reachable(address: IpAddr) -> bool {
    !address.to_canonical().is_loopback()
}

/// A running process.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Process {
    /// Process id.
    pub pid: u32,
    /// Short name.
    pub name: String,
    /// The program file.
    pub path: String,
}

/// Keywords of a configuration file with the value in force and where it stands. Keys are as the file's manual spells
/// them, except in sshd, where they are lower case because sshd ignores case.
pub type Settings = BTreeMap<String, Setting>;

/// One value in force.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Setting {
    /// The value as written, without quotes.
    pub value: String,
    /// Where it stands.
    pub at: Place,
}

/// The SSH server's configuration as `sshd` would read it: the first value of a keyword wins, `Include` in place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SshdConfig {
    /// The OpenSSH release of the installed server, for example `9.2`; `None` where its program names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<Release>,
    /// Values that hold for every connection that no `Match` block overrides. A keyword that no file sets stands here
    /// with the default of this release, where that is known; its place then says so.
    pub global: Settings,
    /// `Match` blocks in file order; the first matching one that names a keyword wins over `global`.
    pub matches: Vec<MatchBlock>,
}

/// One `Match` block of `sshd_config(5)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MatchBlock {
    /// Its criteria as written, for example `User backup`.
    pub criteria: String,
    /// Where the block starts.
    pub at: Place,
    /// What it overrides.
    pub settings: Settings,
}

/// An account that has a usable password, with its ageing (`shadow(5)`). No hash is ever collected.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Login name.
    pub name: String,
    /// Maximum password age in days; `None` where none is set.
    pub max_days: Option<u32>,
    /// The line in `/etc/shadow`.
    pub at: Place,
}

/// One account of `passwd(5)`, without its password.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct User {
    /// Login name.
    pub name: String,
    /// User id.
    pub uid: u32,
    /// Primary group.
    pub gid: u32,
    /// Home directory.
    pub home: String,
    /// Login shell; empty for `/bin/sh`.
    pub shell: String,
}

/// One group of `group(5)`, without its password.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Group {
    /// Name.
    pub name: String,
    /// Group id.
    pub gid: u32,
    /// Login names of the members whose primary group is another one.
    pub members: Vec<String>,
}

/// One line of a PAM stack, `@include` and `substack` resolved.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PamEntry {
    /// Module file name without directory, for example `pam_unix.so`.
    pub module: String,
    /// Its control field as written.
    pub control: String,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// Where the line stands.
    pub at: Place,
}

/// Who may write to a directory (`inode(7)`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Directory {
    /// Permission bits, for example `0o755`.
    pub mode: u32,
    /// Owner's user id.
    pub uid: u32,
    /// Group id.
    pub gid: u32,
}
