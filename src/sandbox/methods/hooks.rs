//! setWebhook, deleteWebhook, getWebhookInfo. Beside https, addresses on this machine are taken with http
//! and on any port, because a bot under test speaks no TLS.

use reqwest::Url;
use serde_json::{Value, json};

use super::Call;
use crate::sandbox::polling::allowed_updates;
use crate::sandbox::refusal::{Answer, Refusal};
use crate::sandbox::webhook::Hook;
use crate::sandbox::world::Bot;

/// The ports to which Telegram brings updates.
const PORTS: [u16; 4] = [80, 88, 443, 8443];

pub(super) fn set_webhook(call: &mut Call<'_>) -> Answer {
    let hook = hook(call)?;
    let wanted = allowed_updates(call.arguments)?;
    let drops = call.arguments.flag("drop_pending_updates");
    if let Some(bot) = call.world.bots.get_mut(&call.bot) {
        if drops {
            bot.feed.drop_pending();
        }
        if let Some(wanted) = wanted {
            bot.feed.allow(wanted);
        }
        bot.hook = hook;
    }
    Ok(json!(true))
}

/// What is to be set; an empty address takes the webhook away.
fn hook(call: &Call<'_>) -> Result<Option<Hook>, Refusal> {
    let url = call.arguments.text("url").unwrap_or_default();
    if url.is_empty() {
        return Ok(None);
    }
    check_address(url)?;
    let secret = call.arguments.text("secret_token").unwrap_or_default();
    check_secret(secret)?;
    let connections = call.arguments.integer("max_connections").unwrap_or(40);
    Ok(Some(Hook::new(url, secret, connections.clamp(1, 100))))
}

fn check_address(url: &str) -> Result<(), Refusal> {
    let bad = |why: &str| Err(Refusal::bad_request(format!("bad webhook: {why}")));
    let Ok(url) = Url::parse(url) else { return bad("invalid webhook URL specified") };
    if matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]")) {
        return Ok(());
    }
    if url.scheme() != "https" {
        return bad("An HTTPS URL must be provided for webhook");
    }
    if !url.port_or_known_default().is_some_and(|port| PORTS.contains(&port)) {
        return bad("Webhook can be set up only on ports 80, 88, 443 or 8443");
    }
    Ok(())
}

fn check_secret(secret: &str) -> Result<(), Refusal> {
    if secret.len() > 256 {
        return Err(Refusal::bad_request("secret token is too long"));
    }
    if !secret.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')) {
        return Err(Refusal::bad_request("secret token contains unallowed characters"));
    }
    Ok(())
}

pub(super) fn delete_webhook(call: &mut Call<'_>) -> Value {
    let drops = call.arguments.flag("drop_pending_updates");
    if let Some(bot) = call.world.bots.get_mut(&call.bot) {
        if drops {
            bot.feed.drop_pending();
        }
        bot.hook = None;
    }
    json!(true)
}

pub(super) fn get_webhook_info(call: &Call<'_>) -> Value {
    let Some(Bot { feed, hook, .. }) = call.world.bots.get(&call.bot) else { return json!({}) };
    let mut info = json!({
        "url": hook.as_ref().map_or("", Hook::url),
        "has_custom_certificate": false,
        "pending_update_count": feed.pending(),
    });
    if let Some(hook) = hook {
        hook.describe(&mut info);
    }
    if let Some(allowed) = feed.allowed() {
        info["allowed_updates"] = json!(allowed);
    }
    info
}
