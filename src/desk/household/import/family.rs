//! From rows to households: rows of one code belong together, agree on what they share, and name
//! each member once. A household with any mistake is left out whole.

use std::collections::{BTreeMap, BTreeSet};

use super::column::Column;
use super::mistake::{Mistake, MistakeCode};
use super::row::{self, Home, Person, Row, Rules};
use super::table::{self, Record};
use crate::desk::staff::person::folded;

/// A household as a file or the database tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Family {
    /// The name of its file.
    pub code: String,
    /// The line of its first row; 0 if it is none of a file.
    pub line: u64,
    pub home: Home,
    /// The labels of all its rows, each once.
    pub labels: Vec<String>,
    /// Its members with their lines, in the order of the file.
    pub members: Vec<(u64, Person)>,
}

/// The households of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Families {
    /// Those in which nothing is wrong.
    pub sound: Vec<Family>,
    /// How many were left out.
    pub refused: Refused,
    /// Why.
    pub mistakes: Vec<Mistake>,
}

/// How many were left out because of a mistake.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Refused {
    pub households: usize,
    pub members: usize,
}

impl Families {
    /// Reads a file. Mistakes in its header leave out everything.
    pub fn read(file: &[u8], rules: &Rules<'_>) -> Self {
        match table::read(file) {
            Ok(records) => Self::of_records(&records, rules),
            Err(mistakes) => Self { mistakes, ..Self::default() },
        }
    }

    fn of_records(records: &[Record], rules: &Rules<'_>) -> Self {
        let mut families = Self::default();
        for group in by_code(records) {
            match family(&group, rules) {
                Ok(family) => families.sound.push(family),
                Err(mistakes) => {
                    families.refused.households += 1;
                    families.refused.members += group.len();
                    families.mistakes.extend(mistakes);
                }
            }
        }
        families
    }
}

/// The records of each household, in the order in which the households begin.
fn by_code(records: &[Record]) -> Vec<Vec<&Record>> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<&Record>> = Vec::new();
    for record in records {
        let place = *places.entry(record.get(Column::Household)).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(record),
            None => groups.push(vec![record]),
        }
    }
    groups
}

fn family(records: &[&Record], rules: &Rules<'_>) -> Result<Family, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let mut rows = Vec::with_capacity(records.len());
    for record in records {
        match row::read(record, rules) {
            Ok(row) => rows.push(row),
            Err(found) => mistakes.extend(found),
        }
    }
    mistakes.extend(inconsistent(&rows));
    mistakes.extend(twice(&rows));
    Family::of_rows(rows).filter(|_| mistakes.is_empty()).ok_or(mistakes)
}

/// Where a row says something else of the household than its first row.
fn inconsistent(rows: &[Row]) -> Vec<Mistake> {
    let Some((first, others)) = rows.split_first() else { return Vec::new() };
    let mut mistakes = Vec::new();
    for row in others {
        for column in row.home.differing(&first.home) {
            let message = format!("{} is not the same as in line {}", column.word(), first.line);
            mistakes.push(Mistake::new(row.line, MistakeCode::Inconsistent, message).at(column));
        }
    }
    mistakes
}

/// Where a member bears the word of another one.
fn twice(rows: &[Row]) -> Vec<Mistake> {
    let mut seen = BTreeSet::new();
    let again = rows.iter().filter(|row| !seen.insert(folded(&row.person.name)));
    again
        .map(|row| {
            let message = "member is the word of another member of this household";
            Mistake::new(row.line, MistakeCode::DuplicateMember, message).at(Column::Member)
        })
        .collect()
}

