//! The two databases have the same shape: the same migrations, tables, columns and indices. And the
//! relay finds the head of its queue by the index of what is queued.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use doorstep::base::store::Tx;
use sqlx::{AssertSqlSafe, Row};

use crate::inside::Inside;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(root().join(folder)).expect("migrations");
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn both_folders_hold_the_same_migrations() {
    assert_eq!(files("migrations/sqlite"), files("migrations/postgres"));
}

/// `table.column` and the names of our own indices.
async fn shape(tx: &mut Tx<'_>) -> BTreeSet<String> {
    let names: Vec<String> = match tx {
        Tx::Sqlite(c) => sqlx::query_scalar(
            "SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '_sqlx%'
             UNION SELECT 'index ' || name FROM sqlite_master
             WHERE type = 'index' AND name NOT LIKE 'sqlite%'",
        )
        .fetch_all(&mut **c)
        .await,
        Tx::Postgres(c) => {
            sqlx::query_scalar(
                "SELECT table_name || '.' || column_name FROM information_schema.columns
             WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%'
             UNION SELECT 'index ' || indexname FROM pg_catalog.pg_indexes
             WHERE schemaname = 'public' AND tablename NOT LIKE '\\_sqlx%'
                 AND indexname NOT LIKE '%\\_pkey' AND indexname NOT LIKE '%\\_key'",
            )
            .fetch_all(&mut **c)
            .await
        }
    }
    .expect("the catalogue");
    names.into_iter().collect()
}

#[tokio::test]
async fn both_databases_have_the_same_tables_columns_and_indices() {
    let Some(postgres) = Inside::postgres().await else { return };
    let sqlite = Inside::sqlite().await;
    let on_sqlite = shape(&mut sqlite.ground.db.read().await.unwrap()).await;
    let on_postgres = shape(&mut postgres.ground.db.read().await.unwrap()).await;
    assert!(on_sqlite.len() > 200, "the catalogue is read");
    let differing: Vec<&String> = on_sqlite.symmetric_difference(&on_postgres).collect();
    assert!(differing.is_empty(), "{differing:?}");
}

#[tokio::test]
async fn every_table_with_a_platform_s_id_has_the_bot_s() {
    let sqlite = Inside::sqlite().await;
    let shape = shape(&mut sqlite.ground.db.read().await.unwrap()).await;
    for column in ["telegram_id", "update_id", "message_id"] {
        for name in shape.iter().filter(|name| name.ends_with(&format!(".{column}"))) {
            let table = name.split('.').next().unwrap();
            // A question's message is known by our own number of its chat.
            let known = shape.contains(&format!("{table}.bot_id")) || table == "question";
            assert!(known, "{name} without bot_id");
        }
    }
}

/// The query by which the relay looks for the heads of chats, as it stands in the source.
fn heads() -> String {
    let source = fs::read_to_string(root().join("src/base/relay.rs")).unwrap();
    let mut texts = source.split('"').skip(1).step_by(2);
    let heads = texts.find(|text| text.contains("ORDER BY o.lane, o.id LIMIT")).expect("the query");
    heads
        .replace("$1", "9")
        .replace("$2", "'[]'")
        .replace("$3", "'[]'")
        .replace("$4", "'[]'")
        .replace("$5", "64")
}

#[tokio::test]
async fn the_relay_reads_the_index_of_what_is_queued() {
    let sqlite = Inside::sqlite().await;
    let Tx::Sqlite(mut tx) = sqlite.ground.db.read().await.unwrap() else { unreachable!() };
    let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", heads()));
    let rows = sqlx::query(explain).fetch_all(&mut *tx).await.unwrap();
    let plan: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
    let plan = plan.join("; ");
    assert!(plan.contains("outbox_queued"), "{plan}");
    assert!(!plan.contains("SCAN o;") && !plan.contains("TEMP B-TREE FOR ORDER BY"), "{plan}");
}
