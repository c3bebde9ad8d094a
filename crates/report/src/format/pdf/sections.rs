//! All sections but those of the findings.

use inspector_model::Severity;

use super::font::Face;
use super::sheet::Sheet;
use super::table::{Cell, Column, table};
use super::tag::{Kind, Tag};
use super::text::{Ink, SIZE, SMALL, Text, lines};
use super::{facts, id, quiet, warning};
use crate::page::{Page, counted, package_name, utc};

const CAUTION: (u8, u8, u8) = (180, 83, 9);
const CAUTION_GROUND: (u8, u8, u8) = (255, 244, 229);
const GOOD: (u8, u8, u8) = (30, 107, 52);
const GOOD_GROUND: (u8, u8, u8) = (237, 247, 239);

pub(super) fn cover(sheet: &mut Sheet<'_>, page: &Page<'_>) {
    sheet.advance(120.0);
    sheet.paragraph(Tag::ROOT, &Text::of("OpenInspector", Face::Bold, 12.0, Ink::Quiet));
    sheet.heading(1, "Assessment Report");
    sheet.paragraph(Tag::ROOT, &Text::of(page.kind(), Face::Regular, 14.0, Ink::Quiet));
    sheet.space(28.0);
    let meta = page.meta;
    let named = |name, value: Option<&str>| value.map(|value| (name, Text::plain(value)));
    let of_run = [
        named("Assessment template", meta.template.as_deref()),
        named("Assessment target", meta.target.as_deref()),
        named("Assessment run", meta.run.as_deref()),
        Some((page.subject_kind(), id(page.subject_id()))),
        named("Operating system", page.operating_system()),
        Some(("Started", Text::plain(&utc(page.assessment.started_at)))),
        Some(("Completed", Text::plain(&utc(page.assessment.completed_at)))),
        Some(("Report generated", Text::plain(&utc(meta.generated_at)))),
    ];
    facts(sheet, of_run.into_iter().flatten());
    contents(sheet, page);
}

fn contents(sheet: &mut Sheet<'_>, page: &Page<'_>) {
    sheet.space(22.0);
    sheet.heading(2, "Contents");
    let list = sheet.tag(Tag::ROOT, Kind::List);
    let mut entries = vec![
        ("summary", "1 Executive Summary"),
        ("tested", "2 What Is Tested"),
        ("gaps", "3 What Could Not Be Assessed"),
        ("findings", "4 Findings Summary"),
        ("details", "5 Findings Details"),
    ];
    entries.extend(page.is_full().then_some(("rules", "6 Rules Checked")));
    for (place, title) in entries {
        let item = sheet.tag(list, Kind::Item);
        let body = sheet.tag(item, Kind::Body);
        let (x, width) = sheet.span();
        let number = sheet.page_of(place).unwrap_or_default().to_string();
        let set = |text: &str, ink| {
            let text = Text::of(text, Face::Regular, 10.5, ink);
            lines(sheet.fonts(), &text, width).into_iter().next().unwrap_or_default()
        };
        let (title, number) = (set(title, Ink::Link), set(&number, Ink::Quiet));
        let (y, at, height) = (sheet.y(), x + width - number.width, title.height());
        sheet.link_at(body, title, (x, y), place);
        sheet.set(number, at, y, Some(body));
        sheet.advance(height + 3.0);
    }
}

/// A line of its own that leads to the place `to`.
fn link(sheet: &mut Sheet<'_>, text: &str, to: &str) {
    let tag = sheet.tag(Tag::ROOT, Kind::Paragraph);
    let (x, width) = sheet.span();
    for line in lines(sheet.fonts(), &Text::of(text, Face::Regular, SIZE, Ink::Link), width) {
        let (y, height) = (sheet.y(), line.height());
        sheet.link_at(tag, line, (x, y), to);
        sheet.advance(height);
    }
}

