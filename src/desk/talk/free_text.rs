//! Words of a resident that a person must see: when, and in what form. Knows no database and no
//! chat.

use std::time::Duration;

use crate::base::chat::{AccountId, ChatId};
use crate::base::clock::Timestamp;

/// The most UTF-16 units that are quoted; with the words around them they must fit into one
/// message.
const LONGEST_QUOTE: usize = 3000;
/// The most characters of an answer to a household.
pub const LONGEST_ANSWER: usize = 1500;

/// Words of a resident that are neither reading, command nor request.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FreeText {
    /// Its row.
    pub id: i64,
    /// Whose chat it was said in.
    pub household_id: i64,
    /// The chat.
    pub chat_id: ChatId,
    /// The message, by the platform's id.
    pub message_id: i64,
    /// Who said it; none if the platform does not tell.
    pub account_id: Option<AccountId>,
    /// The words; may be empty.
    pub text: String,
    /// Whether it carries anything besides words.
    pub media: bool,
    /// When it was said.
    pub said_at: Timestamp,
    /// When it must be shown, or looked at again.
    pub due_at: Option<Timestamp>,
}

impl FreeText {
    /// Whether it can only be shown as it stands: more than words, or more words than can be
    /// quoted.
    #[must_use]
    pub fn is_copied(&self) -> bool {
        self.media || self.text.encode_utf16().count() > LONGEST_QUOTE
    }
}

/// What decides whether a person sees it at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hearers {
    /// Whether the household's worker is in the chat.
    pub worker: bool,
    /// Whether whoever said it has asked for a person a short while ago.
    pub asked_for: bool,
}

/// When it must be shown: at once if nobody there can be expected to read it, else when the staff
/// has had `patience` to answer (issue: free text).
#[must_use]
pub fn shown_at(hearers: Hearers, said_at: Timestamp, patience: Duration) -> Timestamp {
    if hearers.asked_for || !hearers.worker { said_at } else { said_at.plus(patience) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_hours(1);

    fn minutes_until_shown(worker: bool, asked_for: bool) -> i64 {
        let said_at = Timestamp::from_seconds(60);
        let at = shown_at(Hearers { worker, asked_for }, said_at, HOUR);
        (at.millis() - said_at.millis()) / 60_000
    }

    #[test]
    fn words_that_no_worker_hears_are_shown_at_once() {
        assert_eq!(minutes_until_shown(false, false), 0);
    }

    #[test]
    fn words_that_the_worker_hears_wait_for_an_answer() {
        assert_eq!(minutes_until_shown(true, false), 60);
    }

    #[test]
    fn who_asked_for_a_person_is_heard_at_once() {
        assert_eq!(minutes_until_shown(true, true), 0);
    }

    fn words(text: &str, media: bool) -> FreeText {
        FreeText {
            id: 1,
            household_id: 1,
            chat_id: ChatId(1),
            message_id: 1,
            account_id: None,
            text: text.to_owned(),
            media,
            said_at: Timestamp::default(),
            due_at: None,
        }
    }

    #[test]
    fn what_cannot_be_quoted_is_copied() {
        assert!(!words("hello", false).is_copied());
        assert!(words("", true).is_copied());
        assert!(words(&"字".repeat(3001), false).is_copied());
        assert!(words(&"📦".repeat(1501), false).is_copied());
    }
}
