//! The report on paper against the one for browsers, and against the edges of the paper.

use inspector_model::assessment::Assessment;

use super::draw::Op;
use super::sheet::{HEIGHT, SIDE, WIDTH};
use super::*;
use crate::ReportKind;
use crate::format::html;

#[allow(dead_code, reason = "other tests use the rest of the sample")]
#[path = "../../../tests/sample/mod.rs"]
mod sample;

/// Pages as their texts, without white space; each text must stand on the paper.
#[derive(Default)]
struct Words(Vec<String>);

impl Canvas for Words {
    fn page(&mut self, _: &Fonts, ops: Vec<Op>, plan: &Plan, _: &mut Tags) {
        let mut words = String::new();
        for op in ops {
            match op {
                Op::Text(drawn) => {
                    let right = drawn.x + drawn.piece.width;
                    assert!(drawn.x >= SIDE - 0.1 && right <= WIDTH - SIDE + 0.1, "{drawn:?} ends at {right}");
                    assert!((0.0..HEIGHT - 30.0).contains(&drawn.baseline), "{drawn:?}");
                    words.extend(drawn.piece.text.chars().filter(|c| !c.is_whitespace()));
                }
                Op::Link { to, .. } => assert!(plan.pages == 0 || plan.places.contains_key(&to), "{to}"),
                Op::Box { .. } => {}
            }
        }
        self.0.push(words);
    }
}

fn words(assessment: &Assessment, meta: &ReportMeta) -> Vec<String> {
    let page = Page::of(assessment, meta);
    let fonts = Fonts::load().unwrap();
    let (known, _) = laid_out(&fonts, &page, Plan::default(), &mut Nowhere);
    let mut words = Words::default();
    let (again, _) = laid_out(&fonts, &page, known.clone(), &mut words);
    assert_eq!(known, again, "the second layout is the first");
    words.0
}

/// The texts between the tags of the body, without white space.
fn texts(html: &str) -> Vec<String> {
    let body = html.split_once("</a>").unwrap().1.split_once("<footer").unwrap().0;
    let text = |part: &str| {
        let plain = part.split_once('>').map_or("", |(_, text)| text);
        let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
        let plain = entities.iter().fold(plain.to_owned(), |text, (entity, sign)| text.replace(entity, sign));
        plain.chars().filter(|c| !c.is_whitespace()).collect::<String>()
    };
    body.split('<').map(text).filter(|text| !text.is_empty()).collect()
}

#[test]
fn it_says_what_the_html_report_says() {
    for kind in [ReportKind::Findings, ReportKind::Full] {
        let (assessment, meta) = (sample::assessment(), sample::meta(kind));
        let mut page = Vec::new();
        html::write(&assessment, &meta, &mut page).unwrap();
        let paper = words(&assessment, &meta).concat();
        let texts = texts(&String::from_utf8(page).unwrap());
        assert!(texts.len() > 200, "{}", texts.len());
        for text in texts {
            assert!(paper.contains(&text), "`{text}` is not on the paper");
        }
    }
}

#[test]
fn no_text_of_an_assessment_leaves_the_paper() {
    let long = "x".repeat(9000);
    let hostile = format!("a\u{202e}b\n\n\r\u{0}{long} \u{5d0}\u{6570} (((\\)))");
    let mut assessment = sample::assessment();
    let first = assessment.findings[0].clone();
    for finding in &mut assessment.findings {
        for text in [&mut finding.title, &mut finding.description, &mut finding.recommendation, &mut finding.subject] {
            text.clone_from(&hostile);
        }
        finding.rule.clone_from(&hostile);
        finding.attributes.push(inspector_model::Attribute::new(&*hostile, &*hostile));
    }
    let mut second = first;
    second.subject = "another".to_owned();
    second.rule.clone_from(&hostile);
    assessment.findings.push(second);
    for exclusion in &mut assessment.exclusions {
        exclusion.title.clone_from(&hostile);
        exclusion.reason.detail.clone_from(&hostile);
    }
    let mut meta = sample::meta(ReportKind::Full);
    meta.template = Some(hostile.clone());
    meta.target_tags.push(inspector_model::Attribute::new(&*hostile, &*hostile));
    let paper = words(&assessment, &meta).concat();
    assert!(paper.contains("⟨U+202E⟩") && paper.contains("⟨U+6570⟩") && paper.matches('x').count() > 10 * 9000);
    assert!(write(&assessment, &meta).unwrap().starts_with(b"%PDF-1.7"));
}

#[test]
fn the_same_assessment_gives_the_same_bytes() {
    let make = || write(&sample::assessment(), &sample::meta(ReportKind::Full)).unwrap();
    assert_eq!(make(), make());
}

#[test]
fn a_table_that_breaks_has_its_head_on_each_page_and_each_row_once() {
    let mut meta = sample::meta(ReportKind::Findings);
    let instance = |n: usize| crate::Instance { id: format!("i-{n:017}"), name: None, operating_system: None };
    meta.instances.extend((0..300).map(instance));
    let pages = words(&sample::assessment(), &meta);
    let table = pages.iter().filter(|page| page.contains("InstanceFindingsPassedFailed")).count();
    assert!(table > 5, "{table}");
    for n in 0..300 {
        let id = format!("i-{n:017}");
        let times: usize = pages.iter().map(|page| page.matches(&id).count()).sum();
        assert_eq!(times, 2, "{id} stands in the table and among the gaps");
    }
}
