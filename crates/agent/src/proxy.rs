//! Which proxy leads to the service: from a file, else from the environment. Decided once, and used for the first contact,
//! enrolment, check-ins and deliveries alike.
//!
//! The file is the documented way, because a service manager reads no shell's environment. It holds lines of
//! `https_proxy=URL`, `http_proxy=URL` and `no_proxy=LIST`, with or without `export`, as the Classic agent's
//! `awsagent.env` did, so that a file of the old agent can be taken over as it is.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::net::IpAddr;
use std::path::Path;

use ipnet::IpNet;

use crate::Result;
use crate::failure::Failure;

/// The instance metadata services and loopback are never asked over a proxy.
const NEVER: [&str; 5] = ["169.254.169.254", "fd00:ec2::254", "127.0.0.0/8", "::1", "localhost"];

/// A proxy that speaks `CONNECT` over plain HTTP.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Proxy {
    /// Host name or address, without brackets.
    pub(crate) host: String,
    /// Port.
    pub(crate) port: u16,
    /// `USER:PASSWORD` for basic authentication, percent-decoded.
    pub(crate) credentials: Option<String>,
}

impl std::fmt::Debug for Proxy {
    /// Without the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Proxy {{ {}:{} }}", self.host, self.port)
    }
}

/// The proxy that leads to `server` (`https://HOST:PORT`), if one does: by the lines of `file` when it exists, else by the environment.
///
/// # Errors
///
/// When the file cannot be read or what it says is no proxy.
pub(crate) fn leading_to(server: &str, file: &Path) -> Result<Option<Proxy>> {
    let (host, _) =
        crate::pin::address(server).map_err(|why| Failure::because(format!("`{server}` is no address"), why))?;
    let (place, settings) = match fs::read_to_string(file) {
        Ok(text) => (format!("`{}`", file.display()), lines(&text)),
        Err(error) if error.kind() == ErrorKind::NotFound => ("the environment".to_owned(), environment()),
        Err(error) => return Err(Failure::because(format!("cannot read `{}`", file.display()), error)),
    };
    choose(host, &settings).map_err(|why| Failure::because(format!("the proxy of {place} cannot be used"), why))
}

/// `name=value` lines, names in lower case.
fn lines(text: &str) -> BTreeMap<String, String> {
    let line = |line: &str| {
        let line = line.trim();
        let (name, value) = line.strip_prefix("export ").unwrap_or(line).split_once('=')?;
        let name = Some(name.trim()).filter(|name| !name.starts_with('#'))?;
        Some((name.to_ascii_lowercase(), value.trim().trim_matches(['"', '\'']).to_owned()))
    };
    text.lines().filter_map(line).collect()
}

/// The names in lower case win where both are set.
fn environment() -> BTreeMap<String, String> {
    let mut settings = BTreeMap::new();
    for name in ["https_proxy", "all_proxy", "no_proxy"] {
        let value = std::env::var(name).or_else(|_| std::env::var(name.to_ascii_uppercase()));
        settings.extend(value.ok().map(|value| (name.to_owned(), value)));
    }
    settings
}

fn choose(host: &str, settings: &BTreeMap<String, String>) -> std::result::Result<Option<Proxy>, String> {
    let list = settings.get("no_proxy").map(String::as_str).unwrap_or_default();
    if NEVER.into_iter().chain(list.split([',', ' '])).any(|entry| covers(entry.trim(), host)) {
        return Ok(None);
    }
    let named = ["https_proxy", "all_proxy", "http_proxy"].into_iter().find_map(|name| settings.get(name));
    named.filter(|text| !text.is_empty()).map(|text| parse(text)).transpose()
}

/// Whether an entry of `no_proxy` means `host`: `*`, a network, an address, or a name with everything below it.
fn covers(entry: &str, host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let entry = entry.trim_start_matches("*.").trim_start_matches('.').to_ascii_lowercase();
    if entry.is_empty() {
        return false;
    }
    if let Ok(address) = host.parse::<IpAddr>() {
        let network = entry.parse::<IpNet>().or_else(|_| entry.parse::<IpAddr>().map(IpNet::from));
        return entry == "*" || network.is_ok_and(|network| network.contains(&address));
    }
    entry == "*" || host == entry || host.strip_suffix(&entry).is_some_and(|rest| rest.ends_with('.'))
}

