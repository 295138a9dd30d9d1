//! A town for one test: a database, a pretend Telegram, and the real binary that serves between them.

use std::fmt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use doorstep::base::clock::real_now;
use doorstep::sandbox::{Sandbox, SandboxOptions, UserId};
use reqwest::StatusCode;
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection, SqliteConnection};
use tempfile::TempDir;

use super::place::Mark;
use super::port::{Port, free_address};
use super::program::{Ended, Program};
use super::serve::Serve;
use super::spec::{HouseholdSpec, csv};
use super::transcript::Deeds;
use super::{PATIENCE, postgres, sqlite_url};

/// The bot's token; its number is the bot's id.
pub const TOKEN: &str = "5001:a-secret-of-the-test";
/// The zone in which people live unless something else is said.
pub const ZONE: Tz = Tz::Asia__Shanghai;

/// On which database a test runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    Sqlite,
    Postgres,
}

/// The settings of a town that differ from the defaults.
#[derive(Clone, Debug)]
pub struct Rules(Vec<(String, String)>);

/// A town of its own. Everything in it ends with it; if the test fails, it tells what happened.
pub struct Town {
    pub sandbox: Sandbox,
    pub bot: UserId,
    pub program: Program,
    pub database: String,
    port: Port,
    serve: Mutex<Option<Serve>>,
    deeds: Deeds,
    folder: TempDir,
}

impl Rules {
    /// No pacing, and everybody is reminded at once, so that times are exact.
    pub fn usual() -> Self {
        Self(Vec::new())
            .with("LIMITS__PER_SECOND", "0")
            .with("LIMITS__PER_CHAT_PER_SECOND", "0")
            .with("LIMITS__PER_GROUP_PER_MINUTE", "0")
            .with("CHECKS__SPREAD", "0")
    }

    /// The same with another value of a setting, such as `CHECKS__SPREAD`.
    pub fn with(mut self, key: &str, value: &str) -> Self {
        self.0.push((format!("DOORSTEP__{key}"), value.to_owned()));
        self
    }
}

impl Town {
    /// A town in the morning, twenty minutes before the first slot of the day. `None` where there is
    /// no PostgreSQL.
    pub async fn open(store: Store, rules: Rules) -> Option<Self> {
        let town = Self::build(store, rules).await?;
        town.serve_again().await;
        town.until("07:40").await;
        Some(town)
    }

