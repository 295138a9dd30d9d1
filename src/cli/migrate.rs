//! `doorstep migrate`: brings the database up to date while nobody serves.

use std::process::ExitCode;

use super::output;
use crate::base::store::{Db, ServeLock};
use crate::config::Settings;

pub(super) async fn run(settings: &Settings) -> anyhow::Result<ExitCode> {
    let db = Db::connect(settings.database_url.as_str()).await?;
    let lock = ServeLock::take(&db).await?;
    if db.is_current().await? {
        output::line("the database is up to date")?;
    } else {
        db.migrate(&lock).await?;
        output::line("the database was brought up to date")?;
    }
    db.close().await;
    Ok(ExitCode::SUCCESS)
}
