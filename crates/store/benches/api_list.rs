//! `api-list`: one page of ListFindings over five million findings, filter by filter. Goal: p99 <= 20 ms.
//!
//! `API_LIST_FINDINGS` sets another number. The findings are kept in `target/bench-api-list-N` for the next time.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a benchmark prints and may fail"
)]

use std::path::Path;
use std::time::Instant;

use inspector_model::arn::Scope;
use inspector_model::{PackageKey, Severity, Timestamp};
use inspector_store::finding::{self, FindingFilter};
use inspector_store::run::TimeRange;
use inspector_store::{Connection, Page, Store, transact};

const RUNS: i64 = 200;
const AGENTS: i64 = 20_000;
const START: i64 = 1_700_000_000_000;

/// Plain arithmetic on the number of a finding; `x` stands for it.
const FINDING: &str = "INSERT INTO finding (arn, run, account, region, shard, agent, auto_scaling_group, package, rule, \
    severity, fingerprint, hidden, fence, body, user_attributes, created_at, updated_at) \
    WITH RECURSIVE n(x) AS (SELECT $1 UNION ALL SELECT x + 1 FROM n WHERE x + 1 < $2) \
    SELECT 'arn:aws:inspector:us-east-1:123456789012:target/0-00000000/template/0-00000000/run/0-' || \
    printf('%08d', x % 200) || '/finding/0-' || printf('%08d', x), \
    'arn:aws:inspector:us-east-1:123456789012:target/0-00000000/template/0-00000000/run/0-' || printf('%08d', x % 200), \
    '123456789012', 'us-east-1', x % 32, 'i-' || printf('%017d', x % 20000), 'group-' || (x % 300), \
    CASE x % 3 WHEN 0 THEN 'cve' WHEN 1 THEN 'network-reachability' ELSE 'best-practices' END, \
    'CVE-2024-' || (x * 7919 % 5000), \
    CASE WHEN x * 31 % 100 < 5 THEN 'High' WHEN x * 31 % 100 < 25 THEN 'Medium' WHEN x * 31 % 100 < 85 THEN 'Low' \
    ELSE 'Informational' END, \
    printf('%064d', x), 0, 1, '{\"padding\":\"' || printf('%0400d', x) || '\"}', '[]', 1700000000000 + x * 5, \
    1700000000000 + x * 5 FROM n";

const ATTRIBUTES: &str = "INSERT INTO finding_attribute (finding, run, created_at, origin, key, value) \
    SELECT arn, run, created_at, 'system', 'PORT', '' || (CAST(substr(arn, -8) AS INTEGER) * 17 % 1000) FROM finding \
    WHERE created_at >= $1 AND created_at < $2 UNION ALL \
    SELECT arn, run, created_at, 'system', 'INSTANCE_ID', agent FROM finding WHERE created_at >= $1 AND created_at < $2";

async fn fill(dir: &Path, count: i64) -> Store {
    let store = Store::open(dir).await.unwrap();
    const STEP: i64 = 250_000;
    let mut done = filled(&store).await;
    while done < count {
        let end = (done + STEP).min(count);
        transact!(store, |conn| write(conn, done, end).await).unwrap();
        done = end;
        println!("wrote {done}");
    }
    store
}

async fn filled(store: &Store) -> i64 {
    let mut conn = store.reader().await.unwrap();
    let row: (i64,) = sqlx::query_as("SELECT COUNT(*) FROM finding").fetch_one(&mut *conn).await.unwrap();
    row.0
}

async fn write(conn: &mut Connection, from: i64, to: i64) -> Result<(), inspector_store::StoreError> {
    sqlx::query(FINDING).bind(from).bind(to).execute(&mut *conn).await?;
    sqlx::query(ATTRIBUTES).bind(START + from * 5).bind(START + to * 5).execute(conn).await?;
    Ok(())
}

fn filters(n: i64) -> Vec<(&'static str, FindingFilter)> {
    let run =
        format!("arn:aws:inspector:us-east-1:123456789012:target/0-00000000/template/0-00000000/run/0-{:08}", n % RUNS);
    let agent = format!("i-{:017}", n * 37 % AGENTS);
    let rule = format!("CVE-2024-{}", n * 13 % 5000);
    let base = FindingFilter::default;
    let from = Timestamp::from_millis(START + n * 10_007);
    let range = TimeRange { from: Some(from), to: Some(from.plus_seconds(60)) };
    vec![
        ("none", base()),
        ("run", FindingFilter { runs: vec![run.parse().unwrap()], ..base() }),
        (
            "run, severity",
            FindingFilter { runs: vec![run.parse().unwrap()], severities: vec![Severity::High], ..base() },
        ),
        ("instance", FindingFilter { agents: vec![agent.clone()], ..base() }),
        (
            "ten instances",
            FindingFilter { agents: (0..10).map(|k| format!("i-{:017}", (n + k * 997) % AGENTS)).collect(), ..base() },
        ),
        ("rule", FindingFilter { rules: vec![rule.clone()], ..base() }),
        ("rule, severity", FindingFilter { rules: vec![rule], severities: vec![Severity::Medium], ..base() }),
        ("severity", FindingFilter { severities: vec![Severity::High], ..base() }),
        ("two severities", FindingFilter { severities: vec![Severity::High, Severity::Medium], ..base() }),
        ("package", FindingFilter { packages: vec![PackageKey::NetworkReachability], ..base() }),
        ("group", FindingFilter { auto_scaling_groups: vec![format!("group-{}", n % 300)], ..base() }),
        ("attribute", FindingFilter { attributes: vec![("PORT".into(), Some((n % 1000).to_string()))], ..base() }),
        (
            "attribute of one instance",
            FindingFilter { attributes: vec![("INSTANCE_ID".into(), Some(agent))], ..base() },
        ),
        (
            "attribute, severity",
            FindingFilter {
                attributes: vec![("PORT".into(), Some((n % 1000).to_string()))],
                severities: vec![Severity::High],
                ..base()
            },
        ),
        ("creation time", FindingFilter { created: range, ..base() }),
    ]
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let count = std::env::var("API_LIST_FINDINGS").ok().and_then(|text| text.parse().ok()).unwrap_or(5_000_000_i64);
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../target/bench-api-list-{count}"));
    let started = Instant::now();
    let store = fill(&dir, count).await;
    println!("{count} findings ready after {:.0} s", started.elapsed().as_secs_f64());
    let scope = Scope { account: "123456789012".parse().unwrap(), region: "us-east-1".parse().unwrap() };
    println!("{:28} {:>9} {:>9} {:>9} {:>6}", "filter", "median ms", "p99 ms", "worst ms", "items");
    for (index, (name, _)) in filters(0).iter().enumerate() {
        let mut times = Vec::new();
        let mut items = 0;
        for n in 0..100 {
            let filter = &filters(n * 41)[index].1;
            // Every other page stands in the middle of the list.
            let middle = (START + count * 5 / 2, String::new());
            let page = Page { after: (n % 2 == 1).then_some(middle), limit: 100 };
            let mut conn = store.reader().await.unwrap();
            let before = Instant::now();
            items += finding::list(&mut conn, &scope, filter, &page).await.unwrap().0.len();
            times.push(before.elapsed().as_secs_f64() * 1000.0);
            if times.iter().sum::<f64>() > 20_000.0 {
                break;
            }
        }
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
        println!("{name:28} {:9.2} {:9.2} {:9.2} {:6}", at(0.5), at(0.99), at(1.0), items / times.len());
    }
}
