//! Building the framework: its tree, and the forms of its results and indicators. For those who may change it.

mod fields;
mod held;
mod indicator;
mod light;
mod links;
mod moved;
mod node;
mod row;
mod sent;
mod tree;

pub use indicator::{IndicatorPage, NewIndicatorPage};
pub use node::{NewNodePage, NodePage};
pub use tree::TreePage;

use super::known::Known;
use crate::{
    api::{AppError, results::read_results},
    domain::{change::Refusal, policy},
    ui::{
        board, data,
        frame::SiteResource,
        kit::{error::ErrorPage, reply::Reply},
        line::Line,
    },
};
use leptos::prelude::*;

/// A page of the framework, drawn once what it shows is there.
fn page(draw: impl Fn(Known, Option<Reply>) -> AnyView + Clone + Send + Sync + 'static) -> impl IntoView {
    let site = expect_context::<SiteResource>();
    let line = expect_context::<Line>();
    let answer = data::fetch(|| (), |()| read_results(None));
    let reply = Reply::current();
    board::follow_beside(line, site);
    view! {
        <Suspense>
            {move || {
                let (draw, reply) = (draw.clone(), reply.clone());
                Suspend::new(async move {
                    match (site.await, answer.await) {
                        (Ok(site), Ok(_)) if !policy::can_change_framework(&site.viewer) => {
                            view! { <ErrorPage error=AppError::Refused(Refusal::Forbidden)/> }.into_any()
                        }
                        (Ok(site), Ok(view)) => draw(Known::new(line, site.viewer, view), reply),
                        (Err(error), _) | (_, Err(error)) => view! { <ErrorPage error=error/> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}
