//! `doorstep demo`: a quarantine day with a pretend Telegram, for whoever wants to see it first.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use strum::VariantNames;
use tracing::level_filters::LevelFilter;

use super::log;
use crate::config::Log;
use crate::sandbox::demo::{self, DemoOptions, ExitState, SceneName};

#[derive(Debug, Args)]
pub(super) struct DemoArgs {
    /// Address and port of the chat page
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Keep the neighbourhood in this file, and go on with it if it was kept there before; without it,
    /// it is gone when the demo ends
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,
    /// Play a scene in the terminal instead: morning, silence or fever
    #[arg(long, value_name = "NAME", value_parser = scene)]
    scene: Option<SceneName>,
}

fn scene(name: &str) -> Result<SceneName, String> {
    name.parse().map_err(|_| format!("a scene is one of {}", SceneName::VARIANTS.join(", ")))
}

/// The settings of this machine are of no account in a demo; only what is wrong is logged.
pub(super) async fn run(args: DemoArgs) -> anyhow::Result<ExitCode> {
    log::start(&Log { level: LevelFilter::WARN, ..Log::default() });
    let DemoArgs { listen, db, scene } = args;
    Ok(match demo::run(DemoOptions { listen, db, scene }).await? {
        ExitState::Well => ExitCode::SUCCESS,
        ExitState::SceneFailed => ExitCode::FAILURE,
    })
}
