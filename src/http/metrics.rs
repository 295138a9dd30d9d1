//! `/metrics` in Prometheus' text format: what was counted, and how things stand. Each look at the database
//! reads what is open, queued or due, never all there ever was.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::prometheus_text::{CONTENT_TYPE, encode};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};
use strum::IntoEnumIterator;

use super::Door;
use crate::base::backlog::{self, Queue};
use crate::base::clock::Timestamp;
use crate::base::inbox;
use crate::base::meter::{self, LANES, Labels};
use crate::base::outbox::Lane;
use crate::base::store::Tx;
use crate::desk;
use crate::desk::escalation;
use crate::desk::escalation::alert::Kind;

/// Seconds and their parts.
type Seconds = Gauge<f64, AtomicU64>;

/// Everything there is to see; without the database, what was counted.
pub(super) async fn show(State(door): State<Door>) -> Response {
    let mut registry = Registry::with_prefix("doorstep");
    meter::show(&mut registry);
    let ground = &door.ground;
    one(&mut registry, "build_info", "The version and the kind of database", 1, || {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        vec![("version", version), ("database", ground.db.kind().to_owned())]
    });
    if let Some(age) = door.polls.last_answer() {
        seconds(&mut registry, "last_poll_age", "Since Telegram last answered a poll", age);
    }
    let stand = async { Stand::read(&mut ground.db.read().await?, ground.clock.now()).await };
    let stand = stand.await;
    let up = Gauge::<i64>::default();
    up.set(i64::from(stand.is_ok()));
    registry.register("database_up", "Whether the database answers", up);
    match stand {
        Ok(stand) => stand.show(&mut registry),
        Err(error) => tracing::warn!(%error, "how things stand could not be read"),
    }
    let mut text = String::new();
    match encode(&mut text, &registry) {
        Ok(()) => ([(header::CONTENT_TYPE, CONTENT_TYPE)], text).into_response(),
        Err(_) => axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// How things stand at an instant.
struct Stand {
    inbox: i64,
    oldest_update: Duration,
    queued: Vec<Queue>,
    sending: Vec<Queue>,
    alerts: Vec<(Kind, i64)>,
    due: usize,
    now: Timestamp,
}

impl Stand {
    async fn read(tx: &mut Tx<'_>, now: Timestamp) -> sqlx::Result<Self> {
        let oldest = backlog::oldest_update(tx).await?;
        Ok(Self {
            inbox: inbox::waiting(tx).await?,
            oldest_update: oldest.map_or(Duration::ZERO, |at| now.since(at)),
            queued: backlog::queued(tx).await?,
            sending: backlog::sending(tx).await?,
            alerts: escalation::store::open_by_kind(tx).await?,
            due: desk::due(tx, now).await?.len(),
            now,
        })
    }

    fn show(&self, registry: &mut Registry) {
        let plain = Vec::new;
        one(registry, "inbox_waiting", "Updates not heard yet", self.inbox, plain);
        let help = "Age of the oldest update not heard yet";
        seconds(registry, "inbox_oldest_age", help, self.oldest_update);
        let due = i64::try_from(self.due).unwrap_or(i64::MAX);
        one(registry, "due_backlog", "Rows whose time has come, at most 100 of a kind", due, plain);
        self.show_queues(registry);
        let alerts = Family::<Labels, Gauge>::default();
        for kind in Kind::iter() {
            let open = self.alerts.iter().find(|(found, _)| *found == kind);
            let labels = vec![("type", kind.word().to_owned())];
            alerts.get_or_create(&labels).set(open.map_or(0, |(_, count)| *count));
        }
        registry.register("open_alerts", "Alerts that are not resolved, by type", alerts);
    }

    fn show_queues(&self, registry: &mut Registry) {
        let letters = Family::<Labels, Gauge>::default();
        let ages = Family::<Labels, Seconds>::default();
        for lane in LANES {
            let word = Lane::word_of(lane.number()).to_owned();
            let of =
                |queues: &[Queue]| queues.iter().find(|queue| queue.lane == lane.number()).copied();
            let waiting = |state: &str, queue: Option<Queue>| {
                let labels = vec![("lane", word.clone()), ("state", state.to_owned())];
                letters.get_or_create(&labels).set(queue.map_or(0, |queue| queue.letters));
            };
            waiting("queued", of(&self.queued));
            waiting("sending", of(&self.sending));
            let age = of(&self.queued).map_or(Duration::ZERO, |queue| self.now.since(queue.oldest));
            ages.get_or_create(&vec![("lane", word.clone())]).set(age.as_secs_f64());
        }
        registry.register("letters_waiting", "Letters that have not gone, by lane", letters);
        registry.register_with_unit(
            "letters_oldest_age",
            "Since the oldest queued letter of a lane might go",
            Unit::Seconds,
            ages,
        );
    }
}

fn one(
    registry: &mut Registry,
    name: &str,
    help: &str,
    value: i64,
    labels: impl FnOnce() -> Labels,
) {
    let family = Family::<Labels, Gauge>::default();
    family.get_or_create(&labels()).set(value);
    registry.register(name, help, family);
}

fn seconds(registry: &mut Registry, name: &str, help: &str, value: Duration) {
    let gauge = Seconds::default();
    gauge.set(value.as_secs_f64());
    registry.register_with_unit(name, help, Unit::Seconds, gauge);
}
