//! Reading content: XML within bounds, data streams, OVAL documents, XCCDF benchmarks, CPE.
//!
//! Content is hostile until proven otherwise: document types and entities of its own are refused, depth and size have
//! limits, and nothing is ever fetched. What is not understood is skipped with a [`Problem`] that names it.

pub mod bundle;
pub mod cpe;
pub mod oval;
pub mod results;
pub mod xccdf;

use serde::{Deserialize, Serialize};

pub use crate::xml::XmlError as ContentError;
use crate::xml::shape;

/// Something in the content that was left out, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The id or element concerned.
    pub subject: String,
    /// What is wrong.
    pub why: String,
}
