//! What stays of a household after its purge: a list of columns to keep. What is not on the list is
//! emptied, so that a new column is purged unless somebody says otherwise; the rows of a table that
//! nobody has listed are deleted. Pure: the tables and columns are read from the database itself.

use crate::base::store::schema::{Column, Kind, Table};

/// What becomes of a table's rows that are a purged household's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The rows stay, with these columns, their primary key, and what they must refer to.
    Keep(&'static [&'static str]),
    /// The rows go.
    Delete,
    /// The table holds no household's data, or is erased in a way of its own: why.
    Spare(&'static str),
}
use Fate::{Delete, Keep, Spare};

/// Every table of the schema. What is kept are numbers, states, days and instants of work: enough to
/// count reports, checks, alerts and requests by state, area and day, too little to tell a person.
pub const TABLES: &[(&str, Fate)] = &[
    // The ground.
    ("setting", Spare("small numbers of the program")),
    ("bot", Spare("the bot itself")),
    ("inbox", Spare("erased by chat and age: base/erasure.rs")),
    ("seen", Spare("erased by chat and age: base/erasure.rs")),
    ("long_press", Spare("erased by the household's code: base/erasure.rs")),
    ("chat", Keep(&["bot_id", "kind"])),
    ("account", Keep(&["bot_id"])),
    (
        "outbox",
        Keep(&[
            "bot_id",
            "written_at",
            "lane",
            "text_id",
            "silent",
            "household_id",
            "cause",
            "state",
            "not_before",
            "attempts",
            "settled_at",
        ]),
    ),
    ("journal", Keep(&["at", "actor", "action", "object", "household_id"])),
    // People.
    ("area", Spare("places, not people")),
    ("staff", Spare("staff are not residents")),
    (
        "household",
        Keep(&[
            "area",
            "category",
            "start_on",
            "days",
            "state",
            "channel",
            "imported_at",
            "bound_at",
            "released_at",
            "warned_at",
            "purged_at",
        ]),
    ),
    ("member", Keep(&["household_id", "n"])),
    ("group_request", Delete),
    ("invite", Delete),
    ("turned_away", Delete),
    ("intake", Delete),
    ("intake_answer", Delete),
    ("link", Delete),
    ("presence", Delete),
    ("claim", Delete),
    ("acknowledgement", Delete),
    ("prompt", Delete),
    ("passage", Keep(&["household_id", "at", "was", "became", "who_kind"])),
    ("contact", Keep(&["household_id", "alert_id", "at", "way", "outcome"])),
    ("transfer", Delete),
    ("calling", Delete),
    ("attempt", Keep(&["household_id", "alert_id", "at", "way", "outcome"])),
    ("stranger_notice", Delete),
    ("stranger", Delete),
    ("foreign_chat", Delete),
    // The work.
    ("slot", Keep(&["household_id", "slot_on", "slot_no", "opens_at", "stage"])),
    ("health_check", Keep(&["household_id", "slot_id", "member_id", "state"])),
    ("report", Keep(&["household_id", "member_id", "slot_id", "bot_id", "rev", "via"])),
    ("question", Delete),
    (
        "alert",
        Keep(&[
            "kind",
            "household_id",
            "member_id",
            "area",
            "raised_at",
            "rung",
            "taken_at",
            "taken_by",
            "contacted_at",
            "resolved_at",
            "resolved_by",
        ]),
    ),
    ("alert_step", Keep(&["alert_id", "at", "step", "rung", "who_kind"])),
    ("told", Delete),
    (
        "supply_request",
        Keep(&[
            "household_id",
            "bot_id",
            "media",
            "urgent",
            "state",
            "owner_id",
            "asked_at",
            "accepted_at",
            "promised_at",
            "delivered_at",
            "confirmed_at",
        ]),
    ),
    ("supply_step", Keep(&["request_id", "at", "state", "who_kind"])),
    ("supply_told", Delete),
    ("free_text", Delete),
];

/// How a row is a household's: by a column that names it or something of it, in whatever table. What
/// else refers to another table does so by a foreign key.
pub const TIES: &[(&str, &str)] = &[
    (HOUSEHOLD, "household"),
    ("chat_id", "chat"),
    ("account_id", "account"),
    ("member_id", "member"),
    ("slot_id", "slot"),
    ("check_id", "health_check"),
    ("alert_id", "alert"),
    ("request_id", "supply_request"),
];

/// The column that ties a row by itself: with it no other tie is looked at.
pub const HOUSEHOLD: &str = "household_id";

/// The tables that tell whether an account has a place in a household: it was seen in its chat, has
/// said who it is, or has acknowledged the notice. Each has an index by account.
pub const PLACES: &[&str] = &["presence", "claim", "acknowledgement"];

