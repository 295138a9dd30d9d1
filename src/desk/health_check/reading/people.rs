//! Finding people: the words of a message that name the sender, a member of the family, or a line of the card.

use std::ops::Range;

use super::lexicon::{Sense, Side};
use super::message::Message;
use super::number::{Number, Shape};
use super::token::{Kind, Mark, Token};

/// A person named in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub tokens: Range<usize>,
    pub kind: NameKind,
    /// The word as typed; `None` for the sender.
    pub hint: Option<String>,
}

/// How a person is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameKind {
    /// "me"
    Sender,
    /// "I am": the sender, who may also be the one who measured somebody else.
    Subject,
    /// "she", nobody named before
    Pronoun,
    Member,
    /// The number of a line on the card.
    Numbered,
    /// A doctor, a worker: written to, not measured.
    Staff,
}

/// The people named, in order, without overlap.
pub(super) fn names(message: &Message<'_>) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    let mut at = 0;
    while at < message.tokens.len() {
        let found = name_at(message, at).filter(|name| {
            name.kind != NameKind::Pronoun
                || !names.iter().any(|other| other.kind == NameKind::Member)
        });
        at = found.as_ref().map_or(at + 1, |name| name.tokens.end);
        names.extend(found);
    }
    names
}

fn name_at(message: &Message<'_>, at: usize) -> Option<Name> {
    numbered(message, at)
        .or_else(|| with_title(message, at))
        .or_else(|| before_title(message, at))
        .or_else(|| with_prefix(message, at))
        .or_else(|| plain(message, at))
        .or_else(|| guessed(message, at))
}

fn member(message: &Message<'_>, tokens: Range<usize>) -> Name {
    let hint = Some(message.typed(tokens.clone()).to_owned());
    Name { tokens, kind: NameKind::Member, hint }
}

/// "1) 36.5", "2: 36.9", "1号36.5 2号36.8", or a number that the household uses itself.
fn numbered(message: &Message<'_>, at: usize) -> Option<Name> {
    let number = message.tokens[at].number()?;
    let small =
        (1..=20).contains(&number.whole) && (number.is_whole() || number.shape == Shape::Ordinal);
    let next = message.tokens.get(at + 1)?;
    let hashed = at > 0 && message.tokens[at - 1].is_mark(Mark::Hash);
    let marked = hashed
        || [Mark::Close, Mark::Stop, Mark::Colon, Mark::List, Mark::Range]
            .iter()
            .any(|mark| next.is_mark(*mark));
    let worded = next.topic(Side::After).is_some() && next.glued && listed_by_word(message, at);
    let known = message.is_member_number(number.whole) && message.set_aside[at].is_none();
    let aside = message.set_aside[at].is_some() && !worded;
    let mark = usize::from(marked && !hashed || worded);
    let valued = message.from(at + 1 + mark).is_some_and(|i| is_temperature_like(message, i));
    let counts =
        small && !aside && valued && (marked || worded || known || number.shape == Shape::Ordinal);
    counts.then(|| Name {
        tokens: at..at + 1 + mark,
        kind: NameKind::Numbered,
        hint: Some(number.whole.to_string()),
    })
}

/// At least two small numbers with the same word behind them, each before a value.
fn listed_by_word(message: &Message<'_>, at: usize) -> bool {
    let word = message.tokens[at + 1].kind;
    let fits = |i: &usize| {
        let small = message.tokens[*i]
            .number()
            .is_some_and(|number| number.is_whole() && (1..=9).contains(&number.whole));
        let same = message.tokens.get(i + 1).is_some_and(|next| next.kind == word);
        small
            && same
            && message.from(i + 2).is_some_and(|value| is_temperature_like(message, value))
    };
    fits(&at) && (0..message.tokens.len()).filter(fits).count() >= 2
}

fn is_temperature_like(message: &Message<'_>, at: usize) -> bool {
    let decimal = |number: &Number| {
        (350..=1080).contains(&(number.hundredths() / 10)) && number.shape != Shape::Code
    };
    message.set_aside[at].is_none() && message.tokens[at].number().is_some_and(decimal)
}

/// "Aunt Li", "Dr Chen": a title and the name behind it.
fn with_title(message: &Message<'_>, at: usize) -> Option<Name> {
    let title = &message.tokens[at];
    let titled = title.is_any(&[Sense::TitleBefore, Sense::Staff]);
    let named = message
        .tokens
        .get(at + 1)
        .is_some_and(|next| matches!(next.kind, Kind::Unknown { capital: true, .. }));
    if !titled || !named {
        return None;
    }
    let name = member(message, at..at + 2);
    Some(if title.is(Sense::Staff) {
        Name { kind: NameKind::Staff, hint: None, ..name }
    } else {
        name
    })
}

