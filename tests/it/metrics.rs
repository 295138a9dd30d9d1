//! `/metrics` as Prometheus reads it: the form, figures that follow what happens, and nobody's data.

use std::collections::BTreeMap;
use std::time::Duration;

use doorstep::base::store::Db;
use doorstep::sandbox::{Fault, FaultRule, Method};
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, SqliteConnection};

use crate::support::opening::Usual;
use crate::support::spec::HouseholdSpec;
use crate::support::town::Town;
use crate::support::{on_both, postgres, sqlite_url};

const PATIENCE: Duration = Duration::from_mins(2);

/// The figures of one scrape, by name with labels.
#[derive(Debug)]
struct Scrape {
    text: String,
    samples: BTreeMap<String, f64>,
}

impl Scrape {
    /// Asks for them as Prometheus does.
    async fn of(town: &Town) -> Self {
        let answer = reqwest::get(town.port().url("/metrics")).await.expect("an answer");
        let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
        assert!(kind.starts_with("text/plain; version=0.0.4"), "{kind}");
        Self::read(answer.text().await.expect("text"))
    }

    /// Reads the text format strictly: each family once, with its type before its samples.
    fn read(text: String) -> Self {
        let mut types = BTreeMap::new();
        let mut samples = BTreeMap::new();
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("# TYPE ") {
                let (name, kind) = rest.split_once(' ').expect("a name and a type");
                assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
                assert!(types.insert(name.to_owned(), kind).is_none(), "twice: {line}");
                continue;
            }
            if line.starts_with("# HELP ") {
                continue;
            }
            let (series, value) = line.rsplit_once(' ').expect("a series and a value");
            let value: f64 = value.parse().unwrap_or_else(|_| panic!("no number: {line}"));
            let name = series.split('{').next().unwrap();
            assert!(name.starts_with("doorstep_"), "{line}");
            let family = |suffix: &str| types.get(name.strip_suffix(suffix).unwrap_or("")).copied();
            let known = types.contains_key(name)
                || family("_total") == Some("counter")
                || ["_bucket", "_sum", "_count"].iter().any(|s| family(s) == Some("histogram"));
            assert!(known, "no type before {line}");
            if let Some(labels) = series.strip_prefix(name).filter(|labels| !labels.is_empty()) {
                assert!(labels.starts_with('{') && labels.ends_with("\"}"), "{line}");
                for label in labels[1..labels.len() - 2].split("\",") {
                    let (label, value) = label.split_once("=\"").expect("a label and its value");
                    assert!(label.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{line}");
                    assert!(!value.contains('"'), "{line}");
                }
            }
            assert!(samples.insert(series.to_owned(), value).is_none(), "twice: {line}");
        }
        assert!(text.ends_with('\n'), "the last line ends");
        Self { text, samples }
    }

    #[track_caller]
    fn get(&self, series: &str) -> f64 {
        let found = self.samples.get(&format!("doorstep_{series}"));
        *found.unwrap_or_else(|| panic!("no {series} in {}", self.text))
    }

    /// A counter that is made when it is first needed.
    fn count(&self, series: &str) -> f64 {
        self.samples.get(&format!("doorstep_{series}")).copied().unwrap_or(0.0)
    }
}

#[track_caller]
fn is(found: f64, expected: f64) {
    assert!((found - expected).abs() < 0.001, "{found} is not {expected}");
}

fn read_as(outcome: &str) -> String {
    format!("messages_read_total{{outcome=\"{outcome}\",language=\"zh-CN\"}}")
}

const DANGERS: &str = "open_alerts{type=\"danger\"}";

on_both!(figures_follow_what_happens, async |town| {
    let first = Scrape::of(town).await;
    let kind = town.database.split(':').next().unwrap().replace("postgresql", "postgres");
    let version = env!("CARGO_PKG_VERSION");
    is(first.get(&format!("build_info{{version=\"{version}\",database=\"{kind}\"}}")), 1.0);
    is(first.get("database_up"), 1.0);
    is(first.get(DANGERS), 0.0);
    is(first.get("letters_settled_total{lane=\"danger\",state=\"sent\"}"), 0.0);

    let Usual { home, cast } = town.usual().await;
    town.until("08:05").await;
    let before = Scrape::of(town).await;
    assert!(before.get("updates_received_total") > first.get("updates_received_total"));
    is(before.get("reminder_lag_seconds_count"), 1.0);
    assert!(before.get("reminder_lag_seconds_sum") < 60.0, "{}", before.text);

    for words in ["36.5", "367", "今天天气很好"] {
        home.says("妈妈", words).await;
    }
    home.says("爸爸", "38.5").await;
    let after = Scrape::of(town).await;
    let more = |series: &str| after.count(series) - before.count(series);
    is(more(&read_as("accepted")), 2.0);
    is(more(&read_as("asked")), 1.0);
    is(more(&read_as("none")), 1.0);
    is(more("updates_received_total"), 4.0);
    is(after.get(DANGERS), 1.0);
    assert!(more("letters_settled_total{lane=\"danger\",state=\"sent\"}") >= 2.0);
    is(after.get("inbox_waiting"), 0.0);
    is(after.get("inbox_oldest_age_seconds"), 0.0);
    is(after.get("due_backlog"), 0.0);
    assert!(after.get("last_poll_age_seconds") < 60.0);

    let danger = home.alert("danger").await;
    town.advance("11m").await;
    cast.lin.presses("alert.close", &danger).await;
    cast.lin.says("已就医").await;
    is(Scrape::of(town).await.get(DANGERS), 0.0);
});

