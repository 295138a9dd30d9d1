//! What the doctor makes of the webhook: what the settings want beside what Telegram says.

use std::time::Duration;

use serde_json::Value;

use super::finding::Finding;
use crate::base::clock::Timestamp;
use crate::config::WebhookUrl;

/// An error that is older than this, with nothing waiting, has passed.
const FRESH: Duration = Duration::from_hours(1);

/// Judges the webhook that Telegram knows (as getWebhookInfo describes it) by the one that is wanted.
pub(super) fn judge(wanted: Option<&WebhookUrl>, info: &Value, now: Timestamp) -> Finding {
    let set = info["url"].as_str().unwrap_or_default();
    match wanted {
        None if set.is_empty() => Finding::ok("webhook", "none is set, so the bot can poll"),
        None => Finding::warning("webhook", "one is left over, so nothing can be polled")
            .mend("`doorstep serve` removes it; make sure that no other program uses this bot"),
        Some(_) if set.is_empty() => Finding::warning("webhook", "it is not set yet")
            .mend("`doorstep serve` sets it at its start"),
        Some(wanted) if wanted.url().as_str() != set => {
            Finding::warning("webhook", format!("Telegram brings updates elsewhere: {set}"))
                .mend("`doorstep serve` sets it; make sure that no other program uses this bot")
        }
        Some(_) => delivery(info, now),
    }
}

/// How the bringing goes.
fn delivery(info: &Value, now: Timestamp) -> Finding {
    let waiting = info["pending_update_count"].as_i64().unwrap_or(0);
    let failed = info["last_error_date"].as_i64().map(Timestamp::from_seconds);
    let fresh = |at: Timestamp| waiting > 0 || now.since(at) < FRESH;
    match failed.filter(|at| fresh(*at)) {
        Some(at) => {
            let why = info["last_error_message"].as_str().unwrap_or("no reason given");
            Finding::warning("webhook", format!("{waiting} updates wait; at {at}: {why}"))
                .mend("check that serve runs, the reverse proxy, and its certificate")
        }
        None => Finding::ok("webhook", format!("set as configured; {waiting} updates wait")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::finding::State;
    use super::*;
    use crate::config::Settings;

    const NOON: Timestamp = Timestamp::from_seconds(1_775_000_000);

    fn state(wanted: bool, info: &Value) -> (State, String) {
        let file = "[webhook]\nurl = 'https://bot.example.org/t'";
        let file = wanted.then_some(("doorstep.toml", file));
        let settings = Settings::from_parts(file, std::iter::empty()).unwrap();
        let finding = judge(settings.webhook.url.as_ref(), info, NOON);
        (finding.state, finding.message)
    }

    #[test]
    fn what_is_wanted_and_what_is_set_are_compared() {
        let none = json!({ "url": "" });
        let ours = json!({ "url": "https://bot.example.org/t", "pending_update_count": 0 });
        let other = json!({ "url": "https://other.example.org/t" });
        assert_eq!(state(false, &none).0, State::Ok);
        assert_eq!(state(false, &ours).0, State::Warning);
        assert_eq!(state(true, &none).0, State::Warning);
        assert!(state(true, &other).1.contains("elsewhere: https://other.example.org"));
        assert_eq!(state(true, &ours).0, State::Ok);
    }

    #[test]
    fn a_failure_counts_while_it_is_fresh_or_something_waits() {
        let info = |ago: i64, waiting: i64| {
            json!({ "url": "https://bot.example.org/t", "pending_update_count": waiting,
                    "last_error_date": 1_775_000_000 - ago, "last_error_message": "503" })
        };
        assert!(state(true, &info(60, 0)).1.contains("503"));
        assert_eq!(state(true, &info(60, 0)).0, State::Warning);
        assert_eq!(state(true, &info(7200, 0)).0, State::Ok);
        assert_eq!(state(true, &info(7200, 3)).0, State::Warning);
    }
}
