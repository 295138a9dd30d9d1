//! How `doorstep serve` starts, stands beside other commands and stops.

use chrono::TimeDelta;
use doorstep::sandbox::Sandbox;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

use crate::support::home::word;
use crate::support::opening::Usual;
use crate::support::serve::Serve;
use crate::support::spec::{GRID, HouseholdSpec, csv};
use crate::support::town::{Rules, Store, TOKEN, Town, instant};
use crate::support::{PATIENCE, on_both};

on_both!(it_says_ready_and_introduces_itself, async |town| {
    let kind = town.database.split(':').next().unwrap().replace("postgresql", "postgres");
    let stderr = town.stderr();
    let line = format!("ready bot=@doorstep_bot db={kind}");
    assert_eq!(stderr.lines().filter(|said| *said == line).count(), 1, "{stderr}");
    for path in ["/healthz", "/readyz"] {
        assert_eq!(town.port().status(path).await, Some(StatusCode::OK), "{path}");
    }
    let calls = town.sandbox.calls();
    let made = |method: &str| calls.iter().any(|call| call.method == method);
    assert!(["getMe", "deleteWebhook", "setMyCommands"].into_iter().all(made), "{calls:#?}");
    let polls = calls.iter().filter(|call| call.method == "getUpdates");
    assert!(polls.into_iter().all(|call| call.params["allowed_updates"].is_array()));
});

on_both!(a_second_one_on_the_same_database_is_refused, async |town| {
    let elsewhere = town.program.clone().with("DOORSTEP__HTTP__LISTEN", "127.0.0.1:0");
    let refused = Serve::launch(&elsewhere).ended().await;
    assert!(refused.code.is_some_and(|code| code != 0), "{refused:?}");
    assert_eq!(refused.stderr.trim().lines().count(), 1, "one clear sentence: {}", refused.stderr);
    let migrate = town.program.run(&["migrate"]).await;
    assert_ne!(migrate.code, Some(0), "the database belongs to the one that serves");
    assert_eq!(town.port().status("/readyz").await, Some(StatusCode::OK), "which goes on");
});

// ---- A PostgreSQL that goes away ----

/// Ends connections to a town's database, as a restart of the server does.
async fn cut(town: &Town, which: &'static str) {
    town.count(which).await;
}

const EVERY_CONNECTION: &str = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()";
const THE_LOCK: &str = "SELECT count(pg_terminate_backend(pid)) FROM pg_locks
    WHERE locktype = 'advisory' AND database =
        (SELECT oid FROM pg_database WHERE datname = current_database())";
const LOCKS: &str = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

#[tokio::test]
async fn connections_that_are_lost_lose_no_report() {
    let Some(town) = Town::open(Store::Postgres, Rules::usual()).await else { return };
    let Usual { home, .. } = town.usual().await;
    for _ in 0..20 {
        home.calls_out("妈妈", "妈妈 36.5");
        cut(&town, EVERY_CONNECTION).await;
        home.calls_out("爸爸", "爸爸 36.6");
        town.settle_after_faults().await;
    }
    assert_eq!(home.readings().await.len(), 40);
    town.comes_to(LOCKS, 1).await;
    let elsewhere = town.program.clone().with("DOORSTEP__HTTP__LISTEN", "127.0.0.1:0");
    let second = Serve::launch(&elsewhere).ended().await;
    assert!(second.stderr.contains("already running"), "the lock is held again: {second:?}");
}

#[tokio::test]
async fn of_two_on_one_database_the_one_that_lost_the_lock_ends() {
    let Some(town) = Town::open(Store::Postgres, Rules::usual()).await else { return };
    cut(&town, THE_LOCK).await;
    let elsewhere = town.program.clone().with("DOORSTEP__HTTP__LISTEN", "127.0.0.1:0");
    let second = Serve::start(&elsewhere).await.expect("the lock is free");
    let first = town.ended().await;
    assert_eq!(first.code, Some(1), "{}", first.stderr);
    assert!(first.stderr.contains("another `doorstep serve`"), "{}", first.stderr);
    drop(second);
}

