//! The webhook: Telegram is told where to bring updates, and is looked at now and then: whether it still
//! brings them there, and whether it has more. Bringing them is the work of `webhook/post.rs`.
//!
//! teloxide's own listener is not used: it answers 200 before anything is stored, and compares the secret
//! letter by letter.

use std::time::{Duration, Instant};

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use teloxide::payloads::{GetWebhookInfo, SetWebhook, SetWebhookSetters};
use tokio_util::sync::CancellationToken;

use super::api::{Answer, Api};
use super::intake::{IntakeError, Polls, SIGN_OF_LIFE, WANTED, rest};
use crate::base::setting;
use crate::base::turn::Ground;
use crate::config::WebhookUrl;

mod post;

pub use post::routes;

/// How long Telegram may be away at the start.
const PATIENCE: Duration = Duration::from_mins(1);
/// The pause between two looks of somebody in a hurry.
const HASTE: Duration = Duration::from_millis(5);

/// The webhook of one bot.
pub struct Webhook {
    ground: Ground,
    api: Api,
    url: WebhookUrl,
    secret: SecretString,
    polls: Polls,
    told_of: Option<i64>,
}

/// The webhook as Telegram describes it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Info {
    url: String,
    pending_update_count: i64,
    last_error_date: Option<i64>,
    last_error_message: Option<String>,
}

impl Webhook {
    /// A webhook that Telegram does not know of yet.
    #[must_use]
    pub fn new(
        ground: Ground,
        api: Api,
        url: WebhookUrl,
        secret: SecretString,
        polls: Polls,
    ) -> Self {
        Self { ground, api, url, secret, polls, told_of: None }
    }

    /// Sets the webhook and watches over it until told to stop; it stays set then, so that Telegram
    /// keeps what comes and brings it to the next start. `begun` is called when Telegram has accepted it.
    ///
    /// # Errors
    /// See [`IntakeError`].
    pub async fn run(
        mut self,
        stop: CancellationToken,
        begun: impl FnOnce(),
    ) -> Result<(), IntakeError> {
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            set = self.set() => set?,
        }
        self.polls.begin();
        begun();
        let mut alive_at: Option<Instant> = None;
        while !stop.is_cancelled() {
            self.look().await?;
            if alive_at.is_none_or(|at| at.elapsed() >= SIGN_OF_LIFE) {
                self.sign_of_life().await;
                alive_at = Some(Instant::now());
            }
            let pause = if self.polls.is_hurried() { HASTE } else { SIGN_OF_LIFE };
            tokio::select! {
                () = rest(pause, &stop) => {}
                () = self.polls.hurried() => {}
            }
        }
        Ok(())
    }

    /// Tells Telegram where to bring updates.
    async fn set(&self) -> Result<(), IntakeError> {
        let connections = self.ground.settings.webhook.max_connections;
        let call = SetWebhook::new(self.url.url().clone())
            .secret_token(self.secret.expose_secret())
            .allowed_updates(WANTED)
            .max_connections(u8::try_from(connections).unwrap_or(u8::MAX));
        let begun = Instant::now();
        loop {
            let (why, pause) = match self.api.call(&call).await {
                Ok(answer) if answer.ok => return Ok(()),
                Ok(answer) => pause_after(answer)?,
                Err(error) => (error.to_string(), Duration::from_secs(1)),
            };
            if begun.elapsed() + pause >= PATIENCE {
                return Err(IntakeError::Unset(why));
            }
            tracing::warn!(why, "the webhook cannot be set yet");
            tokio::time::sleep(pause).await;
        }
    }

    /// Looks at the webhook as Telegram knows it; one that another program took away is set again.
    async fn look(&mut self) -> Result<(), IntakeError> {
        let number = self.polls.send();
        let Ok(answer) = self.api.call(&GetWebhookInfo::new()).await else {
            tracing::warn!("Telegram cannot be asked about the webhook");
            return Ok(());
        };
        if matches!(answer.error_code, Some(401 | 404)) {
            return Err(IntakeError::Unauthorised);
        }
        let info = answer.result.filter(|_| answer.ok);
        let info = info.and_then(|info| serde_json::from_str::<Info>(info.get()).ok());
        let Some(info) = info else { return Ok(()) };
        self.polls.answered(number, info.pending_update_count == 0);
        if info.url != self.url.url().as_str() {
            tracing::warn!("another program has changed the webhook; it is set again");
            return self.set().await;
        }
        if info.last_error_date.is_some() && info.last_error_date != self.told_of {
            self.told_of = info.last_error_date;
            let why = info.last_error_message.unwrap_or_default();
            tracing::warn!(why, "Telegram could not bring an update; it tries again");
        }
        Ok(())
    }

    /// Writes that we live, and lets everybody look: other commands may have written meanwhile.
    async fn sign_of_life(&self) {
        let written = async {
            let mut tx = self.ground.db.begin().await?;
            setting::write(&mut tx, setting::ALIVE_AT, self.ground.clock.now().millis()).await?;
            tx.commit().await
        };
        if let Err(error) = written.await {
            tracing::warn!(%error, "the sign of life could not be written");
        }
        self.ground.bells.ring();
    }
}

/// How long to wait after a refusal that passes, and why; an error after one that does not.
fn pause_after(answer: Answer) -> Result<(String, Duration), IntakeError> {
    let why = answer.description.unwrap_or_else(|| "no reason given".into());
    match answer.error_code {
        Some(401 | 404) => Err(IntakeError::Unauthorised),
        Some(429) => {
            let seconds = answer.parameters.and_then(|p| p.retry_after).unwrap_or(1);
            Ok((why, Duration::from_secs(seconds)))
        }
        Some(500..) => Ok((why, Duration::from_secs(1))),
        _ => Err(IntakeError::Webhook(why)),
    }
}
