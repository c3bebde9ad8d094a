//! The behaviour that every backend of the store must show.
#![expect(clippy::unwrap_used, reason = "a failed expectation ends a test")]

use inspector_model::agent::Trouble;
use inspector_model::arn::{ResourceGroupArn, RunArn, Scope, TargetArn, TemplateArn};
use inspector_model::asset::{Asset, GroupTag};
use inspector_model::event::Event;
use inspector_model::proof::{Proof, SettingProof};
use inspector_model::run::RunState;
use inspector_model::sighting::Sightings;
use inspector_model::{Attribute, Finding, PackageKey, Place, Severity, Timestamp};
use inspector_store::access_key::{self, AccessKey};
use inspector_store::agent::{self, Agent, Barred, Certificate};
use inspector_store::delivery::{self, Delivery};
use inspector_store::enrollment::{self, Grant, Redeemed};
use inspector_store::finding::{self, Body, FindingFilter, StoredFinding};
use inspector_store::greeting;
use inspector_store::resource_group::{self, ResourceGroup};
use inspector_store::run::{self, Delivered, FindingCounts, Parent, Run, RunFilter, StateChange, Wanted};
use inspector_store::snapshot::{self, Snapshot};
use inspector_store::subscription;
use inspector_store::target::{self, Target};
use inspector_store::template::{self, Template, TemplateFilter};
use inspector_store::{Page, Store, StoreError, task, transact};

const RUN: &str = "arn:aws:inspector:us-east-1:000000000000:target/0-targettt/template/0-template/run/0-runrunru";

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn run_arn() -> RunArn {
    RUN.parse().unwrap()
}

fn scope() -> Scope {
    run_arn().scope
}

fn all(limit: u32) -> Page {
    Page { after: None, limit }
}

async fn store() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).await.unwrap();
    (dir, store)
}

fn run_of(arn: RunArn, name: &str, created_at: i64) -> Run {
    Run {
        arn,
        name: name.into(),
        state: RunState::Created,
        duration: 3600,
        packages: vec![PackageKey::NetworkReachability, PackageKey::Cve],
        user_attributes: vec![Attribute::new("owner", "web")],
        created_at: at(created_at),
        started_at: None,
        collect_until: None,
        completed_at: None,
        state_changed_at: at(created_at),
        data_collected: false,
        counts: FindingCounts::default(),
    }
}

async fn insert_run(store: &Store, run: &Run) {
    transact!(store, |conn| run::insert(conn, run).await).unwrap();
}

fn stored_finding(id: &str, severity: Severity, attributes: &[(&str, &str)], created_at: i64) -> StoredFinding {
    let setting = SettingProof {
        setting: "PermitRootLogin".into(),
        at: Place::line("/etc/ssh/sshd_config", 3),
        found: Some("yes".into()),
        wanted: "no".into(),
    };
    let finding = Finding {
        package: PackageKey::BestPractices,
        rule: "ssh-root-login".into(),
        subject: "i-1".into(),
        severity,
        title: "Root may log in".into(),
        description: String::new(),
        recommendation: String::new(),
        attributes: attributes.iter().map(|(key, value)| Attribute::new(*key, *value)).collect(),
        proof: Proof::Settings { settings: vec![setting] },
    };
    let asset = Asset { id: "i-1".into(), auto_scaling_group: Some("web-asg".into()), ..Asset::default() };
    StoredFinding {
        arn: run_arn().finding(id.parse().unwrap()),
        shard: 3,
        fingerprint: id.into(),
        hidden: severity == Severity::Undefined,
        body: Body { finding, asset: Some(asset) },
        user_attributes: vec![Attribute::new("owner", "web")],
        created_at: at(created_at),
        updated_at: at(created_at),
    }
}

/// A run whose template has two topics: one hears of states, both hear of findings.
async fn subscribed(store: &Store) {
    let arn = run_arn();
    let run = run_of(arn.clone(), "Run 1", 1);
    transact!(store, |conn| {
        run::insert(conn, &run).await?;
        for (id, topic, event) in [
            ("0-aaaaaaaa", "states", Event::RunStateChanged),
            ("0-aaaaaaaa", "states", Event::FindingReported),
            ("0-bbbbbbbb", "findings", Event::FindingReported),
        ] {
            subscription::add(conn, &id.parse().unwrap(), &arn.parent(), topic, event, at(1)).await?;
        }
        Ok(())
    })
    .unwrap();
}

fn enrolled(id: &str, certificate: &str, last_seen_at: Timestamp) -> Agent {
    Agent {
        id: id.into(),
        scope: scope(),
        version: "1".into(),
        hostname: String::new(),
        operating_system: String::new(),
        kernel_version: String::new(),
        tags: vec![],
        certificate: Certificate { digest: certificate.into(), expires_at: at(1000) },
        renewed: None,
        enrolled_at: at(0),
        last_seen_at: Some(last_seen_at),
        barred: None,
        sightings: Sightings::default(),
        troubles: Vec::new(),
    }
}

