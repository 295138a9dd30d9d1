//! What the page is told, as it happens: a picture is painted after every change, and each open
//! page gets what is new in it.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{Stream, StreamExt, stream};
use serde::Serialize;
use tokio_stream::wrappers::WatchStream;

use super::control::Demo;
use super::error::DemoError;
use super::pace::Going;
use super::picture::ChatPicture;
use super::playbill::{Playbill, playbill};
use super::scene::ScenePicture;
use super::stage::Stage;
use crate::base::clock::Timestamp;
use crate::sandbox::Toast;

/// Changes that come together are painted together.
const GATHER: Duration = Duration::from_millis(40);
/// How long a picture lasts when nothing changes; the clock goes on.
const LASTS: Duration = Duration::from_secs(1);
/// After a broken line the page tries again this soon.
const TRY_AGAIN: Duration = Duration::from_secs(1);

/// Everything that a page shows.
#[derive(Debug, Default)]
pub(super) struct Picture {
    stage: Option<Playbill>,
    chats: BTreeMap<i64, ChatPicture>,
    clock: Option<ClockPicture>,
    scene: ScenePicture,
    toasts: Vec<Toast>,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct ClockPicture {
    now: Timestamp,
    #[serde(flatten)]
    going: Going,
}

/// Paints a picture after every change, as long as the demo lasts.
pub(super) async fn paint(demo: Demo) {
    let (mut stages, mut scene) = (demo.theatre.stages(), demo.theatre.scene());
    loop {
        let stage = Arc::clone(&stages.borrow_and_update());
        let (mut changes, mut going) = (stage.sandbox.changes(), stage.pace.going());
        let shown = scene.borrow_and_update().clone();
        match picture(&stage, shown).await {
            Ok(picture) => drop(demo.pictures.send_replace(Arc::new(picture))),
            Err(error) => tracing::debug!(%error, "no picture"),
        }
        tokio::select! {
            _ = changes.changed() => {}
            _ = going.changed() => {}
            _ = stages.changed() => {}
            _ = scene.changed() => {}
            () = tokio::time::sleep(LASTS) => {}
        }
        tokio::time::sleep(GATHER).await;
    }
}

async fn picture(stage: &Stage, scene: ScenePicture) -> Result<Picture, DemoError> {
    let chats = stage.paint().await?;
    let now = stage.rehearsal.now().await?;
    let going = *stage.pace.going().borrow();
    Ok(Picture {
        stage: Some(playbill(stage)),
        chats: chats.into_iter().map(|chat| (chat.chat, chat)).collect(),
        clock: Some(ClockPicture { now, going }),
        scene,
        toasts: stage.sandbox.toasts(),
    })
}

/// The open line to a page.
pub(super) async fn live(
    State(demo): State<Demo>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut page = Page::default();
    let pictures = WatchStream::new(demo.pictures.subscribe());
    let news = pictures.flat_map(move |picture| stream::iter(page.look_at(&picture)));
    let events = news.take_until(demo.closing.cancelled_owned());
    Sse::new(events.map(Ok)).keep_alive(KeepAlive::default())
}

/// What one page has seen.
#[derive(Debug, Default)]
struct Page {
    seen: Option<Arc<Picture>>,
}

impl Page {
    /// What is new in a picture; on another stage everything is. Toasts from before the page was
    /// opened are over.
    fn look_at(&mut self, picture: &Arc<Picture>) -> Vec<Event> {
        if picture.stage.is_none() {
            return Vec::new(); // nothing was painted yet
        }
        let seen = self.seen.replace(Arc::clone(picture));
        let seen = seen.as_deref();
        let known = seen.filter(|seen| seen.number() == picture.number());
        let is_new =
            |chat: &&ChatPicture| known.and_then(|it| it.chats.get(&chat.chat)) != Some(*chat);
        let shown = known.map_or(picture.toasts.len(), |it| it.toasts.len());
        let stage = picture.stage.iter().filter(|_| known.is_none());
        let stage = stage.filter_map(|stage| event("stage", stage));
        let is_new_scene = seen.is_none_or(|seen| seen.scene != picture.scene);
        let scene = is_new_scene.then(|| event("scene", &picture.scene)).flatten();
        let clock = picture.clock.iter().filter_map(|clock| event("clock", clock));
        let chats = picture.chats.values().filter(is_new).filter_map(|chat| event("chat", chat));
        let toasts = picture.toasts.iter().skip(shown).filter_map(|toast| event("toast", toast));
        let events = stage.map(|event| event.retry(TRY_AGAIN)).chain(clock).chain(chats);
        events.chain(scene).chain(toasts).collect()
    }
}

impl Picture {
    /// The number of the world that is shown.
    fn number(&self) -> Option<i64> {
        self.stage.as_ref().map(|stage| stage.number)
    }
}

/// An event with its data; all our data can be written as JSON.
fn event(name: &str, data: &impl Serialize) -> Option<Event> {
    Event::default().event(name).json_data(data).ok()
}
