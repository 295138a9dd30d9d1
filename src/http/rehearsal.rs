//! The rehearsal port: a clock that can be moved forward, and a way to wait until nothing is left to do.
//! Only with `rehearsal.enabled`, only on loopback, never against Telegram itself.

use std::time::{Duration, Instant};

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use chrono::DateTime;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Door, guard, letters};
use crate::base::clock::Timestamp;
use crate::base::{inbox, outbox, setting};
use crate::desk;

/// How long a call waits when it does not say.
const PATIENCE: Duration = Duration::from_mins(1);
/// How often the counts are looked at.
const LOOK: Duration = Duration::from_millis(4);

/// The routes below `/rehearsal`.
pub fn router() -> Router<Door> {
    Router::new()
        .route("/now", get(now))
        .route("/next", get(next))
        .route("/advance", post(advance))
        .route("/settle", post(settle))
        .route("/letters", get(list))
        .layer(middleware::from_fn(guard::loopback_only))
}

/// What is left to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Left {
    inbox: i64,
    due: usize,
    queued: i64,
}

impl Left {
    fn is_nothing(self) -> bool {
        self == Self { inbox: 0, due: 0, queued: 0 }
    }

    fn json(self) -> Value {
        json!({ "inbox": self.inbox, "due": self.due, "queued": self.queued })
    }
}

/// Why a call is not done.
enum Refusal {
    Bad(String),
    TooLong(Value),
    Broken(sqlx::Error),
}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        Self::Broken(error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Bad(why) => (StatusCode::BAD_REQUEST, Json(json!({ "error": why }))),
            Self::TooLong(left) => (StatusCode::REQUEST_TIMEOUT, Json(left)),
            Self::Broken(error) => {
                (StatusCode::INTERNAL_SERVER_ERROR, Json(json!({ "error": error.to_string() })))
            }
        }
        .into_response()
    }
}

async fn now(State(door): State<Door>) -> Json<Value> {
    Json(json!({ "now": door.ground.clock.now() }))
}

async fn next(State(door): State<Door>) -> Result<Json<Value>, Refusal> {
    Ok(Json(json!({ "next": next_moment(&door).await? })))
}

async fn list(
    State(door): State<Door>,
    Query(wanted): Query<letters::Wanted>,
) -> Result<Json<Vec<Value>>, Refusal> {
    let mut tx = door.ground.db.read().await?;
    Ok(Json(letters::list(&mut tx, &wanted).await?))
}

/// How far to move, and how long that may take.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Advance {
    by: Option<String>,
    to: Option<String>,
    timeout: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settle {
    timeout: Option<String>,
}

/// Reads a body; an empty one has every default.
fn read<T: Default + for<'de> Deserialize<'de>>(body: &str) -> Result<T, Refusal> {
    if body.trim().is_empty() {
        return Ok(T::default());
    }
    serde_json::from_str(body).map_err(|error| Refusal::Bad(error.to_string()))
}

fn duration(text: &str) -> Result<Duration, Refusal> {
    humantime::parse_duration(text)
        .map_err(|_| Refusal::Bad(format!("{text:?} is no duration such as \"2h\" or \"10s\"")))
}

fn patience(timeout: Option<&str>) -> Result<Instant, Refusal> {
    let patience = timeout.map_or(Ok(PATIENCE), duration)?;
    Ok(Instant::now() + patience)
}

async fn settle(State(door): State<Door>, body: String) -> Result<Json<Value>, Refusal> {
    let asked: Settle = read(&body)?;
    let until = patience(asked.timeout.as_deref())?;
    let hurry = door.polls.hurry();
    let sent = door.polls.sent();
    door.ground.bells.ring();
    loop {
        // First the poll, then the counts: what it stored must be seen.
        let polled = door.polls.last_empty() > sent;
        let left = left(&door).await?;
        if polled && left.is_nothing() {
            drop(hurry);
            return Ok(Json(left.json()));
        }
        if Instant::now() >= until {
            return Err(Refusal::TooLong(left.json()));
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn advance(State(door): State<Door>, body: String) -> Result<Json<Value>, Refusal> {
    let asked: Advance = read(&body)?;
    let target = target(&door, &asked)?;
    let until = patience(asked.timeout.as_deref())?;
    loop {
        rest(&door, until).await?;
        let next = next_moment(&door).await?.filter(|next| *next <= target);
        move_to(&door, next.unwrap_or(target)).await?;
        if next.is_none() {
            break;
        }
    }
    rest(&door, until).await?;
    Ok(now(State(door)).await)
}

fn target(door: &Door, asked: &Advance) -> Result<Timestamp, Refusal> {
    let now = door.ground.clock.now();
    match (&asked.by, &asked.to) {
        (Some(by), None) => Ok(now.plus(duration(by)?)),
        (None, Some(to)) => {
            let to = DateTime::parse_from_rfc3339(to)
                .map_err(|_| Refusal::Bad(format!("{to:?} is no instant by RFC 3339")))?;
            let to = Timestamp::from(to.to_utc());
            if to < now { Err(Refusal::Bad("that lies in the past".into())) } else { Ok(to) }
        }
        _ => Err(Refusal::Bad("either \"by\" or \"to\" is needed".into())),
    }
}

/// Waits until nothing is due and every letter that may go has its verdict.
async fn rest(door: &Door, until: Instant) -> Result<(), Refusal> {
    loop {
        let left = left(door).await?;
        if left.is_nothing() {
            return Ok(());
        }
        if Instant::now() >= until {
            return Err(Refusal::TooLong(left.json()));
        }
        door.ground.bells.ring();
        tokio::time::sleep(LOOK).await;
    }
}

/// What is left, looked at until two looks agree that it is nothing: between two counts a verdict may
/// come back as an echo.
async fn left(door: &Door) -> Result<Left, Refusal> {
    let left = look(door).await?;
    if left.is_nothing() { look(door).await } else { Ok(left) }
}

async fn look(door: &Door) -> Result<Left, Refusal> {
    let mut tx = door.ground.db.read().await?;
    let inbox = inbox::waiting(&mut tx).await?;
    // After the first query, so that nothing it may see lies ahead of it.
    let now = door.ground.clock.now();
    Ok(Left {
        inbox,
        due: desk::due(&mut tx, now).await?.len(),
        queued: outbox::unsettled(&mut tx, now).await?,
    })
}

/// The next moment at which something happens by itself: a row falls due, a letter may go.
async fn next_moment(door: &Door) -> Result<Option<Timestamp>, Refusal> {
    let now = door.ground.clock.now();
    let mut tx = door.ground.db.read().await?;
    let due = desk::next_due(&mut tx).await?;
    let letter = outbox::next_waiting(&mut tx, now).await?;
    Ok([due, letter].into_iter().flatten().filter(|at| *at > now).min())
}

/// Moves the clock and writes the offset down; that is no downtime.
async fn move_to(door: &Door, to: Timestamp) -> Result<(), Refusal> {
    let ground = &door.ground;
    ground.clock.advance_to(to);
    let mut tx = ground.db.begin().await?;
    setting::write(&mut tx, setting::CLOCK_OFFSET, ground.clock.offset_millis()).await?;
    setting::write(&mut tx, setting::ALIVE_AT, ground.clock.now().millis()).await?;
    tx.commit().await?;
    ground.bells.ring();
    Ok(())
}