#[tokio::test]
async fn topics_hear_once_of_what_they_subscribed_to() {
    let (_dir, store) = store().await;
    subscribed(&store).await;
    let say = async |event: Event, about: &str, now: i64| {
        transact!(&store, |conn| delivery::announce(conn, &run_arn(), event, about, at(now)).await).unwrap();
    };
    say(Event::RunStateChanged, "CREATED", 2).await;
    say(Event::RunStateChanged, "CREATED", 3).await;
    say(Event::RunStarted, "", 2).await;
    say(Event::FindingReported, "a finding", 4).await;
    let mut conn = store.reader().await.unwrap();
    let due = delivery::due(&mut conn, at(4), 10).await.unwrap();
    let told = due.iter().map(|due| (due.delivery.topic.as_str(), due.delivery.about.as_str(), due.at));
    let expected = [("states", "CREATED", at(2)), ("findings", "a finding", at(4)), ("states", "a finding", at(4))];
    assert_eq!(told.collect::<Vec<_>>(), expected);
    assert_eq!(delivery::due(&mut conn, at(3), 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_topic_is_greeted_once_when_it_subscribes_and_again_only_where_that_failed() {
    let (_dir, store) = store().await;
    subscribed(&store).await;
    let due = async |now: i64| greeting::due(&mut store.reader().await.unwrap(), at(now), 10).await.unwrap();
    let first = due(1_000).await;
    let topics: Vec<_> = first.iter().map(|one| (one.topic.as_str(), &one.template, one.attempts)).collect();
    assert_eq!(topics, [("findings", &run_arn().parent(), 0), ("states", &run_arn().parent(), 0)]);
    transact!(store, |conn| greeting::settle(conn, &first[0], None).await).unwrap();
    transact!(store, |conn| greeting::settle(conn, &first[1], Some(at(2_000))).await).unwrap();
    assert_eq!(due(1_999).await, []);
    assert_eq!(due(2_000).await.iter().map(|one| one.attempts).collect::<Vec<_>>(), [1]);
    let (id, template, event) = ("0-cccccccc".parse().unwrap(), run_arn().parent(), Event::RunStarted);
    transact!(store, |conn| subscription::add(conn, &id, &template, "findings", event, at(3)).await).unwrap();
    assert_eq!(due(1_999).await, [], "subscribing again changes nothing");
}

#[tokio::test]
async fn a_delivery_waits_for_its_next_attempt_and_is_kept_with_its_outcome() {
    let (_dir, store) = store().await;
    subscribed(&store).await;
    let run = run_arn();
    let event = Event::RunStateChanged;
    let told = Delivery { run: run.clone(), event, about: "CREATED".to_owned(), topic: "states".to_owned() };
    let settle = async |outcome: &str, why: Option<&str>, next: Option<i64>| {
        let next = next.map(at);
        transact!(&store, |conn| delivery::settle(conn, &told, outcome, why, next).await).unwrap();
    };
    transact!(&store, |conn| delivery::announce(conn, &run, event, "CREATED", at(2)).await).unwrap();
    let mut conn = store.reader().await.unwrap();
    assert_eq!(delivery::of_run(&mut conn, &run, 50).await.unwrap(), []);
    settle("INTERNAL_ERROR", Some("no answer"), Some(100)).await;
    assert_eq!(delivery::due(&mut conn, at(99), 10).await.unwrap(), []);
    assert_eq!(delivery::due(&mut conn, at(100), 10).await.unwrap()[0].attempts, 1);
    settle("SUCCESS", None, None).await;
    assert_eq!(delivery::due(&mut conn, at(1000), 10).await.unwrap(), []);
    let of_run = delivery::of_run(&mut conn, &run, 50).await.unwrap();
    assert_eq!((of_run[0].outcome.as_str(), &of_run[0].why, of_run[0].at), ("SUCCESS", &None, at(2)));
    let template = run.parent().to_string();
    drop(conn);
    transact!(&store, |conn| run::delete_where(conn, Parent::Template(&template)).await).unwrap();
    assert_eq!(delivery::of_run(&mut store.reader().await.unwrap(), &run, 50).await.unwrap(), []);
}

#[tokio::test]
async fn what_is_acknowledged_is_there_after_a_restart() {
    let (dir, store) = store().await;
    let group = ResourceGroup {
        arn: "arn:aws:inspector:us-east-1:000000000000:resourcegroup/0-groupgro".parse::<ResourceGroupArn>().unwrap(),
        tags: vec![GroupTag { key: "Env".into(), value: None }],
        created_at: at(5),
    };
    transact!(store, |conn| resource_group::insert(conn, &group).await).unwrap();
    store.close().await;
    drop(store);
    let store = Store::open(dir.path()).await.unwrap();
    let found = resource_group::find(&mut store.reader().await.unwrap(), &group.arn).await.unwrap();
    assert_eq!(found, Some(group));
}

#[tokio::test]
async fn a_failed_transaction_leaves_nothing_behind() {
    let (_dir, store) = store().await;
    let run = run_of(run_arn(), "Run 1", 1);
    let failed = transact!(store, |conn| {
        run::insert(conn, &run).await?;
        run::insert(conn, &run).await
    });
    assert!(matches!(failed, Err(StoreError::Taken)), "{failed:?}");
    assert_eq!(run::find(&mut store.reader().await.unwrap(), &run.arn).await.unwrap(), None);
}

#[tokio::test]
async fn a_directory_has_one_server_at_a_time() {
    let (dir, store) = store().await;
    let second = Store::open(dir.path()).await.unwrap_err();
    assert_eq!(second.to_string(), format!("data directory `{}` is in use by another server", dir.path().display()));
    store.close().await;
    drop(store);
    Store::open(dir.path()).await.unwrap();
}

#[tokio::test]
async fn what_others_could_read_is_the_owners_alone_once_the_store_is_open() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let names = [".", "store.sqlite", "store.sqlite-wal", "store.sqlite-shm"];
    let mode = |name: &str| std::fs::metadata(dir.path().join(name)).unwrap().permissions().mode() & 0o7777;
    let open = |name: &str, mode| {
        std::fs::set_permissions(dir.path().join(name), std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let first = Store::open(dir.path()).await.unwrap();
    assert_eq!(names.map(mode), [0o700, 0o600, 0o600, 0o600], "a new one");
    first.close().await;
    drop(first);
    open(".", 0o755);
    open("store.sqlite", 0o644);
    let _second = Store::open(dir.path()).await.unwrap();
    assert_eq!(names.map(mode), [0o700, 0o600, 0o600, 0o600], "an older one");
}

#[tokio::test]
async fn a_directory_for_everybody_stays_so_and_its_database_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(0o1777)).unwrap();
    let _store = Store::open(dir.path()).await.unwrap();
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    assert_eq!((mode(dir.path()), mode(&dir.path().join("store.sqlite"))), (0o1777, 0o600));
}

#[tokio::test]
async fn a_directory_of_a_newer_version_is_refused_by_name() {
    let (dir, store) = store().await;
    store.close().await;
    drop(store);
    let url = format!("sqlite://{}", dir.path().join("store.sqlite").display());
    let pool = sqlx::AnyPool::connect(&url).await.unwrap();
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9001, 'later', TRUE, x'00', 0)",
    )
    .execute(&pool)
    .await
    .unwrap();
    pool.close().await;
    let error = Store::open(dir.path()).await.unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 9001, .. }), "{error}");
    assert!(error.to_string().contains(&dir.path().display().to_string()));
}

