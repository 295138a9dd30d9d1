//! The command line: a file for each command. What was asked for goes to standard output, JSON only
//! with `--json`; everything else goes to standard error.

mod bot;
mod demo;
mod doctor;
mod household;
mod import;
mod log;
mod manual;
mod migrate;
mod output;
mod parse;
mod refusal;
mod serve;
mod staff;
mod store;
mod supply;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::base::clock::Clock;
use crate::base::setting;
use crate::base::store::{Db, Tx};
use crate::config::Settings;

/// Follow-up of households in home quarantine, over Telegram, in their own language.
#[derive(Debug, Parser)]
#[command(name = "doorstep", version, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the bot until it is told to stop
    Serve,
    /// Live a quarantine day in the browser: no token, no request leaves this machine
    Demo(demo::DemoArgs),
    /// Bring data in from a file
    Import(import::ImportArgs),
    /// Look at households, open and follow them
    Household(household::HouseholdArgs),
    /// Invite staff and see who has joined
    Staff(staff::StaffArgs),
    /// Look at supply requests
    Supply(supply::SupplyArgs),
    /// Say how a message would be read
    Parse(parse::ParseArgs),
    /// Look for what is wrong, and say how to mend it
    Doctor(doctor::DoctorArgs),
    /// Bring the database up to date
    Migrate,
    /// Print completions for a shell
    Completions(manual::CompletionsArgs),
    /// Print the man page
    Man,
}

/// Does what was asked for. Exit codes: 0 done, 1 a fault, 2 wrong use or refused input.
#[must_use]
pub fn run(cli: Cli) -> ExitCode {
    let done = tokio::runtime::Runtime::new()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(cli.command.run()));
    done.unwrap_or_else(|error| refusal::report(&error))
}

impl Command {
    async fn run(self) -> anyhow::Result<ExitCode> {
        match self {
            Self::Serve => serve::run(settings()?).await,
            Self::Demo(args) => demo::run(args).await,
            Self::Import(args) => import::run(&settings()?, args).await,
            Self::Household(args) => household::run(settings()?, args).await,
            Self::Staff(args) => staff::run(&settings()?, args).await,
            Self::Supply(args) => supply::run(&settings()?, args).await,
            Self::Parse(args) => settings().and_then(|_| parse::run(&args)),
            Self::Doctor(args) => doctor::run(&args).await,
            Self::Migrate => migrate::run(&settings()?).await,
            Self::Completions(args) => manual::completions(&args),
            Self::Man => manual::man(),
        }
    }
}

/// Reads the settings and begins to log as they say.
fn settings() -> anyhow::Result<Settings> {
    let settings = Settings::load()?;
    log::start(&settings.log);
    Ok(settings)
}

/// Opens the database of the settings, made when absent and brought up to date when old.
async fn open(settings: &Settings) -> anyhow::Result<Db> {
    Ok(Db::open(settings.database_url.as_str()).await?)
}

/// The clock by which every command goes: in a rehearsal as far ahead as the database says.
///
/// # Errors
/// When the database is away.
pub async fn clock(settings: &Settings, tx: &mut Tx<'_>) -> sqlx::Result<Clock> {
    if !settings.rehearsal.enabled {
        return Ok(Clock::default());
    }
    let offset = setting::read(tx, setting::CLOCK_OFFSET).await?;
    Ok(Clock::ahead_by(offset.unwrap_or(0)))
}