on_both!(a_letter_that_must_wait_is_seen_waiting, async |town| {
    let Usual { home, .. } = town.usual().await;
    let before = Scrape::of(town).await;
    let later = Fault::TooManyRequests { retry_after: 3 };
    town.sandbox.add_fault(FaultRule::new(later).on(Method::SendMessage).times(1));
    home.calls_out("妈妈", "367");
    let queued = "letters_waiting{lane=\"reply\",state=\"queued\"}";
    let seen = tokio::time::timeout(PATIENCE, async {
        loop {
            let scrape = Scrape::of(town).await;
            let failed = "send_failures_total{code=\"429\"}";
            if scrape.get(queued) > 0.0 && scrape.get(failed) > before.get(failed) {
                return scrape;
            }
        }
    });
    let seen = seen.await.expect("it is seen");
    let age = seen.get("letters_oldest_age_seconds{lane=\"reply\"}");
    assert!(age > 0.0, "{age}");
    town.settle().await;
    let after = Scrape::of(town).await;
    is(after.get(queued), 0.0);
    is(after.get("letters_oldest_age_seconds{lane=\"reply\"}"), 0.0);
    let failed = "send_failures_total{code=\"429\"}";
    is(after.get(failed) - before.get(failed), 1.0);
});

on_both!(no_figure_names_anybody, async |town| {
    let spec = HouseholdSpec::new("CANARY-7").members(["金丝雀", "爸爸"]);
    let Usual { home, cast } = town.usual_with(spec).await;
    home.says("金丝雀", "38.6 canarywords").await;
    home.says("金丝雀", "/need canarybread").await;
    town.until("10:05").await;
    let text = Scrape::of(town).await.text;
    let chat = home.chat.number().to_string();
    let account = home.person("金丝雀").id().0.to_string();
    let staff = cast.wang.name.clone();
    let grid = "Harbour";
    for canary in ["CANARY", "金丝雀", "canary", "Wang", grid, &chat, &account, &staff] {
        assert!(!text.contains(canary), "{canary} in {text}");
    }
});

// ---- What a scrape costs ----

/// The queries of a scrape, as they stand in the sources.
fn queries() -> Vec<String> {
    let read = |path| std::fs::read_to_string(path).expect("the sources are here");
    let mut found = Vec::new();
    for path in ["src/base/backlog.rs", "src/base/inbox.rs", "src/desk/escalation/store.rs"] {
        let source = read(path);
        let texts = source.split('"').skip(1).step_by(2).map(str::to_owned);
        let counts = |text: &String| {
            text.starts_with("SELECT")
                && (text.contains("GROUP BY") || text.ends_with("state = 'new'"))
        };
        found.extend(texts.filter(counts));
    }
    assert_eq!(found.len(), 5, "{found:#?}");
    found
}

#[tokio::test]
async fn on_sqlite_a_scrape_reads_what_waits_alone() {
    let folder = tempfile::tempdir().unwrap();
    let url = sqlite_url(folder.path());
    Db::open(&url).await.unwrap().close().await;
    let mut db = SqliteConnection::connect(&url).await.unwrap();
    for query in queries() {
        let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}"));
        let rows = sqlx::query(explain).fetch_all(&mut db).await.unwrap();
        let plan: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
        let plan = plan.join("; ");
        let partial = ["inbox_new", "outbox_queued", "outbox_sending", "alert_open"];
        assert!(partial.iter().any(|index| plan.contains(index)), "{query}: {plan}");
    }
}

#[tokio::test]
async fn on_postgres_a_scrape_reads_what_waits_alone() {
    let Some(url) = postgres::fresh_database().await else { return };
    Db::open(&url).await.unwrap().close().await;
    let mut db = PgConnection::connect(&url).await.unwrap();
    // Empty tables are scanned; what can be read by an index shows when that is forbidden.
    let forbid = "SET enable_seqscan = off; SET enable_bitmapscan = off";
    sqlx::raw_sql(forbid).execute(&mut db).await.unwrap();
    for query in queries() {
        let explain = AssertSqlSafe(format!("EXPLAIN {query}"));
        let rows: Vec<String> = sqlx::query_scalar(explain).fetch_all(&mut db).await.unwrap();
        let plan = rows.join("; ");
        let partial = ["inbox_new", "outbox_queued", "outbox_sending", "alert_open"];
        assert!(partial.iter().any(|index| plan.contains(index)), "{query}: {plan}");
        assert!(!plan.contains("Seq Scan"), "{query}: {plan}");
    }
}
