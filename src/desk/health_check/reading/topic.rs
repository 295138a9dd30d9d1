//! Setting aside: the numbers of a message that are prices, rooms, times, weights, oxygen and the like, by the words beside them.

use super::lexicon::{Sense, Side, Topic};
use super::message::Message;
use super::number::{Number, Shape};
use super::token::{Mark, Token};

/// For every token: the topic of the number there, if it is one and is no temperature.
pub(super) fn set_aside(message: &Message<'_>) -> Vec<Option<Topic>> {
    let mut topics: Vec<Option<Topic>> =
        (0..message.tokens.len()).map(|at| own_topic(message, at)).collect();
    share_backwards(message, &mut topics);
    share_forwards(message, &mut topics);
    topics
}

fn own_topic(message: &Message<'_>, at: usize) -> Option<Topic> {
    let number = message.tokens[at].number()?;
    by_shape(number)
        .or_else(|| by_brackets(&message.tokens, at, number))
        .or_else(|| by_word_after(&message.tokens, at, number))
        .or_else(|| by_word_before(&message.tokens, at, number))
}

fn by_shape(number: &Number) -> Option<Topic> {
    match number.shape {
        Shape::Code => Some(Topic::Phone),
        Shape::Clock => Some(Topic::Time),
        _ => None,
    }
}

/// "Grandma (82)"
fn by_brackets(tokens: &[Token<'_>], at: usize, number: &Number) -> Option<Topic> {
    let opened = at > 0 && tokens[at - 1].is_mark(Mark::Open);
    let closed = tokens.get(at + 1).is_some_and(|token| token.is_mark(Mark::Close));
    (opened && closed && number.is_whole()).then_some(Topic::Age)
}

fn by_word_after(tokens: &[Token<'_>], at: usize, number: &Number) -> Option<Topic> {
    let next = tokens.get(at + 1)?;
    if next.is_mark(Mark::Percent) {
        return Some(Topic::Oxygen);
    }
    if next.is_mark(Mark::Currency) {
        return Some(Topic::Price);
    }
    let belongs_to_next = next.topic(Side::Before).is_some() && leads_to_number(tokens, at + 2);
    next.topic(Side::After).filter(|topic| !belongs_to_next && counts(*topic, number))
}

/// "36.8 spo2 98": the word goes with the number behind it.
fn leads_to_number(tokens: &[Token<'_>], from: usize) -> bool {
    tokens
        .get(from..)
        .into_iter()
        .flatten()
        .find(|token| !is_bridge(token))
        .is_some_and(|token| token.number().is_some())
}

fn by_word_before(tokens: &[Token<'_>], at: usize, number: &Number) -> Option<Topic> {
    let before = tokens[..at]
        .iter()
        .rev()
        .find(|token| token.topic(Side::Before).is_some() || !is_bridge(token))?;
    if before.is_mark(Mark::Currency) {
        return Some(Topic::Price);
    }
    before.topic(Side::Before).filter(|topic| counts(*topic, number))
}

/// What may stand between "weight" and its number.
fn is_bridge(token: &Token<'_>) -> bool {
    token.is_any(&[Sense::Filler, Sense::VagueBefore])
        || [Mark::Colon, Mark::Hash, Mark::Other].iter().any(|mark| token.is_mark(*mark))
}

/// Rooms, floors, dates and ages have no decimals, and no hour is above 24: "3楼 36.5" is no floor, "around 38" no time.
fn counts(topic: Topic, number: &Number) -> bool {
    let decimal = number.places == 1 && number.shape != Shape::Gap;
    let no_hour = number.is_whole() && number.digits <= 2 && number.whole > 24;
    !(topic == Topic::Time && no_hour
        || decimal
            && matches!(
                topic,
                Topic::Time
                    | Topic::Date
                    | Topic::Floor
                    | Topic::Room
                    | Topic::Age
                    | Topic::Phone
                    | Topic::Transport
            ))
}

/// "15-20 kg": both numbers are weights.
fn share_backwards(message: &Message<'_>, topics: &mut [Option<Topic>]) {
    for at in (0..topics.len().saturating_sub(2)).rev() {
        let Some(number) = message.tokens[at].number() else { continue };
        let listed = joins(&message.tokens[at + 1], true);
        let after = message.tokens.get(at + 3).is_some_and(|token| {
            token.topic(Side::After).is_some() || token.is_mark(Mark::Currency)
        });
        if topics[at].is_none() && listed && after {
            topics[at] = topics[at + 2].filter(|topic| counts(*topic, number));
        }
    }
}

/// "rooms 36 and 37": both are rooms; a decimal after a list's joint is a new thing.
fn share_forwards(message: &Message<'_>, topics: &mut [Option<Topic>]) {
    for at in 2..topics.len() {
        let Some(number) = message.tokens[at].number() else { continue };
        let joined = joins(&message.tokens[at - 1], number.is_whole());
        if topics[at].is_none() && joined && message.tokens[at - 2].number().is_some() {
            topics[at] = topics[at - 2].filter(|topic| counts(*topic, number));
        }
    }
}

fn joins(token: &Token<'_>, also_lists: bool) -> bool {
    let range = token.is_mark(Mark::Range) || token.is(Sense::Range);
    range || also_lists && (token.is_mark(Mark::List) || token.is_any(&[Sense::And, Sense::Or]))
}
