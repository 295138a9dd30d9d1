//! The demo: a quarantine day in one process. The real bot serves a pretend Telegram, a seeded
//! neighbourhood lives in it, and a page or a scene in the terminal plays the people. No request
//! leaves the machine.

mod cast;
mod control;
mod error;
mod guard;
mod keeper;
mod live;
mod moving_in;
mod pace;
mod page;
mod picture;
mod playbill;
mod rehearsal;
mod scene;
mod shelf;
mod stage;
mod theatre;
mod town;
mod why;

use std::future::pending;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;

use tokio::signal::ctrl_c;

pub use error::DemoError;
pub use scene::SceneName;

use control::Demo;
use keeper::Keeper;
use shelf::Shelf;
use stage::Stage;
use theatre::Theatre;

/// What a demo is made of.
#[derive(Clone, Debug)]
pub struct DemoOptions {
    /// Where the page is; a loopback address.
    pub listen: SocketAddr,
    /// The database file: a new one, or one with its world beside it, which then goes on. Without it,
    /// one that is gone when the demo ends.
    pub db: Option<PathBuf>,
    /// A scene to be played in the terminal instead of opening the page.
    pub scene: Option<SceneName>,
}

/// How a demo ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitState {
    /// As it should.
    Well,
    /// A scene ended otherwise than it should; the transcript says where.
    SceneFailed,
}

/// Runs the demo until it is interrupted, or its scene until it ends.
///
/// # Errors
/// See [`DemoError`]; a scene that ends otherwise than it should is no error.
pub async fn run(options: DemoOptions) -> Result<ExitState, DemoError> {
    match options.scene {
        Some(name) => play(name, options.db).await,
        None => show(options).await.map(|()| ExitState::Well),
    }
}

async fn play(name: SceneName, db: Option<PathBuf>) -> Result<ExitState, DemoError> {
    let shelf = Shelf::new(db)?;
    shelf.must_be_new()?;
    let stage = Stage::open(&shelf).await?;
    let outcome = scene::play(name, &stage).await;
    close(&stage, shelf.world().map(Keeper::new)).await?;
    outcome
}

/// Opens the page and serves it until it is interrupted, or something ends by itself.
async fn show(options: DemoOptions) -> Result<(), DemoError> {
    let listener = page::bind(options.listen).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let shelf = Shelf::new(options.db)?;
    // one that listens all the time: a signal between two listeners would be lost
    let mut interrupted = pin!(interrupted());
    let stage = tokio::select! {
        stage = Stage::open(&shelf) => Arc::new(stage?),
        () = &mut interrupted => return Ok(()),
    };
    let theatre = Theatre::new(Arc::clone(&stage));
    let demo = Demo::new(Arc::clone(&theatre));
    let (ticking, painting) = (pace::keep(demo.clone()), live::paint(demo.clone()));
    let keeper = shelf.world().map(Keeper::new);
    eprintln!("demo ready {url} (database {})", shelf.file().display());
    tokio::select! {
        served = page::serve(listener, demo) => served?,
        ended = stage.ended() => ended?,
        () = ticking => {}
        () = painting => {}
        () = keep(&stage, keeper.as_ref()) => {}
        () = &mut interrupted => {}
    }
    // there may be none
    theatre.leave().await.ok();
    close(&stage, keeper).await
}

/// Keeps a world that is to outlive the demo.
async fn keep(stage: &Stage, keeper: Option<&Arc<Keeper>>) {
    match keeper {
        Some(keeper) => keeper.keep(stage).await,
        None => pending().await,
    }
}

/// Ends a stage, and keeps what it was in the end.
async fn close(stage: &Stage, keeper: Option<Arc<Keeper>>) -> Result<(), DemoError> {
    // what came since the last picture keeps its time; a bot that has ended tells none
    stage.paint().await.ok();
    stage.close().await?;
    match keeper {
        Some(keeper) => keeper.close(stage).await,
        None => Ok(()),
    }
}

/// Waits until the demo is told to stop, by ctrl-c or by the machine.
async fn interrupted() {
    tokio::select! {
        Ok(()) = ctrl_c() => {}
        () = terminated() => {}
    }
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut told) => drop(told.recv().await),
        Err(_) => pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    pending().await
}
