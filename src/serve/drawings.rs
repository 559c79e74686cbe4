//! Charts and their figures as files, and the picture that goes with links to the network's page.

use super::{Serve, pages, sheet};
use crate::{
    api::AppError,
    domain::{accounts::Viewer, change::Refusal, preview},
    i18n::Locale,
    server::{outage, raster::Raster},
    ui::{
        dashboard::{
            address::{self, Measure},
            files::{self, Chart, Format},
        },
        public::card,
    },
};
use axum::{
    extract::{Path, Query, Request, State, rejection::QueryRejection},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use leptos::prelude::{AnyView, Owner, RenderHtml};
use leptos_router::params::ParamsMap;

/// The families of the pages, in the order in which they are looked through for a character, by what their files are named.
const FAMILIES: [(&str, &str); 2] = [("Source Sans 3", "source-sans-3"), ("Source Serif 4", "source-serif-4")];
const SUBSETS: [&str; 3] = ["latin", "latin-ext", "cyrillic"];

/// Points to a unit of a chart, so that it is sharp in print.
const SHARP: f32 = 2.0;

/// A chart of the dashboard in a quarter, as the viewer may see it.
pub async fn chart(
    State(serve): State<Serve>,
    Path(name): Path<String>,
    asked: Result<Query<Vec<(String, String)>>, QueryRejection>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let asked: ParamsMap = asked.map(|Query(asked)| asked).unwrap_or_default().into_iter().collect();
    let viewer = parts.extensions.get::<Viewer>().cloned().unwrap_or(Viewer::Public);
    match write(&serve, &viewer, pages::locale(&parts.headers), &name, &asked).await {
        Ok(file) => file,
        Err(error) => pages::failure(&serve, &parts, error).await,
    }
}

async fn write(
    serve: &Serve,
    viewer: &Viewer,
    locale: Locale,
    name: &str,
    asked: &ParamsMap,
) -> Result<Response, AppError> {
    let (chart, format) = files::read(name).ok_or(Refusal::NotFound)?;
    let eyes = preview::seen_as(viewer, address::seen_as(asked)).ok_or(Refusal::Forbidden)?;
    let picture = serve.state.picture(&eyes, address::period(asked)).await.map_err(outage)?.ok_or(Refusal::NotFound)?;
    if chart == Chart::Indicators && picture.indicators.is_none() {
        return Err(Refusal::NotFound.into());
    }
    let draw = || document(serve, || chart.drawn(locale, Measure::read(asked), &picture));
    let body = match format {
        Format::Csv => sheet::csv(chart.figures(locale, &picture))?.into_bytes(),
        Format::Svg => draw().into_bytes(),
        Format::Png => serve.raster().png(draw(), SHARP).await.ok_or(Refusal::Failed)?,
    };
    let (word, ending, day) = (chart.word(), format.ending(), chart.day(&picture));
    let disposition = format!("attachment; filename=\"act-board-{word}-{day}.{ending}\"");
    let disposition = HeaderValue::from_str(&disposition).map_err(|_| Refusal::Failed)?;
    let headers = [(header::CONTENT_TYPE, kind(format)), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, body).into_response())
}

fn kind(format: Format) -> HeaderValue {
    HeaderValue::from_static(match format {
        Format::Svg => "image/svg+xml",
        Format::Png => "image/png",
        Format::Csv => "text/csv; charset=utf-8",
    })
}

/// What the network's page shows, as a picture for those who pass its address on; the same to everybody.
pub async fn network(State(serve): State<Serve>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match network_card(&serve, pages::locale(&parts.headers)).await {
        Ok(png) => ([(header::CONTENT_TYPE, HeaderValue::from_static("image/png"))], png).into_response(),
        Err(error) => pages::failure(&serve, &parts, error).await,
    }
}

async fn network_card(serve: &Serve, locale: Locale) -> Result<Vec<u8>, AppError> {
    let view = serve.state.public_view().await.map_err(outage)?.ok_or(Refusal::NotFound)?;
    let svg = document(serve, || card::drawn(locale, &view));
    Ok(serve.raster().png(svg, 1.0).await.ok_or(Refusal::Failed)?)
}

/// A drawing with the style that it needs, as XML. Its links lead here from wherever it lies.
fn document(serve: &Serve, draw: impl FnOnce() -> AnyView) -> String {
    let drawn = Owner::new().with(|| draw().to_html());
    let style = serve.assets.text("drawing.css").unwrap_or_default();
    let (head, rest) = drawn.split_once('>').unwrap_or_default();
    // What Leptos marks for the browser is no XML. Texts are escaped, so it stands nowhere else.
    let rest = rest.replace("<!>", "").replace("<!---->", "");
    let rest = rest.replace("href=\"/", &format!("href=\"{}/", serve.state.config.public_url));
    format!("{head}><style>{style}</style>{rest}")
}

impl Serve {
    /// Made when the first picture is asked for.
    fn raster(&self) -> &Raster {
        self.raster.get_or_init(|| {
            let files = FAMILIES.into_iter().flat_map(|family| SUBSETS.map(|subset| (family, subset)));
            let fonts: Vec<_> = files
                .filter_map(|((family, file), subset)| {
                    Some((family, self.assets.bytes(&format!("fonts/{file}-{subset}-wght-normal.woff2"))?))
                })
                .collect();
            Raster::new(fonts.iter().map(|(family, font)| (*family, font.as_ref())))
        })
    }
}
