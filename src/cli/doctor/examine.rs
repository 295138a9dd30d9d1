//! The places that the doctor looks at, one function each, in the order in which serving needs them.

use serde_json::Value;

use super::finding::Finding;
use super::hook;
use crate::base::clock::real_now;
use crate::base::language::{LanguageTag, Languages};
use crate::base::setting;
use crate::base::store::{Db, Tx};
use crate::cli::{bot, store};
use crate::config::Settings;
use crate::desk::health_check::lexicons::Lexicons;
use crate::desk::staff::command_gaps;

/// Looks everywhere; what cannot be looked at because something before it is broken is left out.
pub(super) async fn everything(settings: &Settings) -> Vec<Finding> {
    let mut findings = vec![Finding::ok("settings", "every key is known and right")];
    findings.push(languages());
    findings.extend(telegram(settings).await);
    match Db::open(settings.database_url.as_str()).await {
        Ok(db) => findings.extend(database(settings, &db).await),
        Err(error) => findings.push(
            Finding::broken("database", error.to_string())
                .mend("check DATABASE_URL, the rights on the file and whether the server runs"),
        ),
    }
    findings
}

fn languages() -> Finding {
    let languages = match Languages::embedded() {
        Ok(languages) => languages,
        Err(error) => return Finding::broken("languages", error.to_string()),
    };
    if let Err((tag, error)) = Lexicons::load(&languages) {
        return Finding::broken("languages", format!("the lexicon of {tag}: {error}"));
    }
    let names: Vec<&str> = languages.tags().iter().map(LanguageTag::as_str).collect();
    let mute = languages.tags().iter().filter(|tag| languages.lexicon(tag).is_none());
    let mute: Vec<&str> = mute.map(LanguageTag::as_str).collect();
    if !mute.is_empty() {
        return Finding::warning("languages", format!("no lexicon for {}", mute.join(", ")))
            .mend("residents of these languages report by the keypad; write a lexicon.toml");
    }
    let message = format!("{} are loaded; no native speaker has reviewed them", names.join(", "));
    Finding::warning("languages", message).mend("locales/README.md says how to review a language")
}

async fn telegram(settings: &Settings) -> Vec<Finding> {
    if settings.token.is_none() {
        let cure = "set TELOXIDE_TOKEN or TELOXIDE_TOKEN_FILE to the token from @BotFather";
        return vec![Finding::broken("bot", "there is no bot token").mend(cure)];
    }
    match bot::portrait(settings).await {
        Ok(me) => vec![met(&me), webhook(settings).await],
        Err(error) => vec![
            Finding::broken("bot", error.to_string())
                .mend("check the token, TELOXIDE_API_URL and the way to the Bot API"),
        ],
    }
}

fn met(me: &Value) -> Finding {
    let name = me["username"].as_str().unwrap_or("?");
    if me["can_join_groups"] == false {
        return Finding::broken("bot", format!("@{name} may not be added to groups"))
            .mend("allow it at @BotFather: /setjoingroups");
    }
    Finding::ok("bot", format!("@{name} answers"))
}

async fn webhook(settings: &Settings) -> Finding {
    match bot::webhook(settings).await {
        Ok(info) => hook::judge(settings.webhook.url.as_ref(), &info, real_now()),
        Err(error) => Finding::warning("webhook", error.to_string()),
    }
}

async fn database(settings: &Settings, db: &Db) -> Vec<Finding> {
    match rows(settings, db).await {
        Ok(findings) => findings,
        Err(error) => vec![Finding::broken("database", error.to_string())],
    }
}

async fn rows(settings: &Settings, db: &Db) -> sqlx::Result<Vec<Finding>> {
    let version = db.version().await?;
    let mut tx = db.read().await?;
    let mut findings = vec![Finding::ok("database", format!("{} {version}, current", db.kind()))];
    findings.extend(rehearsal(settings, &mut tx).await?);
    findings.push(areas(&mut tx).await?);
    findings.push(chats(&mut tx).await?);
    findings.push(given_up(&mut tx).await?);
    Ok(findings)
}

async fn rehearsal(settings: &Settings, tx: &mut Tx<'_>) -> sqlx::Result<Option<Finding>> {
    if !settings.rehearsal.enabled {
        return Ok(None);
    }
    let hours = setting::read(tx, setting::CLOCK_OFFSET).await?.unwrap_or(0) / 3_600_000;
    let message = format!("a rehearsal: the clock runs {hours} hours ahead");
    Ok(Some(Finding::warning("clock", message).mend("unset rehearsal.enabled for real work")))
}

async fn areas(tx: &mut Tx<'_>) -> sqlx::Result<Finding> {
    let gaps = command_gaps(tx).await?;
    let cure = "invite a lead or an officer there or above: `doorstep staff invite`";
    Ok(if !gaps.nobody.is_empty() {
        let message = format!("nobody leads {}", gaps.nobody.join(", "));
        Finding::broken("areas", message).mend(cure)
    } else if !gaps.nobody_joined.is_empty() {
        let message = format!("nobody who leads {} has joined", gaps.nobody_joined.join(", "));
        Finding::warning("areas", message)
            .mend("remind them of their links: they join while the bot serves")
    } else {
        Finding::ok("areas", "each area with households is led")
    })
}

async fn chats(tx: &mut Tx<'_>) -> sqlx::Result<Finding> {
    let (shut, unheard) = (store::shut_out(tx).await?, store::unheard(tx).await?);
    Ok(if !shut.is_empty() {
        Finding::warning("chats", format!("shut to the bot: {}", shut.join(", ")))
            .mend("open them again: `doorstep household link HOUSEHOLD`")
    } else if !unheard.is_empty() {
        Finding::warning("chats", format!("not heard: {}", unheard.join(", ")))
            .mend("make the bot an administrator of these groups")
    } else {
        Finding::ok("chats", "every chat is open and heard")
    })
}

async fn given_up(tx: &mut Tx<'_>) -> sqlx::Result<Finding> {
    Ok(match store::dead_rows(tx).await? {
        (0, 0) => Finding::ok("queues", "nothing was given up"),
        (updates, letters) => {
            let message = format!("given up: {updates} updates, {letters} letters");
            Finding::warning("queues", message)
                .mend("the log says why; the rows are in inbox and outbox, state 'dead'")
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::finding::State;
    use super::*;

    #[test]
    fn a_bot_that_may_join_no_group_is_broken() {
        let alone = met(&json!({ "username": "d_bot", "can_join_groups": false }));
        assert_eq!(alone.state, State::Broken);
        let fine = met(&json!({ "username": "d_bot", "can_join_groups": true }));
        assert_eq!(fine, Finding::ok("bot", "@d_bot answers"));
    }

    #[test]
    fn the_languages_that_we_bring_are_whole() {
        assert_ne!(languages().state, State::Broken);
    }
}
