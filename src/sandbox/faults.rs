//! Bad weather for crash tests: which call goes wrong, how, and how often. Chance comes from a
//! seed, so that a run can be repeated.

use super::schema::Method;

/// What goes wrong with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// 429, come again in so many seconds; the call is not done.
    TooManyRequests {
        /// Seconds to wait.
        retry_after: u64,
    },
    /// 502 with a page of HTML, as a proxy writes it; the call is not done.
    BadGateway,
    /// 500; the call is not done.
    ServerError,
    /// The connection closes and the call is not done.
    CutBefore,
    /// The call is done, then the connection closes without an answer.
    CutAfter,
    /// The call is done and answered with JSON that does not parse.
    Garbage,
    /// 400 with this reason, such as "can't parse entities"; the call is not done.
    Refused {
        /// What stands behind `Bad Request: `.
        why: &'static str,
    },
    /// The call is done and answered, but only after this time.
    Slow {
        /// Milliseconds to wait first.
        milliseconds: u64,
    },
    /// getUpdates gives the latest batch again, confirmed or not.
    RepeatUpdates,
}

#[derive(Debug, Clone, Copy)]
enum Chance {
    Probability(f64),
    EveryNth(u32),
}

/// A fault, and the calls it happens to: without further words, to all of them.
#[derive(Debug, Clone)]
pub struct FaultRule {
    fault: Fault,
    method: Option<Method>,
    chat: Option<i64>,
    chance: Chance,
    times_left: Option<u32>,
    seen: u32,
}

impl FaultRule {
    /// This fault, on every call.
    #[must_use]
    pub fn new(fault: Fault) -> Self {
        let chance = Chance::EveryNth(1);
        Self { fault, method: None, chat: None, chance, times_left: None, seen: 0 }
    }

    /// Only on calls of this method.
    #[must_use]
    pub fn on(mut self, method: Method) -> Self {
        self.method = Some(method);
        self
    }

    /// Only on calls about this chat, by the id the Bot API uses.
    #[must_use]
    pub fn in_chat(mut self, chat: i64) -> Self {
        self.chat = Some(chat);
        self
    }

    /// Only with this probability (0 to 1).
    #[must_use]
    pub fn with_probability(mut self, probability: f64) -> Self {
        self.chance = Chance::Probability(probability);
        self
    }

    /// Only on every n-th of the calls it fits, the n-th first.
    #[must_use]
    pub fn every(mut self, nth: u32) -> Self {
        self.chance = Chance::EveryNth(nth.max(1));
        self
    }

    /// At most this many times.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times_left = Some(times);
        self
    }

    fn fits(&self, method: Method, chat: Option<i64>) -> bool {
        self.times_left != Some(0)
            && self.method.is_none_or(|wanted| wanted == method)
            && self.chat.is_none_or(|wanted| chat == Some(wanted))
            && (self.fault != Fault::RepeatUpdates || method == Method::GetUpdates)
    }

    fn strikes(&mut self, random: &mut Random) -> bool {
        self.seen += 1;
        let struck = match self.chance {
            Chance::Probability(probability) => random.unit() < probability,
            Chance::EveryNth(nth) => self.seen.is_multiple_of(nth),
        };
        if struck {
            self.times_left = self.times_left.map(|left| left - 1);
        }
        struck
    }
}

/// The rules in force.
#[derive(Debug, Default)]
pub(super) struct Faults {
    rules: Vec<FaultRule>,
    random: Random,
}

impl Faults {
    pub fn seeded(seed: u64) -> Self {
        Self { rules: Vec::new(), random: Random(seed) }
    }

    pub fn add(&mut self, rule: FaultRule) {
        self.rules.push(rule);
    }

    pub fn clear(&mut self) {
        self.rules.clear();
    }

    /// What happens to this call: the first rule that strikes decides.
    pub fn strike(&mut self, method: Method, chat: Option<i64>) -> Option<Fault> {
        let Self { rules, random } = self;
        let mut fitting = rules.iter_mut().filter(|rule| rule.fits(method, chat));
        fitting.find_map(|rule| rule.strikes(random).then_some(rule.fault))
    }
}

/// `SplitMix64` (Steele, Lea, Flood 2014): small, and the same on every machine.
#[derive(Debug, Default)]
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// At least 0, below 1.
    fn unit(&mut self) -> f64 {
        let thirty_two_bits = u32::try_from(self.next() >> 32).unwrap_or(u32::MAX);
        f64::from(thirty_two_bits) / (f64::from(u32::MAX) + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strikes(seed: u64) -> Vec<bool> {
        let mut faults = Faults::seeded(seed);
        faults.add(FaultRule::new(Fault::BadGateway).with_probability(0.5));
        (0..40).map(|_| faults.strike(Method::SendMessage, None).is_some()).collect()
    }

    #[test]
    fn the_same_seed_strikes_the_same_calls() {
        assert_eq!(strikes(7), strikes(7));
        assert_ne!(strikes(7), strikes(8));
        let struck = strikes(7).into_iter().filter(|struck| *struck).count();
        assert!((10..=30).contains(&struck), "{struck} of 40 at one half");
    }

    #[test]
    fn a_rule_strikes_every_nth_of_the_calls_it_fits_and_no_more_often_than_told() {
        let mut faults = Faults::seeded(1);
        faults.add(
            FaultRule::new(Fault::CutAfter).on(Method::SendMessage).in_chat(-5).every(2).times(2),
        );
        assert_eq!(faults.strike(Method::SendMessage, Some(-6)), None);
        assert_eq!(faults.strike(Method::GetMe, Some(-5)), None);
        let struck: Vec<_> =
            (0..6).map(|_| faults.strike(Method::SendMessage, Some(-5)).is_some()).collect();
        assert_eq!(struck, [false, true, false, true, false, false]);
    }
}
