//! The read-out of a parse, in English, for whoever asks why the bot answered as it did.

use super::lexicon::{Lexicon, Meaning, Side};
use super::message::Message;
use super::number::{Number, Shape};
use super::token::{Kind, Token};
use super::{Heard, QuestionKind, Reading, decide, red_flags};

/// Explains a message line by line: what each piece was taken for, then the verdict and its reason.
#[must_use]
pub fn explain(text: &str, lexicon: &Lexicon, members: &[&str]) -> Vec<String> {
    let message = Message::understand(text, lexicon, members);
    let mut lines: Vec<String> =
        (0..message.tokens.len()).map(|at| token_line(&message, at)).collect();
    lines.extend(red_flags(text, lexicon).iter().map(|flag| format!("red flag: {flag}")));
    let verdict = decide::decide(&message);
    lines.push(format!("verdict: {}", heard_line(&verdict.heard)));
    lines.push(format!("because: {}", verdict.why));
    lines
}

fn token_line(message: &Message<'_>, at: usize) -> String {
    let token = &message.tokens[at];
    let typed = message.typed(at..at + 1).escape_debug();
    let name = message.names.iter().find(|name| name.tokens.contains(&at));
    let value = message.values.iter().find(|value| value.at == at);
    let taken_for = match (name, value, message.set_aside[at]) {
        (Some(name), ..) => {
            format!("a person ({:?}, {})", name.kind, name.hint.as_deref().unwrap_or("no name"))
        }
        (_, Some(value), _) => format!("{} °C, {:?}: {}", value.celsius, value.estimate, value.why),
        (.., Some(topic)) => format!("no temperature: {topic}"),
        _ => kind_line(token),
    };
    format!("“{typed}”: {taken_for}")
}

fn kind_line(token: &Token<'_>) -> String {
    match token.kind {
        Kind::Number(number) => format!("a number of no use ({})", number_line(&number)),
        Kind::Word(meanings) => {
            meanings.iter().copied().map(meaning_line).collect::<Vec<_>>().join(", ")
        }
        Kind::Unknown { .. } => "unknown word".to_owned(),
        Kind::Mark(mark) => format!("mark ({mark:?})"),
        Kind::Link => "a link".to_owned(),
    }
}

fn number_line(number: &Number) -> &'static str {
    match number.shape {
        Shape::Whole => "whole",
        Shape::Decimal => "decimal",
        Shape::Degree => "degrees and tenths",
        Shape::Gap => "two parts without a point",
        Shape::Clock => "a time",
        Shape::Ordinal => "the number of a line",
        Shape::Code => "a code",
    }
}

fn meaning_line(meaning: Meaning) -> String {
    match meaning {
        Meaning::Sense(sense) => sense.to_string().replace('_', " "),
        Meaning::Symptom(code) => format!("symptom {code}"),
        Meaning::Part(code) => format!("part of the body ({code})"),
        Meaning::Faculty(code) => format!("{code} if denied"),
        Meaning::Site(site) => format!("measuring site {site}"),
        Meaning::DayPart(part) => format!("{part}"),
        Meaning::Topic(topic, Side::Before) => format!("{topic}, said before its number"),
        Meaning::Topic(topic, Side::After) => format!("{topic}, said after its number"),
        Meaning::Topic(topic, Side::Near) => format!("{topic}"),
        Meaning::Numeral(value) => format!("numeral {value}"),
    }
}

fn heard_line(heard: &Heard) -> String {
    match heard {
        Heard::Silence => "silence".to_owned(),
        Heard::Ask(question) => format!(
            "ask {} about “{}”",
            question_line(&question.kind),
            question.heard.escape_debug()
        ),
        Heard::Readings { readings, correction } => {
            let listed = readings.iter().map(reading_line).collect::<Vec<_>>().join("; ");
            format!("{} {listed}", if *correction { "correction" } else { "record" })
        }
    }
}

fn question_line(kind: &QuestionKind) -> String {
    match kind {
        QuestionKind::Confirm(celsius) => format!("“did you mean {celsius} °C?”"),
        QuestionKind::Which(values) => format!("whose {} values are", values.len()),
        QuestionKind::OutOfRange(celsius) => format!("for another value than {celsius} °C"),
        QuestionKind::Number => "for the number".to_owned(),
    }
}

fn reading_line(reading: &Reading) -> String {
    let who = reading.member_hint.as_deref().unwrap_or("the sender");
    let symptoms = reading.symptoms.as_ref().map(|codes| match codes.as_slice() {
        [] => ", no symptoms".to_owned(),
        codes => format!(", {}", codes.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(" ")),
    });
    let site = reading.site.map(|site| format!(", {site}")).unwrap_or_default();
    format!("{who} {} °C{}{site}", reading.celsius, symptoms.unwrap_or_default())
}
