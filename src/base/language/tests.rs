//! The engine on small sets of texts of its own, so that no change of the real ones can break it.

use std::fs;

use chrono::{NaiveDate, NaiveTime};
use serde_json::json;
use tempfile::TempDir;

use super::*;

const ENGLISH: &str = "
language-name = English
language-direction = ltr
language-unsaid = We could not show this message.
language-tenths = { $whole }.{ $tenth }
language-day = { $weekday }/{ $day }/{ $month }
language-list-more = { $items }, { $item }
language-list-last = { $items } and { $item }
hello = Hello <b>{ $name }</b>
left = Left by { $worker }
count = { $n ->
        [one] { $n } day
       *[other] { $n } days
    }
";

const ARABIC: &str = "
language-name = العربية
language-direction = rtl
language-unsaid = …
language-tenths = { $whole },{ $tenth }
language-day = { $weekday }/{ $day }/{ $month }
language-list-more = { $items }، { $item }
language-list-last = { $items } و{ $item }
hello = { $name } - { $n } - { $t }
code = <code>{ $name }</code> { $name }
";

/// A directory of languages, each one a file of the usual messages and whatever else is given.
fn set(languages: &[(&str, &str)]) -> TempDir {
    let dir = TempDir::new().unwrap();
    for (tag, text) in languages {
        fs::create_dir(dir.path().join(tag)).unwrap();
        fs::write(dir.path().join(tag).join("all.ftl"), text).unwrap();
    }
    dir
}

fn loaded(languages: &[(&str, &str)]) -> Languages {
    Languages::from_dir(set(languages).path()).unwrap()
}

fn french(more: &str) -> String {
    let engine = ENGLISH.split("hello").next().unwrap();
    format!("{}{more}", engine.replace(" and ", " et ").replace("}.{", "},{"))
}

fn fault(english: &str) -> String {
    Languages::from_dir(set(&[("en", english)]).path()).unwrap_err().to_string()
}

fn html(languages: &Languages, tag: &str, phrase: &Phrase) -> String {
    languages.render(&tag.parse().unwrap(), phrase).html
}

fn en(phrase: &Phrase) -> String {
    html(&loaded(&[("en", ENGLISH)]), "en", phrase)
}

fn time() -> NaiveTime {
    NaiveTime::from_hms_opt(8, 0, 0).unwrap()
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 4, 5).unwrap()
}

#[test]
fn languages_are_shared_between_threads() {
    fn shared<T: Clone + Send + Sync + 'static>() {}
    shared::<Languages>();
}

#[test]
fn words_of_people_are_escaped_once_however_deep_they_stand() {
    let name = Arg::List(vec!["<b>&".into(), "x".into(), say("hello").with("name", "\"").into()]);
    let said = en(&say("hello").with("name", name));
    assert_eq!(said, "Hello <b>&lt;b&gt;&amp;, x and Hello <b>&quot;</b></b>");
}

#[test]
fn arguments_are_noted_as_data() {
    let phrase = say("hello")
        .with("name", "<Tom> & co")
        .with("n", 3)
        .with("celsius", Arg::Tenths(367))
        .with("at", time())
        .with("on", day())
        .with("part", say("hello").with("name", "<T>"))
        .with("lines", vec![say("count").with("n", 1), say("count").with("n", 2)])
        .with("list", Arg::List(vec!["a".into(), "b".into()]));
    let rendered = loaded(&[("en", ENGLISH)]).render(&"en".parse().unwrap(), &phrase);
    let noted = json!({
        "name": "<Tom> & co", "n": 3, "celsius": 36.7, "at": "08:00", "on": "2026-04-05",
        "part": "Hello <T>", "lines": "1 day\n2 days", "list": "a and b",
    });
    assert_eq!(rendered.args, noted);
}

#[test]
fn tenths_keep_their_sign_and_their_language() {
    let two = loaded(&[("en", ENGLISH), ("fr", &french("hello = { $name }"))]);
    for (tenths, en, fr, noted) in [
        (367, "36.7", "36,7", "36.7"),
        (370, "37.0", "37,0", "37.0"),
        (-5, "-0.5", "-0,5", "-0.5"),
        (0, "0.0", "0,0", "0.0"),
    ] {
        let phrase = say("hello").with("name", Arg::Tenths(tenths));
        assert_eq!(html(&two, "en", &phrase), format!("Hello <b>{en}</b>"));
        assert_eq!(html(&two, "fr", &phrase), fr);
        assert_eq!(two.render(&"fr".parse().unwrap(), &phrase).args["name"].to_string(), noted);
    }
}

#[test]
fn lists_of_any_length_are_written() {
    let list = |items: &[&str]| {
        let items = items.iter().map(|item| Arg::from(*item)).collect();
        en(&say("hello").with("name", Arg::List(items))).replace("Hello ", "")
    };
    assert_eq!(list(&[]), "<b></b>");
    assert_eq!(list(&["a"]), "<b>a</b>");
    assert_eq!(list(&["a", "b"]), "<b>a and b</b>");
    assert_eq!(list(&["a", "b", "c", "d"]), "<b>a, b, c and d</b>");
}

#[test]
fn a_day_is_told_by_its_numbers() {
    assert_eq!(en(&say("hello").with("name", day())), "Hello <b>7/5/4</b>");
}