#[tokio::test]
async fn a_secret_is_sealed_on_the_disk() {
    let (dir, store) = store().await;
    let key = AccessKey::lasting("AKIAEXAMPLE000000000".into(), scope().account, "root".into(), at(1));
    assert!(!access_key::any(&mut store.reader().await.unwrap()).await.unwrap());
    let secret = "wJalrXUtnFEMIOPENINSPECTORxRfiCYEXAMPLEKEY";
    transact!(store, |conn| access_key::insert(conn, &store, &key, secret).await).unwrap();
    let found = access_key::find(&mut store.reader().await.unwrap(), &store, &key.id).await.unwrap();
    assert_eq!(found, Some((key, secret.to_owned())));
    store.close().await;
    let bytes = std::fs::read(dir.path().join("store.sqlite")).unwrap();
    assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()));
}

#[tokio::test]
async fn target_names_are_unique_and_deleting_one_takes_everything_below() {
    let (_dir, store) = store().await;
    let target_arn: TargetArn = run_arn().parent().parent();
    let target = Target {
        arn: target_arn.clone(),
        name: "a".into(),
        resource_group: None,
        created_at: at(1),
        updated_at: at(1),
    };
    let twin =
        Target { arn: "arn:aws:inspector:us-east-1:000000000000:target/0-othertar".parse().unwrap(), ..target.clone() };
    transact!(store, |conn| target::insert(conn, &target).await).unwrap();
    let taken = transact!(store, |conn| target::insert(conn, &twin).await);
    assert!(matches!(taken, Err(StoreError::Taken)));
    let template = Template {
        arn: run_arn().parent(),
        name: "t".into(),
        duration: 180,
        packages: vec![PackageKey::Cve],
        user_attributes: vec![],
        created_at: at(2),
    };
    transact!(store, |conn| template::insert(conn, &template).await).unwrap();
    insert_run(&store, &run_of(run_arn(), "Run 1", 3)).await;
    let finding = stored_finding("0-AAAAAAAA", Severity::High, &[("PORT", "22")], 4);
    transact!(store, |conn| {
        finding::put(conn, std::slice::from_ref(&finding), 1).await?;
        task::schedule(conn, "run", RUN, at(1)).await
    })
    .unwrap();
    transact!(store, |conn| target::delete(conn, &target_arn).await).unwrap();
    let mut conn = store.reader().await.unwrap();
    assert_eq!(target::find(&mut conn, &target_arn).await.unwrap(), None);
    assert_eq!(template::find(&mut conn, &template.arn).await.unwrap(), None);
    assert_eq!(run::find(&mut conn, &run_arn()).await.unwrap(), None);
    assert_eq!(finding::find(&mut conn, &finding.arn).await.unwrap(), None);
    assert_eq!(task::next_due(&mut conn).await.unwrap(), None);
}

