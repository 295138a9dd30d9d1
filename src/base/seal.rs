//! The seal on a button: a keyed digest over the button's meaning and our own number of the chat,
//! so that nobody can forge one, change one, or press one household's button in another's chat.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::chat::ChatId;

/// Bytes of the digest that a button carries: 128 bits.
const SEAL_BYTES: usize = 16;
/// The same in base64 characters.
const SEAL_CHARS: usize = 22;
/// What Telegram lets a button carry.
const DATA_LIMIT: usize = 64;

/// Seals and opens button data. The key is derived from the bot's token.
#[derive(Clone)]
pub struct Seal {
    key: [u8; 32],
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seal")
    }
}

impl Seal {
    /// The seal of the bot with this token.
    #[must_use]
    pub fn of_token(token: &str) -> Self {
        Self { key: digest(token.as_bytes(), &[b"doorstep button 1"]) }
    }

    /// The meaning with its seal behind it; `None` if together they are too long for a button.
    #[must_use]
    pub fn close(&self, chat: ChatId, meaning: &str) -> Option<String> {
        let data = format!("{meaning}{}", self.mark(chat, meaning));
        (data.len() <= DATA_LIMIT).then_some(data)
    }

    /// The meaning, if the seal is ours and was made for this chat.
    #[must_use]
    pub fn open<'d>(&self, chat: ChatId, data: &'d str) -> Option<&'d str> {
        let at = data.len().checked_sub(SEAL_CHARS)?;
        let (meaning, mark) = data.split_at_checked(at)?;
        let expected = self.mark(chat, meaning);
        bool::from(expected.as_bytes().ct_eq(mark.as_bytes())).then_some(meaning)
    }

    fn mark(&self, chat: ChatId, meaning: &str) -> String {
        let full = digest(&self.key, &[&chat.0.to_be_bytes(), meaning.as_bytes()]);
        URL_SAFE_NO_PAD.encode(&full[..SEAL_BYTES])
    }
}

fn digest(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// The secret that a webhook shows when none is given: derived from the bot's token, so that it need
/// not be kept anywhere.
#[must_use]
pub fn webhook_secret(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(token.as_bytes(), &[b"doorstep webhook 1"]))
}

/// A one-time token of 128 random bits, fit for a deep link.
#[must_use]
pub fn new_token() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>())
}

/// What is stored of a token: its SHA-256, in base64.
#[must_use]
pub fn token_hash(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_button_opens_in_its_own_chat_alone() {
        let seal = Seal::of_token("1:a");
        let data = seal.close(ChatId(7), "need.take[\"R-5\"]").unwrap();
        assert_eq!(seal.open(ChatId(7), &data), Some("need.take[\"R-5\"]"));
        assert_eq!(seal.open(ChatId(8), &data), None);
        assert_eq!(Seal::of_token("1:b").open(ChatId(7), &data), None);
    }

    #[test]
    fn a_meaning_too_long_for_a_button_is_not_sealed() {
        assert_eq!(Seal::of_token("1:a").close(ChatId(1), &"x".repeat(43)), None);
    }

    #[test]
    fn a_hundred_thousand_changed_buttons_open_to_nothing() {
        let seal = Seal::of_token("1:a");
        let data = seal.close(ChatId(7), "alert.close[\"A-12\"]").unwrap().into_bytes();
        for attempt in 0..100_000_usize {
            let mut forged = data.clone();
            let at = attempt % forged.len();
            forged[at] = b'!' + u8::try_from((attempt / forged.len()) % 90).unwrap();
            if forged != data {
                let forged = String::from_utf8(forged).unwrap();
                assert_eq!(seal.open(ChatId(7), &forged), None, "{forged}");
            }
        }
    }
}
