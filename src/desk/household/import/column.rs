//! The columns of the file, by the contract's words.

/// A column. The first twelve say something of the household, the others of a member; a file may do
/// without the last two.
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
    Phone2,
    PhoneOwner,
}

impl Column {
    /// Whether a file must have it. One without says nothing of it, and leaves alone what is known.
    #[must_use]
    pub fn is_required(self) -> bool {
        !matches!(self, Self::Phone2 | Self::PhoneOwner)
    }

    /// The word in the header.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.into()
    }
}
