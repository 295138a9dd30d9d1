//! What hurts: the complaints a message tells or denies, and where they stand.

use super::Symptom;
use super::lexicon::{Sense, Side, Topic};
use super::message::Message;
use super::token::{Mark, Token};

/// A complaint told or denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub at: usize,
    pub told: Told,
}

/// What a message says about complaints at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Has(Symptom),
    HasNot(Symptom),
    /// "no symptoms", "all normal"
    Healthy,
    /// "fine": healthy beside a number, but small talk without one.
    Fine,
}

/// The complaints of a message, in order.
pub(super) fn mentions(message: &Message<'_>) -> Vec<Mention> {
    (0..message.tokens.len())
        .filter_map(|at| told(message, at).map(|told| Mention { at, told }))
        .collect()
}

/// The codes of these mentions: `None` if nothing was said, empty if all was denied, else sorted by code.
pub(super) fn summary(mentions: &[Mention]) -> Option<Vec<Symptom>> {
    if mentions.is_empty() {
        return None;
    }
    let mut codes: Vec<Symptom> = mentions
        .iter()
        .filter_map(|mention| if let Told::Has(code) = mention.told { Some(code) } else { None })
        .collect();
    codes.sort_by(|a, b| a.as_ref().cmp(b.as_ref()));
    codes.dedup();
    Some(codes)
}

fn told(message: &Message<'_>, at: usize) -> Option<Told> {
    let token = &message.tokens[at];
    let denied = || is_denied(message, at);
    if let Some(code) = token.symptom().or_else(|| hurting_part(message, at)) {
        let remedy = is_remedy(message, at);
        return (!remedy).then(|| if denied() { Told::HasNot(code) } else { Told::Has(code) });
    }
    if let Some(code) = token.faculty() {
        return (denied() || is_lost_too(message, at)).then_some(Told::Has(code));
    }
    if token.is(Sense::SymptomNoun) {
        return denied().then_some(Told::Healthy);
    }
    match token {
        _ if token.is(Sense::Recovered) => Some(Told::HasNot(Symptom::Fever)),
        _ if token.is(Sense::Normal) => {
            Some(if denied() { Told::Has(Symptom::Other) } else { Told::Healthy })
        }
        _ if token.is(Sense::Fine) => {
            Some(if denied() { Told::Has(Symptom::Other) } else { Told::Fine })
        }
        _ => None,
    }
}

/// The second of "lost my taste and smell".
fn is_lost_too(message: &Message<'_>, at: usize) -> bool {
    let joint = |token: &&Token<'_>| {
        !token.is_any(&[Sense::And, Sense::Or, Sense::Filler]) && !token.is_mark(Mark::List)
    };
    let before = message.tokens[..at].iter().rev().find(joint);
    before.is_some_and(|token| {
        matches!(token.symptom(), Some(Symptom::LossSmell | Symptom::LossTaste))
    })
}

/// A part of the body with a word of pain in its clause: "болит горло и голова", "嗓子有点疼".
fn hurting_part(message: &Message<'_>, at: usize) -> Option<Symptom> {
    let part = message.tokens[at].part()?;
    message
        .clause(at)
        .any(|i| i != at && i.abs_diff(at) <= 6 && message.tokens[i].is(Sense::Pain))
        .then_some(part)
}

/// "cough syrup", "medicine for fever": asked for, not suffered.
fn is_remedy(message: &Message<'_>, at: usize) -> bool {
    let remedy = |i: usize| message.clause(at).contains(&i) && message.tokens[i].is(Sense::Remedy);
    message.from(at + 1).is_some_and(remedy) || message.before(at).is_some_and(remedy)
}

/// Denied by a word before the chain of complaints in which it stands, by one between part and pain, or by one after.
fn is_denied(message: &Message<'_>, at: usize) -> bool {
    denied_before(message, at) || denied_between(message, at) || denied_after(message, at)
}

fn denied_before(message: &Message<'_>, at: usize) -> bool {
    let mut comma = false;
    for token in message.tokens[..at].iter().rev() {
        if token.is(Sense::DenialBefore) {
            return !comma || has_or_ahead(message, at);
        }
        comma |= token.is_mark(Mark::Comma);
        if !(in_chain(token) || token.is_mark(Mark::Comma)) {
            return false;
        }
    }
    false
}

/// "no fever, cough or headache": the "or" carries the denial over the commas.
fn has_or_ahead(message: &Message<'_>, at: usize) -> bool {
    let chain = |token: &&Token<'_>| in_chain(token) || token.is_mark(Mark::Comma);
    let ahead = message.tokens[at..].iter().take_while(chain).any(|token| token.is(Sense::Or));
    let behind = message.tokens[..at]
        .iter()
        .rev()
        .take_while(|token| in_chain(token))
        .any(|token| token.is(Sense::Or));
    ahead || behind
}

fn in_chain(token: &Token<'_>) -> bool {
    let complaint = token.symptom().is_some()
        || token.part().is_some()
        || token.faculty().is_some()
        || token.is_any(&[Sense::Pain, Sense::SymptomNoun]);
    let joint = token.is_any(&[Sense::And, Sense::Or, Sense::Filler]) || token.is_mark(Mark::List);
    (complaint || joint) && !token.is(Sense::But)
}

fn denied_between(message: &Message<'_>, at: usize) -> bool {
    let is_part = message.tokens[at].symptom().is_none() && message.tokens[at].part().is_some();
    let mut denial = false;
    is_part
        && message.tokens[at + 1..message.clause(at).end]
            .iter()
            .take_while(|token| !token.is(Sense::But))
            .any(|token| {
                denial |= token.is(Sense::DenialBefore);
                denial && token.is(Sense::Pain)
            })
}

fn denied_after(message: &Message<'_>, at: usize) -> bool {
    let chain = |token: &&Token<'_>| {
        (in_chain(token) || token.is_mark(Mark::Colon)) && !token.is(Sense::DenialAfter)
    };
    let end = at + 1 + message.tokens[at + 1..].iter().take_while(chain).count();
    message.tokens.get(end).is_some_and(|token| token.is(Sense::DenialAfter))
}

/// Whether anything without a number calls for the question "please send the number".
pub(super) fn wants_number(message: &Message<'_>, mentions: &[Mention]) -> Option<usize> {
    let health =
        mentions.iter().find(|mention| mention.told != Told::Fine).map(|mention| mention.at);
    let about =
        message.tokens.iter().any(|token| token.topic(Side::Near).is_some_and(is_other_heat));
    let asks = message
        .tokens
        .iter()
        .any(|token| token.is_mark(Mark::Question) || token.is(Sense::Question));
    let find = |senses: &[Sense]| message.tokens.iter().position(|token| token.is_any(senses));
    let missing = find(&[Sense::NotMeasured, Sense::Thermometer]);
    let cue = find(&[Sense::Body, Sense::General]).filter(|_| !about && !asks);
    health.or(missing).or(cue)
}

fn is_other_heat(topic: Topic) -> bool {
    matches!(topic, Topic::Weather | Topic::Indoor | Topic::Water | Topic::Appliance)
}
