//! Why the languages could not be loaded: a sentence for the operator that names file, line and id.

use std::io;
use std::path::PathBuf;

use fluent::FluentError;
use fluent_syntax::parser::ParserError;

/// A fault in `locales/`, found before anything is said.
#[derive(Debug, thiserror::Error)]
pub enum LanguageError {
    /// A file or folder cannot be read, or is not UTF-8.
    #[error("{}: {source}", path.display())]
    Unreadable {
        /// What was to be read.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A folder is not called by the canonical tag of a language.
    #[error("{name}: the folder of a language is called by its tag, such as zh-CN")]
    Folder {
        /// The folder's name.
        name: String,
    },
    /// The language everything falls back to is not there.
    #[error("there is no folder {tag}, the language that all others fall back to")]
    NoLanguage {
        /// The tag looked for.
        tag: &'static str,
    },
    /// Fluent cannot read an entry.
    #[error("{file}:{line}: {id}: {problem}")]
    Syntax {
        /// The file, as found.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The entry in which it stands; empty when it has no readable id.
        id: String,
        /// What Fluent says.
        problem: String,
    },
    /// One language says the same message twice.
    #[error("{file}:{line}: {id}: this id is already taken")]
    Duplicate {
        /// The file of the second one.
        file: String,
        /// Its line, from 1.
        line: usize,
        /// The id.
        id: String,
    },
    /// A message without which the language cannot be used is missing or cannot be said.
    #[error("{file}: {id}: {problem}")]
    Missing {
        /// The folder of the language.
        file: String,
        /// The id.
        id: &'static str,
        /// What is wrong with it.
        problem: String,
    },
}

impl LanguageError {
    /// What Fluent found wrong in a file, and in which of its entries.
    pub(super) fn syntax(file: String, text: &str, error: &ParserError) -> Self {
        let junk = error.slice.clone().unwrap_or_default();
        // Fluent may look past the end of a line for what it misses there.
        let seen = text.get(..error.pos.start).unwrap_or(text).trim_end();
        let reached = text.get(..seen.len().max(junk.start)).unwrap_or(text);
        let line = reached.matches('\n').count() + 1;
        let id = first_id(text.get(junk).unwrap_or_default());
        Self::Syntax { file, line, id, problem: one_line(&error.kind.to_string()) }
    }

    /// The first of the ids in a file that were known before.
    pub(super) fn duplicate(file: String, text: &str, errors: &[FluentError]) -> Self {
        let id = errors.iter().find_map(taken_id).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        let line = lines.iter().rposition(|line| is_entry(line, &id)).map_or(0, |at| at + 1);
        Self::Duplicate { file, line, id }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn first_id(junk: &str) -> String {
    let entry =
        junk.lines().find(|line| line.starts_with(|c: char| c == '-' || c.is_ascii_alphabetic()));
    let in_id = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    entry.unwrap_or_default().chars().take_while(in_id).collect()
}

fn taken_id(error: &FluentError) -> Option<String> {
    if let FluentError::Overriding { id, .. } = error { Some(id.clone()) } else { None }
}

/// Whether a line begins the message or the term of that id.
fn is_entry(line: &str, id: &str) -> bool {
    let line = line.strip_prefix('-').unwrap_or(line);
    line.strip_prefix(id).is_some_and(|rest| rest.trim_start().starts_with('='))
}
