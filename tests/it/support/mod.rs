//! What the tests stand on: a database of its own for each of them, a pretend Telegram, and the real
//! binary between the two, which is spoken to as people and operators speak to it.
//!
//! A conversation is written once and runs on both databases, see [`on_both`]. Nothing sleeps: every
//! action ends when the binary says that it has settled.

use std::path::Path;
use std::time::Duration;

pub mod dump;
pub mod home;
pub mod letter;
pub mod opening;
pub mod place;
pub mod port;
pub mod postgres;
pub mod program;
pub mod serve;
pub mod spec;
pub mod staff;
pub mod town;
pub mod transcript;

/// How long a test waits for what must happen: long enough for a machine that does other things too.
pub const PATIENCE: Duration = Duration::from_mins(2);

/// The address of an SQLite file in `dir`; the file need not exist.
pub fn sqlite_url(dir: &Path) -> String {
    format!("sqlite://{}", dir.join("doorstep.db").display())
}

/// A conversation as two tests, `NAME::sqlite` and `NAME::postgres`, each in a town of its own; if
/// wanted, with other rules than the usual.
///
/// ```ignore
/// on_both!(a_report_is_acknowledged_by_a_reaction, async |town| {
///     let Usual { home, .. } = town.usual().await;
///     home.says("妈妈", "36.5").await;
/// });
/// ```
macro_rules! on_both {
    ($name:ident, async |$town:ident| $conversation:block) => {
        on_both!($name, crate::support::town::Rules::usual(), async |$town| $conversation);
    };
    ($name:ident, $rules:expr, async |$town:ident| $conversation:block) => {
        mod $name {
            #[allow(unused_imports, reason = "not every conversation needs everything")]
            use super::*;
            use crate::support::town::{Store, Town};

            async fn conversation($town: &Town) $conversation

            #[tokio::test]
            async fn sqlite() {
                let town = Town::open(Store::Sqlite, $rules).await.expect("SQLite is always there");
                conversation(&town).await;
            }

            #[tokio::test]
            async fn postgres() {
                if let Some(town) = Town::open(Store::Postgres, $rules).await {
                    conversation(&town).await;
                }
            }
        }
    };
}
pub(crate) use on_both;
