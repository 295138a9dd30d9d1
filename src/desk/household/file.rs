//! The file of a household: where it lives, who belongs to it, whose it is, how far it has come.
//! Knows no database and no chat.

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;

use crate::base::chat::ChatId;
use crate::base::clock::Timestamp;
use crate::base::store::stored_word;
use crate::desk::choice::Why;
use crate::desk::reference::{StaffId, place};
use crate::desk::staff::policy::Object;

/// How far a household has come, by the contract's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum State {
    /// Known from a file; no chat.
    Imported,
    /// The chat is known; not heard yet, or no language or notice.
    Binding,
    /// In follow-up.
    Active,
    /// A stranger is in the chat.
    Held,
    /// Silenced by staff.
    Muted,
    /// Its period has been ended by a person.
    Released,
    /// The bot has left its chat.
    Closed,
    /// Its personal data are gone.
    Purged,
}
stored_word!(State);

impl State {
    /// Whether health checks fall due in this state.
    #[must_use]
    pub fn is_followed(self) -> bool {
        matches!(self, Self::Binding | Self::Active | Self::Held)
    }

    /// Whether the period has begun and not been ended: it can be longer, pass to another worker, be
    /// ended.
    #[must_use]
    pub fn is_running(self) -> bool {
        self.is_followed() || self == Self::Muted
    }

    /// Whether a person has ended the period.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Released | Self::Closed | Self::Purged)
    }
}

/// How a household is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Channel {
    /// Not yet.
    None,
    /// A group chat.
    Group,
    /// A private chat of one resident with the bot.
    Private,
    /// By telephone only.
    Phone,
}
stored_word!(Channel);

/// Why somebody is in quarantine (SORMAS, Go.Data; reports: contact classes).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString, strum::VariantNames,
)]
#[strum(serialize_all = "snake_case")]
pub enum Category {
    /// Was close to a case.
    CloseContact,
    /// Was close to a close contact.
    SecondaryContact,
    /// Was in the same place.
    GeneralContact,
    /// Came from abroad.
    Entrant,
}
stored_word!(Category);

/// What a member is to the head of the household.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString, strum::VariantNames,
)]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the words say it")]
pub enum Relation {
    Head,
    Spouse,
    Child,
    Parent,
    Grandparent,
    Sibling,
    Other,
}
stored_word!(Relation);

/// A household's file.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Household {
    /// Its row.
    pub id: i64,
    /// The name of its file: the `household` column of the import.
    pub code: String,
    /// Its area, stored form.
    pub area: String,
    /// The building; may be empty.
    pub building: String,
    /// The unit; may be empty.
    pub unit: String,
    /// The room; may be empty.
    pub room: String,
    /// The imported language: a proposal.
    pub language: String,
    /// The language that was chosen in the chat.
    pub chosen_language: Option<String>,
    /// IANA time zone.
    pub timezone: String,
    /// Why it is in quarantine.
    pub category: Category,
    /// Day 0: entry or last exposure.
    pub start_on: NaiveDate,
    /// How many days it lasts.
    pub days: i64,
    /// Its worker.
    pub worker_id: StaffId,
    /// Its backup worker.
    pub backup_id: Option<StaffId>,
    /// How far it has come.
    pub state: State,
    /// How it is reached.
    pub channel: Channel,
    /// The bot in its chat.
    pub bot_id: Option<i64>,
    /// Its chat.
    pub chat_id: Option<ChatId>,
    /// When it was imported.
    pub imported_at: Timestamp,
    /// When its chat was bound, or it was made phone only.
    pub bound_at: Option<Timestamp>,
    /// When the bot was first known to hear every message of the chat.
    pub heard_at: Option<Timestamp>,
    /// When the worker said that everybody is in.
    pub settled_in_at: Option<Timestamp>,
    /// How many of those in the chat belong there: counted then, and changed since by who is known to
    /// have come or gone.
    pub member_count: Option<i64>,
    /// How many were in the chat when it was counted last.
    pub counted: Option<i64>,
    /// What the bot may not do in the chat, of which the worker was told: rights, separated by blanks.
    pub lacks: String,
    /// When it was released.
    pub released_at: Option<Timestamp>,
    /// The letter that made the pinned card.
    pub card_letter: Option<i64>,
    /// The next instant at which the card may change.
    pub card_not_before: Timestamp,
}

impl Household {
    /// The door as officers write it: building, unit and room, joined by hyphens; the code if none
    /// is known.
    #[must_use]
    pub fn door(&self) -> String {
        let parts: Vec<&str> =
            [&self.building, &self.unit, &self.room].into_iter().map(String::as_str).collect();
        let known: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if known.is_empty() { self.code.clone() } else { known.join("-") }
    }

    /// How staff tell it from others: the door, and the code where that is another word.
    #[must_use]
    pub fn place(&self) -> String {
        place(&self.door(), &self.code)
    }

    /// The household's time zone. Imports let no other than a known one in.
    #[must_use]
    pub fn zone(&self) -> Tz {
        self.timezone.parse().unwrap_or(Tz::UTC)
    }

    /// The language the household is spoken to: chosen, else imported.
    #[must_use]
    pub fn language_tag(&self) -> &str {
        self.chosen_language.as_deref().unwrap_or(&self.language)
    }

    /// The local date of an instant.
    #[must_use]
    pub fn date_of(&self, at: Timestamp) -> NaiveDate {
        at.utc().with_timezone(&self.zone()).date_naive()
    }

    /// The local wall time of an instant.
    #[must_use]
    pub fn time_of(&self, at: Timestamp) -> NaiveTime {
        at.utc().with_timezone(&self.zone()).time()
    }

    /// Day N of the period: the difference of local dates, never of seconds; day 0 is the start.
    #[must_use]
    pub fn day_of(&self, at: Timestamp) -> i64 {
        (self.date_of(at) - self.start_on).num_days()
    }

    /// The last day of the period.
    #[must_use]
    pub fn ends_on(&self) -> NaiveDate {
        self.start_on + chrono::Days::new(u64::try_from(self.days).unwrap_or(0))
    }

    /// Whether everybody is in: whoever is not known in its group is a stranger.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.channel == Channel::Group && self.settled_in_at.is_some()
    }

    /// What the policy table looks at.
    #[must_use]
    pub fn object(&self) -> Object<'_> {
        Object {
            household: self.id,
            area: &self.area,
            worker: self.worker_id,
            backup: self.backup_id,
            danger: false,
            receiver: None,
        }
    }
}

/// A member of a household.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Member {
    /// The member's row.
    pub id: i64,
    /// The row in the household's file, from 1.
    pub n: i64,
    /// The word shown on the card and accepted in readings.
    pub name: String,
    /// What the member is to the head.
    pub relation: Relation,
    /// The year of birth, if known.
    pub birth_year: Option<i64>,
    /// Why nothing is asked of this member, if it is so.
    pub muted_why: Option<Why>,
}

impl Member {
    /// Whether nothing is asked of this member now.
    #[must_use]
    pub fn is_muted(&self) -> bool {
        self.muted_why.is_some()
    }

    /// Whether the member still belongs to those who live here: who has died or moved is not listed
    /// among those who report.
    #[must_use]
    pub fn is_here(&self) -> bool {
        !matches!(self.muted_why, Some(Why::Death | Why::Moved))
    }
}
