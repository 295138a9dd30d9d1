//! Writes the example file from the same declarations that the reader walks over, so that the
//! two cannot differ.

use super::Settings;
use super::error::ConfigError;
use super::value::{Value, Visitor};

const HEAD: &str = "\
# Doorstep's settings: every key with its default; what is left out keeps it.
# A variable wins over this file: DOORSTEP__CHECKS__SLOTS=08:00,12:00,18:00
# Not here, but in variables alone: TELOXIDE_TOKEN or TELOXIDE_TOKEN_FILE (the bot's token),
# WEBHOOK_SECRET or WEBHOOK_SECRET_FILE, TELOXIDE_API_URL, DATABASE_URL, and DOORSTEP_CONFIG,
# which names this file.
";

struct Writer {
    lines: Vec<String>,
}

/// The example file.
pub(super) fn write() -> String {
    let mut writer = Writer { lines: HEAD.lines().map(str::to_owned).collect() };
    let written = Settings::default().visit(&mut writer);
    debug_assert!(written.is_ok(), "writing refuses nothing");
    writer.lines.join("\n") + "\n"
}

impl Writer {
    /// Doc comments as comments: each line keeps the space it begins with, and loses its backticks.
    fn comment(&mut self, lines: &[&str]) {
        self.lines.extend(lines.iter().map(|line| format!("#{}", line.replace('`', ""))));
    }
}

impl Visitor for Writer {
    fn section(&mut self, name: &'static str, about: &[&str]) {
        self.lines.push(String::new());
        self.comment(about);
        self.lines.push(format!("[{name}]"));
    }

    fn key<V: Value>(
        &mut self,
        name: &str,
        meaning: &[&str],
        value: &mut V,
    ) -> Result<(), ConfigError> {
        self.comment(meaning);
        self.lines.push(format!("{name} = {}", value.write()));
        Ok(())
    }
}
