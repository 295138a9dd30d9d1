//! The tests of words: every language says the same, in the right forms, short enough, and nothing else.
//! They read `locales/` and `src/` as they stand, so that a translator learns of a slip by file and id.
//!
//! A variable's name tells its kind, and so what it is tried with here; the last part after `_` counts,
//! so `$read_at` is a time like `$at` (the same table stands in `locales/README.md`):
//!
//! | names | kind |
//! |---|---|
//! | `n count total day days hours minutes month weekday year page pages degrees` | a number; only these may choose a plural form |
//! | `celsius` | tenths, 36.7 |
//! | `time at` | a time of day, 08:00 |
//! | `date on` | a day, Sunday 5 April |
//! | `lines` | phrases one below the other |
//! | `list items` | things in a row |
//! | any other | text: a name, a code, a piece of another message |

mod facts;
mod planted;
mod rendering;
mod rules;
mod samples;
mod texts;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use doorstep::base::language::{Arg, Languages, say};

use self::texts::Texts;

fn project(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

fn texts() -> Texts {
    Texts::read(&project("locales"))
}

fn languages() -> Languages {
    Languages::from_dir(&project("locales")).unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
fn assert_none(findings: &[String]) {
    assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
}

#[test]
fn every_file_can_be_read() {
    assert_none(&texts().unreadable);
    languages();
}

#[test]
fn the_binary_holds_what_the_folder_holds() {
    let (inside, outside) = (Languages::embedded().unwrap(), languages());
    assert_eq!(inside.tags(), outside.tags());
    for tag in inside.tags() {
        assert_eq!(inside.lexicon(tag), outside.lexicon(tag), "{tag}");
        for phrase in texts().english().values().flat_map(samples::of) {
            let (in_binary, in_folder) =
                (inside.render(tag, &phrase), outside.render(tag, &phrase));
            assert_eq!(in_binary, in_folder, "{tag}: {}: build again", phrase.id());
        }
    }
}

#[test]
fn every_file_says_that_no_native_speaker_has_read_it() {
    assert_none(&rules::headers(&texts()));
}

#[test]
fn every_english_message_tells_its_reader_in_a_comment() {
    assert_none(&rules::comments(&texts()));
}

#[test]
fn every_language_has_the_same_messages_in_the_same_files() {
    assert_none(&rules::same_messages(&texts()));
}

#[test]
fn every_language_fills_the_same_variables() {
    assert_none(&rules::same_variables(&texts()));
}

#[test]
fn every_reference_leads_somewhere() {
    assert_none(&rules::references(&texts()));
}

#[test]
fn plural_forms_are_those_of_the_language() {
    assert_none(&rules::plurals(&texts()));
}

#[test]
fn every_message_is_used_and_every_used_one_is_there() {
    assert_none(&rules::usage(&texts(), &project("src")));
}

#[test]
fn simplified_chinese_has_no_traditional_characters() {
    assert_none(&rules::traditional(&texts()));
}

#[test]
fn days_and_decimals_and_lists_are_written_as_each_language_does() {
    let on = |day| Arg::from(NaiveDate::from_ymd_opt(2026, 4, day).unwrap());
    let list = vec![on(1), Arg::Tenths(367), on(5)];
    let phrase = say("language-list-more").with("items", Arg::List(list)).with("item", "x");
    for (tag, expected) in [
        ("en", "Wednesday 1 April, 36.7 and Sunday 5 April, x"),
        ("fr", "mercredi 1er avril, 36,7 et dimanche 5 avril, x"),
        ("zh-CN", "4月1日（星期三）、36.7和4月5日（星期日）、x"),
    ] {
        assert_eq!(languages().render(&tag.parse().unwrap(), &phrase).html, expected);
    }
}

#[test]
fn every_week_day_and_every_month_has_a_name_of_its_own() {
    let languages = languages();
    for tag in languages.tags() {
        let names = |id, variable, last: i64| -> BTreeSet<String> {
            let name = |n| languages.render(tag, &say(id).with(variable, n)).html;
            (1..=last).map(name).collect()
        };
        assert_eq!(names("language-weekday", "weekday", 7).len(), 7, "{tag}");
        assert_eq!(names("language-month", "month", 12).len(), 12, "{tag}");
    }
}

#[test]
fn every_message_can_be_said_and_is_short_enough() {
    assert_none(&rendering::faults(&texts(), &languages()));
}
