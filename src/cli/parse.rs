//! `doorstep parse`: how a message would be read, explained for people or as data line by line.

use std::collections::BTreeSet;
use std::io::{self, BufRead};
use std::process::ExitCode;

use anyhow::anyhow;
use clap::Args;
use serde::Deserialize;
use serde_json::{Value, json};

use super::output;
use super::refusal::REFUSED;
use crate::base::language::Languages;
use crate::desk::health_check::lexicons::Lexicons;
use crate::desk::health_check::reading::{Heard, Lexicon, Reading, explain, read};

/// The language for a tag that is near none of ours.
const LAST_RESORT: &str = "en";

#[derive(Debug, Args)]
pub(super) struct ParseArgs {
    /// The language of the message, such as `zh-CN`
    #[arg(long, value_name = "TAG", required_unless_present = "jsonl")]
    lang: Option<String>,
    /// The message
    #[arg(required_unless_present = "jsonl", allow_hyphen_values = true)]
    text: Option<String>,
    /// Read lines `{"text","lang"}` from standard input and write a line for each
    #[arg(long, conflicts_with_all = ["lang", "text"])]
    jsonl: bool,
}

pub(super) fn run(args: &ParseArgs) -> anyhow::Result<ExitCode> {
    let languages = Languages::embedded()?;
    let mut shelf = Shelf::open(&languages)?;
    if args.jsonl {
        return read_lines(&mut shelf);
    }
    let (lang, text) = (args.lang.as_deref().unwrap_or(""), args.text.as_deref().unwrap_or(""));
    for line in explain(text, shelf.lexicon(lang)?, &[]) {
        output::line(line)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The lexicons, and the tags that were asked for in vain so far.
struct Shelf<'l> {
    languages: &'l Languages,
    lexicons: &'static Lexicons,
    missed: BTreeSet<String>,
}

impl<'l> Shelf<'l> {
    fn open(languages: &'l Languages) -> anyhow::Result<Self> {
        let lexicons = Lexicons::load(languages)
            .map_err(|(tag, error)| anyhow!("the lexicon of {tag} cannot be used: {error}"))?;
        Ok(Self { languages, lexicons, missed: BTreeSet::new() })
    }

    /// The lexicon for a tag: its own, else the nearest language's, else English; a word on standard
    /// error says so once.
    fn lexicon(&mut self, lang: &str) -> anyhow::Result<&'static Lexicon> {
        let languages = self.languages;
        let near = languages.get(lang).or_else(|| languages.negotiate(lang));
        let last = languages.get(LAST_RESORT);
        let found = [near, last].into_iter().flatten().find_map(|tag| {
            let lexicon = self.lexicons.get(&tag)?;
            Some((tag, lexicon))
        });
        let (tag, lexicon) = found.ok_or_else(|| anyhow!("there is no lexicon at all"))?;
        if !tag.as_str().eq_ignore_ascii_case(lang) && self.missed.insert(lang.to_owned()) {
            eprintln!("warning: there is no lexicon for {lang:?}: it is read as {tag}");
        }
        Ok(lexicon)
    }
}

#[derive(Deserialize)]
struct Line {
    text: String,
    #[serde(default)]
    lang: Option<String>,
}

fn read_lines(shelf: &mut Shelf<'_>) -> anyhow::Result<ExitCode> {
    let mut every_line_was_right = true;
    for line in io::stdin().lock().split(b'\n') {
        let answer = match serde_json::from_slice::<Line>(&line?) {
            Ok(Line { text, lang }) => {
                let lexicon = shelf.lexicon(lang.as_deref().unwrap_or(""))?;
                json!({ "expect": expected(&read(&text, lexicon, &[])) })
            }
            Err(error) => {
                every_line_was_right = false;
                json!({ "error": error.to_string() })
            }
        };
        output::json(&answer)?;
    }
    Ok(if every_line_was_right { ExitCode::SUCCESS } else { ExitCode::from(REFUSED) })
}

/// What was heard, in the schema of the shared cases.
fn expected(heard: &Heard) -> Value {
    match heard {
        Heard::Readings { readings, .. } => readings.iter().map(expected_reading).collect(),
        Heard::Ask(_) => "ask".into(),
        Heard::Silence => "none".into(),
    }
}

fn expected_reading(reading: &Reading) -> Value {
    let mut value = json!({ "member_hint": reading.member_hint, "celsius": reading.celsius });
    if let Some(symptoms) = &reading.symptoms {
        value["symptoms"] = json!(symptoms);
    }
    value
}
