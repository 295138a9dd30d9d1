//! The columns of the file, by the contract's words.

/// A column. The first twelve say something of the household, the others of a member.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    strum::IntoStaticStr,
    strum::EnumString,
    strum::VariantArray,
)]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the words are the contract's, and say it")]
pub enum Column {
    Household,
    Area,
    Building,
    Unit,
    Room,
    Language,
    Timezone,
    Category,
    StartOn,
    Days,
    Worker,
    Backup,
    Member,
    Relation,
    BirthYear,
    Phone,
    Labels,
}

impl Column {
    /// The word in the header.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.into()
    }
}
