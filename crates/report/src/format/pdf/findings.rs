//! The findings: all rules at a glance, then each with its instances and their proofs.

use inspector_model::proof::NetworkProof;
use inspector_model::{Finding, Proof};

use super::font::Face;
use super::sheet::{LINE, Sheet};
use super::table::{Cell, Column, table};
use super::tag::Tag;
use super::text::{Ink, SIZE, SMALL, Text};
use super::{facts, id, quiet, severity};
use crate::page::{Group, Page, directions, hops, package_name, socket};

fn place(index: usize) -> String {
    format!("rule-{}", index + 1)
}

pub(super) fn summary(sheet: &mut Sheet<'_>, page: &Page<'_>) {
    sheet.need(140.0);
    sheet.place("findings");
    sheet.heading(2, "4 Findings Summary");
    if page.groups.is_empty() {
        return sheet.paragraph(Tag::ROOT, &Text::plain(&page.standing.headline));
    }
    let columns = [
        Column::text("Severity", 1.1),
        Column::text("Rule", 3.6),
        Column::text("Rules package", 2.3),
        Column::number("Instances", 0.9),
    ];
    let rows = page.groups.iter().enumerate().map(|(index, group)| {
        let rule = Text::of(group.rule, Face::Regular, SMALL, Ink::Link);
        vec![
            severity(group.severity, SMALL).into(),
            Cell { text: rule, link: Some(place(index)), over: 0 },
            Text::small(group.package.name()).into(),
            Text::small(&group.subjects.len().to_string()).into(),
        ]
    });
    table(sheet, &quiet("Rules with findings, worst first", SMALL), &columns, false, rows);
}

pub(super) fn details(sheet: &mut Sheet<'_>, page: &Page<'_>) {
    sheet.next_page();
    sheet.place("details");
    sheet.heading(2, "5 Findings Details");
    if page.groups.is_empty() {
        sheet.paragraph(Tag::ROOT, &Text::plain("There are no findings to detail."));
    }
    for (index, group) in page.groups.iter().enumerate() {
        sheet.need(120.0);
        sheet.place(&place(index));
        rule(sheet, index, group);
    }
}

fn rule(sheet: &mut Sheet<'_>, index: usize, group: &Group<'_>) {
    sheet.heading(3, &format!("5.{} {}", index + 1, group.rule));
    if let Some(title) = group.title {
        sheet.paragraph(Tag::ROOT, &Text::of(title, Face::Bold, SIZE, Ink::Text));
    }
    let known = [
        Some(("Severity", severity(group.severity, SIZE))),
        Some(("Rules package", Text::plain(&package_name(&group.package)))),
        group.description.map(|text| ("Description", Text::plain(text))),
        group.recommendation.map(|text| ("Recommendation", Text::plain(text))),
    ];
    facts(sheet, known.into_iter().flatten());
    sheet.heading(4, &format!("Failed instances – Count {}", group.subjects.len()));
    for finding in &group.findings {
        instance(sheet, group, finding);
    }
}

fn instance(sheet: &mut Sheet<'_>, group: &Group<'_>, finding: &Finding) {
    sheet.need(70.0);
    sheet.bar(LINE, None);
    let mut name = Text::of(&finding.subject, Face::Mono, SIZE, Ink::Text);
    if let Some(own) = group.own_severity(finding) {
        name = name.and(" ", Face::Regular, SIZE, Ink::Text).then(severity(own, SIZE));
    }
    sheet.paragraph(Tag::ROOT, &name);
    if group.title.is_none() {
        sheet.paragraph(Tag::ROOT, &Text::of(&finding.title, Face::Bold, SIZE, Ink::Text));
    }
    if group.description.is_none() {
        sheet.paragraph(Tag::ROOT, &Text::plain(&finding.description));
    }
    proof(sheet, &finding.proof);
    if group.recommendation.is_none() {
        let name = Text::of("Recommendation: ", Face::Bold, SIZE, Ink::Text);
        sheet.paragraph(Tag::ROOT, &name.then(Text::plain(&finding.recommendation)));
    }
    attributes(sheet, finding);
    sheet.end_bar();
    sheet.space(8.0);
}

