//! Fills the settings from a file and from variables, remembers where each value came from, and
//! at the end refuses what no setting asked for.

use std::collections::BTreeMap;
use std::fmt;

use super::error::ConfigError;
use super::value::{Raw, Value, Visitor};

const PREFIX: &str = "DOORSTEP__";

/// What was found and not yet asked for, by key (`checks.slots`).
pub(super) struct Reader {
    found: BTreeMap<String, Found>,
    asked: Vec<String>,
    section: &'static str,
}

struct Found {
    place: Place,
    raw: Raw,
}

/// Where a value was found.
#[derive(Clone, Debug)]
pub enum Place {
    /// In the settings file of this name.
    File(String),
    /// In the variable of this name.
    Variable(String),
}

impl Place {
    /// How `key` would have to be written at such a place.
    fn spell(&self, key: &str) -> String {
        match self {
            Self::File(_) => key.to_owned(),
            Self::Variable(_) => format!("{PREFIX}{}", key.replace('.', "__").to_uppercase()),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::File(name) | Self::Variable(name)) = self;
        f.write_str(name)
    }
}

impl Reader {
    /// Collects every value of the file, and of the environment over it.
    pub(super) fn new(
        file: Option<(&str, &str)>,
        env: &BTreeMap<String, String>,
    ) -> Result<Self, ConfigError> {
        let mut found = BTreeMap::new();
        if let Some((name, text)) = file {
            let place = Place::File(name.to_owned());
            collect("", parse(name, text)?, &mut |key, raw| {
                found.insert(key, Found { place: place.clone(), raw });
            });
        }
        found.extend(env.iter().filter_map(|(name, value)| variable(name, value)));
        Ok(Self { found, asked: Vec::new(), section: "" })
    }

    /// Refuses the first value that no setting asked for.
    pub(super) fn finish(self) -> Result<(), ConfigError> {
        let Some((key, Found { place, .. })) = self.found.into_iter().next() else {
            return Ok(());
        };
        let nearest = place.spell(nearest(&key, &self.asked));
        Err(ConfigError::Unknown { place, key, nearest })
    }
}

impl Visitor for Reader {
    fn section(&mut self, name: &'static str, _about: &[&str]) {
        self.section = name;
    }

    fn key<V: Value>(
        &mut self,
        name: &str,
        _meaning: &[&str],
        value: &mut V,
    ) -> Result<(), ConfigError> {
        let key = format!("{}.{name}", self.section);
        if let Some(Found { place, raw }) = self.found.remove(&key) {
            *value = V::read(&raw).ok_or_else(|| ConfigError::Wrong {
                place,
                key: key.clone(),
                value: raw.to_string(),
                expected: V::EXPECTED,
            })?;
        }
        self.asked.push(key);
        Ok(())
    }
}

fn parse(name: &str, text: &str) -> Result<toml::Table, ConfigError> {
    text.parse().map_err(|error: toml::de::Error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        ConfigError::Syntax {
            file: name.to_owned(),
            line: before.matches('\n').count() + 1,
            cause: error.message().to_owned(),
        }
    })
}

/// Hands over each value below `path` with its dotted key.
fn collect(path: &str, table: toml::Table, take: &mut impl FnMut(String, Raw)) {
    for (name, value) in table {
        let key = if path.is_empty() { name } else { format!("{path}.{name}") };
        match value {
            toml::Value::Table(inner) => collect(&key, inner, take),
            toml::Value::Array(items) => {
                take(key, Raw::Many(items.into_iter().map(text).collect()));
            }
            value => take(key, Raw::One(text(value))),
        }
    }
}

fn text(value: toml::Value) -> String {
    match value {
        toml::Value::String(text) => text,
        value => value.to_string(),
    }
}

/// The key and value of a variable, if it is one of ours.
fn variable(name: &str, value: &str) -> Option<(String, Found)> {
    let key = name.strip_prefix(PREFIX)?.to_lowercase().replace("__", ".");
    let place = Place::Variable(name.to_owned());
    Some((key, Found { place, raw: Raw::One(value.to_owned()) }))
}

/// The key that looks most like `key`.
fn nearest<'a>(key: &str, known: &'a [String]) -> &'a str {
    known.iter().max_by(|a, b| likeness(key, a).total_cmp(&likeness(key, b))).map_or("", |key| key)
}

/// How much two keys look alike, 0 to 1; a right name in a wrong section counts nearly as much.
fn likeness(one: &str, other: &str) -> f64 {
    let name = |key: &str| key.rsplit('.').next().unwrap_or_default().to_owned();
    let whole = strsim::normalized_damerau_levenshtein(one, other);
    let names = strsim::normalized_damerau_levenshtein(&name(one), &name(other));
    whole.max(names * 0.9)
}
