//! The rehearsal port, spoken to as a drill would: the clock, the settling, the letters.

use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use chrono::{DateTime, FixedOffset, Utc};
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};

use super::letter::Letters;

/// The port of one `serve`.
#[derive(Debug)]
pub struct Port {
    url: String,
    client: Client,
}

impl Port {
    /// The port at this address, such as `127.0.0.1:20001`.
    pub fn at(address: &str) -> Self {
        // Longer than the longest wait that is asked for below.
        let client = Client::builder().timeout(Duration::from_mins(12)).build();
        Self { url: format!("http://{address}"), client: client.expect("a client") }
    }

    /// What time it is for every rule.
    pub async fn now(&self) -> DateTime<Utc> {
        let answer = self.get("/rehearsal/now").await;
        instant(&answer["now"])
    }

    /// Moves the clock; returns what it shows then.
    pub async fn advance(&self, by: &str) -> DateTime<Utc> {
        self.advance_as(json!({ "by": by })).await
    }

    /// Moves the clock to an instant.
    pub async fn advance_to(&self, to: DateTime<FixedOffset>) -> DateTime<Utc> {
        self.advance_as(json!({ "to": to.to_rfc3339() })).await
    }

    async fn advance_as(&self, mut how: Value) -> DateTime<Utc> {
        how["timeout"] = json!("120s");
        let answer = done(self.post("/rehearsal/advance", &how).await).await;
        instant(&answer["now"])
    }

    /// Waits until everything said has been heard and everything written has gone.
    pub async fn settle(&self) {
        let counts =
            done(self.post("/rehearsal/settle", &json!({ "timeout": "600s" })).await).await;
        assert_eq!(counts, json!({ "inbox": 0, "due": 0, "queued": 0 }));
    }

    /// The letters after this one, of all chats.
    pub async fn letters_after(&self, id: i64) -> Letters {
        let letters = self.get(&format!("/rehearsal/letters?since={id}")).await;
        let letters: Letters = serde_json::from_value(letters).expect("letters of the contract");
        letters.that(|letter| letter.id > id)
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// What a GET answers, which must be 200.
    pub async fn get(&self, path: &str) -> Value {
        let sent = self.client.get(format!("{}{path}", self.url)).send().await;
        done(sent.unwrap_or_else(|error| panic!("GET {path}: {error}"))).await
    }

    /// The status of a GET; none if nobody answers.
    pub async fn status(&self, path: &str) -> Option<StatusCode> {
        let answer = self.client.get(format!("{}{path}", self.url)).send().await.ok()?;
        Some(answer.status())
    }

    /// What a POST answers, whatever it is.
    pub async fn post(&self, path: &str, body: &Value) -> Response {
        let sent = self.client.post(format!("{}{path}", self.url)).json(body).send().await;
        sent.unwrap_or_else(|error| panic!("POST {path}: {error}"))
    }
}

async fn done(answer: Response) -> Value {
    let (status, path) = (answer.status(), answer.url().path().to_owned());
    let body = answer.text().await.expect("a body");
    assert_eq!(status, StatusCode::OK, "{path}: {body}");
    serde_json::from_str(&body).unwrap_or_else(|error| panic!("{path}: {error} in {body}"))
}

fn instant(value: &Value) -> DateTime<Utc> {
    let text = value.as_str().unwrap_or_default();
    assert!(text.ends_with('Z') && text.len() == 24, "an instant with milliseconds: {value}");
    text.parse().unwrap_or_else(|error| panic!("{value}: {error}"))
}

/// A free address below the ports that the system gives to outgoing connections, so that nobody
/// takes it between two starts of the same town.
pub fn free_address() -> String {
    static TRIED: AtomicU16 = AtomicU16::new(0);
    let process = u16::try_from(std::process::id() % 97).expect("below 97") * 120;
    for _ in 0..2000 {
        let port = 20_000 + (process + TRIED.fetch_add(1, Ordering::Relaxed)) % 12_000;
        let address = format!("127.0.0.1:{port}");
        if std::net::TcpListener::bind(&address).is_ok() {
            return address;
        }
    }
    panic!("no free port between 20000 and 32000");
}
