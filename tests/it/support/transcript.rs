//! What people did and what the bot did, in order: what a failed test shows.

use std::fmt::Write;
use std::sync::{Mutex, PoisonError};

use doorstep::sandbox::{CallRecord, Sandbox};

/// Deeds of people, each with the number of calls the bot had made by then.
#[derive(Debug, Default)]
pub struct Deeds(Mutex<Vec<(usize, String)>>);

impl Deeds {
    pub fn add(&self, sandbox: &Sandbox, deed: &str) {
        let calls = sandbox.calls().len();
        let mut deeds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        deeds.push((calls, deed.to_owned()));
    }

    /// Deeds and calls, one below the other.
    pub fn tell(&self, sandbox: &Sandbox) -> String {
        let mut told = String::new();
        let deeds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut deeds = deeds.iter().peekable();
        for call in sandbox.calls() {
            while let Some((_, deed)) = deeds.next_if(|(calls, _)| *calls <= call.seq) {
                writeln!(told, "{deed}").expect("a string takes everything");
            }
            if !matches!(call.method.as_str(), "getUpdates" | "getWebhookInfo") {
                writeln!(told, "    {}", line_of(&call)).expect("a string takes everything");
            }
        }
        for (_, deed) in deeds {
            writeln!(told, "{deed}").expect("a string takes everything");
        }
        told
    }
}

fn line_of(call: &CallRecord) -> String {
    let params = &call.params;
    let words = params["text"].as_str().or_else(|| params["caption"].as_str()).unwrap_or_default();
    let words = words.replace('\n', " / ");
    let outcome = if call.response["ok"] == true {
        String::new()
    } else {
        format!(" ! {}", call.response["description"])
    };
    format!("{} {} {} {words}{outcome}", call.method, params["chat_id"], params["message_id"])
}