#[tokio::test]
async fn templates_are_found_by_name_duration_and_packages() {
    let (_dir, store) = store().await;
    let template = |id: &str, name: &str, duration, packages: &[PackageKey], created_at| Template {
        arn: format!("arn:aws:inspector:us-east-1:000000000000:target/0-targettt/template/{id}")
            .parse::<TemplateArn>()
            .unwrap(),
        name: name.into(),
        duration,
        packages: packages.to_vec(),
        user_attributes: vec![],
        created_at: at(created_at),
    };
    let one = template("0-00000001", "web_1", 180, &[PackageKey::Cve], 2);
    let two = template("0-00000002", "webx1", 3600, &[PackageKey::NetworkReachability, PackageKey::Cve], 1);
    for template in [&one, &two] {
        transact!(store, |conn| template::insert(conn, template).await).unwrap();
    }
    let mut conn = store.reader().await.unwrap();
    let cases = [
        (TemplateFilter::default(), vec![&two, &one]),
        (TemplateFilter { name_pattern: Some("web_1".into()), ..Default::default() }, vec![&one]),
        (TemplateFilter { name_pattern: Some("web?1".into()), ..Default::default() }, vec![&two, &one]),
        (TemplateFilter { name_pattern: Some("eb*".into()), ..Default::default() }, vec![]),
        (TemplateFilter { name_pattern: Some("WEB*".into()), ..Default::default() }, vec![]),
        (TemplateFilter { min_duration: Some(181), ..Default::default() }, vec![&two]),
        (TemplateFilter { max_duration: Some(180), ..Default::default() }, vec![&one]),
        (
            TemplateFilter { packages: vec![PackageKey::Cve, PackageKey::NetworkReachability], ..Default::default() },
            vec![&two],
        ),
    ];
    for (filter, wanted) in cases {
        let (arns, _) = template::list(&mut conn, &scope(), &filter, &all(10)).await.unwrap();
        assert_eq!(arns, wanted.iter().map(|t| t.arn.to_string()).collect::<Vec<_>>(), "{filter:?}");
    }
}

#[tokio::test]
async fn a_run_keeps_every_state_that_it_went_through() {
    let (_dir, store) = store().await;
    let mut run = run_of(run_arn(), "Run 1", 10);
    insert_run(&store, &run).await;
    run.state = RunState::CollectingData;
    run.started_at = Some(at(12));
    run.collect_until = Some(at(99));
    run.state_changed_at = at(12);
    let change = StateChange { state: RunState::CollectingData, at: at(12) };
    transact!(store, |conn| run::advance(conn, &run, &[change]).await).unwrap();
    let mut conn = store.reader().await.unwrap();
    assert_eq!(run::find(&mut conn, &run.arn).await.unwrap(), Some(run.clone()));
    let changes = run::changes(&mut conn, &run.arn).await.unwrap();
    assert_eq!(changes, [StateChange { state: RunState::Created, at: at(10) }, change]);
    assert_eq!(run::in_progress(&mut conn, Parent::Run(RUN)).await.unwrap(), [run.arn.clone()]);
    let filter = RunFilter { states: vec![RunState::Completed], ..Default::default() };
    assert_eq!(run::list(&mut conn, &scope(), &filter, &all(10)).await.unwrap().0, Vec::<String>::new());
    assert_eq!(run::of_template(&mut conn, &run.arn.parent()).await.unwrap(), (1, Some(run.arn)));
}

fn facts(digest: &str) -> Delivered<'_> {
    Delivered { facts: digest, benchmark: Some("items"), size: 1, observed: false }
}

#[tokio::test]
async fn facts_are_wanted_from_an_agent_until_it_delivers_and_the_first_delivery_counts() {
    let (_dir, store) = store().await;
    let mut run = run_of(run_arn(), "Run 1", 1);
    insert_run(&store, &run).await;
    let asset = Asset { id: "i-1".into(), ..Asset::default() };
    let early = transact!(store, |conn| {
        run::insert_agents(conn, &run.arn, std::slice::from_ref(&asset)).await?;
        run::deliver(conn, &run.arn, "i-1", facts("early"), at(2)).await
    })
    .unwrap();
    assert!(!early, "the run does not collect yet");
    run.state = RunState::CollectingData;
    transact!(store, |conn| run::advance(conn, &run, &[]).await).unwrap();
    let wanted = run::wanted_from(&mut store.reader().await.unwrap(), "i-1").await.unwrap();
    assert_eq!(wanted, [Wanted { run: run.arn.clone(), facts: true, benchmark: false, observe_until: None }]);
    let deliver = async |agent: &'static str, digest: &'static str| {
        transact!(store, |conn| run::deliver(conn, &run.arn, agent, facts(digest), at(3)).await).unwrap()
    };
    assert!(deliver("i-1", "first").await);
    assert!(!deliver("i-1", "second").await);
    assert!(!deliver("i-2", "stranger").await);
    let mut conn = store.reader().await.unwrap();
    assert_eq!(run::wanted_from(&mut conn, "i-1").await.unwrap(), []);
    assert_eq!(run::facts_of(&mut conn, &run.arn, "i-1").await.unwrap().as_deref(), Some("first"));
    let agents = run::agents(&mut conn, &run.arn).await.unwrap();
    assert_eq!(agents.iter().map(|agent| agent.benchmark.as_deref()).collect::<Vec<_>>(), [Some("items")]);
}

