//! `doorstep doctor`: looks at everything that serving stands on, and says what is wrong, why, and
//! how to mend it.

mod examine;
mod finding;
mod hook;

use std::process::ExitCode;

use clap::Args;

use super::{log, output};
use crate::config::Settings;

use finding::{Finding, State};

#[derive(Debug, Args)]
pub(super) struct DoctorArgs {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(args: &DoctorArgs) -> anyhow::Result<ExitCode> {
    let findings = match Settings::load() {
        Ok(settings) => {
            log::start(&settings.log);
            examine::everything(&settings).await
        }
        Err(error) => vec![
            Finding::broken("settings", error.to_string())
                .mend("put it right in doorstep.toml or in the environment"),
        ],
    };
    if args.json {
        output::json(&findings)?;
    } else {
        findings.iter().try_for_each(output::line)?;
    }
    let broken = findings.iter().any(|finding| finding.state == State::Broken);
    Ok(if broken { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
