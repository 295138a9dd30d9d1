//! What becomes of a household that is known already: the rule, without a database.

use super::column::Column;
use super::family::Family;
use super::mistake::{Mistake, MistakeCode};
use crate::desk::household::file::State;
use crate::desk::staff::person::folded;

/// What to do with a known household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The file says nothing new.
    Unchanged,
    /// The file is taken over.
    Update {
        /// The places of the known members that change, from 0.
        changed: Vec<usize>,
    },
    /// The household's period is over, and the file begins another one.
    Again {
        /// The places of the known members that change, from 0.
        changed: Vec<usize>,
    },
    /// The file is not taken over.
    Refused(Vec<Mistake>),
}

/// Compares what is stored with what the file says. Without `update` nothing that is known changes;
/// with it neither do members change places or vanish, because what they reported stays theirs.
pub(super) fn decide(stored: &Family, state: State, file: &Family, update: bool) -> Verdict {
    let differences = differences(stored, file);
    if differences.is_empty() {
        return Verdict::Unchanged;
    }
    let begins_again = file.home.start_on > stored.home.ends_on();
    if state.is_over() && !(update && begins_again) {
        let message = if begins_again {
            "the household was released; --update opens another period"
        } else {
            "the household was released: its file is closed"
        };
        return Verdict::Refused(vec![Mistake::new(file.line, MistakeCode::Ended, message)]);
    }
    let impossible = [gone(stored, file), moved(stored, file)].concat();
    let changed = || changed(stored, file);
    match (impossible.is_empty(), update) {
        (false, _) => Verdict::Refused(impossible),
        (true, false) => Verdict::Refused(differences),
        (true, true) if state.is_over() => Verdict::Again { changed: changed() },
        (true, true) => Verdict::Update { changed: changed() },
    }
}

/// Every field in which the file differs, at the line that says so.
fn differences(stored: &Family, file: &Family) -> Vec<Mistake> {
    let mut columns: Vec<(u64, Column)> =
        file.home.differing(&stored.home).into_iter().map(|column| (file.line, column)).collect();
    if file.labels != stored.labels {
        columns.push((file.line, Column::Labels));
    }
    for (at, (line, person)) in file.members.iter().enumerate() {
        let known = stored.members.get(at);
        let differing = known.map_or(vec![Column::Member], |(_, known)| person.differing(known));
        columns.extend(differing.into_iter().map(|column| (*line, column)));
    }
    let differ = |(line, column): (u64, Column)| {
        let message =
            format!("{} differs from what is known; --update takes it over", column.word());
        Mistake::new(line, MistakeCode::Differs, message).at(column)
    };
    columns.into_iter().map(differ).chain(gone(stored, file)).collect()
}

/// The members who are known and not in the file.
fn gone(stored: &Family, file: &Family) -> Vec<Mistake> {
    if file.members.len() >= stored.members.len() {
        return Vec::new();
    }
    let (has, known) = (file.members.len(), stored.members.len());
    let message = format!("the file has {has} of {known} known members; an import removes nobody");
    vec![Mistake::new(file.line, MistakeCode::MemberGone, message).at(Column::Member)]
}

/// The members who stand in the place of another one.
fn moved(stored: &Family, file: &Family) -> Vec<Mistake> {
    let place =
        |name: &str| stored.members.iter().position(|(_, p)| folded(&p.name) == folded(name));
    let elsewhere = file.members.iter().enumerate().filter_map(|(at, (line, person))| {
        place(&person.name).filter(|known| *known != at).map(|known| (*line, known + 1))
    });
    elsewhere
        .map(|(line, n)| {
            let message = format!("member is known as number {n} of this household and keeps it");
            Mistake::new(line, MistakeCode::MemberMoved, message).at(Column::Member)
        })
        .collect()
}

