//! Forms of the framework: names and values, read field by field into a command, the same in browser and server. Every
//! mistake is told at once.

mod indicator;
mod node;

pub use indicator::{PEOPLE, YES, target_name, values_of as indicator_values};
pub use node::values_of as node_values;

use super::{
    change::Results,
    command::{ResultsCommand, Subject},
    light::Light,
};
use crate::domain::{
    day::Quarter,
    fields::{Field, FieldError, Problem},
    ids::{IndicatorId, ItemId, NodeId},
    item_form::Values,
    plan::Plan,
    text::{Reason, TextEdit},
};
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// Wrong fields, in the order of the form.
type Errors = Vec<FieldError>;

/// What a form of the framework is read against.
#[derive(Clone, Copy)]
pub struct FrameworkForm<'a> {
    pub values: Values<'a>,
    pub plan: &'a Plan,
    pub results: &'a Results,
}

impl FrameworkForm<'_> {
    /// What the form asks for; nothing if it says no word that is known. `item` finds an action item by its number, `id`
    /// makes the id of what is new.
    pub fn command(
        self,
        item: impl FnOnce(i64) -> Option<ItemId>,
        id: impl FnOnce() -> Uuid,
    ) -> Option<Result<ResultsCommand, Errors>> {
        Some(match self.values.get("do") {
            "add-node" => self.add_node(NodeId(id())),
            "edit-node" => self.edit_node(),
            "move-node" => self.move_node(),
            "up" => self.shift(-1),
            "down" => self.shift(1),
            "remove-node" => self.node().map(|node| ResultsCommand::RemoveNode { node }).map_err(one),
            "add-indicator" => self.add_indicator(IndicatorId(id())),
            "edit-indicator" => self.edit_indicator(),
            "remove-indicator" => {
                self.indicator().map(|indicator| ResultsCommand::RemoveIndicator { indicator }).map_err(one)
            }
            "link" => self.link(item).map(|(item, output)| ResultsCommand::Link { item, output }).map_err(one),
            "unlink" => self.link(item).map(|(item, output)| ResultsCommand::Unlink { item, output }).map_err(one),
            "light" => self.light(),
            "withdraw-node" => self.node().map(Subject::Node).map(withdraw).map_err(one),
            "withdraw-indicator" => self.indicator().map(Subject::Indicator).map(withdraw).map_err(one),
            _ => return None,
        })
    }

    fn node(self) -> Result<NodeId, FieldError> {
        self.values.id("node", Field::Parent)
    }

    fn indicator(self) -> Result<IndicatorId, FieldError> {
        self.values.id("indicator", Field::Indicator)
    }

    /// An output, and the item whose number was entered.
    fn link(self, item: impl FnOnce(i64) -> Option<ItemId>) -> Result<(ItemId, NodeId), FieldError> {
        let number = match self.values.get("item").trim_start_matches('#') {
            "" => return Err(FieldError::new(Field::Item, Problem::Missing)),
            number => number.parse().ok(),
        };
        let item = number.and_then(item).ok_or(FieldError::new(Field::Item, Problem::NoSuchItem))?;
        Ok((item, self.node()?))
    }

    /// Sets the light of a quarter, or gives it back to the rule.
    fn light(self) -> Result<ResultsCommand, Errors> {
        let mut errors = Vec::new();
        let indicator = keep(self.indicator(), &mut errors);
        let period = keep(self.values.id::<Quarter>("period", Field::Period), &mut errors);
        let light = match self.values.get("light") {
            "" => Some(None),
            word => keep(self.set_light(word), &mut errors).map(Some),
        };
        match (indicator, period, light) {
            (Some(indicator), Some(period), Some(light)) => Ok(ResultsCommand::SetLight { indicator, period, light }),
            _ => Err(errors),
        }
    }

    fn set_light(self, word: &str) -> Result<(Light, Reason), FieldError> {
        Ok((choice(word, Field::Light)?, Reason::parse(self.values.get("why"))?))
    }

    /// Why what looks like personal data may stay, or why a goal moves.
    fn reason(self, name: &str) -> Result<Option<Reason>, FieldError> {
        match self.values.get(name) {
            "" => Ok(None),
            text => Reason::parse(text).map(Some),
        }
    }

    /// An edit of a text, if it says something else than the form was filled with.
    fn text<T>(
        self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, FieldError>,
    ) -> Result<Option<TextEdit<T>>, FieldError> {
        let (now, was) = (self.values.get(name), self.values.get(&format!("{name}_was")));
        let from = self.values.get(&format!("{name}_from")).parse().unwrap_or(0);
        // Browsers send line breaks as two characters.
        let is_same = now.replace("\r\n", "\n") == was.replace("\r\n", "\n");
        if is_same { Ok(None) } else { Ok(Some(TextEdit { from, body: parse(now)? })) }
    }
}

fn withdraw(subject: Subject) -> ResultsCommand {
    ResultsCommand::Withdraw { subject }
}

fn one(error: FieldError) -> Errors {
    vec![error]
}

fn keep<T>(result: Result<T, FieldError>, errors: &mut Errors) -> Option<T> {
    result.map_err(|error| errors.push(error)).ok()
}

/// One of a few words, as the wire writes them.
fn choice<T: DeserializeOwned>(word: &str, field: Field) -> Result<T, FieldError> {
    let problem = if word.is_empty() { Problem::Missing } else { Problem::Unknown };
    serde_json::from_value(word.into()).map_err(|_| FieldError::new(field, problem))
}

/// The word of one of a few.
pub fn word<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// A text with what it was filled with.
fn put_text(values: &mut Vec<(String, String)>, name: &str, text: &crate::domain::text::Text) {
    values.push((name.to_owned(), text.body.clone()));
    values.push((format!("{name}_was"), text.body.clone()));
    values.push((format!("{name}_from"), text.version.to_string()));
}

#[cfg(test)]
mod tests;
