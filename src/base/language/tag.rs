//! The name of a language, as its folder under `locales/` is called. That the language is loaded is not promised.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

/// A canonical language tag such as `zh-CN`, `en` or `fr` (BCP 47, Unicode's subset).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LanguageTag(String);

/// A text that is no language tag.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a language tag")]
pub struct NotATag(String);

impl LanguageTag {
    /// The tag as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it names a language that is spoken somewhere, as far as CLDR knows.
    #[must_use]
    pub fn is_spoken(&self) -> bool {
        LanguageIdentifier::from_parts(self.identifier().language, None, None, &[]).maximize()
    }

    pub(super) fn identifier(&self) -> LanguageIdentifier {
        // It was parsed once already, so the default ("und", no language) is never taken.
        self.0.parse().unwrap_or_default()
    }
}

impl FromStr for LanguageTag {
    type Err = NotATag;

    /// Reads a tag in any case and writes it in the canonical one: `zh-cn` is `zh-CN`.
    fn from_str(text: &str) -> Result<Self, NotATag> {
        let identifier: LanguageIdentifier = text.parse().map_err(|_| NotATag(text.to_owned()))?;
        Ok(Self(identifier.to_string()))
    }
}

impl TryFrom<String> for LanguageTag {
    type Error = NotATag;

    fn try_from(text: String) -> Result<Self, NotATag> {
        text.parse()
    }
}

impl From<LanguageTag> for String {
    fn from(tag: LanguageTag) -> Self {
        tag.0
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_that_nobody_speaks_is_known_as_such() {
        let spoken = |tag: &str| tag.parse::<LanguageTag>().unwrap().is_spoken();
        assert!(spoken("de") && spoken("zh-Hant-TW") && spoken("ar-EG"));
        assert!(!spoken("xx"));
    }

    #[test]
    fn a_tag_is_written_in_one_way() {
        for written in ["zh-cn", "ZH-CN", "zh_CN"] {
            assert_eq!(written.parse::<LanguageTag>().unwrap().as_str(), "zh-CN");
        }
    }

    #[test]
    fn nonsense_is_no_tag() {
        for nonsense in ["", "x", "12", "en--", "français", "../en"] {
            assert!(nonsense.parse::<LanguageTag>().is_err(), "{nonsense:?}");
        }
    }

    #[test]
    fn a_tag_is_a_plain_text_in_json() {
        let tag: LanguageTag = serde_json::from_str("\"FR\"").unwrap();
        assert_eq!(serde_json::to_string(&tag).unwrap(), "\"fr\"");
        assert!(serde_json::from_str::<LanguageTag>("\"no tag\"").is_err());
    }
}
