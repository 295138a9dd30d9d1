//! A supply request: what a household asked for, and how far it has come. Knows no database and no
//! chat.

use crate::base::chat::{ChatId, LetterId};
use crate::base::clock::Timestamp;
use crate::base::store::stored_word;
use crate::desk::reference::{RequestRef, StaffId};
use crate::desk::staff::person::Staff;

/// The most characters a request may have.
pub const LONGEST_REQUEST: usize = 1000;
/// The most characters a reason may have: it is read by the household.
pub const LONGEST_REASON: usize = 200;

/// How far a request has come, by the contract's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString)]
#[cfg_attr(test, derive(strum::VariantArray))]
#[strum(serialize_all = "snake_case")]
pub enum State {
    /// Nobody has it yet.
    Requested,
    /// Somebody has it.
    Accepted,
    /// It is bought.
    Bought,
    /// It is being brought.
    OnTheWay,
    /// It stands at the door.
    Delivered,
    /// The household has everything.
    Confirmed,
    /// The household misses something.
    Incomplete,
    /// It cannot be met.
    Declined,
    /// The household does not need it any more.
    Cancelled,
}
stored_word!(State);

impl State {
    /// Whether something is still to be brought.
    #[must_use]
    pub fn is_open(self) -> bool {
        match self {
            Self::Requested | Self::Accepted | Self::Bought | Self::OnTheWay | Self::Incomplete => {
                true
            }
            Self::Delivered | Self::Confirmed | Self::Declined | Self::Cancelled => false,
        }
    }

    /// Whether it waits for somebody to take it.
    #[must_use]
    pub fn is_unowned(self) -> bool {
        matches!(self, Self::Requested | Self::Incomplete)
    }
}

/// What somebody does about a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::VariantArray))]
pub enum Deed {
    /// Staff: I have it.
    Take,
    /// Staff: it stands at the door. Nobody need have taken it before.
    Deliver,
    /// Staff: it is not possible.
    Decline,
    /// The household: everything is there.
    Confirm,
    /// The household: something is missing.
    Miss,
}

/// Where a deed leads; `None` if it comes too early or too late, or was done before.
#[must_use]
pub fn leads_to(from: State, deed: Deed) -> Option<State> {
    match deed {
        Deed::Take => from.is_unowned().then_some(State::Accepted),
        Deed::Deliver => from.is_open().then_some(State::Delivered),
        Deed::Decline => from.is_open().then_some(State::Declined),
        Deed::Confirm => (from == State::Delivered).then_some(State::Confirmed),
        Deed::Miss => (from == State::Delivered).then_some(State::Incomplete),
    }
}

/// A supply request.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Request {
    /// `R-5`.
    pub id: RequestRef,
    /// Whose it is.
    pub household_id: i64,
    /// The chat in which it was asked.
    pub chat_id: ChatId,
    /// The message that asked, by the platform's id.
    pub message_id: Option<i64>,
    /// Its words; may be empty.
    pub text: String,
    /// Its photo, by the platform's file.
    pub photo: Option<String>,
    /// Whether it carries anything besides words.
    pub media: bool,
    /// The tag of the language in which it was most likely written.
    pub language: String,
    /// Whether its words tell of medicine or of hurry.
    pub urgent: bool,
    /// How far it has come.
    pub state: State,
    /// Who has it, or had it last.
    pub owner_id: Option<StaffId>,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// When it was first taken.
    pub accepted_at: Option<Timestamp>,
    /// For when it was promised.
    pub promised_at: Option<Timestamp>,
    /// When it was last delivered.
    pub delivered_at: Option<Timestamp>,
    /// When the household confirmed it.
    pub confirmed_at: Option<Timestamp>,
    /// Why it is not possible.
    pub declined_reason: Option<String>,
    /// The one message in the household's chat that tells of it.
    pub household_letter: Option<LetterId>,
    /// When it becomes an alert if nobody takes it.
    pub due_at: Option<Timestamp>,
}

impl Request {
    /// The request after a deed; `by` is the person of the staff who did it. `None` as for
    /// [`leads_to`].
    #[must_use]
    pub fn after(&self, deed: Deed, by: Option<StaffId>, now: Timestamp) -> Option<Self> {
        let state = leads_to(self.state, deed)?;
        let mut next = Self { state, due_at: None, ..self.clone() };
        match deed {
            Deed::Take => {
                next.owner_id = by;
                next.accepted_at = self.accepted_at.or(Some(now));
            }
            Deed::Deliver => {
                next.owner_id = self.owner_id.or(by);
                next.accepted_at = self.accepted_at.or(Some(now));
                next.delivered_at = Some(now);
            }
            Deed::Decline => next.owner_id = self.owner_id.or(by),
            Deed::Confirm => next.confirmed_at = Some(now),
            Deed::Miss => {}
        }
        Some(next)
    }
}

