//! A database for the benchmarks: a real SQLite file with households in it, each with an open group,
//! two members and one account that stands for the first of them. Rows are written in bulk, because
//! opening a hundred thousand chats by conversation is not what is measured.

use std::sync::Arc;
use std::time::Duration;

use doorstep::base::clock::Clock;
use doorstep::base::directory;
use doorstep::base::language::Languages;
use doorstep::base::seal::Seal;
use doorstep::base::store::{Db, Tx};
use doorstep::base::turn::{Bells, Ground};
use doorstep::config::Settings;
use doorstep::desk::health_check::lexicons::Lexicons;
use sqlx::AssertSqlSafe;
use tempfile::TempDir;

/// The bot's id.
pub const BOT: i64 = 5001;

/// The ground of the bot, on a file of its own.
pub struct Stage {
    pub ground: Ground,
    _folder: TempDir,
}

impl Stage {
    /// A town of so many households, none of which has anything due for a day.
    pub async fn with_households(count: i64) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}", folder.path().join("doorstep.db").display());
        let languages = Languages::embedded().expect("the texts");
        Lexicons::load(&languages).expect("the lexicons");
        let ground = Ground {
            db: Db::open(&url).await.expect("a new database"),
            clock: Clock::default(),
            languages,
            settings: Arc::new(Settings::default()),
            seal: Seal::of_token("5001:a-secret-of-the-benchmark"),
            bells: Bells::default(),
        };
        let stage = Self { ground, _folder: folder };
        stage.fill(count).await;
        stage
    }

    async fn fill(&self, count: i64) {
        let now = self.ground.clock.now();
        let later = now.plus(Duration::from_hours(24)).millis();
        let (opened, today) = (now.minus(Duration::from_mins(5)).millis(), now.utc().date_naive());
        let mut tx = self.ground.db.begin().await.expect("the writer");
        directory::meet_bot(&mut tx, BOT, "doorstep_bot", now).await.expect("met");
        let now = now.millis();
        let numbers = format!(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
        );
        let all = |sql: String| format!("{sql} {numbers} SELECT ");
        for sql in [
            format!(
                "INSERT INTO staff (id, name, folded_name, role, area, languages, state, on_duty,
                     bot_id, invited_at)
                 VALUES (1, 'Wang', 'wang', 'worker', 'A/', '', 'invited', FALSE, {BOT}, {now})"
            ),
            all("INSERT INTO chat (id, bot_id, telegram_id, kind)".into())
                + &format!("i, {BOT}, -1000 - i, 'group' FROM n"),
            all("INSERT INTO account (id, bot_id, telegram_id, name, first_seen_at)".into())
                + &format!("i, {BOT}, 20000 + i, 'Mum', {now} FROM n"),
            all("INSERT INTO household (id, code, area, building, unit, room, language,
                     chosen_language, timezone, category, start_on, days, labels, worker_id, state,
                     channel, bot_id, chat_id, imported_at, bound_at, heard_at, due_at)"
                .into())
                + &format!(
                    "i, 'H-' || i, 'A/', '', '', 'H-' || i, 'en', 'en', 'Asia/Shanghai',
                     'close_contact', '{today}', 14, '[]', 1, 'active', 'group', {BOT}, i, {now},
                     {now}, {now}, {later} + i FROM n"
                ),
            all("INSERT INTO member (id, household_id, n, name, relation, phone)".into())
                + "2 * i - 1, i, 1, 'Mum', 'head', '' FROM n",
            all("INSERT INTO member (id, household_id, n, name, relation, phone)".into())
                + "2 * i, i, 2, 'Dad', 'spouse', '' FROM n",
            all("INSERT INTO claim (household_id, account_id, member_id, claimed_at)".into())
                + &format!("i, i, 2 * i - 1, {now} FROM n"),
            all("INSERT INTO slot (id, household_id, slot_on, slot_no, opens_at, stage, due_at)"
                .into())
                + &format!("i, i, '{today}', 1, {opened}, 'opened', {later} + i FROM n"),
            all("INSERT INTO health_check (slot_id, household_id, member_id, state)".into())
                + "i, i, 2 * i - 1, 'open' FROM n",
            all("INSERT INTO health_check (slot_id, household_id, member_id, state)".into())
                + "i, i, 2 * i, 'open' FROM n",
            "ANALYZE".into(),
        ] {
            execute(&mut tx, sql).await;
        }
        tx.commit().await.expect("committed");
    }

    /// What was done was done: every report stands in its table and has its letter.
    #[allow(dead_code, reason = "the clock's benchmark reports nothing")]
    pub async fn proof(&self) {
        let count = async |sql: &'static str| -> i64 {
            let Tx::Sqlite(mut tx) = self.ground.db.read().await.expect("a reader") else {
                return 0;
            };
            sqlx::query_scalar(sql).fetch_one(&mut *tx).await.expect("a number")
        };
        let reports = count("SELECT count(*) FROM report").await;
        let waiting = count("SELECT count(*) FROM inbox WHERE state <> 'done'").await;
        let heard = count("SELECT count(*) FROM inbox WHERE state = 'done'").await;
        let letters = count("SELECT count(*) FROM outbox").await;
        assert_eq!((reports, waiting), (heard, 0), "one row for each report");
        assert!(letters >= reports, "each has its letter");
        println!("{reports} reports were taken down, with {letters} letters");
    }
}

/// What the relay does with every letter.
#[allow(dead_code, reason = "the clock's benchmark writes no letters")]
pub async fn deliver(tx: &mut Tx<'_>) {
    let sent = "UPDATE outbox SET state = 'sent', message_id = coalesce(message_id, id + 5000000)
                WHERE state = 'queued'";
    execute(tx, sent.into()).await;
}

async fn execute(tx: &mut Tx<'_>, sql: String) {
    let Tx::Sqlite(c) = tx else { panic!("the benchmarks run on SQLite") };
    let done = sqlx::query(AssertSqlSafe(sql.clone())).execute(&mut **c).await;
    done.unwrap_or_else(|error| panic!("{sql}: {error}"));
}
