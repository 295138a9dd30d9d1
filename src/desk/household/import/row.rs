//! From a record to a checked row: what it says of the household and what of the member. Every
//! mistake of a row is found at once.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use super::column::Column;
use super::field::{self, Wrong};
use super::mistake::{Mistake, MistakeCode};
use super::table::Record;
use crate::base::language::Languages;
use crate::config::Period;
use crate::desk::household::file::{Category, Relation};
use crate::desk::reference::StaffId;
use crate::desk::staff::person::folded;

/// What rows are checked against.
#[derive(Clone, Debug)]
pub(super) struct Rules<'r> {
    /// The languages that we speak.
    pub languages: &'r Languages,
    /// The defaults for empty fields.
    pub period: &'r Period,
    /// The last year in which anybody was born.
    pub this_year: i64,
    /// The staff by their folded names.
    pub staff: BTreeMap<String, StaffId>,
}

/// What the file says of a household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Home {
    pub area: String,
    pub building: String,
    pub unit: String,
    pub room: String,
    pub language: String,
    pub timezone: Tz,
    pub category: Category,
    pub start_on: NaiveDate,
    pub days: i64,
    pub worker: StaffId,
    pub backup: Option<StaffId>,
}

impl Home {
    /// The last day of the period.
    pub fn ends_on(&self) -> NaiveDate {
        self.start_on + Days::new(u64::try_from(self.days).unwrap_or(0))
    }

    /// The columns in which two differ.
    pub fn differing(&self, other: &Self) -> Vec<Column> {
        let same = [
            (Column::Area, self.area == other.area),
            (Column::Building, self.building == other.building),
            (Column::Unit, self.unit == other.unit),
            (Column::Room, self.room == other.room),
            (Column::Language, self.language == other.language),
            (Column::Timezone, self.timezone == other.timezone),
            (Column::Category, self.category == other.category),
            (Column::StartOn, self.start_on == other.start_on),
            (Column::Days, self.days == other.days),
            (Column::Worker, self.worker == other.worker),
            (Column::Backup, self.backup == other.backup),
        ];
        same.into_iter().filter(|(_, same)| !same).map(|(column, _)| column).collect()
    }
}

/// What the file says of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    pub name: String,
    pub relation: Relation,
    pub birth_year: Option<i64>,
    pub phone: String,
    /// A second number; `None` if the file says nothing of it.
    pub phone2: Option<String>,
    /// To whom the number belongs, if not to the member; `None` if the file says nothing of it.
    pub phone_owner: Option<String>,
}

impl Person {
    /// The columns in which a file differs from what is known. What it says nothing of is the same.
    pub fn differing(&self, other: &Self) -> Vec<Column> {
        let told = |new: &Option<String>, known: &Option<String>| new.is_none() || new == known;
        let same = [
            (Column::Member, self.name == other.name),
            (Column::Relation, self.relation == other.relation),
            (Column::BirthYear, self.birth_year == other.birth_year),
            (Column::Phone, self.phone == other.phone),
            (Column::Phone2, told(&self.phone2, &other.phone2)),
            (Column::PhoneOwner, told(&self.phone_owner, &other.phone_owner)),
        ];
        same.into_iter().filter(|(_, same)| !same).map(|(column, _)| column).collect()
    }
}

/// A row in which nothing is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub line: u64,
    pub code: String,
    pub home: Home,
    pub person: Person,
    pub labels: Vec<String>,
}

/// Reads a record.
///
/// # Errors
/// Everything that is wrong with it.
pub(super) fn read(record: &Record, rules: &Rules<'_>) -> Result<Row, Vec<Mistake>> {
    if let Some((found, wanted)) = record.ragged {
        let message = format!("the row has {found} fields, but the header has {wanted}");
        return Err(vec![Mistake::new(record.line, MistakeCode::FieldCount, message)]);
    }
    let mut reading = Reading { record, rules, mistakes: Vec::new() };
    let row = reading.row();
    row.filter(|_| reading.mistakes.is_empty()).ok_or(reading.mistakes)
}

