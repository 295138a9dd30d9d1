//! What is a household's, told by the columns of the database's own tables. Pure: it writes conditions,
//! and knows no database.

use std::collections::BTreeSet;

use super::keep::{self, Fate, HOUSEHOLD};
use crate::base::erasure::bare_outgoing;
use crate::base::store::schema::Table;

/// What is a household's: its row, its chats and the accounts of its people, and what refers to them.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    pub household: i64,
    pub chats: BTreeSet<i64>,
    pub accounts: BTreeSet<i64>,
}

/// Numbers of rows as a list in SQL; none of them is -1, so that it is never empty.
pub(super) fn list(ids: &BTreeSet<i64>) -> String {
    if ids.is_empty() {
        return "-1".to_owned();
    }
    ids.iter().map(i64::to_string).collect::<Vec<_>>().join(", ")
}

/// A name of the schema in SQL.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

impl Scope {
    /// The condition under which a row of a table is the household's; `None` if no column ties it.
    pub(super) fn tied(&self, schema: &[Table], table: &Table) -> Option<String> {
        self.tied_beyond(schema, table, &mut Vec::new())
    }

    fn tied_beyond<'s>(
        &self,
        schema: &'s [Table],
        table: &'s Table,
        path: &mut Vec<&'s str>,
    ) -> Option<String> {
        match table.name.as_str() {
            "household" => return Some(format!("id = {}", self.household)),
            "chat" => return Some(format!("id IN ({})", list(&self.chats))),
            "account" => return Some(format!("id IN ({})", list(&self.accounts))),
            _ if table.column(HOUSEHOLD).is_some() => {
                return Some(format!("{HOUSEHOLD} = {}", self.household));
            }
            _ => path.push(&table.name),
        }
        let mut conditions = Vec::new();
        for column in &table.columns {
            let Some(to) = keep::tie(column).filter(|to| !path.contains(to)) else { continue };
            let Some(parent) = schema.iter().find(|other| other.name == to) else { continue };
            if matches!(keep::fate(to), Fate::Spare(_)) {
                continue;
            }
            if let Some(condition) = self.tied_beyond(schema, parent, path) {
                let (column, to) = (quoted(&column.name), quoted(to));
                conditions.push(format!("{column} IN (SELECT id FROM {to} WHERE {condition})"));
            }
        }
        path.pop();
        (!conditions.is_empty()).then(|| conditions.join(" OR "))
    }

    /// What a purge does to a table: it empties or deletes the rows that are the household's. `None`
    /// if there is nothing to be done.
    pub(super) fn statement(&self, schema: &[Table], table: &Table) -> Option<String> {
        let blanks = match keep::fate(&table.name) {
            Fate::Keep(kept) => keep::blanks(table, kept, &bare_outgoing()),
            Fate::Delete => None,
            Fate::Spare(_) => return None,
        };
        let (name, tied) = (quoted(&table.name), self.tied(schema, table)?);
        let Some(blanks) = blanks else {
            return Some(format!("DELETE FROM {name} WHERE {tied}"));
        };
        let set = |(column, value): &(String, String)| format!("{} = {value}", quoted(column));
        let set: Vec<String> = blanks.iter().map(set).collect();
        (!set.is_empty()).then(|| format!("UPDATE {name} SET {} WHERE {tied}", set.join(", ")))
    }

    /// The condition under which a row is another household's that is not purged; `None` if the table
    /// does not tell who has a place where.
    pub(super) fn elsewhere(&self, table: &Table) -> Option<String> {
        if !keep::PLACES.contains(&table.name.as_str()) {
            return None;
        }
        let own = if table.column(HOUSEHOLD).is_some() {
            ("id", HOUSEHOLD)
        } else {
            ("chat_id", "chat_id")
        };
        Some(format!(
            "EXISTS (SELECT 1 FROM household h WHERE h.{} = {}.{} AND h.id <> {}
                 AND h.state <> 'purged')",
            own.0,
            quoted(&table.name),
            own.1,
            self.household
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::store::schema::{Column, Kind};

    fn table(name: &str, columns: &[(&str, Option<&str>)]) -> Table {
        let column = |(name, refers): &(&str, Option<&str>)| Column {
            name: (*name).to_owned(),
            kind: Kind::Number,
            nullable: true,
            key: *name == "id",
            unique: false,
            refers: refers.map(str::to_owned),
        };
        Table { name: name.to_owned(), columns: columns.iter().map(column).collect() }
    }

    fn schema() -> Vec<Table> {
        vec![
            table("household", &[("id", None)]),
            table("alert", &[("id", None), ("household_id", None), ("worker_id", Some("staff"))]),
            table("staff", &[("id", None), ("chat_id", Some("chat"))]),
            table("chat", &[("id", None)]),
            table("remark", &[("about", Some("alert")), ("next_id", Some("remark"))]),
            table("shift", &[("id", None), ("staff_id", Some("staff"))]),
            table("presence", &[("chat_id", None), ("account_id", None)]),
            table("account", &[("id", None)]),
        ]
    }

    fn tied(name: &str) -> Option<String> {
        let scope = Scope { household: 7, chats: BTreeSet::from([3, 4]), ..Scope::default() };
        let schema = schema();
        let table = schema.iter().find(|table| table.name == name).unwrap();
        scope.tied(&schema, table)
    }

    #[test]
    fn the_column_of_the_household_decides_alone() {
        assert_eq!(tied("alert").unwrap(), "household_id = 7");
    }

    #[test]
    fn a_table_that_nobody_knows_is_tied_by_what_it_refers_to() {
        let expected = "\"about\" IN (SELECT id FROM \"alert\" WHERE household_id = 7)";
        assert_eq!(tied("remark").unwrap(), expected);
    }

    #[test]
    fn a_row_of_a_chat_or_of_an_account_is_theirs() {
        let tied = tied("presence").unwrap();
        assert!(tied.contains("id IN (3, 4)") && tied.contains(" OR \"account_id\" IN"), "{tied}");
    }

    #[test]
    fn what_belongs_to_staff_is_no_household_s() {
        assert_eq!(tied("shift"), None);
    }
}