pub(super) fn summary(sheet: &mut Sheet<'_>, page: &Page<'_>) {
    sheet.next_page();
    sheet.place("summary");
    sheet.heading(2, "1 Executive Summary");
    let (bar, ground) = if page.standing.complete { (GOOD, GOOD_GROUND) } else { (CAUTION, CAUTION_GROUND) };
    sheet.bar(bar, Some(ground));
    sheet.paragraph(Tag::ROOT, &Text::of(&page.standing.headline, Face::Bold, 12.5, Ink::Text));
    sheet.paragraph(Tag::ROOT, &Text::plain(page.standing.explanation));
    if !page.standing.complete {
        link(sheet, "What could not be assessed", "gaps");
    }
    sheet.end_bar();
    sheet.space(10.0);
    let number = |number: usize| Text::plain(&number.to_string());
    let shown = [
        Some(("Assessment started", Text::plain(&utc(page.assessment.started_at)))),
        Some(("Assessment completed", Text::plain(&utc(page.assessment.completed_at)))),
        page.meta.template.as_deref().map(|name| ("Assessment template", Text::plain(name))),
        Some(("Instances", number(page.instances.len() + page.unnamed_instances()))),
        Some(("Rules packages", number(page.packages.len()))),
        Some(("Findings", number(page.assessment.findings.len()))),
    ];
    facts(sheet, shown.into_iter().flatten());
    target_tags(sheet, page);
    by_package(sheet, page);
}

fn target_tags(sheet: &mut Sheet<'_>, page: &Page<'_>) {
    let Some(target) = page.meta.target.as_deref() else { return };
    sheet.heading(3, "Tags of the target");
    if page.meta.target_tags.is_empty() {
        let text = format!("The target {target} names no tags: it includes all instances.");
        return sheet.paragraph(Tag::ROOT, &Text::plain(&text));
    }
    let caption = format!("An instance belongs to the target {target} when it carries one of these tags");
    let columns = [Column::text("Key", 1.0), Column::text("Value", 2.0)];
    let rows =
        page.meta.target_tags.iter().map(|tag| vec![Text::small(&tag.key).into(), Text::small(&tag.value).into()]);
    table(sheet, &quiet(&caption, SMALL), &columns, false, rows);
}

fn by_package(sheet: &mut Sheet<'_>, page: &Page<'_>) {
    sheet.heading(3, "Findings by rules package");
    let caption = "Number of findings by severity, and of checks that could not be made out of all that were asked for";
    let columns = [
        Column::text("Rules package", 3.1),
        Column::number("High", 0.8),
        Column::number("Medium", 1.0),
        Column::number("Low", 0.8),
        Column::number("Informational", 1.5),
        Column::number("Undefined", 1.2),
        Column::number("Not assessed", 1.5),
    ];
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for row in &page.packages {
        let mut cells: Vec<Cell> = vec![Text::small(&package_name(&row.package)).into()];
        let count = |severity| Text::small(&row.count(&severity).to_string()).into();
        cells.extend(Severity::WORST_FIRST.into_iter().map(count));
        let missing = match row.checks() {
            0 => "all".to_owned(),
            checks => format!("{} of {checks}", row.counts.not_assessed),
        };
        cells.push(if row.complete() { Text::small(&missing) } else { warning(&missing, SMALL) }.into());
        rows.push(cells);
    }
    let bold = |text: &str| Cell::from(Text::of(text, Face::Bold, SMALL, Ink::Text));
    let mut total = vec![bold("Total")];
    total.extend(Severity::WORST_FIRST.into_iter().map(|severity| bold(&page.total(&severity).to_string())));
    total.push(Cell::default());
    rows.push(total);
    table(sheet, &quiet(caption, SMALL), &columns, true, rows);
}

