//! Updates by webhook: stored before they are answered, from Telegram alone, once each, in whatever order
//! and through whatever outage; and the way from long polling to a webhook and back.

use std::time::Duration;

use doorstep::base::clock::real_now;
use doorstep::sandbox::CallRecord;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection, SqliteConnection};

use crate::support::home::Home;
use crate::support::on_both;
use crate::support::opening::Usual;
use crate::support::port::free_address;
use crate::support::program::Program;
use crate::support::serve::Serve;
use crate::support::town::{Rules, Store, TOKEN, Town};

mod stand_in;

const SECRET: &str = "a-secret_of-the-TEST";
const HEADER: &str = "X-Telegram-Bot-Api-Secret-Token";
const PATIENCE: Duration = Duration::from_mins(2);

// ---- A town with a webhook ----

/// The town's program with a webhook on the port of its health checks.
fn hooked(town: &Town) -> Program {
    let url = town.port().url("/telegram/updates");
    town.program.clone().with("DOORSTEP__WEBHOOK__URL", url).with("WEBHOOK_SECRET", SECRET)
}

/// From now on updates are brought to the town.
async fn hook(town: &Town) {
    town.stop("TERM").await;
    town.serve_with(&hooked(town)).await;
}

/// Brings something to the town as Telegram would; the status, after a look that the answer is empty.
async fn bring(town: &Town, secret: Option<&str>, body: impl Into<reqwest::Body>) -> StatusCode {
    let mut request = Client::new().post(town.port().url("/telegram/updates")).body(body);
    if let Some(secret) = secret {
        request = request.header(HEADER, secret);
    }
    let answer = request.send().await.expect("an answer");
    let status = answer.status();
    assert_eq!(answer.text().await.expect("a body"), "", "{status}");
    status
}

/// A message of somebody at home as an update.
fn update(home: &Home<'_>, who: &str, number: i64, text: &str) -> Value {
    let date = real_now().millis() / 1000;
    json!({
        "update_id": number,
        "message": {
            "message_id": number, "date": date, "text": text,
            "from": { "id": home.person(who).id(), "is_bot": false, "first_name": who },
            "chat": { "id": home.chat.number(), "type": "group", "title": "home" },
        },
    })
}

async fn bring_update(town: &Town, update: &Value) -> StatusCode {
    bring(town, Some(SECRET), update.to_string()).await
}

/// The highest number that Telegram has given so far.
async fn last_number(town: &Town) -> i64 {
    town.count("SELECT max(update_id) FROM inbox WHERE epoch > 0").await
}

async fn stored(town: &Town) -> i64 {
    town.count("SELECT count(*) FROM inbox WHERE epoch > 0").await
}

/// What getWebhookInfo says.
async fn info(town: &Town) -> Value {
    let url = format!("{}/bot{TOKEN}/getWebhookInfo", town.sandbox.url());
    let answer = Client::new().post(url).send().await.expect("the stand-in answers");
    answer.json::<Value>().await.expect("JSON")["result"].clone()
}

fn last_call(calls: &[CallRecord], method: &str) -> Value {
    let call = calls.iter().rev().find(|call| call.method == method);
    call.unwrap_or_else(|| panic!("{method} was called")).params.clone()
}

fn calls_of(calls: &[CallRecord], method: &str) -> usize {
    calls.iter().filter(|call| call.method == method).count()
}

// ---- The day ----

on_both!(a_report_by_webhook_is_recorded_and_acknowledged, async |town| {
    hook(town).await;
    let before = town.sandbox.calls().len();
    let Usual { home, .. } = town.usual().await;
    let message = home.says("妈妈", "36.5").await;
    assert_eq!(home.readings().await, ["1 36.5"]);
    let told = town.sandbox.message(home.chat, message).unwrap();
    assert!(!told.reactions.is_empty(), "acknowledged: {told:?}");

    let calls = town.sandbox.calls();
    assert_eq!(calls_of(&calls[before..], "getUpdates"), 0, "nobody polls");
    let set = last_call(&calls, "setWebhook");
    assert_eq!(set["url"], town.port().url("/telegram/updates"));
    assert_eq!(set["secret_token"], SECRET);
    assert_eq!(set["max_connections"], 40);
    assert!(set["allowed_updates"].as_array().unwrap().contains(&json!("chat_member")), "{set}");
    assert!(set.get("drop_pending_updates").is_none(), "what waits is wanted");
    assert_eq!(town.port().status("/readyz").await, Some(StatusCode::OK));
    assert_eq!(town.stderr().lines().filter(|line| line.starts_with("ready bot=@")).count(), 1);
    let findings = hooked(town).json(&["doctor"]).await;
    let mut findings = findings.as_array().unwrap().iter();
    let finding = findings.find(|finding| finding["check"] == "webhook").unwrap();
    assert_eq!(finding["message"], "set as configured; 0 updates wait");
});

