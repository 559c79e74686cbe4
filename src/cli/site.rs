//! The built site, embedded in the program; a folder instead of it for the tests of the site itself.

use act_board::serve::Assets;
use rust_embed::RustEmbed;
use std::{borrow::Cow, path::Path, sync::LazyLock};

#[derive(RustEmbed)]
#[folder = "target/site/"]
#[allow_missing = true]
struct Site;

/// The folder that replaces the embedded site.
static FOLDER: LazyLock<Option<String>> = LazyLock::new(|| std::env::var("ACT_BOARD_SITE").ok());

pub fn assets() -> Assets {
    Assets::new(|path| match FOLDER.as_deref() {
        Some(folder) => from_folder(Path::new(folder), path),
        None => Site::get(path).map(|file| file.data),
    })
}

/// A file of the folder itself, never of one above it.
fn from_folder(folder: &Path, path: &str) -> Option<Cow<'static, [u8]>> {
    let inside = !path.split('/').any(|part| part == ".." || part.is_empty());
    inside.then(|| std::fs::read(folder.join(path)).ok()).flatten().map(Cow::Owned)
}
