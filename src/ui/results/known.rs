//! The results as a page shows them: those of the server, with what waits for it already done.

use crate::{
    api::{
        AppError,
        results::{ResultsView, read_results},
    },
    domain::{
        accounts::Viewer,
        change::{Change, Command, Refusal},
        ids::{OpId, Revision},
        item_form::Values,
        results::{change::ResultsChange, command::ResultsCommand, framework_form::FrameworkForm},
    },
    i18n,
    ui::{
        browser,
        line::{Answered, Line},
    },
};
use leptos::{prelude::*, task::spawn_local};

/// What came of a command, for whoever is still there.
pub enum Outcome {
    Done(ResultsChange),
    Refused(AppError),
    /// It was taken back before it was sent.
    Withdrawn,
}

/// Cheap to copy: handles, all of them.
#[derive(Clone, Copy)]
pub struct Known {
    pub line: Line,
    viewer: StoredValue<Viewer>,
    /// As the server told it last, with what it has answered since.
    pub view: RwSignal<ResultsView>,
}

impl Known {
    /// Follows from now on what others do.
    pub fn new(line: Line, viewer: Viewer, view: ResultsView) -> Self {
        let known = Self { line, viewer: StoredValue::new(viewer), view: RwSignal::new(view) };
        Effect::new(move |before: Option<Revision>| {
            let now = line.results.get();
            if before.is_some_and(|before| before != now) {
                known.ask();
            }
            now
        });
        known
    }

    /// Asks for all of it anew. Without an answer what is known stays.
    pub fn ask(self) {
        self.ask_and(|| {});
    }

    /// The same; `then` is called when it has come.
    pub fn ask_and(self, then: impl FnOnce() + 'static) {
        let Some(period) = self.view.try_with_untracked(|view| view.period) else { return };
        spawn_local(async move {
            let Ok(view) = browser::answer_to(read_results(Some(period))).await else { return };
            if self.view.try_with_untracked(|now| *now != view) == Some(true) {
                self.view.try_set(view);
            }
            then();
        });
    }

    pub fn viewer(self) -> Viewer {
        self.viewer.get_value()
    }

    /// With what waits. Follows both.
    pub fn shown(self) -> ResultsView {
        let outbox = self.line.outbox.get();
        let commands = outbox.jobs().map(|job| &job.command);
        self.with(self.view.get(), commands)
    }

    /// The same, as it is now.
    pub fn now(self) -> ResultsView {
        untrack(|| self.shown())
    }

    fn with<'a>(self, mut view: ResultsView, commands: impl Iterator<Item = &'a Command>) -> ResultsView {
        let viewer = self.viewer();
        for command in commands {
            if let Command::Results(command) = command {
                let item = |item| self.line.board.get_untracked().and_then(|board| board.peek(item));
                view.anticipate(&viewer, command, |id| item(id).map(|card| (card.number, card.title.clone())));
            }
        }
        view
    }

    /// What a form of the framework asks for, or what is wrong with it, as the server will say.
    pub fn read(self, values: &[(String, String)]) -> Result<ResultsCommand, AppError> {
        let view = self.now();
        let form = FrameworkForm { values: Values(values), plan: &view.frame.plan, results: &view.results };
        let item = |number| {
            let board = self.line.board.get_untracked()?.confirmed();
            board.card_by_number(number).map(|card| card.id)
        };
        let command = form.command(item, || browser::new_op().0).ok_or(AppError::Unreadable)?;
        let command = command.map_err(Refusal::Invalid)?;
        self.check(&view, &command)?;
        Ok(command)
    }

    /// Which items are linked the server alone knows.
    fn check(self, view: &ResultsView, command: &ResultsCommand) -> Result<(), AppError> {
        if matches!(command, ResultsCommand::Link { .. } | ResultsCommand::Unlink { .. }) {
            return Ok(());
        }
        view.results.try_out(&self.viewer(), &view.frame, command)?;
        Ok(())
    }

    /// Hands a command to the line, whatever comes of it; `done` hears that while the page is there. Answers its name.
    pub fn submit(
        self,
        command: ResultsCommand,
        follows: Option<OpId>,
        done: impl FnOnce(OpId, Outcome) + Send + Sync + 'static,
    ) -> OpId {
        let op = browser::new_op();
        self.line.submit_after(op, Command::Results(command), follows, move |answer| match answer {
            Answered::Done(entry) => {
                if let Change::Results(change) = entry.change {
                    self.view.try_update(|view| view.results.apply(&change));
                    done(op, Outcome::Done(*change));
                }
            }
            Answered::Refused(error) => done(op, Outcome::Refused(error)),
            Answered::Withdrawn => done(op, Outcome::Withdrawn),
        });
        op
    }

    /// A command whose page need not hear of it: a refusal is told to its author wherever they are. It is not sent if what it
    /// follows is refused.
    pub fn submit_alone(self, command: ResultsCommand, follows: Option<OpId>) {
        let title = i18n::waiting::results(self.line.locale());
        self.submit(command, follows, move |_, outcome| {
            if let Outcome::Refused(error) = outcome {
                self.line.tell_refused(title, &error);
            }
        });
    }
}
