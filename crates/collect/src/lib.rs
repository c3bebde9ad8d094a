//! Host evidence through one read-only root.
//!
//! [`root`] is the only way to the host's files; each module of [`source`] knows one thing to read and how to parse it,
//! each module of [`scap`] one type of OVAL items.
//! What cannot be read or understood becomes [`inspector_model::Fact::Unreadable`] with the reason; nothing is guessed.

#[cfg(feature = "disks")]
pub mod disk;
mod elf;
#[cfg(feature = "images")]
pub mod image;
#[cfg(feature = "languages")]
pub mod language;
mod netlink;
pub mod observe;
mod owned;
mod program;
#[cfg_attr(not(feature = "images"), allow(dead_code, reason = "images and disks put a volume behind a root"))]
pub mod root;
#[cfg(feature = "languages")]
pub mod sbom;
pub mod scap;
pub mod source;
pub mod windows;

pub use observe::Observer;
pub use root::Root;
pub use scap::ScapCollector;
pub use source::collect;
