//! How one setting is read, and how it is written into the example file. A value comes as text
//! from either source, so `number = 120` and `number = "120"` mean the same.

use std::fmt::{self, Display};
use std::net::SocketAddr;
use std::str::FromStr;
use std::time::Duration;

use chrono::NaiveTime;
use chrono_tz::Tz;
use tracing::level_filters::LevelFilter;

use super::error::ConfigError;

/// A temperature in tenths of a degree Celsius: 373 is 37.3.
pub type Tenths = i32;

/// What a thermometer in use can show, in tenths (rule "fever": 35.0 to 42.0 is accepted).
const ACCEPTED: std::ops::RangeInclusive<Tenths> = 350..=420;

const HH_MM: &str = "%H:%M";

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Walks over the settings in the order of the example file.
pub(super) trait Visitor {
    /// A section begins.
    fn section(&mut self, name: &'static str, about: &[&str]);

    /// A key of the section that began last.
    fn key<V: Value>(
        &mut self,
        name: &str,
        meaning: &[&str],
        value: &mut V,
    ) -> Result<(), ConfigError>;
}

/// A value as it was found.
#[derive(Debug)]
pub(super) enum Raw {
    One(String),
    Many(Vec<String>),
}

/// A kind of setting.
pub(super) trait Value: Sized {
    /// Ends the sentence "it must be ..".
    const EXPECTED: &'static str;

    /// The value, if it is one.
    fn read(raw: &Raw) -> Option<Self>;

    /// The value as TOML.
    fn write(&self) -> String;
}

impl Raw {
    /// The text, if it is one.
    pub(super) fn one(&self) -> Option<&str> {
        match self {
            Self::One(text) => Some(text.trim()),
            Self::Many(_) => None,
        }
    }

    /// The items of a list, which in one text are separated by commas.
    fn many(&self) -> impl Iterator<Item = &str> {
        let items: Vec<&str> = match self {
            Self::One(text) => text.split(',').collect(),
            Self::Many(items) => items.iter().map(String::as_str).collect(),
        };
        items.into_iter().map(str::trim)
    }

    fn parse<T: FromStr>(&self) -> Option<T> {
        self.one()?.parse().ok()
    }
}

impl Display for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(text) => write!(f, "{text:?}"),
            Self::Many(items) => write!(f, "{items:?}"),
        }
    }
}

impl Value for bool {
    const EXPECTED: &'static str = "true or false";

    fn read(raw: &Raw) -> Option<Self> {
        raw.parse()
    }

    fn write(&self) -> String {
        self.to_string()
    }
}

impl Value for u32 {
    const EXPECTED: &'static str = "a whole number, 0 or more";

    fn read(raw: &Raw) -> Option<Self> {
        raw.parse()
    }

    fn write(&self) -> String {
        self.to_string()
    }
}

impl Value for Tenths {
    const EXPECTED: &'static str =
        "degrees Celsius from 35.0 to 42.0 with one decimal, such as 37.3";

    fn read(raw: &Raw) -> Option<Self> {
        let (whole, fraction) = raw.one()?.split_once('.').unwrap_or((raw.one()?, ""));
        let tenth: u8 = match fraction.trim_end_matches('0') {
            "" => 0,
            digit if digit.len() == 1 => digit.parse().ok()?,
            _ => return None,
        };
        let tenths = Self::from(whole.parse::<u8>().ok()?) * 10 + Self::from(tenth);
        ACCEPTED.contains(&tenths).then_some(tenths)
    }

    fn write(&self) -> String {
        format!("{}.{}", self / 10, self % 10)
    }
}

impl Value for String {
    const EXPECTED: &'static str = "a text that is not empty";

    fn read(raw: &Raw) -> Option<Self> {
        raw.one().filter(|text| !text.is_empty()).map(str::to_owned)
    }

    fn write(&self) -> String {
        quoted(self)
    }
}

impl Value for SocketAddr {
    const EXPECTED: &'static str = r#"an address and a port such as "127.0.0.1:8081""#;

    fn read(raw: &Raw) -> Option<Self> {
        raw.parse()
    }

