//! Why the settings were refused: one clear sentence each, never with a secret in it.

use std::io;

use super::reader::Place;

/// The first fault found in the settings.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The settings file is named and cannot be read.
    #[error("the settings file {path} cannot be read: {cause}")]
    File {
        /// Which file.
        path: String,
        /// What the machine said.
        cause: io::Error,
    },
    /// The settings file is no TOML.
    #[error("{file}, line {line}: {cause}")]
    Syntax {
        /// Which file.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong there.
        cause: String,
    },
    /// There is no such setting.
    #[error("{place}: there is no setting {key}; did you mean {nearest}?")]
    Unknown {
        /// The file or variable.
        place: Place,
        /// The key as it was written, with dots.
        key: String,
        /// The likeliest right one, as it is written at such a place.
        nearest: String,
    },
    /// The value is not of the setting's kind.
    #[error("{place}: {key} is {value}, but must be {expected}")]
    Wrong {
        /// The file or variable.
        place: Place,
        /// The setting.
        key: String,
        /// What was found.
        value: String,
        /// What a right value looks like.
        expected: &'static str,
    },
    /// Settings that are right alone and wrong together, or an address that is none.
    #[error("{0}")]
    Refused(String),
    /// A secret is given twice.
    #[error("{0} and {0}_FILE are both set: keep one of them")]
    TwoSecrets(&'static str),
    /// The file of a secret is named and cannot be read.
    #[error("{variable}: {path} cannot be read: {cause}")]
    SecretFile {
        /// The variable that names it.
        variable: &'static str,
        /// Which file.
        path: String,
        /// What the machine said.
        cause: io::Error,
    },
    /// The file of a secret holds nothing.
    #[error("{variable}: {path} is empty, but must hold the secret")]
    EmptySecretFile {
        /// The variable that names it.
        variable: &'static str,
        /// Which file.
        path: String,
    },
}
