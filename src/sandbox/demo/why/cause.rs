//! What caused a letter, in a sentence: somebody's words or press, or a time that came; and how the words
//! were read.

use serde::Serialize;

use crate::base::language::Languages;
use crate::desk::health_check::lexicons::Lexicons;
use crate::desk::health_check::reading::explain;
use crate::sandbox::Origin;
use crate::sandbox::demo::rehearsal::Letter;
use crate::sandbox::demo::stage::Stage;

/// What caused a letter.
#[derive(Debug, Serialize)]
pub(super) struct Cause {
    /// In the words of the letter: `update 812`.
    pub id: String,
    /// In a sentence.
    pub says: String,
    /// How the words that caused it were read, line by line; empty if there were none to be read.
    pub reading: Vec<String>,
}

/// The cause of a letter, among all letters.
pub(super) fn of(stage: &Stage, all: &[Letter], letter: &Letter) -> Cause {
    let (kind, rest) = letter.cause.split_once(' ').unwrap_or_default();
    let origin = match kind {
        "update" => rest.parse().ok().and_then(|id| stage.sandbox.origin(stage.bot, id)),
        _ => None,
    };
    let says = match (&origin, kind) {
        (Some(origin), _) => deed(stage, origin, all),
        (None, "due") => time_came(rest).to_owned(),
        (None, "letter") => format!("What became of letter {rest} had to be dealt with."),
        (None, _) => "Something happened in the pretend Telegram.".to_owned(),
    };
    let reading = origin.map(|origin| reading(&origin, all)).unwrap_or_default();
    Cause { id: letter.cause.clone(), says, reading }
}

fn deed(stage: &Stage, origin: &Origin, all: &[Letter]) -> String {
    let name = origin.from.and_then(|user| stage.sandbox.name(user)).unwrap_or_default();
    let words = &origin.words;
    match origin.kind.as_str() {
        "message" if words.is_empty() => format!("{name} sent something that is no text."),
        // a link's token is a secret of whoever was given it
        "message" if words.starts_with("/start") => {
            format!("{name} opened a link or pressed Start.")
        }
        "message" => format!("{name} wrote “{words}”."),
        "edited_message" => format!("{name} changed a message to “{words}”."),
        "callback_query" => match action(origin, all) {
            Some(action) => format!("{name} pressed a button ({action})."),
            None => format!("{name} pressed a button."),
        },
        "my_chat_member" => format!("{name} changed what the bot is in the chat."),
        "chat_join_request" => format!("{name} asked to join the chat."),
        "chat_member" => format!("{name} changed who is in the chat."),
        kind => format!("{name} did something in the chat ({kind})."),
    }
}

/// The action of the button that was pressed.
fn action<'l>(origin: &Origin, all: &'l [Letter]) -> Option<&'l str> {
    let mut buttons = all.iter().flat_map(|letter| letter.buttons.iter().flatten());
    buttons.find(|button| button.data == origin.words)?.action.as_deref()
}

/// What fell due, from its name in the letter's cause: `Slot(3)`.
fn time_came(due: &str) -> &'static str {
    match due.split_once('(').map_or(due, |(kind, _)| kind) {
        "Household" => "The time of a household's next health check came, or of its first contact.",
        "Slot" => "The time of a step of a health check came: reminder, nudge, or overdue.",
        "Question" => "A question about a high value was not answered in time.",
        "Alert" => "Nobody had dealt with an alert in time: it climbed a rung, or is told again.",
        "Request" => "Nobody had taken a request in time.",
        "Foreign" => "The bot has been in a chat that belongs to nobody for long enough.",
        "Transfer" => "Nobody had accepted a household in time.",
        "Calling" => "The time in which one person alone was to call a household is over.",
        "FreeText" => "Nobody had answered somebody's words in time.",
        _ => "A time came.",
    }
}

/// How somebody's words in a household's group were read, in the language in which it is spoken to.
fn reading(origin: &Origin, all: &[Letter]) -> Vec<String> {
    if !["message", "edited_message"].contains(&origin.kind.as_str())
        || origin.chat.is_none_or(|chat| chat > 0)
        || origin.words.is_empty()
        || origin.words.starts_with('/')
    {
        return Vec::new();
    }
    let mut here = all.iter().rev().filter(|letter| Some(letter.chat_id) == origin.chat);
    let language = here.find_map(|letter| letter.language.as_deref());
    read(&origin.words, language.unwrap_or("en")).unwrap_or_default()
}

fn read(words: &str, language: &str) -> Option<Vec<String>> {
    let languages = Languages::embedded().ok()?;
    let lexicons = Lexicons::load(&languages).ok()?;
    let lexicon = lexicons.get(&languages.get(language)?)?;
    let lines = explain(words, lexicon, &[]);
    let of_use = ["red flag: ", "verdict: ", "because: "];
    Some(lines.into_iter().filter(|line| of_use.iter().any(|it| line.starts_with(it))).collect())
}