#[test]
fn what_a_language_cannot_say_is_said_in_english() {
    let two = loaded(&[("en", ENGLISH), ("fr", &french("hello = Bonjour { $nmae }"))]);
    let hello = say("hello").with("name", "Ana");
    assert_eq!(html(&two, "fr", &hello), "Hello <b>Ana</b>");
    assert_eq!(html(&two, "fr", &say("count").with("n", 1)), "1 day");
    assert_eq!(html(&two, "ja", &hello), "Hello <b>Ana</b>");
    assert_eq!(two.render_strictly(&"fr".parse().unwrap(), &say("count")), Err(Unsaid::Absent));
    assert!(
        two.render_strictly(&"fr".parse().unwrap(), &hello)
            .unwrap_err()
            .to_string()
            .contains("$nmae")
    );
}

#[test]
fn no_id_and_no_variable_is_ever_shown() {
    assert_eq!(en(&say("left")), "Left by …");
    assert_eq!(en(&say("count")), "… days");
    assert_eq!(en(&say("unheard-of")), "We could not show this message.");
    assert_eq!(
        en(&say("hello").with("name", say("unheard-of"))),
        "Hello <b>We could not show this message.</b>"
    );
}

#[test]
fn names_and_numbers_stand_apart_in_right_to_left_text() {
    let two = loaded(&[("en", ENGLISH), ("ar", ARABIC)]);
    let phrase = say("hello").with("name", "Tom").with("n", 4).with("t", Arg::Tenths(367));
    let isolated = "\u{2068}Tom\u{2069} - \u{2068}4\u{2069} - \u{2068}36,7\u{2069}";
    assert_eq!(html(&two, "ar", &phrase), isolated);
    let code = say("code").with("name", "A-12");
    assert_eq!(html(&two, "ar", &code), "<code>A-12</code> \u{2068}A-12\u{2069}");
    let list = say("hello")
        .with("name", Arg::List(vec!["a".into(), 1.into()]))
        .with("n", 1)
        .with("t", "x");
    assert_eq!(two.render(&"ar".parse().unwrap(), &list).args["name"], "a و1");
    assert!(!html(&two, "en", &say("hello").with("name", "Tom")).contains('\u{2068}'));
}

#[test]
fn languages_stand_in_a_fixed_order_and_are_found_by_tag() {
    let all =
        loaded(&[("ar", ARABIC), ("en", ENGLISH), ("fr", &french("")), ("zh-CN", &french(""))]);
    let tags: Vec<_> = all.tags().iter().map(LanguageTag::as_str).collect();
    assert_eq!(tags, ["zh-CN", "en", "ar", "fr"]);
    assert_eq!(all.get("ZH-cn").unwrap().as_str(), "zh-CN");
    assert_eq!(all.get("zh"), None);
    assert_eq!(all.own_name(&"ar".parse().unwrap()), "العربية");
    assert_eq!(all.own_name(&"ja".parse().unwrap()), "ja");
}

#[test]
fn a_lexicon_is_kept_as_it_is_and_other_files_are_left_alone() {
    let dir = set(&[("en", ENGLISH)]);
    fs::write(dir.path().join("en/lexicon.toml"), "[member]\n").unwrap();
    fs::write(dir.path().join("en/notes.txt"), [0xFF]).unwrap();
    fs::write(dir.path().join("README.md"), "x").unwrap();
    let languages = Languages::from_dir(dir.path()).unwrap();
    assert_eq!(languages.lexicon(&"en".parse().unwrap()), Some("[member]\n"));
}

#[test]
fn a_fault_in_the_texts_is_named_by_file_line_and_id() {
    let syntax =
        fault(&format!("{ENGLISH}\n# why\nbad = {{ $n -> [one] x *[other] y }}\nnext = x\n"));
    assert!(syntax.contains("all.ftl:17: bad: "), "{syntax}");
    let unclosed = fault(&format!("{ENGLISH}\nopen = Hello {{ $name\nnext = x\n"));
    assert!(unclosed.contains("all.ftl:16: open: "), "{unclosed}");
    let stray = fault(&format!("{ENGLISH}\n\n= nothing\n"));
    assert!(stray.contains("all.ftl:17: : "), "{stray}");
    let twice = fault(&format!("{ENGLISH}\nhello = again\n"));
    assert!(twice.ends_with("all.ftl:16: hello: this id is already taken"), "{twice}");
}

#[test]
fn a_language_that_cannot_be_used_is_refused() {
    let missing = fault(&ENGLISH.replace("language-tenths", "language-other"));
    assert!(missing.ends_with("en: language-tenths: no such message"), "{missing}");
    let sideways = fault(&ENGLISH.replace("= ltr", "= ttb"));
    assert!(sideways.ends_with("en: language-direction: must be ltr or rtl"), "{sideways}");
    let no_english =
        Languages::from_dir(set(&[("fr", &french(""))]).path()).unwrap_err().to_string();
    assert!(no_english.contains("no folder en"), "{no_english}");
    let misnamed =
        Languages::from_dir(set(&[("en", ENGLISH), ("zh_cn", "")]).path()).unwrap_err().to_string();
    assert!(misnamed.contains("zh_cn: the folder of a language"), "{misnamed}");
    let absent = Languages::from_dir(Path::new("/nowhere/at/all")).unwrap_err().to_string();
    assert!(absent.starts_with("/nowhere/at/all: "), "{absent}");
}
