//! Words of people inside HTML: made harmless on the way in, and brought back to plain text.

/// First strong isolate and its end (Unicode UAX 9): what stands between them keeps its own direction.
pub(super) const ISOLATE: char = '\u{2068}';
pub(super) const ISOLATE_END: char = '\u{2069}';

/// Removes what a person could use to disturb the text around his words: control characters but
/// the new line, and the characters that embed, override or isolate a direction.
pub(super) fn tame(words: &str) -> String {
    words
        .replace('\t', " ")
        .chars()
        .filter(|c| *c == '\n' || !(c.is_control() || turns_direction(*c)))
        .collect()
}

fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Writes plain words as HTML.
pub(super) fn escape(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// HTML as plain text, tags stripped and entities decoded: for buttons and toasts, and for a
/// message whose markup Telegram cannot parse. A `<` that opens no tag stays.
#[must_use]
pub fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        let length = tag_length(&rest[start..]);
        if length == 0 {
            text.push('<');
        }
        rest = &rest[start + length.max(1)..];
    }
    text.push_str(rest);
    decode(&text)
}

/// How many bytes of the text, which begins with `<`, are a tag.
fn tag_length(text: &str) -> usize {
    let name = text[1..].trim_start_matches('/');
    let opens = name.starts_with(|c: char| c.is_ascii_alphabetic());
    text.find('>').filter(|_| opens).map_or(0, |end| end + 1)
}

fn decode(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The text without isolation marks.
pub(super) fn without_isolates(text: &str) -> String {
    text.replace([ISOLATE, ISOLATE_END], "")
}

/// Removes isolation marks where a mark would be copied or followed: inside `<code>` and inside tags.
pub(super) fn bare_codes(html: &str) -> String {
    let mut bare = String::with_capacity(html.len());
    let (mut in_tag, mut in_code) = (false, false);
    for (at, c) in html.char_indices() {
        match c {
            '<' => {
                in_tag = true;
                in_code = html[at..].starts_with("<code");
            }
            '>' => in_tag = false,
            ISOLATE | ISOLATE_END if in_tag || in_code => continue,
            _ => {}
        }
        bare.push(c);
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_people_are_no_markup() {
        assert_eq!(
            escape(r#"<b>"Tom" & Jerry</b>"#),
            "&lt;b&gt;&quot;Tom&quot; &amp; Jerry&lt;/b&gt;"
        );
    }

    #[test]
    fn words_of_people_cannot_turn_the_text_around_them() {
        assert_eq!(tame("a\u{202E}b\u{2066}c\u{0}d\r\ne\tf"), "abcd\ne f");
    }

    #[test]
    fn joiners_and_plain_direction_marks_stay() {
        for kept in ["👨\u{200D}👩\u{200D}👧", "\u{200F}שרה", "می\u{200C}خواهم"] {
            assert_eq!(tame(kept), kept);
        }
    }

    #[test]
    fn plain_undoes_escape() {
        for words in ["<b>x</b>", "a < b > c & d", "&lt;", "&amp;lt;", "\"", "1<2"] {
            assert_eq!(plain(&escape(words)), words);
        }
    }

    #[test]
    fn plain_strips_tags_and_nothing_else() {
        assert_eq!(
            plain(r#"<b>Rest</b>, <a href="https://x.y/?a=1&amp;b=2">read</a> &amp; call"#),
            "Rest, read & call"
        );
        assert_eq!(plain("36 < 37 <3 a<b"), "36 < 37 <3 a<b");
        assert_eq!(plain("<"), "<");
    }

    #[test]
    fn codes_and_links_hold_no_isolates() {
        let html = "\u{2068}S\u{2069} <code>\u{2068}A-12\u{2069}</code> <a href=\"\u{2068}u\u{2069}\">\u{2068}t\u{2069}</a>";
        assert_eq!(
            bare_codes(html),
            "\u{2068}S\u{2069} <code>A-12</code> <a href=\"u\">\u{2068}t\u{2069}</a>"
        );
    }
}
