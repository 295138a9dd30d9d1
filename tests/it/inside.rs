//! What the tests from the inside stand on: a fresh database of either kind and the ground of a Turn,
//! without a process, a port or a pretend Telegram around them.

use std::sync::Arc;

use doorstep::base::clock::Clock;
use doorstep::base::language::Languages;
use doorstep::base::seal::Seal;
use doorstep::base::store::Db;
use doorstep::base::turn::{Bells, Ground};
use doorstep::config::Settings;
use tempfile::TempDir;

use crate::support::{postgres, sqlite_url};

/// The bot's token; its number is the bot's id.
pub const TOKEN: &str = "5001:a-secret-of-the-test";
/// The bot's id.
pub const BOT: i64 = 5001;

/// A ground with a database of its own, which ends with it.
pub struct Inside {
    pub ground: Ground,
    pub url: String,
    _folder: TempDir,
}

impl Inside {
    /// On SQLite, which is always there.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = sqlite_url(folder.path());
        Self::on(url, folder).await
    }

    /// On PostgreSQL, where there is one.
    pub async fn postgres() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let url = postgres::fresh_database().await?;
        Some(Self::on(url, folder).await)
    }

    async fn on(url: String, folder: TempDir) -> Self {
        let mut settings = Settings::default();
        settings.checks.spread = std::time::Duration::ZERO;
        let ground = Ground {
            db: Db::open(&url).await.expect("a new database"),
            clock: Clock::default(),
            languages: Languages::embedded().expect("the texts"),
            settings: Arc::new(settings),
            seal: Seal::of_token(TOKEN),
            bells: Bells::default(),
        };
        Self { ground, url, _folder: folder }
    }
}

/// A proof as two tests, `NAME::sqlite` and `NAME::postgres`, each on a database of its own.
macro_rules! on_both_inside {
    ($name:ident, async |$inside:ident| $proof:block) => {
        mod $name {
            #[allow(unused_imports, reason = "not every proof needs everything")]
            use super::*;
            use crate::inside::Inside;

            async fn proof($inside: &Inside) $proof

            #[tokio::test]
            async fn sqlite() {
                proof(&Inside::sqlite().await).await;
            }

            #[tokio::test]
            async fn postgres() {
                if let Some(inside) = Inside::postgres().await {
                    proof(&inside).await;
                }
            }
        }
    };
}
pub(crate) use on_both_inside;

/// Runs one query of a test on whichever database the transaction belongs to.
macro_rules! ask {
    ($tx:expr, $connection:ident => $body:expr) => {
        match $tx {
            doorstep::base::store::Tx::Sqlite(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
            doorstep::base::store::Tx::Postgres(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
        }
    };
}
pub(crate) use ask;
