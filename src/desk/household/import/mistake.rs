//! What is wrong with a file: where, by a code for programs, in a sentence for people.

use serde::{Serialize, Serializer};
use strum::VariantArray;

use super::column::Column;

/// What kind of mistake it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum MistakeCode {
    /// The file is not UTF-8.
    NotUtf8,
    /// The file holds nothing.
    EmptyFile,
    /// The header names a column that there is not.
    UnknownColumn,
    /// The header lacks a column.
    MissingColumn,
    /// The header names a column twice.
    DuplicateColumn,
    /// The row has more or fewer fields than the header.
    FieldCount,
    /// The field must not be empty.
    Missing,
    /// The field is too long.
    TooLong,
    /// The field holds a character that cannot be seen, such as a line break.
    ControlCharacter,
    /// The field is not of the kind that its column holds.
    BadValue,
    /// We speak no language near this one.
    UnknownLanguage,
    /// There is no such time zone.
    UnknownTimezone,
    /// There is no such category.
    UnknownCategory,
    /// There is no such relation.
    UnknownRelation,
    /// Nobody of this name was invited.
    UnknownStaff,
    /// The backup is the worker.
    SamePerson,
    /// The row says something else of its household than the household's first row.
    Inconsistent,
    /// Two members of a household bear the same word.
    DuplicateMember,
    /// The household is known, and the file says something else of it.
    Differs,
    /// A known member is not in the file.
    MemberGone,
    /// A known member stands in another place.
    MemberMoved,
    /// The household was released: its file is closed.
    Ended,
}

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// The line in the file; the header is line 1.
    pub line: u64,
    /// The column's word as it stands in the header, or should.
    pub column: Option<String>,
    /// What kind of mistake it is.
    pub code: MistakeCode,
    /// The same for people.
    pub message: String,
}

impl Mistake {
    pub(super) fn new(line: u64, code: MistakeCode, message: impl Into<String>) -> Self {
        Self { line, column: None, code, message: message.into() }
    }

    pub(super) fn at(self, column: Column) -> Self {
        self.in_column(column.word())
    }

    pub(super) fn in_column(self, name: &str) -> Self {
        Self { column: Some(name.to_owned()), ..self }
    }

    /// The column's place among ours, so that mistakes of a line stand in order.
    pub(super) fn column_no(&self) -> Option<usize> {
        let name = self.column.as_deref()?;
        Column::VARIANTS.iter().position(|column| column.word() == name)
    }
}

impl MistakeCode {
    /// The word that stands for it in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.into()
    }
}

impl Serialize for MistakeCode {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.word())
    }
}
