//! Saying a phrase to one reader: in the reader's language where it can be said, else in the last resort.

use fluent::{FluentArgs, FluentValue};
use serde_json::{Map, Value};

use super::grammar;
use super::html::{ISOLATE, ISOLATE_END, bare_codes, escape, plain, tame, without_isolates};
use super::phrase::{Arg, Phrase};
use super::texts::{Texts, Unsaid};

/// What stands for a variable that nobody filled.
const HOLE: &str = "…";

/// A phrase in a language, and what its variables were.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendered {
    /// The text, as HTML.
    pub html: String,
    /// An object of the arguments by name: texts plain and unescaped, numbers as numbers (36.7 for
    /// tenths), times as `08:00`, days as `2026-04-05`, phrases and lists as plain text.
    pub args: Value,
}

/// Speaks to one reader, in the first of its languages that has the words.
pub(super) struct Speaker<'a> {
    languages: Vec<&'a Texts>,
}

/// An argument in both its shapes.
struct Word {
    said: FluentValue<'static>,
    noted: Value,
}

impl<'a> Speaker<'a> {
    pub(super) fn new(languages: Vec<&'a Texts>) -> Self {
        Self { languages }
    }

    pub(super) fn render(&self, phrase: &Phrase) -> Rendered {
        let (words, args) = self.words(phrase);
        Rendered { html: self.tidy(self.say(phrase.id, words)), args }
    }

    pub(super) fn render_strictly(&self, phrase: &Phrase) -> Result<Rendered, Unsaid> {
        let (words, args) = self.words(phrase);
        let own = self.languages.first().ok_or(Unsaid::Absent)?;
        Ok(Rendered { html: self.tidy(own.say(phrase.id, &words)?), args })
    }

    fn words(&self, phrase: &Phrase) -> (FluentArgs<'static>, Value) {
        let mut said = FluentArgs::new();
        let mut noted = Map::new();
        for (name, arg) in &phrase.args {
            let word = self.word(arg);
            said.set(*name, word.said);
            noted.insert((*name).to_owned(), word.noted);
        }
        (said, Value::Object(noted))
    }

    fn word(&self, arg: &Arg) -> Word {
        match arg {
            Arg::Text(text) => self.text(&tame(text)),
            Arg::Number(number) => Word { said: (*number).into(), noted: (*number).into() },
            Arg::Tenths(tenths) => self.tenths(*tenths),
            Arg::Time(time) => self.text(&time.format("%H:%M").to_string()),
            Arg::Day(day) => {
                Word { said: self.html(&grammar::day(*day)).into(), noted: day.to_string().into() }
            }
            Arg::Phrase(phrase) => piece(self.html(phrase)),
            Arg::Lines(phrases) => piece(self.lines(phrases)),
            Arg::List(items) => self.word(&grammar::list(items)),
        }
    }

    fn text(&self, text: &str) -> Word {
        Word { said: self.isolated(&escape(text)).into(), noted: text.into() }
    }

    fn tenths(&self, tenths: i64) -> Word {
        let written = without_isolates(&self.html(&grammar::tenths(tenths)));
        let value = format!("{tenths}e-1").parse().map_or(Value::Null, Value::Number);
        Word { said: self.isolated(&written).into(), noted: value }
    }

    fn lines(&self, phrases: &[Phrase]) -> String {
        phrases.iter().map(|phrase| self.html(phrase)).collect::<Vec<_>>().join("\n")
    }

    fn html(&self, phrase: &Phrase) -> String {
        self.render(phrase).html
    }

    /// Says a message in the first language that can. If none can because a variable was not
    /// filled, a text with a hole still tells more than an apology.
    fn say(&self, id: &str, mut words: FluentArgs<'static>) -> String {
        let mut holes = Vec::new();
        for language in &self.languages {
            match language.say(id, &words) {
                Ok(text) => return text,
                Err(unsaid) => {
                    tracing::error!(id, language = %language.tag, %unsaid, "a message could not be said");
                    holes.extend(unsaid.missing_variables().map(str::to_owned));
                }
            }
        }
        for name in holes {
            words.set(name, HOLE);
        }
        let with_holes = self.first_to_say(id, &words);
        with_holes
            .or_else(|| self.first_to_say(grammar::unsaid().id, &words))
            .unwrap_or_else(|| HOLE.to_owned())
    }

    fn first_to_say(&self, id: &str, words: &FluentArgs<'_>) -> Option<String> {
        self.languages.iter().find_map(|language| language.say(id, words).ok())
    }

    fn isolated(&self, text: &str) -> String {
        if self.right_to_left() { format!("{ISOLATE}{text}{ISOLATE_END}") } else { text.to_owned() }
    }

    fn tidy(&self, html: String) -> String {
        if self.right_to_left() { bare_codes(&html) } else { html }
    }

    fn right_to_left(&self) -> bool {
        self.languages.first().is_some_and(|language| language.right_to_left)
    }
}

/// A part in the reader's language, inserted as it is.
fn piece(html: String) -> Word {
    Word { noted: without_isolates(&plain(&html)).into(), said: html.into() }
}
