//! The reading of temperatures against the tables of cases, and the laws that hold for any text.

use std::collections::BTreeMap;

use doorstep::desk::health_check::reading::{
    Celsius, Heard, Lexicon, QuestionKind, RedFlag, explain, read, red_flags,
};
use proptest::prelude::*;
use serde_json::{Value, json};

const LANGUAGES: [&str; 3] = ["en", "fr", "zh-CN"];

fn file(path: &str) -> String {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn lexicon(language: &str) -> Lexicon {
    Lexicon::parse(&file(&format!("locales/{language}/lexicon.toml")))
        .unwrap_or_else(|error| panic!("{language}: {error}"))
}

/// What was heard, in the form of the case files.
fn heard(text: &str, lexicon: &Lexicon, members: &[&str]) -> Value {
    match read(text, lexicon, members) {
        Heard::Silence => json!("none"),
        Heard::Ask(_) => json!("ask"),
        Heard::Readings { readings, .. } => {
            readings.iter().map(|reading| without_site(json!(reading))).collect()
        }
    }
}

fn without_site(mut reading: Value) -> Value {
    if let Some(fields) = reading.as_object_mut() {
        fields.shift_remove("site");
    }
    reading
}

struct Case {
    text: String,
    language: String,
    expect: Value,
    core: bool,
}

fn cases(path: &str) -> Vec<Case> {
    let parse = |line: &str| {
        let case: Value =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        let field = |key: &str| case[key].as_str().unwrap_or_default().to_owned();
        Case {
            text: field("text"),
            language: field("lang"),
            expect: case["expect"].clone(),
            core: !field("note").starts_with("[hard]"),
        }
    };
    file(path)
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(parse)
        .filter(|case| LANGUAGES.contains(&case.language.as_str()))
        .collect()
}

#[derive(Default)]
struct Tally {
    core: [usize; 2],
    hard: [usize; 2],
    ask: [usize; 2],
    none: [usize; 2],
    false_readings: usize,
    wrong_values: usize,
    silent_asks: usize,
    failures: Vec<String>,
}

impl Tally {
    fn count(&mut self, case: &Case, found: &Value) {
        let right = *found == case.expect;
        let slot = match case.expect.as_str() {
            Some("ask") => &mut self.ask,
            Some(_) => &mut self.none,
            None if case.core => &mut self.core,
            None => &mut self.hard,
        };
        slot[0] += usize::from(right);
        slot[1] += 1;
        self.false_readings += usize::from(case.expect == "none" && found.is_array());
        self.wrong_values += usize::from(case.expect != "none" && found.is_array() && !right);
        self.silent_asks += usize::from(case.expect == "ask" && found == "none");
        if !right {
            self.failures.push(format!(
                "{} «{}»\n    expected {}\n    found    {found}",
                case.language, case.text, case.expect
            ));
        }
    }
}

fn tallies(path: &str) -> BTreeMap<String, Tally> {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for case in cases(path) {
        let found = heard(&case.text, lexicon_of(&case.language), &[]);
        tallies.entry(case.language.clone()).or_default().count(&case, &found);
    }
    print_table(path, &tallies);
    tallies
}

fn print_table(path: &str, tallies: &BTreeMap<String, Tally>) {
    println!(
        "{path}\n{:<8}{:>10}{:>10}{:>10}{:>10}{:>8}{:>8}{:>8}",
        "lang", "core", "hard", "ask", "none", "false", "wrong", "silent"
    );
    for (language, tally) in tallies {
        let of = |slot: [usize; 2]| format!("{}/{}", slot[0], slot[1]);
        let Tally { false_readings, wrong_values, silent_asks, .. } = tally;
        let [core, hard, ask, none] = [tally.core, tally.hard, tally.ask, tally.none].map(of);
        println!(
            "{language:<8}{core:>10}{hard:>10}{ask:>10}{none:>10}{false_readings:>8}{wrong_values:>8}{silent_asks:>8}"
        );
        tally.failures.iter().for_each(|failure| println!("  {failure}"));
    }
}

#[test]
fn the_given_cases_are_understood() {
    for (language, tally) in tallies("tests/data/temperature_cases.jsonl") {
        assert_eq!(
            (tally.false_readings, tally.wrong_values, tally.silent_asks),
            (0, 0, 0),
            "{language}"
        );
        assert!(tally.failures.is_empty(), "{language}: {:#?}", tally.failures);
    }
}

#[test]
fn our_own_sentences_are_understood() {
    for (language, tally) in tallies("tests/data/more_readings.jsonl") {
        assert!(tally.failures.is_empty(), "{language}: {:#?}", tally.failures);
        let count: usize =
            [tally.core, tally.hard, tally.ask, tally.none].iter().map(|slot| slot[1]).sum();
        assert!(count >= 150, "{language} has {count} sentences");
    }
}

#[test]
fn every_lexicon_covers_every_code() {
    for language in LANGUAGES {
        let lexicon = lexicon_of(language);
        assert_eq!(lexicon.language(), language);
        assert_eq!(lexicon.missing_codes(), [] as [String; 0], "{language}");
    }
}

#[test]
fn a_correction_is_known_as_one() {
    let corrections = [
        ("en", "no, 36.8"),
        ("en", "No it's 36.8"),
        ("en", "sorry, typo, 36.8"),
        ("en", "I meant 36.8"),
        ("en", "oops 36.8"),
        ("fr", "non, 36,8"),
        ("fr", "Non c'est 36,8"),
        ("fr", "je me suis trompé, 36,8"),
        ("fr", "erreur : 36,8"),
        ("zh-CN", "写错了，是36.8"),
        ("zh-CN", "不，36.8"),
        ("zh-CN", "不对，应该是36.8"),
        ("zh-CN", "打错了 36.8"),
        ("zh-CN", "不是，是36.8"),
    ];
    for (language, text) in corrections {
        let Heard::Readings { readings, correction } = read(text, &lexicon(language), &[]) else {
            panic!("{text}: {:#?}", explain(text, &lexicon(language), &[]))
        };
        assert_eq!(
            (readings.len(), readings[0].celsius, correction),
            (1, Celsius::from_tenths(368), true),
            "{text}"
        );
    }
    for (language, text) in [
        ("en", "no fever, 36.8"),
        ("fr", "pas de fièvre 36,8"),
        ("zh-CN", "没有发烧 36.8"),
        ("en", "36.8"),
        ("zh-CN", "不发烧，36.8"),
    ] {
        let Heard::Readings { correction, .. } = read(text, &lexicon(language), &[]) else {
            panic!("{text}")
        };
        assert!(!correction, "{text}");
    }
}

#[test]
fn a_question_offers_what_was_probably_meant() {
    use QuestionKind::{Confirm, Number, OutOfRange, Which};
    let t = Celsius::from_tenths;
    let questions = [
        ("en", "37", Confirm(t(370))),
        ("en", "about 37", Confirm(t(370))),
        ("en", "367", Confirm(t(367))),
        ("en", "98", Confirm(t(367))),
        ("en", "36.5-37.2", Confirm(t(372))),
        ("zh-CN", "不是37.6，是36.7", Confirm(t(367))),
        ("zh-CN", "3.67", Confirm(t(367))),
        ("en", "101.3", Confirm(t(385))),
        ("zh-CN", "38度多", Confirm(t(389))),
        ("fr", "entre 37 et 38", Confirm(t(380))),
        ("zh-CN", "早上36.5 晚上37.0", Confirm(t(370))),
        ("zh-CN", "36.5 36.7", Which(vec![t(365), t(367)])),
        ("en", "we are all 36.6", Which(vec![t(366)])),
        ("fr", "46,5", OutOfRange(t(465))),
        ("zh-CN", "体温63.5", OutOfRange(t(635))),
        ("zh-CN", "没有发烧", Number),
        ("fr", "trente-sept deux", Confirm(t(372))),
    ];
    for (language, text, expected) in questions {
        let lexicon = lexicon_of(language);
        let Heard::Ask(question) = read(text, lexicon, &[]) else {
            panic!("{text}: {:#?}", explain(text, lexicon, &[]))
        };
        assert_eq!(question.kind, expected, "{text}");
        assert!(text.contains(&question.heard), "{text}");
    }
}

#[test]
fn the_households_own_words_name_its_members() {
    let cases = [
        ("en", "Ah Ma 36.5", &["Ah Ma"][..], "Ah Ma"),
        ("en", "zoë 36.5", &["Zoë"], "zoë"),
        ("zh-CN", "囡仔36.5", &["囡仔"], "囡仔"),
        ("fr", "Nonno 36,5", &["Nonno"], "Nonno"),
        ("en", "2 36.5", &["1", "2"], "2"),
        ("zh-CN", "蛋蛋 体温36.5", &["蛋蛋"], "蛋蛋"),
    ];
    for (language, text, members, hint) in cases {
        let Heard::Readings { readings, .. } = read(text, &lexicon(language), members) else {
            panic!("{text}: {:#?}", explain(text, &lexicon(language), members))
        };
        assert_eq!(
            (readings.len(), readings[0].member_hint.as_deref(), readings[0].celsius.tenths()),
            (1, Some(hint), 365),
            "{text}"
        );
    }
}

#[test]
fn calls_for_help_are_heard_unless_denied() {
    use RedFlag::{Breath, ChestPain, Faint, Fire, SelfHarm, Violence};
    let calls = [
        ("en", "I can't breathe well", vec![Breath]),
        ("en", "I really cannot breathe", vec![Breath]),
        ("en", "No! I can't breathe", vec![Breath]),
        ("en", "no chest pain", vec![]),
        ("en", "36.6, no chest pain or shortness of breath", vec![]),
        ("en", "bad pain in my chest", vec![ChestPain]),
        ("en", "mum fainted", vec![Faint]),
        ("en", "I want to die", vec![SelfHarm]),
        ("en", "he hits me", vec![Violence]),
        ("en", "the kitchen is on fire", vec![Fire]),
        ("en", "no fever but chest pain", vec![ChestPain]),
        ("en", "36.7 thanks", vec![]),
        ("en", "no medicine, chest hurts", vec![ChestPain]),
        ("fr", "j'ai mal à la poitrine", vec![ChestPain]),
        ("fr", "pas de douleur à la poitrine", vec![]),
        ("fr", "je n'arrive plus à respirer", vec![Breath]),
        ("fr", "maman s'est évanouie", vec![Faint]),
        ("fr", "je veux mourir", vec![SelfHarm]),
        ("fr", "il me frappe", vec![Violence]),
        ("fr", "au feu !", vec![Fire]),
        ("zh-CN", "胸痛", vec![ChestPain]),
        ("zh-CN", "没有胸痛", vec![]),
        ("zh-CN", "没有胸痛、呼吸困难", vec![]),
        ("zh-CN", "妈妈喘不上气", vec![Breath]),
        ("zh-CN", "爷爷晕倒了", vec![Faint]),
        ("zh-CN", "我不想活了", vec![SelfHarm]),
        ("zh-CN", "他打我", vec![Violence]),
        ("zh-CN", "厨房着火了", vec![Fire]),
        ("zh-CN", "不发烧但胸口疼", vec![ChestPain]),
        ("zh-CN", "36.5 谢谢", vec![]),
    ];
    for (language, text, flags) in calls {
        assert_eq!(red_flags(text, &lexicon(language)), flags, "{text}");
    }
}

#[test]
fn an_explanation_ends_with_verdict_and_reason() {
    let lines = explain("Mum 36.5 room 3605", &lexicon("en"), &[]);
    assert!(lines.iter().any(|line| line.contains("room")), "{lines:?}");
    assert!(lines[lines.len() - 2].starts_with("verdict: record Mum 36.5 °C"), "{lines:?}");
    assert!(lines[lines.len() - 1].starts_with("because: "), "{lines:?}");
}

/// The ways in which people write 36.7.
fn renderings(celsius: Celsius) -> Vec<(&'static str, String)> {
    let text = celsius.to_string();
    let (whole, tenth) = text.split_once('.').expect("a temperature is shown with a point");
    let full_width: String =
        text.chars().map(|ch| char::from_u32(u32::from(ch) + 0xFEE0).unwrap_or(ch)).collect();
    let fahrenheit = format!("{:.2} °F", f64::from(celsius.tenths()) * 0.18 + 32.0);
    vec![
        ("en", text.clone()),
        ("en", format!("{text} °C")),
        ("en", format!("{text}C")),
        ("en", fahrenheit),
        ("fr", format!("{whole},{tenth}")),
        ("fr", format!("{whole},{tenth} °C")),
        ("fr", format!("{whole}°{tenth}")),
        ("zh-CN", full_width),
        ("zh-CN", format!("{whole}度{tenth}")),
        ("zh-CN", format!("{whole}点{tenth}")),
        ("zh-CN", format!("体温{text}℃")),
        ("zh-CN", format!("{whole}。{tenth}")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_text_makes_it_panic(text in "\\PC*", lead in "[0-9.,:/°度点 a-zé三十不没-]{0,40}") {
        for language in LANGUAGES {
            let lexicon = lexicon_of(language);
            let _ = read(&text, lexicon, &["Ah Ma", "1", ""]);
            let _ = explain(&format!("{lead}{text}"), lexicon, &[]);
            let _ = explain(&lead, lexicon, &["三"]);
        }
    }

    #[test]
    fn a_rendered_reading_is_read_back(tenths in 350..=420_i32) {
        let celsius = Celsius::from_tenths(tenths);
        for (language, text) in renderings(celsius) {
            let found = heard(&text, lexicon_of(language), &[]);
            prop_assert_eq!(&found, &json!([{"member_hint": null, "celsius": celsius}]), "{}", text);
        }
    }

    #[test]
    fn digits_of_another_shape_are_no_reading(
        digits in "[0-9]{4,15}|[0-9]{1,3}(-[0-9]{1,4}){2,3}|0[0-9]( [0-9]{2}){4}|20[0-9]{2}[-./][01][0-9][-./][0-3][0-9]|[0-9]{2,3}/[0-9]{2,3}|[0-9]{1,3}[.,][0-9]{3}|[0-2][0-9]:[0-5][0-9]|\\+[1-9][0-9]{6,13}|[1-9]{2}|[0-9]{3}",
    ) {
        for language in LANGUAGES {
            prop_assert!(!heard(&digits, lexicon_of(language), &[]).is_array(), "{}", digits);
        }
    }
}

fn lexicon_of(language: &str) -> &'static Lexicon {
    static LEXICONS: std::sync::LazyLock<BTreeMap<&'static str, Lexicon>> =
        std::sync::LazyLock::new(|| {
            LANGUAGES.iter().map(|language| (*language, lexicon(language))).collect()
        });
    &LEXICONS[language]
}
