//! Red flags: phrases that call for help before anything else. A denied one is none; an unclear one is one.

use std::ops::Range;

use super::RedFlag;
use super::fold::{self, Glyph};
use super::lexicon::{Lexicon, Sense, stands_at};
use super::token::{self, Mark, Token};

/// A phrase of the lexicon. ".." in it lets a few words stand between its parts ("pain .. chest");
/// a leading "!" says that it is a denial itself ("!can't .. breathe"), so that a "no" before it denies nothing.
#[derive(Clone, Debug)]
pub(super) struct RedPhrase {
    parts: Vec<Vec<char>>,
    deniable: bool,
}

/// How many characters may stand in a gap of a phrase.
const WIDEST_GAP: usize = 24;

impl RedPhrase {
    pub fn parse(words: &str) -> Self {
        let (words, deniable) =
            words.strip_prefix('!').map_or((words, true), |words| (words, false));
        Self {
            parts: words.split("..").map(fold::fold_word).filter(|part| !part.is_empty()).collect(),
            deniable,
        }
    }

    /// Where in the message the phrase stands, in glyphs.
    fn places(&self, glyphs: &[Glyph]) -> Vec<Range<usize>> {
        (0..glyphs.len()).filter_map(|at| self.end_from(glyphs, at).map(|end| at..end)).collect()
    }

    fn end_from(&self, glyphs: &[Glyph], at: usize) -> Option<usize> {
        let (first, rest) = self.parts.split_first()?;
        let end = stands_at(first, glyphs, at).then_some(at + first.len())?;
        rest.iter().try_fold(end, |end, part| find_part(part, glyphs, end))
    }
}

fn find_part(part: &[char], glyphs: &[Glyph], from: usize) -> Option<usize> {
    let gap =
        glyphs[from..].iter().take(WIDEST_GAP).take_while(|glyph| !ends_clause(glyph.ch)).count();
    (from..=from + gap).find(|at| stands_at(part, glyphs, *at)).map(|at| at + part.len())
}

fn ends_clause(ch: char) -> bool {
    matches!(ch, '.' | '!' | '?' | '。' | '\n' | ';' | ',')
}

/// The calls for help in a message, each once, in the order of [`RedFlag`].
/// One that is denied right before or after it ("no chest pain", "没有胸痛") is left out; what is unclear stays.
#[must_use]
pub fn red_flags(text: &str, lexicon: &Lexicon) -> Vec<RedFlag> {
    let glyphs = fold::fold(text);
    let tokens = token::cut(text, lexicon, &[]);
    let is_raised = |phrase: &RedPhrase| {
        let bytes = |place: &Range<usize>| glyphs[place.start].at..glyphs[place.end - 1].end;
        phrase
            .places(&glyphs)
            .iter()
            .any(|place| !(phrase.deniable && is_denied(&tokens, &bytes(place))))
    };
    let mut flags: Vec<RedFlag> = lexicon
        .red_flags
        .iter()
        .filter(|(_, phrase)| is_raised(phrase))
        .map(|(flag, _)| *flag)
        .collect();
    flags.sort_unstable();
    flags.dedup();
    flags
}

fn is_denied(tokens: &[Token<'_>], place: &Range<usize>) -> bool {
    let before = tokens.iter().rev().skip_while(|token| token.span.start >= place.start);
    let after = tokens.iter().skip_while(|token| token.span.start < place.end);
    let says = |token: &&Token<'_>| !is_bridge(token);
    let denied_before = { before }.find(says).is_some_and(|token| token.is(Sense::DenialBefore));
    let denied_after = { after }.find(says).is_some_and(|token| token.is(Sense::DenialAfter));
    denied_before || denied_after
}

/// Between a denial and what it denies: other complaints and the joints of a list, but no comma and no "but".
fn is_bridge(token: &Token<'_>) -> bool {
    let complaint = token.symptom().is_some()
        || token.part().is_some()
        || token.is_any(&[Sense::Pain, Sense::SymptomNoun]);
    let joint = token.is_any(&[Sense::And, Sense::Or, Sense::Filler]) || token.is_mark(Mark::List);
    let denial = token.is_any(&[Sense::DenialBefore, Sense::DenialAfter, Sense::But]);
    (complaint || joint) && !denial
}
