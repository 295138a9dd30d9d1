//! `doorstep household`: who is followed, how a household is opened, and what has happened in it.

mod colour;
mod list;
mod show;

use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Subcommand};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::refusal::Refusal;
use super::{bot, clock, open, output};
use crate::base::directory;
use crate::base::language::Languages;
use crate::base::seal::Seal;
use crate::base::store::{Db, Tx};
use crate::base::turn::{Bells, Ground, Turn};
use crate::config::Settings;
use crate::desk::doorway;
use crate::desk::household::file::{Household, State};
use crate::desk::household::{make_link, store as rows};
use crate::desk::who::Who;

#[derive(Debug, Args)]
pub(super) struct HouseholdArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Every household with its members and open alerts
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// The file of one household: members, numbers, answers, links
    Show {
        /// The household's code, as in the import
        household: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Make a one-time link that opens a household
    Link {
        /// The household's code, as in the import
        household: String,
        /// For a private chat of one resident with the bot instead of a group
        #[arg(long)]
        private: bool,
        /// For one member, by the row in the file from 1, to be let into the household's group
        #[arg(long, value_name = "N", conflicts_with = "private")]
        member: Option<i64>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Follow a household by telephone only
    Phone {
        /// The household's code, as in the import
        household: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Everything that has happened in a household
    Timeline {
        /// The household's code, as in the import
        household: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

pub(super) async fn run(settings: Settings, args: HouseholdArgs) -> anyhow::Result<ExitCode> {
    let db = open(&settings).await?;
    match args.what {
        What::List { json } => list::run(&settings, &db, json).await?,
        What::Show { household, json } => show::run(&settings, &db, &household, json).await?,
        What::Link { household, member: Some(n), json, .. } => {
            person_link(&settings, &db, &household, n, json).await?;
        }
        What::Link { household, private, json, .. } => {
            link(&settings, &db, &household, private, json).await?;
        }
        What::Phone { household, json } => phone(settings, &db, &household, json).await?,
        What::Timeline { household, json } => timeline(&db, &household, json).await?,
    }
    db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn find(tx: &mut Tx<'_>, code: &str) -> anyhow::Result<Household> {
    let found = rows::by_code(tx, code).await?;
    Ok(found.ok_or_else(|| Refusal(format!("there is no household {code}")))?)
}

/// A household that has not been released.
async fn find_to_open(tx: &mut Tx<'_>, code: &str) -> anyhow::Result<Household> {
    let household = find(tx, code).await?;
    if matches!(household.state, State::Released | State::Closed | State::Purged) {
        let state = household.state.word();
        return Err(Refusal(format!("household {code} is {state}: it is not opened again")).into());
    }
    Ok(household)
}

async fn link(
    settings: &Settings,
    db: &Db,
    code: &str,
    private: bool,
    json: bool,
) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    let household = find_to_open(&mut tx, code).await?;
    let now = clock(settings, &mut tx).await?.now();
    let kind = if private { "private" } else { "startgroup" };
    let link = make_link(&mut tx, household.id, kind, now).await?;
    tx.commit().await?;
    let bot = bot::bot_name(settings, db).await?;
    let address = if private { bot::private_link } else { bot::group_link };
    let url = bot.map(|bot| address(&bot, &link.token));
    if json {
        return Ok(output::json(&json!({
            "household": code, "kind": kind, "token": link.token, "url": url,
            "expires_at": link.expires_at,
        }))?);
    }
    let command = if private { "/start" } else { "/link" };
    output::line(format!("{command} {}", link.token))?;
    url.map_or(Ok(()), output::line)?;
    Ok(output::line(format!("The link works once, until {}.", link.expires_at))?)
}

/// A link for one member, to be let into the group by.
async fn person_link(
    settings: &Settings,
    db: &Db,
    code: &str,
    n: i64,
    json: bool,
) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    let household = find_to_open(&mut tx, code).await?;
    let members = rows::members(&mut tx, household.id).await?;
    let member = members.iter().find(|member| member.n == n);
    let member =
        member.ok_or_else(|| Refusal(format!("household {code} has no member number {n}")))?;
    let now = clock(settings, &mut tx).await?.now();
    let link = doorway::invite::make_token(&mut tx, household.id, member.id, now).await?;
    tx.commit().await?;
    let url = bot::bot_name(settings, db).await?.map(|bot| bot::private_link(&bot, &link.token));
    if json {
        return Ok(output::json(&json!({
            "household": code, "member": n, "kind": "person", "token": link.token, "url": url,
            "expires_at": link.expires_at,
        }))?);
    }
    output::line(format!("/start {}", link.token))?;
    url.map_or(Ok(()), output::line)?;
    Ok(output::line(format!("The link works once, for one account, until {}.", link.expires_at))?)
}

async fn phone(settings: Settings, db: &Db, code: &str, json: bool) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    let mut household = find_to_open(&mut tx, code).await?;
    let ground = ground(settings, db, &mut tx).await?;
    let bot = directory::last_bot(&mut tx).await?.map_or(0, |(id, _)| id);
    let mut turn = Turn::begin(&mut tx, &ground, bot, "command household phone".to_owned()).await?;
    doorway::phone_only(&mut turn, &mut household, Who::System).await?;
    turn.keep().await?;
    tx.commit().await?;
    let (channel, state) = (household.channel.word(), household.state.word());
    if json {
        let now = json!({ "household": code, "channel": channel, "state": state });
        return Ok(output::json(&now)?);
    }
    Ok(output::line(format!("household {code} is followed by telephone ({state})"))?)
}

/// What a Turn of the command line stands on; `serve` looks for itself at what was written.
async fn ground(settings: Settings, db: &Db, tx: &mut Tx<'_>) -> anyhow::Result<Ground> {
    let token = settings.token.as_ref().map_or("", |token| token.expose_secret());
    Ok(Ground {
        db: db.clone(),
        clock: clock(&settings, tx).await?,
        languages: Languages::embedded()?,
        seal: Seal::of_token(token),
        settings: Arc::new(settings),
        bells: Bells::default(),
    })
}

async fn timeline(db: &Db, code: &str, json: bool) -> anyhow::Result<()> {
    let mut tx = db.read().await?;
    let household = find(&mut tx, code).await?;
    let story = crate::desk::timeline(&mut tx, household.id).await?;
    if json {
        return Ok(output::json(&story)?);
    }
    for event in &story {
        output::line(told(event))?;
    }
    Ok(())
}

/// An event on one line: when, what, who, and whatever else is known of it.
fn told(event: &Value) -> String {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let who = [&event["who"]["kind"], &event["who"]["ref"]];
    let who: Vec<String> = who.into_iter().filter(|part| !part.is_null()).map(text).collect();
    let first = format!("{} {} by {}", text(&event["at"]), text(&event["kind"]), who.join(" "));
    let told = |(key, value): &(&String, &Value)| {
        !matches!(key.as_str(), "id" | "at" | "kind" | "who") && !value.is_null()
    };
    let others = event.as_object().into_iter().flatten().filter(told);
    let others = others.map(|(key, value)| format!("{key}={}", text(value)));
    std::iter::once(first).chain(others).collect::<Vec<_>>().join(" ")
}
