//! The tables and columns as the database itself describes them, for work that must miss none: what
//! nobody thought of is there too.

use super::Tx;

/// What a column holds, as far as an empty value must fit it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Whole or broken numbers.
    Number,
    /// Texts.
    Text,
    /// True or false.
    Flag,
    /// Dates.
    Day,
    /// JSON, where the database knows it as such.
    Json,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Whether it may be NULL.
    pub nullable: bool,
    /// Whether it belongs to the primary key.
    pub key: bool,
    /// Whether it belongs to any unique index, the primary key's included.
    pub unique: bool,
    /// The table to whose rows it refers, if it is a foreign key.
    pub refers: Option<String>,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in their order.
    pub columns: Vec<Column>,
}

impl Table {
    /// The column of this name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    fn refers_to(&self, other: &str) -> bool {
        self.columns.iter().any(|column| column.refers.as_deref() == Some(other))
    }
}

/// A row of the catalogue: table, column, type, nullable, key, unique, the table referred to.
type Row = (String, String, String, bool, bool, bool, Option<String>);

const ON_SQLITE: &str = r#"
    SELECT t.name, c.name, c.type, c."notnull" = 0 AND c.pk = 0, c.pk > 0,
        c.pk > 0 OR EXISTS (SELECT 1 FROM pragma_index_list(t.name) i, pragma_index_info(i.name) x
            WHERE i."unique" = 1 AND x.name = c.name),
        (SELECT f."table" FROM pragma_foreign_key_list(t.name) f WHERE f."from" = c.name)
    FROM sqlite_master t, pragma_table_info(t.name) c
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE '\_sqlx%' ESCAPE '\'
    ORDER BY t.name, c.cid"#;

const ON_POSTGRES: &str = r"
    SELECT t.relname::text, c.attname::text, y.typname::text, NOT c.attnotnull,
        EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = t.oid AND i.indisprimary
            AND c.attnum = ANY (i.indkey)),
        EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = t.oid AND i.indisunique
            AND c.attnum = ANY (i.indkey)),
        (SELECT o.relname::text FROM pg_constraint f JOIN pg_class o ON o.oid = f.confrelid
            WHERE f.conrelid = t.oid AND f.contype = 'f' AND c.attnum = ANY (f.conkey) LIMIT 1)
    FROM pg_class t
    JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = current_schema()
    JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
    JOIN pg_type y ON y.oid = c.atttypid
    WHERE t.relkind = 'r' AND t.relname NOT LIKE '\_sqlx%'
    ORDER BY t.relname, c.attnum";

/// Every table of ours, each before those to which it refers, so that rows can be deleted in this
/// order.
///
/// # Errors
/// When the database is away.
pub async fn tables(tx: &mut Tx<'_>) -> sqlx::Result<Vec<Table>> {
    let rows: Vec<Row> = match tx {
        Tx::Sqlite(c) => sqlx::query_as(ON_SQLITE).fetch_all(&mut **c).await?,
        Tx::Postgres(c) => sqlx::query_as(ON_POSTGRES).fetch_all(&mut **c).await?,
    };
    let mut tables: Vec<Table> = Vec::new();
    for (table, name, kind, nullable, key, unique, refers) in rows {
        let column = Column { name, kind: kind_of(&kind), nullable, key, unique, refers };
        match tables.last_mut().filter(|last| last.name == table) {
            Some(last) => last.columns.push(column),
            None => tables.push(Table { name: table, columns: vec![column] }),
        }
    }
    Ok(referring_first(tables))
}

fn kind_of(declared: &str) -> Kind {
    let declared = declared.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| declared.contains(word));
    if says(&["int", "real", "float", "double", "num", "dec"]) {
        Kind::Number
    } else if says(&["bool"]) {
        Kind::Flag
    } else if says(&["date"]) {
        Kind::Day
    } else if says(&["json"]) {
        Kind::Json
    } else {
        Kind::Text
    }
}

fn referring_first(mut left: Vec<Table>) -> Vec<Table> {
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let free = left.iter().position(|table| {
            !left.iter().any(|other| other.name != table.name && other.refers_to(&table.name))
        });
        // In a ring of references any of them is the first.
        ordered.push(left.remove(free.unwrap_or(0)));
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str, refers: &[&str]) -> Table {
        let column = |to: &&str| Column {
            name: format!("{to}_id"),
            kind: Kind::Number,
            nullable: true,
            key: false,
            unique: false,
            refers: Some((*to).to_owned()),
        };
        Table { name: name.to_owned(), columns: refers.iter().map(column).collect() }
    }

    #[test]
    fn a_table_comes_before_those_to_which_it_refers() {
        let tables =
            [("a", &[][..]), ("b", &["a", "b"]), ("c", &["b"]), ("x", &["y"]), ("y", &["x"])];
        let ordered = referring_first(tables.map(|(name, refers)| table(name, refers)).to_vec());
        let names: Vec<&str> = ordered.iter().map(|table| table.name.as_str()).collect();
        let place = |name| names.iter().position(|one| *one == name);
        assert_eq!(names.len(), 5);
        assert!(place("c") < place("b") && place("b") < place("a"), "{names:?}");
    }

    #[test]
    fn types_are_told_by_their_words() {
        for (kind, types) in [
            (Kind::Number, ["BIGINT", "int8", "numeric"]),
            (Kind::Text, ["TEXT", "varchar", "bytea"]),
        ] {
            assert_eq!(types.map(kind_of), [kind; 3]);
        }
        assert_eq!(["bool", "DATE", "jsonb"].map(kind_of), [Kind::Flag, Kind::Day, Kind::Json]);
    }
}
