//! Who did something, as timelines name them: by number, never by name.

use serde::Serialize;
use serde_json::{Value, json};

use super::reference::StaffId;

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// A member of the household, by the row in its file.
    Member(i64),
    /// A person of the staff.
    Staff(StaffId),
    /// The bot itself, because something fell due.
    System,
    /// Somebody nobody knows.
    Unknown,
}

impl Who {
    /// `member staff system unknown`.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Member(_) => "member",
            Self::Staff(_) => "staff",
            Self::System => "system",
            Self::Unknown => "unknown",
        }
    }

    /// The number, as text: `2` or `S-7`.
    #[must_use]
    pub fn reference(self) -> Option<String> {
        match self {
            Self::Member(n) => Some(n.to_string()),
            Self::Staff(id) => Some(id.to_string()),
            Self::System | Self::Unknown => None,
        }
    }

    /// What the journal calls them.
    #[must_use]
    pub fn actor(self) -> String {
        match self {
            Self::Member(n) => format!("member {n}"),
            Self::Staff(id) => id.to_string(),
            Self::System => "system".into(),
            Self::Unknown => "unknown".into(),
        }
    }
}

/// `{"kind","ref"}` of a stored pair; a member's ref is a number.
#[must_use]
pub fn as_json(kind: &str, reference: Option<&str>) -> Value {
    match (kind, reference) {
        ("member", Some(n)) => json!({ "kind": kind, "ref": n.parse::<i64>().ok() }),
        (_, reference) => json!({ "kind": kind, "ref": reference }),
    }
}

impl Serialize for Who {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        as_json(self.kind(), self.reference().as_deref()).serialize(to)
    }
}
