//! Two stages: the visitor's own, and for a scene another one on which a fresh neighbourhood has moved
//! in. So a scene finds every time the morning that it needs, and the visitor's own chats are as they
//! were when it is over. One scene is played at a time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::error::DemoError;
use super::scene::{self, Programme, SceneName, ScenePicture, Stand};
use super::shelf::Shelf;
use super::stage::Stage;

/// The stages.
#[derive(Debug)]
pub(super) struct Theatre {
    home: Arc<Stage>,
    shown: watch::Sender<Arc<Stage>>,
    picture: watch::Sender<ScenePicture>,
    evening: Mutex<Option<Evening>>,
}

/// A scene from its opening until its stage is left.
#[derive(Debug)]
struct Evening {
    programme: Arc<Programme>,
    /// Ends the scene and leaves its stage.
    leave: CancellationToken,
    task: JoinHandle<()>,
}

/// Why the page's wish about a scene is not done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotNow {
    #[error("the scene “{0}” is being played: stop it first, or let it end")]
    UnderWay(&'static str),
    #[error("no scene is being played")]
    NoScene,
    #[error("this step is still being played")]
    NotWaiting,
}

impl Theatre {
    /// A theatre that shows the visitor's own stage.
    pub fn new(home: Arc<Stage>) -> Arc<Self> {
        let (shown, picture) = (watch::Sender::new(Arc::clone(&home)), watch::Sender::default());
        Arc::new(Self { home, shown, picture, evening: Mutex::default() })
    }

    /// The stage that is shown.
    pub fn stage(&self) -> Arc<Stage> {
        Arc::clone(&self.shown.borrow())
    }

    /// Whoever waits for another stage.
    pub fn stages(&self) -> watch::Receiver<Arc<Stage>> {
        self.shown.subscribe()
    }

    /// The scene, and whoever waits for its next picture.
    pub fn scene(&self) -> watch::Receiver<ScenePicture> {
        self.picture.subscribe()
    }

    /// The scene that is being played.
    pub fn playing(&self) -> Result<(), NotNow> {
        let picture = self.picture.borrow();
        let playing = picture.name.filter(|_| picture.stand.is_under_way());
        playing.map_or(Ok(()), |name| Err(NotNow::UnderWay(name.title())))
    }

    /// Opens a stage for a scene and plays it there; the stage of a scene that is over makes room.
    pub fn start(self: &Arc<Self>, name: SceneName) -> Result<(), NotNow> {
        let mut evening = self.evening();
        self.playing()?;
        let before = evening.take();
        if let Some(before) = &before {
            before.leave.cancel();
        }
        self.home.pace.set_speed(1);
        let programme = Arc::new(Programme::new(self.picture.clone(), name));
        let leave = CancellationToken::new();
        let (theatre, tonight, left) = (Arc::clone(self), Arc::clone(&programme), leave.clone());
        let task = tokio::spawn(async move {
            if let Some(before) = before {
                before.task.await.ok();
            }
            theatre.play(name, &tonight, &left).await;
        });
        *evening = Some(Evening { programme, leave, task });
        Ok(())
    }

    /// Goes on to the next step.
    pub fn next(&self) -> Result<(), NotNow> {
        let programme = self.programme()?;
        if programme.next() { Ok(()) } else { Err(NotNow::NotWaiting) }
    }

    /// Plays what is left without waiting.
    pub fn skip(&self) -> Result<(), NotNow> {
        self.programme()?.skip();
        Ok(())
    }

    /// Stops a scene, or leaves the stage of one that is over; the visitor's own stage is shown again.
    pub async fn leave(&self) -> Result<(), NotNow> {
        let evening = self.evening().take().ok_or(NotNow::NoScene)?;
        evening.programme.leave();
        evening.leave.cancel();
        // a scene that panicked has left the stage, too
        evening.task.await.ok();
        Ok(())
    }

    async fn play(&self, name: SceneName, programme: &Arc<Programme>, leave: &CancellationToken) {
        let opened = tokio::select! {
            opened = open() => opened,
            () = leave.cancelled() => return,
        };
        let (stage, _shelf) = match opened {
            Ok(opened) => opened,
            Err(error) => {
                let why = format!("It could not be opened: {error}.");
                return programme.end(Stand::Failed, why);
            }
        };
        self.shown.send_replace(Arc::clone(&stage));
        tokio::select! {
            () = scene::show(name, &stage, programme) => leave.cancelled().await,
            () = leave.cancelled() => {}
        }
        self.shown.send_replace(Arc::clone(&self.home));
        if let Err(error) = stage.close().await {
            tracing::warn!(%error, "the stage of a scene did not close well");
        }
    }

    fn programme(&self) -> Result<Arc<Programme>, NotNow> {
        if self.playing().is_ok() {
            return Err(NotNow::NoScene);
        }
        let evening = self.evening();
        evening.as_ref().map(|evening| Arc::clone(&evening.programme)).ok_or(NotNow::NoScene)
    }

    fn evening(&self) -> MutexGuard<'_, Option<Evening>> {
        self.evening.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A stage of its own in a folder of its own, which is gone when the shelf is dropped.
async fn open() -> Result<(Arc<Stage>, Shelf), DemoError> {
    let shelf = Shelf::new(None)?;
    let stage = Stage::open(&shelf).await?;
    Ok((Arc::new(stage), shelf))
}
