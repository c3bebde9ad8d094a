//! The built-in certificate authority: one key in the data directory, certificates for agents and for the listener.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use inspector_model::Timestamp;
use inspector_store::write_private;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateSigningRequestParams, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose, SanType, SerialNumber,
};
use sha2::{Digest, Sha256};

use crate::world::{NoRandomness, now, random};

/// How long the listener's certificate is valid; each start of the service makes a new one.
const LISTENER_DAYS: i64 = 825;

/// How long the authority itself is valid.
const AUTHORITY_DAYS: i64 = 3650;

/// Clocks of hosts may be behind by as much, in seconds.
const SKEW_SECONDS: i64 = 3600;

/// The authority of one data directory.
pub(crate) struct CertificateAuthority {
    issuer: Issuer<'static, KeyPair>,
    certificate: Vec<u8>,
}

/// What can go wrong with certificates.
#[derive(Debug, thiserror::Error)]
pub enum CaError {
    /// A file cannot be read or written.
    #[error("cannot use `{path}`: {source}")]
    File {
        /// Which one.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A key, certificate or request is not what it should be.
    #[error("{what}: {source}")]
    Certificate {
        /// Which.
        what: &'static str,
        /// Why.
        source: rcgen::Error,
    },
    /// No random bytes.
    #[error(transparent)]
    Random(#[from] NoRandomness),
}

/// A certificate for an agent.
pub(crate) struct Issued {
    /// PEM.
    pub(crate) pem: String,
    /// DER.
    pub(crate) der: Vec<u8>,
    /// When it stops being valid.
    pub(crate) expires_at: Timestamp,
}

impl CertificateAuthority {
    /// Reads the authority of the data directory `dir`, or makes it.
    pub(crate) fn open(dir: &Path) -> Result<Self, CaError> {
        let (key_path, path) = (dir.join("ca-key.pem"), dir.join("ca.pem"));
        if !path.exists() {
            create(&key_path, &path)?;
        }
        let read = |path: &Path| {
            std::fs::read_to_string(path).map_err(|source| CaError::File { path: path.to_owned(), source })
        };
        let bad = |source| CaError::Certificate { what: "the certificate authority does not load", source };
        let key = KeyPair::from_pem(&read(&key_path)?).map_err(bad)?;
        let pem = read(&path)?;
        let certificate = pem_bytes(&pem).ok_or_else(|| bad(rcgen::Error::CouldNotParseCertificate))?;
        Ok(Self { issuer: Issuer::from_ca_cert_pem(&pem, key).map_err(bad)?, certificate })
    }

    /// The authority's own certificate, DER.
    pub(crate) fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    /// SHA-256 of [`CertificateAuthority::certificate`], hexadecimal: what an operator hands to a new agent.
    pub(crate) fn fingerprint(&self) -> String {
        hex::encode(Sha256::digest(&self.certificate))
    }

    /// Signs an agent's request for `seconds`. Nothing of the request but its public key is taken over.
    pub(crate) fn sign_agent(&self, request: &str, agent_id: &str, seconds: u32) -> Result<Issued, CaError> {
        let bad = |source| CaError::Certificate { what: "the certificate request cannot be signed", source };
        let mut request = CertificateSigningRequestParams::from_pem(request).map_err(bad)?;
        let expires_at = now().plus_seconds(i64::from(seconds));
        request.params = named(agent_id, expires_at)?;
        request.params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        let certificate = request.signed_by(&self.issuer).map_err(bad)?;
        Ok(Issued { pem: certificate.pem(), der: certificate.der().to_vec(), expires_at })
    }

    /// A new certificate with its key, both DER, for a listener at `address` and the names that lead to this host.
    pub(crate) fn listener(&self, address: IpAddr, names: &[String]) -> Result<(Vec<u8>, Vec<u8>), CaError> {
        let bad = |source| CaError::Certificate { what: "the listener's certificate cannot be made", source };
        let key = KeyPair::generate().map_err(bad)?;
        let mut params = named("OpenInspector agent listener", now().plus_seconds(LISTENER_DAYS * 86_400))?;
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.subject_alt_names = vec![SanType::IpAddress(address)];
        for name in names {
            params.subject_alt_names.push(SanType::DnsName(name.clone().try_into().map_err(bad)?));
        }
        let certificate = params.signed_by(&key, &self.issuer).map_err(bad)?;
        Ok((certificate.der().to_vec(), key.serialize_der()))
    }
}

fn create(key_path: &Path, path: &Path) -> Result<(), CaError> {
    let bad = |source| CaError::Certificate { what: "the certificate authority cannot be made", source };
    let key = KeyPair::generate().map_err(bad)?;
    let mut params = named("OpenInspector certificate authority", now().plus_seconds(AUTHORITY_DAYS * 86_400))?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let certificate = params.self_signed(&key).map_err(bad)?;
    // The certificate comes last: a key without one is made anew after a crash in between.
    if key_path.exists() {
        std::fs::remove_file(key_path).map_err(|source| CaError::File { path: key_path.to_owned(), source })?;
    }
    let write = |path: &Path, text: String| {
        write_private(path, text.as_bytes()).map_err(|source| CaError::File { path: path.to_owned(), source })
    };
    write(key_path, key.serialize_pem())?;
    write(path, certificate.pem())
}

/// The members that all our certificates share.
fn named(common_name: &str, expires_at: Timestamp) -> Result<CertificateParams, CaError> {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, common_name);
    params.not_before = moment(now().plus_seconds(-SKEW_SECONDS));
    params.not_after = moment(expires_at);
    params.serial_number = Some(SerialNumber::from_slice(&random::<16>()?));
    params.use_authority_key_identifier_extension = true;
    Ok(params)
}

fn moment(at: Timestamp) -> time::OffsetDateTime {
    let since = Duration::from_millis(u64::try_from(at.millis()).unwrap_or_default());
    time::OffsetDateTime::UNIX_EPOCH + since
}

/// The DER of the one certificate in `pem`.
pub(crate) fn pem_bytes(pem: &str) -> Option<Vec<u8>> {
    let (_, block) = x509_parser::pem::parse_x509_pem(pem.as_bytes()).ok()?;
    Some(block.contents)
}