on_both!(asked_to_stop_it_finishes_what_it_has_begun, async |town| {
    let Usual { home, .. } = town.usual().await;
    for signal in ["TERM", "INT"] {
        for _ in 0..10 {
            home.calls_out("妈妈", "36.5");
        }
        let began = std::time::Instant::now();
        let ended = town.stop(signal).await;
        assert_eq!(ended.code, Some(0), "SIG{signal}: {}", ended.stderr);
        assert!(began.elapsed() < PATIENCE / 4, "it does not hang");
        assert_eq!(town.count("SELECT count(*) FROM outbox WHERE state = 'sending'").await, 0);
        town.serve_again().await;
        town.settle().await;
    }
    assert_eq!(home.story("report").await.len(), 20, "and the rest after the next start");
});

on_both!(the_clock_stays_where_it_was_moved, async |town| {
    town.advance("30h").await;
    let before = town.port().now().await;
    town.kill();
    let invited = town.invite("Wang", "worker", GRID).await;
    let expires = instant(&invited["expires_at"]);
    let lag = expires - before - TimeDelta::hours(48);
    assert!(lag >= TimeDelta::zero() && lag < TimeDelta::minutes(1), "commands use it: {lag}");
    town.serve_again().await;
    let after = town.port().now().await;
    assert!(after >= before && after - before < TimeDelta::minutes(1), "{before} {after}");
});

/// Somebody else who polls with the bot's token, again and again.
fn rival(town: &Town) -> tokio::task::JoinHandle<()> {
    let url = format!("{}/bot{TOKEN}/getUpdates", town.sandbox.url());
    let client = Client::new();
    tokio::spawn(async move {
        loop {
            // Each of the two ends the other's poll.
            client.post(&url).json(&json!({ "timeout": 30 })).send().await.ok();
        }
    })
}

#[tokio::test]
async fn another_poller_is_borne_with_for_a_while() {
    let town = Town::open(Store::Sqlite, Rules::usual()).await.unwrap();
    let Usual { home, .. } = town.usual().await;
    let calls = town.sandbox.calls().len();
    let other = rival(&town);
    let met = |s: &Sandbox| {
        s.calls_since(calls).iter().any(|call| call.status == Some(409)).then_some(())
    };
    town.sandbox.wait_for(PATIENCE, met).await.expect("they meet");
    other.abort();
    home.says("妈妈", "36.5").await;
    assert_eq!(home.readings().await, ["1 36.5"], "nothing is lost");
}

#[tokio::test]
async fn another_poller_that_stays_ends_it_with_one_sentence() {
    let town = Town::open(Store::Sqlite, Rules::usual()).await.unwrap();
    let other = rival(&town);
    let ended = town.ended().await;
    other.abort();
    assert_eq!(ended.code, Some(1), "{}", ended.stderr);
    let last = ended.stderr.lines().last().unwrap_or_default();
    assert!(last.contains("409 Conflict") && !last.contains(TOKEN), "{last}");
}

// ---- Refused at the start ----

/// What a start says that must fail.
async fn refusal(town: &Town, changes: &[(&str, &str)]) -> String {
    let mut program = town.program.clone();
    for (name, value) in changes {
        program = program.with(name, value);
    }
    let ended = Serve::launch(&program).ended().await;
    assert!(matches!(ended.code, Some(1 | 2)), "{changes:?}: {ended:?}");
    let stderr = ended.stderr.trim().to_owned();
    assert_eq!(stderr.lines().count(), 1, "{changes:?}: one clear sentence: {stderr}");
    assert!(!stderr.contains("panicked"), "{stderr}");
    stderr
}