/// The places of the known members of whom the file says something new.
fn changed(stored: &Family, file: &Family) -> Vec<usize> {
    let pairs = stored.members.iter().zip(&file.members).enumerate();
    let differs = |old, new: &super::row::Person| !new.differing(old).is_empty();
    pairs.filter(|(_, ((_, old), (_, new)))| differs(old, new)).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use chrono_tz::Tz;

    use super::*;
    use crate::desk::household::file::{Category, Relation};
    use crate::desk::household::import::row::{Home, Person};
    use crate::desk::reference::StaffId;

    fn family(line: u64, names: &[&str]) -> Family {
        let person = |name: &str| Person {
            name: name.into(),
            relation: Relation::Other,
            birth_year: None,
            phone: String::new(),
            phone2: None,
            phone_owner: None,
        };
        let home = Home {
            area: "A/".into(),
            building: String::new(),
            unit: String::new(),
            room: "502".into(),
            language: "en".into(),
            timezone: Tz::UTC,
            category: Category::CloseContact,
            start_on: NaiveDate::from_ymd_opt(2026, 4, 6).unwrap(),
            days: 14,
            worker: StaffId(1),
            backup: None,
        };
        let members = (line..).zip(names).map(|(line, name)| (line, person(name))).collect();
        Family { code: "1".into(), line, home, labels: Vec::new(), members }
    }

    fn refusal(verdict: &Verdict) -> Vec<(u64, &str, &'static str)> {
        let Verdict::Refused(mistakes) = verdict else { panic!("{verdict:?}") };
        let told = |m: &Mistake| m.code.word();
        mistakes.iter().map(|m| (m.line, m.column.as_deref().unwrap_or(""), told(m))).collect()
    }

    #[test]
    fn the_same_file_changes_nothing_in_any_state() {
        for state in [State::Imported, State::Active, State::Released] {
            let verdict = decide(&family(0, &["Mum"]), state, &family(2, &["Mum"]), true);
            assert_eq!(verdict, Verdict::Unchanged);
        }
    }

    #[test]
    fn a_difference_is_refused_where_it_stands_unless_it_is_wanted() {
        let stored = family(0, &["Mum", "Dad"]);
        let mut file = family(2, &["Mum", "Dad"]);
        file.home.days = 21;
        file.members[1].1.phone = "120".into();
        let refused = decide(&stored, State::Active, &file, false);
        assert_eq!(refusal(&refused), [(2, "days", "differs"), (3, "phone", "differs")]);
        let wanted = decide(&stored, State::Active, &file, true);
        assert_eq!(wanted, Verdict::Update { changed: vec![1] });
    }

    #[test]
    fn a_file_without_the_further_numbers_leaves_them_alone() {
        let mut stored = family(0, &["Mum"]);
        stored.members[0].1.phone2 = Some("120".into());
        let mut file = family(2, &["Mum"]);
        assert_eq!(decide(&stored, State::Active, &file, false), Verdict::Unchanged);
        file.members[0].1.phone2 = Some(String::new());
        let refused = decide(&stored, State::Active, &file, false);
        assert_eq!(refusal(&refused), [(2, "phone2", "differs")], "an empty field empties it");
    }

    #[test]
    fn a_new_member_comes_last() {
        let (stored, file) = (family(0, &["Mum"]), family(2, &["Mum", "Ann"]));
        let refused = decide(&stored, State::Active, &file, false);
        assert_eq!(refusal(&refused), [(3, "member", "differs")]);
        let wanted = decide(&stored, State::Active, &file, true);
        assert_eq!(wanted, Verdict::Update { changed: Vec::new() });
    }

    #[test]
    fn members_keep_their_places() {
        let (stored, file) = (family(0, &["Mum", "Dad"]), family(2, &["Dad", "mum"]));
        let refused = decide(&stored, State::Active, &file, true);
        let moved = [(2, "member", "member_moved"), (3, "member", "member_moved")];
        assert_eq!(refusal(&refused), moved);
    }

    #[test]
    fn an_import_removes_nobody() {
        let (stored, file) = (family(0, &["Mum", "Dad"]), family(2, &["Mum"]));
        let refused = decide(&stored, State::Active, &file, true);
        assert_eq!(refusal(&refused), [(2, "member", "member_gone")]);
    }

    #[test]
    fn the_file_of_a_released_household_is_closed() {
        let mut file = family(2, &["Mum"]);
        file.home.days = 21;
        let refused = decide(&family(0, &["Mum"]), State::Released, &file, true);
        assert_eq!(refusal(&refused), [(2, "", "ended")]);
    }

    #[test]
    fn a_later_file_opens_another_period_of_a_released_household_if_that_is_wanted() {
        let (stored, mut file) = (family(0, &["Mum"]), family(2, &["Mum", "Ann"]));
        file.home.start_on = stored.home.ends_on() + chrono::Days::new(1);
        let again = Verdict::Again { changed: Vec::new() };
        assert_eq!(decide(&stored, State::Closed, &file, true), again);
        assert_eq!(decide(&stored, State::Released, &file, true), again);
        let refused = decide(&stored, State::Closed, &file, false);
        assert_eq!(refusal(&refused), [(2, "", "ended")]);
        let running = decide(&stored, State::Active, &file, true);
        assert_eq!(running, Verdict::Update { changed: Vec::new() });
        file.home.start_on = stored.home.ends_on();
        let too_early = decide(&stored, State::Closed, &file, true);
        assert_eq!(refusal(&too_early), [(2, "", "ended")]);
    }

    #[test]
    fn another_period_moves_and_removes_nobody_either() {
        let (stored, mut file) = (family(0, &["Mum", "Dad"]), family(2, &["Dad"]));
        file.home.start_on = stored.home.ends_on() + chrono::Days::new(40);
        let refused = decide(&stored, State::Closed, &file, true);
        let gone = [(2, "member", "member_gone"), (2, "member", "member_moved")];
        assert_eq!(refusal(&refused), gone);
    }
}
