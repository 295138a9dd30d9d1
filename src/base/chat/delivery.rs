//! A letter at the door: what is handed over, what came of it, and the way out itself.

use std::future::Future;
use std::time::Duration;

use super::{Closure, Outcome, Outgoing, Standing};

/// A letter on its way through a door.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// The platform's id of the chat.
    pub chat: i64,
    /// What to do.
    pub outgoing: Outgoing,
    /// The platform's id of the message that is changed or pinned.
    pub target: Option<i64>,
    /// Whether it makes no sound.
    pub silent: bool,
    /// Whether it must go as plain text, because its markup was refused.
    pub plain: bool,
}

/// What came of one attempt to deliver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It arrived.
    Delivered(Receipt),
    /// Not now: the platform asks to wait.
    Later(Duration),
    /// The chat has a new id; nothing was sent.
    Moved(i64),
    /// The chat is shut; nothing was sent.
    Closed(Closure),
    /// The markup was refused; nothing was sent.
    Garbled,
    /// It will never be accepted.
    Refused(String),
    /// It was certainly not sent: no connection.
    NotSent,
    /// It may have arrived: no answer, or one that cannot be read.
    Unknown,
    /// The platform no longer knows this bot: nothing can be sent at all.
    Unauthorised,
}

/// What the platform says of a delivered letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// The message that was made, if one was.
    pub message: Option<i64>,
    /// The answer to a question, for the desk to hear.
    pub answer: Option<ReceiptAnswer>,
}

/// The answer to a question put to the platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReceiptAnswer {
    /// To [`Outgoing::AskPlace`].
    Place(Standing),
    /// To [`Outgoing::AskCount`].
    Count(i64),
    /// To [`Outgoing::Remove`]: it was done.
    Removed,
    /// To [`Outgoing::MakeLink`]: the link.
    Link(String),
}

impl From<ReceiptAnswer> for Outcome {
    fn from(answer: ReceiptAnswer) -> Self {
        match answer {
            ReceiptAnswer::Place(standing) => Self::Place(standing),
            ReceiptAnswer::Count(count) => Self::Count(count),
            ReceiptAnswer::Removed => Self::Removed,
            ReceiptAnswer::Link(link) => Self::Link(link),
        }
    }
}

/// A way out to a platform.
pub trait Channel: Send + Sync + 'static {
    /// Tries once to deliver; takes no longer than its own time-out.
    fn deliver(&self, delivery: &Delivery) -> impl Future<Output = Verdict> + Send;
}
