//! The report on paper: A4 pages with running feet, links, an outline and the structure that assistive programs read
//! (PDF/A-2a, PDF/UA-1). It says what the HTML report says.

mod draw;
mod findings;
mod font;
mod sections;
mod sheet;
mod table;
mod tag;
mod text;

use inspector_model::assessment::Assessment;
use inspector_model::{Severity, Timestamp};

use super::{Format, Options, Render, RenderError};
use crate::meta::ReportMeta;
use crate::page::Page;
use draw::{Canvas, Nowhere, Output};
use font::{Face, Fonts};
use sheet::{Plan, Sheet};
use tag::{Kind, Tag, Tags};
use text::{Ink, SIZE, Text, lines};

pub(super) const FORMAT: Format = Format { id: "pdf", render: Render::Binary(render) };

fn render(assessment: &Assessment, options: &Options) -> Result<Vec<u8>, RenderError> {
    write(assessment, &ReportMeta::bare(options.coverage.into(), assessment.completed_at))
}

/// The report of `assessment`, a PDF file.
///
/// # Errors
///
/// When the file cannot be written.
pub fn write(assessment: &Assessment, meta: &ReportMeta) -> Result<Vec<u8>, RenderError> {
    written(&Page::of(assessment, meta)).map_err(|error| RenderError { format: FORMAT.id, source: error.into() })
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Failed(String);

fn written(page: &Page<'_>) -> Result<Vec<u8>, Failed> {
    let fonts = Fonts::load()?;
    let (known, _) = laid_out(&fonts, page, Plan::default(), &mut Nowhere);
    let mut output = Output::new()?;
    let (plan, tags) = laid_out(&fonts, page, known, &mut output);
    output.finish(&page.title, date(page.meta.generated_at), &plan, tags)
}

fn laid_out(fonts: &Fonts, page: &Page<'_>, known: Plan, canvas: &mut dyn Canvas) -> (Plan, Tags) {
    let mut sheet = Sheet::new(fonts, &page.footer, known, canvas);
    report(&mut sheet, page);
    sheet.end()
}

/// Year, month, day, hour, minute and second of a moment that the calendar has.
fn date(moment: Timestamp) -> Option<[u16; 6]> {
    let text = moment.to_string();
    let mut parts = text.split(['-', 'T', ':', '.', 'Z']).map(|part| part.parse().ok());
    let mut next = || parts.next().flatten();
    Some([next()?, next()?, next()?, next()?, next()?, next()?])
}

fn report(sheet: &mut Sheet<'_>, page: &Page<'_>) {
    sections::cover(sheet, page);
    sections::summary(sheet, page);
    sections::tested(sheet, page);
    sections::gaps(sheet, page);
    findings::summary(sheet, page);
    findings::details(sheet, page);
    if page.is_full() {
        sections::rules(sheet, page);
    }
}

/// Names with what they stand for, one below the other.
fn facts(sheet: &mut Sheet<'_>, facts: impl IntoIterator<Item = (&'static str, Text)>) {
    let list = sheet.tag(Tag::ROOT, Kind::List);
    let label_width = 112.0;
    for (name, value) in facts {
        let (x, width) = sheet.span();
        let name = lines(sheet.fonts(), &Text::of(name, Face::Regular, SIZE, Ink::Quiet), label_width);
        let item = sheet.tag(list, Kind::Item);
        let (label, body) = (sheet.tag(item, Kind::Label), sheet.tag(item, Kind::Body));
        sheet.need(SIZE * 1.4);
        let mut y = sheet.y();
        for line in name {
            let height = line.height();
            sheet.set(line, x, y, Some(label));
            y += height;
        }
        sheet.flow(body, &value, x + label_width + 8.0, width - label_width - 8.0);
        sheet.space(1.5);
    }
    sheet.space(4.0);
}

fn ink(severity: Severity) -> Ink {
    match severity {
        Severity::High => Ink::High,
        Severity::Medium => Ink::Medium,
        Severity::Low => Ink::Low,
        Severity::Informational => Ink::Informational,
        Severity::Undefined => Ink::Quiet,
    }
}

/// A severity as it stands in running text or, smaller, in a table.
fn severity(severity: Severity, size: f32) -> Text {
    Text::of(&severity.to_string(), Face::Bold, size, ink(severity))
}

fn warning(text: &str, size: f32) -> Text {
    Text::of(text, Face::Bold, size, Ink::Warn)
}

fn quiet(text: &str, size: f32) -> Text {
    Text::of(text, Face::Regular, size, Ink::Quiet)
}

fn id(text: &str) -> Text {
    Text::of(text, Face::Mono, SIZE - 0.5, Ink::Text)
}

#[cfg(test)]
mod tests;
