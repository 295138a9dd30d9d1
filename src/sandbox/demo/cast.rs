//! Who plays: the staff, the two families, the groups in which they live, and a stranger.

use crate::sandbox::{ChatId, Person, Sandbox, UserId};

/// The bot's name in the pretend Telegram.
pub(super) const BOT_NAME: &str = "doorstep_demo_bot";
/// A token that no Telegram has ever given out.
pub(super) const BOT_TOKEN: &str = "100200300:demo-pretend-token-of-no-worth";

/// Who belongs to no household and to no staff.
pub(super) const STRANGER: &str = "Max";

/// Everybody of the play.
#[derive(Clone, Debug)]
pub(super) struct Cast {
    /// The grid worker.
    pub wang: Person,
    /// The worker who stands in for others.
    pub liu: Person,
    /// The lead.
    pub chen: Person,
    /// The officer.
    pub zhao: Person,
    /// The doctor.
    pub lin: Person,
    /// The mother of 3-502.
    pub mum: Person,
    /// The father of 3-502.
    pub dad: Person,
    /// One of the couple of 7-903.
    pub camille: Person,
    /// The other.
    pub lucas: Person,
    /// An account that belongs to nobody.
    pub stranger: Person,
}

impl Cast {
    /// Brings everybody into a sandbox. Staff read English, so that every visitor can follow; the
    /// doctor reads Chinese.
    pub fn gather(sandbox: &Sandbox) -> Self {
        Self::by(|name, language| sandbox.person(name, language))
    }

    /// Finds everybody in a sandbox that was taken up.
    pub fn meet_again(sandbox: &Sandbox) -> Option<Self> {
        let mut is_whole = true;
        let cast = Self::by(|name, language| {
            sandbox.person_named(name).unwrap_or_else(|| {
                is_whole = false;
                sandbox.person(name, language)
            })
        });
        is_whole.then_some(cast)
    }

    fn by(mut person: impl FnMut(&str, &str) -> Person) -> Self {
        Self {
            wang: person("Wang", "en"),
            liu: person("Liu", "en"),
            chen: person("Chen", "en"),
            zhao: person("Zhao", "en"),
            lin: person("Lin", "zh"),
            mum: person("妈妈", "zh"),
            dad: person("爸爸", "zh"),
            camille: person("Camille", "fr"),
            lucas: person("Lucas", "fr"),
            stranger: person(STRANGER, "en"),
        }
    }

    /// The staff, by the names under which they are invited.
    pub fn staff(&self) -> [(&'static str, &Person); 5] {
        [
            ("Wang", &self.wang),
            ("Liu", &self.liu),
            ("Chen", &self.chen),
            ("Zhao", &self.zhao),
            ("Lin", &self.lin),
        ]
    }
}

/// The two groups.
#[derive(Clone, Copy, Debug)]
pub(super) struct Homes {
    /// The group of 3-502.
    pub chinese: ChatId,
    /// The group of 7-903.
    pub french: ChatId,
}

impl Homes {
    /// Finds the groups by their numbers in a sandbox that was taken up.
    pub fn find(sandbox: &Sandbox, chinese: i64, french: i64) -> Option<Self> {
        let chats = sandbox.chats();
        let find = |number| chats.iter().copied().find(|chat| chat.number() == number);
        Some(Self { chinese: find(chinese)?, french: find(french)? })
    }
}

/// The bot, in a sandbox.
pub(super) fn bot(sandbox: &Sandbox) -> UserId {
    sandbox.bot(BOT_TOKEN, BOT_NAME)
}
