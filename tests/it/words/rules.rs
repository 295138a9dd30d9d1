//! The rules that can be told from the texts alone. Each returns its findings, one line for each slip.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentResource, FluentValue};
use regex::Regex;

use super::facts::{Choice, Names};
use super::samples::{Kind, kind};
use super::texts::{Text, Texts, sorted};

/// Who reads a message; the first word of its English comment.
pub const READERS: [&str; 8] =
    ["Resident", "Staff", "Translator", "Button", "Toast", "Command", "Part", "Operator"];

/// CLDR's names of plural categories.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Languages to which CLDR 38 and later gave `many`, for whole millions; Fluent's tables are of CLDR 37.
const MANY_FOR_MILLIONS: [&str; 5] = ["ca", "es", "fr", "it", "pt"];

/// Characters of everyday words that only the traditional script has.
const TRADITIONAL: &str = "們個來時說對會學國點過還裡這為與開關門問間聽見話語請讓護醫藥發燒溫體測報數據聯繫電號\
    碼確認離結東經從將應當無現實際總計劃類項單價買賣貨車輛幾種樣隻雙長張頭麵飯魚雞鴨飲龍\
    馬鳥風雲氣熱涼濕溼鹽參歲歡慶節場處辦務員負責擔協調動態義權證書寫讀紀錄錯誤檢驗復難臨\
    險緊終須夠願覺歸給誰許該謝議論評設備訂訊線網絡級組織統聲響樓層鄰區園農廠業產遠進運連\
    遲選邊";

/// The header of every file ends by telling whether a native speaker has read it.
pub fn headers(texts: &Texts) -> Vec<String> {
    let lacks =
        |header: &&Vec<String>| header.last().is_none_or(|line| line != "Review: unreviewed");
    texts
        .headers
        .iter()
        .filter(|(_, header)| lacks(header))
        .map(|(path, _)| {
            format!("{path}: the header must begin with ### and end in \"### Review: unreviewed\"")
        })
        .collect()
}

/// Every English message says in a comment who reads it and where.
pub fn comments(texts: &Texts) -> Vec<String> {
    let told = |text: &Text| {
        let (who, rest) =
            text.comment.split_once(|c: char| !c.is_ascii_alphabetic()).unwrap_or_default();
        READERS.contains(&who) && rest.split_whitespace().count() > 1
    };
    let silent = texts.english().values().filter(|text| !told(text));
    silent
        .map(|text| {
            finding(
                "en",
                text,
                &format!("its comment must say who reads it: {}", READERS.join(", ")),
            )
        })
        .collect()
}

/// The same ids and attributes as English, in files of the same names.
pub fn same_messages(texts: &Texts) -> Vec<String> {
    let english = texts.english();
    let mut findings = Vec::new();
    for (tag, messages) in texts.others() {
        let missing = english.values().filter(|text| !messages.contains_key(&text.id));
        findings.extend(missing.map(|text| finding(tag, text, "is missing")));
        let extra = messages.values().filter(|text| !english.contains_key(&text.id));
        findings.extend(extra.map(|text| finding(tag, text, "is not in English")));
    }
    for (tag, text, english) in texts.pairs() {
        if text.file != english.file {
            findings.push(finding(tag, text, &format!("belongs into {}", english.file)));
        }
        if text.attributes != english.attributes {
            findings.push(finding(
                tag,
                text,
                &format!("must have the attributes {:?}", english.attributes),
            ));
        }
    }
    findings
}

/// The same variables as English, however each language arranges its forms.
pub fn same_variables(texts: &Texts) -> Vec<String> {
    let mut findings = Vec::new();
    for (tag, text, english) in texts.pairs() {
        let mut note = |names: Names, what: &str| {
            findings.extend(names.iter().map(|name| finding(tag, text, &format!("{name} {what}"))));
        };
        let written = texts.variables("en", &english.facts.written);
        let everywhere = texts.variables(tag, &text.facts.always);
        let wanted_everywhere = texts.variables("en", &english.facts.always);
        note(&text.variables - &english.variables, "is not in English");
        note(&written - &text.variables, "is missing");
        note(
            &(&wanted_everywhere - &everywhere) & &text.variables,
            "is missing in one of its forms",
        );
    }
    findings
}

/// Every message and term that is referred to is there; functions are not used.
pub fn references(texts: &Texts) -> Vec<String> {
    let mut findings = Vec::new();
    for (tag, messages) in &texts.languages {
        let known = |name: &str| {
            name.starts_with('$')
                || messages.contains_key(name)
                || texts.terms.contains(&format!("{tag}/{name}"))
        };
        for text in messages.values() {
            let unknown = text.facts.used.iter().filter(|name| !known(name));
            findings
                .extend(unknown.map(|name| finding(tag, text, &format!("{name} is not known"))));
        }
    }
    findings
}

