//! Backups as files, and the schema brought up to date with one made before.

use crate::store::{self, BackupError, Db};
use std::{
    fs::{File, OpenOptions},
    io::{BufReader, BufWriter, Write},
    path::{Path, PathBuf},
};

/// Writes a backup, readable by its owner only. The file appears under its name once it is whole.
pub async fn to_file(db: &Db, path: &Path) -> Result<u64, BackupError> {
    let unfinished = path.with_extension("unfinished");
    let mut output = BufWriter::new(private(&unfinished)?);
    let rows = store::backup(db, &mut output).await?;
    output.flush()?;
    output.get_ref().sync_all()?;
    std::fs::rename(&unfinished, path)?;
    Ok(rows)
}

fn private(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Fills an empty database from a backup.
pub async fn from_file(db: &Db, path: &Path) -> Result<u64, BackupError> {
    store::restore(db, BufReader::new(File::open(path)?)).await
}

/// Brings the schema up to date. A database that holds something is backed up first, into `folder`; answers the file.
pub async fn migrate(db: &Db, folder: &Path) -> Result<Option<PathBuf>, BackupError> {
    let schema = db.schema().await?;
    let mut file = None;
    if schema.found > 0 && schema.found < schema.known {
        std::fs::create_dir_all(folder)?;
        let path = folder.join(format!("before-schema-{}-from-{}.backup", schema.known, schema.found));
        to_file(db, &path).await?;
        file = Some(path);
    }
    db.migrate(None).await?;
    Ok(file)
}
