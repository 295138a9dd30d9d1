//! The files under `src/`, and what each takes from the others: the paths after `crate::`, `super::`
//! and `teloxide::`, in `use` lines and in the middle of the code. Comments and unit tests count not.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// A file of the house.
#[derive(Clone, Debug)]
pub struct Source {
    /// Below `src/`, such as `desk/hear.rs`.
    pub name: String,
    /// All of it.
    pub text: String,
    /// Without comments and unit tests.
    pub code: String,
    /// What it takes, from the root: `base::clock::Timestamp`.
    pub takes: BTreeSet<String>,
}

/// Every file, read once.
pub fn sources() -> &'static [Source] {
    static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut found = Vec::new();
        collect(&src, &src, &mut found);
        found
    });
    &SOURCES
}

fn collect(src: &Path, folder: &Path, found: &mut Vec<Source>) {
    let entries = fs::read_dir(folder).expect("the sources are here");
    for path in entries.map(|entry| entry.expect("a file").path()) {
        if path.is_dir() {
            collect(src, &path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(src).expect("below src").to_string_lossy().into_owned();
            found.push(Source::read(&name, fs::read_to_string(&path).expect("text")));
        }
    }
}

impl Source {
    pub fn read(name: &str, text: String) -> Self {
        let code = code_of(&text);
        let module = module_of(name);
        let mut takes = BTreeSet::new();
        for (at, _) in code.match_indices("crate::").chain(code.match_indices("super::")) {
            if !is_within_a_path(&code[..at]) {
                unfold(&absolute(&module, &path_at(&code[at..])), &mut takes);
            }
        }
        let rooms: Vec<String> =
            takes.iter().filter(|path| path.split("::").count() == 2).cloned().collect();
        for room in rooms {
            takes.extend(used(&code, &room));
        }
        if code.match_indices("teloxide::").any(|(at, _)| !is_within_a_path(&code[..at])) {
            takes.insert("teloxide".into());
        }
        Self { name: name.to_owned(), text, code, takes }
    }

    /// The folders and the file, such as `desk`, `hear`; what lies in the root has its own name.
    pub fn rooms(&self) -> Vec<&str> {
        self.name.trim_end_matches(".rs").split('/').collect()
    }
}

/// What a file uses of a room that it takes as a whole: `supply::open` after `use crate::desk::supply`.
fn used(code: &str, room: &str) -> Vec<String> {
    let (_, name) = room.split_once("::").expect("two parts");
    let begins = format!("{name}::");
    let uses = code.match_indices(&begins).filter(|(at, _)| !is_within_a_path(&code[..*at]));
    let named = uses.map(|(at, _)| path_at(&code[at + begins.len()..]));
    let named = named.filter(|name| name.starts_with(char::is_alphabetic));
    named.map(|name| format!("{room}::{}", name.trim_end_matches(':'))).collect()
}

/// Whether what comes next goes on with a name or a path.
fn is_within_a_path(before: &str) -> bool {
    before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
}

/// The lines that are code.
fn code_of(text: &str) -> String {
    let lines = text.lines().take_while(|line| !line.starts_with("#[cfg(test)]"));
    lines.map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The module of a file, from the root.
fn module_of(name: &str) -> Vec<String> {
    let mut module: Vec<String> =
        name.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if module.last().is_some_and(|last| last == "mod" || last == "lib") {
        module.pop();
    }
    module
}

/// A path, with its braces if it ends in some.
fn path_at(code: &str) -> String {
    let mut depth = 0;
    let mut path = String::new();
    for c in code.chars() {
        match c {
            '{' if path.ends_with("::") || depth > 0 => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | ' ' | '\n' if depth > 0 => {}
            c if c.is_alphanumeric() || c == '_' || c == ':' => {}
            _ => break,
        }
        path.push(c);
        if c == '}' && depth == 0 {
            break;
        }
    }
    path
}

/// The path from the root: without `crate`, each `super` one module up.
fn absolute(module: &[String], path: &str) -> String {
    let mut rest = path;
    let mut from: Vec<&str> = if rest.starts_with("super::") {
        module.iter().map(String::as_str).collect()
    } else {
        Vec::new()
    };
    rest = rest.strip_prefix("crate::").unwrap_or(rest);
    while let Some(up) = rest.strip_prefix("super::") {
        from.pop();
        rest = up;
    }
    from.push(rest);
    from.join("::")
}

/// Every path that a path with braces stands for.
fn unfold(path: &str, found: &mut BTreeSet<String>) {
    let Some((head, group)) = path.split_once("::{") else {
        let name = path.split(" as ").next().unwrap_or_default();
        let name = name.trim().trim_end_matches("::self").trim_end_matches(':');
        found.insert(name.to_owned());
        return;
    };
    let group = group.strip_suffix('}').unwrap_or(group);
    for item in items(group) {
        unfold(&format!("{head}::{}", item.trim()), found);
    }
}

/// What stands between the outermost commas.
fn items(group: &str) -> Vec<&str> {
    let (mut found, mut depth, mut from) = (Vec::new(), 0, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(&group[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    found.push(&group[from..]);
    found.retain(|item| !item.trim().is_empty());
    found
}
