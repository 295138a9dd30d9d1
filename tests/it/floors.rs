//! The floors of the house: what every file under `src/` takes from the others, and that arrows point
//! down. Today's exceptions stand in one list with their reasons; a new one fails.

use std::fs;
use std::path::Path;

mod sources;

use sources::{Source, sources};

/// The features of the desk. They meet at the household and nowhere else.
const FEATURES: [&str; 6] = ["doorway", "health_check", "intake", "retention", "supply", "talk"];
/// The desk's small files that every room may use.
const SMALL: [&str; 6] = ["press", "prompt", "reference", "who", "local_time", "choice"];
/// What composes the features; only the doors and the loops stand above it.
const COMPOSED: [&str; 9] =
    ["mod", "hear", "pressed", "command", "due", "card", "file", "timeline", "operator"];
const DOORS: [&str; 3] = ["telegram", "http", "sandbox"];

/// Telegram's library.
const LIBRARY: &str = "teloxide";

/// Pure files: rules without a database and without waiting.
const NOUNS: [&str; 12] = [
    "desk/household/file.rs",
    "desk/escalation/alert.rs",
    "desk/health_check/check.rs",
    "desk/health_check/slot.rs",
    "desk/supply/request.rs",
    "desk/staff/person.rs",
    "desk/staff/policy.rs",
    "desk/talk/free_text.rs",
    "desk/retention/schedule.rs",
    "desk/reference.rs",
    "desk/who.rs",
    "desk/local_time.rs",
];

/// Arrows that do not point down, each with the reason why it is left: file, what it takes, why.
const EXCEPTIONS: [(&str, &str, &str); 7] = [
    ("desk/doorway/binding.rs", "desk::health_check", "the room of the next line"),
    ("desk/doorway/binding.rs", "desk::health_check::begin", "binding begins the checks"),
    (
        "desk/doorway/chat.rs",
        "desk::health_check::question::claimed",
        "who an account is settles the values that it sent before",
    ),
    ("desk/doorway/chat.rs", "desk::health_check", "the room of the line before"),
    (
        "desk/press.rs",
        "desk::health_check::reading::Celsius",
        "a button carries a temperature; the type is pure",
    ),
    ("http/mod.rs", "telegram::intake::Polls", "readiness is the age of the last poll"),
    ("http/letters.rs", "telegram::outbound::method", "letters are shown by the platform's words"),
];

/// No file is longer than this, without its unit tests.
const LONGEST: usize = 400;
/// Those that have outgrown it, each with the reason why it is still one file; none may reach
/// [`TOO_LONG`].
const OUTGROWN: [(&str, &str); 6] = [
    ("desk/health_check/mod.rs", "what falls due and what is recorded want two files"),
    ("desk/health_check/chat.rs", "what is said and what is heard want two files"),
    ("desk/health_check/store.rs", "rows of slots, reports and questions"),
    ("desk/household/store.rs", "rows of households, claims and links"),
    ("base/outbox.rs", "the letter, its writing and its listing"),
    ("base/relay.rs", "one loop"),
];
const TOO_LONG: usize = 600;

/// What is wrong with an arrow from a file to a path, if anything is.
fn wrong(file: &Source, path: &str) -> Option<String> {
    let excepted = EXCEPTIONS.iter().any(|(from, to, _)| *from == file.name && *to == path);
    let parts: Vec<&str> = path.split("::").collect();
    let allowed = excepted || may(&file.rooms(), &parts);
    (!allowed).then(|| format!("{} takes {path}", file.name))
}

/// Whether a file in these rooms may take something from those.
fn may(from: &[&str], to: &[&str]) -> bool {
    let Some(floor) = to.first().copied() else { return true };
    if floor == LIBRARY {
        return true; // a test of its own
    }
    match from[0] {
        "base" => matches!(floor, "base" | "config"),
        "config" => floor == "config",
        "desk" => match floor {
            "base" | "config" => true,
            "desk" => may_in_desk(from[1], to.get(1).copied()),
            _ => false,
        },
        "telegram" => matches!(floor, "telegram" | "base" | "config"),
        "http" => matches!(floor, "http" | "desk" | "base" | "config"),
        // Above the doors: the loops, the command line, and the demo, which plays the whole program.
        _ => true,
    }
}

fn may_in_desk(from: &str, to: Option<&str>) -> bool {
    let Some(to) = to else { return COMPOSED.contains(&from) };
    if from == to || COMPOSED.contains(&from) {
        return true;
    }
    let small = SMALL.contains(&to);
    match from {
        "staff" => small,
        "escalation" => small || to == "staff",
        "household" => small || matches!(to, "staff" | "escalation"),
        "scene" => small || matches!(to, "staff" | "household"),
        _ if FEATURES.contains(&from) => {
            small || matches!(to, "staff" | "escalation" | "household" | "scene")
        }
        _ if SMALL.contains(&from) => small,
        _ => false,
    }
}

