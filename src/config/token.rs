//! The bot's token: from a variable, or from a file that a variable names. Its form is not judged
//! here; Telegram alone knows whether it is good.

use std::collections::BTreeMap;
use std::fs;

use secrecy::SecretString;

use super::error::ConfigError;

/// The token, if either variable is set to more than nothing.
pub(super) fn find(env: &BTreeMap<String, String>) -> Result<Option<SecretString>, ConfigError> {
    let given = |name| env.get(name).map(|text| text.trim()).filter(|text| !text.is_empty());
    match (given("TELOXIDE_TOKEN"), given("TELOXIDE_TOKEN_FILE")) {
        (Some(_), Some(_)) => Err(ConfigError::TwoTokens),
        (Some(token), None) => Ok(Some(token.into())),
        (None, Some(path)) => read(path).map(Some),
        (None, None) => Ok(None),
    }
}

fn read(path: &str) -> Result<SecretString, ConfigError> {
    let text = fs::read_to_string(path)
        .map_err(|cause| ConfigError::TokenFile { path: path.to_owned(), cause })?;
    match text.trim() {
        "" => Err(ConfigError::EmptyTokenFile(path.to_owned())),
        token => Ok(token.into()),
    }
}
