//! Secrets: each from a variable, or from a file that a second variable names. The form of the bot's
//! token is not judged here; Telegram alone knows whether it is good.

use std::collections::BTreeMap;
use std::fs;

use secrecy::{ExposeSecret, SecretString};

use super::error::ConfigError;

const TOKEN: [&str; 2] = ["TELOXIDE_TOKEN", "TELOXIDE_TOKEN_FILE"];
const WEBHOOK: [&str; 2] = ["WEBHOOK_SECRET", "WEBHOOK_SECRET_FILE"];

/// How long a webhook's secret may be.
const WEBHOOK_SECRET_CHARS: std::ops::RangeInclusive<usize> = 1..=256;

type Env = BTreeMap<String, String>;

/// The bot's token, if either variable is set to more than nothing.
pub(super) fn token(env: &Env) -> Result<Option<SecretString>, ConfigError> {
    find(env, TOKEN)
}

/// The webhook's secret, if either variable is set to more than nothing.
pub(super) fn webhook_secret(env: &Env) -> Result<Option<SecretString>, ConfigError> {
    let secret = find(env, WEBHOOK)?;
    if secret.as_ref().is_none_or(|secret| is_usable(secret.expose_secret())) {
        return Ok(secret);
    }
    Err(ConfigError::Refused(
        "WEBHOOK_SECRET must be 1 to 256 of the characters A-Z a-z 0-9 _ and -".to_owned(),
    ))
}

fn is_usable(secret: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    WEBHOOK_SECRET_CHARS.contains(&secret.len()) && secret.chars().all(plain)
}

fn find(env: &Env, [name, file]: [&'static str; 2]) -> Result<Option<SecretString>, ConfigError> {
    let given = |name| env.get(name).map(|text| text.trim()).filter(|text| !text.is_empty());
    match (given(name), given(file)) {
        (Some(_), Some(_)) => Err(ConfigError::TwoSecrets(name)),
        (Some(secret), None) => Ok(Some(secret.into())),
        (None, Some(path)) => read(file, path).map(Some),
        (None, None) => Ok(None),
    }
}

fn read(variable: &'static str, path: &str) -> Result<SecretString, ConfigError> {
    let path = path.to_owned();
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(cause) => return Err(ConfigError::SecretFile { variable, path, cause }),
    };
    match text.trim() {
        "" => Err(ConfigError::EmptySecretFile { variable, path }),
        secret => Ok(secret.into()),
    }
}
