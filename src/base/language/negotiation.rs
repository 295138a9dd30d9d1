//! Which of our languages is nearest to the one a client names.

use fluent_langneg::{NegotiationStrategy, negotiate_languages};
use unic_langid::LanguageIdentifier;

use super::tag::LanguageTag;

/// BCP 47 (RFC 5646, section 4.4.1) asks for room for 35 characters; what is longer is nonsense.
const LONGEST: usize = 35;

/// The nearest language: by tag, then by the likely script and region, then any of the same name.
pub(super) fn nearest(known: &[LanguageTag], wanted: &str) -> Option<LanguageTag> {
    let wanted = readable(wanted)?;
    let available: Vec<LanguageIdentifier> = known.iter().map(LanguageTag::identifier).collect();
    let likely = negotiate_languages(&[&wanted], &available, None, NegotiationStrategy::Filtering);
    let found = likely
        .first()
        .copied()
        .or_else(|| available.iter().find(|have| have.language == wanted.language))?;
    known.get(available.iter().position(|have| have == found)?).cloned()
}

/// The longest beginning of the text that is a tag: Telegram has sent `zh-hans-raw`.
fn readable(wanted: &str) -> Option<LanguageIdentifier> {
    if wanted.len() > LONGEST {
        return None;
    }
    let ends = wanted.rmatch_indices(['-', '_']).map(|(at, _)| at);
    std::iter::once(wanted.len()).chain(ends).find_map(|end| wanted[..end].parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(wanted: &str, known: &[&str]) -> Option<String> {
        let known: Vec<LanguageTag> = known.iter().map(|tag| tag.parse().unwrap()).collect();
        nearest(&known, wanted).map(String::from)
    }

    #[test]
    fn a_client_is_offered_the_nearest_language() {
        let three = ["zh-CN", "en", "fr"];
        for (wanted, tag) in [
            ("fr", "fr"),
            ("fr-CA", "fr"),
            ("FR_ca", "fr"),
            ("en-GB", "en"),
            ("zh", "zh-CN"),
            ("zh-hans", "zh-CN"),
            ("zh-hans-raw", "zh-CN"),
            ("zh-SG", "zh-CN"),
            ("zh-hk", "zh-CN"),
            ("zh-hant", "zh-CN"),
        ] {
            assert_eq!(found(wanted, &three).as_deref(), Some(tag), "{wanted}");
        }
    }

    #[test]
    fn traditional_readers_get_traditional_characters_where_there_are_some() {
        for wanted in ["zh-hk", "zh-hant", "zh-tw", "zh-MO"] {
            assert_eq!(
                found(wanted, &["zh-CN", "en", "zh-TW"]).as_deref(),
                Some("zh-TW"),
                "{wanted}"
            );
        }
    }

    #[test]
    fn what_is_far_from_all_is_offered_nothing() {
        for wanted in
            ["", "x", "pt-br", "nonsense", "-", "_-_", "日本語", "en\0", &"en-".repeat(1000)]
        {
            assert_eq!(found(wanted, &["zh-CN", "en", "fr"]), None, "{wanted:?}");
        }
    }
}
