//! Proof that the rules bite: a clean set of texts has no findings, and each planted fault has its own.

use std::fs;
use std::path::Path;

use doorstep::base::language::Languages;
use tempfile::TempDir;

use super::texts::Texts;
use super::{project, rendering, rules};

const ENGLISH: &str = "### Texts for the test.
### Review: unreviewed

# Resident: in the household's group, after a report.
sample-hello = <b>{ $name }</b>, thank you. { sample-left }

# Part: how many are left, in sample-hello and on the board.
sample-left =
    { $n ->
        [one] One check is left.
       *[other] { $n } checks are left.
    }

# Button: under sample-hello.
sample-yes = Yes, { $celsius }

# Toast: after a press.
sample-done = Done.

# Staff: on the list of alerts.
sample-state =
    { $state ->
        [taken] Taken
       *[open] Open
    }
";

const FRENCH: &str = "### Textes pour le test.
### Review: unreviewed

sample-hello = Merci, <b>{ $name }</b>. { sample-left }

sample-left =
    { $n ->
        [one] Il reste une mesure.
        [many] Il reste { $n } de mesures.
       *[other] Il reste { $n } mesures.
    }

sample-yes = Oui, { $celsius }

sample-done = C’est fait.

sample-state =
    { $state ->
        [taken] Pris
       *[open] Ouvert
    }
";

const CHINESE: &str = "### 测试用。
### Review: unreviewed

sample-hello = 谢谢，{ $name }。{ sample-left }

sample-left = 还有{ $n }次。

sample-yes = 是{ $celsius }

sample-done = 好了。

sample-state =
    { $state ->
        [taken] 已接
       *[open] 待办
    }
";