/// Who is asked first: the worker, on duty or not; the backup too if the worker is not there and
/// the backup is; the backup in any case if the worker has not joined.
#[must_use]
pub fn asked_first(worker: Staff, backup: Option<Staff>) -> Vec<Staff> {
    let worker = Some(worker).filter(Staff::has_joined);
    let backup = backup.filter(Staff::has_joined).filter(|backup| match &worker {
        Some(worker) => !worker.on_duty && backup.on_duty,
        None => true,
    });
    worker.into_iter().chain(backup).collect()
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;
    use crate::desk::staff::person::{Role, StaffState};

    const WORKER: Option<StaffId> = Some(StaffId(1));
    const BACKUP: Option<StaffId> = Some(StaffId(2));

    fn request() -> Request {
        Request {
            id: RequestRef(5),
            household_id: 1,
            chat_id: ChatId(1),
            message_id: None,
            text: "rice".into(),
            photo: None,
            media: false,
            language: "en".into(),
            urgent: false,
            state: State::Requested,
            owner_id: None,
            asked_at: at(0),
            accepted_at: None,
            promised_at: None,
            delivered_at: None,
            confirmed_at: None,
            declined_reason: None,
            household_letter: None,
            due_at: Some(at(900)),
        }
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(seconds)
    }

    #[test]
    fn what_was_taken_is_not_taken_twice() {
        let taken = request().after(Deed::Take, WORKER, at(60)).unwrap();
        assert_eq!((taken.state, taken.owner_id), (State::Accepted, WORKER));
        assert_eq!(taken.after(Deed::Take, WORKER, at(61)), None);
        assert_eq!(taken.after(Deed::Take, BACKUP, at(61)), None);
    }

    #[test]
    fn whoever_delivers_untaken_goods_has_taken_them() {
        let delivered = request().after(Deed::Deliver, BACKUP, at(60)).unwrap();
        assert_eq!((delivered.state, delivered.owner_id), (State::Delivered, BACKUP));
        assert_eq!((delivered.accepted_at, delivered.delivered_at), (Some(at(60)), Some(at(60))));
        assert_eq!(delivered.after(Deed::Deliver, BACKUP, at(61)), None);
    }

    #[test]
    fn a_colleague_who_delivers_leaves_the_request_with_its_owner() {
        let taken = request().after(Deed::Take, WORKER, at(60)).unwrap();
        let delivered = taken.after(Deed::Deliver, BACKUP, at(120)).unwrap();
        assert_eq!((delivered.owner_id, delivered.accepted_at), (WORKER, Some(at(60))));
    }

    #[test]
    fn only_what_was_delivered_is_confirmed_or_found_incomplete() {
        for deed in [Deed::Confirm, Deed::Miss] {
            let ready = State::VARIANTS.iter().filter(|state| leads_to(**state, deed).is_some());
            assert_eq!(ready.collect::<Vec<_>>(), [&State::Delivered], "{deed:?}");
        }
    }

    #[test]
    fn what_was_delivered_is_not_declined_any_more() {
        assert_eq!(leads_to(State::Delivered, Deed::Decline), None);
        assert_eq!(leads_to(State::Accepted, Deed::Decline), Some(State::Declined));
    }

    #[test]
    fn what_is_incomplete_is_taken_and_delivered_again() {
        let delivered = request().after(Deed::Deliver, WORKER, at(60)).unwrap();
        let incomplete = delivered.after(Deed::Miss, None, at(90)).unwrap();
        assert_eq!((incomplete.state, incomplete.owner_id), (State::Incomplete, WORKER));
        let taken = incomplete.after(Deed::Take, BACKUP, at(120)).unwrap();
        assert_eq!((taken.owner_id, taken.accepted_at), (BACKUP, Some(at(60))));
        let again = incomplete.after(Deed::Deliver, WORKER, at(180)).unwrap();
        assert_eq!(again.delivered_at, Some(at(180)));
    }

    #[test]
    fn what_is_over_stays_over() {
        for state in [State::Confirmed, State::Declined, State::Cancelled] {
            assert!(
                Deed::VARIANTS.iter().all(|deed| leads_to(state, *deed).is_none()),
                "{state:?}"
            );
        }
    }

    #[test]
    fn every_deed_stops_the_clock() {
        assert_eq!(request().after(Deed::Take, WORKER, at(60)).unwrap().due_at, None);
    }

    fn staff(id: i64, joined: bool, on_duty: bool) -> Staff {
        Staff {
            id: StaffId(id),
            name: format!("S {id}"),
            role: Role::Worker,
            area: "A/".into(),
            languages: String::new(),
            state: if joined { StaffState::Active } else { StaffState::Invited },
            on_duty,
            account_id: None,
            chat_id: joined.then_some(ChatId(id)),
            token_expires_at: None,
            shut_at: None,
        }
    }

    fn asked(worker: (bool, bool), backup: (bool, bool)) -> Vec<i64> {
        let (worker, backup) = (staff(1, worker.0, worker.1), staff(2, backup.0, backup.1));
        asked_first(worker, Some(backup)).iter().map(|staff| staff.id.0).collect()
    }

    #[test]
    fn the_worker_is_asked_and_the_backup_while_the_worker_is_away() {
        assert_eq!(asked((true, true), (true, true)), [1]);
        assert_eq!(asked((true, false), (true, true)), [1, 2]);
        assert_eq!(asked((true, false), (true, false)), [1]);
        assert_eq!(asked((true, false), (false, false)), [1]);
    }

    #[test]
    fn without_the_worker_the_backup_is_asked_and_without_both_nobody() {
        assert_eq!(asked((false, false), (true, false)), [2]);
        assert_eq!(asked((false, false), (false, false)), [0; 0]);
    }
}
