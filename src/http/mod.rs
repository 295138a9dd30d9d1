//! DOOR: the small one. Whether the bot is alive and ready, and the rehearsal port for drills, the demo
//! and tests. Nobody's data but letters in a rehearsal are shown here.

use std::net::SocketAddr;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::base::turn::Ground;
use crate::config::Settings;
use crate::telegram::intake::Polls;

mod guard;
mod letters;
mod rehearsal;

/// What the door knows.
#[derive(Clone, Debug)]
pub struct Door {
    ground: Ground,
    polls: Polls,
}

impl Door {
    /// A door to a serving bot.
    #[must_use]
    pub fn new(ground: Ground, polls: Polls) -> Self {
        Self { ground, polls }
    }
}

/// Opens the door's address.
///
/// # Errors
/// The address and what the machine says.
pub async fn bind(settings: &Settings) -> Result<TcpListener, (SocketAddr, std::io::Error)> {
    let at = settings.http.listen;
    TcpListener::bind(at).await.map_err(|error| (at, error))
}

/// Serves the door until told to stop.
pub async fn serve(door: Door, listener: TcpListener, stop: CancellationToken) {
    let mut router = Router::new().route("/healthz", get(alive)).route("/readyz", get(ready));
    if door.ground.settings.rehearsal.enabled {
        router = router.nest("/rehearsal", rehearsal::router());
    }
    let router = router.with_state(door);
    let served = axum::serve(listener, router).with_graceful_shutdown(stop.cancelled_owned()).await;
    if let Err(error) = served {
        tracing::error!(%error, "the health port closed");
    }
}

async fn alive() -> &'static str {
    "alive\n"
}

async fn ready(State(door): State<Door>) -> (StatusCode, &'static str) {
    if !door.polls.has_begun() {
        return (StatusCode::SERVICE_UNAVAILABLE, "not polling yet\n");
    }
    match door.ground.db.read().await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database is away\n"),
    }
}
