//! Pairing: which value belongs to which person, from the order in which they stand.

use super::estimate::Value;
use super::lexicon::Sense;
use super::message::Message;
use super::people::{Name, NameKind};

/// A value and the person it belongs to; nobody named is the sender.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair<'m> {
    pub value: &'m Value,
    pub name: Option<&'m Name>,
}

#[derive(Clone, Copy)]
enum Item<'m> {
    Name(&'m Name),
    Value(&'m Value),
}

/// Gives each value its person; `None` if that is not clear.
pub(super) fn pair<'m>(message: &'m Message<'_>) -> Option<Vec<Pair<'m>>> {
    let mut pairs: Vec<Pair<'m>> = Vec::new();
    let mut loose: Vec<Item<'m>> = Vec::new();
    for segment in segments(message) {
        let values = segment.iter().filter(|item| matches!(item, Item::Value(_))).count();
        if values > 0 && values < segment.len() {
            pairs.extend(pair_loose(message, &mut loose)?);
            pairs.extend(pair_row(&segment)?);
        } else {
            loose.extend(segment);
        }
    }
    pairs.extend(pair_loose(message, &mut loose)?);
    is_clear(&pairs).then_some(pairs)
}

/// Names and values, cut at the ends of clauses and at an "and" behind a value.
fn segments<'m>(message: &'m Message<'_>) -> Vec<Vec<Item<'m>>> {
    let mut segments = vec![Vec::new()];
    for at in 0..message.tokens.len() {
        let name = message
            .names
            .iter()
            .find(|name| name.tokens.start == at && name.kind != NameKind::Staff);
        let value = message.values.iter().find(|value| value.at == at);
        let last = segments.len() - 1;
        let row: &mut Vec<Item<'m>> = &mut segments[last];
        row.extend(name.map(Item::Name));
        row.extend(value.map(Item::Value));
        let and = message.tokens[at].is(Sense::And) && matches!(row.last(), Some(Item::Value(_)));
        let ends = message.clause(at).end == at + 1 && !message.is_named(at);
        if and || ends {
            segments.push(Vec::new());
        }
    }
    segments.iter().map(|row| without_speaker(row)).collect()
}

/// "I measured Mum", "我妈": the sender speaks of somebody else.
fn without_speaker<'m>(row: &[Item<'m>]) -> Vec<Item<'m>> {
    let speaks = |i: usize| match (row[i], row.get(i + 1)) {
        (Item::Name(speaker), Some(Item::Name(other))) => {
            let sender = matches!(speaker.kind, NameKind::Sender | NameKind::Subject);
            let possessive = speaker.kind == NameKind::Subject
                || speaker.tokens.end == other.tokens.start
                || row.len() == 3;
            sender && possessive && other.kind != NameKind::Sender
        }
        _ => false,
    };
    (0..row.len()).filter(|i| !speaks(*i)).map(|i| row[i]).collect()
}

/// Names and values that stand in clauses of their own: "Mum: / 36.5 / Dad: / 36.8".
fn pair_loose<'m>(message: &Message<'_>, loose: &mut Vec<Item<'m>>) -> Option<Vec<Pair<'m>>> {
    let row = std::mem::take(loose);
    let named = |item: &Item<'_>| matches!(item, Item::Name(_));
    let speaks_only = |item: &Item<'_>| matches!(item, Item::Name(name) if tells_more(message, name) || is_speaker(name));
    if row.iter().all(named) {
        return row.iter().all(speaks_only).then(Vec::new);
    }
    let row: Vec<Item<'m>> = row
        .into_iter()
        .filter(|item| !matches!(item, Item::Name(name) if name.kind == NameKind::Subject))
        .collect();
    let unclear =
        row.iter().any(|item| matches!(item, Item::Name(name) if tells_more(message, name)));
    if unclear { None } else { pair_row(&row) }
}

fn is_speaker(name: &Name) -> bool {
    matches!(name.kind, NameKind::Sender | NameKind::Subject)
}

/// Whether the clause of a name says something else with unknown words: "Dad is still asleep".
fn tells_more(message: &Message<'_>, name: &Name) -> bool {
    message.clause(name.tokens.start).any(|at| message.is_strange(at))
}

/// Pairs neighbours. A value whose following names would then lack a value stays the sender's: "36.7, Mum 36.5".
fn pair_row<'m>(row: &[Item<'m>]) -> Option<Vec<Pair<'m>>> {
    let mut pairs = Vec::new();
    let mut rest = row;
    while let Some((first, others)) = rest.split_first() {
        let (pair, taken) = match (first, others.first()) {
            (Item::Name(name), Some(Item::Value(value))) => (Pair { value, name: Some(name) }, 2),
            (Item::Value(value), Some(Item::Name(name))) if !is_balanced(others) => {
                (Pair { value, name: Some(name) }, 2)
            }
            (Item::Value(value), _) => (Pair { value, name: None }, 1),
            (Item::Name(_), _) => return None,
        };
        pairs.push(pair);
        rest = &rest[taken..];
    }
    Some(pairs)
}

fn is_balanced(row: &[Item<'_>]) -> bool {
    let names = row.iter().filter(|item| matches!(item, Item::Name(_))).count();
    names * 2 == row.len()
}

/// One value for each person, at most one for the sender, and an unnamed one only in the first place.
fn is_clear(pairs: &[Pair<'_>]) -> bool {
    let hint = |pair: &Pair<'_>| {
        pair.name.and_then(|name| name.hint.as_ref()).map(|hint| hint.to_lowercase())
    };
    let hints: Vec<Option<String>> = pairs.iter().map(hint).collect();
    let distinct = (1..hints.len()).all(|i| !hints[..i].contains(&hints[i]));
    let named_later = pairs.iter().skip(1).all(|pair| pair.name.is_some());
    let known =
        pairs.iter().all(|pair| pair.name.is_none_or(|name| name.kind != NameKind::Pronoun));
    distinct && named_later && known
}
