//! What agent and service say to each other under `/agent/v1/`. Every message is JSON, bounded and strictly parsed; agents
//! send it compressed, with `content-encoding: zstd`.
//!
//! The transport is TLS 1.2 or later. The service presents its certificate followed by that of its CA, because an agent
//! that enrols knows nothing but the SHA-256 fingerprint of the CA certificate (DER) and takes it from there. Every other
//! request carries the client certificate. A refusal is a status of 400 or above with an [`AgentError`]; of those, 401,
//! 403, 408, 429 and every 5xx may pass with time, the rest says that repeating the same message is of no use.

use serde::{Deserialize, Serialize};

use crate::finding::Attribute;
use crate::host::HostFacts;
use crate::time::Timestamp;

/// `POST /agent/v1/enroll`: exchanges a one-use token for a client certificate. The key never leaves the host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EnrollRequest {
    /// The one-use token.
    pub token: String,
    /// The EC2 instance id, or a stable one of the same form off EC2.
    pub agent_id: String,
    /// A PKCS#10 certificate signing request, PEM.
    pub certificate_request: String,
    /// The agent's own version.
    pub agent_version: String,
    /// Tags by which a resource group may select a host that no EC2 snapshot describes.
    pub tags: Vec<Attribute>,
}

/// The answer to an enrolment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EnrollResponse {
    /// The client certificate, PEM.
    pub certificate: String,
    /// When it stops being valid.
    pub expires_at: Timestamp,
}

/// `POST /agent/v1/checkin`: a heartbeat; the service answers when there is work or after its own patience.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckinRequest {
    /// The agent's own version.
    pub agent_version: String,
    /// Host name, operating system and kernel, as previews show them.
    pub hostname: String,
    /// `PRETTY_NAME` of the release file.
    pub operating_system: String,
    /// Running kernel release.
    pub kernel_version: String,
    /// Whether the agent observes what the host does.
    #[serde(default)]
    pub observing: bool,
    /// A random word that this process chose when it started; see [`crate::sighting`].
    pub process: String,
    /// The agent's own clock, uncorrected.
    pub clock: Timestamp,
    /// What is wrong with the agent itself.
    pub troubles: Vec<Trouble>,
}

/// Something that keeps an agent from doing all it should, told until it is over.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Trouble {
    /// A stable word, for example `spool-full`.
    pub code: String,
    /// For a person: what happened, how often, what to do.
    pub detail: String,
}

/// `POST /agent/v1/renew`: a new certificate for an agent that shows the old one. Both are accepted until the new one is
/// used, so that an answer which gets lost costs nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RenewRequest {
    /// A PKCS#10 certificate signing request for a new key, PEM.
    pub certificate_request: String,
}

/// The answer to a check-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckinResponse {
    /// The service's clock, so that an agent with a wrong one knows.
    pub server_time: Timestamp,
    /// Runs that wait for this host's facts.
    pub collect_for: Vec<String>,
    /// Whether one of them holds the host against a benchmark: the agent asks for the plan and delivers what it collects
    /// with the facts.
    #[serde(default)]
    pub benchmark: bool,
    /// Whether a run wants the host to be observed from now on, until no answer asks for it any more. What was seen is
    /// delivered with the facts.
    #[serde(default)]
    pub observe: bool,
    /// How long to wait before the next check-in, in milliseconds.
    pub next_checkin_millis: u64,
    /// Whether two thirds of the certificate's life are over: the service's clock decides, because it also decides
    /// whether the certificate is still valid.
    #[serde(default)]
    pub renew: bool,
}

/// One collection for every run that waits for it, before it is taken apart into a [`crate::delivery::Delivery`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FactsRequest {
    /// The run ARNs out of [`CheckinResponse::collect_for`].
    pub runs: Vec<String>,
    /// What the host looked like.
    pub facts: HostFacts,
    /// What was collected for a benchmark, where one was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub benchmark: Option<BenchmarkItems>,
}

/// `POST /agent/v1/benchmark`: asks which objects of this host a benchmark needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BenchmarkRequest {
    /// What was collected for the plan that came first; none at the beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<BenchmarkItems>,
}

/// The answer to a [`BenchmarkRequest`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BenchmarkPlan {
    /// The benchmark that the host is held against. `None` for a plan that only finds out which one is for it; its items
    /// go into the next [`BenchmarkRequest`].
    pub benchmark: Option<String>,
    /// SHA-256 of what the plan asks for, hexadecimal.
    pub digest: String,
    /// The plan as `inspector_scap::wire` packs it.
    pub packed: String,
}

/// What was collected for a [`BenchmarkPlan`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BenchmarkItems {
    /// As the plan names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub benchmark: Option<String>,
    /// The plan's digest.
    pub digest: String,
    /// The items as `inspector_scap::wire` packs them.
    pub packed: String,
}

/// [`AgentError::code`] of a delivery that changes another one than the service accepted last.
pub const OTHER_BASE: &str = "other-base";

/// [`AgentError::code`] of a certificate whose time is over: it is good for nothing but a renewal.
pub const CERTIFICATE_EXPIRED: &str = "certificate-expired";

/// An error answer on any agent path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentError {
    /// A stable word, for example `token-used`.
    pub code: String,
    /// For a person.
    pub message: String,
}