#[tokio::test]
async fn wrong_settings_stop_the_start_with_one_sentence() {
    let town = Town::build(Store::Sqlite, Rules::usual()).await.unwrap();
    let unknown = refusal(&town, &[("TELOXIDE_TOKEN", "5001:wrong")]).await;
    assert!(!unknown.contains("5001:wrong"), "a token is never shown: {unknown}");
    let misspelt = refusal(&town, &[("DOORSTEP__CHECKS__NUDGE_AFER", "1h")]).await;
    assert!(misspelt.contains("nudge_after") || misspelt.contains("NUDGE_AFTER"), "{misspelt}");
    refusal(&town, &[("DATABASE_URL", "mysql://nobody")]).await;
    refusal(&town, &[("DATABASE_URL", "sqlite:///no/such/folder/doorstep.db")]).await;
    refusal(&town, &[("DOORSTEP__HTTP__LISTEN", "0.0.0.0:0")]).await;
    let public = refusal(&town, &[("TELOXIDE_API_URL", "https://api.telegram.org")]).await;
    assert!(public.contains("rehearsal") || public.contains("TELOXIDE_API_URL"), "{public}");
    let program = town.program.clone().without("TELOXIDE_TOKEN");
    let ended = Serve::launch(&program).ended().await;
    assert!(ended.code.is_some_and(|code| code != 0));
    assert!(ended.stderr.contains("TELOXIDE_TOKEN"), "{}", ended.stderr);
}

on_both!(households_that_nobody_leads_are_not_served, async |town| {
    town.invite("Wang", "worker", GRID).await;
    let file = csv(&[HouseholdSpec::new("3-502")], town.today().await);
    assert_eq!(town.import_text(&file, &[]).await.code, Some(0));
    town.stop("TERM").await;
    let sentence = refusal(town, &[]).await;
    assert!(sentence.contains(GRID), "{sentence}");
    town.invite("Lin", "lead", "Yantian/Haishan").await;
    town.serve_again().await;
    assert!(town.stderr().lines().count() >= 2, "whoever has not joined is a warning");
});

// ---- The rehearsal port ----

on_both!(letters_are_shown_by_the_contracts_names, async |town| {
    let Usual { home, cast } = town.usual().await;
    let choice = home.last("language-choice").await;
    let (before, chat) = (choice.id - 1, home.chat.number());
    let path = format!("/rehearsal/letters?since={before}&chat_id={chat}");
    let shown = town.port().get(&path).await;
    let fields: Vec<_> = shown[0].as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "id",
        "at",
        "bot_id",
        "chat_id",
        "lane",
        "method",
        "text_id",
        "language",
        "args",
        "silent",
        "state",
        "message_id",
        "cause",
        "buttons",
    ];
    assert_eq!(fields, expected);
    assert_eq!((&shown[0]["id"], &shown[0]["bot_id"]), (&json!(choice.id), &json!(5001)));
    let button = &shown[0]["buttons"][0][0];
    assert_eq!(button["action"], "language.choose");
    assert!(button["data"].as_str().is_some_and(|data| (1..=64).contains(&data.len())));
    let others = shown.as_array().unwrap().iter().filter(|letter| letter["chat_id"] != chat);
    assert_eq!(others.count(), 0);
    let silent = |letter: &Value| letter["silent"] == true;
    let loud = ["sendMessage", "sendPhoto", "sendDocument"];
    for letter in shown.as_array().unwrap() {
        assert!(silent(letter) || loud.contains(&letter["method"].as_str().unwrap()), "{letter}");
        assert!(letter["args"].is_object(), "{letter}");
    }
    assert_eq!(cast.wang.letters().await.0[0].lane, "reply");
});

/// The status of a request to the port with one header changed.
async fn status_with(town: &Town, header: &str, value: &str) -> u16 {
    let url = town.port().url("/rehearsal/now");
    let sent = Client::new().get(url).header(header, value).send().await.expect("an answer");
    sent.status().as_u16()
}

on_both!(the_port_is_for_this_machine_alone, async |town| {
    assert_eq!(status_with(town, "origin", "https://evil.example").await, 403);
    assert_eq!(status_with(town, "host", "evil.example").await, 403);
    assert_eq!(status_with(town, "origin", &town.port().url("")).await, 200);
    let wrong = [
        json!({ "by": "soon" }),
        json!({ "to": "2020-01-01T00:00:00Z" }),
        json!({ "to": "tomorrow" }),
        json!({}),
    ];
    for body in wrong {
        let answer = town.port().post("/rehearsal/advance", &body).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{body}");
        let error: Value = answer.json().await.unwrap();
        assert!(!word(&error["error"]).is_empty(), "{body}");
    }
});