pub(super) fn tested(sheet: &mut Sheet<'_>, page: &Page<'_>) {
    sheet.need(160.0);
    sheet.place("tested");
    sheet.heading(2, "2 What Is Tested");
    sheet.heading(3, &format!("2.1 Rules Packages – Count {}", page.packages.len()));
    for (index, row) in page.packages.iter().enumerate() {
        sheet.heading(4, &format!("2.1.{} {}", index + 1, package_name(&row.package)));
        let counts = row.counts;
        let checks = format!(
            "{} asked for: {} passed, {} failed, {} not applicable, {} not assessed",
            row.checks(),
            counts.pass,
            counts.fail,
            counts.not_applicable,
            counts.not_assessed
        );
        facts(
            sheet,
            [
                ("Description", Text::plain(row.package.description())),
                ("Provider", Text::plain("OpenInspector")),
                ("Checks", Text::plain(&checks)),
                ("Result", Text::plain(&row.standing())),
            ],
        );
    }
    instances(sheet, page);
}

fn instances(sheet: &mut Sheet<'_>, page: &Page<'_>) {
    let unnamed = page.unnamed_instances();
    sheet.heading(3, &format!("2.2 Instances – Count {}", page.instances.len() + unnamed));
    if !page.instances.is_empty() {
        let caption = "Each instance with the number of its findings and the outcomes of its checks";
        let columns = [
            Column::text("Instance", 3.2),
            Column::number("Findings", 1.0),
            Column::number("Passed", 1.0),
            Column::number("Failed", 1.0),
            Column::number("Not applicable", 1.3),
            Column::number("Not assessed", 1.3),
        ];
        let rows = page.instances.iter().map(|row| {
            let mut name = Text::code(row.id);
            for (text, ink) in [(row.name, Ink::Text), (row.operating_system, Ink::Quiet)] {
                if let Some(text) = text {
                    name = name.below(Text::of(text, Face::Regular, SMALL, ink));
                }
            }
            let number = |number: u64| Cell::from(Text::small(&number.to_string()));
            let mut cells = vec![name.into(), number(row.findings)];
            if row.checks() == 0 {
                let text = warning("No check of this instance is on record", SMALL);
                cells.push(Cell { text, over: 3, ..Cell::default() });
            } else {
                let counts = row.counts;
                cells.extend([counts.pass, counts.fail, counts.not_applicable].map(number));
                let missing = counts.not_assessed.to_string();
                cells.push(
                    if counts.not_assessed > 0 { warning(&missing, SMALL) } else { Text::small(&missing) }.into(),
                );
            }
            cells
        });
        table(sheet, &quiet(caption, SMALL), &columns, true, rows);
    }
    if unnamed > 0 {
        let text =
            format!("{unnamed} of the instances have no row of their own: no rule was asked about them one by one.");
        sheet.paragraph(Tag::ROOT, &Text::plain(&text));
    }
}

pub(super) fn gaps(sheet: &mut Sheet<'_>, page: &Page<'_>) {
    sheet.need(140.0);
    sheet.place("gaps");
    sheet.heading(2, "3 What Could Not Be Assessed");
    if page.standing.complete {
        return sheet.paragraph(Tag::ROOT, &Text::plain("Nothing was left unassessed."));
    }
    sheet.paragraph(Tag::ROOT, &Text::plain("The absence of a finding says nothing about what is listed here."));
    for row in page.packages.iter().filter(|row| row.checks() == 0) {
        let name = package_name(&row.package);
        let text = format!("{name}: no check is on record, so nothing of this rules package was assessed.");
        sheet.paragraph(Tag::ROOT, &warning(&text, SIZE));
    }
    for row in page.instances.iter().filter(|row| row.checks() == 0) {
        let text = warning(": no check of this instance is on record, so nothing of it was assessed.", SIZE);
        sheet.paragraph(Tag::ROOT, &id(row.id).then(text));
    }
    for gap in &page.exclusions {
        sheet.need(90.0);
        sheet.bar(CAUTION, None);
        sheet.heading(3, gap.title);
        let packages: Vec<String> = gap.packages.iter().map(package_name).collect();
        let packages = if packages.is_empty() { "All of the assessment".to_owned() } else { packages.join("\n") };
        let concerned = match gap.subjects().len() {
            0 => "The whole assessment".to_owned(),
            subjects => counted(subjects, "instance"),
        };
        facts(
            sheet,
            [
                ("Rules packages", Text::plain(&packages)),
                ("Cause", Text::plain(gap.cause)),
                ("Remedy", Text::plain(gap.recommendation)),
                ("Concerns", Text::plain(&concerned)),
            ],
        );
        let columns = [Column::text("Instances", 2.0), Column::text("What is missing", 3.0)];
        let rows = gap.particulars.iter().map(|(particular, subjects)| {
            let subjects: Vec<&str> = subjects.iter().copied().collect();
            let which = if subjects.is_empty() { Text::small("all") } else { Text::code(&subjects.join(", ")) };
            vec![which.into(), Text::small(particular).into()]
        });
        table(sheet, &quiet("In particular", SMALL), &columns, false, rows);
        sheet.end_bar();
        sheet.space(8.0);
    }
    missing(sheet, page);
}

