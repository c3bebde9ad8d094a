//! A connection to the service, straight or through a proxy, for the first contact; everything after it goes over the HTTP
//! client with the same proxy.

use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::proxy::Proxy;

const PATIENCE: Duration = Duration::from_secs(10);
/// A proxy's answer to `CONNECT` is a line and a few headers.
const ANSWER_LIMIT: usize = 8192;

type Error = Box<dyn std::error::Error + Send + Sync>;

/// Connects to `host` and `port`.
pub(crate) fn connect(host: &str, port: u16, proxy: Option<&Proxy>) -> Result<TcpStream, Error> {
    let Some(proxy) = proxy else { return Ok(open(host, port)?) };
    let mut stream = open(&proxy.host, proxy.port)
        .map_err(|error| format!("the proxy `{}` does not answer: {error}", proxy.host))?;
    let host = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
    let mut request = format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n");
    if let Some(credentials) = &proxy.credentials {
        request += &format!("Proxy-Authorization: Basic {}\r\n", STANDARD.encode(credentials));
    }
    stream.write_all(format!("{request}\r\n").as_bytes())?;
    let status = status(&mut stream)?;
    match status.split(' ').nth(1) {
        Some("200") => Ok(stream),
        // 401 is what some say to a wrong password.
        Some("401" | "407") => Err(format!("the proxy `{}` wants a user and a password ({status})", proxy.host).into()),
        _ => Err(format!("the proxy `{}` refused: {status}", proxy.host).into()),
    }
}

fn open(host: &str, port: u16) -> std::io::Result<TcpStream> {
    let mut last = std::io::Error::new(std::io::ErrorKind::NotFound, "the name has no address");
    for address in (host, port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, PATIENCE) {
            Ok(stream) => {
                stream.set_read_timeout(Some(PATIENCE))?;
                stream.set_write_timeout(Some(PATIENCE))?;
                return Ok(stream);
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// The first line of the answer; reads to the end of the headers, byte by byte, because what follows is not ours.
fn status(stream: &mut impl Read) -> Result<String, Error> {
    let (mut answer, mut byte) = (Vec::new(), [0]);
    while !answer.ends_with(b"\r\n\r\n") {
        if answer.len() == ANSWER_LIMIT || stream.read(&mut byte)? == 0 {
            return Err("the proxy's answer has no end".into());
        }
        answer.extend(byte);
    }
    let answer = String::from_utf8_lossy(&answer);
    let line = answer.lines().next().unwrap_or_default();
    Ok(line.chars().filter(|character| !character.is_control()).take(200).collect())
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    /// A proxy that gives one answer; what it was asked, and what became of the connection.
    fn asked(answer: &'static str, credentials: Option<&str>) -> (String, Result<TcpStream, Error>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let proxy = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut asked = String::new();
            let mut byte = [0];
            while !asked.ends_with("\r\n\r\n") && stream.read(&mut byte).unwrap() == 1 {
                asked.push(char::from(byte[0]));
            }
            stream.write_all(answer.as_bytes()).unwrap();
            asked
        });
        let setting = Proxy { host: "127.0.0.1".to_owned(), port, credentials: credentials.map(str::to_owned) };
        let connected = connect("2001:db8::1", 8009, Some(&setting));
        (proxy.join().unwrap(), connected)
    }

    #[test]
    fn a_proxy_is_asked_with_the_password_and_leads_on() {
        let (asked, connected) = asked("HTTP/1.1 200 fine\r\nVia: x\r\n\r\n", Some("user:pass"));
        assert!(connected.is_ok());
        assert!(asked.starts_with("CONNECT [2001:db8::1]:8009 HTTP/1.1\r\n"), "{asked}");
        assert!(asked.contains("Proxy-Authorization: Basic dXNlcjpwYXNz\r\n"), "{asked}");
    }

    #[test]
    fn a_proxy_that_refuses_is_told_with_why() {
        let why = |answer| asked(answer, None).1.unwrap_err().to_string();
        assert!(why("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n").contains("wants a user and a password"));
        assert!(why("HTTP/1.1 403 Filtered\r\n\r\n").contains("403 Filtered"));
        assert!(why("HTTP/1.1 200 but no end\r\n").contains("no end"));
    }
}
