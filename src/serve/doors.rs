//! The ports on which `serve` listens, and the webhook behind one of them.

use axum::Router;
use secrecy::{ExposeSecret, SecretString};
use tokio::net::TcpListener;

use super::ServeError;
use crate::base::seal;
use crate::base::turn::Ground;
use crate::config::{Settings, WebhookUrl};
use crate::http;
use crate::telegram::api::Api;
use crate::telegram::intake::Polls;
use crate::telegram::webhook::{self, Webhook};

/// The open ports.
pub(super) struct Ports {
    door: TcpListener,
    /// One for the webhook alone, if wanted.
    hook: Option<TcpListener>,
}

impl Ports {
    /// Opens them.
    pub async fn open(settings: &Settings) -> Result<Self, ServeError> {
        let open = async |at| http::bind(at).await.map_err(|(at, e)| ServeError::Listen(at, e));
        let door = open(settings.http.listen).await?;
        let hook = match settings.webhook.listen.filter(|_| settings.webhook.url.is_some()) {
            Some(at) => Some(open(at).await?),
            None => None,
        };
        Ok(Self { door, hook })
    }

    /// Which routes are served on which of them.
    pub fn share_out(self, door: Router, hook: Router) -> Vec<(Router, TcpListener)> {
        match self.hook {
            Some(port) => vec![(door, self.door), (hook, port)],
            None => vec![(door.merge(hook), self.door)],
        }
    }
}

/// A webhook as the settings want it.
pub(super) struct Hook {
    url: WebhookUrl,
    secret: SecretString,
}

impl Hook {
    /// `None` for long polling. The secret is the one that was given, else one of the bot's token.
    pub fn of(settings: &Settings, token: &SecretString) -> Option<Self> {
        let derived = || seal::webhook_secret(token.expose_secret()).into();
        let url = settings.webhook.url.clone()?;
        Some(Self { url, secret: settings.webhook_secret.clone().unwrap_or_else(derived) })
    }

    /// Where updates are taken in.
    pub fn routes(&self, ground: &Ground, bot: i64) -> Router {
        webhook::routes(ground.clone(), bot, &self.url, self.secret.clone())
    }

    /// What sets it and watches over it.
    pub fn watch(self, ground: &Ground, api: Api, polls: Polls) -> Webhook {
        Webhook::new(ground.clone(), api, self.url, self.secret, polls)
    }
}
