//! A chat in which the bot speaks, seen from the outside: what was written there, what stands there
//! now, and the buttons that can be pressed.

use std::collections::BTreeSet;

use doorstep::sandbox::{ChatId, MessageId, MessageView, Person};
use serde_json::Value;

use super::letter::{Letter, Letters};
use super::town::Town;

/// A chat of a town.
#[derive(Clone, Copy, Debug)]
pub struct Place<'t> {
    pub town: &'t Town,
    pub chat: ChatId,
}

/// The newest letter at some moment; see [`Town::mark`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark(pub i64);

impl Place<'_> {
    /// The letters written to this chat so far.
    pub async fn letters(&self) -> Letters {
        self.letters_since(Mark(0)).await
    }

    /// The letters written to this chat since a moment.
    pub async fn letters_since(&self, mark: Mark) -> Letters {
        let chat = self.chat.number();
        let letters = self.town.port().letters_after(mark.0).await;
        letters.that(|letter| letter.chat_id == Some(chat))
    }

    /// The ids of the texts of new messages since a moment.
    pub async fn heard_since(&self, mark: Mark) -> Vec<String> {
        let messages = self.letters_since(mark).await.messages();
        messages.texts().into_iter().map(str::to_owned).collect()
    }

    /// The newest letter with this text.
    pub async fn last(&self, text_id: &str) -> Letter {
        self.letters().await.last_of(text_id)
    }

    /// The message that a letter made or changed, as it stands now.
    #[track_caller]
    pub fn shown(&self, letter: &Letter) -> MessageView {
        let id = letter.message_id.unwrap_or_else(|| panic!("no message of {letter:?}"));
        let shown = self.town.sandbox.message(self.chat, MessageId(id));
        shown.unwrap_or_else(|| panic!("message {id} is not there: {letter:?}"))
    }

    /// The newest message that this text made, as it stands now.
    pub async fn newest(&self, text_id: &str) -> MessageView {
        let messages = self.letters().await.messages();
        self.shown(&messages.last_of(text_id))
    }

    /// The emoji under a message.
    pub fn reactions(&self, message: MessageId) -> Vec<String> {
        let shown = self.town.sandbox.message(self.chat, message).expect("the message is there");
        shown.reactions.into_iter().map(|(_, emoji)| emoji).collect()
    }

    /// The message with the newest keyboard that has this button, and the button's data.
    pub async fn find_button(&self, action: &str, args: &Value) -> Option<(MessageId, String)> {
        let mut newer = BTreeSet::new();
        for letter in self.letters().await.iter().rev() {
            let Some(message) = letter.message_id.filter(|_| carries_keyboard(letter)) else {
                continue;
            };
            if !newer.insert(message) {
                continue;
            }
            if let Some(button) = letter.button(action, args) {
                return Some((MessageId(message), button.data.clone()));
            }
        }
        None
    }

    /// Whether a button can be pressed somewhere in this chat.
    pub async fn offers(&self, action: &str, args: &Value) -> bool {
        self.find_button(action, args).await.is_some()
    }

    /// Somebody presses the newest button that means this; returns the one answer to the press.
    pub async fn press_as(&self, who: &Person, action: &str, args: Value) -> Letter {
        let found = self.find_button(action, &args).await;
        let (message, data) = found.unwrap_or_else(|| panic!("no button {action} {args}"));
        self.press_data(who, message, &data).await
    }

    /// Somebody sends a press with any data on a message; returns the one answer to it.
    pub async fn press_data(&self, who: &Person, message: MessageId, data: &str) -> Letter {
        let mark = self.town.mark().await;
        self.town.note(&format!(
            "{} presses {data} under {message:?} of {:?}",
            who.id().0,
            self.chat
        ));
        who.press_raw(self.chat, message, data).expect("the message is there");
        self.town.settle().await;
        let answers = self.letters_since(mark).await.by("answerCallbackQuery");
        assert_eq!(answers.len(), 1, "answers to {data}: {answers:?}");
        answers[0].clone()
    }
}

/// An edit takes a keyboard away if it brings none, so both kinds count.
fn carries_keyboard(letter: &Letter) -> bool {
    letter.state == "sent" && (letter.is_message() || letter.method.starts_with("editMessage"))
}
