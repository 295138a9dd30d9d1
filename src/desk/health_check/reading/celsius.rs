//! A body temperature in tenths of a degree Celsius, the only form in which one is kept, compared and shown.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A temperature in degrees Celsius with one decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Celsius(/* tenths of a degree */ i32);

/// The text is no temperature with at most one decimal ("36.7", "37").
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a temperature is written like 36.7")]
pub struct NotCelsius;

impl Celsius {
    /// The lowest value taken without a question (rules of follow-up, "fever").
    pub const LOWEST: Self = Self(350);
    /// The highest value taken without a question.
    pub const HIGHEST: Self = Self(420);

    /// From tenths of a degree: 367 is 36.7 °C.
    #[must_use]
    pub const fn from_tenths(tenths: i32) -> Self {
        Self(tenths)
    }

    /// Tenths of a degree: 36.7 °C is 367.
    #[must_use]
    pub const fn tenths(self) -> i32 {
        self.0
    }

    /// Whether a living person can have it: 35.0 to 42.0 °C.
    #[must_use]
    pub fn is_plausible(self) -> bool {
        (Self::LOWEST..=Self::HIGHEST).contains(&self)
    }

    /// From hundredths of a degree Fahrenheit, rounded half up: 98.20 °F is 36.8 °C.
    #[must_use]
    pub fn from_fahrenheit_hundredths(hundredths: i32) -> Self {
        Self(((hundredths - 3200) * 10 + 90).div_euclid(180))
    }
}

impl fmt::Display for Celsius {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let tenths = self.0.unsigned_abs();
        write!(f, "{sign}{}.{}", tenths / 10, tenths % 10)
    }
}

impl FromStr for Celsius {
    type Err = NotCelsius;

    fn from_str(text: &str) -> Result<Self, NotCelsius> {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, tenth) = digits.split_once('.').unwrap_or((digits, "0"));
        let fits = |part: &str, most| {
            (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
        };
        if !fits(whole, 4) || !fits(tenth, 1) {
            return Err(NotCelsius);
        }
        let tenths = format!("{whole}{tenth}").parse::<i32>().map_err(|_| NotCelsius)?;
        Ok(Self(sign * tenths))
    }
}

impl Serialize for Celsius {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 10.0)
    }
}

impl<'de> Deserialize<'de> for Celsius {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let degrees = f64::deserialize(deserializer)?;
        format!("{degrees:.1}").parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fahrenheit_is_rounded_half_up() {
        for (hundredths, tenths) in
            [(9820, 368), (9860, 370), (10220, 390), (9800, 367), (10400, 400)]
        {
            assert_eq!(Celsius::from_fahrenheit_hundredths(hundredths).tenths(), tenths);
        }
    }

    #[test]
    fn what_is_shown_is_read_back() {
        for tenths in -500..500 {
            let celsius = Celsius::from_tenths(tenths);
            assert_eq!(celsius.to_string().parse(), Ok(celsius));
            let json = serde_json::to_string(&celsius).unwrap();
            assert_eq!(serde_json::from_str::<Celsius>(&json).unwrap(), celsius);
        }
    }

    #[test]
    fn nonsense_is_no_temperature() {
        for text in ["", ".", "36.", "36.75", "+36", "３６.7", "36,7", "--3", "12345"] {
            assert_eq!(text.parse::<Celsius>(), Err(NotCelsius), "{text}");
        }
    }
}