impl Family {
    /// `None` if there is no row.
    fn of_rows(rows: Vec<Row>) -> Option<Self> {
        let first = rows.first()?;
        let mut family = Self {
            code: first.code.clone(),
            line: first.line,
            home: first.home.clone(),
            labels: Vec::new(),
            members: Vec::with_capacity(rows.len()),
        };
        for row in rows {
            for label in row.labels {
                if !family.labels.contains(&label) {
                    family.labels.push(label);
                }
            }
            family.members.push((row.line, row.person));
        }
        Some(family)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::language::Languages;
    use crate::config::Period;
    use crate::desk::reference::StaffId;

    const HEADER: &str = "household,area,building,unit,room,language,timezone,category,start_on,\
                          days,worker,backup,member,relation,birth_year,phone,labels";

    fn read(rows: &[&str]) -> Families {
        let languages = Languages::embedded().unwrap();
        let period = Period::default();
        let staff = [("wang", 1), ("chen", 2)];
        let rules = Rules {
            languages: &languages,
            period: &period,
            this_year: 2026,
            staff: staff.map(|(name, id)| (name.to_owned(), StaffId(id))).into(),
        };
        Families::read(format!("{HEADER}\n{}\n", rows.join("\n")).as_bytes(), &rules)
    }

    fn mistakes(rows: &[&str]) -> Vec<(u64, String, &'static str)> {
        let found = read(rows).mistakes.into_iter();
        found.map(|m| (m.line, m.column.unwrap_or_default(), m.code.word())).collect()
    }

    fn told(line: u64, column: &str, code: &'static str) -> (u64, String, &'static str) {
        (line, column.to_owned(), code)
    }

    #[test]
    fn rows_of_a_household_need_not_stand_together() {
        let found = read(&[
            "1,A/B,3,,502,zh-CN,,,2026-04-06,,Wang,Chen,妈妈,head,1960,,diabetic",
            "2,A/B,3,,503,en,,,2026-04-06,7,wang,,Tom,head,,,",
            "1,A/B,3,,502,zh-CN,,,2026-04-06,,Wang,Chen,爸爸,spouse,,+86 1,diabetic;deaf",
        ]);
        assert_eq!(found.mistakes, []);
        let [first, second] = found.sound.as_slice() else { panic!("{found:?}") };
        let names: Vec<&str> = first.members.iter().map(|(_, p)| p.name.as_str()).collect();
        assert_eq!(names, ["妈妈", "爸爸"]);
        assert_eq!(first.labels, ["diabetic", "deaf"]);
        assert_eq!((first.home.days, second.home.days), (14, 7));
        assert_eq!(first.home.backup, Some(StaffId(2)));
        assert_eq!(second.members[0].0, 3);
    }

    #[test]
    fn a_wrong_row_leaves_out_its_household_and_no_other() {
        let found = read(&[
            "1,A,,,502,en,,,2026-04-06,,Wang,,Ann,head,,,",
            "2,A,,,503,en,,,2026-04-06,,Wang,,Tom,head,,,",
            "1,A,,,502,en,,,2026-04-06,,Wang,,Bob,boss,,,",
        ]);
        assert_eq!(found.sound.len(), 1);
        assert_eq!(found.sound[0].code, "2");
        assert_eq!(found.refused, Refused { households: 1, members: 2 });
    }

    #[test]
    fn every_mistake_of_a_row_is_told_with_its_column() {
        let rows = ["1,,,,,xx,Moon,friend,soon,99,Nobody,Chen,,boss,1700,call me,"];
        let expected = [
            told(2, "area", "missing"),
            told(2, "room", "missing"),
            told(2, "language", "unknown_language"),
            told(2, "timezone", "unknown_timezone"),
            told(2, "category", "unknown_category"),
            told(2, "start_on", "bad_value"),
            told(2, "days", "bad_value"),
            told(2, "worker", "unknown_staff"),
            told(2, "member", "missing"),
            told(2, "relation", "unknown_relation"),
            told(2, "birth_year", "bad_value"),
            told(2, "phone", "bad_value"),
        ];
        assert_eq!(mistakes(&rows), expected);
    }

    #[test]
    fn rows_of_a_household_agree_on_what_they_share() {
        let rows = [
            "1,A,,,502,en,,,2026-04-06,,Wang,,Ann,head,,,",
            "1,A,,,503,fr,Asia/Shanghai,close_contact,2026-04-06,14,Wang,,Bob,spouse,,,",
        ];
        assert_eq!(
            mistakes(&rows),
            [told(3, "room", "inconsistent"), told(3, "language", "inconsistent")]
        );
    }

    #[test]
    fn two_members_of_a_household_do_not_share_a_word() {
        let rows = [
            "1,A,,,502,en,,,2026-04-06,,Wang,,Mum,head,,,",
            "1,A,,,502,en,,,2026-04-06,,Wang,,mum,parent,,,",
            "2,A,,,502,en,,,2026-04-06,,Wang,,Mum,head,,,",
        ];
        assert_eq!(mistakes(&rows), [told(3, "member", "duplicate_member")]);
    }

    #[test]
    fn a_worker_is_not_his_own_backup() {
        let rows = ["1,A,,,502,en,,,2026-04-06,,Wang,WANG,Mum,head,,,"];
        assert_eq!(mistakes(&rows), [told(2, "backup", "same_person")]);
    }

    #[test]
    fn a_row_without_a_household_is_refused_alone() {
        let found = read(&[
            ",A,,,502,en,,,2026-04-06,,Wang,,Mum,head,,,",
            "2,A,,,502,en,,,2026-04-06,,Wang,,Mum,head,,,",
        ]);
        assert_eq!(found.sound.len(), 1);
        assert_eq!(found.mistakes[0].column.as_deref(), Some("household"));
    }

    #[test]
    fn an_open_quote_is_named_where_it_begins() {
        let rows = [
            "1,A,,,502,en,,,2026-04-06,,Wang,,Mum,head,,,",
            "2,A,,,502,en,,,2026-04-06,,Wang,,\"Mum,head,,,",
            "3,A,,,502,en,,,2026-04-06,,Wang,,Mum,head,,,",
        ];
        let found = read(&rows);
        assert_eq!(found.sound.len(), 1);
        assert_eq!(found.mistakes[0].line, 3);
    }
}
