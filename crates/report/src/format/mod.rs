//! The formats.

mod csv;
mod cyclonedx;
pub mod html;
mod json;
mod openvex;
pub mod pdf;
mod sarif;
mod table;

pub(crate) use json::SCAN_SCHEMA;

use inspector_model::assessment::Assessment;
use serde::Serialize;

use crate::meta::ReportKind;

/// One format.
pub struct Format {
    /// The word behind `--format`.
    pub id: &'static str,
    /// What writes the document.
    pub render: Render,
}

/// What writes a document.
pub enum Render {
    /// One that terminals can show.
    Text(fn(&Assessment, &Options) -> Result<String, RenderError>),
    /// One that they cannot.
    Binary(fn(&Assessment, &Options) -> Result<Vec<u8>, RenderError>),
}

/// All formats, by name.
pub const FORMATS: &[Format] = &[
    csv::FORMAT,
    cyclonedx::FORMAT,
    html::FORMAT,
    json::FORMAT,
    openvex::FORMAT,
    pdf::FORMAT,
    sarif::FORMAT,
    table::FORMAT,
];

/// What a caller may choose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// How much of the ledger to print.
    pub coverage: CoverageDetail,
    /// Width of a terminal in columns; `None` for a file or a pipe.
    pub width: Option<u16>,
}

/// How much of the ledger to print.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CoverageDetail {
    /// Counts of each rules package.
    #[default]
    Summary,
    /// Every (rule, subject) pair as well.
    Full,
}

impl From<CoverageDetail> for ReportKind {
    fn from(detail: CoverageDetail) -> Self {
        match detail {
            CoverageDetail::Summary => Self::Findings,
            CoverageDetail::Full => Self::Full,
        }
    }
}

/// A document that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot render the {format} document")]
pub struct RenderError {
    /// The format's id.
    pub format: &'static str,
    /// Why.
    #[source]
    pub source: Box<dyn std::error::Error + Send + Sync>,
}

impl Format {
    /// The document.
    ///
    /// # Errors
    /// When the assessment has nothing for this format, or cannot be written in it.
    pub fn write(&self, assessment: &Assessment, options: &Options) -> Result<Vec<u8>, RenderError> {
        match self.render {
            Render::Text(render) => render(assessment, options).map(String::into_bytes),
            Render::Binary(render) => render(assessment, options),
        }
    }

    /// A document of this format that is JSON, for people to read as well.
    fn json(&self, document: &impl Serialize) -> Result<String, RenderError> {
        let text = serde_json::to_string_pretty(document);
        text.map(|text| text + "\n").map_err(|error| RenderError { format: self.id, source: Box::new(error) })
    }

    /// Whether a terminal cannot show it.
    pub fn is_binary(&self) -> bool {
        matches!(self.render, Render::Binary(_))
    }

    /// The format called `id`.
    pub fn find(id: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.id == id)
    }
}

/// Text that a terminal prints as it stands: control characters, which could move the cursor or forge lines, are shown
/// as their escape.
fn inert(text: &str) -> String {
    text.chars().flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] }).collect()
}

#[cfg(test)]
pub(crate) mod example;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_do_not_reach_a_terminal() {
        assert_eq!(inert("a\u{1b}[2Jb\n"), "a\\u{1b}[2Jb\\n");
    }
}
