//! The newest state of an open item, and what its buttons do to it.

use crate::{
    api::{
        AppError,
        items::{ItemView, read_item},
    },
    domain::{
        change::{Change, Command, Refusal},
        ids::OrgId,
        item_form::{self, Values},
        items::ItemChange,
    },
    i18n,
    ui::{
        browser,
        kit::error,
        line::{Answered, Line},
    },
};
use leptos::{ev, prelude::*, task::spawn_local};

/// The item as the server has it, read again whenever it may have changed.
#[derive(Clone, Copy)]
pub struct Newest {
    pub view: RwSignal<ItemView>,
    /// Why it cannot be read any more.
    pub error: RwSignal<Option<AppError>>,
    /// Whose change made it be read again last.
    pub by: StoredValue<Option<OrgId>>,
    /// How often it was read, so that an answer knows whether it is still the newest.
    reads: StoredValue<u32>,
    line: Line,
}

impl Newest {
    pub fn new(line: Line, view: ItemView) -> Self {
        let (view, error) = (RwSignal::new(view), RwSignal::new(None));
        Self { view, error, by: StoredValue::new(None), reads: StoredValue::new(0), line }
    }

    /// What is being read is no longer the newest.
    pub fn overtake(self) -> u32 {
        self.reads
            .try_update_value(|reads| {
                *reads += 1;
                *reads
            })
            .unwrap_or_default()
    }

    pub fn read(self) {
        let Some(number) = self.view.try_with_untracked(|view| view.item.number) else { return };
        let read = self.overtake();
        spawn_local(async move {
            let answer = read_item(number).await;
            if self.reads.try_get_value() != Some(read) {
                return;
            }
            match answer {
                Ok(view) => {
                    self.error.try_set(None);
                    self.view.try_set(view);
                }
                // The next change will bring it.
                Err(AppError::Offline) => {}
                Err(error) => drop(self.error.try_set(Some(error))),
            }
        });
    }

    /// Does what a button says without leaving the page. Forms that are none of the actions are left alone.
    pub fn act(self, event: &ev::SubmitEvent) {
        let Some(button) = browser::submitter(event).filter(|button| button.0 == "do") else { return };
        let values = browser::target_values(event).into_iter().chain([button]).collect::<Vec<_>>();
        let item = self.view.with_untracked(|view| view.item.id);
        let Some(Ok(command)) = item_form::action(item, Values(&values)) else { return };
        event.prevent_default();
        self.line.submit(Command::Item(command), move |outcome| match outcome {
            // Taken while this was on its way: the newest state says what came of it.
            Answered::Done(entry) => {
                if matches!(entry.change, Change::Item(ItemChange::Withdrawn { .. })) {
                    self.line.notices.tell(i18n::item::withdrawn(self.line.locale()).to_owned());
                }
                self.read();
            }
            Answered::Refused(AppError::Refused(Refusal::Taken)) => self.read(),
            Answered::Withdrawn => {}
            Answered::Refused(error) => {
                let locale = self.line.locale();
                let (what, hint) = error::words(locale, &error);
                self.line.notices.tell(i18n::error::both(locale, what, hint));
            }
        });
    }
}
