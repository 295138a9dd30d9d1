//! Serving: the store is opened and locked, the bot met, and five loops run until told to stop. Intake
//! fills the inbox, hearing empties it, the clock does what is due, the relay empties the outbox, the
//! small door answers whether all is well.

use std::sync::Arc;
use std::time::{Duration, Instant};

use secrecy::{ExposeSecret, SecretString};
use tokio_util::sync::CancellationToken;

use crate::base::clock::{Clock, Timestamp};
use crate::base::directory;
use crate::base::language::{LanguageError, LanguageTag, Languages};
use crate::base::relay::Relay;
use crate::base::seal::Seal;
use crate::base::setting;
use crate::base::store::{Db, ServeLock, StoreError, Tx};
use crate::base::turn::{Bells, Ground};
use crate::config::Settings;
use crate::desk::health_check;
use crate::desk::health_check::lexicons::Lexicons;
use crate::desk::health_check::reading::LexiconError;
use crate::desk::staff;
use crate::http;
use crate::telegram::api::{Api, Me, NoAnswer};
use crate::telegram::intake::{Intake, IntakeError, Polls};
use crate::telegram::menu;
use crate::telegram::outbound::Telegram;

mod doors;
pub mod hearing;
mod ticking;

use doors::{Hook, Ports};

/// How long Telegram may be away at the start.
const PATIENCE: Duration = Duration::from_mins(1);
/// A shorter absence needs no grace.
const NOTICEABLE: Duration = Duration::from_mins(2);
/// How long the loops may take to stop.
const DRAIN: Duration = Duration::from_secs(10);

/// Why serving did not begin or ended by itself. Each is one clear sentence.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// No token was given.
    #[error("there is no bot token: set TELOXIDE_TOKEN or TELOXIDE_TOKEN_FILE")]
    NoToken,
    /// Telegram does not know the token.
    #[error("Telegram does not accept the bot token: {0}")]
    BadToken(String),
    /// Telegram cannot be reached.
    #[error("Telegram could not be reached for 60 seconds: {0}")]
    Away(NoAnswer),
    /// The texts cannot be read.
    #[error("the texts cannot be used: {0}")]
    Language(#[from] LanguageError),
    /// A lexicon cannot be read.
    #[error("the lexicon of {0} cannot be used: {1}")]
    Lexicon(LanguageTag, LexiconError),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Areas with households have nobody to lead them.
    #[error(
        "nobody leads these areas, and they have households: {0}; invite a lead or officer first"
    )]
    Leaderless(String),
    /// The small door cannot be opened.
    #[error("{0} cannot be listened on: {1}")]
    Listen(std::net::SocketAddr, std::io::Error),
    /// Polling ended.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// No TLS on this machine.
    #[error("the HTTP client cannot be made")]
    Http,
}

impl From<sqlx::Error> for ServeError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(StoreError::Database(error))
    }
}

/// Serves until `stop` is cancelled or something ends it.
///
/// # Errors
/// See [`ServeError`].
pub async fn run(settings: Settings, stop: CancellationToken) -> Result<(), ServeError> {
    let token = settings.token.clone().ok_or(ServeError::NoToken)?;
    let languages = Languages::embedded()?;
    Lexicons::load(&languages).map_err(|(tag, error)| ServeError::Lexicon(tag, error))?;
    let db = Db::connect(settings.database_url.as_str()).await?;
    let lock = ServeLock::take(&db).await?;
    if !db.is_current().await? {
        db.migrate(&lock).await?;
    }
    check_command(&db).await?;
    let clock = set_clock(&db, &settings).await?;
    let ground = Ground {
        db,
        clock,
        languages,
        settings: Arc::new(settings),
        seal: Seal::of_token(token.expose_secret()),
        bells: Bells::default(),
    };
    let ports = Ports::open(&ground.settings).await?;
    let hook = Hook::of(&ground.settings, &token);
    let (api, me) = meet(&ground, token).await?;
    let keeping = tokio::spawn(keep(lock, ground.db.clone(), stop.clone()));
    let served = serve(&ground, api, &me, (ports, hook), stop).await;
    sign_off(&ground).await;
    ground.db.close().await;
    match keeping.await {
        Ok((_lock, Some(lost))) => Err(lost.into()),
        _ => served,
    }
}

/// Keeps the lock until told to stop; whoever loses it to another `serve` stops by itself.
async fn keep(
    mut lock: ServeLock,
    db: Db,
    stop: CancellationToken,
) -> (ServeLock, Option<StoreError>) {
    let lost = tokio::select! {
        () = stop.cancelled() => None,
        lost = lock.keep(&db) => Some(lost),
    };
    stop.cancel();
    (lock, lost)
}

