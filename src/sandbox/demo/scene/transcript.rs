//! The transcript: time, place, who, and what; then whatever has changed on the screens.

use std::collections::BTreeMap;

use chrono::Timelike;

use crate::base::clock::Timestamp;
use crate::sandbox::demo::picture::{ChatPicture, Shown};
use crate::sandbox::demo::town::ZONE;

/// Where the words of a line begin.
const INDENT: usize = 24;

/// What has been written down so far.
#[derive(Debug)]
pub(super) struct Transcript {
    places: BTreeMap<i64, &'static str>,
    seen: BTreeMap<(i64, i64), Shown>,
}

/// Something that can be seen: when, where, and the words for it.
struct Line {
    at: Timestamp,
    chat: i64,
    words: String,
}

impl Transcript {
    /// A transcript that begins at this picture; what is there already is not told.
    pub fn begin(places: BTreeMap<i64, &'static str>, chats: &[ChatPicture]) -> Self {
        Self { places, seen: messages(chats).map(|(key, shown)| (key, shown.clone())).collect() }
    }

    /// Tells what is new on the screens.
    pub fn tell(&mut self, chats: &[ChatPicture], now: Timestamp) {
        let mut lines: Vec<Line> = Vec::new();
        for ((chat, id), shown) in messages(chats) {
            let told = match self.seen.insert((chat, id), shown.clone()) {
                None => vec![(shown.at, first_seen(shown))],
                Some(before) => changes(&before, shown).into_iter().map(|it| (now, it)).collect(),
            };
            lines.extend(told.into_iter().map(|(at, words)| Line { at, chat, words }));
        }
        lines.sort_by_key(|line| line.at);
        lines.into_iter().filter(|line| !line.words.is_empty()).for_each(|line| self.print(&line));
    }

    /// Tells what somebody does that leaves no message.
    pub fn note(&self, now: Timestamp, chat: i64, words: String) {
        self.print(&Line { at: now, chat, words });
    }

    fn print(&self, line: &Line) {
        let place = self.places.get(&line.chat).copied().unwrap_or("elsewhere");
        let gap = format!("\n{:INDENT$}", "");
        println!("{}  {place:<17}{}", clock(line.at), line.words.replace('\n', &gap));
    }
}

/// The time of day in Sunshine Garden.
pub(super) fn clock(at: Timestamp) -> String {
    let local = at.utc().with_timezone(&ZONE);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

fn messages(chats: &[ChatPicture]) -> impl Iterator<Item = ((i64, i64), &Shown)> {
    chats.iter().flat_map(|chat| chat.messages.iter().map(|shown| ((chat.chat, shown.id), shown)))
}

fn first_seen(shown: &Shown) -> String {
    let sound = if shown.silent { " (without sound)" } else { "" };
    match shown.kind {
        "text" => format!("{}{sound}: {}{}", shown.name, shown.text, keys(shown)),
        "photo" => format!("{}{sound}: [photo] {}{}", shown.name, shown.text, keys(shown)),
        // the pin and other events of the chat itself
        _ => String::new(),
    }
}

fn changes(before: &Shown, shown: &Shown) -> Vec<String> {
    let mut told = Vec::new();
    if before.text != shown.text || before.buttons.len() != shown.buttons.len() {
        let what = if shown.pinned { "card" } else { "message" };
        told.push(format!("{} changes the {what}: {}{}", shown.name, shown.text, keys(shown)));
    }
    let new = shown.reactions.iter().filter(|reaction| !before.reactions.contains(reaction));
    told.extend(new.map(|new| format!("{} reacts {} to {}", new.name, new.emoji, shown.text)));
    told
}

fn keys(shown: &Shown) -> String {
    let row = |row: &Vec<crate::sandbox::Button>| {
        let labels: Vec<_> = row.iter().map(|button| format!("[{}]", button.text)).collect();
        format!("\n{}", labels.join(" "))
    };
    shown.buttons.iter().map(row).collect()
}