/// Columns whose rows must stay readable: what stands there instead of nothing, as SQL.
const INSTEAD: &[(&str, &str, &str)] = &[
    ("member", "relation", "'other'"),
    ("alert", "subject", "'{}'"),
    // No ladder climbs for a household that is gone.
    ("alert", "state", "'resolved'"),
    ("alert_step", "recipients", "'[]'"),
];

/// What becomes of a table's rows; those of an unlisted table are deleted.
#[must_use]
pub fn fate(table: &str) -> Fate {
    TABLES.iter().find(|(name, _)| *name == table).map_or(Delete, |(_, fate)| *fate)
}

/// The table to which a column ties its row.
#[must_use]
pub fn tie(column: &Column) -> Option<&str> {
    let named = TIES.iter().find(|(name, _)| *name == column.name).map(|(_, table)| *table);
    named.or(column.refers.as_deref())
}

/// The columns of a table that are emptied, each with what is put there, as SQL. `outgoing` is the
/// bare form of what a letter does. `None` if the rows must be deleted instead, because a column that
/// must be unique has nothing to be told apart by.
#[must_use]
pub fn blanks(table: &Table, kept: &[&str], outgoing: &str) -> Option<Vec<(String, String)>> {
    let has_id = table.column("id").is_some();
    let mut blanks = Vec::new();
    for column in table.columns.iter().filter(|column| !kept.contains(&column.name.as_str())) {
        let is_outgoing = (table.name.as_str(), column.name.as_str()) == ("outbox", "outgoing");
        let value = match instead(&table.name, &column.name) {
            _ if column.key => continue,
            _ if is_outgoing => outgoing.to_owned(),
            Some(value) => value.to_owned(),
            None if column.nullable => "NULL".to_owned(),
            None if column.refers.is_some() => continue,
            None if column.unique && !has_id => return None,
            None => empty(column),
        };
        blanks.push((column.name.clone(), value));
    }
    Some(blanks)
}

fn instead(table: &str, column: &str) -> Option<&'static str> {
    let found = INSTEAD.iter().find(|(of, name, _)| (*of, *name) == (table, column));
    found.map(|(_, _, value)| *value)
}

/// Nothing, in a column that must hold something.
fn empty(column: &Column) -> String {
    let empty = match (column.kind, column.unique) {
        // A colon stands in no code that an import takes.
        (Kind::Text, true) => "'purged:' || id",
        (Kind::Number, true) => "-id",
        (Kind::Text, false) => "''",
        (Kind::Number, false) => "0",
        (Kind::Flag, _) => "FALSE",
        (Kind::Day, _) => "'1970-01-01'",
        (Kind::Json, _) => "'{}'",
    };
    empty.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str, kind: Kind) -> Column {
        Column {
            name: name.to_owned(),
            kind,
            nullable: false,
            key: false,
            unique: false,
            refers: None,
        }
    }

    fn blanks_of(columns: Vec<Column>, kept: &[&str]) -> Option<Vec<String>> {
        let table = Table { name: "t".to_owned(), columns };
        let set = |(name, value)| format!("{name} = {value}");
        blanks(&table, kept, "").map(|blanks| blanks.into_iter().map(set).collect())
    }

    fn id() -> Column {
        Column { key: true, ..column("id", Kind::Number) }
    }

    #[test]
    fn a_column_that_nobody_listed_is_emptied() {
        let kept = column("at", Kind::Number);
        let new = Column { nullable: true, ..column("nickname", Kind::Text) };
        assert_eq!(blanks_of(vec![id(), kept, new], &["at"]).unwrap(), ["nickname = NULL"]);
    }

    #[test]
    fn what_must_hold_something_holds_nothing_of_a_person() {
        let kinds = [Kind::Text, Kind::Number, Kind::Flag, Kind::Day].map(|kind| column("c", kind));
        let values = blanks_of(kinds.to_vec(), &[]).unwrap();
        assert_eq!(values, ["c = ''", "c = 0", "c = FALSE", "c = '1970-01-01'"]);
    }

    #[test]
    fn what_must_be_unique_stays_unique_or_its_row_goes() {
        let unique = Column { unique: true, ..column("code", Kind::Text) };
        let values = blanks_of(vec![id(), unique.clone()], &[]).unwrap();
        assert_eq!(values, ["code = 'purged:' || id"]);
        assert_eq!(blanks_of(vec![unique], &[]), None);
    }

    #[test]
    fn a_row_goes_on_referring_to_what_it_must() {
        let refers = Column { refers: Some("chat".to_owned()), ..column("chat_id", Kind::Number) };
        let may = Column { nullable: true, ..refers.clone() };
        assert_eq!(blanks_of(vec![refers], &[]).unwrap(), [] as [&str; 0]);
        assert_eq!(blanks_of(vec![may], &[]).unwrap(), ["chat_id = NULL"]);
    }
}