on_both!(without_the_secret_nothing_is_stored, async |town| {
    hook(town).await;
    let Usual { home, .. } = town.usual().await;
    let (number, before) = (last_number(town).await + 1, stored(town).await);
    let forged = update(&home, "妈妈", number, "36.5");
    let longer = format!("{SECRET}x");
    for secret in [None, Some(""), Some("wrong"), Some(&SECRET[1..]), Some(&longer)] {
        let status = bring(town, secret, forged.to_string()).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{secret:?}");
    }
    town.settle().await;
    assert_eq!(stored(town).await, before);
    assert!(home.readings().await.is_empty());
    // The same with the secret is heard, so it was the secret.
    assert_eq!(bring_update(town, &forged).await, StatusCode::OK);
    town.settle().await;
    assert_eq!(home.readings().await, ["1 36.5"]);
    assert!(!town.stderr().contains(SECRET), "the secret is never logged");
});

on_both!(what_is_no_update_is_not_stored, async |town| {
    hook(town).await;
    let before = stored(town).await;
    let garbage: [&[u8]; 7] =
        [b"", b"hello", b"[]", b"{}", b"{\"update_id\":\"7\"}", b"{\"update_id\":7", b"\xff\xfe"];
    for body in garbage {
        let status = bring(town, Some(SECRET), body).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{}", String::from_utf8_lossy(body));
    }
    let sized = |bytes: usize| {
        let head = "{\"update_id\":900000001,\"poll\":\"";
        format!("{head}{}\"}}", "x".repeat(bytes - head.len() - 2))
    };
    let most = 1024 * 1024;
    assert_eq!(bring(town, Some(SECRET), sized(most + 1)).await, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(stored(town).await, before);
    assert_eq!(bring(town, Some(SECRET), sized(most)).await, StatusCode::OK, "1 MB is taken");
    assert_eq!(stored(town).await, before + 1);
    town.settle().await;
    assert_eq!(town.port().status("/telegram/updates").await, Some(StatusCode::METHOD_NOT_ALLOWED));
    assert_eq!(town.port().status("/telegram").await, Some(StatusCode::NOT_FOUND));
});

// ---- Order and repetition ----

on_both!(updates_twice_and_out_of_order_have_one_effect, async |town| {
    hook(town).await;
    let Usual { home, .. } = town.usual().await;
    let before = stored(town).await;
    let first = last_number(town).await + 1;
    // Far enough apart that what people say afterwards bears numbers between them.
    let earlier = update(&home, "妈妈", first + 40, "36.5");
    let later = update(&home, "爸爸", first + 41, "36.8");
    for update in [&later, &earlier, &later, &earlier] {
        assert_eq!(bring_update(town, update).await, StatusCode::OK);
    }
    town.settle().await;
    home.says("妈妈", "36.6").await;
    for update in [&earlier, &later] {
        assert_eq!(bring_update(town, update).await, StatusCode::OK, "again, after others");
    }
    town.settle().await;
    let mut readings = home.readings().await;
    readings.sort();
    assert_eq!(readings, ["1 36.5", "1 36.6", "2 36.8"]);
    assert_eq!(stored(town).await, before + 3);
    let epochs = "SELECT count(DISTINCT epoch) FROM inbox WHERE epoch > 0";
    assert_eq!(town.count(epochs).await, 1, "a latecomer begins no new run of numbers");
});

on_both!(updates_that_come_side_by_side_are_all_stored, async |town| {
    hook(town).await;
    let Usual { home, .. } = town.usual().await;
    let (first, before) = (last_number(town).await + 1, stored(town).await);
    let updates: Vec<_> = (0..40).rev().map(|n| update(&home, "妈妈", first + n, "36.5")).collect();
    let bringing = updates.iter().map(|update| bring_update(town, update));
    let statuses = futures_util::future::join_all(bringing).await;
    assert!(statuses.iter().all(|status| *status == StatusCode::OK), "{statuses:?}");
    town.settle().await;
    assert_eq!(stored(town).await, before + 40);
    assert_eq!(home.story("report").await.len(), 40);
    let next = town.count("SELECT max(next_update) FROM bot").await;
    assert_eq!(next, first + 40, "the cursor never went back");
});

// ---- Outages ----

/// The database, shut to every writer for as long as this lives.
enum Away {
    File(SqliteConnection),
    Server(PgConnection),
}

impl Away {
    async fn begin(town: &Town) -> Self {
        if town.database.starts_with("sqlite:") {
            let mut file = SqliteConnection::connect(&town.database).await.unwrap();
            let lock = "PRAGMA busy_timeout = 60000; BEGIN IMMEDIATE";
            sqlx::raw_sql(lock).execute(&mut file).await.unwrap();
            return Self::File(file);
        }
        let mut server = PgConnection::connect(&town.database).await.unwrap();
        let lock = "BEGIN; LOCK TABLE inbox IN EXCLUSIVE MODE";
        sqlx::raw_sql(lock).execute(&mut server).await.unwrap();
        Self::Server(server)
    }

    async fn end(self) {
        // Whoever hangs up lets go.
        match self {
            Self::File(file) => file.close().await.expect("the file"),
            Self::Server(server) => server.close().await.expect("the server"),
        }
    }
}

on_both!(what_comes_while_the_database_is_away_comes_again, async |town| {
    hook(town).await;
    let Usual { home, .. } = town.usual().await;
    assert!(info(town).await.get("last_error_date").is_none(), "so far nothing failed");
    let away = Away::begin(town).await;
    home.calls_out("妈妈", "36.5");
    let refused = tokio::time::timeout(PATIENCE, async {
        loop {
            let info = info(town).await;
            if info["last_error_message"].is_string() {
                return info;
            }
            tokio::task::yield_now().await;
        }
    });
    let info = refused.await.expect("the update is refused");
    let why = info["last_error_message"].as_str().unwrap();
    assert_eq!(why, "Wrong response from the webhook: 503 Service Unavailable");
    assert_eq!(info["pending_update_count"], 1);
    away.end().await;
    town.settle().await;
    assert_eq!(home.readings().await, ["1 36.5"]);
});

on_both!(what_was_answered_with_200_survives_a_kill, async |town| {
    hook(town).await;
    let Usual { home, .. } = town.usual().await;
    let first = last_number(town).await + 1;
    for n in 0..5 {
        let update = update(&home, "妈妈", first + n, &format!("36.{n}"));
        assert_eq!(bring_update(town, &update).await, StatusCode::OK);
        town.kill();
        town.serve_with(&hooked(town)).await;
    }
    town.settle().await;
    assert_eq!(home.readings().await, ["1 36.0", "1 36.1", "1 36.2", "1 36.3", "1 36.4"]);
});

on_both!(asked_to_stop_it_answers_what_it_has_begun, async |town| {
    hook(town).await;
    let Usual { home, .. } = town.usual().await;
    let first = last_number(town).await + 1;
    let updates: Vec<_> = (0..20).map(|n| update(&home, "妈妈", first + n, "36.5")).collect();
    let send = async |update: &Value| {
        let url = town.port().url("/telegram/updates");
        let sent = Client::new().post(url).header(HEADER, SECRET).body(update.to_string()).send();
        // Whoever finds the port closed tries again later, as Telegram does.
        sent.await.is_ok_and(|answer| answer.status() == StatusCode::OK)
    };
    let bringing = futures_util::future::join_all(updates.iter().map(send));
    let (taken, ended) = tokio::join!(bringing, town.stop("TERM"));
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    town.serve_with(&hooked(town)).await;
    town.settle().await;
    let (taken, reports) =
        (taken.iter().filter(|ok| **ok).count(), home.story("report").await.len());
    assert!(reports >= taken, "{reports} of {taken} that were taken");
});

// ---- From one to the other ----

on_both!(from_polling_to_a_webhook_and_back_nothing_is_lost, async |town| {
    let Usual { home, .. } = town.usual().await;
    town.stop("TERM").await;
    home.calls_out("妈妈", "36.1");
    town.serve_with(&hooked(town)).await;
    town.settle().await;
    assert_eq!(home.readings().await, ["1 36.1"], "said before the webhook was set");
    town.kill();
    home.calls_out("妈妈", "36.2");
    let before = town.sandbox.calls().len();
    town.serve_again().await;
    town.settle().await;
    assert_eq!(home.readings().await, ["1 36.1", "1 36.2"], "and after the last of it");
    assert_eq!(calls_of(&town.sandbox.calls()[before..], "deleteWebhook"), 1);
    assert_eq!(info(town).await["url"], "");
});

on_both!(what_a_webhook_left_behind_is_polled, async |town| {
    hook(town).await;
    let Usual { home, .. } = town.usual().await;
    // Another chat's update was quicker: its number is higher than what still waits at Telegram.
    let quicker = update(&home, "爸爸", last_number(town).await + 5, "36.8");
    assert_eq!(bring_update(town, &quicker).await, StatusCode::OK);
    town.settle().await;
    town.stop("TERM").await;
    home.calls_out("妈妈", "36.5");
    town.serve_again().await;
    town.settle().await;
    let mut readings = home.readings().await;
    readings.sort();
    assert_eq!(readings, ["1 36.5", "2 36.8"], "the first poll confirms nothing");
});

on_both!(a_webhook_that_another_program_took_away_is_set_again, async |town| {
    hook(town).await;
    let Usual { home, .. } = town.usual().await;
    let url = format!("{}/bot{TOKEN}/deleteWebhook", town.sandbox.url());
    Client::new().post(url).send().await.unwrap();
    home.calls_out("妈妈", "36.5");
    // Whoever waits until nothing is left makes it look.
    town.settle().await;
    assert_eq!(home.readings().await, ["1 36.5"]);
    assert!(town.stderr().contains("another program has changed the webhook"));
});

// ---- The start ----

#[tokio::test]
async fn a_webhook_that_telegram_refuses_ends_the_start() {
    let town = Town::build(Store::Sqlite, Rules::usual()).await.unwrap();
    let refused = |url: &str| town.program.clone().with("DOORSTEP__WEBHOOK__URL", url);
    for (url, why) in [
        ("http://bot.example.org/t", "An HTTPS URL must be provided"),
        ("https://bot.example.org:9000/t", "only on ports 80, 88, 443 or 8443"),
    ] {
        let ended = Serve::launch(&refused(url)).ended().await;
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert_eq!(ended.stderr.trim().lines().count(), 1, "one clear sentence: {}", ended.stderr);
        assert!(ended.stderr.contains("webhook.url") && ended.stderr.contains(why), "{ended:?}");
    }
}

#[tokio::test]
async fn a_webhook_may_have_a_port_of_its_own_and_a_derived_secret() {
    let town = Town::build(Store::Sqlite, Rules::usual()).await.unwrap();
    let address = free_address();
    let program = town
        .program
        .clone()
        .with("DOORSTEP__WEBHOOK__URL", format!("http://{address}/"))
        .with("DOORSTEP__WEBHOOK__LISTEN", &address)
        .with("DOORSTEP__WEBHOOK__MAX_CONNECTIONS", "7");
    town.serve_with(&program).await;
    let client = Client::new();
    let status = async |url: String| client.get(url).send().await.unwrap().status();
    assert_eq!(status(format!("http://{address}/")).await, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(status(format!("http://{address}/healthz")).await, StatusCode::NOT_FOUND);
    assert_eq!(status(town.port().url("/")).await, StatusCode::NOT_FOUND);
    let set = last_call(&town.sandbox.calls(), "setWebhook");
    let secret = set["secret_token"].as_str().unwrap();
    assert!(secret.len() >= 40 && !secret.contains("a-secret-of-the-test"), "{secret}");
    assert_eq!(set["max_connections"], 7);
    let Usual { home, .. } = town.usual().await;
    home.says("妈妈", "36.5").await;
    assert_eq!(home.readings().await.len(), 1, "the derived secret is the one that is shown");
}
