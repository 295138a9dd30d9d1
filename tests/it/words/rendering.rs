//! The rules that show only when a message is said: its markup, its length, and that it can be said at all.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use doorstep::base::language::{LanguageTag, Languages, plain};
use regex::Regex;

use super::rules::finding;
use super::samples;
use super::texts::{Text, Texts};

/// Telegram's limit of a message, in UTF-16 units.
const TELEGRAM: usize = 4096;

/// The tags we use out of those that Telegram knows.
const TAGS: [&str; 4] = ["b", "i", "code", "a"];

static TAG: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"^<(/?)([a-z]+)((?: href="[^"<>]*")?)>"#).unwrap());
static ENTITY: LazyLock<Regex> = LazyLock::new(|| Regex::new("^&(lt|gt|amp|quot);").unwrap());

/// What is wrong with the messages when they are said with sample arguments.
pub fn faults(texts: &Texts, languages: &Languages) -> Vec<String> {
    let mut findings = Vec::new();
    for (tag, messages) in &texts.languages {
        let tag = languages.get(tag).unwrap_or_else(|| panic!("{tag} is not loaded"));
        for text in messages.values() {
            let Some(english) = texts.english().get(&text.id) else { continue };
            let faults = faults_of(languages, &tag, english);
            findings.extend(
                faults
                    .iter()
                    .map(|(what, said)| finding(tag.as_str(), text, &format!("{what}: {said}"))),
            );
        }
    }
    findings
}

/// Each kind of fault of a message, with one of the texts that have it.
fn faults_of(languages: &Languages, tag: &LanguageTag, english: &Text) -> BTreeMap<String, String> {
    let mut faults = BTreeMap::new();
    for phrase in samples::of(english) {
        match languages.render_strictly(tag, &phrase) {
            Ok(said) => faults.extend(
                faults_in(&said.html, &english.comment).map(|what| (what, said.html.clone())),
            ),
            Err(unsaid) => _ = faults.insert("cannot be said".to_owned(), unsaid.to_string()),
        }
    }
    faults
}

fn faults_in(html: &str, comment: &str) -> impl Iterator<Item = String> {
    let text = plain(html);
    let reader = comment.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let faults = [
        text.contains(['{', '}']).then(|| "shows a bare variable".to_owned()),
        unbalanced(html),
        (text.encode_utf16().count() > TELEGRAM).then(|| format!("is longer than {TELEGRAM}")),
        text.trim().is_empty().then(|| "is empty".to_owned()),
        over_budget(reader, &text).then(|| format!("is too long for a {reader}")),
        (is_plain(reader) && html.contains('<')).then(|| format!("a {reader} takes no markup")),
    ];
    faults.into_iter().flatten()
}

fn is_plain(reader: &str) -> bool {
    matches!(reader, "Button" | "Toast" | "Command")
}

/// Whether a text overdraws the budget of those who read it.
fn over_budget(reader: &str, text: &str) -> bool {
    let (lines, characters) = (text.lines().count(), text.chars().count());
    match reader {
        "Resident" => lines > 4 || share(text, 220, 90) > 1.0,
        "Button" => lines > 1 || share(text, 24, 8) > 1.0,
        "Toast" => characters > 200,
        "Command" => lines > 1 || characters > 256,
        "Staff" => lines > 12,
        _ => false,
    }
}

/// How much of its room a text takes: a Han character takes as much as two or three Latin ones.
fn share(text: &str, latin: u16, han: u16) -> f64 {
    text.chars().map(|c| 1.0 / f64::from(if is_wide(c) { han } else { latin })).sum::<f64>() - 1e-9
}

/// Han, kana, Hangul, and the punctuation and full-width forms that go with them.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
}

/// What Telegram's parser would refuse, or we do not write.
fn unbalanced(html: &str) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    for (at, c) in html.char_indices().filter(|(_, c)| matches!(c, '<' | '&')) {
        let rest = &html[at..];
        if c == '&' && !ENTITY.is_match(rest) {
            return Some("has an & that is not written as &amp;".to_owned());
        }
        if c == '<' {
            let Some((_, [closing, name, link])) = TAG.captures(rest).map(|found| found.extract())
            else {
                return Some("has a < that opens no tag of ours".to_owned());
            };
            let linked = !link.is_empty();
            if !TAGS.contains(&name) || (closing.is_empty() && linked != (name == "a")) {
                return Some(format!("has a tag we do not use, <{name}>"));
            }
            if closing.is_empty() {
                open.push(name);
            } else if open.pop() != Some(name) {
                return Some(format!("closes <{name}> out of turn"));
            }
        }
    }
    open.last().map(|name| format!("never closes <{name}>"))
}
