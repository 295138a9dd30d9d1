//! Writing to standard output. A reader who has gone is an error here and nothing worth a word later.

use std::fmt::Display;
use std::io::{self, Write};

use serde::Serialize;

/// Writes one value as JSON, on one line.
pub(super) fn json(value: &impl Serialize) -> io::Result<()> {
    line(serde_json::to_string(value)?)
}

/// Writes one line.
pub(super) fn line(text: impl Display) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{text}")
}

/// Writes rows in columns as wide as their widest field.
pub(super) fn columns<const N: usize>(rows: &[[String; N]]) -> io::Result<()> {
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
    let widths: [usize; N] = std::array::from_fn(width);
    for row in rows {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
        line(cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}
