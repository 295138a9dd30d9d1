//! Who may do what, written down from the contract ("May press", "Staff", "Households"), from the
//! threats ("Settled otherwise than below", anonymous senders) and from nothing else. The program's
//! own table is not looked at here.

use doorstep::desk::staff::person::Role;

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// A resident who has said which member they are.
    Member,
    /// An account in a household's chat that was asked who it is and has not answered.
    Unknown,
    /// An account of which staff have said that it is not of the household.
    Refused,
    /// An anonymous administrator, a channel: no person.
    Nobody,
    /// A person with no chat of ours.
    Stranger,
    /// A joined person of the staff.
    Staff(Role),
}

/// What the household that it is about is to whoever acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// A resident's own.
    Own,
    /// Staff: its worker, far outside their area.
    Worker,
    /// Staff: its backup, far outside their area.
    Backup,
    /// Staff: another's, in a grid of their area.
    Covers,
    /// Staff: another's, directly in their area.
    Exact,
    /// Staff: another's, in an area whose name begins like theirs.
    Namesake,
    /// Staff: another's, in the area above theirs.
    Above,
    /// Another's, elsewhere.
    Other,
}

/// Where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the chat of the household that it is about.
    ItsChat,
    /// In another household's chat.
    OtherChat,
    /// In a private chat with the bot.
    Private,
    /// In a group that is nobody's.
    Unbound,
}

pub const PLACES: [Place; 4] = [Place::ItsChat, Place::OtherChat, Place::Private, Place::Unbound];

/// What is done by words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// `/link TOKEN` with a group's token.
    Bind,
    /// `/start TOKEN` with a private token.
    BindPrivate,
    Duty,
    Today,
    Overdue,
    Open,
    /// `/new H07`.
    New,
    /// `/file H07`.
    File,
    /// "H07 Mum 36.5" for a household.
    EnterReading,
    /// A reply to a letter about a household.
    Answer,
    /// "/extend H07 2 a late test".
    Extend,
    /// "/transfer H07 Bao".
    Transfer,
    /// "/mute H07".
    Mute,
    /// [Close] on a danger and the reason after it.
    CloseDanger,
}

pub const WORDS: [Words; 14] = [
    Words::Bind,
    Words::BindPrivate,
    Words::Duty,
    Words::Today,
    Words::Overdue,
    Words::Open,
    Words::New,
    Words::File,
    Words::EnterReading,
    Words::Answer,
    Words::Extend,
    Words::Transfer,
    Words::Mute,
    Words::CloseDanger,
];

struct Case {
    who: Who,
    scope: Scope,
    place: Place,
}

impl Case {
    fn worker(&self) -> bool {
        self.scope == Scope::Worker
    }

    fn backup(&self) -> bool {
        self.scope == Scope::Backup
    }

    fn above(&self, role: Role) -> bool {
        self.who == Who::Staff(role) && matches!(self.scope, Scope::Covers | Scope::Exact)
    }

    fn lead_or_officer(&self) -> bool {
        self.above(Role::Lead) || self.above(Role::Officer)
    }

    fn is_staff(&self) -> bool {
        matches!(self.who, Who::Staff(_))
    }

    /// A resident's own chat: their household's, whether it is about that one or about another.
    fn in_own_chat(&self) -> bool {
        let at = (self.scope, self.place);
        matches!(at, (Scope::Own, Place::ItsChat) | (Scope::Other, Place::OtherChat))
    }

    /// Whoever staff have refused, in the chat of the household that they were refused in.
    fn is_stranger(&self) -> bool {
        self.who == Who::Refused && self.in_own_chat()
    }

    fn in_some_household(&self) -> bool {
        matches!(self.place, Place::ItsChat | Place::OtherChat)
    }
}

