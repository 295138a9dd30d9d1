//! Cutting a message into numbers, known words, unknown words and marks.

use std::ops::Range;

use super::fold::{self, Glyph};
use super::lexicon::{Lexicon, Meaning, Phrasebook, Sense, Side, Topic};
use super::number::{self, Number, Piece};
use super::{Site, Symptom};

/// A piece of the message.
#[derive(Clone, Debug)]
pub(super) struct Token<'l> {
    pub kind: Kind<'l>,
    /// Its bytes in the message as typed.
    pub span: Range<usize>,
    /// No blank stands between it and the token before.
    pub glued: bool,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind<'l> {
    Number(Number),
    Word(&'l [Meaning]),
    /// Letters that no lexicon knows. `unspaced`: of a script without blanks; `capital`: begins with one.
    Unknown {
        unspaced: bool,
        capital: bool,
    },
    Mark(Mark),
    /// An address of the net or of mail.
    Link,
}

/// A mark between words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Comma,
    /// The mark of a list inside a clause: "、", "/", "&".
    List,
    /// The end of a sentence or a line.
    Stop,
    Question,
    /// ":" or "=", between a name and its value.
    Colon,
    Open,
    Close,
    Range,
    Plus,
    Percent,
    Currency,
    /// "<", ">", "≥"
    Compare,
    /// "#", before the number of a line.
    Hash,
    Other,
}

/// What a word means that only the household knows.
const HOUSEHOLD: &[Meaning] = &[Meaning::Sense(Sense::Member)];

impl Token<'_> {
    pub fn has(&self, meaning: Meaning) -> bool {
        matches!(self.kind, Kind::Word(meanings) if meanings.contains(&meaning))
    }

    pub fn is(&self, sense: Sense) -> bool {
        self.has(Meaning::Sense(sense))
    }

    pub fn is_any(&self, senses: &[Sense]) -> bool {
        senses.iter().any(|sense| self.is(*sense))
    }

    pub fn is_mark(&self, mark: Mark) -> bool {
        self.kind == Kind::Mark(mark)
    }

    pub fn number(&self) -> Option<&Number> {
        match &self.kind {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }

    pub fn is_unknown(&self) -> bool {
        matches!(self.kind, Kind::Unknown { .. })
    }

    fn find<T>(&self, pick: impl Fn(&Meaning) -> Option<T>) -> Option<T> {
        match self.kind {
            Kind::Word(meanings) => meanings.iter().find_map(pick),
            _ => None,
        }
    }

    pub fn symptom(&self) -> Option<Symptom> {
        self.find(|meaning| if let Meaning::Symptom(code) = meaning { Some(*code) } else { None })
    }

    pub fn part(&self) -> Option<Symptom> {
        self.find(|meaning| if let Meaning::Part(code) = meaning { Some(*code) } else { None })
    }

    /// What is lost if this is denied: smell or taste.
    pub fn faculty(&self) -> Option<Symptom> {
        self.find(|meaning| if let Meaning::Faculty(code) = meaning { Some(*code) } else { None })
    }

    pub fn site(&self) -> Option<Site> {
        self.find(|meaning| if let Meaning::Site(site) = meaning { Some(*site) } else { None })
    }

    pub fn numeral(&self) -> Option<u32> {
        self.find(|meaning| if let Meaning::Numeral(value) = meaning { Some(*value) } else { None })
    }

    pub fn topic(&self, side: Side) -> Option<Topic> {
        self.find(|meaning| match meaning {
            Meaning::Topic(topic, at) if *at == side => Some(*topic),
            _ => None,
        })
    }
}

/// Cuts a message into tokens. `members` are words of this household.
pub(super) fn cut<'l>(text: &str, lexicon: &'l Lexicon, members: &[&str]) -> Vec<Token<'l>> {
    let glyphs = fold::fold(text);
    let mut household = Phrasebook::default();
    for member in members.iter().filter(|member| !member.chars().all(|ch| ch.is_ascii_digit())) {
        let _ = household.add(member, ());
    }
    Cutter { text, glyphs: &glyphs, lexicon, household, tokens: Vec::new(), at: 0 }.run()
}

struct Cutter<'a, 'l> {
    text: &'a str,
    glyphs: &'a [Glyph],
    lexicon: &'l Lexicon,
    household: Phrasebook<()>,
    tokens: Vec<Token<'l>>,
    at: usize,
}

