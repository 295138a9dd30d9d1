//! The log: to standard error, as the settings say, or as `RUST_LOG` says.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};

/// Begins to log; a second call changes nothing.
pub(super) fn start(log: &Log) {
    let logger = tracing_subscriber::fmt()
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .with_env_filter(filter(log));
    let started = match log.format {
        LogFormat::Text => logger.try_init(),
        LogFormat::Json => logger.json().try_init(),
    };
    if started.is_err() {
        tracing::debug!("the log had begun already");
    }
}

fn filter(log: &Log) -> EnvFilter {
    let wanted = std::env::var("RUST_LOG").ok().filter(|directives| !directives.is_empty());
    let wanted = wanted.and_then(|directives| directives.parse().ok());
    wanted.unwrap_or_else(|| EnvFilter::default().add_directive(log.level.into()))
}
