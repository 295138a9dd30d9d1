//! Where something happens and who does it: the chat, whose it is, the account, the person of the
//! staff or the member behind it. Read once, at the beginning of a Turn.

use chrono::NaiveTime;

use super::household::file::{Household, Member};
use super::household::{self, Identity};
use super::local_time;
use super::staff::person::Staff;
use super::staff::policy::{self, Act, Actor, Object, Place};
use super::staff::{self};
use super::who::Who;
use crate::base::chat::{AccountId, ChatKind, Incoming, Sender};
use crate::base::clock::Timestamp;
use crate::base::directory::{self, Account, Chat};
use crate::base::language::LanguageTag;
use crate::base::turn::{Done, Turn};

/// What is known of an event before anybody deals with it.
#[derive(Clone, Debug)]
pub struct Scene {
    /// The chat.
    pub chat: Chat,
    /// The account that acts; none for anonymous administrators and channels.
    pub account: Option<Account>,
    /// The person of the staff behind the account.
    pub staff: Option<Staff>,
    /// The household whose chat it is.
    pub home: Option<Home>,
    /// The language in which the actor is answered here.
    pub language: LanguageTag,
}

/// A household in whose chat something happens.
#[derive(Clone, Debug)]
pub struct Home {
    /// The household's file.
    pub household: Household,
    /// Its members, in the file's order.
    pub members: Vec<Member>,
    /// The members the acting account stands for.
    pub identity: Identity,
}

impl Home {
    /// The member in a row of the file, counted from 1.
    #[must_use]
    pub fn member(&self, n: i64) -> Option<&Member> {
        self.members.iter().find(|member| member.n == n)
    }

    /// The household's wall time of an instant.
    #[must_use]
    pub fn time_of(&self, at: Timestamp) -> NaiveTime {
        local_time::time_in(&self.household.timezone, at)
    }
}

impl Scene {
    /// Looks at who is there.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn set(turn: &mut Turn<'_>, incoming: &Incoming) -> Done<Self> {
        let now = turn.now();
        let tx = &mut turn.tx;
        let chat = directory::chat_for(tx, incoming.bot, incoming.chat, incoming.kind).await?;
        let account = match &incoming.from {
            Sender::Person(person) => {
                Some(directory::account_for(tx, incoming.bot, person, now).await?)
            }
            Sender::Nobody => None,
        };
        let staff = match &account {
            Some(account) => staff::store::of_account(tx, account.id).await?,
            None => None,
        };
        let home = home(turn, &chat, account.as_ref()).await?;
        let language = language(turn, &chat, account.as_ref(), home.as_ref());
        Ok(Self { chat, account, staff, home, language })
    }

    /// What the policy table sees of the actor.
    #[must_use]
    pub fn actor(&self) -> Actor<'_> {
        let place = match &self.home {
            Some(home) => Place::Household(home.household.id),
            None if self.chat.kind == ChatKind::Private => Place::Private,
            None => Place::Elsewhere,
        };
        Actor { staff: self.staff.as_ref(), place, stranger: self.is_strange() }
    }

    /// Whether the actor is in a household's chat and does not belong there.
    #[must_use]
    pub fn is_strange(&self) -> bool {
        self.staff.is_none() && self.home.as_ref().is_some_and(|home| home.identity.stranger)
    }

    /// Whether the actor may do something here.
    #[must_use]
    pub fn may(&self, act: Act, object: Option<Object<'_>>) -> bool {
        policy::allows(self.actor(), act, object)
    }

    /// Who acts, for timelines and the journal.
    #[must_use]
    pub fn who(&self) -> Who {
        match (&self.staff, &self.home) {
            (Some(staff), _) => Who::Staff(staff.id),
            (None, Some(home)) => home.identity.who(),
            (None, None) => Who::Unknown,
        }
    }

    /// The acting account's number.
    #[must_use]
    pub fn account_id(&self) -> Option<AccountId> {
        self.account.as_ref().map(|account| account.id)
    }
}

async fn home(turn: &mut Turn<'_>, chat: &Chat, account: Option<&Account>) -> Done<Option<Home>> {
    let tx = &mut turn.tx;
    let Some(household) = household::store::in_chat(tx, chat.id).await? else { return Ok(None) };
    let members = household::store::members(tx, household.id).await?;
    let identity = match account {
        Some(account) => household::identify(tx, &household, &members, account.id).await?,
        None => Identity::default(),
    };
    Ok(Some(Home { household, members, identity }))
}

/// In a household's group everybody is answered in the household's language; in a private chat each
/// person in their own.
fn language(
    turn: &Turn<'_>,
    chat: &Chat,
    account: Option<&Account>,
    home: Option<&Home>,
) -> LanguageTag {
    let own = account.map(|account| turn.ground.language_of(account));
    match home {
        Some(home) => household::language(turn.ground, &home.household),
        None if chat.kind == ChatKind::Private => {
            own.unwrap_or_else(|| turn.ground.default_language())
        }
        None => turn.ground.default_language(),
    }
}
