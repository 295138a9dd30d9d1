//! The transcript: time, place, who, and what; then whatever has changed on the screens.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::iter;

use chrono::Timelike;

use crate::base::clock::Timestamp;
use crate::sandbox::demo::cast::Cast;
use crate::sandbox::demo::picture::{ChatPicture, Reaction, Shown};
use crate::sandbox::demo::stage::Stage;
use crate::sandbox::demo::town::{CHINESE_HOME, FRENCH_HOME, ZONE};
use crate::sandbox::{Button, Person};

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
    /// A transcript that begins at this picture of a stage; what is there already is not told.
    pub fn begin(stage: &Stage, chats: &[ChatPicture]) -> Self {
        let places = places(stage);
        Self { places, seen: messages(chats).map(|(key, shown)| (key, shown.clone())).collect() }
    }

    /// Tells what is new on the screens.
    pub fn tell(&mut self, chats: &[ChatPicture], now: Timestamp) {
        let mut lines: Vec<Line> = Vec::new();
        for ((chat, id), shown) in messages(chats) {
            let told = match self.seen.insert((chat, id), shown.clone()) {
                None => first_seen(shown),
                Some(before) => changes(&before, shown, now),
            };
            lines.extend(told.into_iter().map(|(at, words)| Line { at, chat, words }));
        }
        lines.sort_by_key(|line| line.at);
        for line in &lines {
            self.print(line);
        }
    }

    /// Tells what somebody does that leaves no message.
    pub fn note(&self, now: Timestamp, chat: i64, words: String) {
        self.print(&Line { at: now, chat, words });
    }

    fn print(&self, line: &Line) {
        let place = self.places.get(&line.chat).copied().unwrap_or("elsewhere");
        let gap = format!("\n{:INDENT$}", "");
        let words = line.words.replace('\n', &gap);
        print(&format!("{}  {place:<17}{words}", clock(line.at)));
    }
}

/// What each chat is called in the transcript.
fn places(stage: &Stage) -> BTreeMap<i64, &'static str> {
    let mut places = BTreeMap::from([
        (stage.homes.chinese.number(), CHINESE_HOME),
        (stage.homes.french.number(), FRENCH_HOME),
    ]);
    let desks = ["worker Wang", "worker Liu", "lead Chen", "officer Zhao", "doctor Lin"];
    let staff: [(&str, &Person); 5] = Cast::staff(&stage.cast);
    places.extend(staff.iter().zip(desks).map(|((_, person), desk)| (person.id().0, desk)));
    places
}

/// Writes a line to standard output. Whoever stopped reading misses the rest.
pub(super) fn print(line: &str) {
    writeln!(io::stdout(), "{line}").ok();
}

/// The time of day in Sunshine Garden.
fn clock(at: Timestamp) -> String {
    let local = at.utc().with_timezone(&ZONE);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

fn messages(chats: &[ChatPicture]) -> impl Iterator<Item = ((i64, i64), &Shown)> {
    chats.iter().flat_map(|chat| chat.messages.iter().map(|shown| ((chat.chat, shown.id), shown)))
}

/// A new message, and what was thought of it at once; events of the chat itself are not told.
fn first_seen(shown: &Shown) -> Vec<(Timestamp, String)> {
    let sound = if shown.silent { " (without sound)" } else { "" };
    let photo = if shown.kind == "photo" { "[photo] " } else { "" };
    if !["text", "photo"].contains(&shown.kind) {
        return Vec::new();
    }
    let words = format!("{}{sound}: {photo}{}{}", shown.name, shown.text, keys(shown));
    let said = (shown.at, words);
    iter::once(said).chain(reacted(&[], shown, shown.at)).collect()
}

fn changes(before: &Shown, shown: &Shown, now: Timestamp) -> Vec<(Timestamp, String)> {
    let mut told = Vec::new();
    if before.text != shown.text || before.buttons.len() != shown.buttons.len() {
        let what = if shown.pinned { "card" } else { "message" };
        let who = &shown.name;
        told.push((now, format!("{who} changes the {what}: {}{}", shown.text, keys(shown))));
    }
    told.extend(reacted(&before.reactions, shown, now));
    told
}

fn reacted(
    before: &[Reaction],
    shown: &Shown,
    at: Timestamp,
) -> impl Iterator<Item = (Timestamp, String)> {
    let new = shown.reactions.iter().filter(|reaction| !before.contains(reaction));
    new.map(move |new| (at, format!("{} reacts {} to “{}”", new.name, new.emoji, shown.text)))
}

fn keys(shown: &Shown) -> String {
    let label = |button: &Button| format!("[{}]", button.text);
    let row = |row: &Vec<Button>| row.iter().map(label).collect::<Vec<_>>().join(" ");
    shown.buttons.iter().fold(String::new(), |all, buttons| all + "\n" + &row(buttons))
}
