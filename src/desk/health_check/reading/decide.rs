//! The verdict: readings, one question, or silence, and the reason for it.

use super::estimate::{Estimate, Value};
use super::lexicon::{DayPart, Meaning, Sense};
use super::message::Message;
use super::pairing::{self, Pair};
use super::people::NameKind;
use super::symptom::{self, Mention, Told};
use super::token::{Mark, Token};
use super::{Celsius, Heard, Question, QuestionKind, Reading};

/// What a message was taken for, and why.
pub(super) struct Verdict {
    pub heard: Heard,
    pub why: &'static str,
}

/// Judges a message.
pub(super) fn decide(message: &Message<'_>) -> Verdict {
    let mentions = symptom::mentions(message);
    if is_notice(message) {
        return silence("a notice to everybody");
    }
    if message.values.is_empty() {
        return without_value(message, &mentions);
    }
    ask_about_wording(message, &mentions)
        .or_else(|| ask_about_value(message, &mentions))
        .unwrap_or_else(|| readings(message, &mentions))
}

fn silence(why: &'static str) -> Verdict {
    Verdict { heard: Heard::Silence, why }
}

fn ask(kind: QuestionKind, heard: &str, mentions: &[Mention], why: &'static str) -> Verdict {
    let question = Question { kind, heard: heard.to_owned(), symptoms: symptom::summary(mentions) };
    Verdict { heard: Heard::Ask(question), why }
}

/// A forwarded notice: a limit and words to everybody, or an example, and nobody speaking of themselves.
fn is_notice(message: &Message<'_>) -> bool {
    let personal =
        message.names.iter().any(|name| matches!(name.kind, NameKind::Sender | NameKind::Subject));
    let limit = message.tokens.iter().any(is_limit);
    let words = message.tokens.iter().filter(|token| token.is(Sense::Notice)).count();
    message.has(Sense::Example) && !personal
        || !personal && (words >= 2 || words == 1 && (limit || message.values.is_empty()))
}

fn is_limit(token: &Token<'_>) -> bool {
    token.is(Sense::Threshold) || token.is_mark(Mark::Compare)
}

/// No number: complaints, a missing thermometer or a word for temperature call for one.
fn without_value(message: &Message<'_>, mentions: &[Mention]) -> Verdict {
    match symptom::wants_number(message, mentions) {
        Some(at) => ask(
            QuestionKind::Number,
            message.typed(at..at + 1),
            mentions,
            "health is told without a number",
        ),
        None => silence("nothing about a body's temperature"),
    }
}

