//! `doorstep staff`: inviting people by a one-time link, and seeing who has joined.

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use strum::VariantArray;

use super::{bot, clock, open, output, store};
use crate::base::language::LanguageTag;
use crate::config::Settings;
use crate::desk::reference::StaffId;
use crate::desk::staff::person::{AreaPath, Role, Staff, shown};
use crate::desk::staff::{self, store as rows};

/// How well a person speaks a language.
const LEVELS: [&str; 3] = ["native", "fluent", "basic"];

#[derive(Debug, Args)]
pub(super) struct StaffArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Invite a person; one who has not joined yet gets a new link, and the old one ends
    Invite(Invite),
    /// Everybody who was invited
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
struct Invite {
    /// The name that households and colleagues see
    #[arg(long)]
    name: String,
    /// What the person may do
    #[arg(long, value_parser = role)]
    role: Role,
    /// Where: a path such as `Yantian/Haishan/Harbour/Grid 12`, made when missing
    #[arg(long)]
    area: AreaPath,
    /// Languages the person speaks: `TAG[:native|fluent|basic]`, separated by commas
    #[arg(long, default_value = "", value_parser = languages)]
    languages: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

fn role(word: &str) -> Result<Role, String> {
    let words: Vec<&str> = Role::VARIANTS.iter().map(|role| role.word()).collect();
    word.parse().map_err(|_| format!("a role is one of {}", words.join(", ")))
}

/// Checks a list of languages and writes each tag in its one form.
fn languages(list: &str) -> Result<String, String> {
    let mut spoken: Vec<(LanguageTag, Option<&str>)> = Vec::new();
    for item in list.split(',').map(str::trim).filter(|item| !item.is_empty()) {
        let (tag, level) = item.split_once(':').map_or((item, None), |(t, l)| (t, Some(l)));
        let tag: LanguageTag = tag.parse().map_err(|error| format!("{error}"))?;
        if level.is_some_and(|level| !LEVELS.contains(&level)) {
            return Err(format!("{item}: a language is spoken {}", LEVELS.join(", ")));
        }
        if spoken.iter().any(|(known, _)| *known == tag) {
            return Err(format!("{tag} is named twice"));
        }
        spoken.push((tag, level));
    }
    let written = spoken.into_iter().map(|(tag, level)| match level {
        Some(level) => format!("{tag}:{level}"),
        None => tag.to_string(),
    });
    Ok(written.collect::<Vec<_>>().join(","))
}

pub(super) async fn run(settings: &Settings, args: StaffArgs) -> anyhow::Result<ExitCode> {
    match args.what {
        What::Invite(args) => invite(settings, &args).await?,
        What::List { json } => list(settings, json).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn invite(settings: &Settings, args: &Invite) -> anyhow::Result<()> {
    let Invite { name, role, area, languages, json } = args;
    let db = open(settings).await?;
    let mut tx = db.begin().await?;
    let now = clock(settings, &mut tx).await?.now();
    let invitation = staff::invite(&mut tx, name, *role, area, languages, now).await?;
    let invited = rows::get(&mut tx, invitation.staff).await?;
    tx.commit().await?;
    let bot = bot::bot_name(settings, &db).await?;
    let url = bot.map(|bot| bot::private_link(&bot, &invitation.token));
    if *json {
        return Ok(output::json(&json!({
            "staff": invitation.staff, "name": invited.name, "role": role.word(),
            "area": area.to_string(), "token": invitation.token, "url": url,
            "expires_at": invitation.expires_at,
        }))?);
    }
    output::line(format!("{} {} is invited as {}", invitation.staff, invited.name, role.word()))?;
    output::line(format!("/start {}", invitation.token))?;
    url.map_or(Ok(()), output::line)?;
    Ok(output::line(format!("The link works once, until {}.", invitation.expires_at))?)
}

async fn list(settings: &Settings, json: bool) -> anyhow::Result<()> {
    let db = open(settings).await?;
    let mut tx = db.read().await?;
    let everybody = rows::all(&mut tx).await?;
    let accounts: BTreeMap<StaffId, i64> =
        store::staff_accounts(&mut tx).await?.into_iter().collect();
    if json {
        let everybody = everybody.iter().map(|one| person(one, accounts.get(&one.id).copied()));
        return Ok(output::json(&everybody.collect::<Vec<_>>())?);
    }
    let everybody: Vec<[String; 5]> = everybody.iter().map(line).collect();
    Ok(output::columns(&everybody)?)
}

fn person(one: &Staff, telegram_id: Option<i64>) -> Value {
    let languages: Vec<&str> = one.languages.split(',').filter(|item| !item.is_empty()).collect();
    json!({
        "staff": one.id, "name": one.name, "role": one.role.word(), "area": shown(&one.area),
        "languages": languages, "telegram_id": telegram_id, "state": one.state.word(),
        "on_duty": one.on_duty,
    })
}

fn line(one: &Staff) -> [String; 5] {
    let duty = if one.on_duty { "on duty" } else { "" };
    [
        one.id.to_string(),
        one.role.word().to_owned(),
        format!("{} {duty}", one.state.word()).trim_end().to_owned(),
        one.name.clone(),
        shown(&one.area).to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_written_in_one_way() {
        assert_eq!(languages("FR:native, en,zh_cn:basic"), Ok("fr:native,en,zh-CN:basic".into()));
        assert_eq!(languages(""), Ok(String::new()));
    }

    #[test]
    fn languages_that_make_no_sense_are_refused() {
        for bad in ["français", "fr:good", "fr:", "fr,FR", "en native"] {
            assert!(languages(bad).is_err(), "{bad}");
        }
    }
}
