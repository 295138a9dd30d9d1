//! The clock loop: does what is due, learns when the next thing is, sleeps until then or until woken.
//! Its cost grows with what is due, never with the number of households.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use tokio_util::sync::CancellationToken;

use crate::base::store::Tx;
use crate::base::turn::{Ground, Turn};
use crate::desk::{self, Due};

/// How long the loop sleeps at most.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);
/// How long a row rests whose Turn has failed.
const AFTER_FAILURE: Duration = Duration::from_mins(1);

/// Ticks until told to stop; a batch that was begun is finished.
pub async fn run(ground: Ground, bot: i64, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let rest = match tick(&ground, bot).await {
            Ok(rest) => rest,
            Err(error) => {
                tracing::warn!(%error, "the clock is tried again");
                Duration::from_secs(1)
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = ground.bells.due.notified() => {}
            () = tokio::time::sleep(rest) => {}
        }
    }
}

/// Does what is due, in one transaction; says how long to rest.
///
/// # Errors
/// When the database is away; everything is tried again then.
pub async fn tick(ground: &Ground, bot: i64) -> sqlx::Result<Duration> {
    let now = ground.clock.now();
    let mut tx = ground.db.read().await?;
    let due = desk::due(&mut tx, now).await?;
    let next = desk::next_due(&mut tx).await?;
    tx.rollback().await?;
    if due.is_empty() {
        return Ok(next.map_or(LONGEST_SLEEP, |at| at.since(now)).min(LONGEST_SLEEP));
    }
    if due.contains(&Due::Traces) {
        desk::clear_traces(ground).await?;
    }
    let mut tx = ground.db.begin().await?;
    for row in due.into_iter().filter(|row| *row != Due::Traces) {
        do_one(&mut tx, ground, bot, row).await?;
    }
    tx.commit().await?;
    ground.bells.outbox.notify_one();
    Ok(Duration::ZERO)
}

async fn do_one(tx: &mut Tx<'_>, ground: &Ground, bot: i64, due: Due) -> sqlx::Result<()> {
    let mut turn = Turn::begin(tx, ground, bot, format!("due {due:?}")).await?;
    let error = match AssertUnwindSafe(desk::fall_due(&mut turn, due)).catch_unwind().await {
        Ok(Ok(())) => return turn.keep().await,
        Ok(Err(halt)) if halt.is_passing() => return Err(halt.into_store_error()),
        Ok(Err(halt)) => halt.to_string(),
        Err(_) => "panic".to_owned(),
    };
    turn.undo().await?;
    tracing::error!(?due, error, "what was due could not be done; it rests a minute");
    desk::postpone(tx, due, ground.clock.now().plus(AFTER_FAILURE)).await
}
