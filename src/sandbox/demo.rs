//! The demo: a quarantine day in one process. The real bot serves a pretend Telegram, a seeded
//! neighbourhood lives in it, and a page or a scene in the terminal plays the people. No request
//! leaves the machine.

mod cast;
mod control;
mod error;
mod guard;
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
mod town;

use std::future::pending;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

pub use error::DemoError;
pub use scene::SceneName;

use control::Demo;
use shelf::Shelf;
use stage::Stage;

/// What a demo is made of.
#[derive(Clone, Debug)]
pub struct DemoOptions {
    /// Where the page is; a loopback address.
    pub listen: SocketAddr,
    /// The database file, which must be new; without it, one that is gone when the demo ends.
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
        None => tokio::select! {
            shown = show(options) => shown.map(|()| ExitState::Well),
            () = interrupted() => Ok(ExitState::Well),
        },
    }
}

async fn play(name: SceneName, db: Option<PathBuf>) -> Result<ExitState, DemoError> {
    let shelf = Shelf::new(db)?;
    let stage = Stage::open(&shelf).await?;
    let outcome = scene::play(name, &stage).await;
    stage.close().await?;
    outcome
}

/// Opens the page and serves it as long as the bot serves.
async fn show(options: DemoOptions) -> Result<(), DemoError> {
    let listener = page::bind(options.listen).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let shelf = Shelf::new(options.db)?;
    let stage = Arc::new(Stage::open(&shelf).await?);
    let demo = Demo::new(Arc::clone(&stage));
    let _rings = [tokio::spawn(pace::keep(demo.clone())), tokio::spawn(live::paint(demo.clone()))];
    eprintln!("demo ready {url} (database {})", shelf.file().display());
    tokio::select! {
        served = page::serve(listener, demo) => served,
        ended = stage.ended() => ended,
    }
}

/// Waits for ctrl-c; a machine that cannot tell of it never does.
async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        pending::<()>().await;
    }
}
