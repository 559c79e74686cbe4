//! A page that shows no board follows the plan all the same, so that it hears of what it does show.

use super::BoardState;
use crate::{
    domain::filter::Filter,
    ui::{frame::SiteResource, line::Line, offline},
};
use leptos::{prelude::*, task::spawn_local};

/// Loads the board behind the page, once the page listens and if its reader has a line.
pub fn follow_beside(line: Line, site: SiteResource) {
    Effect::new(move || {
        let Some(Ok(site)) = site.get() else { return };
        if site.viewer.member().is_none() || line.board.with_untracked(Option::is_some) {
            return;
        }
        spawn_local(async move {
            if let Ok(Some(view)) = offline::board(line, Filter::default()).await
                && line.board.with_untracked(Option::is_none)
            {
                let board = line.keep(|| BoardState::new(view, site.viewer, Filter::default()));
                line.follow(board);
            }
        });
    });
}