/// An area with households that nobody leads is refused; one whose leads have yet to join is a
/// warning, since they can only join while the bot serves.
async fn check_command(db: &Db) -> Result<(), ServeError> {
    let gaps = staff::command_gaps(&mut db.read().await?).await?;
    for area in &gaps.nobody_joined {
        tracing::warn!(area, "no lead or officer of this area has joined yet");
    }
    if gaps.nobody.is_empty() {
        Ok(())
    } else {
        Err(ServeError::Leaderless(gaps.nobody.join(", ")))
    }
}

/// The clock, moved forward as rehearsals have moved it.
async fn set_clock(db: &Db, settings: &Settings) -> Result<Clock, ServeError> {
    if !settings.rehearsal.enabled {
        return Ok(Clock::default());
    }
    let mut tx = db.begin().await?;
    let stored = setting::read(&mut tx, setting::CLOCK_OFFSET).await?.unwrap_or(0);
    let offset = stored + crate::base::clock::millis(settings.rehearsal.offset);
    setting::write(&mut tx, setting::CLOCK_OFFSET, offset).await?;
    tx.commit().await?;
    Ok(Clock::ahead_by(offset))
}

/// Asks Telegram who the bot is, clears what an earlier run may have left, sets the menus.
async fn meet(ground: &Ground, token: SecretString) -> Result<(Api, Me), ServeError> {
    let api = Api::new(&ground.settings.api_url, token).map_err(|_| ServeError::Http)?;
    let me = ask_me(&api).await?;
    let now = ground.clock.now();
    let mut tx = ground.db.begin().await?;
    directory::meet_bot(&mut tx, me.id, &me.username, now).await?;
    give_grace(&mut tx, ground, now).await?;
    tx.commit().await?;
    if ground.settings.webhook.url.is_none() {
        api.delete_webhook().await;
    }
    menu::set(&api, &ground.languages).await;
    Ok((api, me))
}

async fn ask_me(api: &Api) -> Result<Me, ServeError> {
    let begun = Instant::now();
    loop {
        match api.me().await {
            Ok(Ok(me)) => return Ok(me),
            Ok(Err(refusal)) => return Err(ServeError::BadToken(refusal)),
            Err(error) if begun.elapsed() >= PATIENCE => return Err(ServeError::Away(error)),
            Err(error) => tracing::warn!(%error, "Telegram cannot be reached yet"),
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// After an absence nothing is called late at once.
async fn give_grace(tx: &mut Tx<'_>, ground: &Ground, now: Timestamp) -> sqlx::Result<()> {
    let Some(alive) = setting::read(tx, setting::ALIVE_AT).await? else { return Ok(()) };
    let downtime = now.since(Timestamp::from_millis(alive));
    if downtime < NOTICEABLE {
        return Ok(());
    }
    tracing::warn!(seconds = downtime.as_secs(), "back after an absence");
    let overdue_after = ground.settings.checks.overdue_after;
    health_check::wake_after(tx, downtime, overdue_after, now).await
}

async fn serve(
    ground: &Ground,
    api: Api,
    me: &Me,
    (ports, hook): (Ports, Option<Hook>),
    stop: CancellationToken,
) -> Result<(), ServeError> {
    let polls = Polls::default();
    let relay = Relay::new(ground.clone(), Arc::new(Telegram::new(api.clone(), me.id)));
    let door = http::Door::new(ground.clone(), polls.clone());
    let loops = tokio_util::task::TaskTracker::new();
    loops.spawn(hearing::run(ground.clone(), me.id, stop.clone()));
    loops.spawn(ticking::run(ground.clone(), me.id, stop.clone()));
    loops.spawn(relay.run(stop.clone()));
    let routes = hook.as_ref().map(|hook| hook.routes(ground, me.id)).unwrap_or_default();
    for (routes, listener) in ports.share_out(door.routes(), routes) {
        loops.spawn(http::serve(routes, listener, stop.clone()));
    }
    loops.close();
    let ready = format!("ready bot=@{} db={}", me.username, ground.db.kind());
    let begun = || announce(&ready);
    let served = match hook {
        Some(hook) => hook.watch(ground, api, polls).run(stop.clone(), begun).await,
        None => Intake::new(ground.clone(), api, me.id, polls).run(stop.clone(), begun).await,
    };
    stop.cancel();
    if tokio::time::timeout(DRAIN, loops.wait()).await.is_err() {
        tracing::warn!("not everything had stopped in time");
    }
    Ok(served?)
}

/// The line that scripts wait for.
fn announce(line: &str) {
    eprintln!("{line}");
}

async fn sign_off(ground: &Ground) {
    let now = ground.clock.now();
    let written = async {
        let mut tx = ground.db.begin().await?;
        setting::write(&mut tx, setting::ALIVE_AT, now.millis()).await?;
        tx.commit().await
    };
    if let Err(error) = written.await {
        tracing::warn!(%error, "the time of leaving could not be written");
    }
}
