//! What Telegram brings: one update a request, committed to the inbox before it is answered. Whatever is
//! not answered with 200 comes again, so nothing that was not stored is.

use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

use super::super::intake::read_update;
use crate::base::inbox::{self, RawUpdate};
use crate::base::turn::Ground;
use crate::config::WebhookUrl;

/// The header in which Telegram shows the secret.
const SECRET: &str = "x-telegram-bot-api-secret-token";
/// The most that an update may weigh.
const MOST_BYTES: usize = 1024 * 1024;
/// How long a request may take to arrive, and the database to store it.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Clone)]
struct Receiver {
    ground: Ground,
    bot: i64,
    secret: SecretString,
}

/// The one route of a webhook; whatever else is asked of it is 404 or 405.
pub fn routes(ground: Ground, bot: i64, url: &WebhookUrl, secret: SecretString) -> Router {
    let receiver = Receiver { ground, bot, secret };
    Router::new()
        .route(url.path(), post(receive))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .with_state(receiver)
}

async fn receive(State(receiver): State<Receiver>, request: Request) -> StatusCode {
    if !receiver.knows(request.headers()) {
        return StatusCode::UNAUTHORIZED;
    }
    let body = match tokio::time::timeout(PATIENCE, Bytes::from_request(request, &())).await {
        Ok(Ok(body)) => body,
        Ok(Err(refused)) => return refused.status(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT,
    };
    let Some(update) = std::str::from_utf8(&body).ok().and_then(read_update) else {
        return StatusCode::BAD_REQUEST;
    };
    // A task of its own: whoever hangs up leaves no transaction half-way.
    let number = update.update_id;
    let stored = tokio::spawn(store(receiver, update));
    match tokio::time::timeout(PATIENCE, stored).await {
        Ok(Ok(Ok(()))) => StatusCode::OK,
        Ok(Ok(Err(error))) => {
            tracing::warn!(%error, update = number, "an update could not be stored; it comes again");
            StatusCode::SERVICE_UNAVAILABLE
        }
        Ok(Err(_)) | Err(_) => {
            tracing::warn!(update = number, "an update was not stored in time; it comes again");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

impl Receiver {
    /// Whether the request shows the secret; how much of it is right cannot be told by the time it takes.
    fn knows(&self, headers: &HeaderMap) -> bool {
        let shown = headers.get(SECRET).map_or(&[][..], |value| value.as_bytes());
        self.secret.expose_secret().as_bytes().ct_eq(shown).into()
    }
}

async fn store(receiver: Receiver, update: RawUpdate) -> sqlx::Result<()> {
    let ground = &receiver.ground;
    let mut tx = ground.db.begin().await?;
    inbox::store(&mut tx, receiver.bot, &[update], ground.clock.now()).await?;
    tx.commit().await?;
    ground.bells.inbox.notify_one();
    Ok(())
}
