//! The two addresses that come from variables alone. Either may hold a password, so neither is
//! ever printed in full.

use std::collections::BTreeMap;
use std::fmt;

use reqwest::Url;

use super::error::ConfigError;

/// The host of the public Bot API, behind which stand real people.
const PUBLIC_HOST: &str = "api.telegram.org";

/// Where the Bot API is: an http or https address without query.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiUrl(Url);

/// Where the database is: `sqlite://FILE`, `postgres://..` or `postgresql://..`.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

/// `TELOXIDE_API_URL`, or the public Bot API.
pub(super) fn api(env: &BTreeMap<String, String>) -> Result<ApiUrl, ConfigError> {
    env.get("TELOXIDE_API_URL").map_or_else(|| Ok(ApiUrl::default()), |text| ApiUrl::parse(text))
}

/// `DATABASE_URL`, or a file in the working directory.
pub(super) fn database(env: &BTreeMap<String, String>) -> Result<DatabaseUrl, ConfigError> {
    env.get("DATABASE_URL")
        .map_or_else(|| Ok(DatabaseUrl::default()), |text| DatabaseUrl::parse(text))
}

impl ApiUrl {
    fn parse(text: &str) -> Result<Self, ConfigError> {
        let usable = |url: &Url| {
            matches!(url.scheme(), "http" | "https")
                && url.has_host()
                && url.query().is_none()
                && url.fragment().is_none()
        };
        Url::parse(text.trim()).ok().filter(usable).map(Self).ok_or_else(|| {
            let expected = "an http:// or https:// address such as https://api.telegram.org";
            ConfigError::Refused(format!("TELOXIDE_API_URL must be {expected}"))
        })
    }

    /// The address without a closing slash: `/bot<token>/<method>` goes behind it.
    #[must_use]
    pub fn base(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// Whether this is the public Bot API, where messages reach real people.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.0.host_str().is_some_and(|host| host.trim_end_matches('.') == PUBLIC_HOST)
    }
}

impl Default for ApiUrl {
    fn default() -> Self {
        Self(Url::parse("https://api.telegram.org").expect("a constant address"))
    }
}

impl fmt::Debug for ApiUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.origin().ascii_serialization())
    }
}

impl DatabaseUrl {
    fn parse(text: &str) -> Result<Self, ConfigError> {
        let text = text.trim();
        let (kind, rest) = text.split_once("://").unwrap_or_default();
        match kind {
            "sqlite" | "postgres" | "postgresql" if rest.is_empty() => {
                Err(refused(&format!("is {kind}://, but names nothing behind it")))
            }
            "sqlite" => Ok(Self(text.trim_end_matches("?mode=rwc").to_owned())),
            "postgres" | "postgresql" => Ok(Self(text.to_owned())),
            "" => Err(refused("must begin with sqlite:// or postgres://")),
            _ => Err(refused(&format!(
                "begins with {kind}://, but must begin with sqlite:// or postgres://"
            ))),
        }
    }

    /// The whole address, password included.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for DatabaseUrl {
    fn default() -> Self {
        Self("sqlite://doorstep.db".to_owned())
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = if self.0.starts_with("sqlite") { &self.0 } else { "postgres://.." };
        f.write_str(shown)
    }
}

fn refused(sentence: &str) -> ConfigError {
    ConfigError::Refused(format!("DATABASE_URL {sentence}"))
}
