use super::*;
use crate::domain::{
    accounts::{OrgKind, Organisation},
    ids::PlanId,
    plan::{Mark, Objective, Plan},
};

fn form(changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let id = "0198c0de-0000-7000-8000-000000000001";
    let mut values: Vec<(String, String)> =
        [("title", "Train"), ("description", ""), ("objective", id), ("lead", id), ("start", ""), ("due", "")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into();
    for (name, value) in changes {
        values.retain(|pair| pair.0 != *name);
        values.push(((*name).to_owned(), (*value).to_owned()));
    }
    values
}

#[test]
fn a_form_follows_the_item_where_nobody_typed() {
    let old = form(&[("title", "Train"), ("due", "2026-01-01")]);
    let new = form(&[("title", "Train judges"), ("due", "2026-02-01"), ("start", "2025-01-01")]);
    let typed = form(&[("title", "Train police"), ("due", "2026-01-01"), ("start", "")]);
    let followed = follow(&typed, &old, &new);
    let value = |name: &str| Values(&followed).get(name).to_owned();
    assert_eq!([value("title"), value("due"), value("start")], ["Train police", "2026-02-01", "2025-01-01"]);
}

#[test]
fn what_is_right_in_a_form_is_saved_and_only_the_rest_is_not() {
    let good = form(&[("title", "Train"), ("due", "2026-01-01")]);
    let typed = form(&[("title", "Train police"), ("due", "1.1."), ("unit", "towns")]);
    let names = ["title", "due", "unit"];
    let (errors, values) = match ItemForm::parse(Values(&typed)) {
        Ok(_) => unreachable!("the day and the measure are wrong"),
        Err(errors) => (errors.clone(), put_back(&typed, &good, errors.iter().map(|error| error.field))),
    };
    assert_eq!(errors.len(), 4);
    assert_eq!(names.map(|name| Values(&values).get(name)), ["Train police", "2026-01-01", ""]);
    assert!(ItemForm::parse(Values(&values)).is_ok());
}

/// A plan with the objective and the partner that the form names.
fn frame() -> Frame {
    let id = uuid::Uuid::parse_str("0198c0de-0000-7000-8000-000000000001").unwrap();
    let (starts, ends) = (Day::new(2026, 1, 1).unwrap(), Day::new(2027, 12, 31).unwrap());
    let (code, title) = ("O1".to_owned(), "A network".to_owned());
    let plan = Plan { id: PlanId(id), title: "Plan".to_owned(), starts, ends, time_zone: "UTC".to_owned() };
    let org = Organisation {
        id: OrgId(id),
        name: "ASTRA".to_owned(),
        short_name: "ASTRA".to_owned(),
        country: None,
        city: String::new(),
        website: String::new(),
        kind: OrgKind::Partner,
    };
    let objective = Objective { id: ObjectiveId(id), code, title, mark: Mark::Star };
    Frame { plan, objectives: vec![objective], statuses: Vec::new(), organisations: vec![org] }
}

#[test]
fn what_looks_personal_waits_for_a_reason_and_all_else_is_saved() {
    let good = form(&[("title", "Train"), ("description", "Write to office@example.org")]);
    let typed = form(&[("title", "Train police"), ("description", "Write to office@example.org or +381 11 334 7817")]);
    let asked = |values: &[(String, String)]| ItemForm::parse(Values(values)).unwrap().looks_personal(Values(&good));
    let phone = FieldError::new(Field::Description, Problem::Personal(guard::Kind::Phone));
    assert_eq!(asked(&typed), [phone]);
    assert_eq!(asked(&good), []);
    let frame = frame();
    let (saved, wrong) = salvage(&typed, &good, &frame);
    let said = |values: &[(String, String)], name: &str| Values(values).get(name).to_owned();
    assert_eq!(wrong, [phone]);
    assert_eq!(said(&saved, "title"), "Train police", "all else is saved");
    assert_eq!(said(&saved, "description"), said(&good, "description"));
    let with = |reason: &str| [&typed[..], &[("reason".to_owned(), reason.to_owned())]].concat();
    assert_eq!(salvage(&with("The office's own"), &good, &frame), (with("The office's own"), Vec::new()));
    assert_eq!(salvage(&with("so"), &good, &frame).1.len(), 2, "a reason that is none, and hence the question");
}

fn problems(changes: &[(&str, &str)]) -> Vec<(Field, Problem)> {
    let values = form(changes);
    let errors = ItemForm::parse(Values(&values)).err().unwrap_or_default();
    errors.into_iter().map(|error| (error.field, error.problem)).collect()
}

#[test]
fn every_mistake_is_told_at_once_and_beside_its_field() {
    assert_eq!(problems(&[]), []);
    let wrong =
        problems(&[("title", " "), ("lead", "astra"), ("due", "31.2.2026"), ("unit", "towns"), ("target", "x")]);
    assert_eq!(
        wrong,
        [
            (Field::Title, Problem::Missing),
            (Field::Lead, Problem::Unknown),
            (Field::Due, Problem::NotADay),
            (Field::Baseline, Problem::Missing),
            (Field::Target, Problem::NotANumber),
            (Field::Current, Problem::Missing),
        ]
    );
    let equal = [("unit", "towns"), ("baseline", "3"), ("target", "3,0"), ("current", "3")];
    assert_eq!(problems(&equal), [(Field::Target, Problem::NoDistance)]);
}
