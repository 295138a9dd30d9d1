//! Where the texts come from: the binary itself, or a directory laid out like `locales/`.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rust_embed::RustEmbed;

use super::error::LanguageError;
use super::tag::LanguageTag;

#[derive(RustEmbed)]
#[folder = "locales/"]
struct Embedded;

/// One language's files, unread.
pub(super) struct Folder {
    pub(super) tag: LanguageTag,
    pub(super) name: String,
    pub(super) pages: Vec<Page>,
    pub(super) lexicon: Option<String>,
}

/// One `.ftl` file.
pub(super) struct Page {
    pub(super) file: String,
    pub(super) text: String,
}

pub(super) fn embedded() -> Result<Vec<Folder>, LanguageError> {
    let files = Embedded::iter()
        .filter_map(|path| Some((Path::new("locales").join(&*path), Embedded::get(&path)?)));
    sort(files.map(|(path, file)| (path, file.data.into_owned())))
}

pub(super) fn from_dir(dir: &Path) -> Result<Vec<Folder>, LanguageError> {
    let mut files = Vec::new();
    for folder in entries(dir)?.into_iter().filter(|path| path.is_dir()) {
        for path in entries(&folder)?.into_iter().filter(|path| path.is_file()) {
            let bytes = fs::read(&path)
                .map_err(|source| LanguageError::Unreadable { path: path.clone(), source })?;
            files.push((path, bytes));
        }
    }
    sort(files)
}

fn entries(dir: &Path) -> Result<Vec<PathBuf>, LanguageError> {
    let unreadable = |source| LanguageError::Unreadable { path: dir.to_owned(), source };
    fs::read_dir(dir)
        .map_err(unreadable)?
        .map(|entry| entry.map(|e| e.path()).map_err(unreadable))
        .collect()
}

/// Lays the files into the folders of their languages; other files than texts and lexicons are not ours.
fn sort(files: impl IntoIterator<Item = (PathBuf, Vec<u8>)>) -> Result<Vec<Folder>, LanguageError> {
    let mut files: Vec<_> = files.into_iter().collect();
    files.sort();
    let mut folders = BTreeMap::new();
    for (path, bytes) in files {
        let is_lexicon = path.file_name().is_some_and(|name| name == "lexicon.toml");
        let is_page = path.extension().is_some_and(|extension| extension == "ftl");
        if !(is_lexicon || is_page) {
            continue;
        }
        let folder = folder_of(&mut folders, &path)?;
        let text = utf8(&path, bytes)?;
        if is_lexicon {
            folder.lexicon = Some(text);
        } else {
            folder.pages.push(Page { file: path.display().to_string(), text });
        }
    }
    Ok(folders.into_values().collect())
}

fn folder_of<'a>(
    folders: &'a mut BTreeMap<LanguageTag, Folder>,
    path: &Path,
) -> Result<&'a mut Folder, LanguageError> {
    let parent = path.parent().unwrap_or(path);
    let name = parent.file_name().unwrap_or_default().to_string_lossy();
    let tag = name.parse().ok().filter(|tag: &LanguageTag| tag.as_str() == name);
    let tag = tag.ok_or_else(|| LanguageError::Folder { name: parent.display().to_string() })?;
    Ok(folders.entry(tag.clone()).or_insert_with(|| Folder {
        tag,
        name: parent.display().to_string(),
        pages: Vec::new(),
        lexicon: None,
    }))
}

fn utf8(path: &Path, bytes: Vec<u8>) -> Result<String, LanguageError> {
    String::from_utf8(bytes).map_err(|error| LanguageError::Unreadable {
        path: path.to_owned(),
        source: io::Error::new(io::ErrorKind::InvalidData, error),
    })
}
