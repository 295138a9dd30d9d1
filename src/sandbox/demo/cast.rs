//! Who plays: the staff, the two families, and the groups in which they live.

use crate::sandbox::{ChatId, Person, Sandbox, UserId};

/// The bot's name in the pretend Telegram.
pub(super) const BOT_NAME: &str = "doorstep_demo_bot";
/// A token that no Telegram has ever given out.
pub(super) const BOT_TOKEN: &str = "100200300:demo-pretend-token-of-no-worth";

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
}

impl Cast {
    /// Brings everybody into a sandbox. Staff read English, so that every visitor can follow; the
    /// doctor reads Chinese.
    pub fn gather(sandbox: &Sandbox) -> Self {
        Self {
            wang: sandbox.person("Wang", "en"),
            liu: sandbox.person("Liu", "en"),
            chen: sandbox.person("Chen", "en"),
            zhao: sandbox.person("Zhao", "en"),
            lin: sandbox.person("Lin", "zh"),
            mum: sandbox.person("妈妈", "zh"),
            dad: sandbox.person("爸爸", "zh"),
            camille: sandbox.person("Camille", "fr"),
            lucas: sandbox.person("Lucas", "fr"),
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

/// The bot, in a sandbox.
pub(super) fn bot(sandbox: &Sandbox) -> UserId {
    sandbox.bot(BOT_TOKEN, BOT_NAME)
}