impl<'l> Cutter<'_, 'l> {
    fn run(mut self) -> Vec<Token<'l>> {
        while let Some(glyph) = self.glyphs.get(self.at) {
            match glyph.ch {
                ' ' => self.at += 1,
                '\n' => self.push(Kind::Mark(Mark::Stop), 1),
                ch if ch.is_ascii_digit() => self.numbers(),
                _ => {
                    let _taken =
                        self.link() || self.known_word() || self.unknown_word() || self.mark();
                }
            }
        }
        self.tokens
    }

    fn push(&mut self, kind: Kind<'l>, length: usize) {
        self.push_span(kind, self.at..self.at + length);
        self.at += length;
    }

    fn push_span(&mut self, kind: Kind<'l>, glyphs: Range<usize>) {
        let span = self.glyphs[glyphs.start].at..self.glyphs[glyphs.end - 1].end;
        let glued = glyphs.start > 0 && !matches!(self.glyphs[glyphs.start - 1].ch, ' ' | '\n');
        self.tokens.push(Token { kind, span, glued });
    }

    fn numbers(&mut self) {
        let (pieces, end) = number::scan(self.glyphs, self.at);
        for (piece, span) in pieces {
            let kind = match piece {
                Piece::Number(number) => Kind::Number(number),
                Piece::Range => Kind::Mark(Mark::Range),
                Piece::Break => Kind::Mark(Mark::Comma),
            };
            self.push_span(kind, span);
        }
        self.at = end;
    }

    /// An address up to the next blank.
    fn link(&mut self) -> bool {
        let starts_word = self.at == 0 || matches!(self.glyphs[self.at - 1].ch, ' ' | '\n');
        if !starts_word {
            return false;
        }
        let word: String = self.glyphs[self.at..]
            .iter()
            .map(|glyph| glyph.ch)
            .take_while(|ch| !matches!(ch, ' ' | '\n'))
            .collect();
        let is_link = ["://", "www.", "@", ".com", ".cn/"].iter().any(|sign| word.contains(sign));
        if is_link {
            self.push(Kind::Link, word.chars().count());
        }
        is_link
    }

    fn known_word(&mut self) -> bool {
        let own =
            self.household.longest_at(self.glyphs, self.at).map(|(length, _)| (length, HOUSEHOLD));
        let common = self.lexicon.book.longest_at(self.glyphs, self.at);
        let found = match (own, common) {
            (Some(own), Some(common)) if common.0 > own.0 => Some(common),
            (own, common) => own.or(common),
        };
        if let Some((length, meanings)) = found {
            self.push(Kind::Word(meanings), length);
        }
        found.is_some()
    }

    fn unknown_word(&mut self) -> bool {
        let first = self.glyphs[self.at];
        if fold::is_unspaced_letter(first.ch) {
            self.unknown_letter();
            return true;
        }
        let length = self.glyphs[self.at..]
            .iter()
            .take_while(|glyph| fold::is_spaced_letter(glyph.ch))
            .count();
        if length > 0 {
            let capital = self.text[first.at..first.end].chars().any(char::is_uppercase);
            self.push(Kind::Unknown { unspaced: false, capital }, length);
        }
        length > 0
    }

    /// A letter of a script without blanks joins the unknown letters before it.
    fn unknown_letter(&mut self) {
        let Glyph { at, end, .. } = self.glyphs[self.at];
        match self.tokens.last_mut() {
            Some(Token { kind: Kind::Unknown { unspaced: true, .. }, span, .. })
                if span.end == at =>
            {
                span.end = end;
                self.at += 1;
            }
            _ => self.push(Kind::Unknown { unspaced: true, capital: false }, 1),
        }
    }

    fn mark(&mut self) -> bool {
        let kind = Kind::Mark(mark_of(self.glyphs[self.at].ch));
        self.push(kind, 1);
        true
    }
}

fn mark_of(ch: char) -> Mark {
    match ch {
        ',' => Mark::Comma,
        '、' | '/' | '&' | '|' => Mark::List,
        '.' | '!' | ';' | '。' => Mark::Stop,
        '?' => Mark::Question,
        ':' | '=' => Mark::Colon,
        '(' | '[' | '【' | '（' => Mark::Open,
        ')' | ']' | '】' | '）' => Mark::Close,
        '-' | '~' => Mark::Range,
        '+' => Mark::Plus,
        '%' | '‰' => Mark::Percent,
        '$' | '€' | '£' | '¥' | '₩' | '₽' | '₫' | '฿' | '₹' => Mark::Currency,
        '#' => Mark::Hash,
        '<' | '>' | '≤' | '≥' | '≧' | '≦' => Mark::Compare,
        _ => Mark::Other,
    }
}
