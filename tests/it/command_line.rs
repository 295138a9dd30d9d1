//! The command line as scripts see it: exit codes, JSON alone on stdout, one clear sentence on stderr.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use doorstep::base::clock::{Timestamp, real_now};
use doorstep::base::setting;
use doorstep::base::store::{Db, ServeLock};
use doorstep::sandbox::{Sandbox, SandboxOptions};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::program::{Ended, Program};
use crate::support::sqlite_url;

const TOKEN: &str = "5001:secret";
const LEAD: [&str; 6] = ["staff", "invite", "--role", "lead", "--area", "Yantian"];

/// An empty folder and the binary that is called in it.
fn desk() -> (TempDir, Program) {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::in_folder(folder.path()).with("DATABASE_URL", sqlite_url(folder.path()));
    (folder, program)
}

/// The same with a pretend Telegram that knows the bot.
async fn connected_desk() -> (Sandbox, TempDir, Program) {
    let now = || real_now().millis() / 1000;
    let options = SandboxOptions { now, seed: 7, ..SandboxOptions::default() };
    let sandbox = Sandbox::open(options).await.unwrap();
    let _bot = sandbox.bot(TOKEN, "doorstep_bot");
    let (folder, program) = desk();
    let program = program.with("TELOXIDE_API_URL", sandbox.url()).with("TELOXIDE_TOKEN", TOKEN);
    (sandbox, folder, program)
}

/// What an invitation of this name ends in.
async fn invite(program: &Program, name: &str, more: &[&str]) -> Ended {
    program.run(&[LEAD.as_slice(), &["--name", name, "--json"], more].concat()).await
}

/// Asserts that a call was refused in one sentence on stderr, and says it.
#[track_caller]
fn refusal(ended: &Ended, code: i32) -> String {
    assert_eq!(ended.code, Some(code), "{ended:?}");
    assert_eq!(ended.stdout, "");
    let sentence = ended.stderr.strip_prefix("error: ").unwrap_or(&ended.stderr).trim_end();
    assert!(!sentence.is_empty() && !sentence.contains('\n'), "{sentence}");
    sentence.to_owned()
}

#[tokio::test]
async fn wrong_use_ends_with_two() {
    let (_folder, program) = desk();
    for args in [
        ["frobnicate"].as_slice(),
        &["staff", "invite"],
        &["staff", "invite", "--name", "A", "--role", "boss", "--area", "B"],
        &["staff", "invite", "--name", "A", "--role", "lead", "--area", "B//C"],
        &["parse", "36.5"],
        &["parse", "--jsonl", "--lang", "en", "36.5"],
        &["demo", "--scene", "tragedy"],
    ] {
        let ended = program.run(args).await;
        assert_eq!(ended.code, Some(2), "{args:?}");
        assert_eq!(ended.stdout, "", "{args:?}");
        assert!(ended.stderr.starts_with("error: "), "{args:?}: {}", ended.stderr);
    }
}

#[tokio::test]
async fn help_is_asked_for_and_given() {
    let (_folder, program) = desk();
    let ended = program.run(&["--help"]).await;
    assert_eq!(ended.code, Some(0));
    for command in
        ["serve", "demo", "import", "household", "staff", "supply", "parse", "doctor", "migrate"]
    {
        assert!(ended.stdout.contains(command), "{command}");
    }
}

#[tokio::test]
async fn an_unknown_setting_is_refused_with_the_right_one() {
    let (folder, program) = desk();
    fs::write(folder.path().join("doorstep.toml"), "[checks]\nnudge_afer = '1h'\n").unwrap();
    let sentence = refusal(&program.run(&["staff", "list", "--json"]).await, 2);
    assert!(sentence.ends_with("did you mean checks.nudge_after?"), "{sentence}");
}

#[tokio::test]
async fn a_database_that_cannot_be_opened_is_a_fault() {
    let (_folder, program) = desk();
    let program = program.with("DATABASE_URL", "sqlite:///nowhere/at/all.db");
    let sentence = refusal(&program.run(&["staff", "list"]).await, 1);
    assert!(sentence.contains("/nowhere/at/all.db"), "{sentence}");
}

#[tokio::test]
async fn any_command_makes_an_absent_database() {
    for call in [["household", "list"], ["staff", "list"], ["supply", "list"]] {
        let (folder, program) = desk();
        assert_eq!(program.json(&call).await, json!([]));
        assert!(folder.path().join("doorstep.db").exists());
    }
    let (folder, program) = desk();
    assert_eq!(program.run(&["migrate"]).await.code, Some(0));
    assert_eq!(program.run(&["migrate"]).await.stdout, "the database is up to date\n");
    assert!(folder.path().join("doorstep.db").exists());
}

