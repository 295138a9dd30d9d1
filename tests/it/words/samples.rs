//! Sample arguments: what each variable is tried with, chosen by the last part of its name.

use chrono::{NaiveDate, NaiveTime};
use doorstep::base::language::{Arg, Phrase, say};

use super::texts::Text;

/// The kinds of variables; `words.rs` and `locales/README.md` explain them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Number,
    Tenths,
    Time,
    Day,
    Lines,
    List,
    Text,
}

/// The counts every message is tried with; between them they reach all plural forms of small numbers.
const COUNTS: [i64; 9] = [14, 0, 1, 2, 3, 5, 11, 21, 3718];

/// The kind that a variable's name tells.
pub fn kind(variable: &str) -> Kind {
    match variable.trim_start_matches('$').rsplit('_').next().unwrap_or_default() {
        "n" | "no" | "count" | "total" | "day" | "days" | "hours" | "minutes" | "month"
        | "weekday" | "year" | "page" | "pages" | "degrees" => Kind::Number,
        "celsius" => Kind::Tenths,
        "time" | "at" => Kind::Time,
        "date" | "on" => Kind::Day,
        "lines" => Kind::Lines,
        "list" | "items" => Kind::List,
        _ => Kind::Text,
    }
}

/// An English message's phrases: one for each count, and one for each word by which it chooses.
pub fn of(text: &Text) -> Vec<Phrase> {
    let counted = variables(text).any(|name| kind(name) == Kind::Number);
    let counts = if counted { COUNTS.as_slice() } else { &COUNTS[..1] };
    let by_count = counts.iter().map(|count| phrase(text, *count));
    let by_word = words(text).map(|(name, word)| phrase(text, COUNTS[0]).with(leaked(name), word));
    by_count.chain(by_word).collect()
}

/// Each variable by which a message chooses a word, with each of the words.
fn words(text: &Text) -> impl Iterator<Item = (&str, &String)> {
    let named = text.facts.choices.iter().filter_map(|c| Some((c.by.strip_prefix('$')?, &c.words)));
    let by_word = named.filter(|(name, _)| kind(name) == Kind::Text);
    by_word.flat_map(|(name, words)| words.iter().map(move |word| (name, word)))
}

fn phrase(text: &Text, count: i64) -> Phrase {
    variables(text)
        .fold(say(leaked(&text.id)), |phrase, name| phrase.with(leaked(name), sample(name, count)))
}

fn variables(text: &Text) -> impl Iterator<Item = &str> {
    text.variables.iter().filter_map(|name| name.strip_prefix('$'))
}

fn sample(variable: &str, count: i64) -> Arg {
    match kind(variable) {
        Kind::Number => count.into(),
        Kind::Tenths => Arg::Tenths(367),
        Kind::Time => NaiveTime::from_hms_opt(18, 5, 0).unwrap().into(),
        Kind::Day => NaiveDate::from_ymd_opt(2026, 4, 5).unwrap().into(),
        Kind::Lines => vec![say("language-name"), say("language-name")].into(),
        Kind::List => Arg::List(vec!["Li".into(), "Ana".into(), Arg::Tenths(367)]),
        Kind::Text => "A<&>1".into(),
    }
}

/// Ids and names are static in the program; here they come from files and live as long as the tests.
fn leaked(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}
