//! Statements of exploitability that an operator adds: which vulnerabilities do not affect which packages, as OpenVEX
//! (<https://github.com/openvex/spec>) or CSAF 2.0 (VEX profile) documents say it.
//!
//! Only `not_affected` and `fixed` take a finding away, and only of the products that a statement names by package URL.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::advisory::is_cve_id;

/// What documents say, together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vex {
    statements: Vec<Statement>,
}

/// One vulnerability that does not affect one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The CVE.
    pub cve: String,
    /// `not_affected` or `fixed`.
    pub status: String,
    /// Why, in the document's words; may be empty.
    pub justification: String,
    /// The document's own name.
    pub document: String,
    product: Purl,
}

/// What of a package URL tells packages apart (<https://github.com/package-url/purl-spec>).
#[derive(Debug, Clone, PartialEq, Eq)]
struct Purl {
    name: String,
    /// With its epoch; `None` where every version is meant.
    version: Option<String>,
}

/// Why a document cannot be applied.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum VexError {
    /// No JSON.
    #[error("it is no JSON: {0}")]
    Json(String),
    /// JSON of another kind.
    #[error("it is neither an OpenVEX nor a CSAF VEX document")]
    OtherKind,
    /// It would take nothing away although it wants to.
    #[error("`{product}` is no package URL")]
    Product {
        /// The product, cut to a bounded length.
        product: String,
    },
}

#[derive(Deserialize)]
struct OpenVex {
    statements: Vec<OpenStatement>,
}

#[derive(Deserialize)]
struct OpenStatement {
    vulnerability: Value,
    #[serde(default)]
    products: Vec<Value>,
    status: String,
    #[serde(default)]
    justification: String,
    #[serde(default)]
    impact_statement: String,
}

impl Vex {
    /// Reads a document that is called `name` and adds what it says.
    pub fn add(&mut self, bytes: &[u8], name: &str) -> Result<(), VexError> {
        let document: Value = serde_json::from_slice(bytes).map_err(|error| VexError::Json(error.to_string()))?;
        let context = document.get("@context").and_then(Value::as_str).unwrap_or_default();
        if context.contains("openvex.dev") {
            let open = OpenVex::deserialize(&document).map_err(|error| VexError::Json(error.to_string()))?;
            open.statements.iter().try_for_each(|statement| self.add_open(statement, name))
        } else if document.pointer("/document/category").and_then(Value::as_str) == Some("csaf_vex") {
            self.add_csaf(&document, name)
        } else {
            Err(VexError::OtherKind)
        }
    }

    fn add_open(&mut self, statement: &OpenStatement, name: &str) -> Result<(), VexError> {
        let OpenStatement { vulnerability, products, status, justification, impact_statement } = statement;
        if !clears(status) {
            return Ok(());
        }
        let id = vulnerability.get("name").and_then(Value::as_str).or_else(|| vulnerability.as_str());
        let aliases = vulnerability.get("aliases").and_then(Value::as_array).into_iter().flatten();
        let ids = id.into_iter().chain(aliases.filter_map(Value::as_str));
        let why = if justification.is_empty() { impact_statement } else { justification };
        for cve in ids.filter(|id| is_cve_id(id)) {
            for product in products {
                let id = product.get("@id").and_then(Value::as_str).or_else(|| product.as_str()).unwrap_or_default();
                let parts =
                    product.get("subcomponents").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
                // A product may be an image or an application; what is not affected is then a part of it.
                let parts = parts.iter().filter_map(|it| it.get("@id").and_then(Value::as_str).or_else(|| it.as_str()));
                let parts: Vec<&str> = parts.collect();
                for part in if parts.is_empty() { vec![id] } else { parts } {
                    self.push(cve, status, why, name, part)?;
                }
            }
        }
        Ok(())
    }

    fn add_csaf(&mut self, document: &Value, name: &str) -> Result<(), VexError> {
        let mut purls = BTreeMap::new();
        collect_purls(document.pointer("/product_tree"), &mut purls, 0);
        let list = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
        for vulnerability in list(document.get("vulnerabilities")) {
            let Some(cve) = vulnerability.get("cve").and_then(Value::as_str).filter(|id| is_cve_id(id)) else {
                continue;
            };
            for (key, status) in [("known_not_affected", "not_affected"), ("fixed", "fixed")] {
                let flags = list(vulnerability.get("flags"));
                let why = flags.iter().find_map(|it| it.get("label").and_then(Value::as_str)).unwrap_or_default();
                for product in list(vulnerability.pointer(&format!("/product_status/{key}"))) {
                    let id = product.as_str().unwrap_or_default();
                    let purl = purls.get(id).map_or(id, String::as_str);
                    self.push(cve, status, why, name, purl)?;
                }
            }
        }
        Ok(())
    }

    fn push(&mut self, cve: &str, status: &str, why: &str, document: &str, product: &str) -> Result<(), VexError> {
        let product =
            Purl::parse(product).ok_or_else(|| VexError::Product { product: product.chars().take(80).collect() })?;
        self.statements.push(Statement {
            cve: cve.to_owned(),
            status: status.to_owned(),
            justification: why.to_owned(),
            document: document.to_owned(),
            product,
        });
        Ok(())
    }

    /// The statement by which `cve` does not affect a package, by its own name or by its source's, in its version.
    pub fn clears(&self, cve: &str, names: &[&str], version: &str) -> Option<&Statement> {
        self.statements.iter().find(|statement| {
            let product = &statement.product;
            let same_version = product.version.as_deref().is_none_or(|it| it == version || is_zero_epoch(it, version));
            statement.cve == cve && names.contains(&product.name.as_str()) && same_version
        })
    }
}

