//! Which words make a request urgent. They are data, a list for each language in its `needs.toml`;
//! a request is tried with all of them, because people write in other languages than they chose.

use std::sync::LazyLock;

use rust_embed::RustEmbed;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The name of the file beside a language's texts.
const FILE: &str = "needs.toml";

#[derive(RustEmbed)]
#[folder = "locales/"]
struct Locales;

/// The words of one language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Needs {
    urgent: Vec<String>,
}

static URGENT: LazyLock<Vec<String>> = LazyLock::new(|| {
    let files = Locales::iter().filter(|path| path.ends_with(FILE));
    files
        .filter_map(|path| read(&path))
        .flat_map(|needs| needs.urgent)
        .map(|w| folded(&w))
        .collect()
});

/// A file that cannot be read counts as empty; a test reads them all.
fn read(path: &str) -> Option<Needs> {
    let file = Locales::get(path)?;
    toml::from_str(std::str::from_utf8(&file.data).ok()?).ok()
}

/// Whether somebody asks for medicine or is in a hurry.
#[must_use]
pub fn is_urgent(text: &str) -> bool {
    let text = folded(text);
    URGENT.iter().any(|words| text.contains(words))
}

/// The words without case, accents and punctuation, a space around each; a character of a script
/// that sets no spaces counts as a word.
fn folded(text: &str) -> String {
    let mut folded = String::from(" ");
    for c in text.to_lowercase().nfkd().filter(|c| !is_combining_mark(*c)) {
        let alone = has_no_spaces(c);
        if (alone || !c.is_alphanumeric()) && !folded.ends_with(' ') {
            folded.push(' ');
        }
        if c.is_alphanumeric() {
            folded.push(c);
        }
        if alone {
            folded.push(' ');
        }
    }
    if !folded.ends_with(' ') {
        folded.push(' ');
    }
    folded
}

/// Han and kana.
fn has_no_spaces(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::language::Languages;

    #[test]
    fn every_language_has_its_words() {
        for tag in Languages::embedded().unwrap().tags() {
            let needs = read(&format!("{tag}/{FILE}"));
            assert!(needs.is_some_and(|needs| !needs.urgent.is_empty()), "{tag}");
        }
    }

    #[test]
    fn no_word_is_empty() {
        assert!(URGENT.iter().all(|words| words.trim() != ""));
    }

    #[test]
    fn medicine_and_hurry_are_urgent_in_every_language() {
        for text in [
            "Insulin, please",
            "we need it TODAY.",
            "baby  formula",
            "胰岛素，两支",
            "今天能送吗",
            "要insulin今天",
            "des médicaments pour maman",
            "MEDICAMENTS",
            "c’est urgent",
            "pour aujourd’hui",
        ] {
            assert!(is_urgent(text), "{text}");
        }
    }

    #[test]
    fn food_is_not_urgent() {
        for text in ["rice 5 kg, milk", "大米五公斤", "du pain et du lait", "todays", "", "📦"]
        {
            assert!(!is_urgent(text), "{text}");
        }
    }

    #[test]
    fn words_are_folded_alike_however_they_are_written() {
        assert_eq!(folded("Dès qu’il peut"), " des qu il peut ");
        assert_eq!(folded("要2盒insulin"), " 要 2 盒 insulin ");
        assert_eq!(folded(""), " ");
    }
}
