//! What stands in every table, so that "changes nothing else" can be seen.

use std::collections::BTreeMap;

use doorstep::base::store::Tx;
use sqlx::AssertSqlSafe;

use crate::inside::ask;

/// Tables that only grow while something is heard. Of what stood in them before, a sum of what every
/// row holds shows whether one was touched; of what has come since, the number of rows.
const GROWING: [(&str, &str); 2] = [
    (
        "outbox",
        "sum(id * (length(outgoing) + 7 * length(state) + lane)) + sum(id * coalesce(message_id, 1))",
    ),
    ("journal", "sum(id * (length(detail) + 7 * length(action) + length(object)))"),
];

/// The one query that reads all tables: name, number of rows, what stands in them.
#[derive(Clone, Debug)]
pub struct Reader(String);

/// All tables at one instant.
pub type Tables = BTreeMap<String, (i64, String)>;

impl Reader {
    /// Learns which tables there are.
    pub async fn of(tx: &mut Tx<'_>) -> Self {
        let sqlite = matches!(tx, Tx::Sqlite(_));
        let mut parts = Vec::new();
        for table in names(tx).await {
            if let Some((_, sum)) = GROWING.iter().find(|(name, _)| *name == table) {
                parts.extend(growing(tx, &table, sum).await);
            } else if table == "seen" {
                parts.push(counted(&table, &table, "''", ""));
            } else {
                parts.push(if sqlite { on_sqlite(tx, &table).await } else { on_postgres(&table) });
            }
        }
        Self(parts.join(" UNION ALL "))
    }

    /// Reads them.
    pub async fn read(&self, tx: &mut Tx<'_>) -> Tables {
        let query = || AssertSqlSafe(self.0.clone());
        let rows: Vec<(String, i64, String)> =
            ask!(tx, c => sqlx::query_as(query()).fetch_all(c).await).expect("all tables");
        rows.into_iter().map(|(name, count, text)| (name, (count, text))).collect()
    }
}

/// The tables in which something differs, with the number of rows that came or went.
pub fn changes(before: &Tables, after: &Tables) -> BTreeMap<String, i64> {
    let differing = after.iter().filter(|(name, state)| before.get(*name) != Some(*state));
    differing
        .map(|(name, (count, _))| (name.clone(), count - before.get(name).map_or(0, |b| b.0)))
        .collect()
}

async fn names(tx: &mut Tx<'_>) -> Vec<String> {
    let sqlite = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
    let postgres = "SELECT tablename::text FROM pg_catalog.pg_tables WHERE schemaname = 'public'";
    let query = if matches!(tx, Tx::Sqlite(_)) { sqlite } else { postgres };
    let mut names: Vec<String> =
        ask!(tx, c => sqlx::query_scalar(query).fetch_all(c).await).expect("the catalogue");
    names.retain(|name| name != "_sqlx_migrations");
    names.sort();
    names
}

async fn growing(tx: &mut Tx<'_>, table: &str, sum: &str) -> [String; 2] {
    let newest = AssertSqlSafe(format!("SELECT max(id) FROM {table}"));
    let newest: i64 =
        ask!(tx, c => sqlx::query_scalar(newest).fetch_one(c).await).expect("some row");
    let so_far = format!("{table} so far");
    let sum = format!("CAST({sum} AS TEXT)");
    [
        counted(table, table, "''", ""),
        counted(&so_far, table, &sum, &format!("WHERE id <= {newest}")),
    ]
}

fn counted(name: &str, table: &str, lines: &str, condition: &str) -> String {
    format!("SELECT '{name}' AS name, count(*) AS n, {lines} AS lines FROM {table} {condition}")
}

async fn on_sqlite(tx: &mut Tx<'_>, table: &str) -> String {
    let query = AssertSqlSafe(format!("SELECT name FROM pragma_table_info('{table}')"));
    let Tx::Sqlite(c) = tx else { unreachable!("asked of SQLite alone") };
    let columns: Vec<String> = sqlx::query_scalar(query).fetch_all(&mut **c).await.expect("some");
    let quoted: Vec<String> = columns.iter().map(|column| format!("quote({column})")).collect();
    let row = quoted.join(" || ',' || ");
    format!(
        "SELECT '{table}' AS name, count(*) AS n, coalesce(group_concat(line, ';'), '') AS lines
         FROM (SELECT {row} AS line FROM {table} ORDER BY rowid)"
    )
}

fn on_postgres(table: &str) -> String {
    format!(
        "SELECT '{table}' AS name, count(*) AS n,
             coalesce(md5(string_agg(t::text, ';' ORDER BY t::text)), '') AS lines
         FROM {table} t"
    )
}
