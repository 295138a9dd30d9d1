//! Text as Telegram counts and reads it: UTF-16 lengths, and the commands and mentions it finds by
//! itself.

use serde_json::{Value, json};

use super::content::Rich;

/// The length in UTF-16 code units, which is how Telegram counts.
#[must_use]
pub(super) fn utf16_len(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The part of the text that an entity covers.
pub(super) fn utf16_slice(text: &str, entity: &Value) -> String {
    let at =
        |field: &str| entity[field].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let units: Vec<u16> = text.encode_utf16().skip(at("offset")).take(at("length")).collect();
    String::from_utf16_lossy(&units)
}

/// What a person typed: nothing but commands and mentions stands out.
pub(super) fn plain(text: &str) -> Rich {
    Rich { text: text.to_owned(), entities: found_in(text), html: text.to_owned() }
}

/// The commands and mentions in a text, in order.
pub(super) fn found_in(text: &str) -> Vec<Value> {
    let mut offset = 0;
    let mut found = Vec::new();
    for word in text.split_inclusive(char::is_whitespace) {
        if let Some((kind, length)) = recognize(word.trim_end()) {
            found.push(json!({ "offset": offset, "length": length, "type": kind }));
        }
        offset += utf16_len(word);
    }
    found
}

/// Whether a word begins as a command or a mention, and how much of it is one (all ASCII, so bytes
/// are units).
fn recognize(word: &str) -> Option<(&'static str, usize)> {
    if let Some(rest) = word.strip_prefix('/') {
        let name = name_length(rest, 32)?;
        let at = rest[name..].strip_prefix('@').and_then(|bot| name_length(bot, 32));
        return Some(("bot_command", 1 + name + at.map_or(0, |length| 1 + length)));
    }
    let length = name_length(word.strip_prefix('@')?, 32).filter(|length| *length >= 3)?;
    Some(("mention", 1 + length))
}

/// How many of the first characters make a name; none if there is none or it is too long.
fn name_length(text: &str, longest: usize) -> Option<usize> {
    let length = text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').count();
    (1..=longest).contains(&length).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_may_name_its_bot_and_stops_at_the_first_other_character() {
        let text = "/start@doorstep_bot x /day, 37/2 @doorstep_bot!";
        let found: Vec<_> = found_in(text).iter().map(|entity| utf16_slice(text, entity)).collect();
        assert_eq!(found, ["/start@doorstep_bot", "/day", "@doorstep_bot"]);
    }

    #[test]
    fn offsets_count_utf16_units() {
        let text = "😀 /help";
        assert_eq!(found_in(text)[0]["offset"], 3);
        assert_eq!(utf16_len("😀é"), 3);
    }
}
