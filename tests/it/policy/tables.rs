//! What stands in every table, so that "changes nothing else" can be seen.

use std::collections::BTreeMap;

use doorstep::base::store::Tx;
use sqlx::AssertSqlSafe;

use crate::inside::ask;

/// Of letters the columns that tell whether one was touched; everything of every other table.
const LETTER: &str =
    "id, bot_id, chat_id, lane, text_id, state, target, message_id, length(outgoing)";

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
            parts.push(if sqlite { on_sqlite(tx, &table).await } else { on_postgres(&table) });
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

async fn on_sqlite(tx: &mut Tx<'_>, table: &str) -> String {
    let columns = if table == "outbox" {
        LETTER.split(", ").map(str::to_owned).collect()
    } else {
        let query = AssertSqlSafe(format!("SELECT name FROM pragma_table_info('{table}')"));
        let Tx::Sqlite(c) = tx else { unreachable!("asked of SQLite alone") };
        sqlx::query_scalar::<_, String>(query).fetch_all(&mut **c).await.expect("its columns")
    };
    let quoted: Vec<String> = columns.iter().map(|column| format!("quote({column})")).collect();
    let row = quoted.join(" || ',' || ");
    format!(
        "SELECT '{table}' AS name, count(*) AS n, coalesce(group_concat(line, ';'), '') AS lines
         FROM (SELECT {row} AS line FROM {table} ORDER BY rowid)"
    )
}

fn on_postgres(table: &str) -> String {
    let columns = if table == "outbox" { LETTER } else { "*" };
    format!(
        "SELECT '{table}' AS name, count(*) AS n,
             coalesce(md5(string_agg(t::text, ';' ORDER BY t::text)), '') AS lines
         FROM (SELECT {columns} FROM {table}) t"
    )
}
