//! Long polling: raw updates are committed to the inbox, and only then the next offset is asked for.
//! The first poll of a process names no offset: what a webhook left behind may bear a lower number than
//! what came after it, and an offset would tell Telegram that we have it. What comes twice is stored once.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::value::RawValue;
use teloxide::payloads::{GetUpdates, GetUpdatesSetters};
use teloxide::types::AllowedUpdate;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::api::{Answer, Api};
use super::incoming::chat_key;
use crate::base::inbox::{self, RawUpdate};
use crate::base::setting;
use crate::base::turn::Ground;

/// How long Telegram holds a poll open, in seconds.
const HOLD: u32 = 10;
/// The same while the rehearsal port is on.
const HOLD_IN_REHEARSAL: u32 = 1;
/// How long another poller is borne with.
const PATIENCE_WITH_CONFLICT: Duration = Duration::from_mins(1);
/// How often the sign of life is written.
pub(super) const SIGN_OF_LIFE: Duration = Duration::from_secs(20);
/// What we ask to be told of.
pub(super) const WANTED: [AllowedUpdate; 6] = [
    AllowedUpdate::Message,
    AllowedUpdate::EditedMessage,
    AllowedUpdate::CallbackQuery,
    AllowedUpdate::MyChatMember,
    AllowedUpdate::ChatMember,
    AllowedUpdate::ChatJoinRequest,
];

/// Why taking in ends by itself. Each is one clear sentence.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// Another program polls with the same token.
    #[error("another program polls Telegram with this bot's token; only one may (409 Conflict)")]
    Conflict,
    /// The token is not valid any more.
    #[error("Telegram no longer accepts the bot's token (401 Unauthorized)")]
    Unauthorised,
    /// The webhook was refused.
    #[error("Telegram does not accept webhook.url: {0}")]
    Webhook(String),
    /// The webhook could not be set in time.
    #[error("the webhook could not be set for 60 seconds: {0}")]
    Unset(String),
}

/// How polling goes, for those who wait until nothing is left. With a webhook, a poll is a look at what
/// Telegram still has for us.
#[derive(Clone, Debug, Default)]
pub struct Polls {
    sent: Arc<AtomicU64>,
    empty: Arc<AtomicU64>,
    hurry: Arc<AtomicUsize>,
    hurried: Arc<Notify>,
    answered: Arc<Mutex<Option<Instant>>>,
}

