//! How the items that a filter lets through are laid out.

use crate::domain::{board::Card, plan::Frame};
use serde::{Deserialize, Serialize};

/// The most rows of a table or a timeline; a filter leads to the others.
pub const ROWS: usize = 200;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// Cards by status.
    #[default]
    Board,
    /// A row an item.
    Table,
    /// A bar an item, over the quarters of the plan.
    Timeline,
}

impl View {
    pub const ALL: [Self; 3] = [Self::Board, Self::Table, Self::Timeline];

    /// Its word in addresses, which leave the board's out.
    pub fn word(self) -> &'static str {
        match self {
            Self::Board => "board",
            Self::Table => "table",
            Self::Timeline => "timeline",
        }
    }

    /// What rows are put in order by: on the timeline first by objective, then by number; what has no number yet comes last.
    /// The board's order is that of its columns.
    pub fn order(self, frame: &Frame, card: &Card) -> (Option<usize>, i64) {
        let objective = || frame.objectives.iter().position(|it| it.id == card.facts.objective);
        let number = if card.number > 0 { card.number } else { i64::MAX };
        (objective().filter(|_| self == Self::Timeline), number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::filter::Filter;

    #[test]
    fn an_address_names_every_view_but_the_board() {
        for view in View::ALL {
            let query = Filter { view, ..Filter::default() }.to_query();
            assert_eq!(query.len(), usize::from(view != View::Board));
            let pairs = query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            assert_eq!(Filter::from_query(pairs).view, view);
        }
        let odd = Filter::from_query([("view", "nothing")]);
        assert_eq!((odd.view, odd.is_narrow()), (View::Board, false));
    }
}
