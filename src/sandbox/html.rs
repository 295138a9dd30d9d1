//! `parse_mode` HTML as Telegram reads it: which tags there are, how they nest, and the exact
//! complaint about a bad one. Markdown is deliberately absent.

use serde_json::{Map, Value, json};

use super::content::Rich;
use super::text::{found_in, utf16_len};

/// Reads HTML into text and entities; the error is the sentence after "can't parse entities: ".
pub(super) fn parse(html: &str) -> Result<Rich, String> {
    let mut reader =
        Reader { html, at: 0, text: String::new(), open: Vec::new(), entities: Vec::new() };
    while let Some(next) = reader.rest().chars().next() {
        match next {
            '<' if reader.rest().starts_with("</") => reader.close_tag()?,
            '<' => reader.open_tag()?,
            '&' => reader.character_reference(),
            other => reader.take(other),
        }
    }
    reader.finish()
}

/// A tag that waits for its end.
struct Open {
    tag: String,
    arguments: Vec<(String, String)>,
    /// Where its text begins: in UTF-16 units, and in bytes.
    offset: usize,
    text_at: usize,
}

struct Reader<'a> {
    html: &'a str,
    at: usize,
    text: String,
    open: Vec<Open>,
    entities: Vec<Value>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.html[self.at..]
    }

    fn take(&mut self, character: char) {
        self.text.push(character);
        self.at += character.len_utf8();
    }

    fn character_reference(&mut self) {
        match decode(self.rest()) {
            Some((character, length)) => {
                self.text.push(character);
                self.at += length;
            }
            None => self.take('&'),
        }
    }

    fn open_tag(&mut self) -> Result<(), String> {
        let begin = self.at;
        let inside = self.rest()[1..].split_once('>').map(|(inside, _)| inside);
        let inside = inside.ok_or_else(|| format!("Unclosed start tag at byte offset {begin}"))?;
        let (name, arguments) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        let tag = name.to_ascii_lowercase();
        let arguments = read_arguments(arguments);
        if !is_supported(&tag, &arguments) {
            return Err(unsupported(&tag, begin));
        }
        self.at += inside.len() + 2;
        let (offset, text_at) = (utf16_len(&self.text), self.text.len());
        self.open.push(Open { tag, arguments, offset, text_at });
        Ok(())
    }

    fn close_tag(&mut self) -> Result<(), String> {
        let begin = self.at;
        let open =
            self.open.pop().ok_or_else(|| format!("Unexpected end tag at byte offset {begin}"))?;
        let inside = self.rest()[2..].split_once('>').map(|(inside, _)| inside);
        let inside = inside.ok_or_else(|| format!("Unclosed end tag at byte offset {begin}"))?;
        let found = inside.trim().to_ascii_lowercase();
        if !found.is_empty() && found != open.tag {
            let (tag, place) = (open.tag, format!("at byte offset {begin}"));
            return Err(format!(
                "Unmatched end tag {place}, expected \"</{tag}>\", found \"</{found}>\""
            ));
        }
        self.at += inside.len() + 3;
        self.add_entity(&open);
        Ok(())
    }

    fn add_entity(&mut self, open: &Open) {
        let length = utf16_len(&self.text) - open.offset;
        let described = describe(open, &self.text[open.text_at..]);
        if let Some(mut entity) = described.filter(|_| length > 0) {
            entity.insert("offset".into(), json!(open.offset));
            entity.insert("length".into(), json!(length));
            self.entities.push(Value::Object(entity));
        }
    }

    fn finish(mut self) -> Result<Rich, String> {
        if let Some(open) = self.open.pop() {
            return Err(format!("Can't find end tag corresponding to start tag \"{}\"", open.tag));
        }
        let text = self.text.trim_end().to_owned();
        self.entities.extend(found_in(&text));
        self.entities.sort_by_key(|entity| entity["offset"].as_u64());
        Ok(Rich { text, entities: self.entities, html: self.html.to_owned() })
    }
}

fn unsupported(tag: &str, begin: usize) -> String {
    match tag {
        "span" => format!("Tag \"span\" must have class \"tg-spoiler\" at byte offset {begin}"),
        _ => format!("Unsupported start tag \"{tag}\" at byte offset {begin}"),
    }
}

fn is_supported(tag: &str, arguments: &[(String, String)]) -> bool {
    match tag {
        "span" => argument(arguments, "class") == Some("tg-spoiler"),
        "a" | "code" | "pre" | "blockquote" | "tg-emoji" | "tg-time" => true,
        _ => style(tag).is_some(),
    }
}

