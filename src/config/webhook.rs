//! The webhook's address: where Telegram brings updates, and below which path we hear them.

use std::fmt;

use reqwest::Url;

use super::Settings;
use super::error::ConfigError;
use super::rules::demand;
use super::value::{Raw, Value};

/// The ports to which the public Bot API brings updates.
const PORTS: [u16; 4] = [443, 80, 88, 8443];
/// How many connections Telegram may be allowed.
const CONNECTIONS: std::ops::RangeInclusive<u32> = 1..=100;
/// What stands on `http.listen` already.
const TAKEN: [&str; 4] = ["/healthz", "/readyz", "/metrics", "/rehearsal"];

/// An http or https address with a path of plain letters and nothing behind it.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookUrl(Url);

impl WebhookUrl {
    fn parse(text: &str) -> Option<Self> {
        let plain = |c: char| c.is_ascii_alphanumeric() || "/._~-".contains(c);
        let usable = |url: &Url| {
            matches!(url.scheme(), "http" | "https")
                && url.has_host()
                && url.query().is_none()
                && url.fragment().is_none()
                && url.username().is_empty()
                && url.password().is_none()
                && url.path().chars().all(plain)
        };
        Url::parse(text).ok().filter(usable).map(Self)
    }

    /// The address as Telegram is told it.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// The path below which updates arrive.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.path()
    }
}

impl fmt::Debug for WebhookUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

impl Value for Option<WebhookUrl> {
    const EXPECTED: &'static str = "empty, or an https:// address without query, such as \
                                    \"https://bot.example.org/telegram\"";

    fn read(raw: &Raw) -> Option<Self> {
        match raw.one()? {
            "" => Some(None),
            text => WebhookUrl::parse(text).map(Some),
        }
    }

    fn write(&self) -> String {
        let text = self.as_ref().map_or("", |url| url.0.as_str());
        toml::Value::from(text).to_string()
    }
}

/// Refuses a webhook to which Telegram would bring nothing, or which hides what stands there already.
pub(super) fn check(settings: &Settings) -> Result<(), ConfigError> {
    let webhook = &settings.webhook;
    demand(CONNECTIONS.contains(&webhook.max_connections), || {
        let given = webhook.max_connections;
        format!("webhook.max_connections is {given}, but must be from 1 to 100")
    })?;
    let Some(url) = &webhook.url else { return Ok(()) };
    let public = settings.api_url.is_public();
    demand(!public || url.0.scheme() == "https", || {
        "webhook.url begins with http://, but the public Bot API brings updates to https:// alone"
            .to_owned()
    })?;
    let port = url.0.port_or_known_default().unwrap_or_default();
    demand(!public || PORTS.contains(&port), || {
        format!(
            "webhook.url names the port {port}, but the public Bot API brings updates to 443, 80, \
             88 and 8443 alone"
        )
    })?;
    let first = url.path().split('/').nth(1).unwrap_or_default();
    demand(webhook.listen.is_some() || !TAKEN.iter().any(|taken| taken[1..] == *first), || {
        format!(
            "webhook.url has the path {}, which stands on http.listen already: choose another, or \
             set webhook.listen",
            url.path()
        )
    })?;
    let http = settings.http.listen;
    demand(http.port() == 0 || webhook.listen != Some(http), || {
        format!("webhook.listen and http.listen are both {http}: leave webhook.listen empty")
    })
}
