//! The clock loop costs what is due, not what there is: every query of a tick, as it stands in the
//! sources, reads a partial index of due rows. The databases themselves say so.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use doorstep::base::store::Db;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, SqliteConnection};

use crate::support::{postgres, sqlite_url};

/// The queries of a tick: what is due, and when the next thing is.
fn queries() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/desk"), &mut found);
    found
}

fn collect(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("the sources are here") {
        let path = entry.expect("a file").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.file_name().is_some_and(|name| name == "store.rs") {
            let source = fs::read_to_string(&path).expect("text");
            let texts = source.split('"').skip(1).step_by(2);
            found.extend(texts.filter(|text| is_of_a_tick(text)).map(str::to_owned));
        }
    }
}

fn is_of_a_tick(text: &str) -> bool {
    let looks = text.contains("due_at <= $1") || text.contains("min(due_at)");
    text.starts_with("SELECT") && looks
}

#[test]
fn every_kind_of_due_row_has_its_two_queries() {
    let queries = queries();
    assert_eq!(queries.len(), 18, "nine kinds of rows: {queries:#?}");
}

#[tokio::test]
async fn on_sqlite_a_tick_reads_the_index_of_due_rows() {
    let folder = tempfile::tempdir().unwrap();
    let url = sqlite_url(folder.path());
    Db::open(&url).await.unwrap().close().await;
    let mut db = SqliteConnection::connect(&url).await.unwrap();
    for query in queries() {
        let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}"));
        let rows = sqlx::query(explain).bind(0_i64).bind(100_i64).fetch_all(&mut db).await.unwrap();
        let plan: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
        let plan = plan.join("; ");
        assert!(plan.contains("INDEX") && plan.contains("_due"), "{query}: {plan}");
        assert!(!plan.contains("TEMP B-TREE"), "nothing is sorted: {query}: {plan}");
    }
}

#[tokio::test]
async fn on_postgres_a_tick_reads_the_index_of_due_rows() {
    let Some(url) = postgres::fresh_database().await else { return };
    Db::open(&url).await.unwrap().close().await;
    let mut db = PgConnection::connect(&url).await.unwrap();
    // Empty tables are scanned; what can be read by an index shows when that is forbidden.
    sqlx::raw_sql("SET enable_seqscan = off; SET enable_bitmapscan = off")
        .execute(&mut db)
        .await
        .unwrap();
    for query in queries() {
        let query = query.replace("$1", "0").replace("$2", "100");
        let explain = AssertSqlSafe(format!("EXPLAIN {query}"));
        let rows: Vec<String> = sqlx::query_scalar(explain).fetch_all(&mut db).await.unwrap();
        let plan = rows.join("; ");
        assert!(plan.contains("Index") && plan.contains("_due"), "{query}: {plan}");
        assert!(!plan.contains("Seq Scan") && !plan.contains("Sort"), "{query}: {plan}");
    }
}
