//! The words of a call: text or caption, read as its parse mode says, and measured.

use serde_json::Value;

use super::Call;
use crate::sandbox::content::Rich;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::text::{found_in, utf16_len};
use crate::sandbox::{html, keyboard};

const LONGEST_TEXT: usize = 4096;
const LONGEST_CAPTION: usize = 1024;

impl Call<'_> {
    /// The text of a message; `too_long` is the sentence, which differs between sending and
    /// editing.
    pub fn text(&self, too_long: &str) -> Result<Rich, Refusal> {
        let words = self.words("text", "entities")?;
        if words.text.trim().is_empty() {
            return Err(Refusal::bad_request("message text is empty"));
        }
        at_most(words, LONGEST_TEXT, too_long)
    }

    pub fn caption(&self) -> Result<Rich, Refusal> {
        at_most(
            self.words("caption", "caption_entities")?,
            LONGEST_CAPTION,
            "message caption is too long",
        )
    }

    fn words(&self, text: &str, entities: &str) -> Result<Rich, Refusal> {
        let given = self.arguments.text(text).unwrap_or_default();
        match self.arguments.text("parse_mode").map(str::to_ascii_lowercase).as_deref() {
            Some("html") => html::parse(given)
                .map_err(|why| Refusal::bad_request(format!("can't parse entities: {why}"))),
            None | Some("") => Ok(self.unparsed(given, entities)),
            Some("markdown" | "markdownv2") => {
                Err(Refusal::bad_request("the sandbox does not read Markdown"))
            }
            Some(_) => Err(Refusal::bad_request("unsupported parse_mode")),
        }
    }

    fn unparsed(&self, given: &str, entities: &str) -> Rich {
        let text = given.trim_end().to_owned();
        let mut entities = self.arguments.list(entities).to_vec();
        entities.extend(found_in(&text));
        Rich { text, entities, html: given.to_owned() }
    }

    /// The keyboard under a message, if Telegram would show it.
    pub fn reply_markup(&self) -> Result<Option<Value>, Refusal> {
        let markup = self.arguments.get("reply_markup");
        let private = self.arguments.chat("chat_id").is_some_and(|chat| chat > 0);
        markup.map_or(Ok(()), |markup| keyboard::check(markup, private))?;
        Ok(markup.cloned())
    }
}

fn at_most(words: Rich, units: usize, too_long: &str) -> Result<Rich, Refusal> {
    if utf16_len(&words.text) > units { Err(Refusal::bad_request(too_long)) } else { Ok(words) }
}
