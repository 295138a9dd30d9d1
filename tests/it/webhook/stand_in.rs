//! The pretend Telegram's webhook, with a listener of the test's own behind it: who is brought what, and
//! when it comes again.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use doorstep::sandbox::{Person, Sandbox, SandboxOptions, UserId};
use serde_json::{Value, json};

use super::HEADER;

const TOKEN: &str = "5001:secret";
const SOON: Duration = Duration::from_secs(20);

/// What came, with the secret it showed, and with what the next ones are answered.
#[derive(Clone, Default)]
struct Listener {
    came: Arc<Mutex<Vec<(String, Value)>>>,
    answers: Arc<Mutex<Vec<StatusCode>>>,
}

async fn take(State(listener): State<Listener>, headers: HeaderMap, body: String) -> StatusCode {
    let secret = headers.get(HEADER).map_or("", |value| value.to_str().unwrap()).to_owned();
    listener.came.lock().unwrap().push((secret, serde_json::from_str(&body).unwrap()));
    listener.answers.lock().unwrap().pop().unwrap_or(StatusCode::OK)
}

impl Listener {
    async fn open() -> (Self, String) {
        let listener = Self::default();
        let routes = Router::new().route("/hook", post(take)).with_state(listener.clone());
        let port = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", port.local_addr().unwrap());
        tokio::spawn(async { axum::serve(port, routes).await.unwrap() });
        (listener, url)
    }

    fn texts(&self) -> Vec<String> {
        let came = self.came.lock().unwrap();
        came.iter().map(|(_, update)| update["message"]["text"].as_str().unwrap().into()).collect()
    }
}

struct Stage {
    sandbox: Sandbox,
    chen: Person,
    bot: UserId,
}

impl Stage {
    async fn open() -> Self {
        let options = SandboxOptions { now: || 1_775_000_000, ..SandboxOptions::default() };
        let sandbox = Sandbox::open(options).await.unwrap();
        let bot = sandbox.bot(TOKEN, "doorstep_bot");
        let chen = sandbox.person("Chen", "zh");
        chen.start(bot, "").unwrap();
        let stage = Self { sandbox, chen, bot };
        stage.call("deleteWebhook", json!({ "drop_pending_updates": true })).await;
        stage
    }

    async fn call(&self, method: &str, params: Value) -> Value {
        let url = format!("{}/bot{TOKEN}/{method}", self.sandbox.url());
        let sent = reqwest::Client::new().post(url).json(&params).send().await.unwrap();
        sent.json().await.unwrap()
    }

    fn say(&self, text: &str) {
        self.chen.say(self.chen.chat_with(self.bot), text).unwrap();
    }

    /// Waits until nothing waits to be brought.
    async fn brought(&self) -> Value {
        let all = async {
            loop {
                let info = self.call("getWebhookInfo", json!({})).await["result"].clone();
                if info["pending_update_count"] == 0 {
                    return info;
                }
            }
        };
        tokio::time::timeout(SOON, all).await.expect("everything is brought")
    }
}

#[tokio::test]
async fn updates_are_brought_in_order_with_the_secret() {
    let (stage, (listener, url)) = (Stage::open().await, Listener::open().await);
    stage.say("before");
    let set = json!({ "url": url, "secret_token": "S_1", "max_connections": 3 });
    assert_eq!(stage.call("setWebhook", set).await["result"], true);
    for text in ["one", "two", "three"] {
        stage.say(text);
    }
    let info = stage.brought().await;
    assert_eq!(listener.texts(), ["before", "one", "two", "three"]);
    assert!(listener.came.lock().unwrap().iter().all(|(secret, _)| secret == "S_1"));
    assert_eq!((&info["url"], &info["max_connections"]), (&json!(url), &json!(3)));
    assert!(info.get("last_error_date").is_none());
}

#[tokio::test]
async fn what_is_not_taken_is_brought_again_before_what_follows() {
    let (stage, (listener, url)) = (Stage::open().await, Listener::open().await);
    *listener.answers.lock().unwrap() =
        vec![StatusCode::SERVICE_UNAVAILABLE, StatusCode::UNAUTHORIZED];
    stage.call("setWebhook", json!({ "url": url })).await;
    stage.say("one");
    stage.say("two");
    let info = stage.brought().await;
    assert_eq!(listener.texts(), ["one", "one", "one", "two"]);
    let why = "Wrong response from the webhook: 503 Service Unavailable";
    assert_eq!(info["last_error_message"], why);
    assert_eq!(info["last_error_date"], 1_775_000_000);
}

#[tokio::test]
async fn who_has_a_webhook_cannot_poll() {
    let (stage, (_, url)) = (Stage::open().await, Listener::open().await);
    let waiting = stage.call("getUpdates", json!({ "timeout": 30 }));
    let setting = async {
        // Set once the poll has begun, or before it: it is refused either way.
        stage.call("setWebhook", json!({ "url": url })).await
    };
    let (ended, set) = tokio::join!(waiting, setting);
    assert_eq!(set["result"], true);
    assert_eq!(ended["error_code"], 409, "{ended}");
    let refused = stage.call("getUpdates", json!({})).await;
    assert_eq!(
        refused["description"],
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to \
         delete the webhook first"
    );
    stage.call("setWebhook", json!({ "url": "" })).await;
    assert_eq!(stage.call("getUpdates", json!({})).await["ok"], true, "an empty one is none");
    assert_eq!(stage.call("getWebhookInfo", json!({})).await["result"]["url"], "");
}

#[tokio::test]
async fn wrong_webhooks_are_refused_in_telegrams_words() {
    let stage = Stage::open().await;
    let long = "a".repeat(257);
    let wrong = [
        (json!({ "url": "http://example.org/" }), "bad webhook: An HTTPS URL must be provided"),
        (json!({ "url": "https://example.org:9/" }), "bad webhook: Webhook can be set up only on"),
        (json!({ "url": "https://e.org/", "secret_token": "a b" }), "unallowed characters"),
        (json!({ "url": "https://e.org/", "secret_token": long }), "secret token is too long"),
        (json!({ "url": "https://e.org/", "allowed_updates": ["nonsense"] }), "nonsense"),
        (json!({ "url": "https://e.org/", "certificate": "x" }), "takes no file"),
        (json!({}), "\"url\" is required"),
    ];
    for (params, why) in wrong {
        let answer = stage.call("setWebhook", params.clone()).await;
        assert_eq!(answer["error_code"], 400, "{params}");
        assert!(answer["description"].as_str().unwrap().contains(why), "{answer}");
    }
}
