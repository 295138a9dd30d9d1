//! The settings: one TOML file, environment over it, secrets from variables or files. Each key,
//! its meaning and its default stand once, in `config/sections.rs`. The file is read with `toml`
//! itself: the `config` crate lower-cases, merges and forgets where a value came from, and an
//! error here names the file or variable, the key, and what was expected.

mod address;
mod error;
mod example;
pub mod link;
mod reader;
mod rules;
mod secret;
mod sections;
mod value;
mod webhook;

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;

use secrecy::SecretString;

pub use address::{ApiUrl, DatabaseUrl};
pub use error::ConfigError;
pub use reader::Place;
pub use sections::{
    Checks, Emergency, Fever, FreeText, Http, Ladder, Language, Limits, Log, Period, Quiet,
    Rehearsal, Release, Webhook,
};
pub use value::{LogFormat, Tenths};
pub use webhook::WebhookUrl;

use reader::Reader;
use value::Visitor;

/// The file that is read when `DOORSTEP_CONFIG` names none; it may be absent.
const DEFAULT_FILE: &str = "doorstep.toml";

/// Everything that an operator can choose, checked: inside the house no setting is doubted again.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// `[checks]`
    pub checks: Checks,
    /// `[ladder]`
    pub ladder: Ladder,
    /// `[quiet]`
    pub quiet: Quiet,
    /// `[fever]`
    pub fever: Fever,
    /// `[free_text]`
    pub free_text: FreeText,
    /// `[emergency]`
    pub emergency: Emergency,
    /// `[limits]`
    pub limits: Limits,
    /// `[http]`
    pub http: Http,
    /// `[webhook]`
    pub webhook: Webhook,
    /// `[release]`
    pub release: Release,
    /// `[rehearsal]`
    pub rehearsal: Rehearsal,
    /// `[period]`
    pub period: Period,
    /// `[language]`
    pub language: Language,
    /// `[log]`
    pub log: Log,
    /// The bot's token, from `TELOXIDE_TOKEN` or `TELOXIDE_TOKEN_FILE`; only serving needs it.
    pub token: Option<SecretString>,
    /// What Telegram shows with each update, from `WEBHOOK_SECRET` or `WEBHOOK_SECRET_FILE`.
    pub webhook_secret: Option<SecretString>,
    /// `TELOXIDE_API_URL`
    pub api_url: ApiUrl,
    /// `DATABASE_URL`
    pub database_url: DatabaseUrl,
}

impl Settings {
    /// Reads the settings file and the environment of this process.
    ///
    /// # Errors
    /// See [`ConfigError`]; a file named by `DOORSTEP_CONFIG` must exist, the default one need not.
    pub fn load() -> Result<Self, ConfigError> {
        let env = environment();
        let file = settings_file(env.get("DOORSTEP_CONFIG").map(String::as_str))?;
        let file = file.as_ref().map(|(name, text)| (name.as_str(), text.as_str()));
        Self::from_parts(file, env.into_iter())
    }

    /// Makes settings of a file's name and text and of variables; nothing else is asked, except
    /// the files that `TELOXIDE_TOKEN_FILE` and `WEBHOOK_SECRET_FILE` name.
    ///
    /// # Errors
    /// See [`ConfigError`]; the first fault found is told.
    pub fn from_parts(
        file: Option<(&str, &str)>,
        env: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let env: BTreeMap<String, String> = env.collect();
        let mut settings = Self {
            token: secret::token(&env)?,
            webhook_secret: secret::webhook_secret(&env)?,
            api_url: address::api(&env)?,
            database_url: address::database(&env)?,
            ..Self::default()
        };
        let mut reader = Reader::new(file, &env)?;
        settings.visit(&mut reader)?;
        reader.finish()?;
        rules::check(&settings)?;
        Ok(settings)
    }

    /// A `doorstep.toml` that explains every key and sets it to its default.
    #[must_use]
    pub fn example() -> String {
        example::write()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), ConfigError> {
        self.checks.visit("checks", visitor)?;
        self.ladder.visit("ladder", visitor)?;
        self.quiet.visit("quiet", visitor)?;
        self.fever.visit("fever", visitor)?;
        self.free_text.visit("free_text", visitor)?;
        self.emergency.visit("emergency", visitor)?;
        self.limits.visit("limits", visitor)?;
        self.http.visit("http", visitor)?;
        self.webhook.visit("webhook", visitor)?;
        self.release.visit("release", visitor)?;
        self.rehearsal.visit("rehearsal", visitor)?;
        self.period.visit("period", visitor)?;
        self.language.visit("language", visitor)?;
        self.log.visit("log", visitor)
    }
}