impl Polls {
    /// The number of the poll that was sent last, from 1.
    #[must_use]
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::SeqCst)
    }

    /// The number of the last poll that was answered with an empty list.
    #[must_use]
    pub fn last_empty(&self) -> u64 {
        self.empty.load(Ordering::SeqCst)
    }

    /// Whether polling has begun.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.sent() > 0
    }

    /// Polls without holding for as long as the result lives.
    #[must_use]
    pub fn hurry(&self) -> Hurry {
        self.hurry.fetch_add(1, Ordering::SeqCst);
        self.hurried.notify_one();
        Hurry(Arc::clone(&self.hurry))
    }

    /// How long ago Telegram last answered a poll; `None` before the first answer.
    #[must_use]
    pub fn last_answer(&self) -> Option<Duration> {
        self.lock().map(|at| at.elapsed())
    }

    /// From now on there are polls; ready.
    pub(super) fn begin(&self) {
        self.sent.fetch_max(1, Ordering::SeqCst);
    }

    /// A poll goes out; its number.
    pub(super) fn send(&self) -> u64 {
        self.sent.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// A poll was answered; whether Telegram has nothing more for us.
    pub(super) fn answered(&self, number: u64, empty: bool) {
        *self.lock() = Some(Instant::now());
        if empty {
            self.empty.fetch_max(number, Ordering::SeqCst);
        }
    }

    /// Whether somebody waits for an empty poll.
    pub(super) fn is_hurried(&self) -> bool {
        self.hurry.load(Ordering::SeqCst) > 0
    }

    /// Waits until somebody is in a hurry.
    pub(super) async fn hurried(&self) {
        self.hurried.notified().await;
    }

    fn lock(&self) -> MutexGuard<'_, Option<Instant>> {
        self.answered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Somebody waits for an empty poll.
#[derive(Debug)]
pub struct Hurry(Arc<AtomicUsize>);

impl Drop for Hurry {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Polls for one bot.
pub struct Intake {
    ground: Ground,
    api: Api,
    bot: i64,
    polls: Polls,
    /// The number after the last one that this process has stored; none before the first.
    offset: Option<i64>,
    conflict_since: Option<Instant>,
    failures: u32,
    alive_at: Option<Instant>,
}

/// What a poll came to.
enum Polled {
    Stored,
    Pause(Duration),
}

impl Intake {
    /// An intake that has not polled yet.
    #[must_use]
    pub fn new(ground: Ground, api: Api, bot: i64, polls: Polls) -> Self {
        Self {
            ground,
            api,
            bot,
            polls,
            offset: None,
            conflict_since: None,
            failures: 0,
            alive_at: None,
        }
    }

    /// Polls until told to stop. `begun` is called when the first poll is about to go out.
    ///
    /// # Errors
    /// See [`IntakeError`].
    pub async fn run(
        mut self,
        stop: CancellationToken,
        begun: impl FnOnce(),
    ) -> Result<(), IntakeError> {
        self.polls.begin();
        begun();
        while !stop.is_cancelled() {
            let answer = tokio::select! {
                () = stop.cancelled() => break,
                answer = self.poll() => answer,
            };
            match self.take_in(answer).await? {
                Polled::Stored => {}
                Polled::Pause(pause) => rest(pause, &stop).await,
            }
        }
        Ok(())
    }

    async fn poll(&self) -> (u64, Option<Answer>) {
        let number = self.polls.send();
        let hold = self.hold();
        let mut call = GetUpdates::new().limit(100).timeout(hold).allowed_updates(WANTED);
        call.offset = self.offset.and_then(|offset| i32::try_from(offset).ok());
        let timeout = Duration::from_secs(u64::from(hold) + 10);
        (number, self.api.call_within(&call, timeout).await.ok())
    }

    fn hold(&self) -> u32 {
        match (self.ground.settings.rehearsal.enabled, self.polls.is_hurried()) {
            (false, _) => HOLD,
            (true, false) => HOLD_IN_REHEARSAL,
            (true, true) => 0,
        }
    }

    async fn take_in(
        &mut self,
        (number, answer): (u64, Option<Answer>),
    ) -> Result<Polled, IntakeError> {
        let Some(answer) = answer else { return Ok(self.failed()) };
        if answer.ok {
            return Ok(self.store(number, &answer).await);
        }
        match answer.error_code {
            Some(401 | 404) => Err(IntakeError::Unauthorised),
            Some(409) => self.conflict(),
            Some(429) => {
                let seconds = answer.parameters.and_then(|p| p.retry_after).unwrap_or(1);
                Ok(Polled::Pause(Duration::from_secs(seconds)))
            }
            _ => Ok(self.failed()),
        }
    }

    fn failed(&mut self) -> Polled {
        self.failures = (self.failures + 1).min(6);
        tracing::warn!(failures = self.failures, "polling Telegram failed");
        Polled::Pause(Duration::from_millis(250 << self.failures))
    }

    fn conflict(&mut self) -> Result<Polled, IntakeError> {
        let since = *self.conflict_since.get_or_insert_with(Instant::now);
        if since.elapsed() >= PATIENCE_WITH_CONFLICT {
            return Err(IntakeError::Conflict);
        }
        tracing::warn!("another program polls with this token");
        Ok(Polled::Pause(Duration::from_secs(2)))
    }

    async fn store(&mut self, number: u64, answer: &Answer) -> Polled {
        self.conflict_since = None;
        self.failures = 0;
        let raw = answer.result.as_ref().map_or("[]", |raw| raw.get());
        let updates = read_batch(raw);
        match self.commit(&updates).await {
            Ok(()) => {}
            Err(error) => {
                tracing::warn!(%error, "updates could not be stored; they wait at Telegram");
                return Polled::Pause(Duration::from_secs(1));
            }
        }
        self.polls.answered(number, updates.is_empty());
        if let Some(last) = updates.iter().map(|update| update.update_id).max() {
            self.offset = Some(last + 1);
        }
        // Other commands may have written meanwhile: every poll is a moment to look.
        self.ground.bells.ring();
        if updates.is_empty() && self.hold() == 0 {
            return Polled::Pause(Duration::from_millis(5));
        }
        Polled::Stored
    }

    async fn commit(&mut self, updates: &[RawUpdate]) -> sqlx::Result<()> {
        let alive = self.alive_at.is_none_or(|at| at.elapsed() >= SIGN_OF_LIFE);
        if updates.is_empty() && !alive {
            return Ok(());
        }
        let now = self.ground.clock.now();
        let mut tx = self.ground.db.begin().await?;
        if !updates.is_empty() {
            inbox::store(&mut tx, self.bot, updates, now).await?;
        }
        setting::write(&mut tx, setting::ALIVE_AT, now.millis()).await?;
        tx.commit().await?;
        self.alive_at = Some(Instant::now());
        Ok(())
    }
}

pub(super) async fn rest(pause: Duration, stop: &CancellationToken) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = tokio::time::sleep(pause) => {}
    }
}

/// An update's number; the rest stays as it came.
#[derive(Deserialize)]
struct Numbered {
    update_id: i64,
}

/// An update as it came; `None` if it is no JSON object with a number.
pub(super) fn read_update(raw: &str) -> Option<RawUpdate> {
    let update_id = serde_json::from_str::<Numbered>(raw).ok()?.update_id;
    Some(RawUpdate { update_id, chat_key: chat_key(raw), raw: raw.to_owned() })
}

fn read_batch(raw: &str) -> Vec<RawUpdate> {
    let batch: Vec<&RawValue> = serde_json::from_str(raw).unwrap_or_default();
    batch.iter().filter_map(|raw| read_update(raw.get())).collect()
}
