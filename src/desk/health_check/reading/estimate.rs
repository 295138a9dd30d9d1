//! Weighing a number: what temperature it would be, and whether its neighbours make that sure, doubtful, or nothing at all.

use super::Celsius;
use super::message::Message;
use super::number::{Number, Shape};
use super::support::Support;

/// A number that may be a temperature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Value {
    /// Its token.
    pub at: usize,
    pub celsius: Celsius,
    pub estimate: Estimate,
    pub whole: bool,
    /// Why, for [`super::explain`].
    pub why: &'static str,
}

/// How sure a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Estimate {
    Sure,
    Doubt,
    OutOfRange,
}

/// What a number would be as a temperature, by its digits alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Band {
    /// 35.0 to 42.0 with one decimal.
    Tenths,
    /// 35.00 to 42.00 with two decimals, like a price.
    Hundredths,
    /// 35 to 42.
    Whole,
    /// "36 7", "367", "3675", "3.67", "6.8": a slip of the finger.
    Slip,
    /// 95 to 108: degrees Fahrenheit, or an oxygen saturation.
    Fahrenheit,
    /// Anything else.
    Beyond,
}

/// From here on silence is dangerous: the lowest fever limit of the rules of follow-up.
const FEVERISH: Celsius = Celsius::from_tenths(373);

/// The numbers of a message that may be temperatures.
pub(super) fn values(message: &Message<'_>) -> Vec<Value> {
    (0..message.tokens.len()).filter_map(|at| value(message, at)).collect()
}

fn value(message: &Message<'_>, at: usize) -> Option<Value> {
    let number = message.tokens[at].number()?;
    let is_other =
        message.set_aside[at].is_some() || number.shape == Shape::Ordinal || message.is_named(at);
    if is_other {
        return None;
    }
    let support = Support::around(message, at, number);
    let (band, celsius) = band(number, &support);
    let (estimate, why) =
        weigh(band, number, celsius, &support, message.lexicon.speaks_fahrenheit())?;
    Some(Value { at, celsius, estimate, whole: number.is_whole(), why })
}

fn band(number: &Number, support: &Support) -> (Band, Celsius) {
    let hundredths = number.hundredths();
    let as_written = Celsius::from_tenths((hundredths + 5).div_euclid(10));
    let slip =
        slipped_tenths(number).map(Celsius::from_tenths).filter(|celsius| celsius.is_plausible());
    if let Some(meant) = slip {
        return (Band::Slip, meant);
    }
    if (9500..10800).contains(&hundredths) && !support.celsius {
        return (Band::Fahrenheit, Celsius::from_fahrenheit_hundredths(hundredths));
    }
    let band = match number.places {
        _ if !as_written.is_plausible() => Band::Beyond,
        0 => Band::Whole,
        1 => Band::Tenths,
        _ => Band::Hundredths,
    };
    (band, as_written)
}

/// The tenths that were meant by a number with a missing, misplaced or forgotten part.
fn slipped_tenths(number: &Number) -> Option<i32> {
    let tenths = match (number.shape, number.digits, number.places) {
        (Shape::Gap, ..) => number.whole * 10 + number.fraction,
        (Shape::Whole, 3, 0) => number.whole,
        (Shape::Whole, 4, 0) => (number.whole + 5) / 10,
        (Shape::Decimal, 1, 2) => number.whole * 100 + number.fraction,
        (Shape::Decimal | Shape::Degree, 1, 1) if (5..=9).contains(&number.whole) => {
            300 + number.whole * 10 + number.fraction
        }
        _ => return None,
    };
    i32::try_from(tenths).ok()
}

