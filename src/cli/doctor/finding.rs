//! What the doctor found at one place: well, doubtful or broken, with the cause and the cure.

use std::fmt;

use serde::Serialize;

/// How a place was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    /// Nothing is wrong.
    Ok,
    /// Serving goes on, but somebody should look.
    Warning,
    /// Serving does not go on, or not for everybody.
    Broken,
}

/// What was found at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Finding {
    /// The place: `database`, `bot`, `areas`.
    pub check: &'static str,
    pub state: State,
    /// What was found.
    pub message: String,
    /// How to mend it.
    pub mend: Option<String>,
}

impl Finding {
    pub fn ok(check: &'static str, message: impl Into<String>) -> Self {
        Self { check, state: State::Ok, message: message.into(), mend: None }
    }

    pub fn warning(check: &'static str, message: impl Into<String>) -> Self {
        Self { state: State::Warning, ..Self::ok(check, message) }
    }

    pub fn broken(check: &'static str, message: impl Into<String>) -> Self {
        Self { state: State::Broken, ..Self::ok(check, message) }
    }

    /// Says how to mend it.
    pub fn mend(self, how: impl Into<String>) -> Self {
        Self { mend: Some(how.into()), ..self }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.state {
            State::Ok => "✅",
            State::Warning => "⚠️",
            State::Broken => "❌",
        };
        write!(f, "{sign} {}: {}", self.check, self.message)?;
        match &self.mend {
            Some(how) => write!(f, "\n   → {how}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_says_cause_and_cure() {
        let found = Finding::broken("bot", "there is no token").mend("set TELOXIDE_TOKEN");
        assert_eq!(found.to_string(), "❌ bot: there is no token\n   → set TELOXIDE_TOKEN");
        assert_eq!(Finding::ok("areas", "all are led").to_string(), "✅ areas: all are led");
    }
}
