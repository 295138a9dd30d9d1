//! Claims due letters, delivers them, retries, gives up loudly. A claim is committed before the
//! letter goes out, so that after a crash we know which letters may have arrived. Pacing and pauses
//! run on the monotonic clock and are forgotten at a restart: the platform then says so again.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::chat::{
    Channel, ChatId, ChatKind, Delivery, Echo, LetterId, Outcome, Outgoing, Receipt, Verdict,
};
use super::clock::Timestamp;
use super::outbox::{Lane, LetterState};
use super::store::{Tx, execute, id_list, on};
use super::turn::Ground;
use super::{directory, inbox, meter, outbox};

mod pace;

use pace::{Pace, backoff};

/// How many letters may be on their way at once.
const MOST_IN_FLIGHT: usize = 32;
/// How many heads of chats one claim looks at.
const WINDOW: i64 = 64;
/// How long the relay sleeps at most when nothing is due.
const LONGEST_SLEEP: Duration = Duration::from_secs(20);
/// How long a stop waits for letters on their way.
const DRAIN: Duration = Duration::from_secs(8);

/// A letter that was claimed.
#[derive(Clone, Debug, sqlx::FromRow)]
struct Claimed {
    id: LetterId,
    bot_id: i64,
    chat_id: ChatId,
    telegram_id: Option<i64>,
    kind: ChatKind,
    closed_at: Option<Timestamp>,
    lane: i64,
    outgoing: String,
    silent: bool,
    plain: bool,
    attempts: i64,
    not_before: Timestamp,
    expires_at: Option<Timestamp>,
    target: Option<LetterId>,
    target_message: Option<i64>,
}

/// Delivers letters through one channel.
pub struct Relay<C> {
    ground: Ground,
    channel: Arc<C>,
    pace: Pace,
    paused: HashMap<ChatId, Instant>,
    in_flight: JoinSet<(Claimed, Verdict)>,
    busy: HashSet<ChatId>,
    unsettled: Vec<(Claimed, Verdict)>,
    stopped: bool,
}

impl<C: Channel> Relay<C> {
    /// A relay that has sent nothing yet.
    #[must_use]
    pub fn new(ground: Ground, channel: Arc<C>) -> Self {
        let pace = Pace::new(&ground.settings.limits);
        Self {
            ground,
            channel,
            pace,
            paused: HashMap::new(),
            in_flight: JoinSet::new(),
            busy: HashSet::new(),
            unsettled: Vec::new(),
            stopped: false,
        }
    }

