//! How fast letters may go: so many in a second over all, so many in a second to one chat, so many
//! in a minute to one group, some of which are kept for danger. A limit of 0 is no limit. Sliding
//! windows of our own, because a token bucket cannot keep a part for one lane nor say which chats
//! are full before anything is taken.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use crate::base::chat::ChatId;
use crate::config::Limits;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_mins(1);

/// What wants to go.
pub(super) struct Request {
    pub chat: ChatId,
    pub group: bool,
    pub paced: bool,
}

/// Nothing may go to anybody before this has passed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Full(pub Duration);

/// What went out lately.
pub(super) struct Pace {
    limits: Limits,
    lately: VecDeque<Instant>,
    chats: HashMap<ChatId, ChatPace>,
}

#[derive(Default)]
struct ChatPace {
    group: bool,
    sent: VecDeque<Instant>,
}

impl Pace {
    pub(super) fn new(limits: &Limits) -> Self {
        Self { limits: limits.clone(), lately: VecDeque::new(), chats: HashMap::new() }
    }

    /// Lets a letter go and remembers it, or says how long everybody has to wait. Chats that are
    /// full must have been left out before.
    pub(super) fn admit(&mut self, request: &Request, now: Instant) -> Result<(), Full> {
        if !request.paced {
            return Ok(());
        }
        forget(&mut self.lately, now, SECOND);
        if full(self.lately.len(), self.limits.per_second) {
            let oldest = self.lately.front().copied().unwrap_or(now);
            return Err(Full((oldest + SECOND).saturating_duration_since(now)));
        }
        self.lately.push_back(now);
        let chat = self.chats.entry(request.chat).or_default();
        chat.group = request.group;
        chat.sent.push_back(now);
        Ok(())
    }

    /// The chats that may get nothing now, and the groups that may get danger only.
    pub(super) fn full_chats(&mut self, now: Instant) -> (Vec<i64>, Vec<i64>) {
        self.chats.retain(|_, chat| {
            forget(&mut chat.sent, now, MINUTE);
            !chat.sent.is_empty()
        });
        let (mut shut, mut danger_only) = (Vec::new(), Vec::new());
        for (id, chat) in &self.chats {
            let last_second = chat.sent.iter().rev().take_while(|at| **at + SECOND > now).count();
            let minute = if chat.group { self.limits.per_group_per_minute } else { 0 };
            let kept = self.limits.kept_for_danger;
            if full(last_second, self.limits.per_chat_per_second) || full(chat.sent.len(), minute) {
                shut.push(id.0);
            } else if minute > 0 && full(chat.sent.len(), minute.saturating_sub(kept).max(1)) {
                danger_only.push(id.0);
            }
        }
        (shut, danger_only)
    }

    /// When the next chat's window opens a little.
    pub(super) fn next_change(&self, now: Instant) -> Option<Duration> {
        self.chats
            .values()
            .filter_map(|chat| {
                let second = chat.sent.back().map(|at| *at + SECOND);
                let minute = chat.sent.front().map(|at| *at + MINUTE);
                second.filter(|at| *at > now).or(minute)
            })
            .min()
            .map(|at| at.saturating_duration_since(now).max(Duration::from_millis(5)))
    }
}

fn full(count: usize, limit: u32) -> bool {
    limit > 0 && count >= limit as usize
}

fn forget(sent: &mut VecDeque<Instant>, now: Instant, window: Duration) {
    while sent.front().is_some_and(|at| *at + window <= now) {
        sent.pop_front();
    }
}

/// Pauses after failed attempts, in seconds; the last one repeats.
const BACKOFF: [u64; 5] = [1, 2, 5, 15, 60];

/// How long a letter rests after so many failed attempts.
pub(super) fn backoff(attempts: i64) -> Duration {
    let step = usize::try_from(attempts).unwrap_or(0).min(BACKOFF.len() - 1);
    Duration::from_secs(BACKOFF[step])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(per_second: u32, per_chat: u32, per_minute: u32, kept: u32) -> Limits {
        Limits {
            per_second,
            per_chat_per_second: per_chat,
            per_group_per_minute: per_minute,
            kept_for_danger: kept,
        }
    }

    fn to(chat: i64, group: bool) -> Request {
        Request { chat: ChatId(chat), group, paced: true }
    }

    #[test]
    fn no_second_sees_more_than_the_limit() {
        let mut pace = Pace::new(&limits(2, 0, 0, 0));
        let start = Instant::now();
        assert_eq!(pace.admit(&to(1, false), start), Ok(()));
        assert_eq!(pace.admit(&to(2, false), start), Ok(()));
        assert_eq!(pace.admit(&to(3, false), start), Err(Full(SECOND)));
        assert_eq!(pace.admit(&to(3, false), start + SECOND), Ok(()));
    }

    #[test]
    fn a_group_keeps_a_part_of_its_minute_for_danger() {
        let mut pace = Pace::new(&limits(0, 0, 3, 1));
        let start = Instant::now();
        for _ in 0..2 {
            assert_eq!(pace.admit(&to(7, true), start), Ok(()));
        }
        assert_eq!(pace.full_chats(start), (vec![], vec![7]));
        assert_eq!(pace.admit(&to(7, true), start), Ok(()));
        assert_eq!(pace.full_chats(start), (vec![7], vec![]));
        assert_eq!(pace.full_chats(start + MINUTE), (vec![], vec![]));
    }

    #[test]
    fn a_limit_of_zero_is_no_limit() {
        let mut pace = Pace::new(&limits(0, 0, 0, 0));
        let start = Instant::now();
        for _ in 0..1000 {
            assert_eq!(pace.admit(&to(1, true), start), Ok(()));
        }
        assert_eq!(pace.full_chats(start), (vec![], vec![]));
    }
}