fn attributes(sheet: &mut Sheet<'_>, finding: &Finding) {
    if finding.attributes.is_empty() {
        return;
    }
    let mut text = Text::default();
    for (index, attribute) in finding.attributes.iter().enumerate() {
        if index > 0 {
            text = text.then(quiet("  ·  ", SMALL));
        }
        text = text.then(quiet(&format!("{} ", attribute.key), SMALL)).then(Text::small(&attribute.value));
    }
    sheet.paragraph(Tag::ROOT, &text);
}

fn proof(sheet: &mut Sheet<'_>, proof: &Proof) {
    match proof {
        Proof::Network(network) => path(sheet, network),
        Proof::Packages { comparisons } => {
            let columns = [
                Column::text("Package", 1.9),
                Column::text("Compared by source", 1.9),
                Column::text("Fixed in", 1.5),
                Column::text("Status", 1.2),
                Column::text("Advisory", 1.7),
            ];
            let rows = comparisons.iter().map(|one| {
                let fixed = one.fixed_version.as_deref().map_or_else(|| Text::small("no fix yet"), Text::code);
                vec![
                    Text::small(&one.name).below(Text::code(&one.version)).into(),
                    Text::small(&one.source).below(Text::code(&one.source_version)).into(),
                    fixed.into(),
                    Text::small(&one.status.to_string()).into(),
                    Text::small(&one.advisory).below(quiet(&one.feed, SMALL)).into(),
                ]
            });
            let caption = quiet("Installed versions compared with the advisory", SMALL);
            table(sheet, &caption, &columns, false, rows);
        }
        Proof::Settings { settings } => {
            let columns = [
                Column::text("Setting", 1.6),
                Column::text("Read at", 2.0),
                Column::text("Found", 1.4),
                Column::text("Wanted", 1.8),
            ];
            let rows = settings.iter().map(|one| {
                let found = one.found.as_deref().map_or_else(|| Text::small("not set"), Text::code);
                let (setting, at) = (Text::small(&one.setting), Text::code(&one.at.to_string()));
                vec![setting.into(), at.into(), found.into(), Text::small(&one.wanted).into()]
            });
            table(sheet, &quiet("Settings as they were found and as they should be", SMALL), &columns, false, rows);
        }
        Proof::Imported { record } => {
            let text = Text::plain(
                "Imported from the original service, which did not export its evidence: this cannot be checked again. Its \
                 record is kept as ",
            );
            sheet.paragraph(Tag::ROOT, &text.then(id(&record.to_string())).then(Text::plain(".")));
        }
    }
}

fn path(sheet: &mut Sheet<'_>, network: &NetworkProof) {
    let columns =
        [Column::number("Hop", 0.5), Column::text("Component", 2.2), Column::text("What lets the packet through", 4.0)];
    for (direction, packet, heading) in directions(network) {
        let source = socket(&packet.source, &packet.source_port);
        let destination = socket(&packet.destination, &packet.destination_port);
        let told = format!("{} {source} → {destination}", packet.protocol);
        let caption = quiet(&format!("{heading} "), SMALL).then(Text::code(&told));
        let rows = hops(network, &direction).into_iter().enumerate().map(|(index, hop)| {
            let number = Text::small(&(index + 1).to_string());
            vec![number.into(), Text::code(&hop.component).into(), Text::small(&hop.rule).into()]
        });
        table(sheet, &caption, &columns, false, rows);
    }
    if !network.assumptions.is_empty() {
        sheet.paragraph(Tag::ROOT, &quiet("Assumed, because AWS was not asked:", SIZE));
        for assumption in &network.assumptions {
            sheet.paragraph(Tag::ROOT, &quiet(&format!("•  {assumption}"), SIZE));
        }
    }
}
