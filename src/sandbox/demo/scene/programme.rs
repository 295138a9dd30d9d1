//! A scene as the page shows it: how far it is, where to look, what was done and what was seen; and the
//! visitor's hand in it, which says when to go on.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde::Serialize;
use tokio::sync::{Notify, watch};

use super::SceneName;
use super::audience::Look;

/// How far a scene is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::sandbox::demo) enum Stand {
    /// No scene is shown.
    #[default]
    None,
    /// A neighbourhood moves in for it.
    Opening,
    /// A step is being played.
    Playing,
    /// A step was played and is looked at.
    Waiting,
    /// It ended as it should, and can be looked around in.
    Done,
    /// It ended otherwise, or could not be played.
    Failed,
}

impl Stand {
    /// Whether a scene is under way.
    pub fn is_under_way(self) -> bool {
        matches!(self, Self::Opening | Self::Playing | Self::Waiting)
    }
}

/// Something that was done or seen in a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::sandbox::demo) struct Line {
    kind: &'static str,
    words: String,
}

impl Line {
    /// Somebody did something.
    pub fn deed(words: String) -> Self {
        Self { kind: "deed", words }
    }

    /// Something was expected, and was so or not.
    pub fn expected(name: &str, is_met: bool) -> Self {
        Self { kind: if is_met { "met" } else { "unmet" }, words: name.to_owned() }
    }
}

/// What the page shows of a scene.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(in crate::sandbox::demo) struct ScenePicture {
    /// Which scene.
    pub name: Option<SceneName>,
    /// How far it is.
    pub stand: Stand,
    /// The step, from 1; 0 before the first.
    pub step: usize,
    /// How many there are.
    pub steps: usize,
    /// The pane to look at.
    pub pane: &'static str,
    /// What to look at.
    pub words: &'static str,
    /// What was done and seen in this step.
    pub lines: Vec<Line>,
    /// How it ended.
    pub ending: String,
}

/// The programme of one scene.
#[derive(Debug)]
pub(in crate::sandbox::demo) struct Programme {
    picture: watch::Sender<ScenePicture>,
    goes_on: Notify,
    is_skipped: AtomicBool,
    is_left: AtomicBool,
}

impl Programme {
    /// The programme of a scene that is about to open; the page watches this picture.
    pub fn new(picture: watch::Sender<ScenePicture>, name: SceneName) -> Self {
        let (stand, steps) = (Stand::Opening, name.looks().len());
        picture.send_replace(ScenePicture {
            name: Some(name),
            stand,
            steps,
            ..ScenePicture::default()
        });
        let (is_skipped, is_left) = (AtomicBool::new(false), AtomicBool::new(false));
        Self { picture, goes_on: Notify::new(), is_skipped, is_left }
    }

    /// Waits until the step before was looked at, then shows the next.
    pub async fn turn_to(&self, n: usize, look: &Look) {
        if n > 1 && !self.is_skipped() {
            self.change(|picture| picture.stand = Stand::Waiting);
            self.goes_on.notified().await;
        }
        self.change(|picture| {
            (picture.stand, picture.step) = (Stand::Playing, n);
            (picture.pane, picture.words) = (look.pane, look.words);
            picture.lines.clear();
        });
    }

    /// Adds a line to the step.
    pub fn add(&self, line: Line) {
        self.change(|picture| picture.lines.push(line));
    }

    /// Lets the visitor see what has just happened.
    pub async fn breathe(&self, so_long: Duration) {
        if !self.is_skipped() {
            tokio::time::sleep(so_long).await;
        }
    }

    /// The scene is over.
    pub fn end(&self, stand: Stand, ending: String) {
        self.change(|picture| (picture.stand, picture.ending) = (stand, ending));
    }

    /// Goes on to the next step; says whether the scene was waiting for that.
    pub fn next(&self) -> bool {
        let is_waiting = self.picture.borrow().stand == Stand::Waiting;
        if is_waiting {
            self.goes_on.notify_one();
        }
        is_waiting
    }

    /// From now on the scene waits for nothing.
    pub fn skip(&self) {
        self.is_skipped.store(true, Ordering::SeqCst);
        self.next();
    }

    /// The scene is left: the page shows none, and what still happens in this one is not told.
    pub fn leave(&self) {
        self.picture.send_modify(|picture| {
            self.is_left.store(true, Ordering::SeqCst);
            *picture = ScenePicture::default();
        });
    }

    fn change(&self, how: impl FnOnce(&mut ScenePicture)) {
        self.picture.send_modify(|picture| {
            if !self.is_left.load(Ordering::SeqCst) {
                how(picture);
            }
        });
    }

    fn is_skipped(&self) -> bool {
        self.is_skipped.load(Ordering::SeqCst)
    }
}