fn missing(sheet: &mut Sheet<'_>, page: &Page<'_>) {
    if page.missing.is_empty() {
        return;
    }
    sheet.heading(3, "Checks that were not made");
    let caption = "Every check of the ledger without a result, by class of reason";
    let columns = [
        Column::text("Rules package", 2.0),
        Column::number("Checks", 0.8),
        Column::text("Rules", 2.0),
        Column::text("Instances", 2.4),
    ];
    let joined = |all: &std::collections::BTreeSet<&str>| all.iter().copied().collect::<Vec<_>>().join(", ");
    let rows = page.missing.iter().map(|gap| {
        let name = Text::of(gap.package.name(), Face::Bold, SMALL, Ink::Text).below(quiet(gap.class, SMALL));
        let (rules, subjects) = (Text::small(&joined(&gap.rules)), Text::code(&joined(&gap.subjects)));
        vec![name.into(), Text::small(&gap.checks.to_string()).into(), rules.into(), subjects.into()]
    });
    table(sheet, &quiet(caption, SMALL), &columns, false, rows);
}

pub(super) fn rules(sheet: &mut Sheet<'_>, page: &Page<'_>) {
    sheet.next_page();
    sheet.place("rules");
    sheet.heading(2, "6 Rules Checked");
    let text = "Every rule that was asked for. A rule passed only if it was looked at on every instance; where no rule could \
                be looked at, all of them count as not assessed.";
    sheet.paragraph(Tag::ROOT, &Text::plain(text));
    let columns = [
        Column::text("Rule", 3.6),
        Column::text("Result", 1.3),
        Column::number("Passed", 0.9),
        Column::number("Failed", 0.9),
        Column::number("Not applicable", 1.2),
        Column::number("Not assessed", 1.2),
    ];
    for (index, part) in page.rules.iter().enumerate() {
        sheet.heading(3, &format!("6.{} {}", index + 1, package_name(&part.package)));
        if part.rules.is_empty() {
            sheet.paragraph(Tag::ROOT, &warning("No check is on record.", SIZE));
            continue;
        }
        let rows = part.rules.iter().map(|row| {
            let name = Text::small(if row.rule == "*" { "all other rules" } else { row.rule });
            let result =
                if row.counts.not_assessed > 0 { warning(row.result(), SMALL) } else { Text::small(row.result()) };
            let counts = row.counts;
            let numbers = [counts.pass, counts.fail, counts.not_applicable, counts.not_assessed];
            let numbers = numbers.map(|number| Cell::from(Text::small(&number.to_string())));
            [name.into(), result.into()].into_iter().chain(numbers).collect()
        });
        table(sheet, &quiet("Rules with the number of instances by outcome", SMALL), &columns, true, rows);
    }
}
