//! Households come in from a CSV file, one row a member. What is wrong is named by line and column
//! and its whole household stays out; what is known and the same is left alone.

mod column;
mod compare;
mod family;
mod field;
mod mistake;
mod row;
mod store;
mod table;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;
use serde::Serialize;

use super::file::{Channel, Household, State};
use super::store as household_rows;
use crate::base::clock::Timestamp;
use crate::base::language::Languages;
use crate::base::store::Tx;
use crate::config::{Checks, Settings};
use crate::desk::local_time::date_in;
use crate::desk::staff::person::{StaffState, folded};
use crate::desk::staff::store as staff_rows;

use compare::Verdict;
use family::{Families, Family};
use row::Rules;

pub use column::Column;
pub use mistake::{Mistake, MistakeCode};

/// When the clock has to look at a new household: its zone, its first day, now, and the checks.
pub type FirstLook = fn(Tz, NaiveDate, Timestamp, &Checks) -> Timestamp;

/// An import about to be made.
#[derive(Clone, Copy, Debug)]
pub struct Import<'i> {
    /// The languages that households may be given.
    pub languages: &'i Languages,
    /// The defaults for empty fields.
    pub settings: &'i Settings,
    /// The instant of the import.
    pub now: Timestamp,
    /// Whether a known household takes what the file says of it.
    pub update: bool,
    /// When the clock has to look at a new household; the household itself knows no checks.
    pub first_look: FirstLook,
}

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Households by what became of them.
    pub households: Counts,
    /// Members by what became of them.
    pub members: Counts,
    /// What is wrong with the file, in the order of its lines.
    pub errors: Vec<Mistake>,
}

/// How many were written, left alone or refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// New ones.
    pub created: usize,
    /// Known ones that were changed.
    pub updated: usize,
    /// Known ones of which the file says nothing new.
    pub unchanged: usize,
    /// Those that were left out because of a mistake.
    pub refused: usize,
}

impl Import<'_> {
    /// Reads a file and writes what is right in it. A trial run is the same, undone by the caller.
    ///
    /// # Errors
    /// When the database is away; mistakes in the file are part of the outcome.
    pub async fn run(&self, tx: &mut Tx<'_>, file: &[u8]) -> sqlx::Result<Outcome> {
        let rules = self.rules(tx).await?;
        let Families { sound, refused, mistakes } = Families::read(file, &rules);
        let mut outcome = Outcome { errors: mistakes, ..Outcome::default() };
        outcome.households.refused = refused.households;
        outcome.members.refused = refused.members;
        for family in &sound {
            self.settle(tx, family, &mut outcome).await?;
        }
        outcome.errors.sort_by_key(|mistake| (mistake.line, mistake.column_no()));
        Ok(outcome)
    }

    async fn rules(&self, tx: &mut Tx<'_>) -> sqlx::Result<Rules<'_>> {
        let everybody = staff_rows::all(tx).await?;
        let here = everybody.into_iter().filter(|staff| staff.state != StaffState::Ended);
        Ok(Rules {
            languages: self.languages,
            period: &self.settings.period,
            this_year: i64::from(date_in(self.settings.period.timezone, self.now).year()),
            staff: here.map(|staff| (folded(&staff.name), staff.id)).collect::<BTreeMap<_, _>>(),
        })
    }

    /// Writes one household, or leaves it alone, or refuses it.
    async fn settle(
        &self,
        tx: &mut Tx<'_>,
        family: &Family,
        outcome: &mut Outcome,
    ) -> sqlx::Result<()> {
        let Some(known) = household_rows::by_code(tx, &family.code).await? else {
            outcome.created(family);
            return self.create(tx, family).await;
        };
        let stored = store::stored(tx, &known).await?;
        match compare::decide(&stored, known.state, family, self.update) {
            Verdict::Unchanged => outcome.unchanged(family),
            Verdict::Refused(mistakes) => outcome.refused(family, mistakes),
            Verdict::Again { changed } => {
                outcome.updated(&stored, family, changed.len());
                store::update(tx, &known, &stored, family).await?;
                self.begin_again(tx, &known, family).await?;
            }
            Verdict::Update { changed } => {
                outcome.updated(&stored, family, changed.len());
                store::update(tx, &known, &stored, family).await?;
                if let Some(due) = self.look_again(&known, &stored, family) {
                    household_rows::set_due(tx, known.id, Some(due)).await?;
                }
            }
        }
        Ok(())
    }

    /// Another period of a household that was released: it is to be opened again. A chat that is still
    /// open is left first.
    async fn begin_again(
        &self,
        tx: &mut Tx<'_>,
        known: &Household,
        family: &Family,
    ) -> sqlx::Result<()> {
        let open = known.state == State::Released && known.chat_id.is_some();
        store::begin_again(tx, known, open, self.now).await?;
        let due = if open { self.now } else { self.first_look_at(family, self.now) };
        household_rows::set_due(tx, known.id, Some(due)).await
    }

    async fn create(&self, tx: &mut Tx<'_>, family: &Family) -> sqlx::Result<()> {
        let id = store::insert(tx, family, self.now).await?;
        let due = self.first_look_at(family, self.now);
        household_rows::set_due(tx, id, Some(due)).await
    }

    /// A household with a channel is looked at again at once; one without, when it counts as never
    /// reached, if that is another instant now.
    fn look_again(&self, known: &Household, stored: &Family, new: &Family) -> Option<Timestamp> {
        if known.channel != Channel::None {
            return Some(self.now);
        }
        let due = |family| self.first_look_at(family, known.imported_at);
        Some(due(new)).filter(|at| *at != due(stored))
    }

    fn first_look_at(&self, family: &Family, from: Timestamp) -> Timestamp {
        (self.first_look)(family.home.timezone, family.home.start_on, from, &self.settings.checks)
    }
}

impl Outcome {
    /// Whether everything in the file was right.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.errors.is_empty()
    }

    fn created(&mut self, family: &Family) {
        self.households.created += 1;
        self.members.created += family.members.len();
    }

    fn unchanged(&mut self, family: &Family) {
        self.households.unchanged += 1;
        self.members.unchanged += family.members.len();
    }

    fn updated(&mut self, stored: &Family, family: &Family, changed: usize) {
        self.households.updated += 1;
        self.members.created += family.members.len() - stored.members.len();
        self.members.updated += changed;
        self.members.unchanged += stored.members.len() - changed;
    }

    fn refused(&mut self, family: &Family, mistakes: Vec<Mistake>) {
        self.households.refused += 1;
        self.members.refused += family.members.len();
        self.errors.extend(mistakes);
    }
}
