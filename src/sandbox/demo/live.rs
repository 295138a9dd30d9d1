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
use super::picture::{ChatPicture, Painter};
use super::playbill::playbill;
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
    chats: BTreeMap<i64, ChatPicture>,
    clock: Option<ClockPicture>,
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
    let mut painter = Painter::default();
    let mut changes = demo.stage.sandbox.changes();
    let mut going = demo.pace.going();
    loop {
        match picture(&demo, &mut painter).await {
            Ok(picture) => drop(demo.pictures.send_replace(Arc::new(picture))),
            Err(error) => tracing::debug!(%error, "no picture"),
        }
        tokio::select! {
            _ = changes.changed() => {}
            _ = going.changed() => {}
            () = tokio::time::sleep(LASTS) => {}
        }
        tokio::time::sleep(GATHER).await;
    }
}

async fn picture(demo: &Demo, painter: &mut Painter) -> Result<Picture, DemoError> {
    let chats = painter.paint(&demo.stage).await?;
    let now = demo.stage.rehearsal.now().await?;
    let going = *demo.pace.going().borrow();
    Ok(Picture {
        chats: chats.into_iter().map(|chat| (chat.chat, chat)).collect(),
        clock: Some(ClockPicture { now, going }),
        toasts: demo.stage.sandbox.toasts(),
    })
}

/// The open line to a page.
pub(super) async fn live(
    State(demo): State<Demo>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let stage = event("stage", &playbill(&demo.stage)).map(|event| event.retry(TRY_AGAIN));
    let mut page = Page::default();
    let pictures = WatchStream::new(demo.pictures.subscribe());
    let news = pictures.flat_map(move |picture| stream::iter(page.look_at(&picture)));
    let events = stream::iter(stage).chain(news).take_until(demo.closing.cancelled_owned());
    Sse::new(events.map(Ok)).keep_alive(KeepAlive::default())
}

/// What one page has seen.
#[derive(Debug, Default)]
struct Page {
    seen: Option<Arc<Picture>>,
}

impl Page {
    /// What is new in a picture. Toasts from before the page was opened are over.
    fn look_at(&mut self, picture: &Arc<Picture>) -> Vec<Event> {
        let seen = self.seen.replace(Arc::clone(picture));
        let known = seen.as_deref();
        let is_new =
            |chat: &&ChatPicture| known.and_then(|it| it.chats.get(&chat.chat)) != Some(*chat);
        let shown = known.map_or(picture.toasts.len(), |it| it.toasts.len());
        let clock = picture.clock.iter().filter_map(|clock| event("clock", clock));
        let chats = picture.chats.values().filter(is_new).filter_map(|chat| event("chat", chat));
        let toasts = picture.toasts.iter().skip(shown).filter_map(|toast| event("toast", toast));
        clock.chain(chats).chain(toasts).collect()
    }
}

/// An event with its data; all our data can be written as JSON.
fn event(name: &str, data: &impl Serialize) -> Option<Event> {
    Event::default().event(name).json_data(data).ok()
}