#[tokio::test]
async fn nobody_migrates_while_the_bot_serves() {
    let (folder, program) = desk();
    let db = Db::connect(&sqlite_url(folder.path())).await.unwrap();
    let lock = ServeLock::take(&db).await.unwrap();
    let sentence = refusal(&program.run(&["staff", "list"]).await, 1);
    assert!(sentence.contains("needs an update"), "{sentence}");
    db.migrate(&lock).await.unwrap();
    let sentence = refusal(&program.run(&["migrate"]).await, 1);
    assert!(sentence.contains("already running"), "{sentence}");
    assert_eq!(program.json(&["staff", "list"]).await, json!([]));
}

#[tokio::test]
async fn in_a_rehearsal_every_command_goes_by_its_clock() {
    let (folder, program) = desk();
    let db = Db::open(&sqlite_url(folder.path())).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    setting::write(&mut tx, setting::CLOCK_OFFSET, 30 * 24 * 3_600_000).await.unwrap();
    tx.commit().await.unwrap();
    let ends = |ended: Ended| {
        let ends: Timestamp = serde_json::from_value(ended.json()["expires_at"].clone()).unwrap();
        ends.since(real_now()).as_secs() / 86_400
    };
    assert_eq!(ends(invite(&program, "Wang", &[]).await), 1);
    let rehearsal = program
        .with("DOORSTEP__REHEARSAL__ENABLED", true)
        .with("TELOXIDE_API_URL", "http://127.0.0.1:9");
    assert_eq!(ends(invite(&rehearsal, "Wang", &[]).await), 31);
}

#[tokio::test]
async fn an_invitation_can_be_made_again_until_it_was_used() {
    let (_folder, program) = desk();
    let first = invite(&program, "Li Na", &["--languages", "FR:native,en"]).await.json();
    let second = invite(&program, "li  na", &[]).await.json();
    assert_eq!(first["staff"], second["staff"]);
    assert_ne!(first["token"], second["token"]);
    assert_eq!(first["url"], Value::Null);
    let everybody = program.json(&["staff", "list"]).await;
    assert_eq!(everybody.as_array().unwrap().len(), 1);
    assert_eq!(everybody[0]["state"], "invited");
}

#[tokio::test]
async fn a_person_is_listed_as_invited() {
    let (_folder, program) = desk();
    invite(&program, "Li Na", &["--languages", "FR:native,en"]).await;
    let expected = json!([{
        "staff": "S-1", "name": "Li Na", "role": "lead", "area": "Yantian",
        "languages": ["fr:native", "en"], "telegram_id": null, "state": "invited",
        "on_duty": false,
    }]);
    assert_eq!(program.json(&["staff", "list"]).await, expected);
}

#[tokio::test]
async fn a_name_that_nobody_can_bear_is_refused() {
    let (_folder, program) = desk();
    for name in [" ", &"x".repeat(65), "a\tb\u{7}"] {
        refusal(&invite(&program, name, &[]).await, 2);
    }
}

#[tokio::test]
async fn links_bear_the_name_that_telegram_tells() {
    let (_sandbox, folder, program) = connected_desk().await;

    let invited = invite(&program, "Wang", &[]).await.json();
    let token = invited["token"].as_str().unwrap();
    assert_eq!(invited["url"], format!("https://t.me/doorstep_bot?start={token}"));

    let header = "household,area,building,unit,room,language,timezone,category,start_on,days,\
                  worker,backup,member,relation,birth_year,phone,labels";
    let row = "H1,Yantian,,,1,en,,,2026-04-06,,Wang,,Ann,head,,,";
    fs::write(folder.path().join("h.csv"), format!("{header}\n{row}\n")).unwrap();
    program.json(&["import", "households", "h.csv"]).await;
    let group = program.json(&["household", "link", "H1"]).await;
    let token = group["token"].as_str().unwrap();
    let rights =
        "invite_users+pin_messages+delete_messages+restrict_members+change_info+manage_chat";
    assert_eq!(group["kind"], "startgroup");
    assert_eq!(
        group["url"],
        format!("https://t.me/doorstep_bot?startgroup={token}&admin={rights}")
    );
    let private = program.json(&["household", "link", "H1", "--private"]).await;
    let token = private["token"].as_str().unwrap();
    assert_eq!(private["kind"], "private");
    assert_eq!(private["url"], format!("https://t.me/doorstep_bot?start={token}"));
}

