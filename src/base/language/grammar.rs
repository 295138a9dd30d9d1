//! How numbers, days and lists become phrases of the engine's own messages, so that each language writes them as data
//! in its `language.ftl`.

use chrono::{Datelike, NaiveDate};

use super::phrase::{Arg, Phrase, say};

/// What every language must hold before it may be used at all.
pub(super) const REQUIRED: [&str; 7] = [
    "language-name",
    "language-direction",
    "language-unsaid",
    "language-tenths",
    "language-day",
    "language-list-more",
    "language-list-last",
];

/// `ltr` or `rtl`.
pub(super) fn direction() -> Phrase {
    say("language-direction")
}

/// What is shown when nothing else can be.
pub(super) fn unsaid() -> Phrase {
    say("language-unsaid")
}

/// 367 as 36 and 7, for the language's decimal mark.
pub(super) fn tenths(tenths: i64) -> Phrase {
    let sign = if tenths < 0 { "-" } else { "" };
    let size = tenths.unsigned_abs();
    say("language-tenths")
        .with("whole", format!("{sign}{}", size / 10))
        .with("tenth", (size % 10).to_string())
}

/// A day by its numbers: Monday is 1, January is 1.
pub(super) fn day(day: NaiveDate) -> Phrase {
    say("language-day")
        .with("weekday", day.weekday().number_from_monday())
        .with("day", day.day())
        .with("month", day.month())
        .with("year", day.year())
}

/// Things in a row: all but the last joined one by one, then the last one in its own way.
pub(super) fn list(items: &[Arg]) -> Arg {
    let Some((last, others)) = items.split_last() else {
        return Arg::from("");
    };
    let joined = others.iter().cloned().reduce(|items, item| {
        say("language-list-more").with("items", items).with("item", item).into()
    });
    match joined {
        Some(items) => {
            say("language-list-last").with("items", items).with("item", last.clone()).into()
        }
        None => last.clone(),
    }
}
