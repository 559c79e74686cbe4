//! Drawings turned into pictures made of points, in the site's own fonts.

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{
        Options, Tree,
        fontdb::{Database, Language, Source, Weight},
    },
};
use std::sync::Arc;
use tokio::{sync::Semaphore, task};

/// How many pictures are made at once. Each keeps a core busy for some hundredths of a second.
const AT_ONCE: usize = 2;

/// The longest side of a picture, in points; a drawing that would be longer is not made.
const LONGEST: f32 = 4_000.0;

pub struct Raster {
    fonts: Arc<Database>,
    places: Semaphore,
}

impl Raster {
    /// With variable fonts as WOFF2 files, each with its family's name, those first that are to be preferred where a font
    /// lacks a character. One that cannot be read is passed over.
    pub fn new<'a>(fonts: impl Iterator<Item = (&'a str, &'a [u8])>) -> Self {
        let mut database = Database::new();
        for (family, font) in fonts {
            match wuff::decompress_woff2(font) {
                Ok(font) => add(&mut database, family, font),
                Err(error) => tracing::warn!(?error, "a font cannot be read"),
            }
        }
        Self { fonts: Arc::new(database), places: Semaphore::new(AT_ONCE) }
    }

    /// An SVG as PNG with `scale` points to each of its units; nothing if it cannot be drawn.
    pub async fn png(&self, svg: String, scale: f32) -> Option<Vec<u8>> {
        let _place = self.places.acquire().await.ok()?;
        let fonts = self.fonts.clone();
        task::spawn_blocking(move || draw(&svg, fonts, scale)).await.ok().flatten()
    }
}

/// A variable font calls itself by its thinnest weight; drawings ask for its family and say the weight themselves.
fn add(database: &mut Database, family: &str, font: Vec<u8>) {
    for id in database.load_font_source(Source::Binary(Arc::new(font))) {
        let Some(mut face) = database.face(id).cloned() else { continue };
        database.remove_face(id);
        face.families = vec![(family.to_owned(), Language::English_UnitedStates)];
        face.weight = Weight::NORMAL;
        database.push_face_info(face);
    }
}

fn draw(svg: &str, fontdb: Arc<Database>, scale: f32) -> Option<Vec<u8>> {
    let options = Options { fontdb, ..Options::default() };
    let tree = Tree::from_str(svg, &options).inspect_err(|error| tracing::error!(%error, "no drawing")).ok()?;
    let size = tree.size().scale_by(scale).filter(|size| size.width().max(size.height()) <= LONGEST)?.to_int_size();
    let mut points = Pixmap::new(size.width(), size.height())?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut points.as_mut());
    points.encode_png().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20" width="30" height="20">
        <style>.all{fill:#123456}</style><rect class="all" width="30" height="20"/></svg>"##;

    #[tokio::test]
    async fn a_drawing_becomes_a_picture_of_its_size_and_colour() {
        let raster = Raster::new([("Sans", &b"no font"[..])].into_iter());
        let png = raster.png(SVG.to_owned(), 2.0).await.expect("it can be drawn");
        let points = Pixmap::decode_png(&png).expect("a PNG");
        assert_eq!((points.width(), points.height()), (60, 40));
        let corner = points.pixel(59, 39).expect("a point");
        assert_eq!((corner.red(), corner.green(), corner.blue()), (0x12, 0x34, 0x56));
    }

    #[tokio::test]
    async fn what_is_no_drawing_or_too_large_becomes_none() {
        let raster = Raster::new([].into_iter());
        assert_eq!(raster.png("<p>".to_owned(), 1.0).await, None);
        assert_eq!(raster.png(SVG.to_owned(), 1_000.0).await, None);
    }
}
