//! The surroundings of a number: its unit, the words for temperature, the people, the complaints and the strange words near it.

use std::ops::Range;

use super::Symptom;
use super::lexicon::{Sense, Side, Topic};
use super::message::Message;
use super::number::{Number, Shape};
use super::people::NameKind;
use super::token::Token;

/// What stands around a number.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one observation, and any of them may hold together"
)]
pub(super) struct Support {
    pub celsius: bool,
    pub fahrenheit: bool,
    pub degree: bool,
    /// A word for the body's temperature.
    pub body: bool,
    /// Any word for temperature.
    pub cue: bool,
    /// A member of the household.
    pub person: bool,
    /// Somebody is named in the clause, though not beside the number.
    pub named: bool,
    /// "I am": may be followed by an age.
    pub subject: bool,
    /// Symptoms, told or denied, or a correction.
    pub health: bool,
    /// A subject where temperatures are not a body's.
    pub elsewhere: bool,
    /// Such a subject stands right beside the number, or a word for temperature right before it.
    pub elsewhere_beside: bool,
    pub cue_beside: bool,
    /// Goods or prices are talked about in the clause, or in one before it.
    pub trade: bool,
    pub trade_before: bool,
    /// Unknown words in the clause, or right beside the number.
    pub strange: bool,
    pub touched: bool,
    /// Nothing else is said in the whole message.
    pub alone: bool,
}

impl Support {
    /// Looks around the number at `at`.
    pub fn around(message: &Message<'_>, at: usize, number: &Number) -> Self {
        let clause = message.clause(at);
        let unit = unit_after(&message.tokens, at);
        let here = &message.tokens[message.clause_with_heading(at)];
        let decimal = number.places > 0;
        let touched = [at.checked_sub(1), Some(unit.end)]
            .into_iter()
            .flatten()
            .any(|i| clause.contains(&i) && message.is_strange(i));
        let person = person_beside(message, at, unit.end);
        let cue_somewhere = decimal && !touched && message.tokens.iter().any(is_cue);
        Self {
            celsius: unit.celsius,
            fahrenheit: unit.fahrenheit,
            degree: unit.degree || number.shape == Shape::Degree,
            body: here.iter().any(is_body),
            cue: cue_somewhere || here.iter().any(is_cue),
            person: person.is_some(),
            named: clause.clone().any(|i| message.is_named(i)),
            subject: person == Some(NameKind::Subject),
            health: message.tokens.iter().any(is_health),
            elsewhere: !is_body_before(message, at)
                && message
                    .near_topic(at)
                    .is_some_and(|topic| topic != Topic::Price && topic != Topic::Goods),
            elsewhere_beside: is_elsewhere_beside(message, at, unit.end),
            cue_beside: message.before(at).is_some_and(|before| is_cue(&message.tokens[before])),
            trade: is_trade(message, clause.clone()),
            trade_before: is_trade(message, 0..clause.start),
            strange: clause.clone().any(|i| message.is_strange(i)),
            touched,
            alone: is_alone(message),
        }
    }
}

/// The unit behind a number and the token after it.
#[derive(Default)]
struct Unit {
    celsius: bool,
    fahrenheit: bool,
    degree: bool,
    end: usize,
}

fn unit_after(tokens: &[Token<'_>], at: usize) -> Unit {
    let mut unit = Unit { end: at + 1, ..Unit::default() };
    while let Some(token) = tokens
        .get(unit.end)
        .filter(|token| token.is_any(&[Sense::Degree, Sense::Celsius, Sense::Fahrenheit]))
    {
        unit.celsius |= token.is(Sense::Celsius);
        unit.fahrenheit |= token.is(Sense::Fahrenheit);
        unit.degree |= token.is(Sense::Degree);
        unit.end += 1;
    }
    unit
}

/// A person named before the number, or after it in the same clause, with no unknown word and no other number between.
fn person_beside(message: &Message<'_>, at: usize, after: usize) -> Option<NameKind> {
    let name_at =
        |i: usize| message.names.iter().find(|name| name.tokens.contains(&i)).map(|name| name.kind);
    let barrier =
        |i: &usize| message.tokens[*i].is_unknown() || message.tokens[*i].number().is_some();
    let before = (0..at)
        .rev()
        .find_map(|i| name_at(i).map(Some).or_else(|| barrier(&i).then_some(None)))
        .flatten();
    let behind = (after..message.clause(at).end)
        .find_map(|i| name_at(i).map(Some).or_else(|| barrier(&i).then_some(None)))
        .flatten();
    before.or(behind)
}

/// "temperature 36.6 after a walk outside": the word beside the number counts more than one further off.
fn is_body_before(message: &Message<'_>, at: usize) -> bool {
    message
        .before(at)
        .is_some_and(|before| message.tokens[before].is_any(&[Sense::Body, Sense::Thermometer]))
}

fn is_body(token: &Token<'_>) -> bool {
    token.is_any(&[Sense::Body, Sense::Thermometer])
        || token.site().is_some()
        || token.symptom() == Some(Symptom::Fever)
}

fn is_cue(token: &Token<'_>) -> bool {
    is_body(token) || token.is_any(&[Sense::General, Sense::Measured, Sense::Recovered])
}

fn is_health(token: &Token<'_>) -> bool {
    let told = token.is_any(&[
        Sense::Normal,
        Sense::SymptomNoun,
        Sense::Pain,
        Sense::Recovered,
        Sense::Correction,
        Sense::CorrectionOpening,
    ]);
    told || token.symptom().is_some()
}

/// "outside 38.5", "38.5 outside"; a room is so only before: "39.5 in my bedroom" may be a body's.
fn is_elsewhere_beside(message: &Message<'_>, at: usize, after: usize) -> bool {
    let near = |i: usize| message.tokens[i].topic(Side::Near);
    let before = message.before(at).and_then(near).is_some();
    before || message.from(after).and_then(near) == Some(Topic::Weather)
}

/// Prices or goods are talked about, by a word or by the unit of another number.
fn is_trade(message: &Message<'_>, range: Range<usize>) -> bool {
    let trade = |topic: Topic| {
        matches!(
            topic,
            Topic::Price
                | Topic::Goods
                | Topic::Quantity
                | Topic::Weight
                | Topic::Parcel
                | Topic::Size
        )
    };
    let word = |token: &Token<'_>| token.topic(Side::Near).is_some_and(trade);
    message.set_aside[range.clone()].iter().flatten().any(|topic| trade(*topic))
        || message.tokens[range].iter().any(word)
}

/// The message holds numbers, people, greetings and times, and nothing unknown.
fn is_alone(message: &Message<'_>) -> bool {
    let strange = (0..message.tokens.len()).any(|at| message.is_strange(at));
    let topic = message.tokens.iter().any(|token| token.topic(Side::Near).is_some());
    let other = message.set_aside.iter().flatten().any(|topic| *topic == Topic::Phone);
    !strange && !topic && !other
}