#[test]
fn arrows_point_down() {
    let all = sources();
    assert!(all.len() > 100, "the sources are read");
    let found: Vec<String> = all
        .iter()
        .flat_map(|file| file.takes.iter().filter_map(|path| wrong(file, path)))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_room_of_the_desk_has_its_floor() {
    for file in sources().iter().filter(|file| file.name.starts_with("desk/")) {
        let room = file.rooms()[1];
        let floors = ["staff", "escalation", "household", "scene"];
        let known = floors.contains(&room)
            || FEATURES.contains(&room)
            || SMALL.contains(&room)
            || COMPOSED.contains(&room);
        assert!(known, "{}: say above which floor it stands", file.name);
    }
}

#[test]
fn every_exception_is_still_needed() {
    let all = sources();
    for (from, to, why) in EXCEPTIONS {
        let file = all.iter().find(|file| file.name == from).expect(from);
        assert!(file.takes.contains(to), "{from} no longer takes {to} ({why}): cross it out");
    }
}

#[test]
fn nobody_below_knows_a_door() {
    for file in sources() {
        let below = ["base/", "config", "desk/"].iter().any(|floor| file.name.starts_with(floor));
        let doors = file.takes.iter().filter(|path| DOORS.iter().any(|door| is_in(path, door)));
        let doors: Vec<&String> = doors.collect();
        assert!(!below || doors.is_empty(), "{} knows {doors:?}", file.name);
    }
}

#[test]
fn telegram_s_library_lives_in_its_door_alone() {
    for file in sources() {
        let knows = file.takes.contains(LIBRARY);
        assert!(!knows || file.name.starts_with("telegram/"), "{} knows it", file.name);
    }
}

#[test]
fn nouns_know_no_database_and_wait_for_nothing() {
    let all = sources();
    for noun in NOUNS {
        let file = all.iter().find(|file| file.name == noun).expect(noun);
        assert!(!file.code.contains("async "), "{noun} waits");
        assert!(!file.code.contains("sqlx::query"), "{noun} asks a database");
        let stores = file.takes.iter().filter(|path| {
            // The macro by which a word is stored as itself is no store.
            path.split("::").any(|part| part == "store" || part == "turn")
                && *path != "base::store::stored_word"
        });
        assert_eq!(stores.count(), 0, "{noun} knows rows: {:?}", file.takes);
    }
}

#[test]
fn queries_stand_in_stores_alone() {
    for file in sources() {
        let store = file.name.starts_with("base/")
            || file.name.ends_with("/store.rs")
            || file.name.contains("/store/");
        assert!(store || !file.code.contains("sqlx::query"), "{} asks a database", file.name);
    }
}

#[test]
fn one_room_asks_the_machine_for_the_time() {
    for file in sources().iter().filter(|file| file.name != "base/clock.rs") {
        for asks in ["Utc::now", "Local::now", "SystemTime::now"] {
            assert!(!file.code.contains(asks), "{}: {asks}", file.name);
        }
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for file in sources() {
        assert!(file.text.starts_with("//!"), "{} begins without //!", file.name);
    }
}

#[test]
fn files_stay_short() {
    for file in sources() {
        let lines = file.text.lines().take_while(|line| !line.starts_with("#[cfg(test)]")).count();
        let outgrown = OUTGROWN.iter().any(|(name, _)| *name == file.name);
        let most = if outgrown { TOO_LONG } else { LONGEST };
        assert!(lines <= most, "{} has {lines} lines, at most {most}", file.name);
    }
}

fn is_in(path: &str, room: &str) -> bool {
    path.split("::").next() == Some(room)
}

#[test]
fn the_reader_of_sources_sees_every_kind_of_arrow() {
    let text = "//! A file.\nuse crate::base::{clock::Timestamp, store::{self, Tx}};\n\
                use super::{doorway, hear as ears};\n// use crate::http;\nfn a() {\n    \
                super::staff::store::get(); crate::telegram::menu::set()\n}\n\
                #[cfg(test)]\nmod tests {\n    use crate::sandbox;\n}\n";
    let file = Source::read("desk/card.rs", text.to_owned());
    let takes: Vec<&str> = file.takes.iter().map(String::as_str).collect();
    assert_eq!(
        takes,
        [
            "base::clock::Timestamp",
            "base::store",
            "base::store::Tx",
            "desk::doorway",
            "desk::hear",
            "desk::staff::store::get",
            "telegram::menu::set",
        ]
    );
}

#[test]
fn the_house_is_where_it_is_looked_for() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    assert!(fs::exists(src.join("lib.rs")).unwrap());
}
