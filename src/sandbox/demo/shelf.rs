//! Where the demo's database stands: in a file that was named, with its world beside it, or in a
//! private folder that is gone afterwards.

use std::fs::{self, DirBuilder};
use std::io;
use std::path::{Path, PathBuf};

use super::error::DemoError;
use super::keeper::Keepsake;

/// A database file's place; a temporary one is removed when this is dropped.
#[derive(Debug)]
pub(super) struct Shelf {
    file: PathBuf,
    folder: Option<PathBuf>,
}

impl Shelf {
    /// The place of a named file, or a temporary one.
    pub fn new(named: Option<PathBuf>) -> Result<Self, DemoError> {
        let Some(file) = named else { return Ok(Self::temporary()?) };
        let shelf = Self { file, folder: None };
        let world = shelf.beside();
        let is_lived_in = fs::metadata(&shelf.file).is_ok_and(|found| found.len() > 0);
        match (is_lived_in, world.exists()) {
            (true, false) => Err(DemoError::NoWorld { db: shelf.file.clone(), world }),
            (false, true) => Err(DemoError::NoDatabase { db: shelf.file.clone(), world }),
            _ => Ok(shelf),
        }
    }

    fn temporary() -> io::Result<Self> {
        let name = format!("doorstep-demo-{}-{:08x}", std::process::id(), rand::random::<u32>());
        let folder = std::env::temp_dir().join(name);
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&folder)?;
        Ok(Self { file: folder.join("demo.db"), folder: Some(folder) })
    }

    /// The database file.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// The file of the world, if it is to outlive the demo.
    pub fn world(&self) -> Option<PathBuf> {
        self.folder.is_none().then(|| self.beside())
    }

    fn beside(&self) -> PathBuf {
        let mut name = self.file.as_os_str().to_owned();
        name.push(".world.json");
        name.into()
    }

    /// Refuses a place where a demo was kept.
    pub fn must_be_new(&self) -> Result<(), DemoError> {
        let is_kept = self.world().is_some_and(|world| world.exists());
        if is_kept { Err(DemoError::NotNew(self.file.clone())) } else { Ok(()) }
    }

    /// What was kept here by a demo before.
    pub fn keepsake(&self) -> Result<Option<Keepsake>, DemoError> {
        let world = self.world().filter(|world| world.exists());
        world.map(|world| Keepsake::read(&world)).transpose()
    }

    /// The address under which the settings know it.
    pub fn url(&self) -> String {
        format!("sqlite://{}", self.file.display())
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            // what cannot be removed now is left to the machine's own tidying of its temporary files
            fs::remove_dir_all(folder).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_temporary_place_is_gone_afterwards() {
        let shelf = Shelf::new(None).unwrap();
        let folder = shelf.file().parent().unwrap().to_owned();
        fs::write(shelf.file(), "rows").unwrap();
        drop(shelf);
        assert!(!folder.exists());
    }

    #[test]
    fn half_of_a_kept_demo_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("old.db");
        fs::write(&file, "rows").unwrap();
        assert!(matches!(Shelf::new(Some(file)), Err(DemoError::NoWorld { .. })));
        assert!(Shelf::new(Some(folder.path().join("new.db"))).is_ok());
        fs::write(folder.path().join("gone.db.world.json"), "{}").unwrap();
        let gone = folder.path().join("gone.db");
        assert!(matches!(Shelf::new(Some(gone)), Err(DemoError::NoDatabase { .. })));
    }
}