    fn write(&self) -> String {
        quoted(self)
    }
}

impl Value for Option<SocketAddr> {
    const EXPECTED: &'static str = r#"empty, or an address and a port such as "127.0.0.1:8082""#;

    fn read(raw: &Raw) -> Option<Self> {
        match raw.one()? {
            "" => Some(None),
            _ => raw.parse().map(Some),
        }
    }

    fn write(&self) -> String {
        quoted(self.map(|at| at.to_string()).unwrap_or_default())
    }
}

impl Value for Tz {
    const EXPECTED: &'static str = r#"the IANA name of a time zone such as "Asia/Shanghai""#;

    fn read(raw: &Raw) -> Option<Self> {
        raw.parse()
    }

    fn write(&self) -> String {
        quoted(self)
    }
}

impl Value for LevelFilter {
    const EXPECTED: &'static str = "off, error, warn, info, debug or trace";

    fn read(raw: &Raw) -> Option<Self> {
        raw.parse()
    }

    fn write(&self) -> String {
        quoted(self)
    }
}

impl Value for LogFormat {
    const EXPECTED: &'static str = "text or json";

    fn read(raw: &Raw) -> Option<Self> {
        match raw.one()? {
            "text" => Some(Self::Text),
            "json" => Some(Self::Json),
            _ => None,
        }
    }

    fn write(&self) -> String {
        quoted(match self {
            Self::Text => "text",
            Self::Json => "json",
        })
    }
}

impl Value for Duration {
    const EXPECTED: &'static str = r#"a duration such as "60m", "4h" or "10 min""#;

    fn read(raw: &Raw) -> Option<Self> {
        duration(raw.one()?)
    }

    fn write(&self) -> String {
        quoted(spoken(*self))
    }
}

impl Value for [Duration; 2] {
    const EXPECTED: &'static str = r#"two rising durations such as ["60m", "4h"]"#;

    fn read(raw: &Raw) -> Option<Self> {
        let rungs: Vec<Duration> = raw.many().map(duration).collect::<Option<_>>()?;
        let rungs: Self = rungs.try_into().ok()?;
        rungs.is_sorted_by(|first, second| first < second).then_some(rungs)
    }

    fn write(&self) -> String {
        list(self.map(spoken))
    }
}

impl Value for NaiveTime {
    const EXPECTED: &'static str = r#"a time of day such as "21:30""#;

    fn read(raw: &Raw) -> Option<Self> {
        time_of_day(raw.one()?)
    }

    fn write(&self) -> String {
        quoted(self.format(HH_MM))
    }
}

impl Value for Vec<NaiveTime> {
    const EXPECTED: &'static str =
        r#"at least one time of day, each once and in rising order, such as ["08:00", "18:00"]"#;

    fn read(raw: &Raw) -> Option<Self> {
        let times: Self = raw.many().map(time_of_day).collect::<Option<_>>()?;
        let usable = !times.is_empty() && times.is_sorted_by(|first, second| first < second);
        usable.then_some(times)
    }

    fn write(&self) -> String {
        list(self.iter().map(|time| time.format(HH_MM)))
    }
}

/// A duration in the words that the settings use: whole hours, whole minutes, or more exactly.
pub(super) fn spoken(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        _ if duration.is_zero() => "0".to_owned(),
        _ if duration.subsec_nanos() > 0 || !seconds.is_multiple_of(60) => {
            humantime::format_duration(duration).to_string()
        }
        _ if seconds.is_multiple_of(3600) => format!("{}h", seconds / 3600),
        _ => format!("{}m", seconds / 60),
    }
}

fn duration(text: &str) -> Option<Duration> {
    if text == "0" { Some(Duration::ZERO) } else { humantime::parse_duration(text).ok() }
}

fn time_of_day(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, HH_MM).ok()
}

fn quoted(text: impl Display) -> String {
    toml::Value::from(text.to_string()).to_string()
}

fn list(items: impl IntoIterator<Item = impl Display>) -> String {
    let items: Vec<String> = items.into_iter().map(quoted).collect();
    format!("[{}]", items.join(", "))
}
