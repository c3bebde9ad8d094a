//! Reports: links that carry their own permission for a quarter of an hour, and the pages behind them.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use inspector_model::Attribute;
use inspector_model::arn::RunArn;
use inspector_model::assessment::{Assessment, Subject};
use inspector_report::{Instance, ReportKind, ReportMeta, format};
use inspector_store::run::{self, Run, RunAgent};
use inspector_store::{StoreError, coverage, exclusion, finding, resource_group, target, template};
use ring::hmac;
use tokio::sync::Semaphore;

use crate::Service;
use crate::world::now;

/// How long a link is good, in seconds.
const LIFE_SECONDS: i64 = 900;

/// The pages need no signature: their links are signed.
pub(crate) fn routes(service: Service) -> Router {
    Router::new().route("/reports/{token}", get(page)).with_state(service)
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writer {
    Html,
    Pdf,
}

/// Which report, and how it is written.
type Wanted = (ReportKind, Writer);

/// Every report, by what its links call it.
const REPORTS: [(Wanted, &str); 4] = [
    ((ReportKind::Findings, Writer::Html), "findings"),
    ((ReportKind::Full, Writer::Html), "full"),
    ((ReportKind::Findings, Writer::Pdf), "findings.pdf"),
    ((ReportKind::Full, Writer::Pdf), "full.pdf"),
];

/// Reports that are written at once; more wait. One of a large run takes seconds and as much memory as its file.
static WRITING: Semaphore = Semaphore::const_new(2);

/// A link to the report of `run`.
pub(crate) fn link(service: &Service, run: &RunArn, wanted: Wanted) -> String {
    let word = REPORTS.iter().find(|(report, _)| *report == wanted).map_or("findings", |(_, word)| word);
    let content = format!("{}\n{word}\n{run}", now().plus_seconds(LIFE_SECONDS).millis());
    let tag = hmac::sign(service.token_key(), format!("report\n{content}").as_bytes());
    let token = URL_SAFE_NO_PAD.encode([tag.as_ref(), content.as_bytes()].concat());
    format!("{}/reports/{token}", service.addresses().api_url.trim_end_matches('/'))
}

fn read(service: &Service, token: &str) -> Option<(RunArn, Wanted)> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (tag, content) = bytes.split_at_checked(32)?;
    let content = std::str::from_utf8(content).ok()?;
    hmac::verify(service.token_key(), format!("report\n{content}").as_bytes(), tag).ok()?;
    let mut parts = content.split('\n');
    let expires_at: i64 = parts.next()?.parse().ok()?;
    let word = parts.next()?;
    let (wanted, _) = REPORTS.into_iter().find(|(_, other)| *other == word)?;
    (expires_at > now().millis()).then_some(())?;
    Some((parts.next()?.parse().ok()?, wanted))
}

async fn page(State(service): State<Service>, Path(token): Path<String>) -> Response {
    let Some((arn, wanted)) = read(&service, &token) else {
        return (StatusCode::FORBIDDEN, "this link is not valid or has expired; ask for the report again\n")
            .into_response();
    };
    match render(&service, &arn, wanted).await {
        Ok(Some(page)) => (
            [
                (header::CONTENT_TYPE, content_type(wanted.1)),
                (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; img-src data:"),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
                (header::REFERRER_POLICY, "no-referrer"),
                (header::CACHE_CONTROL, "no-store"),
            ],
            page,
        )
            .into_response(),
        Ok(None) => (StatusCode::NOT_FOUND, "the assessment run is gone\n").into_response(),
        Err(error) => {
            tracing::error!(run = %arn, %error, "a report cannot be made");
            (StatusCode::INTERNAL_SERVER_ERROR, "the report cannot be made; the log of the service holds the cause\n")
                .into_response()
        }
    }
}

fn content_type(writer: Writer) -> &'static str {
    match writer {
        Writer::Html => "text/html; charset=utf-8",
        Writer::Pdf => "application/pdf",
    }
}

