//! What a single field may hold. Each function reads one kind of value or says what is wrong with
//! it, with values of the person left out of the sentence.

use chrono::NaiveDate;
use chrono_tz::Tz;
use strum::VariantNames;

use super::mistake::MistakeCode as Code;
use crate::base::language::{LanguageTag, Languages};
use crate::desk::household::file::{Category, Relation};
use crate::desk::staff::person::AreaPath;

/// The longest text of a field, and of a part of an area's path, in characters.
const LONGEST: usize = 64;
/// The longest code of a household: with an action it still fits into a button's meaning.
const LONGEST_CODE: usize = 40;
/// The longest path of areas.
const LONGEST_PATH: usize = 255;
/// The most labels of a household.
const MOST_LABELS: usize = 16;
/// How long a period may last.
const DAYS: std::ops::RangeInclusive<i64> = 1..=60;
/// The first year of birth that is believed.
const FIRST_BIRTH_YEAR: i64 = 1900;
/// The years in which a period may begin.
const START_YEARS: [&str; 2] = ["20", "21"];

/// What is wrong with a field.
pub(super) type Wrong = (Code, String);

fn wrong<T>(code: Code, message: impl Into<String>) -> Result<T, Wrong> {
    Err((code, message.into()))
}

/// A text that may be empty.
pub(super) fn text(field: &str) -> Result<String, Wrong> {
    if field.chars().any(is_hidden) {
        let message = "holds a line break or another invisible character (is a quote left open?)";
        return wrong(Code::ControlCharacter, message);
    }
    if field.chars().count() > LONGEST {
        return wrong(Code::TooLong, format!("is longer than {LONGEST} characters"));
    }
    Ok(field.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Control characters, and those that turn the writing of what follows.
fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// A text that must not be empty.
pub(super) fn word(field: &str) -> Result<String, Wrong> {
    if field.is_empty() { wrong(Code::Missing, "must not be empty") } else { text(field) }
}

/// The name of a household's file.
pub(super) fn code(field: &str) -> Result<String, Wrong> {
    let code = word(field)?;
    if code.chars().count() > LONGEST_CODE {
        return wrong(Code::TooLong, format!("is longer than {LONGEST_CODE} characters"));
    }
    if code.chars().all(|c| c.is_alphanumeric() || "._-/".contains(c)) {
        Ok(code)
    } else {
        wrong(Code::BadValue, "may hold letters, digits and . _ - / only")
    }
}

/// A path of areas.
pub(super) fn area(field: &str) -> Result<AreaPath, Wrong> {
    if field.is_empty() {
        return wrong(Code::Missing, "must not be empty");
    }
    let parts = field.split('/').map(|part| text(part.trim())).collect::<Result<Vec<_>, _>>()?;
    if field.chars().count() > LONGEST_PATH {
        return wrong(Code::TooLong, format!("is longer than {LONGEST_PATH} characters"));
    }
    parts.join("/").parse().map_err(|error| (Code::BadValue, format!("{error}")))
}

/// The tag of the nearest language of ours.
pub(super) fn language(field: &str, languages: &Languages) -> Result<String, Wrong> {
    let wanted = word(field)?;
    if let Some(tag) = languages.get(&wanted).or_else(|| languages.negotiate(&wanted)) {
        return Ok(tag.to_string());
    }
    // One that we do not speak yet is kept as it is: the household still chooses for itself.
    match wanted.parse::<LanguageTag>() {
        Ok(tag) if tag.is_spoken() => Ok(tag.to_string()),
        _ => wrong(Code::UnknownLanguage, "is no language tag such as zh-CN or fr".to_owned()),
    }
}

/// A time zone, or the default.
pub(super) fn timezone(field: &str, default: Tz) -> Result<Tz, Wrong> {
    if field.is_empty() {
        return Ok(default);
    }
    let message = "is no IANA time zone such as Asia/Shanghai";
    field.parse().or_else(|_| wrong(Code::UnknownTimezone, message))
}

/// A category, or the default.
pub(super) fn category(field: &str, default: &str) -> Result<Category, Wrong> {
    let word = if field.is_empty() { default } else { field };
    let known = || format!("must be one of {}", Category::VARIANTS.join(", "));
    word.parse().or_else(|_| wrong(Code::UnknownCategory, known()))
}

/// The first day of the period.
pub(super) fn start_on(field: &str) -> Result<NaiveDate, Wrong> {
    if field.is_empty() {
        return wrong(Code::Missing, "must not be empty");
    }
    let date = NaiveDate::parse_from_str(field, "%Y-%m-%d").ok();
    let believed = START_YEARS.iter().any(|century| field.starts_with(century));
    match date.filter(|date| believed && date.to_string() == field) {
        Some(date) => Ok(date),
        None => wrong(Code::BadValue, "must be a date such as 2026-04-06"),
    }
}

/// How many days the period lasts, or the default.
pub(super) fn days(field: &str, default: u32) -> Result<i64, Wrong> {
    if field.is_empty() {
        return Ok(default.into());
    }
    match number(field).filter(|days| DAYS.contains(days)) {
        Some(days) => Ok(days),
        None => wrong(Code::BadValue, "must be a number of days from 1 to 60"),
    }
}

/// What a member is to the head of the household.
pub(super) fn relation(field: &str) -> Result<Relation, Wrong> {
    let known = || format!("must be one of {}", Relation::VARIANTS.join(", "));
    field.parse().or_else(|_| {
        wrong(if field.is_empty() { Code::Missing } else { Code::UnknownRelation }, known())
    })
}

/// A year of birth, if it is known.
pub(super) fn birth_year(field: &str, this_year: i64) -> Result<Option<i64>, Wrong> {
    if field.is_empty() {
        return Ok(None);
    }
    let year = number(field).filter(|year| (FIRST_BIRTH_YEAR..=this_year).contains(year));
    if year.is_some() {
        return Ok(year);
    }
    wrong(Code::BadValue, format!("must be a year from {FIRST_BIRTH_YEAR} to {this_year}"))
}

/// A telephone number as it was written.
pub(super) fn phone(field: &str) -> Result<String, Wrong> {
    let phone = text(field)?;
    let usable = phone.chars().all(|c| c.is_ascii_digit() || "+ -".contains(c))
        && phone.chars().any(|c| c.is_ascii_digit());
    if phone.is_empty() || usable {
        Ok(phone)
    } else {
        wrong(Code::BadValue, "may hold digits, +, spaces and hyphens only")
    }
}

/// Labels, each once, in the order in which they were written.
pub(super) fn labels(field: &str) -> Result<Vec<String>, Wrong> {
    let mut labels: Vec<String> = Vec::new();
    for label in field.split(';') {
        let label = text(label.trim())?;
        if !label.is_empty() && !labels.contains(&label) {
            labels.push(label);
        }
    }
    if labels.len() > MOST_LABELS {
        return wrong(Code::TooLong, format!("holds more than {MOST_LABELS} labels"));
    }
    Ok(labels)
}

/// A whole number of digits alone.
fn number(field: &str) -> Option<i64> {
    let digits = !field.is_empty() && field.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| field.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of<T: std::fmt::Debug>(found: Result<T, Wrong>) -> Code {
        found.unwrap_err().0
    }

    #[test]
    fn a_text_keeps_its_words_and_loses_spare_spaces() {
        assert_eq!(text("Old  Wang").unwrap(), "Old Wang");
        assert_eq!(text("").unwrap(), "");
        assert_eq!(text(&"字".repeat(64)).unwrap(), "字".repeat(64));
        assert_eq!(code_of(text(&"字".repeat(65))), Code::TooLong);
    }

    #[test]
    fn what_cannot_be_seen_is_refused() {
        for hidden in ["a\nb", "a\0", "a\u{202E}b", "\u{7f}"] {
            assert_eq!(code_of(text(hidden)), Code::ControlCharacter, "{hidden:?}");
        }
    }

    #[test]
    fn the_code_of_a_household_is_short_and_plain() {
        for good in ["1001", "3-502", "H/1.2_b", "海山-12", &"x".repeat(40)] {
            assert_eq!(code(good).unwrap(), good);
        }
        assert_eq!(code_of(code("")), Code::Missing);
        assert_eq!(code_of(code("a b")), Code::BadValue);
        assert_eq!(code_of(code("a\"b")), Code::BadValue);
        assert_eq!(code_of(code(&"x".repeat(41))), Code::TooLong);
    }

    #[test]
    fn a_date_is_written_in_one_way() {
        assert_eq!(start_on("2026-04-06").unwrap().to_string(), "2026-04-06");
        for bad in ["2026-4-6", "06.04.2026", "2026-02-30", "0026-04-06", "2026-04-06 ", "soon"] {
            assert_eq!(code_of(start_on(bad)), Code::BadValue, "{bad}");
        }
        assert_eq!(code_of(start_on("")), Code::Missing);
    }

    #[test]
    fn a_period_lasts_from_one_day_to_sixty() {
        assert_eq!(days("", 14), Ok(14));
        assert_eq!(days("60", 14), Ok(60));
        for bad in ["0", "61", "-1", "+7", "7.5", "a week", "99999999999999999999"] {
            assert_eq!(code_of(days(bad, 14)), Code::BadValue, "{bad}");
        }
    }

    #[test]
    fn nobody_is_born_in_the_future() {
        assert_eq!(birth_year("2026", 2026), Ok(Some(2026)));
        assert_eq!(birth_year("", 2026), Ok(None));
        for bad in ["2027", "1899", "85", "x"] {
            assert_eq!(code_of(birth_year(bad, 2026)), Code::BadValue, "{bad}");
        }
    }

    #[test]
    fn a_telephone_number_is_kept_as_it_was_written() {
        for good in ["", "+86 138-0013-8000", "120"] {
            assert_eq!(phone(good).unwrap(), good);
        }
        for bad in ["call me", "+", "120;121"] {
            assert_eq!(code_of(phone(bad)), Code::BadValue, "{bad}");
        }
    }

    #[test]
    fn an_area_is_a_path_without_gaps() {
        assert_eq!(area("Yantian / Grid 12").unwrap().stored(), "Yantian/Grid 12/");
        assert_eq!(code_of(area("Yantian//Grid")), Code::BadValue);
        assert_eq!(code_of(area("")), Code::Missing);
        assert_eq!(code_of(area(&"x".repeat(65))), Code::TooLong);
    }

    #[test]
    fn labels_are_separated_by_semicolons() {
        assert_eq!(labels(" diabetic; pregnant ;;diabetic").unwrap(), ["diabetic", "pregnant"]);
        assert!(labels("").unwrap().is_empty());
    }

    #[test]
    fn words_of_a_list_are_taken_exactly() {
        assert_eq!(category("", "entrant"), Ok(Category::Entrant));
        assert_eq!(code_of(category("friend", "entrant")), Code::UnknownCategory);
        assert_eq!(relation("head"), Ok(Relation::Head));
        assert_eq!(code_of(relation("boss")), Code::UnknownRelation);
        assert_eq!(code_of(relation("")), Code::Missing);
        assert_eq!(timezone("", Tz::Asia__Shanghai), Ok(Tz::Asia__Shanghai));
        assert_eq!(code_of(timezone("Moon/Base", Tz::UTC)), Code::UnknownTimezone);
    }
}
