//! Empties the inbox: each update is one Turn, a savepoint; one commit carries up to a hundred. A Turn
//! that fails holds its own chat alone; one that keeps failing is buried and a person is told.

use std::collections::HashSet;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use tokio_util::sync::CancellationToken;

use crate::base::chat::Incoming;
use crate::base::inbox::{self, MOST_FAILURES, MOST_PANICS, Post};
use crate::base::language::say;
use crate::base::store::Tx;
use crate::base::turn::{Done, Ground, Halt, Turn};
use crate::desk;
use crate::desk::operator;
use crate::telegram::incoming;

/// How long the loop sleeps at most while chats wait for another try.
const LONGEST_SLEEP: Duration = Duration::from_millis(500);

/// Hears until told to stop; a batch that was begun is finished.
pub async fn run(ground: Ground, bot: i64, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match hear_batch(&ground, bot, &desk::hear).await {
            Ok(0) => {}
            Ok(_) => {
                ground.bells.outbox.notify_one();
                ground.bells.due.notify_one();
                continue;
            }
            Err(error) => tracing::warn!(%error, "the inbox is tried again"),
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = ground.bells.inbox.notified() => {}
            () = tokio::time::sleep(LONGEST_SLEEP) => {}
        }
    }
}

/// What a Turn came to.
enum Heard {
    Done,
    Failed(String),
    Panicked,
}

/// Lets `hear` hear up to a hundred updates in one transaction; says how many were settled.
///
/// # Errors
/// When the database is away; everything is heard again then.
pub async fn hear_batch(
    ground: &Ground,
    bot: i64,
    hear: &impl AsyncFn(&mut Turn<'_>, &Incoming) -> Done,
) -> sqlx::Result<usize> {
    let mut tx = ground.db.read().await?;
    let posts = inbox::next(&mut tx, ground.clock.now()).await?;
    tx.rollback().await?;
    if posts.is_empty() {
        return Ok(0);
    }
    let mut tx = ground.db.begin().await?;
    let mut held = HashSet::new();
    let mut settled = 0;
    for post in posts.iter().filter(|post| post.bot_id == bot) {
        if held.contains(&post.chat_key) {
            continue;
        }
        match hear_one(&mut tx, ground, post, hear).await? {
            Heard::Done => settled += 1,
            Heard::Failed(error) => {
                settled += fail(&mut tx, ground, post, &error, MOST_FAILURES).await?;
                held.insert(post.chat_key);
            }
            Heard::Panicked => {
                settled += fail(&mut tx, ground, post, "panic", MOST_PANICS).await?;
                held.insert(post.chat_key);
            }
        }
    }
    tx.commit().await?;
    Ok(settled)
}

async fn hear_one(
    tx: &mut Tx<'_>,
    ground: &Ground,
    post: &Post,
    hear: &impl AsyncFn(&mut Turn<'_>, &Incoming) -> Done,
) -> sqlx::Result<Heard> {
    let incoming = match incoming::read(post, &ground.clock) {
        Ok(Some(incoming)) => incoming,
        Ok(None) => {
            inbox::done(tx, post).await?;
            return Ok(Heard::Done);
        }
        Err(error) => return Ok(Heard::Failed(error.to_string())),
    };
    let mut turn = begin(tx, ground, post).await?;
    let heard = AssertUnwindSafe(hear(&mut turn, &incoming)).catch_unwind().await;
    match heard {
        Ok(Ok(())) => keep(turn, post).await,
        Ok(Err(Halt::Refused(why))) => {
            turn.undo().await?;
            refuse(tx, ground, post, &incoming, why).await
        }
        Ok(Err(halt)) if halt.is_passing() => Err(halt.into_store_error()),
        Ok(Err(halt)) => {
            turn.undo().await?;
            Ok(Heard::Failed(halt.to_string()))
        }
        Err(_) => {
            turn.undo().await?;
            Ok(Heard::Panicked)
        }
    }
}

async fn begin<'t>(tx: &'t mut Tx<'_>, ground: &'t Ground, post: &Post) -> sqlx::Result<Turn<'t>> {
    let cause = if post.epoch == inbox::OWN_EPOCH {
        format!("letter {}", post.update_id / 1000)
    } else {
        format!("update {}", post.update_id)
    };
    Turn::begin(tx, ground, post.bot_id, cause).await
}

async fn keep(mut turn: Turn<'_>, post: &Post) -> sqlx::Result<Heard> {
    inbox::done(&mut turn.tx, post).await?;
    turn.keep().await?;
    Ok(Heard::Done)
}

async fn refuse(
    tx: &mut Tx<'_>,
    ground: &Ground,
    post: &Post,
    incoming: &Incoming,
    why: crate::base::language::Phrase,
) -> sqlx::Result<Heard> {
    let mut turn = begin(tx, ground, post).await?;
    match desk::refuse(&mut turn, incoming, why).await {
        Ok(()) => keep(turn, post).await,
        Err(halt) if halt.is_passing() => Err(halt.into_store_error()),
        Err(halt) => {
            turn.undo().await?;
            Ok(Heard::Failed(halt.to_string()))
        }
    }
}

/// Notes a failure; after the last one the update is buried and the operator told. Says how many
/// updates that settled.
async fn fail(
    tx: &mut Tx<'_>,
    ground: &Ground,
    post: &Post,
    error: &str,
    most: i64,
) -> sqlx::Result<usize> {
    tracing::error!(
        update = post.update_id,
        epoch = post.epoch,
        attempt = post.attempts + 1,
        error,
        "an update could not be heard"
    );
    if post.attempts + 1 < most {
        inbox::retry_later(tx, post, error, ground.clock.now()).await?;
        return Ok(0);
    }
    inbox::bury(tx, post, error).await?;
    let mut turn = begin(tx, ground, post).await?;
    let note = say("operator-dead-update").with("update", post.update_id);
    match operator::tell(&mut turn, note).await {
        Ok(()) => turn.keep().await?,
        Err(_) => turn.undo().await?,
    }
    Ok(1)
}
