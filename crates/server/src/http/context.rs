//! What is known about a request before anybody looks into it, by the condition keys of policies (IAM User Guide, "AWS
//! global condition context keys").

use std::net::{IpAddr, SocketAddr};

use axum::http::request::Parts as Head;
use inspector_api::policy::Context;
use inspector_model::Timestamp;

/// The other end of the connection.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// Where a request comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    /// The caller's address, as far as it is known.
    pub(super) address: Option<IpAddr>,
    /// Who calls in the caller's name, where it is one of our services.
    pub(super) service: Option<&'static str>,
    encrypted: bool,
    pub(super) agent: String,
}

impl Origin {
    /// The other end of the connection, or who a proxy says stands behind it where proxies are believed.
    pub(super) fn of(head: &Head, forwarded: bool) -> Self {
        let text = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok());
        let peer = head.extensions.get::<Peer>().map(|peer| peer.0.ip());
        let told = text("x-forwarded-for").and_then(|list| list.rsplit(',').next()?.trim().parse().ok());
        Self {
            address: if forwarded { told.or(peer) } else { peer }.map(|address: IpAddr| address.to_canonical()),
            service: None,
            encrypted: forwarded && text("x-forwarded-proto") == Some("https"),
            agent: text("user-agent").unwrap_or_default().chars().take(500).collect(),
        }
    }

    /// One of our services, in a caller's name.
    pub(super) fn service(name: &'static str) -> Self {
        Self { address: None, service: Some(name), encrypted: false, agent: name.to_owned() }
    }

    /// The address or the service.
    pub(super) fn name(&self) -> Option<String> {
        self.service.map(str::to_owned).or_else(|| self.address.map(|address| address.to_string()))
    }

    /// Adds what it tells, and the time of the request.
    pub(super) fn add_to(&self, context: &mut Context, now: Timestamp) {
        let mut put = |key: &str, value: String| {
            context.insert(key.to_owned(), vec![value]);
        };
        if let Some(address) = self.address {
            put("aws:sourceip", address.to_string());
        }
        put("aws:securetransport", self.encrypted.to_string());
        put("aws:useragent", self.agent.clone());
        put("aws:currenttime", now.to_string());
        put("aws:epochtime", (now.millis() / 1000).to_string());
        put("aws:viaawsservice", "false".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    #[test]
    fn a_proxy_is_believed_only_where_it_is_said_to_be_there() {
        let request = Request::builder().header("x-forwarded-for", "198.51.100.1, 203.0.113.7");
        let request = request.header("x-forwarded-proto", "https").body(()).unwrap();
        let (mut head, ()) = request.into_parts();
        head.extensions.insert(Peer("127.0.0.1:9".parse().unwrap()));
        let seen = |forwarded| {
            let mut context = Context::new();
            Origin::of(&head, forwarded).add_to(&mut context, Timestamp::from_millis(1_500));
            (context["aws:sourceip"][0].clone(), context["aws:securetransport"][0].clone())
        };
        assert_eq!(seen(false), ("127.0.0.1".to_owned(), "false".to_owned()));
        assert_eq!(seen(true), ("203.0.113.7".to_owned(), "true".to_owned()), "the last one is who spoke to the proxy");
    }
}
