//! From bytes to records: encoding, separator, header, and on which line each record begins. What
//! the fields mean is not looked at here.

use csv::{ReaderBuilder, StringRecord};
use strum::VariantArray;

use super::column::Column;
use super::mistake::{Mistake, MistakeCode};

/// A row of the file, by column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    /// The line on which it begins.
    pub line: u64,
    /// How many fields it has and how many it should have, if they are not as many.
    pub ragged: Option<(usize, usize)>,
    cells: Vec<Option<String>>,
}

impl Record {
    /// The field of a column, without spaces around it.
    pub fn get(&self, column: Column) -> &str {
        self.given(column).unwrap_or_default()
    }

    /// The same; `None` if the file has no such column.
    pub fn given(&self, column: Column) -> Option<&str> {
        self.cells.get(column as usize)?.as_deref()
    }

    fn new(line: u64, fields: &StringRecord, header: &[Column]) -> Self {
        let mut cells = vec![None; Column::VARIANTS.len()];
        for (column, field) in header.iter().zip(fields) {
            cells[*column as usize] = Some(field.trim().to_owned());
        }
        let (wanted, width) = (header.len(), width(fields));
        let fits = fields.len() >= wanted && width <= wanted;
        let ragged = (!fits).then(|| (width.max(fields.len().min(wanted)), wanted));
        Self { line, ragged, cells }
    }
}

/// How many fields a record has, not counting empty ones at its end.
fn width(fields: &StringRecord) -> usize {
    let filled = fields.iter().enumerate().filter(|(_, field)| !field.trim().is_empty());
    filled.last().map_or(0, |(at, _)| at + 1)
}

/// Reads the records of a file.
///
/// # Errors
/// What is wrong with the file as a whole or with its header; nothing of it is used then.
pub(super) fn read(file: &[u8]) -> Result<Vec<Record>, Vec<Mistake>> {
    let text = utf8(file).map_err(|mistake| vec![mistake])?;
    let mut lines = Lines::of(text);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text))
        .from_reader(text.as_bytes());
    let mut header: Option<Vec<Column>> = None;
    let mut records = Vec::new();
    let mut fields = StringRecord::new();
    // The text is UTF-8 and rows may be of any length, so the reader has nothing to refuse.
    while reader.read_record(&mut fields).unwrap_or(false) {
        let line = lines.line_of(fields.position().map_or(0, csv::Position::byte));
        match &header {
            None => header = Some(read_header(line, &fields)?),
            Some(_) if width(&fields) == 0 => {}
            Some(header) => records.push(Record::new(line, &fields, header)),
        }
    }
    match header {
        Some(_) => Ok(records),
        None => Err(vec![Mistake::new(1, MistakeCode::EmptyFile, "the file is empty")]),
    }
}

fn utf8(file: &[u8]) -> Result<&str, Mistake> {
    let file = file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file);
    std::str::from_utf8(file).map_err(|error| {
        let line = file[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
        let message = "the file is not UTF-8: save it as CSV UTF-8";
        Mistake::new(line as u64, MistakeCode::NotUtf8, message)
    })
}

/// A comma or a semicolon, whichever the header has more of.
fn separator(text: &str) -> u8 {
    let header = text.trim_start().lines().next().unwrap_or("");
    let count = |separator| header.matches(separator).count();
    if count(';') > count(',') { b';' } else { b',' }
}

fn read_header(line: u64, fields: &StringRecord) -> Result<Vec<Column>, Vec<Mistake>> {
    let mut columns = Vec::with_capacity(fields.len());
    let mut mistakes = Vec::new();
    for name in fields.iter().take(width(fields)) {
        let name = name.trim().to_ascii_lowercase();
        match name.parse::<Column>() {
            Ok(column) if columns.contains(&column) => mistakes.push(duplicate(line, &name)),
            Ok(column) => columns.push(column),
            Err(_) => mistakes.push(unknown(line, &name)),
        }
    }
    let required = Column::VARIANTS.iter().filter(|column| column.is_required());
    let missing = required.filter(|column| !columns.contains(column));
    mistakes.extend(missing.map(|column| {
        let message = format!("the header lacks the column {}", column.word());
        Mistake::new(line, MistakeCode::MissingColumn, message).at(*column)
    }));
    if mistakes.is_empty() { Ok(columns) } else { Err(mistakes) }
}

fn duplicate(line: u64, name: &str) -> Mistake {
    let message = format!("the header names the column {name} twice");
    Mistake::new(line, MistakeCode::DuplicateColumn, message).in_column(name)
}

fn unknown(line: u64, name: &str) -> Mistake {
    let message = format!("there is no column {name:?}");
    Mistake::new(line, MistakeCode::UnknownColumn, message).in_column(name)
}