async fn render(service: &Service, arn: &RunArn, (kind, writer): Wanted) -> Result<Option<Vec<u8>>, StoreError> {
    let broken = |why: String| StoreError::Malformed { what: "report".to_owned(), why };
    let _place = WRITING.acquire().await.map_err(|error| broken(error.to_string()))?;
    let Some((assessment, meta)) = load(service, arn, kind).await? else { return Ok(None) };
    let rendered = tokio::task::spawn_blocking(move || match writer {
        Writer::Html => {
            let mut page = Vec::new();
            let written = format::html::write(&assessment, &meta, &mut page);
            written.map(|()| page).map_err(|error| error.to_string())
        }
        Writer::Pdf => format::pdf::write(&assessment, &meta).map_err(|error| format!("{error}: {:?}", error.source)),
    });
    rendered.await.map_err(|error| broken(error.to_string()))?.map(Some).map_err(broken)
}

async fn load(
    service: &Service,
    arn: &RunArn,
    kind: ReportKind,
) -> Result<Option<(Assessment, ReportMeta)>, StoreError> {
    let mut conn = service.store().reader().await?;
    let Some(run) = run::find(&mut conn, arn).await? else { return Ok(None) };
    let template = template::find(&mut conn, &arn.parent()).await?;
    let target = target::find(&mut conn, &arn.parent().parent()).await?;
    let group = match target.as_ref().and_then(|target| target.resource_group.as_ref()) {
        Some(arn) => resource_group::find(&mut conn, arn).await?,
        None => None,
    };
    let agents = run::agents(&mut conn, arn).await?;
    let findings = finding::of_run(&mut conn, arn).await?;
    let exclusions = exclusion::of_run(&mut conn, arn).await?;
    drop(conn);
    let tags = group.map(|group| group.tags).unwrap_or_default();
    let meta = ReportMeta {
        kind,
        generated_at: now(),
        run: Some(run.name.clone()),
        template: template.map(|template| template.name),
        target: target.map(|target| target.name),
        target_tags: tags.into_iter().map(|tag| Attribute::new(tag.key, tag.value.unwrap_or_default())).collect(),
        instances: agents.iter().map(instance).collect(),
    };
    let findings = findings
        .into_iter()
        .map(|stored| stored.body.finding)
        .filter(|finding| finding.title != crate::engine::NOTHING_FOUND);
    let assessment = Assessment {
        findings: in_order(findings.collect()),
        exclusions: exclusions.into_iter().map(|stored| stored.exclusion).collect(),
        coverage: coverage::load(service.store(), arn).await?,
        ..bare(&run, agents.len())
    };
    Ok(Some((assessment, meta)))
}

fn bare(run: &Run, instances: usize) -> Assessment {
    Assessment {
        started_at: run.started_at.unwrap_or(run.created_at),
        completed_at: run.completed_at.unwrap_or(run.state_changed_at),
        subject: Subject::Run { id: run.arn.to_string(), instances },
        packages: run.packages.clone(),
        findings: Vec::new(),
        exclusions: Vec::new(),
        coverage: inspector_model::coverage::Coverage::default(),
    }
}

/// Worst first, as every list of findings.
fn in_order(mut findings: Vec<inspector_model::Finding>) -> Vec<inspector_model::Finding> {
    findings.sort_by(|a, b| {
        let key = |finding: &inspector_model::Finding| (std::cmp::Reverse(finding.severity), finding.package);
        key(a).cmp(&key(b)).then_with(|| (&a.rule, &a.subject, &a.title).cmp(&(&b.rule, &b.subject, &b.title)))
    });
    findings
}

fn instance(row: &RunAgent) -> Instance {
    let name = row.asset.tags.iter().find(|tag| tag.key == "Name").map(|tag| tag.value.clone());
    Instance { id: row.asset.id.clone(), name: name.or_else(|| row.asset.hostname.clone()), operating_system: None }
}