/// "李阿姨", "王医生": a short name and the title behind it.
fn before_title(message: &Message<'_>, at: usize) -> Option<Name> {
    let title = message
        .tokens
        .get(at + 1)
        .filter(|next| next.glued && next.is_any(&[Sense::TitleAfter, Sense::Staff]))?;
    let unknown = message.typed(at..at + 1);
    if !is_surname(message, at)
        && !matches!(message.tokens[at].kind, Kind::Unknown { unspaced: true, .. })
    {
        return None;
    }
    let surname = unknown.chars().next_back().filter(|ch| message.lexicon.is_surname(*ch));
    let named = match surname {
        Some(ch) => ch.len_utf8(),
        None if unknown.chars().count() <= 2 => unknown.len(),
        None => return None,
    };
    if title.is(Sense::Staff) {
        return Some(Name { tokens: at..at + 2, kind: NameKind::Staff, hint: None });
    }
    let start = message.tokens[at].span.end - named;
    Some(Name {
        hint: Some(message.text[start..title.span.end].to_owned()),
        ..member(message, at..at + 2)
    })
}

/// "小明", "阿强": a word that opens a name, and the rest of it.
fn with_prefix(message: &Message<'_>, at: usize) -> Option<Name> {
    let rest = message.tokens.get(at + 1).filter(|next| next.glued)?;
    let prefix = message.tokens[at].is(Sense::NamePrefix);
    let named = matches!(rest.kind, Kind::Unknown { unspaced: true, .. })
        || prefix && is_surname(message, at + 1);
    let short = named && message.text[rest.span.clone()].chars().count() <= 2;
    let opens = prefix || is_surname(message, at) && precedes_decimal(message, at + 2);
    (opens && short).then(|| member(message, at..at + 2))
}

/// A known word of one character that is also a surname: "张" counts sheets of paper too.
fn is_surname(message: &Message<'_>, at: usize) -> bool {
    let mut letters = message.typed(at..at + 1).chars();
    let surname = letters.next().is_some_and(|ch| message.lexicon.is_surname(ch));
    surname && letters.next().is_none()
}

/// Whether a decimal temperature follows, after nothing but words for temperature and small talk.
fn precedes_decimal(message: &Message<'_>, from: usize) -> bool {
    let skips = |token: &Token<'_>| {
        token.is_any(&[Sense::Filler, Sense::General, Sense::Body, Sense::Measured])
            || token.is_mark(Mark::Colon)
    };
    let value = (from..message.tokens.len()).find(|at| !skips(&message.tokens[*at]));
    value.is_some_and(|at| {
        message.tokens[at].number().is_some_and(|number| number.places == 1)
            && is_temperature_like(message, at)
    })
}

/// A word of the lexicon or of the household.
fn plain(message: &Message<'_>, at: usize) -> Option<Name> {
    let token = &message.tokens[at];
    let name = |kind| Name { tokens: at..at + 1, kind, hint: None };
    if token.is(Sense::Member) {
        return Some(with_given_name(message, at));
    }
    if token.is(Sense::TitleAfter) {
        return Some(member(message, at..at + 1));
    }
    let kinds = [
        (Sense::Sender, NameKind::Sender),
        (Sense::Subject, NameKind::Subject),
        (Sense::Pronoun, NameKind::Pronoun),
        (Sense::Staff, NameKind::Staff),
    ];
    kinds.into_iter().find(|(sense, _)| token.is(*sense)).map(|(_, kind)| name(kind))
}

/// "my son Tom": the son; the name behind belongs to him.
fn with_given_name(message: &Message<'_>, at: usize) -> Name {
    let named = message
        .tokens
        .get(at + 1)
        .is_some_and(|next| matches!(next.kind, Kind::Unknown { capital: true, .. }));
    let hint = message.typed(at..at + 1).to_owned();
    Name { tokens: at..at + 1 + usize::from(named), kind: NameKind::Member, hint: Some(hint) }
}

/// An unknown word that looks like a name and stands right before a decimal: "Anna 36.8", "张伟36.7".
fn guessed(message: &Message<'_>, at: usize) -> Option<Name> {
    let capitals = message.tokens[at..]
        .iter()
        .take_while(|token| matches!(token.kind, Kind::Unknown { capital: true, .. }))
        .count();
    let Kind::Unknown { unspaced, .. } = message.tokens[at].kind else { return None };
    let looks = if unspaced { looks_like_name(message, at) } else { (1..=2).contains(&capitals) };
    let end = at + capitals.max(1);
    (looks && !message.continues_code(at) && precedes_decimal(message, end))
        .then(|| member(message, at..end))
}

fn looks_like_name(message: &Message<'_>, at: usize) -> bool {
    let letters = message.typed(at..at + 1);
    let surname = letters.chars().next().is_some_and(|ch| message.lexicon.is_surname(ch));
    surname && (2..=3).contains(&letters.chars().count())
}