#[tokio::test]
async fn a_household_that_nobody_knows_is_refused() {
    let (_folder, program) = desk();
    for verb in ["link", "phone", "timeline"] {
        let sentence = refusal(&program.run(&["household", verb, "H9"]).await, 2);
        assert_eq!(sentence, "there is no household H9");
    }
}

#[tokio::test]
async fn a_file_that_is_not_there_is_refused() {
    let (_folder, program) = desk();
    let ended = program.run(&["import", "households", "none.csv", "--json"]).await;
    assert!(refusal(&ended, 2).starts_with("none.csv cannot be read: "));
}

#[tokio::test]
async fn mistakes_of_a_file_are_told_to_people_on_stderr() {
    let (folder, program) = desk();
    fs::write(folder.path().join("bad.csv"), "household,colour\n").unwrap();
    let ended = program.run(&["import", "households", "bad.csv"]).await;
    assert_eq!(ended.code, Some(2));
    let unknown = "line 1, column colour: there is no column \"colour\" (unknown_column)\n";
    assert!(ended.stderr.starts_with(unknown), "{}", ended.stderr);
    assert!(ended.stdout.starts_with("households: 0 created"), "{}", ended.stdout);
}

#[tokio::test]
async fn a_reading_is_explained() {
    let (_folder, program) = desk();
    let ended = program.run(&["parse", "--lang", "en", "Mum 36.5"]).await;
    assert_eq!(ended.code, Some(0));
    assert!(ended.stdout.contains("verdict: record Mum 36.5"), "{}", ended.stdout);
}

#[tokio::test]
async fn each_line_is_answered_by_one_line() {
    let (_folder, program) = desk();
    let lines = [
        r#"{"text":"36.7","lang":"en"}"#,
        "no json",
        r#"{"lang":"en"}"#,
        "",
        r#"{"text":"good morning","lang":"xx"}"#,
        r#"{"text":"maman 37,2 pas de toux","lang":"fr"}"#,
    ];
    let ended = piped(&program, &["parse", "--jsonl"], lines.join("\n").as_bytes()).await;
    assert_eq!(ended.code, Some(2));
    let answers: Vec<Value> =
        ended.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), lines.len());
    assert_eq!(answers[0], json!({ "expect": [{ "member_hint": null, "celsius": 36.7 }] }));
    for wrong in &answers[1..4] {
        assert!(wrong["error"].is_string(), "{wrong}");
    }
    assert_eq!(answers[4], json!({ "expect": "none" }));
    assert_eq!(answers[5]["expect"][0]["celsius"], 37.2);
    assert_eq!(answers[5]["expect"][0]["symptoms"], json!([]));
    assert!(ended.stderr.contains("warning: there is no lexicon for \"xx\""), "{}", ended.stderr);
}

/// A call that reads `input`.
async fn piped(program: &Program, args: &[&str], input: &[u8]) -> Ended {
    let (mut command, input) = (program.command(args), input.to_owned());
    let ended = tokio::task::spawn_blocking(move || {
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(&input).unwrap();
        child.wait_with_output().unwrap()
    });
    let output = ended.await.unwrap();
    Ended {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[tokio::test]
async fn the_doctor_says_cause_and_cure() {
    let (folder, program) = desk();
    let ended = program.run(&["doctor", "--json"]).await;
    assert_eq!(ended.code, Some(1));
    let findings = ended.json();
    let found = |check: &str| {
        let mut findings = findings.as_array().unwrap().iter();
        findings.find(|finding| finding["check"] == check).cloned().unwrap_or_default()
    };
    assert_eq!(found("settings")["state"], "ok");
    assert_eq!(found("database")["state"], "ok");
    assert_eq!(found("bot")["state"], "broken");
    assert!(found("bot")["mend"].as_str().unwrap().contains("TELOXIDE_TOKEN"));

    let (_sandbox, _folder, connected) = connected_desk().await;
    let ended = connected.run(&["doctor"]).await;
    assert_eq!(ended.code, Some(0), "{}", ended.stdout);
    assert!(ended.stdout.contains("✅ bot: @doorstep_bot answers\n"), "{}", ended.stdout);

    fs::write(folder.path().join("doorstep.toml"), "[check]\nslots = ['08:00']\n").unwrap();
    let ended = program.run(&["doctor"]).await;
    assert_eq!(ended.code, Some(1));
    assert!(ended.stdout.starts_with("❌ settings: doorstep.toml: "), "{}", ended.stdout);
}

#[test]
fn the_manual_shows_every_setting_as_it_is() {
    let manual = fs::read_to_string("docs/operating.md").unwrap();
    let example = doorstep::config::Settings::example();
    assert!(manual.contains(&format!("```toml\n{example}```")), "docs/operating.md:\n{example}");
}
