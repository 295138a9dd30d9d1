//! `doorstep import`: data from files. A file with mistakes is taken as far as it is right.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::refusal::{REFUSED, Refusal};
use super::{clock, open, output};
use crate::base::language::Languages;
use crate::config::Settings;
use crate::desk::health_check::first_look;
use crate::desk::household::import::{Counts, Import, Mistake, Outcome};

#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Households and their members from a CSV file, one row a member
    Households(Households),
}

#[derive(Debug, Args)]
struct Households {
    /// The file: UTF-8, with a header, its columns in any order
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// Say what would happen, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Let the file change households that are known already
    #[arg(long)]
    update: bool,
    /// Print the outcome as JSON
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(settings: &Settings, args: ImportArgs) -> anyhow::Result<ExitCode> {
    let What::Households(args) = args.what;
    let file = fs::read(&args.file)
        .map_err(|cause| Refusal(format!("{} cannot be read: {cause}", args.file.display())))?;
    let outcome = bring_in(settings, &args, &file).await?;
    if args.json {
        output::json(&outcome)?;
    } else {
        tell(&outcome, args.dry_run)?;
    }
    Ok(if outcome.is_clean() { ExitCode::SUCCESS } else { ExitCode::from(REFUSED) })
}

async fn bring_in(settings: &Settings, args: &Households, file: &[u8]) -> anyhow::Result<Outcome> {
    let languages = Languages::embedded()?;
    let db = open(settings).await?;
    let mut tx = db.begin().await?;
    let now = clock(settings, &mut tx).await?.now();
    let import = Import { languages: &languages, settings, now, update: args.update, first_look };
    let outcome = import.run(&mut tx, file).await?;
    if args.dry_run {
        tx.rollback().await?;
    } else {
        tx.commit().await?;
    }
    db.close().await;
    Ok(outcome)
}

fn tell(outcome: &Outcome, dry_run: bool) -> anyhow::Result<()> {
    outcome.errors.iter().for_each(|mistake| eprintln!("{}", sentence(mistake)));
    if dry_run {
        output::line("a trial: nothing was changed")?;
    }
    output::line(counted("households", outcome.households))?;
    output::line(counted("members", outcome.members))?;
    Ok(())
}

fn sentence(mistake: &Mistake) -> String {
    let column = mistake.column.as_ref().map(|name| format!(", column {name}"));
    let (place, code) = (column.unwrap_or_default(), mistake.code.word());
    format!("line {}{place}: {} ({code})", mistake.line, mistake.message)
}

fn counted(what: &str, counts: Counts) -> String {
    let Counts { created, updated, unchanged, refused } = counts;
    format!(
        "{what}: {created} created, {updated} updated, {unchanged} unchanged, {refused} refused"
    )
}
