//! References that people read and buttons carry: `S-7` a person of the staff, `A-12` an alert,
//! `R-5` a supply request. The number is the row's.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The text is no reference of the kind that was asked for.
#[derive(Debug, thiserror::Error)]
#[error("not a reference of this kind")]
pub struct NotAReference;

/// How staff tell a household from others: its door, and its code where that is another word.
#[must_use]
pub fn place(door: &str, code: &str) -> String {
    if door == code { door.to_owned() } else { format!("{door} · {code}") }
}

macro_rules! reference {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type)]
        #[sqlx(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "-{}"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAReference;

            fn from_str(text: &str) -> Result<Self, NotAReference> {
                let number = text.strip_prefix(concat!($prefix, "-")).ok_or(NotAReference)?;
                number.parse().map(Self).map_err(|_| NotAReference)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                String::deserialize(from)?.parse().map_err(de::Error::custom)
            }
        }
    };
}

reference!(
    /// A person of the staff.
    StaffId,
    "S"
);
reference!(
    /// An alert.
    AlertRef,
    "A"
);
reference!(
    /// A supply request.
    RequestRef,
    "R"
);
