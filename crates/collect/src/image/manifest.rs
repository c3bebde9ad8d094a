//! Which layers an image has: `manifest.json` of `docker save`, `index.json` of an OCI image layout.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Choice, NotAnImage};
use crate::root::{ReadError, Root};

/// Limit for one document.
const DOCUMENT: u64 = 8 << 20;
/// How deep an index may hold another one.
const DEPTH: u32 = 4;
/// Who asks for nothing means this one.
const USUAL: &str = "linux/amd64";

/// A layer in the archive.
pub(super) struct Layer {
    pub(super) path: String,
    /// What its bytes must hash to, in lower-case hexadecimal digits.
    pub(super) sha256: Option<String>,
}

/// An operating system and a machine, with the machine's variant where it has one, for example `linux/arm/v7`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Platform(String);

impl std::str::FromStr for Platform {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts: Vec<&str> = text.split('/').collect();
        if matches!(parts.len(), 2 | 3) && parts.iter().all(|part| !part.is_empty()) {
            Ok(Self(text.to_owned()))
        } else {
            Err("expected a system and a machine, for example linux/arm64")
        }
    }
}

/// The layers of the chosen image, lowest first.
pub(super) fn layers(archive: &Root, choice: &Choice) -> Result<Vec<Layer>, NotAnImage> {
    if let Some(images) = document::<Vec<DockerImage>>(archive, "manifest.json")? {
        return docker(images, choice);
    }
    match document::<Index>(archive, "index.json")? {
        Some(index) => oci(archive, index, choice),
        None => Err(NotAnImage::new("manifest.json", "is not there, and no `index.json`: this is no image")),
    }
}

/// One image of `docker save`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DockerImage {
    repo_tags: Option<Vec<String>>,
    layers: Option<Vec<String>>,
}

fn docker(images: Vec<DockerImage>, choice: &Choice) -> Result<Vec<Layer>, NotAnImage> {
    const PART: &str = "manifest.json";
    let tags = |image: &DockerImage| image.repo_tags.clone().unwrap_or_default();
    let known: Vec<String> = images.iter().flat_map(tags).collect();
    let wanted = |image: &DockerImage| choice.name.as_ref().is_none_or(|name| tags(image).contains(name));
    let mut chosen = images.into_iter().filter(wanted);
    let image = match (chosen.next(), chosen.next()) {
        (Some(image), None) => image,
        (Some(_), Some(_)) => return Err(several(PART, &known)),
        (None, _) => return Err(NotAnImage::new(PART, names("holds no such image", &known))),
    };
    let layers = image.layers.unwrap_or_default().into_iter().map(|path| {
        // Newer archives keep their layers as an OCI layout does, under their digest.
        let sha256 = path.strip_prefix("blobs/sha256/").filter(|digest| is_sha256(digest)).map(str::to_owned);
        Layer { path, sha256 }
    });
    at_least_one(layers.collect(), PART)
}

/// An index of images, or of an image for several machines.
#[derive(Deserialize)]
struct Index {
    #[serde(default)]
    manifests: Vec<Descriptor>,
}

/// What a document says about another one.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    digest: String,
    platform: Option<PlatformOf>,
    #[serde(default)]
    annotations: std::collections::BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct PlatformOf {
    os: String,
    architecture: String,
    variant: Option<String>,
}

/// An index or the manifest of one image: which of both it is, only the document says for certain.
#[derive(Deserialize)]
struct IndexOrManifest {
    manifests: Option<Vec<Descriptor>>,
    layers: Option<Vec<Descriptor>>,
}

impl Descriptor {
    const NAME: &str = "org.opencontainers.image.ref.name";
    const FULL_NAME: &str = "io.containerd.image.name";
    const ROLE: &str = "vnd.docker.reference.type";

    fn is_called(&self, name: &str) -> bool {
        [Self::NAME, Self::FULL_NAME].iter().any(|key| self.annotations.get(*key).is_some_and(|own| own == name))
    }

    fn name(&self) -> Option<&String> {
        self.annotations.get(Self::FULL_NAME).or_else(|| self.annotations.get(Self::NAME))
    }

    fn platform(&self) -> Option<String> {
        self.platform.as_ref().map(|it| match &it.variant {
            Some(variant) => format!("{}/{}/{variant}", it.os, it.architecture),
            None => format!("{}/{}", it.os, it.architecture),
        })
    }

    fn is_for(&self, platform: &str) -> bool {
        let own = self.platform();
        own.is_some_and(|own| own == platform || own.strip_prefix(platform).is_some_and(|rest| rest.starts_with('/')))
    }

