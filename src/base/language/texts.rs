//! All that one language can say. What it cannot say is told to the caller, who knows another one.

use fluent::concurrent::FluentBundle;
use fluent::resolver::errors::{ReferenceKind, ResolverError};
use fluent::types::FluentNumber;
use fluent::{FluentArgs, FluentError, FluentResource, FluentValue};
use intl_memoizer::concurrent::IntlLangMemoizer;

use super::error::LanguageError;
use super::folder::{Folder, Page};
use super::grammar;
use super::html::{ISOLATE, ISOLATE_END};
use super::tag::LanguageTag;

pub(super) struct Texts {
    pub(super) tag: LanguageTag,
    pub(super) right_to_left: bool,
    bundle: FluentBundle<FluentResource>,
    lexicon: Option<String>,
}

/// Why a message was not said; it names ids, never words of a person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsaid {
    /// The language has no such message.
    #[error("no such message")]
    Absent,
    /// The message asks for something that is not there.
    #[error("{}", .0.iter().map(FluentError::to_string).collect::<Vec<_>>().join("; "))]
    Broken(Vec<FluentError>),
}

impl Unsaid {
    /// The variables that the message asks for in vain.
    pub(super) fn missing_variables(&self) -> impl Iterator<Item = &str> {
        let errors = if let Self::Broken(errors) = self { errors.as_slice() } else { &[] };
        errors.iter().filter_map(|error| match error {
            FluentError::ResolverError(ResolverError::Reference(ReferenceKind::Variable {
                id,
            })) => Some(id.as_str()),
            _ => None,
        })
    }
}

impl Texts {
    /// Reads a language's files and makes sure of the messages that the engine itself needs.
    pub(super) fn open(folder: Folder) -> Result<Self, LanguageError> {
        let mut bundle = FluentBundle::new_concurrent(vec![folder.tag.identifier()]);
        bundle.set_use_isolating(false);
        for page in folder.pages {
            add(&mut bundle, page)?;
        }
        let mut texts =
            Self { tag: folder.tag, right_to_left: false, bundle, lexicon: folder.lexicon };
        texts.require(&folder.name)?;
        texts.turn(&folder.name)?;
        Ok(texts)
    }

    fn require(&self, file: &str) -> Result<(), LanguageError> {
        match grammar::REQUIRED.into_iter().find(|id| self.bundle.get_message(id).is_none()) {
            Some(id) => Err(LanguageError::Missing {
                file: file.to_owned(),
                id,
                problem: Unsaid::Absent.to_string(),
            }),
            None => Ok(()),
        }
    }

    fn turn(&mut self, file: &str) -> Result<(), LanguageError> {
        let id = grammar::direction().id;
        self.right_to_left = match self.say(id, &FluentArgs::new()).as_deref() {
            Ok("ltr") => false,
            Ok("rtl") => true,
            _ => {
                let problem = "must be ltr or rtl".to_owned();
                return Err(LanguageError::Missing { file: file.to_owned(), id, problem });
            }
        };
        if self.right_to_left {
            self.bundle.set_formatter(Some(isolated_number));
        }
        Ok(())
    }

    /// Says a message, or tells why not.
    pub(super) fn say(&self, id: &str, args: &FluentArgs<'_>) -> Result<String, Unsaid> {
        let message = self.bundle.get_message(id).ok_or(Unsaid::Absent)?;
        let pattern = message.value().ok_or(Unsaid::Absent)?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        if errors.is_empty() { Ok(text) } else { Err(Unsaid::Broken(errors)) }
    }

    pub(super) fn lexicon(&self) -> Option<&str> {
        self.lexicon.as_deref()
    }
}

fn add(bundle: &mut FluentBundle<FluentResource>, page: Page) -> Result<(), LanguageError> {
    let Page { file, text } = page;
    let resource = match FluentResource::try_new(text.clone()) {
        Ok(resource) => resource,
        // Fluent refuses a file only together with its errors.
        Err((_, errors)) => return Err(LanguageError::syntax(file, &text, &errors[0])),
    };
    match bundle.add_resource(resource) {
        Ok(()) => Ok(()),
        Err(errors) => Err(LanguageError::duplicate(file, &text, &errors)),
    }
}

/// Sets a number apart from the right-to-left text around it.
fn isolated_number(value: &FluentValue<'_>, _: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    Some(format!("{ISOLATE}{}{ISOLATE_END}", FluentNumber::as_string(number)))
}
