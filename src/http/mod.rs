//! DOOR: the small one. Whether the bot is alive and ready, its figures, and the rehearsal port for drills, the demo
//! and tests. Nobody's data but letters in a rehearsal are shown here.

use std::net::SocketAddr;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::base::turn::Ground;
use crate::telegram::intake::Polls;

mod guard;
mod letters;
mod metrics;
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

/// Opens an address.
///
/// # Errors
/// The address and what the machine says.
pub async fn bind(at: SocketAddr) -> Result<TcpListener, (SocketAddr, std::io::Error)> {
    TcpListener::bind(at).await.map_err(|error| (at, error))
}

impl Door {
    /// The routes of this door.
    pub fn routes(self) -> Router {
        let mut router = Router::new()
            .route("/healthz", get(alive))
            .route("/readyz", get(ready))
            .route("/metrics", get(metrics::show));
        if self.ground.settings.rehearsal.enabled {
            router = router.nest("/rehearsal", rehearsal::router());
        }
        router.with_state(self)
    }
}

/// Serves routes until told to stop; what was begun is answered.
pub async fn serve(routes: Router, listener: TcpListener, stop: CancellationToken) {
    let served = axum::serve(listener, routes).with_graceful_shutdown(stop.cancelled_owned()).await;
    if let Err(error) = served {
        tracing::error!(%error, "a port closed");
    }
}

async fn alive() -> &'static str {
    "alive\n"
}

async fn ready(State(door): State<Door>) -> (StatusCode, &'static str) {
    if !door.polls.has_begun() {
        return (StatusCode::SERVICE_UNAVAILABLE, "no updates yet\n");
    }
    match door.ground.db.read().await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database is away\n"),
    }
}