struct Reading<'r> {
    record: &'r Record,
    rules: &'r Rules<'r>,
    mistakes: Vec<Mistake>,
}

impl Reading<'_> {
    fn row(&mut self) -> Option<Row> {
        let code = self.take(Column::Household, field::code);
        let home = self.home();
        let person = self.person();
        let labels = self.take(Column::Labels, field::labels);
        Some(Row {
            line: self.record.line,
            code: code?,
            home: home?,
            person: person?,
            labels: labels?,
        })
    }

    fn home(&mut self) -> Option<Home> {
        let Rules { languages, period, .. } = self.rules;
        let area = self.take(Column::Area, field::area);
        let building = self.take(Column::Building, field::text);
        let unit = self.take(Column::Unit, field::text);
        let room = self.take(Column::Room, field::word);
        let language = self.take(Column::Language, |tag| field::language(tag, languages));
        let timezone = self.take(Column::Timezone, |name| field::timezone(name, period.timezone));
        let category = self.take(Column::Category, |word| field::category(word, &period.category));
        let start_on = self.take(Column::StartOn, field::start_on);
        let days = self.take(Column::Days, |days| field::days(days, period.days));
        let assigned = self.assigned();
        Some(Home {
            area: area?.stored().to_owned(),
            building: building?,
            unit: unit?,
            room: room?,
            language: language?,
            timezone: timezone?,
            category: category?,
            start_on: start_on?,
            days: days?,
            worker: assigned?.0,
            backup: assigned?.1,
        })
    }

    /// The worker and the backup.
    fn assigned(&mut self) -> Option<(StaffId, Option<StaffId>)> {
        let rules = self.rules;
        let worker = self.take(Column::Worker, |name| staff(&field::word(name)?, rules));
        let backup = self.take(Column::Backup, |name| match field::text(name)?.as_str() {
            "" => Ok(None),
            name => staff(name, rules).and_then(|backup| other_than(worker, backup)).map(Some),
        });
        Some((worker?, backup?))
    }

    fn person(&mut self) -> Option<Person> {
        let this_year = self.rules.this_year;
        let name = self.take(Column::Member, field::word);
        let relation = self.take(Column::Relation, field::relation);
        let birth_year = self.take(Column::BirthYear, |year| field::birth_year(year, this_year));
        let phone = self.take(Column::Phone, field::phone);
        // A column that is not there says nothing; one with a mistake leaves the row out anyway.
        let record = self.record;
        let told = |column| record.given(column).map(|_| column);
        let phone2 = told(Column::Phone2).and_then(|column| self.take(column, field::phone));
        let phone_owner =
            told(Column::PhoneOwner).and_then(|column| self.take(column, field::text));
        Some(Person {
            name: name?,
            relation: relation?,
            birth_year: birth_year?,
            phone: phone?,
            phone2,
            phone_owner,
        })
    }

    /// The value of a column; what is wrong with it is noted.
    fn take<T>(
        &mut self,
        column: Column,
        read: impl FnOnce(&str) -> Result<T, Wrong>,
    ) -> Option<T> {
        match read(self.record.get(column)) {
            Ok(value) => Some(value),
            Err((code, what)) => {
                let message = format!("{} {what}", column.word());
                self.mistakes.push(Mistake::new(self.record.line, code, message).at(column));
                None
            }
        }
    }
}

fn staff(name: &str, rules: &Rules<'_>) -> Result<StaffId, Wrong> {
    let message = "names nobody: invite the person with `doorstep staff invite` first";
    let found = rules.staff.get(&folded(name)).copied();
    found.ok_or_else(|| (MistakeCode::UnknownStaff, message.to_owned()))
}

fn other_than(worker: Option<StaffId>, backup: StaffId) -> Result<StaffId, Wrong> {
    if worker == Some(backup) {
        return Err((MistakeCode::SamePerson, "must be another person than the worker".to_owned()));
    }
    Ok(backup)
}