/// An epoch of zero need not be written.
fn is_zero_epoch(a: &str, b: &str) -> bool {
    let plain = |text: &str| text.strip_prefix("0:").unwrap_or(text).to_owned();
    plain(a) == plain(b)
}

fn clears(status: &str) -> bool {
    matches!(status, "not_affected" | "fixed")
}

/// Deeper trees are of no product.
const MAX_DEPTH: usize = 32;

/// The package URL of every product of a tree.
fn collect_purls(tree: Option<&Value>, purls: &mut BTreeMap<String, String>, depth: usize) {
    let Some(tree) = tree.filter(|_| depth < MAX_DEPTH) else { return };
    match tree {
        Value::Array(list) => list.iter().for_each(|it| collect_purls(Some(it), purls, depth + 1)),
        Value::Object(object) => {
            let purl = tree.pointer("/product_identification_helper/purl").and_then(Value::as_str);
            if let (Some(id), Some(purl)) = (object.get("product_id").and_then(Value::as_str), purl) {
                purls.insert(id.to_owned(), purl.to_owned());
            }
            object.values().for_each(|it| collect_purls(Some(it), purls, depth + 1));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

impl Purl {
    /// `pkg:deb/debian/openssl@1.1.1n-0?epoch=1`; the epoch of an rpm stands apart.
    fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("pkg:")?;
        let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (path, version) = match path.rsplit_once('@') {
            Some((path, version)) => (path, Some(decode(version))),
            None => (path, None),
        };
        let (kind, path) = path.split_once('/')?;
        let path = decode(path);
        let name = match kind {
            // The namespace of these is a distribution.
            "deb" | "rpm" | "apk" | "alpm" => path.rsplit('/').next()?.to_owned(),
            "maven" => path.replacen('/', ":", 1),
            _ => path,
        };
        let epoch = query.split('&').find_map(|pair| pair.strip_prefix("epoch="));
        let version = version.map(|version| match epoch {
            Some(epoch) => format!("{epoch}:{version}"),
            None => version,
        });
        (!name.is_empty()).then_some(Self { name, version })
    }
}

/// Undoes the escapes of a package URL.
fn decode(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let escape = part.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match escape {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend(part.get(2..).unwrap_or_default().as_bytes());
            }
            None => {
                bytes.push(b'%');
                bytes.extend(part.as_bytes());
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: &str = r#"{"@context": "https://openvex.dev/ns/v0.2.0", "@id": "x", "author": "x", "timestamp": "x", "version": 1,
        "statements": [
        {"vulnerability": {"name": "CVE-2020-0001"}, "products": [{"@id": "pkg:deb/debian/openssl@1.1.1n-0%2Bdeb11u1"}],
         "status": "not_affected", "justification": "vulnerable_code_not_present"},
        {"vulnerability": {"name": "CVE-2020-0002"}, "status": "not_affected", "impact_statement": "not called",
         "products": [{"@id": "pkg:oci/image", "subcomponents": [{"@id": "pkg:rpm/redhat/bash?arch=x86_64"}]}]},
        {"vulnerability": "CVE-2020-0003", "products": ["pkg:npm/%40scope/left@1.0.0"], "status": "fixed"},
        {"vulnerability": {"name": "CVE-2020-0004"}, "products": ["pkg:deb/debian/x"], "status": "affected"}]}"#;

    const CSAF: &str = r#"{"document": {"category": "csaf_vex"},
        "product_tree": {"branches": [{"product": {"product_id": "a",
            "product_identification_helper": {"purl": "pkg:rpm/redhat/bash@5.1-1.el9?epoch=2"}}}]},
        "vulnerabilities": [{"cve": "CVE-2020-0005", "flags": [{"label": "component_not_present"}],
            "product_status": {"known_not_affected": ["a"], "known_affected": ["b"]}}]}"#;

    fn vex() -> Vex {
        let mut vex = Vex::default();
        vex.add(OPEN.as_bytes(), "mine.json").unwrap();
        vex.add(CSAF.as_bytes(), "theirs.json").unwrap();
        vex
    }

    #[test]
    fn a_statement_clears_its_product_in_its_version_alone() {
        for (cve, name, version, wanted) in [
            ("CVE-2020-0001", "openssl", "1.1.1n-0+deb11u1", true),
            ("CVE-2020-0001", "openssl", "1.1.1n-0+deb11u2", false),
            ("CVE-2020-0001", "libssl", "1.1.1n-0+deb11u1", false),
            ("CVE-2020-0002", "bash", "5.0", true),
            ("CVE-2020-0003", "@scope/left", "1.0.0", true),
            ("CVE-2020-0004", "x", "1", false),
            ("CVE-2020-0005", "bash", "2:5.1-1.el9", true),
            ("CVE-2020-0005", "bash", "5.1-1.el9", false),
        ] {
            assert_eq!(vex().clears(cve, &[name], version).is_some(), wanted, "{cve} {name} {version}");
        }
        let vex = vex();
        let statement = vex.clears("CVE-2020-0001", &["libssl1.1", "openssl"], "1.1.1n-0+deb11u1").unwrap();
        let said = (statement.status.as_str(), statement.justification.as_str(), statement.document.as_str());
        assert_eq!(said, ("not_affected", "vulnerable_code_not_present", "mine.json"));
    }

    #[test]
    fn what_is_no_such_document_or_names_no_package_is_refused() {
        for (text, why) in [
            ("x", "no JSON"),
            ("{}", "neither"),
            (&OPEN.replace("pkg:deb/debian/openssl@1.1.1n-0%2Bdeb11u1", "openssl"), "`openssl` is no package URL"),
        ] {
            let error = Vex::default().add(text.as_bytes(), "x").unwrap_err();
            assert!(error.to_string().contains(why), "{error}");
        }
    }
}
