//! The files of `locales/` as data: each message with its file, its comment and its facts.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Comment, Entry, Message, Resource};
use fluent_syntax::parser;

use super::facts::{Facts, Names};

/// All languages by tag, and what could not be read of them.
#[derive(Default)]
pub struct Texts {
    pub languages: BTreeMap<String, BTreeMap<String, Text>>,
    pub terms: BTreeSet<String>,
    pub headers: BTreeMap<String, Vec<String>>,
    pub sources: BTreeMap<String, String>,
    pub unreadable: Vec<String>,
}

/// One message of one language.
pub struct Text {
    pub id: String,
    pub file: String,
    pub comment: String,
    pub attributes: BTreeSet<String>,
    pub facts: Facts,
    /// The variables it needs, those of the messages it refers to included.
    pub variables: Names,
}

impl Texts {
    /// Reads a directory that is laid out like `locales/`.
    pub fn read(locales: &Path) -> Self {
        let mut texts = Self::default();
        for folder in sorted(locales).iter().filter(|path| path.is_dir()) {
            for file in
                sorted(folder).iter().filter(|path| path.extension().is_some_and(|e| e == "ftl"))
            {
                texts.read_file(&name(folder), &name(file), fs::read_to_string(file).unwrap());
            }
        }
        texts.resolve();
        texts
    }

    fn resolve(&mut self) {
        for tag in self.languages.keys().cloned().collect::<Vec<_>>() {
            let needed = |text: &Text| self.variables(&tag, &text.facts.used);
            let needed: Vec<Names> = self.languages[&tag].values().map(needed).collect();
            for (text, variables) in self.languages.get_mut(&tag).unwrap().values_mut().zip(needed)
            {
                text.variables = variables;
            }
        }
    }

    /// The variables among the names, and those of the messages among them.
    pub fn variables(&self, tag: &str, names: &Names) -> Names {
        let mut found = names.clone();
        let mut open: Vec<String> = names.iter().cloned().collect();
        while let Some(part) = open.pop() {
            for name in self.languages[tag].get(&part).iter().flat_map(|part| &part.facts.used) {
                if found.insert(name.clone()) {
                    open.push(name.clone());
                }
            }
        }
        found.retain(|name| name.starts_with('$'));
        found
    }

    fn read_file(&mut self, tag: &str, file: &str, source: String) {
        let path = format!("{tag}/{file}");
        let resource = parser::parse(source.as_str()).unwrap_or_else(|(resource, errors)| {
            self.unreadable.extend(errors.iter().map(|error| format!("{path}: {error}")));
            resource
        });
        self.headers.insert(path.clone(), header(&resource));
        let messages = self.languages.entry(tag.to_owned()).or_default();
        for entry in &resource.body {
            match entry {
                Entry::Message(message) => {
                    let text = Text::read(file, message);
                    messages.insert(text.id.clone(), text);
                }
                Entry::Term(term) => {
                    self.terms.insert(format!("{tag}/-{}", term.id.name));
                }
                _ => {}
            }
        }
        self.sources.insert(path, source);
    }

    /// The messages against which all others are held.
    pub fn english(&self) -> &BTreeMap<String, Text> {
        &self.languages["en"]
    }

    /// All languages but English.
    pub fn others(&self) -> impl Iterator<Item = (&String, &BTreeMap<String, Text>)> {
        self.languages.iter().filter(|(tag, _)| *tag != "en")
    }

    /// Each message of another language beside the English one.
    pub fn pairs(&self) -> impl Iterator<Item = (&String, &Text, &Text)> {
        let english = self.english();
        self.others().flat_map(move |(tag, texts)| {
            texts.values().filter_map(move |text| Some((tag, text, english.get(&text.id)?)))
        })
    }
}

impl Text {
    fn read(file: &str, message: &Message<&str>) -> Self {
        Self {
            id: message.id.name.to_owned(),
            file: file.to_owned(),
            comment: message
                .comment
                .as_ref()
                .map(|comment| lines(comment).join(" "))
                .unwrap_or_default(),
            attributes: message
                .attributes
                .iter()
                .map(|attribute| attribute.id.name.to_owned())
                .collect(),
            facts: Facts::of(message),
            variables: Names::new(),
        }
    }
}

fn header(resource: &Resource<&str>) -> Vec<String> {
    match resource.body.first() {
        Some(Entry::ResourceComment(comment)) => lines(comment),
        _ => Vec::new(),
    }
}

fn lines(comment: &Comment<&str>) -> Vec<String> {
    comment.content.iter().map(|line| (*line).to_owned()).collect()
}

/// What a folder holds, by name.
pub fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}
