//! `doorstep supply`: what households asked for, and how far it has come.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::Value;

use super::{open, output};
use crate::config::Settings;
use crate::desk::supply;

#[derive(Debug, Args)]
pub(super) struct SupplyArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Every request
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

pub(super) async fn run(settings: &Settings, args: SupplyArgs) -> anyhow::Result<ExitCode> {
    let What::List { json } = args.what;
    let db = open(settings).await?;
    let mut tx = db.read().await?;
    let requests = supply::list(&mut tx).await?;
    if json {
        output::json(&requests)?;
    } else {
        let lines: Vec<[String; 5]> = requests.iter().map(line).collect();
        output::columns(&lines)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn line(request: &Value) -> [String; 5] {
    let urgent = if request["urgent"] == true { " urgent" } else { "" };
    let text = |key: &str| request[key].as_str().unwrap_or("").to_owned();
    [text("ref"), text("household"), text("state") + urgent, text("asked_at"), text("text")]
}
