//! What the dashboard gives away as files: its charts as drawings, and their figures as tables.

use super::{
    address::{self, Measure},
    bullets, heat, map, steps,
};
use crate::{
    domain::{dashboard::Picture, day::Day},
    i18n::{self, Locale},
    ui::kit::{chart::drawing::drawing, day},
};
use leptos::prelude::*;

/// A chart of the dashboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chart {
    Map,
    Heat,
    Steps,
    /// For those who may read results.
    Indicators,
}

impl Chart {
    pub const ALL: [Self; 4] = [Self::Map, Self::Heat, Self::Steps, Self::Indicators];

    /// Its word in addresses and names of files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::Heat => "heat",
            Self::Steps => "steps",
            Self::Indicators => "indicators",
        }
    }

    /// The day of what it shows.
    pub fn day(self, view: &Picture) -> Day {
        match self {
            Self::Indicators => view.dashboard.period.last_day().min(view.dashboard.today),
            Self::Map | Self::Heat | Self::Steps => view.dashboard.today,
        }
    }

    /// As a document of its own, in SVG.
    pub fn drawn(self, locale: Locale, measure: Measure, view: &Picture) -> AnyView {
        let day = day::full(locale, self.day(view));
        let mut source = i18n::dashboard::about(locale, view.frame.plan.title.as_str(), day);
        if self == Self::Map {
            source = format!("{source} · {}", i18n::dashboard::shapes(locale));
        }
        let leaving = match self {
            Self::Map => map::leaving(locale, measure, view),
            Self::Heat => heat::leaving(locale, view),
            Self::Steps => steps::leaving(locale, view),
            Self::Indicators => bullets::leaving(locale, view),
        };
        drawing(leaving, &source)
    }

    /// Its heads, then its rows.
    pub fn figures(self, locale: Locale, view: &Picture) -> Vec<Vec<String>> {
        match self {
            Self::Map => map::figures(locale, view),
            Self::Heat => heat::figures(locale, view),
            Self::Steps => steps::figures(locale, view),
            Self::Indicators => bullets::figures(locale, view),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Svg,
    Png,
    Csv,
}

impl Format {
    pub const ALL: [Self; 3] = [Self::Svg, Self::Png, Self::Csv];

    /// What names of files end with.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Csv => "csv",
        }
    }
}

/// What the name of a file asks for, such as "map.svg"; nothing if there is no such file.
pub fn read(name: &str) -> Option<(Chart, Format)> {
    let (chart, format) = name.split_once('.')?;
    let chart = Chart::ALL.into_iter().find(|known| known.word() == chart)?;
    let format = Format::ALL.into_iter().find(|known| known.ending() == format)?;
    Some((chart, format))
}

/// The path of a file.
fn path(chart: Chart, format: Format) -> String {
    format!("/export/dashboard/{}.{}", chart.word(), format.ending())
}

/// The ways to take a chart along.
#[component]
pub fn Downloads<'a>(
    locale: Locale,
    chart: Chart,
    #[prop(optional)] measure: Measure,
    view: &'a Picture,
) -> impl IntoView + use<> {
    let query = address::query(view.dashboard.span, measure, view.seen_as);
    let links = Format::ALL.map(|format| {
        let name = format.ending().to_uppercase();
        let label = i18n::dashboard::download_as(locale, name.as_str());
        let href = format!("{}?{query}", path(chart, format));
        // Not a page of the application's.
        view! { <li><a href=href rel="external" download="" aria-label=label>{name}</a></li> }
    });
    view! {
        <div class="downloads quiet small">
            <span>{i18n::dashboard::download(locale)}</span>
            <ul class="in-row">{links.into_iter().collect::<Vec<_>>()}</ul>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_the_file_that_it_names() {
        for (chart, format) in Chart::ALL.into_iter().flat_map(|chart| Format::ALL.map(|format| (chart, format))) {
            let path = path(chart, format);
            assert_eq!(path.strip_prefix("/export/dashboard/").and_then(read), Some((chart, format)), "{path}");
        }
        assert_eq!((read("map.pdf"), read("map"), read("x.svg")), (None, None, None));
    }
}
