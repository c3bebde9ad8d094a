//! One self-contained page: no script, nothing loaded from elsewhere, readable on screen and on A4 paper.

use std::io::{self, Write as _};
use std::ops::Deref;

use askama::Template;
use inspector_model::assessment::Assessment;
use inspector_model::{Proof, Severity};

use super::{Format, Options, Render, RenderError};
use crate::inert::css_string;
use crate::meta::ReportMeta;
use crate::page::{Page, counted, directions, hops, package_name, socket, utc};

pub(super) const FORMAT: Format = Format { id: "html", render: Render::Text(render) };

/// The report of an assessment that has no template and no target. It is dated with the end of the assessment, so that
/// the same assessment gives the same bytes.
fn render(assessment: &Assessment, options: &Options) -> Result<String, RenderError> {
    let meta = ReportMeta::bare(options.coverage.into(), assessment.completed_at);
    Html::of(assessment, &meta).render().map_err(|error| RenderError { format: FORMAT.id, source: error.into() })
}

/// Writes the report of `assessment`.
///
/// # Errors
///
/// Those of `out`, and one where a template cannot be rendered.
pub fn write(assessment: &Assessment, meta: &ReportMeta, out: &mut impl io::Write) -> io::Result<()> {
    let mut buffered = io::BufWriter::new(out);
    Html::of(assessment, meta).write_into(&mut buffered)?;
    buffered.flush()
}

/// What the templates print.
#[derive(Template)]
#[template(path = "html/report.html", print = "none")]
struct Html<'a> {
    page: Page<'a>,
    footer: String,
}

impl<'a> Html<'a> {
    fn of(assessment: &'a Assessment, meta: &'a ReportMeta) -> Self {
        let page = Page::of(assessment, meta);
        Self { footer: css_string(&page.footer), page }
    }
}

/// Templates name what they print without saying each time that it is the page's.
impl<'a> Deref for Html<'a> {
    type Target = Page<'a>;

    fn deref(&self) -> &Page<'a> {
        &self.page
    }
}

/// The severity as a style class.
fn class(severity: &Severity) -> &'static str {
    match severity {
        Severity::High => "high",
        Severity::Medium => "medium",
        Severity::Low => "low",
        Severity::Informational => "informational",
        Severity::Undefined => "undefined",
    }
}