const SOURCE: &str = r#"
    say("sample-hello").with("name", name); say(
        "sample-yes"
    ); (say("sample-done"), say("sample-state"))
    // say("sample-only-in-a-comment")
    pub fn say(id: &'static str) {} catalogue.say(id);
    say("language-name"); say("language-direction"); say("language-unsaid"); say("language-tenths");
    say("language-day"); say("language-list-more"); say("language-list-last");
#[cfg(test)]
mod tests { say("sample-only-in-a-test") }
"#;

/// The set of texts with one piece of one file replaced; the file is `en`, `fr`, `zh-CN` or `src`.
fn findings(file: &str, old: &str, new: &str) -> Vec<String> {
    let dir = TempDir::new().unwrap();
    let changed = |name: &str, text: &str| {
        assert!(name != file || text.contains(old), "{old:?} is not in {name}");
        if name == file { text.replacen(old, new, 1) } else { text.to_owned() }
    };
    for (tag, text) in [("en", ENGLISH), ("fr", FRENCH), ("zh-CN", CHINESE)] {
        let folder = dir.path().join("locales").join(tag);
        fs::create_dir_all(&folder).unwrap();
        fs::copy(project("locales").join(tag).join("language.ftl"), folder.join("language.ftl"))
            .unwrap();
        fs::write(folder.join("sample.ftl"), changed(tag, text)).unwrap();
    }
    fs::create_dir(dir.path().join("src")).unwrap();
    fs::write(dir.path().join("src/sample.rs"), changed("src", SOURCE)).unwrap();
    all(&dir.path().join("locales"), &dir.path().join("src"))
}

fn all(locales: &Path, src: &Path) -> Vec<String> {
    let texts = Texts::read(locales);
    let languages = match Languages::from_dir(locales) {
        Ok(languages) => languages,
        Err(error) => return vec![error.to_string()],
    };
    [
        rules::headers(&texts),
        rules::comments(&texts),
        rules::same_messages(&texts),
        rules::same_variables(&texts),
        rules::references(&texts),
        rules::plurals(&texts),
        rules::usage(&texts, src),
        rules::traditional(&texts),
        rendering::faults(&texts, &languages),
    ]
    .concat()
}

/// The fault is found: each of the expected pieces stands in a finding, and there are as many findings.
#[track_caller]
fn caught(file: &str, old: &str, new: &str, expected: &[&str]) {
    let found = findings(file, old, new);
    let all = expected.iter().all(|piece| found.iter().any(|finding| finding.contains(piece)));
    assert!(all && found.len() == expected.len(), "expected {expected:#?}, found {found:#?}");
}

#[test]
fn a_clean_set_has_no_findings() {
    caught("en", "Done.", "Done!", &[]);
}

#[test]
fn a_misspelt_variable() {
    let expected = [
        "fr/sample.ftl: sample-hello: $nmae is not in English",
        "fr/sample.ftl: sample-hello: $name is missing",
        "fr/sample.ftl: sample-hello: cannot be said: Resolver error: Unknown variable: $nmae",
    ];
    caught("fr", "$name", "$nmae", &expected);
}

#[test]
fn a_forgotten_variable() {
    caught("zh-CN", "，{ $name }", "", &["zh-CN/sample.ftl: sample-hello: $name is missing"]);
}

#[test]
fn a_number_left_out_of_one_form_only() {
    let expected = ["fr/sample.ftl: sample-left: $n is missing in one of its forms"];
    caught("fr", "[many] Il reste { $n } de", "[many] Il reste de", &expected);
    caught("fr", "[one] Il reste une mesure", "[one] Il reste { $n } mesure", &[]);
}

#[test]
fn a_missing_message() {
    caught("fr", "sample-done = C’est fait.", "", &["fr/sample.ftl: sample-done: is missing"]);
}

#[test]
fn a_message_in_another_file() {
    let dir = TempDir::new().unwrap();
    for (tag, file) in [("en", "here.ftl"), ("fr", "there.ftl")] {
        fs::create_dir(dir.path().join(tag)).unwrap();
        fs::write(dir.path().join(tag).join(file), "sample = x\n").unwrap();
    }
    let found = rules::same_messages(&Texts::read(dir.path()));
    assert_eq!(found, ["fr/there.ftl: sample: belongs into here.ftl"]);
}

#[test]
fn an_extra_message() {
    caught(
        "fr",
        "sample-done",
        "sample-more = x\nsample-done",
        &["fr/sample.ftl: sample-more: is not in English"],
    );
}

#[test]
fn another_attribute() {
    let expected = ["fr/sample.ftl: sample-done: must have the attributes {}"];
    caught("fr", "C’est fait.", "C’est fait.\n    .more = x", &expected);
}

#[test]
fn plural_forms_of_another_language() {
    let expected = "the forms of $n must be";
    caught("fr", "        [many] Il reste { $n } de mesures.\n", "", &[expected]);
    caught("fr", "[many]", "[few]", &[expected]);
    caught(
        "zh-CN",
        "还有{ $n }次。",
        "\n    { $n ->\n        [one] 还有{ $n }次。\n       *[other] 还有{ $n }次。\n    }",
        &[expected],
    );
    caught(
        "fr",
        "        [one] Il reste une mesure.\n        [many] Il reste { $n } de mesures.\n",
        "        [1] Une.\n",
        &[expected],
    );
}

#[test]
fn plural_forms_are_known_for_any_language() {
    for (tag, forms) in [
        ("zh-CN", "other"),
        ("vi", "other"),
        ("en", "one other"),
        ("fr", "many one other"),
        ("ru", "few many one other"),
        ("ar", "few many one other two zero"),
    ] {
        assert_eq!(Vec::from_iter(rules::categories(tag)).join(" "), forms, "{tag}");
    }
}

#[test]
fn a_plural_by_something_that_is_no_number() {
    let by_state = "{ $state ->\n        [one] Un\n       *[open] Ouvert\n    }";
    let expected = [
        "fr/sample.ftl: sample-state: $state chooses a plural form but is not named as a number",
        "fr/sample.ftl: sample-state: [one] is not in English",
    ];
    caught(
        "fr",
        "{ $state ->\n        [taken] Pris\n       *[open] Ouvert\n    }",
        by_state,
        &expected,
    );
}

#[test]
fn a_misspelt_word_to_choose_by() {
    caught("fr", "[taken]", "[takne]", &["fr/sample.ftl: sample-state: [takne] is not in English"]);
}

#[test]
fn a_syntax_error() {
    let one_line = "sample-done = { $n -> [one] x *[other] y }";
    caught(
        "fr",
        "sample-done = C’est fait.",
        one_line,
        &["fr/sample.ftl:15: sample-done: Expected one of"],
    );
    caught(
        "en",
        "{ $celsius }",
        "{ $celsius",
        &["en/sample.ftl:15: sample-yes: Expected a token starting with"],
    );
}

#[test]
fn an_id_given_twice() {
    let twice = "sample-done = Fait.\n\nsample-done = C’est fait.";
    caught(
        "fr",
        "sample-done = C’est fait.",
        twice,
        &["fr/sample.ftl:17: sample-done: this id is already taken"],
    );
}

#[test]
fn a_reference_to_nothing() {
    let expected = [
        "fr/sample.ftl: sample-hello: sample-lft is not known",
        "fr/sample.ftl: sample-hello: $n is missing",
        "fr/sample.ftl: sample-hello: cannot be said: Resolver error: Unknown message: sample-lft",
    ];
    caught("fr", "{ sample-left }", "{ sample-lft }", &expected);
    let function = [
        "fr/sample.ftl: sample-done: NUMBER() is not known",
        "fr/sample.ftl: sample-done: cannot be said: Resolver error: Unknown function: NUMBER()",
    ];
    caught("fr", "C’est fait.", "{ NUMBER(1) }", &function);
}

#[test]
fn unbalanced_markup() {
    caught("fr", "</b>", "", &["fr/sample.ftl: sample-hello: never closes <b>"]);
    caught("fr", "<b>{ $name }</b>", "<b><i>{ $name }</b></i>", &["closes <b> out of turn"]);
    caught("fr", "Merci", "Merci & bravo", &["has an & that is not written as &amp;"]);
    caught("fr", "Merci", "Merci <3", &["has a < that opens no tag of ours"]);
    caught("fr", "<b>{ $name }</b>", "<u>{ $name }</u>", &["has a tag we do not use, <u>"]);
    caught("fr", "Oui", "<b>Oui</b>", &["a Button takes no markup"]);
}

#[test]
fn a_text_over_its_budget() {
    let long = |piece: &str, times: usize| piece.repeat(times);
    caught("fr", "C’est fait.", &long("très ", 45), &["sample-done: is too long for a Toast"]);
    caught("fr", "Oui", "Oui, c’est exactement ça", &["sample-yes: is too long for a Button"]);
    caught("zh-CN", "是{", "是的就是这个数字{", &["sample-yes: is too long for a Button"]);
    caught("zh-CN", "还有", &long("还有", 50), &["sample-hello: is too long for a Resident"]);
    caught(
        "fr",
        "Pris",
        &long("\n            Pris", 13),
        &["sample-state: is too long for a Staff"],
    );
    caught("fr", "Pris", &long("Pris ", 900), &["sample-state: is longer than 4096"]);
}

#[test]
fn a_use_without_a_message_and_a_message_without_a_use() {
    caught(
        "src",
        "sample-done",
        "sample-dnoe",
        &[
            "sample.rs: sample-dnoe is not in English",
            "en/sample.ftl: sample-done: is used nowhere",
        ],
    );
    caught(
        "src",
        "say(\"sample-done\")",
        "say(id)",
        &[
            "sample.rs: say( must be followed by an id",
            "en/sample.ftl: sample-done: is used nowhere",
        ],
    );
}

#[test]
fn a_comment_that_names_no_reader() {
    caught(
        "en",
        "# Toast: after a press.\n",
        "",
        &["en/sample.ftl: sample-done: its comment must say who reads it"],
    );
    caught(
        "en",
        "# Toast: after a press.",
        "# Somebody: after a press.",
        &["its comment must say who reads it"],
    );
    caught("en", "# Toast: after a press.", "# Toast", &["its comment must say who reads it"]);
}

#[test]
fn a_header_that_does_not_tell_of_review() {
    caught(
        "fr",
        "### Review: unreviewed\n",
        "",
        &["fr/sample.ftl: the header must begin with ###"],
    );
    caught(
        "zh-CN",
        "unreviewed",
        "by a native speaker",
        &["zh-CN/sample.ftl: the header must begin with ###"],
    );
}

#[test]
fn a_traditional_character() {
    caught("zh-CN", "谢谢", "謝谢", &["zh-CN/sample.ftl:4: 謝 is traditional"]);
}
