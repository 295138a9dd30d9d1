//! What a letter puts below the field in which its reader writes, before its words are rendered.

use super::{Body, Letter};
use crate::base::chat::Pad;
use crate::base::language::{Phrase, plain};
use crate::base::turn::Turn;

/// See [`Pad`].
#[derive(Clone, Debug)]
pub(super) enum Wish {
    ChooseChat { label: Phrase, request: i64 },
    Away,
}

impl Letter {
    /// Puts a button below the field by which the reader chooses or makes a group; the choice comes
    /// back with the number. In place of the buttons under the message.
    #[must_use]
    pub fn choose_chat(self, label: Phrase, request: i64) -> Self {
        self.pad(Wish::ChooseChat { label, request })
    }

    /// Takes away what stands below the field.
    #[must_use]
    pub fn clear_pad(self) -> Self {
        self.pad(Wish::Away)
    }

    fn pad(mut self, wish: Wish) -> Self {
        if let Body::Say { pad, .. } = &mut self.body {
            *pad = Some(wish);
        }
        self
    }
}

/// The same with its words in the letter's language.
pub(super) fn rendered(turn: &Turn<'_>, letter: &Letter, wish: &Wish) -> Pad {
    match wish {
        Wish::ChooseChat { label, request } => {
            let label = turn.ground.languages.render(&letter.language, label);
            Pad::ChooseChat { label: plain(&label.html), request: *request }
        }
        Wish::Away => Pad::Away,
    }
}
