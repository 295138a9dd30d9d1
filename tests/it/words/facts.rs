//! What a message does with its variables, read from its syntax tree.

use std::collections::BTreeSet;

use fluent_syntax::ast::{
    Expression, InlineExpression, Message, Pattern, PatternElement, Variant, VariantKey,
};

/// The names a message mentions: `$name` for a variable, `name` for a message, `-name` for a term
/// and `NAME()` for a function.
pub type Names = BTreeSet<String>;

/// Arms that may say the number in words instead ("two days").
const IN_WORDS: [&str; 3] = ["zero", "one", "two"];

/// What a message mentions and chooses by.
#[derive(Default)]
pub struct Facts {
    /// Everything mentioned anywhere.
    pub used: Names,
    /// What is written in at least one form of the message.
    pub written: Names,
    /// What is written in every form of it, but for those arms that may say the number in words.
    pub always: Names,
    /// Its selections.
    pub choices: Vec<Choice>,
}

/// One selection and the words among the keys of its arms.
#[derive(Default)]
pub struct Choice {
    pub by: String,
    pub words: BTreeSet<String>,
}

impl Facts {
    pub fn of(message: &Message<&str>) -> Self {
        let mut facts = Self::default();
        for pattern in
            message.value.iter().chain(message.attributes.iter().map(|attribute| &attribute.value))
        {
            let always = facts.pattern(pattern);
            facts.always.extend(always);
        }
        facts
    }

    /// Notes a pattern and returns what it always writes.
    fn pattern(&mut self, pattern: &Pattern<&str>) -> Names {
        let mut always = Names::new();
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                always.extend(self.expression(expression));
            }
        }
        always
    }

    fn expression(&mut self, expression: &Expression<&str>) -> Names {
        match expression {
            Expression::Inline(InlineExpression::Placeable { expression }) => {
                self.expression(expression)
            }
            Expression::Inline(inline) => {
                let names = mentioned(inline);
                self.used.extend(names.clone());
                self.written.extend(names.clone());
                names
            }
            Expression::Select { selector, variants } => self.select(selector, variants),
        }
    }

    fn select(&mut self, selector: &InlineExpression<&str>, variants: &[Variant<&str>]) -> Names {
        let by = mentioned(selector);
        self.used.extend(by.clone());
        let mut choice = Choice { by: by.into_iter().collect(), ..Choice::default() };
        let mut always: Option<Names> = None;
        for variant in variants {
            let here = self.pattern(&variant.value);
            let exempt = match &variant.key {
                VariantKey::Identifier { name } => {
                    choice.words.insert((*name).to_owned());
                    IN_WORDS.contains(name)
                }
                VariantKey::NumberLiteral { .. } => !variant.default,
            };
            if !exempt {
                always = Some(always.map_or(here.clone(), |so_far| &so_far & &here));
            }
        }
        self.choices.push(choice);
        always.unwrap_or_default()
    }
}

fn mentioned(inline: &InlineExpression<&str>) -> Names {
    let name = match inline {
        InlineExpression::VariableReference { id } => format!("${}", id.name),
        InlineExpression::MessageReference { id, .. } => id.name.to_owned(),
        InlineExpression::TermReference { id, .. } => format!("-{}", id.name),
        InlineExpression::FunctionReference { id, .. } => format!("{}()", id.name),
        _ => return Names::new(),
    };
    Names::from([name])
}
