//! Every call that was made, kept in memory and, if wanted, as lines of JSON in a file.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use serde_json::Value;

use super::ids::UserId;

/// One call of the Bot API.
#[derive(Debug, Clone, Serialize)]
pub struct CallRecord {
    /// Counts the calls from 0, in the order in which they ended.
    pub seq: usize,
    /// Unix seconds.
    pub at: i64,
    /// Who called; unknown if the token is.
    pub bot: Option<UserId>,
    /// The method in Telegram's spelling, or as it came if there is no such method.
    pub method: String,
    /// The parameters, in the types of their table where they fit it.
    pub params: Value,
    /// The HTTP status sent; none if the connection was closed instead.
    pub status: Option<u16>,
    /// The answer, or what it would have been; the text of one that is no JSON.
    pub response: Value,
    /// Whether the call was carried out, whatever the answer.
    pub applied: bool,
}

#[derive(Debug, Default)]
pub(super) struct Record {
    pub calls: Vec<CallRecord>,
    file: Option<File>,
}

impl Record {
    pub fn open(path: Option<&Path>) -> io::Result<Self> {
        let append = |path| OpenOptions::new().create(true).append(true).open(path);
        Ok(Self { calls: Vec::new(), file: path.map(append).transpose()? })
    }

    pub fn add(&mut self, mut call: CallRecord) {
        call.seq = self.calls.len();
        if let Some(file) = &mut self.file
            && let Err(error) = append(file, &call)
        {
            tracing::warn!(%error, "the sandbox could not record a call");
        }
        self.calls.push(call);
    }
}

fn append(file: &mut File, call: &CallRecord) -> io::Result<()> {
    let mut line = serde_json::to_vec(call)?;
    line.push(b'\n');
    file.write_all(&line)
}
