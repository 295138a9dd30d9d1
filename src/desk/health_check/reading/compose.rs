//! Numbers made of several tokens: "36度7", "36点7", "三十六度八", "37 et demi", "36 7", and digits that belong to one telephone number.

use super::lexicon::{Sense, Side, Topic};
use super::number::{Number, Shape};
use super::token::{Kind, Mark, Token};

/// Joins the tokens that form one number.
pub(super) fn compose<'l>(tokens: &[Token<'l>]) -> Vec<Token<'l>> {
    let tokens = rewrite(tokens, spelled);
    let mut tokens =
        rewrite(&tokens, |rest| clock(rest).or_else(|| grouped(rest)).or_else(|| fraction(rest)));
    mark_codes(&mut tokens);
    tokens
}

/// A number and how many tokens it takes.
type Joined = (Number, usize);

fn rewrite<'l>(
    tokens: &[Token<'l>],
    join: impl Fn(&[Token<'l>]) -> Option<Joined>,
) -> Vec<Token<'l>> {
    let mut rewritten = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(first) = tokens.get(at) {
        let joined = join(&tokens[at..]);
        let taken = joined.map_or(1, |(_, taken)| taken);
        let kind = joined.map_or(first.kind, |(number, _)| Kind::Number(number));
        let span = first.span.start..tokens[at + taken - 1].span.end;
        rewritten.push(Token { kind, span, glued: first.glued });
        at += taken;
    }
    rewritten
}

/// "thirty-six", "三十六", "siebenunddreißig": twenty and above, in words.
fn spelled(tokens: &[Token<'_>]) -> Option<Joined> {
    let (tens, taken) = tens(tokens)?;
    let unit = tokens.get(taken).and_then(Token::numeral).filter(|unit| (1..=9).contains(unit));
    let (value, taken) = match unit {
        Some(unit) if tens % 10 == 0 => (tens + unit, taken + 1),
        _ => (tens, taken),
    };
    Some((Number::whole(value, 2), taken))
}

fn tens(tokens: &[Token<'_>]) -> Option<(u32, usize)> {
    let first = tokens.first()?;
    let multiplied = tokens.get(1).is_some_and(|token| token.is(Sense::Ten));
    match first.numeral() {
        Some(digit @ 1..=9) if multiplied => Some((digit * 10, 2)),
        Some(value @ 20..) => Some((value, 1)),
        _ if first.is(Sense::Ten) => Some((10, 1)),
        _ => None,
    }
}

/// "3点40", "18h37", "18時36分": the hour's word makes the digits behind it minutes.
fn clock(tokens: &[Token<'_>]) -> Option<Joined> {
    let [hour, word, minute, rest @ ..] = tokens else { return None };
    let hour_fits = hour.number().is_some_and(|number| number.is_whole() && number.whole <= 24);
    let word_fits = word.glued && word.topic(Side::After) == Some(Topic::Time);
    let minute_fits = minute.glued
        && minute
            .number()
            .is_some_and(|number| number.is_whole() && number.digits == 2 && number.whole < 60);
    let degrees = rest
        .first()
        .is_some_and(|token| token.is_any(&[Sense::Degree, Sense::Celsius, Sense::Point]));
    (hour_fits && word_fits && minute_fits && !degrees)
        .then(|| (Number { shape: Shape::Clock, ..Number::code() }, 3))
}

/// "06 00 00 00 00", "+44 20 7946", "36 500": groups of digits that are one number.
fn grouped(tokens: &[Token<'_>]) -> Option<Joined> {
    let international = tokens.first()?.is_mark(Mark::Plus)
        && tokens.get(1).is_some_and(|next| next.glued && next.number().is_some());
    let start = usize::from(international);
    let groups: Vec<usize> = tokens[start..].iter().map_while(group_digits).collect();
    let digits: usize = groups.iter().sum();
    let first_is_code = tokens[start].number().is_some_and(|number| number.shape == Shape::Code);
    let thousands = groups.len() == 2 && groups[1] == 3 && groups[0] <= 3;
    let telephone = groups.len() >= 3 && digits >= 7 || groups.len() >= 2 && first_is_code;
    (international || telephone || thousands).then(|| (Number::code(), start + groups.len().max(1)))
}

/// The digits of a group; a code counts as five.
fn group_digits(token: &Token<'_>) -> Option<usize> {
    let number = token.number()?;
    match number.shape {
        Shape::Whole => Some(usize::from(number.digits)),
        Shape::Code => Some(5),
        _ => None,
    }
}

/// A whole number with a fraction behind it: by a word for the point, by the degree, by a half, or by nothing but a blank.
fn fraction(tokens: &[Token<'_>]) -> Option<Joined> {
    let whole = *tokens.first()?.number().filter(|number| number.is_whole())?;
    by_half(whole, tokens)
        .or_else(|| by_point(whole, tokens))
        .or_else(|| by_degree(whole, tokens))
        .or_else(|| by_blank(whole, tokens))
}

fn is_body_height(whole: u32) -> bool {
    (30..=45).contains(&whole)
}

/// "三十八度半", "37 et demi"
fn by_half(whole: Number, tokens: &[Token<'_>]) -> Option<Joined> {
    let at = if tokens.get(1)?.is_any(&[Sense::Degree, Sense::Celsius]) { 2 } else { 1 };
    let half = tokens.get(at)?.is(Sense::Half) && is_body_height(whole.whole);
    half.then(|| (whole.with_fraction(Shape::Decimal, 5, 1), at + 1))
}

/// "36点7", "thirty-six point seven", "37 и 2"
fn by_point(whole: Number, tokens: &[Token<'_>]) -> Option<Joined> {
    let sensible = is_body_height(whole.whole) || (95..=108).contains(&whole.whole);
    let (tenth, places) = digit(tokens.get(2)?)?;
    (sensible && tokens[1].is(Sense::Point)).then(|| {
        let suffix =
            usize::from(tokens.get(3).is_some_and(|token| token.glued && token.is(Sense::Tenth)));
        (whole.with_fraction(Shape::Decimal, tenth, places), 3 + suffix)
    })
}

/// "36度7", "37°2", "36度5分", and "7度2分" with the thirty left out.
fn by_degree(whole: Number, tokens: &[Token<'_>]) -> Option<Joined> {
    let (tenth, places) = digit(tokens.get(2)?)?;
    let has_suffix = tokens.get(3).is_some_and(|token| token.is(Sense::Tenth));
    let close = tokens[2].glued
        || has_suffix
        || tokens.get(3).is_none_or(|token| !token.is_mark(Mark::Close));
    let own_unit =
        tokens.get(3).is_some_and(|token| !has_suffix && token.glued && is_foreign_unit(token));
    let sensible = is_body_height(whole.whole) || (5..=9).contains(&whole.whole);
    let fits = tokens[1].is(Sense::Degree) && places == 1 && close && !own_unit && sensible;
    fits.then(|| (whole.with_fraction(Shape::Degree, tenth, places), 3 + usize::from(has_suffix)))
}

fn is_foreign_unit(token: &Token<'_>) -> bool {
    token.topic(Side::After).is_some()
        || matches!(token.kind, Kind::Unknown { unspaced: true, .. })
        || token.is_mark(Mark::Percent)
}

/// "36 7", "trente-sept deux"
fn by_blank(whole: Number, tokens: &[Token<'_>]) -> Option<Joined> {
    let (tenth, places) = digit(tokens.get(1)?)?;
    let own = tokens.get(2).is_some_and(|token| {
        is_foreign_unit(token)
            || token.is_mark(Mark::Close)
            || token.is_mark(Mark::Colon)
            || token.number().is_some()
    });
    (is_body_height(whole.whole) && places == 1 && !own)
        .then(|| (whole.with_fraction(Shape::Gap, tenth, places), 2))
}

/// A digit, or two of them, or a numeral's word below ten.
fn digit(token: &Token<'_>) -> Option<(u32, u8)> {
    let written = token
        .number()
        .filter(|number| number.is_whole() && number.digits <= 2)
        .map(|number| (number.whole, number.digits));
    written.or_else(|| token.numeral().filter(|value| *value < 10).map(|value| (value, 1)))
}

/// "B37", "36x": a whole number grown together with unknown letters is a code.
fn mark_codes(tokens: &mut [Token<'_>]) {
    let spaced_unknown =
        |token: &Token<'_>| matches!(token.kind, Kind::Unknown { unspaced: false, .. });
    for at in 0..tokens.len() {
        let after = at > 0 && tokens[at].glued && spaced_unknown(&tokens[at - 1]);
        let before = tokens.get(at + 1).is_some_and(|next| next.glued && spaced_unknown(next));
        if tokens[at].number().is_some_and(Number::is_whole) && (after || before) {
            tokens[at].kind = Kind::Number(Number::code());
        }
    }
}