/// The variables of this process; a byte that is no text becomes U+FFFD, and so a wrong value.
fn environment() -> BTreeMap<String, String> {
    let text = |part: std::ffi::OsString| part.to_string_lossy().into_owned();
    std::env::vars_os().map(|(name, value)| (text(name), text(value))).collect()
}

/// Name and text of the settings file, if there is one.
fn settings_file(named: Option<&str>) -> Result<Option<(String, String)>, ConfigError> {
    let named = named.filter(|name| !name.is_empty());
    let path = named.unwrap_or(DEFAULT_FILE);
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some((path.to_owned(), text))),
        Err(cause) if cause.kind() == ErrorKind::NotFound && named.is_none() => Ok(None),
        Err(cause) => Err(ConfigError::File { path: path.to_owned(), cause }),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use chrono::NaiveTime;
    use secrecy::ExposeSecret;

    use super::*;

    /// Settings of a file's text and of variables.
    fn settings(file: &str, env: &[(&str, &str)]) -> Result<Settings, ConfigError> {
        let env = env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Settings::from_parts(Some(("doorstep.toml", file)), env)
    }

    /// The sentence with which such settings are refused.
    fn refusal(file: &str, env: &[(&str, &str)]) -> String {
        settings(file, env).expect_err("these settings are wrong").to_string()
    }

    fn time(text: &str) -> NaiveTime {
        text.parse().expect("a time")
    }

    #[test]
    fn nothing_given_is_the_defaults() {
        let given = Settings::from_parts(None, std::iter::empty()).unwrap();
        assert_eq!(given.checks.slots, [time("08:00:00"), time("18:00:00")]);
        assert_eq!(given.fever.armpit, 373);
        assert_eq!(given.ladder.overdue, [Duration::from_hours(1), Duration::from_hours(4)]);
        assert_eq!(given.api_url.base(), "https://api.telegram.org");
        assert_eq!(given.database_url.as_str(), "sqlite://doorstep.db");
        assert!(given.token.is_none());
    }

    #[test]
    fn the_example_file_says_the_defaults() {
        let example = Settings::example();
        let read = settings(&example, &[]).unwrap();
        assert_eq!(format!("{read:?}"), format!("{:?}", Settings::default()));
    }

    #[test]
    fn the_example_file_explains_every_key() {
        let example = Settings::example();
        let mut before = "";
        for line in example.lines() {
            let explained = line.starts_with('#') || !line.contains('=') || before.starts_with('#');
            assert!(explained, "{line}");
            before = line;
        }
    }

    #[test]
    fn the_file_is_read_and_the_environment_wins_over_it() {
        let file = "[checks]\nnudge_after = '30m'\nspread = 0\n[fever]\near = 38.2\n\
                    [emergency]\nnumber = 112\n[release]\nsecond_person = true";
        let env = [
            ("DOORSTEP__CHECKS__NUDGE_AFTER", "10 min"),
            ("DOORSTEP__CHECKS__SLOTS", "07:30, 12:00,19:00"),
            ("DOORSTEP__LADDER__DANGER", "5m,30m"),
        ];
        let given = settings(file, &env).unwrap();
        assert_eq!(given.checks.nudge_after, Duration::from_mins(10));
        assert_eq!(given.checks.spread, Duration::ZERO);
        assert_eq!(given.checks.slots.len(), 3);
        assert_eq!(given.ladder.danger[1], Duration::from_mins(30));
        assert_eq!(given.fever.ear, 382);
        assert_eq!(given.emergency.number, "112");
        assert!(given.release.second_person);
    }

    #[test]
    fn variables_of_others_are_left_alone() {
        assert!(settings("", &[("DOORSTEP_CONFIG", "x"), ("PATH", "/bin")]).is_ok());
    }

    #[test]
    fn an_unknown_key_is_named_with_the_nearest_right_one() {
        assert_eq!(
            refusal("[checks]\nnudge_afer = '1h'", &[]),
            "doorstep.toml: there is no setting checks.nudge_afer; \
             did you mean checks.nudge_after?"
        );
        assert_eq!(
            refusal("", &[("DOORSTEP__LIMIT__PER_SECOND", "1")]),
            "DOORSTEP__LIMIT__PER_SECOND: there is no setting limit.per_second; \
             did you mean DOORSTEP__LIMITS__PER_SECOND?"
        );
    }

    #[test]
    fn a_right_key_in_a_wrong_section_is_sent_home() {
        assert!(refusal("slots = ['08:00']", &[]).ends_with("did you mean checks.slots?"));
        assert!(
            refusal("[checks]\ndanger_repeat = '1h'", &[])
                .ends_with("did you mean ladder.danger_repeat?")
        );
    }

    #[test]
    fn a_wrong_value_is_named_with_its_place_and_what_was_expected() {
        assert_eq!(
            refusal("[checks]\nnudge_after = 'soon'", &[]),
            "doorstep.toml: checks.nudge_after is \"soon\", \
             but must be a duration such as \"60m\", \"4h\" or \"10 min\""
        );
        assert_eq!(
            refusal("", &[("DOORSTEP__HTTP__LISTEN", "8081")]),
            "DOORSTEP__HTTP__LISTEN: http.listen is \"8081\", \
             but must be an address and a port such as \"127.0.0.1:8081\""
        );
    }

    #[test]
    fn each_kind_of_value_refuses_nonsense() {
        let wrong = [
            "[checks]\nslots = []",
            "[checks]\nslots = ['18:00', '08:00']",
            "[checks]\nslots = ['08:00', '08:00']",
            "[checks]\nslots = ['25:00']",
            "[checks]\nslots = [1]",
            "[ladder]\noverdue = ['1h']",
            "[ladder]\noverdue = ['1h', '1h']",
            "[ladder]\ndanger = ['1m', '2m', '3m']",
            "[ladder]\ndanger_repeat = '0'",
            "[quiet]\nfrom = 'night'",
            "[fever]\narmpit = 34.9",
            "[fever]\narmpit = 42.1",
            "[fever]\narmpit = 37.25",
            "[fever]\narmpit = 'NaN'",
            "[emergency]\nnumber = ' '",
            "[limits]\nper_second = -1",
            "[limits]\nper_second = [1]",
            "[release]\nsecond_person = 'yes'",
            "[period]\ndays = 0",
            "[period]\ntimezone = 'Moon/Base'",
            "[period]\ncategory = 'friend'",
            "[language]\ndefault = 'not a tag'",
            "[log]\nformat = 'xml'",
            "[log]\nlevel = 'loud'",
        ];
        for file in wrong {
            let sentence = refusal(file, &[]);
            assert!(sentence.contains("must be"), "{sentence}");
            assert!(!sentence.contains('\n'), "{sentence}");
        }
    }

    #[test]
    fn a_file_that_is_no_toml_is_named_with_its_line() {
        let sentence = refusal("[checks]\nspread = 10m", &[]);
        assert!(sentence.starts_with("doorstep.toml, line 2: "), "{sentence}");
        assert!(!sentence.contains('\n'), "{sentence}");
    }

    #[test]
    fn overdue_comes_after_the_nudge() {
        assert_eq!(
            refusal("[checks]\noverdue_after = '1h'", &[]),
            "checks.overdue_after is 1h, but must be longer than checks.nudge_after, which is 1h"
        );
        assert!(
            refusal("[checks]\nnudge_after = '0s'", &[]).starts_with("checks.nudge_after is 0")
        );
    }

    #[test]
    fn a_rehearsal_stays_at_home() {
        let on = ("DOORSTEP__REHEARSAL__ENABLED", "true");
        let offset = ("DOORSTEP__REHEARSAL__OFFSET", "24h");
        let home = ("TELOXIDE_API_URL", "http://127.0.0.1:9000/");
        let abroad = ("DOORSTEP__HTTP__LISTEN", "0.0.0.0:8081");
        let given = settings("", &[on, offset, home]).unwrap();
        assert_eq!(given.rehearsal.offset, Duration::from_hours(24));
        assert_eq!(given.api_url.base(), "http://127.0.0.1:9000");
        assert!(refusal("", &[on, home, abroad]).contains("http.listen is 0.0.0.0:8081"));
        assert!(refusal("", &[on]).contains("TELOXIDE_API_URL is the public Bot API"));
        let disguised = ("TELOXIDE_API_URL", "https://API.Telegram.org.:443");
        assert!(refusal("", &[on, disguised]).contains("the public Bot API"));
    }

    #[test]
    fn the_token_comes_from_a_variable_or_a_file_but_not_from_both() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        let file = ("TELOXIDE_TOKEN_FILE", path.to_str().unwrap());
        let token = |env: &[(&str, &str)]| settings("", env).unwrap().token.unwrap();

        assert!(refusal("", &[file]).contains("cannot be read"));
        fs::write(&path, " \n").unwrap();
        assert!(refusal("", &[file]).contains("is empty"));
        fs::write(&path, "1:secret\n").unwrap();
        assert_eq!(token(&[file]).expose_secret(), "1:secret");
        assert_eq!(token(&[("TELOXIDE_TOKEN", "2:other")]).expose_secret(), "2:other");
        assert!(refusal("", &[file, ("TELOXIDE_TOKEN", "2:other")]).contains("both set"));
    }

    #[test]
    fn a_webhook_is_public_and_its_secret_plain() {
        let webhook = |url: &str, more: &str| format!("[webhook]\nurl = '{url}'\n{more}");
        let good = settings(&webhook("https://bot.example.org/t", ""), &[]).unwrap().webhook;
        assert_eq!(good.url.unwrap().path(), "/t");
        assert_eq!(settings(&webhook("", "listen = ''"), &[]).unwrap().webhook.url, None);
        let refused = |url: &str, more: &str| refusal(&webhook(url, more), &[]);
        assert!(refused("http://bot.example.org/t", "").contains("https:// alone"));
        assert!(refused("https://bot.example.org:9000/t", "").contains("the port 9000"));
        assert!(refused("https://bot.example.org/metrics", "").contains("the path /metrics"));
        assert!(refused("https://bot.example.org/rehearsal/now", "").contains("the path"));
        assert!(
            refused("https://h/t", "listen = '127.0.0.1:8081'").contains("both 127.0.0.1:8081")
        );
        assert!(refused("https://h/t", "max_connections = 0").contains("from 1 to 100"));
        for bad in ["bot.example.org", "https://u:p@h/t", "https://h/?a=b", "https://h/{x}"] {
            assert!(refused(bad, "").contains("must be empty, or an https://"), "{bad}");
        }
        let home = ("TELOXIDE_API_URL", "http://127.0.0.1:9000");
        assert!(settings(&webhook("http://127.0.0.1:9001/t", ""), &[home]).is_ok());

        let secret = |text: &str| settings("", &[("WEBHOOK_SECRET", text)]);
        assert_eq!(secret("a-B_9").unwrap().webhook_secret.unwrap().expose_secret(), "a-B_9");
        assert!(secret("").unwrap().webhook_secret.is_none());
        assert!(secret("two words").unwrap_err().to_string().starts_with("WEBHOOK_SECRET must"));
        assert!(secret(&"a".repeat(257)).is_err());
        let both = [("WEBHOOK_SECRET", "a"), ("WEBHOOK_SECRET_FILE", "/nowhere")];
        assert!(refusal("", &both).contains("both set"));
    }

    #[test]
    fn a_database_is_sqlite_or_postgres() {
        let url = |text| settings("", &[("DATABASE_URL", text)]).map(|s| s.database_url);
        for good in ["sqlite:///var/lib/d.db", "postgres://h/d", "postgresql://u@h/d"] {
            assert_eq!(url(good).unwrap().as_str(), good);
        }
        for bad in ["", "doorstep.db", "sqlite:d.db", "sqlite://", "mysql://u:secret@h/d"] {
            let sentence = url(bad).unwrap_err().to_string();
            assert!(sentence.starts_with("DATABASE_URL "), "{sentence}");
            assert!(!sentence.contains("secret"), "{sentence}");
        }
    }

    #[test]
    fn an_api_address_is_http() {
        for bad in ["", "127.0.0.1:9000", "ftp://h", "http://h/?a=b"] {
            assert!(refusal("", &[("TELOXIDE_API_URL", bad)]).starts_with("TELOXIDE_API_URL must"));
        }
    }

    #[test]
    fn secrets_are_not_shown_in_debug_output() {
        let env = [
            ("TELOXIDE_TOKEN", "1:hush"),
            ("WEBHOOK_SECRET", "hush"),
            ("TELOXIDE_API_URL", "http://user:hush@127.0.0.1:9000"),
            ("DATABASE_URL", "postgres://user:hush@host/doorstep?password=hush"),
        ];
        let shown = format!("{:?}", settings("", &env).unwrap());
        assert!(!shown.contains("hush"), "{shown}");
    }

    #[test]
    fn a_named_file_must_exist() {
        let sentence = settings_file(Some("/nowhere/doorstep.toml")).unwrap_err().to_string();
        assert!(sentence.starts_with("the settings file /nowhere/doorstep.toml cannot be read"));
    }
}