    /// A statement about an image is none.
    fn is_image(&self) -> bool {
        let nowhere = self.platform.as_ref().is_some_and(|it| it.os == "unknown" && it.architecture == "unknown");
        !nowhere && !self.annotations.contains_key(Self::ROLE)
    }

    fn sha256(&self) -> Result<&str, NotAnImage> {
        let digest = self.digest.strip_prefix("sha256:").filter(|digest| is_sha256(digest));
        digest.ok_or_else(|| NotAnImage::new(self.digest.escape_debug().to_string(), "is no SHA-256 digest"))
    }
}

fn is_sha256(digest: &str) -> bool {
    digest.len() == 64 && digest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn oci(archive: &Root, index: Index, choice: &Choice) -> Result<Vec<Layer>, NotAnImage> {
    const PART: &str = "index.json";
    let mut images: Vec<_> = index.manifests.into_iter().filter(Descriptor::is_image).collect();
    let known: Vec<String> = images.iter().filter_map(Descriptor::name).cloned().collect();
    if let Some(name) = &choice.name {
        images.retain(|image| image.is_called(name));
        if images.is_empty() {
            return Err(NotAnImage::new(PART, names("holds no such image", &known)));
        }
    }
    let mut part = PART.to_owned();
    for _ in 0..DEPTH {
        let image = for_platform(&part, images, choice, &known)?;
        let sha256 = image.sha256()?.to_owned();
        part = format!("blobs/sha256/{sha256}");
        super::check_digest(archive, &part, &sha256)?;
        let found: IndexOrManifest =
            document(archive, &part)?.ok_or_else(|| NotAnImage::new(&*part, "is not in the archive"))?;
        match (found.manifests, found.layers) {
            (Some(manifests), None) => images = manifests.into_iter().filter(Descriptor::is_image).collect(),
            (None, Some(layers)) => {
                let layers = layers.iter().map(|layer| {
                    let sha256 = layer.sha256()?.to_owned();
                    Ok(Layer { path: format!("blobs/sha256/{sha256}"), sha256: Some(sha256) })
                });
                return at_least_one(layers.collect::<Result<_, NotAnImage>>()?, &part);
            }
            (Some(_), Some(_)) | (None, None) => {
                return Err(NotAnImage::new(part, "is neither an index nor an image of layers"));
            }
        }
    }
    Err(NotAnImage::new(part, format!("is an index inside more than {DEPTH} others")))
}

/// The one image that is there, or the one for the machine that is meant.
fn for_platform(
    part: &str,
    images: Vec<Descriptor>,
    choice: &Choice,
    known: &[String],
) -> Result<Descriptor, NotAnImage> {
    let platforms: Vec<String> = images.iter().filter_map(Descriptor::platform).collect();
    let only_one = images.len() == 1;
    let wanted = choice.platform.as_ref().map_or(USUAL, |platform| &platform.0);
    let is_meant = |image: &Descriptor| match (&choice.platform, image.platform()) {
        // What says nothing about its machine may be what is asked for, where there is no choice.
        (_, None) => only_one,
        (None, Some(_)) => only_one || image.is_for(USUAL),
        (Some(platform), Some(_)) => image.is_for(&platform.0),
    };
    let mut meant = images.into_iter().filter(is_meant);
    match (meant.next(), meant.next()) {
        (Some(image), None) => Ok(image),
        (Some(_), Some(_)) => Err(several(part, known)),
        (None, _) if platforms.is_empty() => Err(several(part, known)),
        (None, _) => {
            Err(NotAnImage::new(part, names(&format!("has no image for `{wanted}`, choose a platform"), &platforms)))
        }
    }
}

fn at_least_one(layers: Vec<Layer>, part: &str) -> Result<Vec<Layer>, NotAnImage> {
    if layers.is_empty() { Err(NotAnImage::new(part, "names an image without layers")) } else { Ok(layers) }
}

fn several(part: &str, known: &[String]) -> NotAnImage {
    NotAnImage::new(part, names("holds several images, choose one", known))
}

/// What is there to choose from, as far as it fits into a line.
fn names(what: &str, known: &[String]) -> String {
    let some: Vec<String> = known.iter().take(8).map(|name| name.escape_debug().to_string()).collect();
    let more = if known.len() > some.len() { ", …" } else { "" };
    if some.is_empty() { what.to_owned() } else { format!("{what}: {}{more}", some.join(", ")) }
}

fn document<T: DeserializeOwned>(archive: &Root, path: &str) -> Result<Option<T>, NotAnImage> {
    match archive.read(path, DOCUMENT) {
        Ok(bytes) => serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|error| NotAnImage::new(path, format!("makes no sense: {error}"))),
        Err(ReadError::Absent) => Ok(None),
        Err(ReadError::Unreadable(why)) => Err(NotAnImage::new(path, why)),
    }
}