#[tokio::test]
async fn a_run_that_observes_wants_facts_at_once_and_again_with_what_was_seen_to_the_end() {
    let (_dir, store) = store().await;
    let mut run = run_of(run_arn(), "Run 1", 1);
    (run.packages, run.duration) = (vec![PackageKey::BestPractices, PackageKey::RuntimeBehavior], 180);
    insert_run(&store, &run).await;
    (run.state, run.collect_until) = (RunState::CollectingData, Some(at(200_000)));
    let asset = Asset { id: "i-1".into(), ..Asset::default() };
    transact!(store, |conn| {
        run::insert_agents(conn, &run.arn, std::slice::from_ref(&asset)).await?;
        run::advance(conn, &run, &[]).await
    })
    .unwrap();
    let wanted = async || run::wanted_from(&mut store.reader().await.unwrap(), "i-1").await.unwrap();
    let deliver = async |observed: bool, digest: &'static str| {
        let delivered = Delivered { facts: digest, benchmark: (!observed).then_some("items"), size: 1, observed };
        transact!(store, |conn| run::deliver(conn, &run.arn, "i-1", delivered, at(3)).await).unwrap()
    };
    let wants = |facts, until| {
        let observe_until = Some(at(until));
        Wanted { run: run.arn.clone(), facts, benchmark: false, observe_until }
    };
    assert_eq!(wanted().await, [wants(true, 182_000)], "a tenth of the duration early");
    assert!(deliver(false, "first").await);
    assert!(!deliver(false, "second").await);
    assert_eq!(wanted().await, [wants(false, 182_000)]);
    let stopped = run::Run { state: RunState::StopDataCollectionPending, ..run.clone() };
    transact!(store, |conn| run::advance(conn, &stopped, &[]).await).unwrap();
    assert_eq!(wanted().await, [wants(false, 0)], "what was seen so far, now");
    assert!(deliver(true, "observed").await);
    assert!(!deliver(true, "again").await);
    assert_eq!(wanted().await, []);
    let mut conn = store.reader().await.unwrap();
    let agents = run::agents(&mut conn, &run.arn).await.unwrap();
    assert_eq!((agents[0].facts.as_deref(), agents[0].observed_at), (Some("observed"), Some(at(3))));
    assert_eq!(agents[0].benchmark.as_deref(), Some("items"), "a benchmark is held once");
}

#[tokio::test]
async fn only_agents_that_were_seen_lately_hold_a_run_up() {
    let (_dir, store) = store().await;
    let run = run_of(run_arn(), "Run 1", 1);
    insert_run(&store, &run).await;
    let assets = ["i-dead", "i-live", "i-none"].map(|id| Asset { id: id.into(), ..Asset::default() });
    transact!(store, |conn| run::insert_agents(conn, &run.arn, &assets).await).unwrap();
    for (id, seen) in [("i-dead", 10), ("i-live", 100)] {
        let agent = enrolled(id, "", at(seen));
        transact!(store, |conn| {
            agent::put(conn, &agent).await?;
            agent::seen(conn, &agent).await
        })
        .unwrap();
    }
    let mut conn = store.reader().await.unwrap();
    assert_eq!(run::outstanding(&mut conn, &run.arn, at(50)).await.unwrap(), (1, Some(at(100))));
    assert_eq!(agent::of_scope(&mut conn, &scope()).await.unwrap().len(), 2);
}

#[tokio::test]
async fn writing_a_finding_twice_writes_it_once_and_a_later_attempt_takes_away_what_it_did_not_find() {
    let (_dir, store) = store().await;
    let (one, two) =
        (stored_finding("0-AAAAAAAA", Severity::High, &[], 1), stored_finding("0-BBBBBBBB", Severity::Low, &[], 1));
    transact!(store, |conn| finding::put(conn, &[one.clone(), two.clone()], 1).await).unwrap();
    let again = StoredFinding { created_at: at(9), ..one.clone() };
    transact!(store, |conn| {
        finding::put(conn, std::slice::from_ref(&again), 2).await?;
        finding::settle(conn, &run_arn(), 2).await
    })
    .unwrap();
    let mut conn = store.reader().await.unwrap();
    assert_eq!(finding::of_run(&mut conn, &run_arn()).await.unwrap(), [one]);
    assert_eq!(finding::find(&mut conn, &two.arn).await.unwrap(), None);
}

