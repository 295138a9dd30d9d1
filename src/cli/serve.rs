//! `doorstep serve`: the bot at work, until SIGTERM or SIGINT.

use std::io;
use std::process::ExitCode;

use tokio_util::sync::CancellationToken;

use crate::config::Settings;

pub(super) async fn run(settings: Settings) -> anyhow::Result<ExitCode> {
    let stop = CancellationToken::new();
    let mut signals = Signals::listen()?;
    let stopper = stop.clone();
    tokio::spawn(async move {
        signals.wait().await;
        stopper.cancel();
    });
    crate::run(settings, stop).await?;
    Ok(ExitCode::SUCCESS)
}

/// The signals that ask a process to stop.
struct Signals {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn wait(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(not(unix))]
impl Signals {
    fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    async fn wait(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