    /// Delivers until told to stop, then waits a little for what is on its way.
    pub async fn run(mut self, stop: CancellationToken) {
        while let Err(error) = self.recover().await {
            tracing::warn!(%error, "letters of the last run cannot be read yet");
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        while !stop.is_cancelled() {
            let rest = match self.step().await {
                Ok(rest) => rest,
                Err(error) => {
                    tracing::warn!(%error, "the outbox cannot be reached");
                    Duration::from_secs(1)
                }
            };
            self.wait(rest, &stop).await;
        }
        self.drain().await;
    }

    /// Letters that a crash left half-way may have arrived: a reminder is not sent twice, everything
    /// else is, unless a newer change of the same message waits already.
    async fn recover(&mut self) -> sqlx::Result<()> {
        let mut tx = self.ground.db.begin().await?;
        let half_way = on!(&mut tx, c => sqlx::query_scalar(
            "SELECT id FROM outbox WHERE state = 'sending' ORDER BY id").fetch_all(c).await)?;
        for letter in half_way {
            give_way(&mut tx, letter).await?;
        }
        execute!(
            &mut tx,
            sqlx::query(
                "UPDATE outbox SET state = CASE WHEN lane = 3 THEN 'skipped' ELSE 'queued' END,
                 error = 'ambiguous: stopped while sending'
             WHERE state = 'sending'"
            )
        )?;
        tx.commit().await
    }

    /// Settles what came back, claims what may go and sends it; says how long to rest.
    async fn step(&mut self) -> sqlx::Result<Duration> {
        let mut tx = self.ground.db.begin().await?;
        let now = self.ground.clock.now();
        let settled = self.unsettled.clone();
        for (letter, verdict) in &settled {
            self.settle(&mut tx, letter, verdict, now).await?;
        }
        let (claimed, rest) = self.claim(&mut tx, now).await?;
        tx.commit().await?;
        self.unsettled.drain(..settled.len());
        if !settled.is_empty() {
            self.ground.bells.inbox.notify_one();
        }
        for letter in claimed {
            self.send(letter);
        }
        Ok(rest)
    }

    async fn wait(&mut self, rest: Duration, stop: &CancellationToken) {
        let bell = Arc::clone(&self.ground.bells.outbox);
        tokio::select! {
            biased;
            Some(done) = self.in_flight.join_next(), if !self.in_flight.is_empty() => self.note(done),
            () = stop.cancelled() => {}
            () = bell.notified() => {}
            () = tokio::time::sleep(rest) => {}
        }
        while let Some(done) = self.in_flight.try_join_next() {
            self.note(done);
        }
    }

    fn note(&mut self, done: Result<(Claimed, Verdict), tokio::task::JoinError>) {
        match done {
            Ok((letter, verdict)) => {
                self.busy.remove(&letter.chat_id);
                self.hold(&letter, &verdict);
                self.unsettled.push((letter, verdict));
            }
            Err(error) => tracing::error!(%error, "a delivery broke off"),
        }
    }

    /// A letter that must be tried again holds its chat, so that order is kept; no other chat waits.
    fn hold(&mut self, letter: &Claimed, verdict: &Verdict) {
        let pause = match verdict {
            Verdict::Later(after) => *after,
            Verdict::NotSent | Verdict::Unknown => backoff(letter.attempts),
            Verdict::Unauthorised => {
                self.stopped = true;
                return;
            }
            _ => return,
        };
        self.paused.insert(letter.chat_id, Instant::now() + pause);
    }

    fn send(&mut self, letter: Claimed) {
        self.busy.insert(letter.chat_id);
        let channel = Arc::clone(&self.channel);
        self.in_flight.spawn(async move {
            let verdict = match delivery(&letter) {
                Some(delivery) => channel.deliver(&delivery).await,
                None => Verdict::Refused("the letter cannot be read".into()),
            };
            (letter, verdict)
        });
    }

    async fn claim(
        &mut self,
        tx: &mut Tx<'_>,
        now: Timestamp,
    ) -> sqlx::Result<(Vec<Claimed>, Duration)> {
        let instant = Instant::now();
        self.paused.retain(|_, until| *until > instant);
        let mut claimed = Vec::new();
        let mut rest = self.shortest_pause(instant);
        while !self.stopped && self.in_flight.len() + claimed.len() < MOST_IN_FLIGHT {
            let heads = self.heads(tx, now, instant, &claimed).await?;
            if heads.is_empty() {
                break;
            }
            let before = claimed.len();
            for head in heads {
                if self.in_flight.len() + claimed.len() >= MOST_IN_FLIGHT {
                    break;
                }
                if discard(tx, &head, now).await? {
                    continue;
                }
                match self.pace.admit(&head.pacing(), instant) {
                    Ok(()) => claimed.push(head),
                    Err(pace::Full(wait)) => {
                        mark_sending(tx, &mut claimed, before).await?;
                        return Ok((claimed, rest.min(wait)));
                    }
                }
            }
            mark_sending(tx, &mut claimed, before).await?;
        }
        if let Some(at) = outbox::next_waiting(tx, now).await? {
            rest = rest.min(at.since(now));
        }
        Ok((claimed, rest))
    }

    fn shortest_pause(&self, instant: Instant) -> Duration {
        let pauses = self.paused.values().map(|until| until.duration_since(instant));
        let paces = self.pace.next_change(instant).into_iter();
        pauses.chain(paces).min().unwrap_or(LONGEST_SLEEP).min(LONGEST_SLEEP)
    }

    /// The most urgent letter of each chat that may go now, the most urgent first. Guarded letters of a
    /// held chat are no heads, until it is too late for them.
    async fn heads(
        &mut self,
        tx: &mut Tx<'_>,
        now: Timestamp,
        instant: Instant,
        claimed: &[Claimed],
    ) -> sqlx::Result<Vec<Claimed>> {
        let held = self.busy.iter().chain(self.paused.keys()).map(|chat| chat.0);
        let held = id_list(held.chain(claimed.iter().map(|letter| letter.chat_id.0)));
        let (full, nearly_full) = self.pace.full_chats(instant);
        let full = id_list(full);
        let nearly_full = id_list(nearly_full);
        on!(tx, c => sqlx::query_as(
            "SELECT o.id, o.bot_id, o.chat_id, chat.telegram_id, chat.kind, chat.closed_at, o.lane,
                    o.outgoing, o.silent, o.plain, o.attempts, o.not_before, o.expires_at,
                    o.target, target.message_id AS target_message
             FROM outbox o
             JOIN chat ON chat.id = o.chat_id
             LEFT JOIN outbox target ON target.id = o.target
             WHERE o.state = 'queued' AND o.not_before <= $1
               AND (chat.held_at IS NULL OR NOT o.guarded OR o.expires_at <= $1)
               AND o.chat_id NOT IN (SELECT CAST(value AS BIGINT) FROM json_each($2))
               AND o.chat_id NOT IN (SELECT CAST(value AS BIGINT) FROM json_each($3))
               AND (o.lane = 0
                    OR o.chat_id NOT IN (SELECT CAST(value AS BIGINT) FROM json_each($4)))
               AND NOT EXISTS (SELECT 1 FROM outbox e
                   WHERE e.state = 'queued' AND e.chat_id = o.chat_id AND e.not_before <= $1
                     AND (chat.held_at IS NULL OR NOT e.guarded OR e.expires_at <= $1)
                     AND (e.lane < o.lane OR (e.lane = o.lane AND e.id < o.id)))
             ORDER BY o.lane, o.id LIMIT $5")
            .bind(now).bind(held).bind(full).bind(nearly_full).bind(WINDOW).fetch_all(c).await)
    }

    async fn settle(
        &mut self,
        tx: &mut Tx<'_>,
        letter: &Claimed,
        verdict: &Verdict,
        now: Timestamp,
    ) -> sqlx::Result<()> {
        meter::tried(verdict);
        match verdict {
            Verdict::Delivered(receipt) => deliver(tx, letter, receipt, now).await,
            Verdict::Later(_) | Verdict::Unauthorised => {
                requeue(tx, letter, 0, "asked to wait").await
            }
            Verdict::NotSent => requeue(tx, letter, 1, "not sent").await,
            Verdict::Moved(to) => {
                directory::move_chat(tx, letter.chat_id, letter.bot_id, *to).await?;
                requeue(tx, letter, 0, "the chat moved").await
            }
            Verdict::Garbled if !letter.plain => {
                execute!(
                    tx,
                    sqlx::query("UPDATE outbox SET plain = TRUE WHERE id = $1").bind(letter.id)
                )?;
                requeue(tx, letter, 0, "markup refused").await
            }
            Verdict::Garbled => give_up(tx, letter, "markup refused twice", now).await,
            Verdict::Refused(reason) => give_up(tx, letter, reason, now).await,
            Verdict::Closed(why) => {
                let newly = directory::close_chat(tx, letter.chat_id, *why, now).await?;
                finish(tx, letter, LetterState::Dead, None, Some("the chat is shut"), now).await?;
                if newly {
                    echo(tx, letter, Outcome::Closed(*why), now).await?;
                }
                Ok(())
            }
            Verdict::Unknown => doubt(tx, letter, now).await,
        }
    }

    async fn drain(&mut self) {
        let ended = tokio::time::timeout(DRAIN, async {
            while let Some(done) = self.in_flight.join_next().await {
                self.note(done);
            }
        });
        if ended.await.is_err() {
            tracing::warn!(count = self.in_flight.len(), "letters were still on their way");
        }
        self.stopped = true;
        if let Err(error) = self.step().await {
            tracing::warn!(%error, "the last verdicts could not be written");
        }
    }
}

impl Claimed {
    fn pacing(&self) -> pace::Request {
        pace::Request {
            chat: self.chat_id,
            group: self.kind == ChatKind::Group,
            paced: is_paced(&self.outgoing),
        }
    }
}

/// Messages and edits count against the platform's limits; answers, reactions and questions do not.
fn is_paced(outgoing: &str) -> bool {
    ["{\"say\"", "{\"photo\"", "{\"edit\"", "{\"copy\""]
        .iter()
        .any(|kind| outgoing.starts_with(kind))
}

fn delivery(letter: &Claimed) -> Option<Delivery> {
    Some(Delivery {
        chat: letter.telegram_id?,
        outgoing: serde_json::from_str(&letter.outgoing).ok()?,
        target: letter.target_message,
        silent: letter.silent,
        plain: letter.plain,
    })
}

/// Puts aside a letter that is not worth sending: too late, into a shut chat, or about a message
/// that was never made.
async fn discard(tx: &mut Tx<'_>, letter: &Claimed, now: Timestamp) -> sqlx::Result<bool> {
    let danger = letter.lane == Lane::Danger.number();
    let why = if letter.expires_at.is_some_and(|at| at <= now) {
        "too late"
    } else if letter.telegram_id.is_none() || (letter.closed_at.is_some() && !danger) {
        "the chat is shut"
    } else if letter.target.is_some() && letter.target_message.is_none() {
        "its message was never made"
    } else {
        return Ok(false);
    };
    finish(tx, letter, LetterState::Skipped, None, Some(why), now).await?;
    Ok(true)
}

/// Marks the letters from `first` on as on their way; leaves out those whose chat was held since they
/// were read.
async fn mark_sending(
    tx: &mut Tx<'_>,
    letters: &mut Vec<Claimed>,
    first: usize,
) -> sqlx::Result<()> {
    if letters.len() == first {
        return Ok(());
    }
    let ids = id_list(letters[first..].iter().map(|letter| letter.id.0));
    let marked: Vec<LetterId> = on!(tx, c => sqlx::query_scalar(
        "UPDATE outbox SET state = 'sending', attempts = attempts + 1
         WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each($1)) AND state = 'queued'
           AND NOT (guarded AND EXISTS (SELECT 1 FROM chat
               WHERE chat.id = outbox.chat_id AND chat.held_at IS NOT NULL))
         RETURNING id")
        .bind(ids).fetch_all(c).await)?;
    let mut at = 0;
    letters.retain(|letter| {
        at += 1;
        at <= first || marked.contains(&letter.id)
    });
    Ok(())
}

async fn deliver(
    tx: &mut Tx<'_>,
    letter: &Claimed,
    receipt: &Receipt,
    now: Timestamp,
) -> sqlx::Result<()> {
    let message = receipt.message.or(letter.target_message);
    if letter.lane == Lane::Reminder.number() {
        meter::reminder_went(now.since(letter.not_before));
    }
    finish(tx, letter, LetterState::Sent, message, None, now).await?;
    match receipt.answer.clone() {
        Some(answer) => echo(tx, letter, answer.into(), now).await,
        None => Ok(()),
    }
}

/// It may have arrived. What can be repeated is repeated; a reminder is left at that, because the
/// next rung of the slot covers it.
async fn doubt(tx: &mut Tx<'_>, letter: &Claimed, now: Timestamp) -> sqlx::Result<()> {
    let repeatable = serde_json::from_str::<Outgoing>(&letter.outgoing)
        .is_ok_and(|outgoing| outgoing.is_repeatable());
    if letter.lane == Lane::Reminder.number() && !repeatable {
        return finish(tx, letter, LetterState::Skipped, None, Some("ambiguous"), now).await;
    }
    requeue(tx, letter, 1, "ambiguous: no answer").await
}

async fn requeue(tx: &mut Tx<'_>, letter: &Claimed, spent: i64, why: &str) -> sqlx::Result<()> {
    give_way(tx, letter.id).await?;
    execute!(
        tx,
        sqlx::query(
            "UPDATE outbox SET state = 'queued', error = $1, attempts = attempts - 1 + $2
         WHERE id = $3 AND state = 'sending'"
        )
        .bind(why)
        .bind(spent)
        .bind(letter.id)
    )
    .map(|_| ())
}

/// A newer change of the same message may have been written while this one was on its way: it takes
/// its place, and only one of them may wait.
async fn give_way(tx: &mut Tx<'_>, letter: LetterId) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE outbox SET state = 'skipped', error = 'a newer change took its place'
         WHERE id = $1 AND EXISTS (SELECT 1 FROM outbox newer
             WHERE newer.merge_key = outbox.merge_key AND newer.state = 'queued')"
        )
        .bind(letter)
    )
    .map(|_| ())
}

