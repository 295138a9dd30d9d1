//! What a demo with a named database leaves beside it, so that it can go on another time: the pretend
//! Telegram, and what the stage must know of it. The file is written after changes, each time whole:
//! a new one takes the place of the old one in one step.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::error::DemoError;
use super::stage::Stage;
use crate::base::clock::Timestamp;

const FORMAT: &str = "doorstep demo world";
const VERSION: u32 = 1;
/// Changes that come together are kept together.
const GATHER: Duration = Duration::from_millis(300);

/// A kept demo.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Keepsake {
    format: String,
    version: u32,
    /// The world's number, which its database knows too.
    pub number: i64,
    /// Whether the demo had ended when this was written; else more may have happened.
    pub is_complete: bool,
    /// What the stage knows.
    pub notes: Notes,
    /// The pretend Telegram.
    pub world: Value,
}

/// What the stage must know of its world beyond what stands in it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Notes {
    /// The group of 3-502.
    pub chinese: i64,
    /// The group of 7-903.
    pub french: i64,
    /// The used link of 3-502, which a stranger may have found.
    pub old_link: String,
    /// When each message came on the pretend clock: chat, message, instant.
    pub came: Vec<(i64, i64, Timestamp)>,
}

impl Keepsake {
    /// Reads the file; whoever named a wrong one is told so in a sentence.
    pub fn read(file: &Path) -> Result<Self, DemoError> {
        let wrong = |why| DemoError::BadWorld { world: file.to_owned(), why };
        let found: Value = serde_json::from_slice(&fs::read(file)?)
            .map_err(|_| wrong("is damaged: it is no whole JSON"))?;
        if found["format"] != FORMAT {
            return Err(wrong("is no world of a demo"));
        }
        if found["version"] != VERSION {
            return Err(wrong("was written by another version of this program"));
        }
        serde_json::from_value(found).map_err(|_| wrong("is damaged: something is missing in it"))
    }
}

/// Who writes the file.
#[derive(Debug)]
pub(super) struct Keeper {
    file: PathBuf,
    texts: AtomicU64,
    /// The latest text in the file. One that is still being written when the demo ends must not
    /// take the place of the last.
    latest: Mutex<u64>,
}

impl Keeper {
    /// The keeper of this file.
    pub fn new(file: PathBuf) -> Arc<Self> {
        Arc::new(Self { file, texts: AtomicU64::new(1), latest: Mutex::new(0) })
    }

    /// Keeps the stage's world after every change, as long as the demo lasts.
    pub async fn keep(self: &Arc<Self>, stage: &Stage) {
        let mut changes = stage.sandbox.changes();
        let mut kept = Vec::new();
        loop {
            match written(stage, false).await {
                // a poll of the bot alone changes nothing
                Ok(text) if text == kept => {}
                Ok(text) => match self.put(text.clone()).await {
                    Ok(()) => kept = text,
                    Err(error) => tracing::warn!(%error, "the pretend Telegram cannot be kept"),
                },
                Err(error) => tracing::warn!(%error, "the pretend Telegram cannot be written"),
            }
            if changes.changed().await.is_err() {
                return;
            }
            tokio::time::sleep(GATHER).await;
        }
    }

    /// Keeps the stage's world as it is after the end of the demo.
    pub async fn close(self: &Arc<Self>, stage: &Stage) -> Result<(), DemoError> {
        Ok(self.put(written(stage, true).await?).await?)
    }

    async fn put(self: &Arc<Self>, text: Vec<u8>) -> io::Result<()> {
        let (keeper, number) = (Arc::clone(self), self.texts.fetch_add(1, Ordering::SeqCst));
        let write = move || {
            let mut latest = keeper.latest.lock().unwrap_or_else(PoisonError::into_inner);
            if *latest < number {
                replace(&keeper.file, &text)?;
                *latest = number;
            }
            Ok(())
        };
        tokio::task::spawn_blocking(write).await.map_err(io::Error::other)?
    }
}

/// The stage's world as it is now, as text.
async fn written(stage: &Stage, is_complete: bool) -> io::Result<Vec<u8>> {
    let keepsake = Keepsake {
        format: FORMAT.to_owned(),
        version: VERSION,
        number: stage.number,
        is_complete,
        notes: stage.notes().await,
        world: stage.sandbox.keep()?,
    };
    Ok(serde_json::to_vec(&keepsake)?)
}

/// Puts a whole file in the place of another: whoever looks finds the old one or the new one.
fn replace(file: &Path, text: &[u8]) -> io::Result<()> {
    let mut draft = file.as_os_str().to_owned();
    draft.push(".tmp");
    let mut written = File::create(&draft)?;
    written.write_all(text)?;
    written.sync_all()?;
    fs::rename(&draft, file)?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.db.world.json");
        fs::write(&file, text).unwrap();
        let error = Keepsake::read(&file).unwrap_err();
        assert!(error.is_refusal(), "{error}");
        error.to_string()
    }

    #[test]
    fn what_is_no_world_of_ours_is_refused_with_the_reason() {
        assert!(refusal("{\"format\": \"doorstep").contains("damaged"));
        assert!(refusal("[1, 2]").contains("no world of a demo"));
        let old = format!("{{\"format\":\"{FORMAT}\",\"version\":0}}");
        assert!(refusal(&old).contains("another version"));
        let holed = format!("{{\"format\":\"{FORMAT}\",\"version\":{VERSION},\"number\":7}}");
        assert!(refusal(&holed).contains("missing"));
    }

    #[test]
    fn a_new_file_takes_the_place_of_the_old_one_and_leaves_no_draft() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("world.json");
        replace(&file, b"one").unwrap();
        replace(&file, b"two").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