#[tokio::test]
async fn a_later_attempt_replaces_what_a_finding_says_and_leaves_what_users_said() {
    let (_dir, store) = store().await;
    let mut first = stored_finding("0-AAAAAAAA", Severity::Low, &[("CVSS", "3.1"), ("PORT", "22")], 1);
    transact!(store, |conn| finding::put(conn, std::slice::from_ref(&first), 1).await).unwrap();
    first.user_attributes = vec![Attribute::new("ticket", "7")];
    transact!(store, |conn| finding::set_user_attributes(conn, &first).await).unwrap();
    let mut second = stored_finding("0-AAAAAAAA", Severity::Undefined, &[("CVSS", "9.8"), ("PORT", "22")], 9);
    second.body.finding.title = "Root may log in from everywhere".into();
    second.body.asset = Some(Asset { id: "i-1".into(), ..Asset::default() });
    transact!(store, |conn| finding::put(conn, std::slice::from_ref(&second), 2).await).unwrap();
    let mut conn = store.reader().await.unwrap();
    let (created_at, updated_at) = (first.created_at, first.updated_at);
    let kept = StoredFinding { user_attributes: first.user_attributes, created_at, updated_at, ..second.clone() };
    assert_eq!(finding::find(&mut conn, &kept.arn).await.unwrap(), Some(kept));
    assert_eq!(finding::severities(&mut conn, &run_arn()).await.unwrap(), [].into());

    second.hidden = false;
    transact!(store, |conn| finding::put(conn, std::slice::from_ref(&second), 3).await).unwrap();
    let system = |key: &str, value: &str| FindingFilter {
        attributes: vec![(key.to_owned(), Some(value.to_owned()))],
        ..Default::default()
    };
    let user = |key: &str| FindingFilter { user_attributes: vec![(key.to_owned(), None)], ..Default::default() };
    let of_group = FindingFilter { auto_scaling_groups: vec!["web-asg".into()], ..Default::default() };
    let cases = [
        (system("CVSS", "9.8"), 1),
        (system("CVSS", "3.1"), 0),
        (system("PORT", "22"), 1),
        (user("ticket"), 1),
        (user("owner"), 0),
        (FindingFilter { severities: vec![Severity::Undefined], ..Default::default() }, 1),
        (of_group, 0),
    ];
    for (filter, wanted) in cases {
        assert_eq!(finding::list(&mut conn, &scope(), &filter, &all(10)).await.unwrap().0.len(), wanted, "{filter:?}");
    }
}

#[tokio::test]
async fn findings_are_filtered_by_each_member_and_hidden_ones_stay_hidden() {
    let (_dir, store) = store().await;
    let one = stored_finding("0-AAAAAAAA", Severity::High, &[("PORT", "22"), ("VPC", "vpc-1")], 1);
    let two = stored_finding("0-BBBBBBBB", Severity::Low, &[("PORT", "80")], 2);
    let hidden = stored_finding("0-CCCCCCCC", Severity::Undefined, &[], 3);
    transact!(store, |conn| finding::put(conn, &[one.clone(), two.clone(), hidden.clone()], 1).await).unwrap();
    let pair = |key: &str, value: Option<&str>| (key.to_owned(), value.map(str::to_owned));
    let cases = [
        (FindingFilter::default(), vec![&one, &two]),
        (FindingFilter { runs: vec![run_arn()], ..Default::default() }, vec![&one, &two]),
        (FindingFilter { severities: vec![Severity::Low, Severity::Medium], ..Default::default() }, vec![&two]),
        (FindingFilter { agents: vec!["i-2".into()], ..Default::default() }, vec![]),
        (FindingFilter { auto_scaling_groups: vec!["web-asg".into()], ..Default::default() }, vec![&one, &two]),
        (FindingFilter { rules: vec!["ssh-root-login".into()], ..Default::default() }, vec![&one, &two]),
        (FindingFilter { packages: vec![PackageKey::Cve], ..Default::default() }, vec![]),
        (FindingFilter { attributes: vec![pair("PORT", Some("80"))], ..Default::default() }, vec![&two]),
        (FindingFilter { attributes: vec![pair("PORT", None)], ..Default::default() }, vec![&one, &two]),
        (FindingFilter { attributes: vec![pair("PORT", None), pair("VPC", None)], ..Default::default() }, vec![&one]),
        (FindingFilter { user_attributes: vec![pair("PORT", None)], ..Default::default() }, vec![]),
        (FindingFilter { user_attributes: vec![pair("owner", Some("web"))], ..Default::default() }, vec![&one, &two]),
        (
            FindingFilter { created: run::TimeRange { from: Some(at(2)), to: Some(at(2)) }, ..Default::default() },
            vec![&two],
        ),
    ];
    let mut conn = store.reader().await.unwrap();
    for (filter, wanted) in cases {
        let (arns, _) = finding::list(&mut conn, &scope(), &filter, &all(10)).await.unwrap();
        assert_eq!(arns, wanted.iter().map(|f| f.arn.to_string()).collect::<Vec<_>>(), "{filter:?}");
    }
}