type Weighed = Option<(Estimate, &'static str)>;

fn weigh(
    band: Band,
    number: &Number,
    celsius: Celsius,
    support: &Support,
    speaks_fahrenheit: bool,
) -> Weighed {
    if support.elsewhere {
        return weigh_elsewhere(band, celsius, support);
    }
    match band {
        Band::Tenths => weigh_tenths(support),
        Band::Hundredths => weigh_hundredths(support),
        Band::Whole => weigh_whole(support),
        Band::Slip => weigh_slip(number, support),
        Band::Fahrenheit => weigh_fahrenheit(number, support, speaks_fahrenheit),
        Band::Beyond => weigh_beyond(number, celsius, support),
    }
}

/// The clause speaks of weather, rooms or machines. A temperature there is asked about if a person or an illness is
/// named too, or if it has a fever's height and the other thing does not stand right beside it: "39.5 in bed, heating on".
fn weigh_elsewhere(band: Band, celsius: Celsius, support: &Support) -> Weighed {
    let of_body = support.body || support.person || support.health;
    let bare =
        band == Band::Tenths && !support.degree && !support.celsius && !support.elsewhere_beside;
    let of_fever = celsius >= FEVERISH && (bare || support.cue_beside);
    let plausible = matches!(band, Band::Tenths | Band::Whole | Band::Fahrenheit);
    ((of_body || of_fever) && plausible && !support.trade)
        .then_some((Estimate::Doubt, "other temperatures are talked about"))
}

fn weigh_tenths(support: &Support) -> Weighed {
    if support.fahrenheit {
        return Some((Estimate::Doubt, "too low for Fahrenheit"));
    }
    if support.cue || support.celsius || support.person {
        return Some((
            Estimate::Sure,
            "a decimal from 35 to 42 with a unit, a word for temperature or a person",
        ));
    }
    if support.trade {
        return support.health.then_some((Estimate::Doubt, "goods or prices are talked about"));
    }
    let clear = (support.health || !support.trade_before) && !support.strange
        || !support.touched && (support.health || support.degree);
    if clear {
        Some((Estimate::Sure, "a decimal from 35 to 42 and nothing against it"))
    } else {
        Some((Estimate::Doubt, "a decimal from 35 to 42 among unknown words or goods"))
    }
}

fn weigh_hundredths(support: &Support) -> Weighed {
    if support.cue || support.celsius || support.person {
        return Some((
            Estimate::Sure,
            "two decimals with a unit, a word for temperature or a person",
        ));
    }
    let open = !support.strange && !support.trade;
    open.then_some((Estimate::Doubt, "two decimals, like a price"))
}

fn weigh_whole(support: &Support) -> Weighed {
    let unit = support.celsius || support.degree && !support.touched;
    if unit || support.cue || support.person && !support.subject {
        return Some((
            Estimate::Sure,
            "a whole number with a unit, a word for temperature or a person",
        ));
    }
    let open =
        support.subject || support.named || support.health || support.alone || support.degree;
    (open && !support.trade).then_some((Estimate::Doubt, "a whole number from 35 to 42"))
}

fn weigh_slip(number: &Number, support: &Support) -> Weighed {
    let meant = support.cue || support.person || support.celsius || support.degree;
    let guessable = match (number.shape, number.digits, number.places) {
        (Shape::Whole, 4, _) => support.cue,
        (Shape::Decimal, 1, 1) => support.cue || support.person,
        (Shape::Degree, 1, _) => meant || support.alone || support.health || !support.strange,
        _ => meant || support.alone || support.health,
    };
    (guessable && !support.trade)
        .then_some((Estimate::Doubt, "a temperature with a slip of the finger"))
}

fn weigh_fahrenheit(number: &Number, support: &Support, speaks_fahrenheit: bool) -> Weighed {
    let decimal = number.places > 0;
    let named = support.person && !support.subject || support.degree;
    if support.fahrenheit || speaks_fahrenheit && (support.cue || decimal && named) {
        return Some((Estimate::Sure, "degrees Fahrenheit with a unit or a word for temperature"));
    }
    let bare = support.alone || named || support.subject || support.health;
    let open =
        support.cue || speaks_fahrenheit && decimal || bare && (decimal || speaks_fahrenheit);
    (open && !support.trade)
        .then_some((Estimate::Doubt, "degrees Fahrenheit or an oxygen saturation"))
}

fn weigh_beyond(number: &Number, celsius: Celsius, support: &Support) -> Weighed {
    let tenths = celsius.tenths();
    let cue = support.body && (100..2000).contains(&tenths)
        || support.cue && (300..2000).contains(&tenths);
    let unit =
        (support.celsius || support.degree) && (300..=500).contains(&tenths) && !support.strange;
    let single = number.places == 1 && number.shape != Shape::Gap && (100..1000).contains(&tenths);
    let bare = single && (support.person || support.alone) && !support.trade;
    (cue || unit || bare).then_some((Estimate::OutOfRange, "outside 35.0 to 42.0"))
}
