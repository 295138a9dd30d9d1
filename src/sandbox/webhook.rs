//! Webhooks: updates are brought to the bot's address, oldest first and one at a time, each until it is
//! answered with 2xx. Telegram brings those of different chats side by side and waits up to a minute
//! between two tries; here the wait is short, so that nobody has to.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::Sandbox;
use super::ids::UserId;
use super::world::{Bot, World};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// The first wait after a try that failed; it doubles up to the longest.
const SHORTEST_WAIT: Duration = Duration::from_millis(20);
const LONGEST_WAIT: Duration = Duration::from_millis(640);
/// The header in which the secret is shown.
const SECRET: &str = "X-Telegram-Bot-Api-Secret-Token";

/// Where one bot's updates are brought.
#[derive(Debug, Clone)]
pub(super) struct Hook {
    address: Arc<Address>,
    connections: i64,
    last_error: Option<(i64, String)>,
}

#[derive(Debug)]
struct Address {
    url: String,
    secret: String,
}

impl Hook {
    pub fn new(url: &str, secret: &str, connections: i64) -> Self {
        let address = Arc::new(Address { url: url.to_owned(), secret: secret.to_owned() });
        Self { address, connections, last_error: None }
    }

    pub fn url(&self) -> &str {
        &self.address.url
    }

    /// Adds what getWebhookInfo tells of it.
    pub fn describe(&self, info: &mut Value) {
        info["max_connections"] = json!(self.connections);
        if let Some((at, why)) = &self.last_error {
            info["last_error_date"] = json!(at);
            info["last_error_message"] = json!(why);
        }
    }
}

impl World {
    pub fn hook(&self, bot: UserId) -> Option<&Hook> {
        self.bots.get(&bot)?.hook.as_ref()
    }
}

/// Brings a bot its updates for as long as this webhook of it is set.
pub(super) fn start(sandbox: &Sandbox, bot: UserId) {
    let Some(hook) = sandbox.world().hook(bot).cloned() else { return };
    let sandbox = Sandbox { shared: Arc::clone(&sandbox.shared), _stop: None };
    tokio::spawn(async move {
        let closing = sandbox.closing().clone();
        tokio::select! {
            () = closing.cancelled() => {}
            () = bring(&sandbox, bot, &hook.address) => {}
        }
    });
}

async fn bring(sandbox: &Sandbox, bot: UserId, address: &Arc<Address>) {
    let client = reqwest::Client::new();
    let mut changes = sandbox.changes();
    let mut wait = SHORTEST_WAIT;
    while is_set(sandbox, bot, address) {
        let Some((id, update)) = oldest(sandbox, bot) else {
            if changes.changed().await.is_err() {
                return;
            }
            continue;
        };
        match post(&client, address, &update).await {
            Ok(()) => {
                wait = SHORTEST_WAIT;
                settle(sandbox, bot, address, |bot, _| bot.feed.take(id));
            }
            Err(why) => {
                settle(sandbox, bot, address, |bot, now| {
                    if let Some(hook) = &mut bot.hook {
                        hook.last_error = Some((now, why));
                    }
                });
                tokio::time::sleep(wait).await;
                wait = (wait * 2).min(LONGEST_WAIT);
            }
        }
    }
}

/// Whether this webhook is set, and not another or none.
fn is_set(sandbox: &Sandbox, bot: UserId, address: &Arc<Address>) -> bool {
    sandbox.world().hook(bot).is_some_and(|hook| Arc::ptr_eq(&hook.address, address))
}

/// The oldest update that waits, with its number.
fn oldest(sandbox: &Sandbox, bot: UserId) -> Option<(i64, Value)> {
    let mut world = sandbox.world();
    let now = world.now();
    world.bots.get_mut(&bot)?.feed.oldest(now)
}

/// Changes the bot if this webhook is still set: an answer that comes after it was taken away counts for
/// nothing.
fn settle(sandbox: &Sandbox, bot: UserId, address: &Arc<Address>, how: impl FnOnce(&mut Bot, i64)) {
    sandbox.change(|world| {
        let now = world.now();
        let Some(bot) = world.bots.get_mut(&bot) else { return };
        if bot.hook.as_ref().is_some_and(|hook| Arc::ptr_eq(&hook.address, address)) {
            how(bot, now);
        }
    });
}

async fn post(client: &reqwest::Client, to: &Address, update: &Value) -> Result<(), String> {
    let mut request = client.post(&to.url).json(update).timeout(PATIENCE);
    if !to.secret.is_empty() {
        request = request.header(SECRET, &to.secret);
    }
    match request.send().await {
        Ok(answer) if answer.status().is_success() => Ok(()),
        Ok(answer) => Err(format!("Wrong response from the webhook: {}", answer.status())),
        Err(error) if error.is_connect() => Err("Connection refused".to_owned()),
        Err(_) => Err("Read timeout expired".to_owned()),
    }
}