/// Whether the words around a value make it doubtful.
type Doubts = fn(&Message<'_>, &Value) -> bool;

/// Words that make a question of any value: a denial, a range, "about", "yesterday", "is it a fever?", a limit.
fn ask_about_wording(message: &Message<'_>, mentions: &[Mention]) -> Option<Verdict> {
    let doubts: [(Doubts, &'static str); 6] = [
        (is_denied, "a value is denied"),
        (is_in_range, "a range"),
        (is_vague, "an approximation"),
        (is_past, "a value of another day"),
        (is_asked, "a question about a value"),
        (is_limited, "a limit, not a value"),
    ];
    let (doubt, why) = doubts
        .into_iter()
        .find(|(doubt, _)| message.values.iter().any(|value| doubt(message, value)))?;
    let doubted = |value: &Value| {
        message.values.iter().any(|other| {
            doubt(message, other) && message.clause(other.at) == message.clause(value.at)
        })
    };
    let meant = |value: &&Value| {
        !is_denied(message, value) && (is_denied(message, &message.values[0]) || doubted(value))
    };
    let highest = message.values.iter().filter(meant).max_by_key(|value| value.celsius);
    let Some(value) = highest else {
        let heard = message.typed(message.values[0].at..message.values[0].at + 1);
        return Some(ask(QuestionKind::Number, heard, mentions, why));
    };
    let kind = match value.estimate {
        Estimate::OutOfRange => QuestionKind::OutOfRange(value.celsius),
        Estimate::Sure | Estimate::Doubt => QuestionKind::Confirm(upper_end(message, value)),
    };
    Some(ask(kind, message.typed(value.at..value.at + 1), mentions, why))
}

/// "38 and a bit" may be 38.9: offering less could hide a fever behind a yes.
fn upper_end(message: &Message<'_>, value: &Value) -> Celsius {
    let open = value.whole
        && (value.at + 1..message.clause(value.at).end).any(|i| {
            message.tokens[i].is(Sense::VagueAfter) || message.tokens[i].is_mark(Mark::Plus)
        });
    if open { Celsius::from_tenths(value.celsius.tenths() + 9) } else { value.celsius }
}

fn is_denied(message: &Message<'_>, value: &Value) -> bool {
    let denial = message.before(value.at).filter(|at| message.tokens[*at].is(Sense::DenialBefore));
    denial.is_some_and(|at| opening(message) != Some(at))
}

/// "no, 36.8": the word that opens an answer.
fn opening(message: &Message<'_>) -> Option<usize> {
    let first = message.from(0).filter(|at| message.tokens[*at].is(Sense::CorrectionOpening))?;
    let value = message.values.first()?.at;
    let apart = message
        .tokens
        .get(first + 1)
        .is_some_and(|next| !next.glued || matches!(next.kind, super::token::Kind::Mark(_)));
    let complaint = symptom::mentions(message).iter().any(|mention| mention.at < value);
    (apart && !complaint).then_some(first)
}

fn is_in_range(message: &Message<'_>, value: &Value) -> bool {
    let joint = |at: usize| {
        message.tokens.get(at).is_some_and(|token| {
            token.is_mark(Mark::Range) || token.is_any(&[Sense::Range, Sense::Or])
        })
    };
    let other = |at: usize| message.values.iter().any(|other| other.at == at);
    let unit = |at: &usize| message.tokens[*at].is_any(&[Sense::Degree, Sense::Celsius]);
    let opens = (value.at + 1..message.tokens.len())
        .find(|at| !unit(at))
        .is_some_and(|at| joint(at) && other(at + 1));
    let closes = value.at > 1
        && joint(value.at - 1)
        && (0..value.at - 1).rev().find(|at| !unit(at)).is_some_and(other);
    opens || closes
}

fn is_vague(message: &Message<'_>, value: &Value) -> bool {
    let corrects = |at: usize| {
        message.tokens[at].is(Sense::Correction)
            && (0..at).any(|i| message.tokens[i].is(Sense::Correction))
    };
    let before = message
        .before(value.at)
        .is_some_and(|at| message.tokens[at].is(Sense::VagueBefore) && !corrects(at));
    let unit = |i: &usize| {
        message.tokens[*i].is_any(&[
            Sense::Degree,
            Sense::Celsius,
            Sense::Fahrenheit,
            Sense::Filler,
        ]) && !message.tokens[*i].is(Sense::VagueAfter)
    };
    let next = (value.at + 1..message.tokens.len()).find(|i| !unit(i));
    let after = next.is_some_and(|at| {
        message.tokens[at].is(Sense::VagueAfter) || message.tokens[at].is_mark(Mark::Plus)
    });
    before || after
}

fn is_past(message: &Message<'_>, value: &Value) -> bool {
    message.has_in(message.clause(value.at), Sense::Past)
}

fn is_asked(message: &Message<'_>, value: &Value) -> bool {
    let clause = &message.tokens[message.clause(value.at)];
    let opened = clause.first().is_some_and(|token| token.is(Sense::QuestionOpening));
    opened || clause.iter().any(|token| token.is_mark(Mark::Question) || token.is(Sense::Question))
}

fn is_limited(message: &Message<'_>, value: &Value) -> bool {
    let clause = message.clause(value.at);
    message.tokens[clause.clone()].iter().any(is_limit) || message.has_in(clause, Sense::Notice)
}

/// A value that is doubtful by itself, or values of unclear owners.
fn ask_about_value(message: &Message<'_>, mentions: &[Mention]) -> Option<Verdict> {
    let values = &message.values;
    if let Some(value) = values.iter().find(|value| value.estimate == Estimate::OutOfRange) {
        return Some(ask(
            QuestionKind::OutOfRange(value.celsius),
            message.typed(value.at..value.at + 1),
            mentions,
            value.why,
        ));
    }
    if let ([value], Estimate::Doubt) = (values.as_slice(), values[0].estimate) {
        return Some(ask(
            QuestionKind::Confirm(value.celsius),
            message.typed(value.at..value.at + 1),
            mentions,
            value.why,
        ));
    }
    let (first, last) = (values[0].at, values[values.len() - 1].at);
    let all: Vec<Celsius> = values.iter().map(|value| value.celsius).collect();
    let which = |why| {
        Some(ask(QuestionKind::Which(all.clone()), message.typed(first..last + 1), mentions, why))
    };
    if values.iter().any(|value| value.estimate == Estimate::Doubt) {
        return which("several values, one of them doubtful");
    }
    match pairing::pair(message) {
        Some(pairs) if speaks_for_all(message, &pairs) => which("one value for everybody"),
        Some(pairs) if !measured_again(message, pairs.len()) => None,
        None if !measured_again(message, message.names.len()) => {
            which("it is not clear whose value it is")
        }
        _ => Some(ask_highest(message, mentions)),
    }
}

/// One person measured several times: offer the latest if it was called a correction, else the highest.
fn ask_highest(message: &Message<'_>, mentions: &[Mention]) -> Verdict {
    let corrected = message.has(Sense::Correction);
    let highest = message.values.iter().max_by_key(|value| value.celsius);
    let offered = if corrected { message.values.last() } else { highest };
    let (celsius, at) = offered.map_or((Celsius::LOWEST, 0), |value| (value.celsius, value.at));
    ask(
        QuestionKind::Confirm(celsius),
        message.typed(at..at + 1),
        mentions,
        "several measurements of one person",
    )
}

fn speaks_for_all(message: &Message<'_>, pairs: &[Pair<'_>]) -> bool {
    let unnamed = |pair: &Pair<'_>| pair.name.is_none_or(|name| name.kind == NameKind::Subject);
    pairs
        .iter()
        .any(|pair| unnamed(pair) && message.has_in(message.clause(pair.value.at), Sense::Everyone))
}

/// Two parts of the day, two sites or "three times", and fewer people than values.
fn measured_again(message: &Message<'_>, people: usize) -> bool {
    let parts = [DayPart::Morning, DayPart::Noon, DayPart::Evening];
    let parts = parts
        .iter()
        .filter(|part| message.tokens.iter().any(|token| token.has(Meaning::DayPart(**part))))
        .count();
    let mut sites: Vec<_> = message.tokens.iter().filter_map(Token::site).collect();
    sites.sort_unstable();
    sites.dedup();
    let corrected = message.has(Sense::Correction) && people == 0;
    let again = parts > 1 || sites.len() > 1 || message.has(Sense::Repeat) || corrected;
    message.values.len() > 1 && again
}

fn readings(message: &Message<'_>, mentions: &[Mention]) -> Verdict {
    let Some(pairs) = pairing::pair(message) else { return silence("no pairs") };
    let starts: Vec<usize> = pairs.iter().map(start_of).collect();
    let shared = shared_health(message, mentions, &pairs);
    let readings: Vec<Reading> = pairs
        .iter()
        .enumerate()
        .map(|(i, pair)| {
            let from = if i == 0 { 0 } else { starts[i] };
            let to = starts.get(i + 1).copied().unwrap_or(message.tokens.len());
            let own: Vec<Mention> = mentions
                .iter()
                .filter(|mention| {
                    (from..to).contains(&mention.at) && !is_of_another(message, mention, &pairs)
                })
                .copied()
                .collect();
            let symptoms =
                if shared && own.is_empty() { Some(Vec::new()) } else { symptom::summary(&own) };
            Reading {
                member_hint: pair.name.and_then(|name| name.hint.clone()),
                celsius: pair.value.celsius,
                symptoms,
                site: site_of(message, from, to),
            }
        })
        .collect();
    let correction =
        readings.len() == 1 && (message.has(Sense::Correction) || opening(message).is_some());
    Verdict {
        heard: Heard::Readings { readings, correction },
        why: "every value is sure and has its person",
    }
}

fn start_of(pair: &Pair<'_>) -> usize {
    pair.name.map_or(pair.value.at, |name| name.tokens.start.min(pair.value.at))
}

/// "爸36.5 妈36.7 都无症状": a last word that all are well is said of everybody.
fn shared_health(message: &Message<'_>, mentions: &[Mention], pairs: &[Pair<'_>]) -> bool {
    let last = message.values.last().map_or(0, |value| value.at);
    let well =
        |mention: &Mention| matches!(mention.told, Told::Healthy | Told::Fine | Told::HasNot(_));
    let after = |mention: &Mention| {
        mention.at > last && pairs.last().is_none_or(|pair| mention.at > start_of(pair))
    };
    !mentions.is_empty()
        && mentions.iter().all(|mention| {
            well(mention)
                && (after(mention) || message.has_in(message.clause(mention.at), Sense::Everyone))
        })
}

/// A complaint in the clause of somebody who has no value here.
fn is_of_another(message: &Message<'_>, mention: &Mention, pairs: &[Pair<'_>]) -> bool {
    let clause = message.clause(mention.at);
    let valued = message.values.iter().any(|value| clause.contains(&value.at));
    let other = message.names.iter().any(|name| {
        name.kind == NameKind::Member
            && clause.contains(&name.tokens.start)
            && !pairs.iter().any(|pair| pair.name == Some(name))
    });
    other && !valued
}

fn site_of(message: &Message<'_>, from: usize, to: usize) -> Option<super::Site> {
    message.tokens[from..to].iter().find_map(Token::site)
}
