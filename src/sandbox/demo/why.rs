//! Why somebody got a message of the bot: the letters that made and changed it, the rule behind its
//! text, what caused it, how the words that caused it were read, and who sees it.

mod cause;
mod rules;

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::control::{Answer, Demo, refused};
use super::picture::BOT;
use super::rehearsal::Letter;
use super::stage::Stage;
use crate::base::clock::Timestamp;
use crate::sandbox::ChatId;

/// A message that somebody asks about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    chat: i64,
    message: i64,
}

/// The answer.
#[derive(Debug, Serialize)]
struct Why<'a> {
    text_id: &'a str,
    language: &'a str,
    lane: &'a str,
    silent: bool,
    written_at: Timestamp,
    rule: rules::Told,
    cause: cause::Cause,
    change: Option<Change>,
    sees: Sees,
}

/// The last change of the message.
#[derive(Debug, Serialize)]
struct Change {
    at: Timestamp,
    cause: cause::Cause,
}

/// Who sees the message.
#[derive(Debug, Serialize)]
struct Sees {
    chat: String,
    is_private: bool,
    people: Vec<String>,
}

pub(super) async fn why(State(demo): State<Demo>, Query(asked): Query<Asked>) -> Answer {
    let stage = demo.theatre.stage();
    let chat = stage.chat(asked.chat)?;
    let all = stage.rehearsal.letters(0).await?;
    let is_about = |letter: &&Letter| {
        letter.chat_id == asked.chat
            && letter.message_id == Some(asked.message)
            && letter.state == "sent"
            && (letter.text_id.is_some() || letter.is_new_message())
    };
    let letters: Vec<&Letter> = all.iter().filter(is_about).collect();
    let (Some(first), Some(last)) = (letters.first(), letters.last()) else {
        return Err(refused("nothing is known about this message"));
    };
    // what is copied has no text of ours
    let text_id = last.text_id.as_deref().unwrap_or(rules::COPY);
    let why = Why {
        text_id,
        language: last.language.as_deref().unwrap_or_default(),
        lane: &last.lane,
        // a change makes no sound; what counts is how the message came
        silent: first.silent,
        written_at: first.at,
        rule: rules::told(text_id),
        cause: cause::of(&stage, &all, first),
        change: (first.id != last.id)
            .then(|| Change { at: last.at, cause: cause::of(&stage, &all, last) }),
        sees: sees(&stage, chat),
    };
    Ok(Json(json!(why)))
}

fn sees(stage: &Stage, chat: ChatId) -> Sees {
    let members = stage.sandbox.members(chat).into_iter();
    let people = members.filter(|member| member.status.is_present() && member.user != stage.bot);
    let is_private = chat.is_private();
    let chat = if is_private { BOT.to_owned() } else { stage.sandbox.title(chat) };
    Sees { chat, is_private, people: people.map(|member| member.name).collect() }
}
