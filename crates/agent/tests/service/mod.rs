//! A service on loopback with mutual TLS that answers by a script: enough HTTP/1.1 for one agent.
#![expect(clippy::unwrap_used, reason = "a test")]

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use inspector_model::Timestamp;
use inspector_model::agent::{EnrollRequest, EnrollResponse};
use rcgen::{BasicConstraints, CertificateParams, CertificateSigningRequestParams, IsCa, Issuer, KeyPair};
use ring::digest::{SHA256, digest};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};

/// What an agent asked, as it arrived.
pub(crate) struct Asked {
    /// For example `/agent/v1/checkin`.
    pub(crate) path: String,
    /// The message.
    pub(crate) body: Vec<u8>,
    /// Whether a certificate of our CA was shown.
    pub(crate) authenticated: bool,
}

/// A running service. It ends with the test's process.
pub(crate) struct Service {
    /// `https://127.0.0.1:PORT`.
    pub(crate) url: String,
    /// SHA-256 of the CA certificate.
    pub(crate) fingerprint: String,
    /// Every request, in order.
    pub(crate) asked: Receiver<Asked>,
}

/// Starts a service that answers every path but `enroll` with the next of `answers`, and holds the connection open without
/// an answer when there are no more: a long poll.
pub(crate) fn start(answers: Vec<(u16, String)>) -> Service {
    let mut parameters = CertificateParams::new(Vec::new()).unwrap();
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let ca_key = KeyPair::generate().unwrap();
    let ca = parameters.self_signed(&ca_key).unwrap();
    let issuer = Issuer::new(parameters, ca_key);
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
    let config = Arc::new(tls(ca.der(), certificate.der(), &key));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let (tell, asked) = channel();
    let script = Arc::new(Mutex::new(VecDeque::from(answers)));
    let issuer = Arc::new(issuer);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = ServerConnection::new(config.clone()).unwrap();
            let stream = StreamOwned::new(connection, stream.unwrap());
            let (tell, script, issuer) = (tell.clone(), script.clone(), issuer.clone());
            std::thread::spawn(move || serve(stream, &tell, &script, &issuer));
        }
    });
    Service { url, fingerprint: hex::encode(digest(&SHA256, ca.der())), asked }
}

fn tls(ca: &CertificateDer<'static>, certificate: &CertificateDer<'static>, key: &KeyPair) -> ServerConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(ca.clone()).unwrap();
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone())
        .allow_unauthenticated()
        .build()
        .unwrap();
    ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier)
        .with_single_cert(vec![certificate.clone(), ca.clone()], PrivateKeyDer::try_from(key.serialize_der()).unwrap())
        .unwrap()
}

type Stream = StreamOwned<ServerConnection, std::net::TcpStream>;

fn serve(
    stream: Stream,
    tell: &Sender<Asked>,
    script: &Mutex<VecDeque<(u16, String)>>,
    issuer: &Issuer<'static, KeyPair>,
) {
    let mut reader = BufReader::new(stream);
    while let Some((path, body)) = request(&mut reader) {
        let authenticated = reader.get_ref().conn.peer_certificates().is_some();
        let answer = match path.as_str() {
            "/agent/v1/enroll" => Some(enroll(&body, issuer)),
            _ => script.lock().unwrap().pop_front(),
        };
        let _gone = tell.send(Asked { path, body, authenticated });
        let Some((status, answer)) = answer else {
            // Held until the agent goes away.
            let _gone = reader.read(&mut [0]);
            return;
        };
        let head = format!("HTTP/1.1 {status} .\r\ncontent-length: {}\r\n\r\n", answer.len());
        if reader.get_mut().write_all(format!("{head}{answer}").as_bytes()).is_err() {
            return;
        }
    }
}

fn request(reader: &mut BufReader<Stream>) -> Option<(String, Vec<u8>)> {
    let (mut line, mut packed) = (String::new(), false);
    reader.read_line(&mut line).ok().filter(|length| *length > 0)?;
    let path = line.split(' ').nth(1)?.to_owned();
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        match header.trim().to_ascii_lowercase().split_once(':') {
            Some(("content-length", value)) => length = value.trim().parse().ok()?,
            Some(("content-encoding", value)) => packed = value.trim() == "zstd",
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((path, if packed { zstd::decode_all(body.as_slice()).unwrap() } else { body }))
}

fn enroll(body: &[u8], issuer: &Issuer<'static, KeyPair>) -> (u16, String) {
    let request: EnrollRequest = serde_json::from_slice(body).unwrap();
    if request.token != "good" {
        return (403, r#"{"code": "token-used", "message": "the token was used before"}"#.to_owned());
    }
    let certificate = CertificateSigningRequestParams::from_pem(&request.certificate_request)
        .unwrap()
        .signed_by(issuer)
        .unwrap()
        .pem();
    let response = EnrollResponse { certificate, expires_at: Timestamp::from_millis(4_102_444_800_000) };
    (200, serde_json::to_string(&response).unwrap())
}