/// Whether this person may press this button. `danger`: it is about a danger alert.
pub fn may_press(who: Who, scope: Scope, place: Place, action: &str, danger: bool) -> bool {
    let case = Case { who, scope, place };
    let responder = case.worker() || case.backup() || case.lead_or_officer();
    let keeper = case.worker() || case.lead_or_officer();
    match action {
        // "`alert.close` of a danger lead, doctor, officer only"
        "alert.close" if danger => case.lead_or_officer() || case.above(Role::Doctor),
        // "`alert.*` .. the worker, backup, lead, officer (doctor on dangers)"
        "alert.take" | "alert.contacted" | "alert.no_answer" | "alert.enter" | "alert.visited"
        | "alert.excuse" | "alert.pass" | "alert.undo" | "alert.close" | "alert.call"
        | "alert.attempt" => responder || danger && case.above(Role::Doctor),
        // "the lead's look-up"
        "alert.look_up" => case.lead_or_officer(),
        // only the receiver: in this world every household was offered to the volunteer
        "transfer.accept" | "transfer.decline" => who == Who::Staff(Role::Volunteer),
        // "`need.take`, `need.deliver`, `need.decline` the worker, backup, lead, officer"
        // and whoever answers a household asks it the questions, and answers them for it;
        // [Ours], [Remove] and [All belong here] stand where the alert stands: before the worker, then
        // the backup or the lead, then an officer; muting: "one tap by staff", whoever looks after them
        "need.take" | "need.deliver" | "need.decline" | "stranger.ours" | "stranger.remove"
        | "stranger.accept" | "mute.ask" | "mute.member" | "mute.household" | "mute.end"
        | "intake.ask" | "intake.enter" => responder,
        // "`need.confirm`, `need.incomplete` .. anybody in the household's chat": the one it is about
        // (and "a stranger's button press reads nothing")
        "need.confirm" | "need.incomplete" => case.place == Place::ItsChat && !case.is_stranger(),
        // Fail open for danger: of a stranger too.
        "emergency.press" | "emergency.mistake" | "emergency.call_me" => case.in_some_household(),
        // "`report.*`, `emergency.*`, `talk.open` anybody in the household's chat". They name no
        // household: they are about the one in whose chat they are pressed. The questions and
        // [Need something], of which the contract is silent, stand beside them and go the same way.
        "report.open" | "report.degrees" | "report.tenths" | "talk.open" | "need.open"
        | "reading.confirm" | "reading.reject" | "reading.who" => {
            case.in_some_household() && !case.is_stranger()
        }
        // "`language.choose` and `notice.acknowledge` anybody there but staff"; a choice is an
        // account's, and who is nobody has none
        "language.choose" | "notice.acknowledge" | "language.more" => {
            case.in_some_household()
                && !case.is_staff()
                && !case.is_stranger()
                && case.who != Who::Nobody
        }
        // "`member.claim` only the account asked", in the chat in which it was asked
        "member.claim" => case.who == Who::Unknown && case.in_own_chat(),
        // "`everybody.in` .., `member.refuse` and `release.*` the worker, lead, officer"
        // and whoever may open and bind a household may choose its group and hand out links to it
        "everybody.in" | "member.refuse" | "release.ask" | "release.confirm" | "extend.ask"
        | "group.new" | "member.link" => keeper,
        // residents answer in their own chat: those who have an account and were not turned away
        "intake.answer" | "intake.write" | "intake.skip" => {
            let resident = !case.is_staff() && case.who != Who::Nobody && !case.is_stranger();
            responder || case.place == Place::ItsChat && resident
        }
        // deny by default
        _ => false,
    }
}

/// Whether this person may do this by words.
pub fn may_say(who: Who, scope: Scope, place: Place, words: Words) -> bool {
    let case = Case { who, scope, place };
    let private = place == Place::Private;
    match words {
        // "the worker of a household, its lead and officers may open and bind it": in a group that is
        // nobody's, or again in its own
        Words::Bind => {
            matches!(place, Place::Unbound | Place::ItsChat)
                && (case.worker() || case.lead_or_officer())
        }
        // "Whoever first sends a private token is bound": a resident, in a private chat
        Words::BindPrivate => private && !case.is_staff() && who != Who::Nobody,
        // "`/today /overdue /open /duty /help` for staff"
        Words::Duty | Words::Today | Words::Overdue | Words::Open => private && case.is_staff(),
        // "by the worker in his own chat"; and whoever may press [Enter reading] on any alert; those
        // also see the file and mute
        Words::EnterReading | Words::Answer | Words::Mute | Words::File => {
            private && (case.worker() || case.backup() || case.lead_or_officer())
        }
        // "worker/lead/officer extends a period"; "giver (worker, lead, officer)"; a group is made by
        // whoever may bind it
        Words::Extend | Words::Transfer | Words::New => {
            private && (case.worker() || case.lead_or_officer())
        }
        // the reason is asked for where the card stands: in a person's private chat
        Words::CloseDanger => private && (case.lead_or_officer() || case.above(Role::Doctor)),
    }
}