#[tokio::test]
async fn pages_neither_lose_nor_repeat_an_item() {
    let (_dir, store) = store().await;
    let ids = (0..23).map(|n| format!("0-{n:08}"));
    let findings: Vec<_> = ids.map(|id| stored_finding(&id, Severity::Low, &[], 7)).collect();
    transact!(store, |conn| finding::put(conn, &findings, 1).await).unwrap();
    let mut conn = store.reader().await.unwrap();
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = Page { after, limit: 5 };
        let (arns, next) = finding::list(&mut conn, &scope(), &FindingFilter::default(), &page).await.unwrap();
        assert!(arns.len() <= 5);
        seen.extend(arns);
        after = next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, findings.iter().map(|f| f.arn.to_string()).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_task_has_one_holder_until_its_lease_ends_and_the_old_holder_writes_nothing() {
    let (_dir, store) = store().await;
    transact!(store, |conn| task::schedule(conn, "run", RUN, at(10)).await).unwrap();
    let claim = async |owner: &'static str, now: i64| {
        transact!(store, |conn| task::claim(conn, owner, at(now), at(now + 30), 5).await).unwrap()
    };
    assert_eq!(claim("a", 9).await, [], "it is not due");
    let first = claim("a", 10).await.remove(0);
    assert_eq!(claim("b", 20).await, [], "it is held");
    assert_eq!(task::next_due(&mut store.reader().await.unwrap()).await.unwrap(), Some(at(41)));
    let second = claim("b", 41).await.remove(0);
    assert!(second.fence > first.fence);
    let late = transact!(store, |conn| task::finish(conn, &first, None).await);
    assert!(matches!(late, Err(StoreError::LeaseLost { .. })), "{late:?}");
    transact!(store, |conn| task::renew(conn, &second, at(100)).await).unwrap();
    assert_eq!(claim("c", 90).await, []);
    transact!(store, |conn| task::finish(conn, &second, Some(at(200))).await).unwrap();
    assert_eq!(claim("c", 199).await, []);
    assert_eq!(claim("c", 200).await.len(), 1);
}

#[tokio::test]
async fn many_workers_take_each_task_once() {
    let (_dir, store) = store().await;
    for n in 0..40 {
        transact!(store, |conn| task::schedule(conn, "run", &n.to_string(), at(n)).await).unwrap();
    }
    let worker = |owner: String| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut mine = Vec::new();
            loop {
                let claims = transact!(store, |conn| task::claim(conn, &owner, at(100), at(200), 3).await).unwrap();
                if claims.is_empty() {
                    return mine;
                }
                mine.extend(claims.into_iter().map(|claim| claim.subject));
            }
        })
    };
    let workers: Vec<_> = (0..6).map(|n| worker(format!("worker-{n}"))).collect();
    let mut taken = Vec::new();
    for worker in workers {
        taken.extend(worker.await.unwrap());
    }
    assert_eq!(taken.len(), 40);
    taken.sort();
    taken.dedup();
    assert_eq!(taken.len(), 40);
}

#[tokio::test]
async fn an_earlier_time_wins_and_a_dead_process_lets_go_at_once() {
    let (_dir, store) = store().await;
    for time in [50, 20, 70] {
        transact!(store, |conn| task::schedule(conn, "run", RUN, at(time)).await).unwrap();
    }
    assert_eq!(task::next_due(&mut store.reader().await.unwrap()).await.unwrap(), Some(at(20)));
    let claims = transact!(store, |conn| task::claim(conn, "a", at(20), at(900), 1).await).unwrap();
    assert_eq!(claims.len(), 1);
    assert_eq!(transact!(store, |conn| task::release_all(conn).await).unwrap(), 1);
    let claims = transact!(store, |conn| task::claim(conn, "b", at(21), at(900), 1).await).unwrap();
    assert_eq!(claims.len(), 1);
}

#[tokio::test]
async fn an_agent_that_enrols_again_begins_anew() {
    let (_dir, store) = store().await;
    let first = enrolled("i-1", "first", at(0));
    let mut barred = first.clone();
    barred.renewed = Some(Certificate { digest: "second".into(), expires_at: at(2000) });
    barred.barred = Some(Barred::Cloned("two machines".into()));
    barred.troubles = vec![Trouble { code: "spool-full".into(), detail: "lost 3".into() }];
    transact!(store, |conn| {
        agent::put(conn, &first).await?;
        agent::seen(conn, &barred).await
    })
    .unwrap();
    assert_eq!(agent::find(&mut store.reader().await.unwrap(), "i-1").await.unwrap().as_ref(), Some(&barred));
    transact!(store, |conn| agent::put(conn, &first).await).unwrap();
    assert_eq!(agent::find(&mut store.reader().await.unwrap(), "i-1").await.unwrap().as_ref(), Some(&first));
}

