//! For whom a scene is played: somebody at a terminal, who reads a transcript, or somebody at the page,
//! who is told where to look and says when to go on.

use std::sync::Arc;
use std::time::Duration;

use super::programme::{Line, Programme};
use super::transcript::{Transcript, print};
use crate::base::clock::Timestamp;
use crate::sandbox::demo::picture::ChatPicture;

/// So long one sees what somebody did before the next thing happens.
const BREATH: Duration = Duration::from_millis(800);

/// A step of a scene: where to look, and at what.
#[derive(Clone, Copy, Debug)]
pub(in crate::sandbox::demo) struct Look {
    /// The pane of the page.
    pub pane: &'static str,
    /// What happens, and what to look at.
    pub words: &'static str,
}

/// For whom a scene is played.
#[derive(Debug)]
pub(super) enum Audience {
    /// A transcript on standard output.
    Terminal(Transcript),
    /// The page.
    Page(Arc<Programme>),
}

impl Audience {
    /// Turns to a step, the `n`-th from 1. At the page the one before must have been looked at.
    pub async fn turn_to(&self, n: usize, look: &Look) {
        match self {
            Self::Terminal(_) => print(&format!("\n{n}. {}\n", look.words)),
            Self::Page(programme) => programme.turn_to(n, look).await,
        }
    }

    /// Somebody has written something; a transcript tells it from the screens.
    pub async fn heard(&self, name: &str, text: &str) {
        if let Self::Page(programme) = self {
            programme.add(Line::deed(format!("{name} writes: {text}")));
            programme.breathe(BREATH).await;
        }
    }

    /// Somebody presses a button.
    pub async fn pressed(&self, now: Timestamp, chat: i64, name: &str, label: &str) {
        let words = format!("{name} presses [{label}]");
        match self {
            Self::Terminal(transcript) => transcript.note(now, chat, words),
            Self::Page(programme) => {
                programme.add(Line::deed(words));
                programme.breathe(BREATH).await;
            }
        }
    }

    /// The screens have changed.
    pub fn shown(&mut self, chats: &[ChatPicture], now: Timestamp) {
        if let Self::Terminal(transcript) = self {
            transcript.tell(chats, now);
        }
    }

    /// Something was expected.
    pub fn expected(&self, name: &str, is_met: bool) {
        match self {
            Self::Terminal(_) => {
                let mark = if is_met { "ok" } else { "NO" };
                print(&format!("   {mark}  {name}"));
            }
            Self::Page(programme) => programme.add(Line::expected(name, is_met)),
        }
    }
}
