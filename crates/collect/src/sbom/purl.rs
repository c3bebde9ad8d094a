//! Package URLs (<https://github.com/package-url/purl-spec>): `pkg:type/namespace/name@version?qualifiers#subpath`.

use inspector_model::language::Ecosystem;

/// A package URL, decoded.
#[derive(Debug, PartialEq, Eq)]
pub struct Purl {
    /// For example `deb`, lower case.
    pub kind: String,
    /// For example `debian`; empty where there is none.
    pub namespace: String,
    /// The package's name.
    pub name: String,
    /// Its version; empty where there is none.
    pub version: String,
    qualifiers: Vec<(String, String)>,
}

impl Purl {
    /// Reads one; `None` where the text is none.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("pkg:")?.trim_start_matches('/');
        let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
        let (rest, qualifiers) = rest.split_once('?').unwrap_or((rest, ""));
        let (kind, rest) = rest.split_once('/')?;
        let (path, version) = rest.rsplit_once('@').unwrap_or((rest, ""));
        let (namespace, name) = path.rsplit_once('/').unwrap_or(("", path));
        let qualifiers = qualifiers.split('&').filter(|it| !it.is_empty()).map(|it| {
            let (key, value) = it.split_once('=')?;
            Some((key.to_ascii_lowercase(), decode(value)?))
        });
        let purl = Self {
            kind: kind.to_ascii_lowercase(),
            namespace: decode(namespace)?,
            name: decode(name)?,
            version: decode(version)?,
            qualifiers: qualifiers.collect::<Option<_>>()?,
        };
        (!purl.kind.is_empty() && !purl.name.is_empty()).then_some(purl)
    }

    /// The package's name as its ecosystem writes it, with the namespace.
    pub fn name_in(&self, ecosystem: Ecosystem) -> String {
        let Self { namespace, name, .. } = self;
        match ecosystem {
            _ if namespace.is_empty() => name.clone(),
            Ecosystem::Maven => format!("{namespace}:{name}"),
            Ecosystem::CratesIo
            | Ecosystem::Go
            | Ecosystem::Npm
            | Ecosystem::Packagist
            | Ecosystem::PyPI
            | Ecosystem::RubyGems => format!("{namespace}/{name}"),
        }
    }

    /// The value of a qualifier.
    pub fn qualifier(&self, key: &str) -> Option<&str> {
        let found = self.qualifiers.iter().find(|(name, value)| name == key && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }
}

/// `%41` is `A`; a percent sign without two digits, or bytes that are no UTF-8, are none.
fn decode(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            let value = digit()? * 16 + digit()?;
            decoded.push(u8::try_from(value).ok()?);
        } else {
            decoded.push(byte);
        }
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_are_decoded() {
        let purl =
            Purl::parse("pkg:deb/Debian/g%2B%2B@1%3A2.0~rc1?arch=amd64&Distro=debian-12&upstream=gcc#x/y").unwrap();
        assert_eq!((purl.kind.as_str(), purl.namespace.as_str()), ("deb", "Debian"));
        assert_eq!((purl.name.as_str(), purl.version.as_str()), ("g++", "1:2.0~rc1"));
        assert_eq!(purl.qualifier("distro"), Some("debian-12"));
        assert_eq!(purl.qualifier("epoch"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "(pkg:)?[a-z]{0,3}/?[a-z/@?&=#%0-9é]{0,20}") {
            if let Some(purl) = Purl::parse(&text) {
                proptest::prop_assert!(!purl.name.is_empty() && !purl.kind.is_empty());
            }
        }
    }

    #[test]
    fn what_is_none_is_refused() {
        for text in [
            "",
            "deb/debian/a@1",
            "pkg:",
            "pkg:deb",
            "pkg:deb/",
            "pkg:deb/debian/a%2@1",
            "pkg:deb/a@1?x",
            "pkg:deb/%ff@1",
        ] {
            assert_eq!(Purl::parse(text), None, "{text}");
        }
    }
}
