//! All that a database holds, byte for byte, and statements that no program would make.

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use super::town::Town;

impl Town {
    /// Everything that stands in the database: on SQLite the bytes of its files, on PostgreSQL every
    /// row of every table as text.
    pub async fn everything(&self) -> String {
        let Some(path) = self.database.strip_prefix("sqlite://") else {
            return self.every_row().await;
        };
        let mut all = String::new();
        for ending in ["", "-wal", "-shm", "-journal"] {
            let bytes = std::fs::read(format!("{path}{ending}")).unwrap_or_default();
            all.push_str(&String::from_utf8_lossy(&bytes));
        }
        all
    }

    async fn every_row(&self) -> String {
        let mut db = PgConnection::connect(&self.database).await.expect("the database");
        let tables = "SELECT format('%I.%I', schemaname, tablename) FROM pg_catalog.pg_tables
                      WHERE schemaname NOT IN ('pg_catalog', 'information_schema')";
        let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut db).await.unwrap();
        assert!(tables.len() > 25, "{tables:?}");
        let mut all = String::new();
        for table in tables {
            let rows = AssertSqlSafe(format!("SELECT row::text FROM {table} AS row"));
            let rows: Vec<String> = sqlx::query_scalar(rows).fetch_all(&mut db).await.unwrap();
            all.extend(rows);
        }
        all
    }

    /// Does something to the database beside the program.
    pub async fn tamper(&self, statements: &[&str]) {
        for statement in statements {
            let query = sqlx::raw_sql(AssertSqlSafe((*statement).to_owned()));
            if self.database.starts_with("sqlite:") {
                let mut db = SqliteConnection::connect(&self.database).await.expect("the database");
                query.execute(&mut db).await.expect(statement);
            } else {
                let mut db = PgConnection::connect(&self.database).await.expect("the database");
                query.execute(&mut db).await.expect(statement);
            }
        }
    }

    /// What a query finds in the database itself, line by line, each a text.
    pub async fn lines(&self, query: &str) -> Vec<String> {
        let query = AssertSqlSafe(query.to_owned());
        if self.database.starts_with("sqlite:") {
            let mut db = SqliteConnection::connect(&self.database).await.expect("the database");
            sqlx::query_scalar(query).fetch_all(&mut db).await.expect("texts")
        } else {
            let mut db = PgConnection::connect(&self.database).await.expect("the database");
            sqlx::query_scalar(query).fetch_all(&mut db).await.expect("texts")
        }
    }
}