/// The entity of a tag that only changes how letters look.
fn style(tag: &str) -> Option<&'static str> {
    Some(match tag {
        "b" | "strong" => "bold",
        "i" | "em" => "italic",
        "u" | "ins" => "underline",
        "s" | "strike" | "del" => "strikethrough",
        "tg-spoiler" | "span" => "spoiler",
        _ => return None,
    })
}

fn describe(open: &Open, inside: &str) -> Option<Map<String, Value>> {
    let given = |name: &str| argument(&open.arguments, name);
    let described = match open.tag.as_str() {
        "a" => link(given("href").unwrap_or(inside))?,
        "code" => json!({ "type": "code" }),
        "pre" => json!({ "type": "pre" }),
        "blockquote" if given("expandable").is_some() => json!({ "type": "expandable_blockquote" }),
        "blockquote" => json!({ "type": "blockquote" }),
        "tg-emoji" => json!({ "type": "custom_emoji", "custom_emoji_id": given("emoji-id")? }),
        "tg-time" => {
            json!({ "type": "date_time", "unix_time": given("unix")?.parse::<i64>().ok()? })
        }
        tag => json!({ "type": style(tag)? }),
    };
    described.as_object().cloned()
}

/// A link to somewhere, or to a person by id; what is no address makes no link.
fn link(href: &str) -> Option<Value> {
    if let Some(user) = href.strip_prefix("tg://user?id=") {
        let id: i64 = user.parse().ok()?;
        let user = json!({ "id": id, "is_bot": false, "first_name": "" });
        return Some(json!({ "type": "text_mention", "user": user }));
    }
    let is_address = href.contains("://") || href.contains('.');
    is_address.then(|| json!({ "type": "text_link", "url": href }))
}

fn argument<'a>(arguments: &'a [(String, String)], name: &str) -> Option<&'a str> {
    arguments.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
}

/// `a="1" b='2' c=3 d` as pairs; a name alone has an empty value.
fn read_arguments(mut rest: &str) -> Vec<(String, String)> {
    let mut arguments = Vec::new();
    loop {
        rest = rest.trim_start();
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        if end == 0 {
            return arguments;
        }
        let name = rest[..end].to_ascii_lowercase();
        let (value, after) = match rest[end..].strip_prefix('=') {
            Some(value) => read_value(value),
            None => ("", &rest[end..]),
        };
        arguments.push((name, unescape(value)));
        rest = after;
    }
}

fn read_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

fn unescape(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let (character, length) = decode(rest).unwrap_or((next, next.len_utf8()));
        plain.push(character);
        rest = &rest[length..];
    }
    plain
}

/// `&lt;`, `&gt;`, `&amp;`, `&quot;` and numbers; anything else stays as it is written.
fn decode(text: &str) -> Option<(char, usize)> {
    let (name, _) = text.strip_prefix('&')?.split_once(';')?;
    let character = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        number => char::from_u32(number_of(number.strip_prefix('#')?)?)?,
    };
    Some((character, name.len() + 2))
}

fn number_of(text: &str) -> Option<u32> {
    match text.strip_prefix('x') {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok(),
        None => text.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_entities_and_references_become_letters() {
        let rich = parse(
            "<b>37.2 &lt; <i>38</i></b> &copy; <a href=\"https://x.org/?a=1&amp;b=2\">más</a>",
        )
        .unwrap();
        assert_eq!(rich.text, "37.2 < 38 &copy; más");
        let kinds: Vec<_> =
            rich.entities.iter().map(|e| (&e["type"], &e["offset"], &e["length"])).collect();
        assert_eq!(json!(kinds), json!([["bold", 0, 9], ["italic", 7, 2], ["text_link", 17, 3]]));
        assert_eq!(rich.entities[2]["url"], "https://x.org/?a=1&b=2");
    }

    #[test]
    fn each_bad_tag_gets_telegrams_own_complaint() {
        let complaint = |html: &str| parse(html).unwrap_err();
        assert_eq!(complaint("a <x>b</x>"), "Unsupported start tag \"x\" at byte offset 2");
        assert_eq!(complaint("<b>a"), "Can't find end tag corresponding to start tag \"b\"");
        assert_eq!(complaint("a</b>"), "Unexpected end tag at byte offset 1");
        assert_eq!(complaint("<b"), "Unclosed start tag at byte offset 0");
        assert_eq!(
            complaint("<b>a</i>"),
            "Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\""
        );
        assert!(complaint("37 < 38").starts_with("Unclosed start tag"));
    }

    #[test]
    fn a_tag_around_nothing_leaves_no_entity() {
        assert!(parse("<b></b>x").unwrap().entities.is_empty());
    }
}