async fn give_up(tx: &mut Tx<'_>, letter: &Claimed, why: &str, now: Timestamp) -> sqlx::Result<()> {
    let outgoing = serde_json::from_str::<Outgoing>(&letter.outgoing);
    if outgoing.is_ok_and(|outgoing| outgoing.is_courtesy()) {
        return finish(tx, letter, LetterState::Skipped, None, Some(why), now).await;
    }
    tracing::error!(letter = letter.id.0, why, "a letter will never arrive");
    finish(tx, letter, LetterState::Dead, None, Some(why), now).await?;
    echo(tx, letter, Outcome::Dead { reason: why.to_owned() }, now).await
}

async fn finish(
    tx: &mut Tx<'_>,
    letter: &Claimed,
    state: LetterState,
    message: Option<i64>,
    error: Option<&str>,
    now: Timestamp,
) -> sqlx::Result<()> {
    meter::letter_settled(letter.lane, state);
    execute!(
        tx,
        sqlx::query(
            "UPDATE outbox SET state = $1, message_id = COALESCE($2, message_id), error = $3,
             settled_at = $4
         WHERE id = $5"
        )
        .bind(state)
        .bind(message)
        .bind(error)
        .bind(now)
        .bind(letter.id)
    )
    .map(|_| ())
}

async fn echo(
    tx: &mut Tx<'_>,
    letter: &Claimed,
    outcome: Outcome,
    now: Timestamp,
) -> sqlx::Result<()> {
    let Some(key) = letter.telegram_id else { return Ok(()) };
    let echo = Echo { letter: letter.id, outcome };
    inbox::echo(tx, letter.bot_id, key, &echo, letter.attempts, now).await
}