#[tokio::test]
async fn an_enrolment_token_works_as_often_as_it_says_in_time_and_for_whom_it_was_made() {
    let (_dir, store) = store().await;
    let grant = Grant { scope: scope(), tags: vec![Attribute::new("Env", "prod")], agent: None, uses: 1 };
    let twice = Grant { uses: 2, ..grant.clone() };
    let bound = Grant { agent: Some("i-1".into()), ..grant.clone() };
    for (token, grant, expires_at) in
        [("good", &grant, 100), ("late", &grant, 10), ("bound", &bound, 100), ("twice", &twice, 100)]
    {
        transact!(store, |conn| enrollment::insert(conn, token, grant, at(0), at(expires_at)).await).unwrap();
    }
    for (token, agent, wanted) in [
        ("bound", "i-2", Redeemed::Other),
        ("bound", "i-1", Redeemed::For(bound.clone())),
        ("good", "i-1", Redeemed::For(grant.clone())),
        ("good", "i-1", Redeemed::Used),
        ("twice", "i-1", Redeemed::For(twice.clone())),
        ("twice", "i-2", Redeemed::For(Grant { uses: 1, ..twice.clone() })),
        ("twice", "i-3", Redeemed::Used),
        ("late", "i-1", Redeemed::Expired),
        ("never", "i-1", Redeemed::Unknown),
    ] {
        let redeemed = transact!(store, |conn| {
            let redeemed = enrollment::grant(conn, token, agent, at(50)).await?;
            if let Redeemed::For(_) = redeemed {
                assert!(enrollment::redeem(conn, token, agent, at(50)).await?);
            }
            Ok(redeemed)
        });
        assert_eq!(redeemed.unwrap(), wanted, "{token}");
    }
}

#[tokio::test]
async fn importing_a_snapshot_again_replaces_it_and_leaves_the_others() {
    let (_dir, store) = store().await;
    let assets = |ids: &[&str]| -> Vec<Asset> {
        ids.iter().map(|id| Asset { id: (*id).into(), snapshot: Some("ab".into()), ..Asset::default() }).collect()
    };
    for (name, ids) in [("a", &["i-1", "i-2"][..]), ("b", &["i-3"]), ("a", &["i-2", "i-4"])] {
        let snapshot =
            Snapshot { scope: scope(), name: name.into(), digest: "ab".into(), instances: 2, imported_at: at(1) };
        transact!(store, |conn| snapshot::put(conn, &snapshot, &assets(ids)).await).unwrap();
    }
    let mut conn = store.reader().await.unwrap();
    let ids: Vec<_> =
        snapshot::instances(&mut conn, &scope()).await.unwrap().into_iter().map(|asset| asset.id).collect();
    assert_eq!(ids, ["i-2", "i-3", "i-4"]);
    assert_eq!(snapshot::of_scope(&mut conn, &scope()).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_subscription_lives_as_long_as_its_last_event_and_its_template() {
    let (_dir, store) = store().await;
    let named = |name: &str| Template {
        arn: TemplateArn { template: format!("0-{name}{name}").parse().unwrap(), ..run_arn().parent() },
        name: name.to_owned(),
        duration: 180,
        packages: vec![],
        user_attributes: vec![],
        created_at: at(1),
    };
    let (gone, kept) = (named("gone"), named("kept"));
    let add = async |id: &str, of: &Template, topic: &str, event: Event, now: i64| {
        let id = id.parse().unwrap();
        transact!(&store, |conn| subscription::add(conn, &id, &of.arn, topic, event, at(now)).await).unwrap();
    };
    let listed = async |limit: u32| {
        let mut conn = store.reader().await.unwrap();
        let (found, next) = subscription::list(&mut conn, &scope(), None, &all(limit)).await.unwrap();
        let line = |one: subscription::Subscription| (one.id.to_string(), one.topic, one.events);
        (found.into_iter().map(line).collect::<Vec<_>>(), next)
    };
    for template in [&gone, &kept] {
        transact!(&store, |conn| template::insert(conn, template).await).unwrap();
    }
    add("0-aaaaaaaa", &kept, "alarms", Event::Other, 1).await;
    add("0-bbbbbbbb", &kept, "alarms", Event::FindingReported, 2).await;
    add("0-cccccccc", &kept, "alarms", Event::Other, 3).await;
    add("0-dddddddd", &gone, "alarms", Event::Other, 4).await;
    let events = vec![(Event::FindingReported, at(2)), (Event::Other, at(1))];
    let first = ("0-aaaaaaaa".to_owned(), "alarms".to_owned(), events);
    assert_eq!(listed(1).await, (vec![first.clone()], Some((1, "0-aaaaaaaa".to_owned()))));
    transact!(&store, |conn| template::delete(conn, &gone.arn).await).unwrap();
    assert_eq!(listed(10).await, (vec![first], None));
    for event in [Event::Other, Event::FindingReported] {
        transact!(&store, |conn| subscription::remove(conn, &kept.arn, "alarms", event).await).unwrap();
    }
    assert_eq!(listed(10).await, (vec![], None));
}