/// A choice by a number has exactly the plural forms of its language; a choice by a word has English's words.
pub fn plurals(texts: &Texts) -> Vec<String> {
    let mut findings = Vec::new();
    for (tag, messages) in &texts.languages {
        let forms = categories(tag);
        for text in messages.values() {
            let wrong = text.facts.choices.iter().filter_map(|choice| wrong_form(choice, &forms));
            findings.extend(wrong.map(|what| finding(tag, text, &what)));
        }
    }
    for (tag, text, english) in texts.pairs() {
        let words = |text: &Text| -> BTreeSet<String> {
            let by_word = text.facts.choices.iter().filter(|choice| kind(&choice.by) == Kind::Text);
            by_word.flat_map(|choice| choice.words.clone()).collect()
        };
        let unknown: Vec<_> = words(text).difference(&words(english)).cloned().collect();
        findings.extend(
            unknown.iter().map(|word| finding(tag, text, &format!("[{word}] is not in English"))),
        );
    }
    findings
}

fn wrong_form(choice: &Choice, forms: &BTreeSet<String>) -> Option<String> {
    let plural =
        choice.words.iter().any(|word| word != "other" && CATEGORIES.contains(&word.as_str()));
    let by = &choice.by;
    match kind(by) {
        Kind::Number if !choice.words.is_empty() && choice.words != *forms => {
            Some(format!("the forms of {by} must be {forms:?}, not {:?}", choice.words))
        }
        Kind::Number => None,
        _ if plural => Some(format!("{by} chooses a plural form but is not named as a number")),
        _ => None,
    }
}

/// The categories that a language's plural rules can choose, found by trying.
pub fn categories(tag: &str) -> BTreeSet<String> {
    let arms = CATEGORIES.iter().fold(String::new(), |arms, name| match *name {
        "other" => format!("{arms}\n   *[other] other"),
        name => format!("{arms}\n    [{name}] {name}"),
    });
    let resource = FluentResource::try_new(format!("probe = {{ $n ->{arms}\n    }}\n")).unwrap();
    let mut bundle = FluentBundle::new_concurrent(vec![tag.parse().unwrap()]);
    bundle.add_resource(resource).unwrap();
    let pattern = bundle.get_message("probe").unwrap().value().unwrap();
    let chosen = |n: FluentValue<'static>| {
        let args = FluentArgs::from_iter([("n", n)]);
        bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    };
    let mut forms: BTreeSet<String> =
        (0..=200).chain([1_000_000]).map(|n| chosen(n.into())).collect();
    forms.extend([0.5, 1.5].map(|n| chosen(n.into())));
    let base = tag.split('-').next().unwrap_or_default();
    forms.extend(MANY_FOR_MILLIONS.contains(&base).then(|| "many".to_owned()));
    forms
}

/// Every id that `src/` names is there, and every id that is there is named by `src/` or by another message.
pub fn usage(texts: &Texts, src: &Path) -> Vec<String> {
    let english = texts.english();
    let mut findings = Vec::new();
    let mut used: Names = english.values().flat_map(|text| text.facts.used.clone()).collect();
    let said = Regex::new(r#"(fn |\.|Letter::)?\bsay\(\s*(?:"([^"]*)")?"#).unwrap();
    for file in rust_files(src) {
        let source = fs::read_to_string(&file).unwrap();
        let path = file.strip_prefix(src).unwrap().display();
        for call in said.captures_iter(&code(&source)).filter(|call| call.get(1).is_none()) {
            let Some(id) = call.get(2).map(|id| id.as_str()) else {
                findings.push(format!("{path}: say( must be followed by an id between quotes"));
                continue;
            };
            if !english.contains_key(id) {
                findings.push(format!("{path}: {id} is not in English"));
            }
            used.insert(id.to_owned());
        }
    }
    let unused = english.values().filter(|text| !used.contains(&text.id));
    findings.extend(unused.map(|text| finding("en", text, "is used nowhere")));
    findings
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let (folders, files): (Vec<_>, Vec<_>) =
        sorted(folder).into_iter().partition(|path| path.is_dir());
    let code =
        |path: &PathBuf| path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs");
    files
        .into_iter()
        .filter(code)
        .chain(folders.iter().flat_map(|folder| rust_files(folder)))
        .collect()
}

/// The source without its comments and its unit tests.
fn code(source: &str) -> String {
    let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// No character of the traditional script where the simplified one is written.
pub fn traditional(texts: &Texts) -> Vec<String> {
    let simplified = texts.sources.iter().filter(|(path, _)| path.starts_with("zh-CN/"));
    let lines = simplified.flat_map(|(path, source)| {
        source.lines().enumerate().map(move |(n, line)| (path, n + 1, line))
    });
    let slips = lines.flat_map(|(path, n, line)| {
        line.chars()
            .filter(|c| TRADITIONAL.contains(*c))
            .map(move |c| format!("{path}:{n}: {c} is traditional"))
    });
    slips.collect()
}

/// A finding about one message.
pub fn finding(tag: &str, text: &Text, what: &str) -> String {
    format!("{tag}/{}: {}: {what}", text.file, text.id)
}