/// `[http://][USER:PASSWORD@]HOST[:PORT][/]`.
fn parse(text: &str) -> std::result::Result<Proxy, String> {
    let rest = match text.split_once("://") {
        None => text,
        Some(("http", rest)) => rest,
        // The password must not show, so the text is not repeated.
        Some((scheme, _)) => return Err(format!("`{scheme}://` proxies are not spoken: use http://HOST:PORT")),
    };
    let rest = rest.trim_end_matches('/');
    let (credentials, authority) = match rest.rsplit_once('@') {
        Some((credentials, authority)) => (Some(decoded(credentials)?), authority),
        None => (None, rest),
    };
    let (host, port) = crate::pin::host_and_port(authority, 3128)?;
    if host.is_empty() {
        return Err("it has no host".to_owned());
    }
    Ok(Proxy { host: host.to_owned(), port, credentials })
}

/// Percent-decoding.
fn decoded(text: &str) -> std::result::Result<String, String> {
    let (mut bytes, mut rest) = (Vec::new(), text.bytes());
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let pair = [rest.next().unwrap_or_default(), rest.next().unwrap_or_default()];
            let mut byte = [0];
            hex::decode_to_slice(pair, &mut byte).map_err(|_| "its user or password has a bad percent sign")?;
            bytes.extend(byte);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).map_err(|_| "its user or password is not UTF-8".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(host: &str, text: &str) -> std::result::Result<Option<String>, String> {
        let shown = |proxy: Proxy| format!("{:?} {}:{}", proxy.credentials.unwrap_or_default(), proxy.host, proxy.port);
        choose(host, &lines(text)).map(|proxy| proxy.map(shown))
    }

    #[test]
    fn a_file_of_the_old_agent_is_taken_as_it_is() {
        let file = "# made by hand\nexport https_proxy=proxy.example:8080\nexport http_proxy=other:1\n\
                    export no_proxy=169.254.169.254\n";
        assert_eq!(chosen("inspector.example", file), Ok(Some("\"\" proxy.example:8080".to_owned())));
    }

    #[test]
    fn every_form_of_a_proxy_is_read() {
        let table = [
            ("http://user:p%40ss%3A@proxy:8080/", "\"user:p@ss:\" proxy:8080"),
            ("proxy", "\"\" proxy:3128"),
            ("\"http://[2001:db8::1]:8080\"", "\"\" 2001:db8::1:8080"),
        ];
        for (text, expected) in table {
            assert_eq!(chosen("x.example", &format!("HTTPS_PROXY={text}")), Ok(Some(expected.to_owned())), "{text}");
        }
        assert_eq!(chosen("x.example", "https_proxy="), Ok(None));
    }

    #[test]
    fn what_cannot_be_used_is_told_without_the_password() {
        for text in ["https://u:secret@proxy:1", "http://u:secret%zz@proxy", "http://u:secret@:1", "proxy:port"] {
            let why = chosen("x.example", &format!("https_proxy={text}")).unwrap_err();
            assert!(!why.contains("secret"), "{why}");
        }
    }

    #[test]
    fn no_proxy_leads_to_what_is_listed_to_loopback_or_to_the_metadata_service() {
        let list = "no_proxy=.corp.example, 10.0.0.0/8,exact.example 2001:db8::/32\nhttps_proxy=proxy:1";
        let direct = [
            "a.corp.example",
            "corp.example",
            "A.Corp.Example.",
            "10.1.2.3",
            "exact.example",
            "2001:db8::7",
            "127.0.0.1",
            "localhost",
            "::1",
            "169.254.169.254",
            "fd00:ec2::254",
        ];
        for host in direct {
            assert_eq!(chosen(host, list), Ok(None), "{host}");
        }
        for host in ["notcorp.example", "11.1.2.3", "example", "2001:db9::7", "localhost.example"] {
            assert!(chosen(host, list).unwrap().is_some(), "{host}");
        }
        assert_eq!(chosen("anything", "no_proxy=*\nhttps_proxy=proxy:1"), Ok(None));
    }
}
