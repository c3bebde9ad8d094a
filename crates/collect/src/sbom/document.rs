//! The two formats, as far as they name packages: what else a document holds is passed over and takes no memory.

use serde::Deserialize;

use super::SbomError;

/// What a document holds.
pub(super) enum Document {
    CycloneDx(Vec<Component>),
    Spdx(Vec<Package>),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Either {
    bom_format: Option<String>,
    spdx_version: Option<String>,
    components: Option<Vec<Component>>,
    packages: Option<Vec<Package>>,
}

/// A component of CycloneDX (<https://cyclonedx.org/docs/latest/json/>).
#[derive(Deserialize)]
pub(super) struct Component {
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    pub(super) name: Option<String>,
    pub(super) version: Option<String>,
    pub(super) purl: Option<String>,
    properties: Option<Vec<Property>>,
    pub(super) components: Option<Vec<Component>>,
}

#[derive(Deserialize)]
struct Property {
    name: Option<String>,
    value: Option<String>,
}

/// A package of SPDX (<https://spdx.github.io/spdx-spec/v2.3/package-information/>).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Package {
    pub(super) name: Option<String>,
    #[serde(rename = "versionInfo")]
    pub(super) version: Option<String>,
    #[serde(rename = "primaryPackagePurpose")]
    pub(super) purpose: Option<String>,
    source_info: Option<String>,
    external_refs: Option<Vec<Reference>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reference {
    reference_type: Option<String>,
    reference_locator: Option<String>,
}

impl Component {
    /// The value of a property.
    pub(super) fn property(&self, name: &str) -> Option<&str> {
        let found = self.properties.iter().flatten().find(|it| it.name.as_deref() == Some(name));
        found?.value.as_deref()
    }
}

impl Package {
    /// Its package URL.
    pub(super) fn purl(&self) -> Option<&str> {
        let found = self.external_refs.iter().flatten().find(|it| it.reference_type.as_deref() == Some("purl"));
        found?.reference_locator.as_deref()
    }

    /// `built package from: openssl 3.0.11-1`.
    pub(super) fn built_from(&self) -> Option<(&str, &str)> {
        let (name, version) = self.source_info.as_deref()?.strip_prefix("built package from: ")?.split_once(' ')?;
        (!name.is_empty() && !version.contains(' ')).then_some((name, version))
    }
}

/// Reads a document of either format.
///
/// # Errors
///
/// When it is no JSON, is of neither format, or breaks its format where packages are named.
pub(super) fn read(bytes: &[u8]) -> Result<Document, SbomError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Either { bom_format, spdx_version, components, packages } = serde_json::from_slice(bytes)?;
    if bom_format.as_deref() == Some("CycloneDX") {
        Ok(Document::CycloneDx(components.unwrap_or_default()))
    } else if spdx_version.is_some_and(|version| version.starts_with("SPDX-2.")) {
        Ok(Document::Spdx(packages.unwrap_or_default()))
    } else {
        Err(SbomError::Format)
    }
}