/// Counts lines up to a byte. The reader's own count is one behind after CRLF and blank lines.
struct Lines<'t> {
    text: &'t [u8],
    at: usize,
    line: u64,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        Self { text: text.as_bytes(), at: 0, line: 1 }
    }

    /// The line of the record that begins at a byte or after the line ends that stand there. Bytes
    /// are asked for in rising order.
    fn line_of(&mut self, byte: u64) -> u64 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX);
        while let Some(here) = self.text.get(self.at) {
            let ends_line = matches!(here, b'\n' | b'\r');
            if self.at >= byte && !ends_line {
                break;
            }
            let is_half = *here == b'\r' && self.text.get(self.at + 1) == Some(&b'\n');
            self.line += u64::from(ends_line && !is_half);
            self.at += 1;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "household,area,building,unit,room,language,timezone,category,start_on,\
                          days,worker,backup,member,relation,birth_year,phone,labels";

    fn lines_of(text: &str) -> Vec<(u64, String)> {
        let records = read(text.as_bytes()).unwrap();
        let code = |record: &Record| record.get(Column::Household).to_owned();
        records.iter().map(|record| (record.line, code(record))).collect()
    }

    fn mistakes_of(file: &[u8]) -> Vec<(u64, Option<String>, MistakeCode)> {
        let mistakes = read(file).unwrap_err();
        mistakes.into_iter().map(|m| (m.line, m.column, m.code)).collect()
    }

    fn row(code: &str) -> String {
        format!("{code}{}", ",".repeat(16))
    }

    #[test]
    fn a_record_knows_the_line_on_which_it_begins() {
        for end in ["\n", "\r\n", "\r"] {
            let text = [HEADER, &row("a"), "", "", &row("\"b\nb\""), &row("c")].join(end);
            let found = lines_of(&text);
            let codes: Vec<(u64, &str)> = found.iter().map(|(l, c)| (*l, c.as_str())).collect();
            assert_eq!(codes, [(2, "a"), (5, "b\nb"), (7, "c")], "{end:?}");
        }
    }

    #[test]
    fn a_byte_order_mark_and_an_empty_row_are_passed_over() {
        let text = format!("\u{feff}{HEADER}\n{}\n{}\n", ",".repeat(16), row("a"));
        assert_eq!(lines_of(&text), [(3, "a".to_owned())]);
    }

    #[test]
    fn columns_stand_in_any_order() {
        let mut names: Vec<&str> = HEADER.split(',').collect();
        names.reverse();
        let cells: Vec<String> = names.iter().map(|name| name.to_uppercase()).collect();
        let text = format!("{}\n{}\n", names.join(","), cells.join(","));
        let records = read(text.as_bytes()).unwrap();
        for column in Column::VARIANTS.iter().filter(|column| column.is_required()) {
            assert_eq!(records[0].get(*column), column.word().to_uppercase());
        }
    }

    #[test]
    fn a_file_may_do_without_the_last_columns() {
        let with = format!("{HEADER},phone2,phone_owner\n{},120,Ann\n", "x,".repeat(16) + "x");
        let record = &read(with.as_bytes()).unwrap()[0];
        assert_eq!(record.given(Column::PhoneOwner), Some("Ann"));
        let without = format!("{HEADER}\n{}\n", "x,".repeat(16) + "x");
        let record = &read(without.as_bytes()).unwrap()[0];
        assert_eq!(record.given(Column::Phone2), None, "nothing is said of it");
    }

    #[test]
    fn semicolons_separate_where_the_header_has_them() {
        let text = format!("{}\r\nx{}\"a;b\"\r\n", HEADER.replace(',', ";"), ";".repeat(16));
        let records = read(text.as_bytes()).unwrap();
        assert_eq!(records[0].get(Column::Household), "x");
        assert_eq!(records[0].get(Column::Labels), "a;b");
    }

    #[test]
    fn every_fault_of_a_header_is_told() {
        let header = HEADER.replace("phone", "fone").replace("unit", "room");
        let found = mistakes_of(header.as_bytes());
        let expected = [
            (1, "room", MistakeCode::DuplicateColumn),
            (1, "fone", MistakeCode::UnknownColumn),
            (1, "unit", MistakeCode::MissingColumn),
            (1, "phone", MistakeCode::MissingColumn),
        ];
        assert_eq!(found, expected.map(|(line, name, code)| (line, Some(name.to_owned()), code)));
    }

    #[test]
    fn a_file_in_another_encoding_is_refused_where_it_shows() {
        let mut file = format!("{HEADER}\n").into_bytes();
        file.extend(b"\xD6\xD0");
        assert_eq!(mistakes_of(&file), [(2, None, MistakeCode::NotUtf8)]);
        assert_eq!(mistakes_of(b"\xFF\xFEh\0"), [(1, None, MistakeCode::NotUtf8)]);
    }

    #[test]
    fn a_file_with_nothing_in_it_is_refused() {
        for nothing in ["", "\u{feff}", "\n\n"] {
            assert_eq!(mistakes_of(nothing.as_bytes()), [(1, None, MistakeCode::EmptyFile)]);
        }
    }

    #[test]
    fn a_row_with_other_fields_than_the_header_is_marked() {
        let ragged = |row: &str| read(format!("{HEADER}\n{row}\n").as_bytes()).unwrap()[0].ragged;
        assert_eq!(ragged(&row("a")), None);
        assert_eq!(ragged(&format!("{},,", row("a"))), None);
        assert_eq!(ragged(&format!("{},x", row("a"))), Some((18, 17)));
        assert_eq!(ragged("a,b"), Some((2, 17)));
    }
}