    /// A town in which nothing serves yet.
    pub async fn build(store: Store, rules: Rules) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let database = match store {
            Store::Sqlite => sqlite_url(folder.path()),
            Store::Postgres => migrated_database(folder.path()).await?,
        };
        let sandbox = Sandbox::open(SandboxOptions {
            now: || real_now().millis() / 1000,
            seed: 7,
            record_to: std::env::var_os("DOORSTEP_RECORDED_CALLS").map(Into::into),
            ..SandboxOptions::default()
        });
        let sandbox = sandbox.await.expect("a free port");
        let bot = sandbox.bot(TOKEN, "doorstep_bot");
        let address = free_address();
        let mut program = Program::in_folder(folder.path())
            .with("DATABASE_URL", &database)
            .with("TELOXIDE_TOKEN", TOKEN)
            .with("TELOXIDE_API_URL", sandbox.url())
            .with("DOORSTEP__REHEARSAL__ENABLED", "true")
            .with("DOORSTEP__HTTP__LISTEN", &address);
        for (name, value) in rules.0 {
            program = program.with(&name, value);
        }
        let port = Port::at(&address);
        let (serve, deeds) = (Mutex::new(None), Deeds::default());
        Some(Self { sandbox, bot, program, database, port, serve, deeds, folder })
    }

    // ---- The process ----

    /// Starts to serve, and waits until it is ready.
    pub async fn serve_again(&self) {
        self.serve_with(&self.program).await;
    }

    /// Starts to serve after an outage of this length.
    pub async fn serve_after(&self, downtime: &str) {
        self.serve_with(&self.program.clone().with("DOORSTEP__REHEARSAL__OFFSET", downtime)).await;
        self.settle().await;
    }

    /// Starts to serve with other settings than the town's.
    pub async fn serve_with(&self, program: &Program) {
        let started = Serve::start(program).await;
        let serve = started.unwrap_or_else(|stderr| panic!("serve did not start:\n{stderr}"));
        *self.process() = Some(serve);
    }

    /// Ends serving as a power cut would.
    pub fn kill(&self) {
        self.take_process().kill();
    }

    /// Asks the process to stop, by a signal's name.
    pub async fn stop(&self, signal: &str) -> Ended {
        let serve = self.take_process();
        serve.stop(signal).await
    }

    /// Waits until the process ends by itself.
    pub async fn ended(&self) -> Ended {
        let serve = self.take_process();
        serve.ended().await
    }

    /// What the running process has written on stderr.
    pub fn stderr(&self) -> String {
        self.process().as_ref().map(Serve::stderr).unwrap_or_default()
    }

    fn take_process(&self) -> Serve {
        self.process().take().expect("the town is served")
    }

    fn process(&self) -> MutexGuard<'_, Option<Serve>> {
        self.serve.lock().unwrap_or_else(PoisonError::into_inner)
    }

    // ---- The clock ----

    /// The rehearsal port.
    pub fn port(&self) -> &Port {
        &self.port
    }

    /// Waits until everything said has been heard and every letter that may go has gone.
    pub async fn settle(&self) {
        self.port.settle().await;
    }

    /// The same, while the port itself may meet a database that is away.
    pub async fn settle_after_faults(&self) {
        let asked = async {
            let brief = json!({ "timeout": "60s" });
            while self.port.post("/rehearsal/settle", &brief).await.status() != StatusCode::OK {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, asked).await.expect("it settles in the end");
    }

    /// Moves the clock by so much, such as `2h`; whatever falls due meanwhile is done and has gone.
    pub async fn advance(&self, by: &str) {
        self.note(&format!("---- {by} later ----"));
        self.port.advance(by).await;
    }

    /// Moves the clock to the next time that the walls of the town show this, such as `08:00`.
    pub async fn until(&self, time: &str) {
        self.until_in(ZONE, time).await;
    }

    /// Moves the clock to the next time that walls in this zone show this.
    pub async fn until_in(&self, zone: Tz, time: &str) {
        let now = self.port.now().await;
        let time: NaiveTime = time.parse().expect("a time such as 08:00");
        let today = now.with_timezone(&zone).date_naive();
        let days = (0..3).map(|day| today + TimeDelta::days(day));
        let next = days.map(|day| wall_time(zone, day, time)).find(|at| *at > now);
        self.advance_to(next.expect("one of three days")).await;
    }

    /// Moves the clock to an instant.
    pub async fn advance_to(&self, to: DateTime<FixedOffset>) {
        self.note(&format!("---- {to} ----"));
        self.port.advance_to(to).await;
    }

    /// The town's date.
    pub async fn today(&self) -> NaiveDate {
        self.port.now().await.with_timezone(&ZONE).date_naive()
    }

    /// The moment of the newest letter, to ask later for what was written since.
    pub async fn mark(&self) -> Mark {
        Mark(self.port.letters_after(0).await.last().map_or(0, |letter| letter.id))
    }

    // ---- The files ----

    /// Writes households into a file and imports it; all must be taken.
    pub async fn import(&self, households: &[HouseholdSpec]) {
        let file = csv(households, self.today().await);
        let answer = self.import_text(&file, &[]).await;
        assert_eq!(answer.code, Some(0), "{}{}", answer.stdout, answer.stderr);
        assert_eq!(answer.json()["households"]["created"], households.len());
    }

    /// Imports a file of this text.
    pub async fn import_text(&self, text: &str, flags: &[&str]) -> Ended {
        let path = self.folder.path().join("households.csv");
        std::fs::write(&path, text).expect("a file");
        let path = path.to_str().expect("a path of plain letters");
        let args = ["import", "households", path, "--json"];
        self.program.run(&[&args, flags].concat()).await
    }

    /// The row of `household list` for this household.
    pub async fn household_row(&self, code: &str) -> Value {
        let list = self.program.json(&["household", "list"]).await;
        let mut rows = list.as_array().expect("a list").iter();
        let found = rows.find(|row| row["household"] == code);
        found.unwrap_or_else(|| panic!("{code} is not among {list}")).clone()
    }

    /// What has happened in a household.
    pub async fn timeline(&self, code: &str) -> Vec<Value> {
        let timeline = self.program.json(&["household", "timeline", code]).await;
        timeline.as_array().expect("a list").clone()
    }

    /// The rows of one kind of a household's timeline.
    pub async fn story(&self, code: &str, kind: &str) -> Vec<Value> {
        let mut rows = self.timeline(code).await;
        rows.retain(|row| row["kind"] == kind);
        rows
    }

    /// What a query that counts finds in the database itself.
    pub async fn count(&self, query: &'static str) -> i64 {
        if self.database.starts_with("sqlite:") {
            sqlx::query_scalar(query).fetch_one(&mut self.sqlite().await).await.expect("a number")
        } else {
            let mut db = PgConnection::connect(&self.database).await.expect("the database");
            sqlx::query_scalar(query).fetch_one(&mut db).await.expect("a number")
        }
    }

    /// Waits until a query that counts finds at least so many.
    pub async fn comes_to(&self, query: &'static str, least: i64) {
        let coming = async {
            while self.count(query).await < least {
                tokio::task::yield_now().await;
            }
        };
        let come = tokio::time::timeout(PATIENCE, coming).await;
        assert!(come.is_ok(), "never {least}: {query}");
    }

    /// What SQLite answers to a question about itself.
    pub async fn pragma(&self, question: &'static str) -> String {
        sqlx::query_scalar(question).fetch_one(&mut self.sqlite().await).await.expect("a text")
    }

    async fn sqlite(&self) -> SqliteConnection {
        SqliteConnection::connect(&self.database).await.expect("the database")
    }

    /// Notes a deed for the transcript.
    pub fn note(&self, deed: &str) {
        self.deeds.add(&self.sandbox, deed);
    }
}

/// A new database on PostgreSQL, brought up to date once for all tests.
async fn migrated_database(folder: &Path) -> Option<String> {
    let migrate = async |url: String| {
        let ended = Program::in_folder(folder).with("DATABASE_URL", url).run(&["migrate"]).await;
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    };
    postgres::from_template("town", migrate).await
}

/// A wall time on a date; one that a clock change skips is the first instant after it.
pub fn wall_time(zone: Tz, day: NaiveDate, time: NaiveTime) -> DateTime<FixedOffset> {
    let minutes = (0..=180).map(|minutes| day.and_time(time) + TimeDelta::minutes(minutes));
    let mut found = minutes.filter_map(|local| zone.from_local_datetime(&local).earliest());
    found.next().expect("no clock change is longer than three hours").fixed_offset()
}

/// An instant of a JSON answer.
pub fn instant(value: &Value) -> DateTime<Utc> {
    let text = value.as_str().unwrap_or_else(|| panic!("no instant: {value}"));
    text.parse().unwrap_or_else(|error| panic!("{value}: {error}"))
}

impl fmt::Debug for Town {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the town of {}", self.database)
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("\n==== what happened ====\n{}", self.deeds.tell(&self.sandbox));
            println!("==== stderr of serve ====\n{}", self.stderr());
        }
    }
}
