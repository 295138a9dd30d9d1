//! A message understood word by word: its tokens, its clauses, the numbers that may be temperatures, and the people named.

use std::ops::Range;

use super::compose::compose;
use super::estimate::{self, Value};
use super::lexicon::{Lexicon, Sense, Side, Topic};
use super::number::Shape;
use super::people::{self, Name};
use super::token::{self, Kind, Mark, Token};
use super::topic;

/// A message of a household, cut and labelled.
pub(super) struct Message<'m> {
    pub text: &'m str,
    pub lexicon: &'m Lexicon,
    pub tokens: Vec<Token<'m>>,
    /// Numbers that are something else, by token.
    pub set_aside: Vec<Option<Topic>>,
    /// The people named, in order.
    pub names: Vec<Name>,
    /// The numbers that may be temperatures, in order.
    pub values: Vec<Value>,
    clauses: Vec<usize>,
    numbered: Vec<u32>,
}

impl<'m> Message<'m> {
    /// Cuts, builds numbers, sets aside what is never a temperature, finds people, weighs the rest.
    pub fn understand(text: &'m str, lexicon: &'m Lexicon, members: &[&str]) -> Self {
        let tokens = compose(&token::cut(text, lexicon, members));
        let clauses = number_clauses(&tokens);
        let numbered = members.iter().filter_map(|member| member.parse().ok()).collect();
        let mut message = Self {
            text,
            lexicon,
            tokens,
            set_aside: Vec::new(),
            names: Vec::new(),
            values: Vec::new(),
            clauses,
            numbered,
        };
        message.set_aside = topic::set_aside(&message);
        message.names = people::names(&message);
        message.values = estimate::values(&message);
        message
    }

    /// The tokens of the clause in which token `at` stands.
    pub fn clause(&self, at: usize) -> Range<usize> {
        let clause = self.clauses[at];
        let start = self.clauses.partition_point(|other| *other < clause);
        let end = self.clauses.partition_point(|other| *other <= clause);
        start..end
    }

    /// The clause of `at`, and the one before it if that has no number: "My temperature: it is 36.7".
    pub fn clause_with_heading(&self, at: usize) -> Range<usize> {
        let own = self.clause(at);
        let Some(before) = own.start.checked_sub(1) else { return own };
        let heading = self.clause(before);
        if self.tokens[heading.clone()].iter().any(|token| token.number().is_some()) {
            own
        } else {
            heading.start..own.end
        }
    }

    pub fn has(&self, sense: Sense) -> bool {
        self.has_in(0..self.tokens.len(), sense)
    }

    pub fn has_in(&self, range: Range<usize>, sense: Sense) -> bool {
        self.tokens[range].iter().any(|token| token.is(sense))
    }

    /// A topic in whose neighbourhood no number is a body's temperature.
    pub fn near_topic(&self, at: usize) -> Option<Topic> {
        self.tokens[self.clause(at)].iter().find_map(|token| token.topic(Side::Near))
    }

    /// The nearest token before `at` that says something.
    pub fn before(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|i| !self.says_nothing(*i))
    }

    /// The nearest token from `from` on that says something.
    pub fn from(&self, from: usize) -> Option<usize> {
        (from..self.tokens.len()).find(|i| !self.says_nothing(*i))
    }

    fn says_nothing(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let weighs = token.is_any(&[Sense::VagueBefore, Sense::VagueAfter, Sense::DenialBefore]);
        token.is(Sense::Filler) && !weighs || token.is_mark(Mark::Other)
    }

    /// Whether token `at` is part of a name.
    pub fn is_named(&self, at: usize) -> bool {
        self.names.iter().any(|name| name.tokens.contains(&at))
    }

    /// Whether an unknown word, not taken for a name, stands at `at`.
    pub fn is_strange(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_unknown)
            && !self.is_named(at)
            && !self.continues_code(at)
    }

    /// The "B" of "5B".
    pub fn continues_code(&self, at: usize) -> bool {
        let code =
            |token: &Token<'_>| token.number().is_some_and(|number| number.shape == Shape::Code);
        at > 0 && self.tokens[at].glued && code(&self.tokens[at - 1])
    }

    /// Whether the household counts this number among its members.
    pub fn is_member_number(&self, number: u32) -> bool {
        self.numbered.contains(&number)
    }

    /// Tokens of this range as typed.
    pub fn typed(&self, range: Range<usize>) -> &'m str {
        match self.tokens.get(range) {
            Some([first, .., last]) => &self.text[first.span.start..last.span.end],
            Some([only]) => &self.text[only.span.clone()],
            _ => "",
        }
    }
}

fn number_clauses(tokens: &[Token<'_>]) -> Vec<usize> {
    let mut clause = 0;
    tokens
        .iter()
        .map(|token| {
            let own = clause;
            if ends_clause(token) {
                clause += 1;
            }
            own
        })
        .collect()
}

fn ends_clause(token: &Token<'_>) -> bool {
    matches!(token.kind, Kind::Mark(Mark::Comma | Mark::Stop | Mark::Question))
}
