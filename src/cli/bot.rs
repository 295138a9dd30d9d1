//! What Telegram says of the bot, for links and for the doctor.

use anyhow::anyhow;
use serde_json::Value;

use crate::base::directory;
use crate::base::store::Db;
use crate::config::Settings;
use crate::telegram::api::Api;

pub(super) use crate::config::link::{group_link, private_link};

/// The bot's name: from the last getMe in the database, else asked for now. `None`, and a word on
/// standard error, if nobody knows it.
pub(super) async fn bot_name(settings: &Settings, db: &Db) -> sqlx::Result<Option<String>> {
    let mut tx = db.read().await?;
    if let Some((_, name)) = directory::last_bot(&mut tx).await? {
        return Ok(Some(name));
    }
    drop(tx);
    let name = portrait(settings).await.map(|me| me["username"].as_str().map(str::to_owned));
    Ok(name.unwrap_or_else(|cause| {
        eprintln!("warning: there is no link, because the bot's name is not known: {cause}");
        None
    }))
}

/// The bot as getMe describes it.
pub(super) async fn portrait(settings: &Settings) -> anyhow::Result<Value> {
    api(settings)?.portrait().await?.map_err(|refusal| anyhow!("Telegram refused: {refusal}"))
}

/// The webhook as getWebhookInfo describes it.
pub(super) async fn webhook(settings: &Settings) -> anyhow::Result<Value> {
    api(settings)?.webhook().await?.map_err(|refusal| anyhow!("Telegram refused: {refusal}"))
}

fn api(settings: &Settings) -> anyhow::Result<Api> {
    let token = settings.token.clone().ok_or_else(|| anyhow!("there is no bot token"))?;
    Api::new(&settings.api_url, token).map_err(|_| anyhow!("the HTTP client cannot be made"))
}
