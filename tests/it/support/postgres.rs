//! A real PostgreSQL: the server that `TEST_POSTGRES_URL` names, else one started from the
//! installed programs for this test process alone. A guard (`postgres.sh`) runs it, and removes it
//! when the process is gone, however it went.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use reqwest::Url;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::sync::Mutex;

/// Where Debian puts the programs of each version.
const INSTALLED: &str = "/usr/lib/postgresql";

const GUARD: &str = include_str!("postgres.sh");

struct Server {
    /// A database from which others can be made and dropped.
    admin: Url,
    /// Closed by the system when this process ends, which is the guard's sign to stop the server.
    _lifeline: Option<ChildStdin>,
}

/// The address of a new, empty database; `None` where there is no PostgreSQL, which is said aloud.
///
/// # Panics
/// If PostgreSQL is there and does not work, or is missing while `CI=true`.
pub async fn fresh_database() -> Option<String> {
    let server = server()?;
    Some(server.create(&unused_name(), "template1").await)
}

/// The address of a new copy of the database `name`, which `prepare` fills the first time; it must
/// close its connections.
///
/// # Panics
/// As [`fresh_database`].
pub async fn from_template(name: &str, prepare: impl AsyncFnOnce(String)) -> Option<String> {
    static PREPARED: Mutex<BTreeSet<String>> = Mutex::const_new(BTreeSet::new());
    let server = server()?;
    let template = format!("doorstep_template_{name}_{}", std::process::id());
    let mut prepared = PREPARED.lock().await;
    if !prepared.contains(name) {
        prepare(server.create(&template, "template1").await).await;
        prepared.insert(name.to_owned());
    }
    drop(prepared);
    Some(server.create(&unused_name(), &template).await)
}

impl Server {
    async fn create(&self, name: &str, template: &str) -> String {
        // Both names are made in this file.
        let sql = format!("CREATE DATABASE {name} TEMPLATE {template}");
        let mut admin = PgConnection::connect(self.admin.as_str()).await.expect("a server");
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut admin).await.expect("a new database");
        admin.close().await.expect("a farewell");
        let mut url = self.admin.clone();
        url.set_path(name);
        url.into()
    }
}

fn unused_name() -> String {
    static USED: AtomicUsize = AtomicUsize::new(0);
    let number = USED.fetch_add(1, Ordering::Relaxed);
    format!("doorstep_test_{}_{number}", std::process::id())
}

/// The server of this process, found or started once.
fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    SERVER.get_or_init(|| given().or_else(started)).as_ref()
}

fn given() -> Option<Server> {
    let url = std::env::var("TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty())?;
    let admin = url.parse().expect("TEST_POSTGRES_URL is an address");
    Some(Server { admin, _lifeline: None })
}

fn started() -> Option<Server> {
    let Some(programs) = newest_programs() else {
        skip();
        return None;
    };
    let mut guard = spawn(&programs);
    let lifeline = guard.stdin.take();
    let folder = first_line(&mut guard);
    let admin = format!("postgres://postgres@localhost:5432/postgres?host={folder}");
    let admin = admin.parse().expect("an address made of a plain path");
    Some(Server { admin, _lifeline: lifeline })
}

/// Says that the tests on PostgreSQL do not run, past the test runner's capture.
fn skip() {
    let reason = format!("no PostgreSQL below {INSTALLED} and no TEST_POSTGRES_URL");
    let in_ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(!in_ci, "{reason}: with CI=true nothing is skipped");
    let line = format!("\n### SKIPPED: every test on PostgreSQL: {reason}\n");
    // Where nobody listens, nobody misses it.
    let _ = std::io::stderr().write_all(line.as_bytes());
}

/// The programs of the newest installed version.
fn newest_programs() -> Option<PathBuf> {
    let version = |folder: &Path| folder.file_name()?.to_str()?.parse::<u32>().ok();
    let folders = fs::read_dir(INSTALLED).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    let newest = folders.filter(|path| path.join("bin/initdb").exists()).max_by_key(|p| version(p));
    newest.map(|folder| folder.join("bin"))
}

/// Starts the guard: as the user `postgres` when we are root, whom the server refuses.
fn spawn(programs: &Path) -> Child {
    let mut guard = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--", "sh"]);
        command
    } else {
        Command::new("sh")
    };
    guard
        .args(["-c", GUARD, "postgres.sh"])
        .env("PATH", path_with(programs))
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a shell")
}

fn is_root() -> bool {
    let asked = Command::new("id").arg("-u").output().expect("the program id");
    asked.stdout == b"0\n"
}

fn path_with(programs: &Path) -> OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(programs.to_owned()).chain(std::env::split_paths(&path));
    std::env::join_paths(folders).expect("folders without a colon")
}

/// The folder that the guard names once the server answers.
fn first_line(guard: &mut Child) -> String {
    let mut line = String::new();
    let stdout = guard.stdout.take().expect("stdout is piped");
    BufReader::new(stdout).read_line(&mut line).expect("text from the guard");
    assert!(!line.is_empty(), "PostgreSQL did not start; its log stands above");
    line.trim_end().to_owned()
}
