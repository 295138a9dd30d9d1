//! Every key of the settings file: its name, type, default and meaning, each in this one place.
//! The meanings are also the comments of the example file; the rules of follow-up that they name
//! are defaults, "every one is configuration".

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use chrono::NaiveTime;
use chrono_tz::Tz;
use tracing::level_filters::LevelFilter;

use super::error::ConfigError;
use super::value::{LogFormat, Tenths, Visitor};
use super::webhook::WebhookUrl;

/// Declares one section: the structure, its defaults, and the walk over its keys.
macro_rules! section {
    (
        $(#[doc = $about:literal])*
        $name:ident {
            $( $(#[doc = $meaning:literal])* $key:ident: $kind:ty = $default:expr; )*
        }
    ) => {
        $(#[doc = $about])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $( $(#[doc = $meaning])* pub $key: $kind, )*
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $( $key: $default, )* }
            }
        }

        impl $name {
            pub(super) fn visit(
                &mut self,
                section: &'static str,
                visitor: &mut impl Visitor,
            ) -> Result<(), ConfigError> {
                visitor.section(section, &[$( $about, )*]);
                $( visitor.key(stringify!($key), &[$( $meaning, )*], &mut self.$key)?; )*
                Ok(())
            }
        }
    };
}

section! {
    /// Health checks: when a household is asked, and when silence counts.
    Checks {
        /// Local times at which a slot opens, in rising order (rule "health checks", after txtmon
        /// and Korea).
        slots: Vec<NaiveTime> = vec![time(8, 0), time(18, 0)];
        /// From the opening to the silent nudge that names who is missing (rule "slot ladder").
        nudge_after: Duration = Duration::from_hours(1);
        /// From the opening to overdue: the second nudge, and the worker's list (rule "slot
        /// ladder"). Longer than `nudge_after`.
        overdue_after: Duration = Duration::from_hours(2);
        /// Reminders are spread over this time after the opening, each household at a fixed offset
        /// of its own (rule "health checks"). 0: all at once.
        spread: Duration = Duration::from_mins(10);
        /// A question about a value at fever height that stays unanswered this long raises danger,
        /// marked unconfirmed (rule "fever").
        question_after: Duration = Duration::from_mins(10);
    }
}

section! {
    /// Escalation ladders: who is told next, and when.
    Ladder {
        /// From raising an overdue alert to its second and third rung (rule "overdue ladder": the
        /// worker at once, then backup or lead, then command).
        overdue: [Duration; 2] = [Duration::from_hours(1), Duration::from_hours(4)];
        /// From raising a danger alert to its second and third rung (rule "danger ladder": worker
        /// and doctor at once, then lead, then command).
        danger: [Duration; 2] = [Duration::from_mins(10), Duration::from_hours(1)];
        /// How often the top rung of an overdue alert repeats.
        overdue_repeat: Duration = Duration::from_hours(4);
        /// How often the top rung of a danger alert repeats.
        danger_repeat: Duration = Duration::from_mins(15);
        /// A request that nobody took for this long is an alert (rule "supplies").
        request_unowned: Duration = Duration::from_mins(15);
    }
}

section! {
    /// Quiet hours, household time: what nobody asked for waits until they end, answers go without
    /// sound, danger goes with sound (rule "quiet hours", after RapidPro users).
    Quiet {
        /// When they begin.
        from: NaiveTime = time(21, 30);
        /// When they end; the same as `from`: no quiet hours.
        to: NaiveTime = time(7, 30);
    }
}

section! {
    /// Fever limits by measuring site, in degrees Celsius: a value at or above raises danger (rule
    /// "fever": district practice, Sara Alert 38.0). Without a site the armpit's counts.
    Fever {
        /// Under the arm.
        armpit: Tenths = 373;
        /// On the forehead.
        forehead: Tenths = 375;
        /// In the ear.
        ear: Tenths = 380;
        /// In the mouth.
        mouth: Tenths = 380;
    }
}

section! {
    /// Messages of residents that are neither reading, command nor request.
    FreeText {
        /// Shown to the worker when no staff member has written in the chat for this long.
        unanswered_after: Duration = Duration::from_hours(1);
    }
}

section! {
    /// Help that does not wait for the bot.
    Emergency {
        /// The number that residents and strangers are given.
        number: String = "120".to_owned();
    }
}

section! {
    /// How many messages may go out; 0 switches a limit off. Telegram names no exact figures.
    Limits {
        /// Messages a second, all chats together.
        per_second: u32 = 30;
        /// Messages a second in one chat.
        per_chat_per_second: u32 = 1;
        /// Messages a minute in one group.
        per_group_per_minute: u32 = 18;
        /// How many of a group's messages a minute are kept for danger; 0: none.
        kept_for_danger: u32 = 4;
    }
}

section! {
    /// The small door for health checks and the rehearsal port.
    Http {
        /// Address and port; port 0 takes a free one.
        listen: SocketAddr = SocketAddr::from((Ipv4Addr::LOCALHOST, 8081));
    }
}

section! {
    /// Updates by webhook instead of long polling. The secret that Telegram shows with each comes from
    /// `WEBHOOK_SECRET` or `WEBHOOK_SECRET_FILE`; with neither it is derived from the bot's token.
    Webhook {
        /// Public https address to which Telegram brings updates, behind a reverse proxy that speaks
        /// TLS; empty: long polling.
        url: Option<WebhookUrl> = None;
        /// Address and port on which they are awaited, below the path of `url`; empty: on
        /// `http.listen`.
        listen: Option<SocketAddr> = None;
        /// How many Telegram may bring at once, 1 to 100.
        max_connections: u32 = 40;
    }
}

section! {
    /// The end of a monitoring period (rule "last day").
    Release {
        /// Whether the second press must come from another person than the first.
        second_person: bool = false;
        /// How long after the release the bot leaves the chat.
        leave_after: Duration = Duration::from_hours(72);
        /// How many days after the release personal data are purged (rule "retention", after Sara
        /// Alert).
        retention_days: u32 = 14;
    }
}

section! {
    /// The movable clock for drills, the demo and tests; never with the public Bot API.
    Rehearsal {
        /// Opens the rehearsal port; `http.listen` must then be a loopback address.
        enabled: bool = false;
        /// Moves the clock forward by this much at the start, as downtime.
        offset: Duration = Duration::ZERO;
    }
}

section! {
    /// What an imported household gets when its row leaves the field empty (rule "monitoring
    /// period", after SORMAS and Go.Data).
    Period {
        /// Days from day 0 to the last day.
        days: u32 = 14;
        /// Time zone by its IANA name.
        timezone: Tz = Tz::Asia__Shanghai;
        /// `close_contact`, `secondary_contact`, `general_contact` or `entrant`.
        category: String = "close_contact".to_owned();
    }
}

section! {
    /// Languages.
    Language {
        /// Tag of the language for a household or person whose own is not known.
        default: String = "zh-CN".to_owned();
    }
}

section! {
    /// Logs, on stderr; they carry ids, never names, numbers or words.
    Log {
        /// `text` or `json`.
        format: LogFormat = LogFormat::Text;
        /// `off`, `error`, `warn`, `info`, `debug` or `trace`.
        level: LevelFilter = LevelFilter::INFO;
    }
}

/// A default time of day; the constants above are all within the day.
const fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).expect("a time of day")
}
