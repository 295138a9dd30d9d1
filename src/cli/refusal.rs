//! How a command ends that did not do what was asked for: one sentence, and an exit code that says
//! whose fault it is.

use std::io;
use std::process::ExitCode;

use crate::base::turn::Halt;
use crate::config::ConfigError;
use crate::desk::staff::InviteError;
use crate::sandbox::demo::DemoError;
use crate::serve::ServeError;
use crate::telegram::intake::IntakeError;

/// Wrong use or refused input: the person can put it right.
pub(super) const REFUSED: u8 = 2;

/// A sentence for somebody who asked for what cannot be.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Refusal(pub String);

/// Says what went wrong and gives the exit code for it.
pub(super) fn report(error: &anyhow::Error) -> ExitCode {
    if is_closed_pipe(error) {
        return ExitCode::SUCCESS;
    }
    eprintln!("error: {}", sentence(error));
    if is_refusal(error) { ExitCode::from(REFUSED) } else { ExitCode::FAILURE }
}

/// The reader of our output has gone (`doorstep household list | head`): nobody misses the rest.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io = error.downcast_ref::<io::Error>();
    io.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn is_refusal(error: &anyhow::Error) -> bool {
    error.is::<Refusal>()
        || error.is::<ConfigError>()
        || matches!(error.downcast_ref(), Some(Halt::Refused(_)))
        || matches!(error.downcast_ref(), Some(InviteError::BadName | InviteError::Joined(_)))
        || error.downcast_ref().is_some_and(is_refused_start)
        || error.downcast_ref().is_some_and(DemoError::is_refusal)
}

/// A start that ends because of what it was given.
fn is_refused_start(error: &ServeError) -> bool {
    matches!(
        error,
        ServeError::NoToken | ServeError::BadToken(_) | ServeError::Intake(IntakeError::Webhook(_))
    )
}

/// The error and its causes in one line; a cause that the error tells already is not told again.
fn sentence(error: &anyhow::Error) -> String {
    let mut said = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if said.is_empty() {
            said = cause;
        } else if !said.contains(&cause) {
            said = format!("{said}: {cause}");
        }
    }
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use anyhow::{Context, anyhow};

    use super::*;

    #[test]
    fn an_error_is_one_line_that_says_each_cause_once() {
        let error = anyhow!("no such\nfile");
        assert_eq!(sentence(&error), "no such file");
        let told =
            Err::<(), _>(anyhow!("no such file")).context("x.csv cannot be read: no such file");
        assert_eq!(sentence(&told.unwrap_err()), "x.csv cannot be read: no such file");
        let untold = Err::<(), _>(anyhow!("no such file")).context("x.csv cannot be read");
        assert_eq!(sentence(&untold.unwrap_err()), "x.csv cannot be read: no such file");
    }

    #[test]
    fn what_the_person_can_put_right_is_a_refusal() {
        assert!(is_refusal(&Refusal("no".into()).into()));
        assert!(is_refusal(&InviteError::Joined("Wang".into()).into()));
        assert!(is_refusal(&ConfigError::TwoSecrets("TELOXIDE_TOKEN").into()));
        assert!(is_refusal(&ServeError::NoToken.into()));
        assert!(!is_refusal(&anyhow!("the disk is full")));
        assert!(!is_refusal(&sqlx::Error::PoolTimedOut.into()));
    }
}
