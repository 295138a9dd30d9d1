//! What must hold between settings that are each right alone.

use std::str::FromStr;
use std::time::Duration;

use unic_langid::LanguageIdentifier;

use super::error::ConfigError;
use super::value::spoken;
use super::{Checks, Ladder, Period, Settings, webhook};

const CATEGORIES: [&str; 4] = ["close_contact", "secondary_contact", "general_contact", "entrant"];

/// Refuses settings that contradict each other, by the first that does.
pub(super) fn check(settings: &Settings) -> Result<(), ConfigError> {
    checks(&settings.checks)?;
    ladder(&settings.ladder)?;
    period(&settings.period)?;
    language(&settings.language.default)?;
    webhook::check(settings)?;
    rehearsal(settings)
}

fn checks(checks: &Checks) -> Result<(), ConfigError> {
    longer_than_zero("checks.nudge_after", checks.nudge_after)?;
    demand(checks.overdue_after > checks.nudge_after, || {
        format!(
            "checks.overdue_after is {}, but must be longer than checks.nudge_after, which is {}",
            spoken(checks.overdue_after),
            spoken(checks.nudge_after)
        )
    })
}

fn ladder(ladder: &Ladder) -> Result<(), ConfigError> {
    longer_than_zero("ladder.overdue_repeat", ladder.overdue_repeat)?;
    longer_than_zero("ladder.danger_repeat", ladder.danger_repeat)
}

fn period(period: &Period) -> Result<(), ConfigError> {
    demand(period.days > 0, || "period.days is 0, but must be at least 1".to_owned())?;
    demand(CATEGORIES.contains(&period.category.as_str()), || {
        format!(
            "period.category is {:?}, but must be one of {}",
            period.category,
            CATEGORIES.join(", ")
        )
    })
}

fn language(tag: &str) -> Result<(), ConfigError> {
    demand(LanguageIdentifier::from_str(tag).is_ok(), || {
        format!("language.default is {tag:?}, but must be a language tag such as \"zh-CN\"")
    })
}

fn rehearsal(settings: &Settings) -> Result<(), ConfigError> {
    if !settings.rehearsal.enabled {
        return Ok(());
    }
    let listen = settings.http.listen;
    demand(listen.ip().is_loopback(), || {
        format!(
            "rehearsal.enabled is true, but http.listen is {listen}: the rehearsal port opens on \
             a loopback address only, such as 127.0.0.1:8081"
        )
    })?;
    demand(!settings.api_url.is_public(), || {
        "rehearsal.enabled is true, but TELOXIDE_API_URL is the public Bot API at \
         api.telegram.org: a rehearsal must not write to real people"
            .to_owned()
    })
}

fn longer_than_zero(key: &str, duration: Duration) -> Result<(), ConfigError> {
    demand(!duration.is_zero(), || format!("{key} is 0, but must be longer than that"))
}

pub(super) fn demand(holds: bool, sentence: impl FnOnce() -> String) -> Result<(), ConfigError> {
    if holds { Ok(()) } else { Err(ConfigError::Refused(sentence())) }
}
