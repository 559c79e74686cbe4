//! Accounts and organisations as forms send them, read field by field, so that every mistake is told at once.

use super::{
    accounts::{Country, Email, OrgKind, Organisation, Role},
    day::Day,
    fields::{Field, FieldError, Problem},
    ids::OrgId,
    item_form::Values,
    plan::Mark,
    text::{City, NetworkName, ObjectiveTitle, OrgName, PersonName, PlanTitle, ShortName, is_invisible},
};

/// A password has at least so many characters.
pub const PASSWORD_MIN: usize = 12;

/// And at most so many.
pub const PASSWORD_MAX: usize = 200;

/// A password that is long enough. How soon it is guessed, the server says.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPassword(String);

impl NewPassword {
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let problem = match text.chars().count() {
            0 => Problem::Missing,
            n if n < PASSWORD_MIN => Problem::TooShort { min: PASSWORD_MIN },
            n if n > PASSWORD_MAX => Problem::TooLong { max: PASSWORD_MAX },
            _ => return Ok(Self(text.to_owned())),
        };
        Err(FieldError::new(Field::Password, problem))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A member to be invited: email, name, org, role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    pub email: Email,
    pub name: PersonName,
    pub org: OrgId,
    pub role: Role,
}

impl NewPerson {
    pub fn parse(values: Values) -> Result<Self, Vec<FieldError>> {
        let mut errors = Errors::default();
        let email = errors.keep(email(values));
        let name = errors.keep(PersonName::parse(values.get("name")));
        let org = errors.keep(values.id("org", Field::Organisation));
        let role = errors.keep(role(values));
        match (email, name, org, role) {
            (Some(email), Some(name), Some(org), Some(role)) => Ok(Self { email, name, org, role }),
            _ => Err(errors.0),
        }
    }
}

/// What a form says of an organisation: org_name, short_name, country, city, website, kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationForm {
    name: OrgName,
    short_name: ShortName,
    country: Option<Country>,
    city: City,
    website: String,
    kind: OrgKind,
}

impl OrganisationForm {
    pub fn parse(values: Values) -> Result<Self, Vec<FieldError>> {
        let mut errors = Errors::default();
        let name = errors.keep(OrgName::parse(values.get("org_name")));
        let short_name = errors.keep(short_name(values));
        let country = errors.keep(country(values));
        let city = errors.keep(City::parse(values.get("city")));
        let website = errors.keep(website(values));
        let kind = OrgKind::from_word(values.get("kind"));
        let kind = errors.keep(kind.ok_or(FieldError::new(Field::Kind, Problem::Unknown)));
        match (name, short_name, country, city, website, kind) {
            (Some(name), Some(short_name), Some(country), Some(city), Some(website), Some(kind)) => {
                Ok(Self { name, short_name, country, city, website, kind })
            }
            _ => Err(errors.0),
        }
    }

    pub fn organisation(self, id: OrgId) -> Organisation {
        Organisation {
            id,
            name: self.name.into_string(),
            short_name: self.short_name.into_string(),
            country: self.country,
            city: self.city.into_string(),
            website: self.website,
            kind: self.kind,
        }
    }
}

/// The values of the form of an organisation as it stands.
pub fn values_of_organisation(org: &Organisation) -> Vec<(String, String)> {
    let country = org.country.map(String::from).unwrap_or_default();
    let values = [
        ("org_name", org.name.clone()),
        ("short_name", org.short_name.clone()),
        ("country", country),
        ("city", org.city.clone()),
        ("website", org.website.clone()),
        ("kind", org.kind.word().to_owned()),
    ];
    values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// At most so many objectives: as many as there are marks to tell them apart.
pub const OBJECTIVES_MAX: usize = Mark::ALL.len();

/// The first start: the network, its first coordinator, and the plan that they open. The organisation is read by
/// [`OrganisationForm`], the password by [`NewPassword`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstStart {
    pub network: NetworkName,
    pub email: Email,
    pub name: PersonName,
    pub title: PlanTitle,
    pub starts: Day,
    pub ends: Day,
    /// One a line in the form.
    pub objectives: Vec<ObjectiveTitle>,
}

impl FirstStart {
    /// Reads network, email, name, plan_title, plan_start, plan_end, objectives.
    pub fn parse(values: Values) -> Result<Self, Vec<FieldError>> {
        let mut errors = Errors::default();
        let network = errors.keep(NetworkName::parse(values.get("network")));
        let email = errors.keep(email(values));
        let name = errors.keep(PersonName::parse(values.get("name")));
        let title = errors.keep(PlanTitle::parse(values.get("plan_title")));
        let starts = errors.keep(day(values, "plan_start", Field::PlanStart));
        let ends = errors.keep(day(values, "plan_end", Field::PlanEnd));
        let objectives = errors.keep(objectives(values));
        if let (Some(starts), Some(ends)) = (starts, ends)
            && ends < starts
        {
            errors.0.push(FieldError::new(Field::PlanEnd, Problem::EndsBeforeStart));
        }
        match (network, email, name, title, starts, ends, objectives) {
            (Some(network), Some(email), Some(name), Some(title), Some(starts), Some(ends), Some(objectives))
                if errors.0.is_empty() =>
            {
                Ok(Self { network, email, name, title, starts, ends, objectives })
            }
            _ => Err(errors.0),
        }
    }
}

#[derive(Default)]
struct Errors(Vec<FieldError>);

impl Errors {
    fn keep<T>(&mut self, result: Result<T, FieldError>) -> Option<T> {
        result.map_err(|error| self.0.push(error)).ok()
    }
}

/// The value in `email`.
pub fn email(values: Values) -> Result<Email, FieldError> {
    match values.get("email") {
        "" => Err(FieldError::new(Field::Email, Problem::Missing)),
        text => Email::parse(text).ok_or(FieldError::new(Field::Email, Problem::NotAnEmail)),
    }
}

/// The value in `role`.
pub fn role(values: Values) -> Result<Role, FieldError> {
    Role::from_word(values.get("role")).ok_or(FieldError::new(Field::Role, Problem::Unknown))
}

/// Letters, digits and hyphens: it stands in addresses.
fn short_name(values: Values) -> Result<ShortName, FieldError> {
    let short_name = ShortName::parse(values.get("short_name"))?;
    let plain = short_name.as_str().chars().all(|c| c.is_alphanumeric() || c == '-');
    plain.then_some(short_name).ok_or(FieldError::new(Field::ShortName, Problem::NotAWord))
}

fn country(values: Values) -> Result<Option<Country>, FieldError> {
    match values.get("country") {
        "" => Ok(None),
        code => Country::parse(code).map(Some).ok_or(FieldError::new(Field::Country, Problem::Unknown)),
    }
}

/// Shown as a link, so only what a browser opens as a page.
fn website(values: Values) -> Result<String, FieldError> {
    let text = values.get("website");
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let good = rest.is_some_and(|rest| {
        rest.contains('.')
            && !rest.contains(|c: char| c.is_whitespace() || c.is_control() || is_invisible(c) || "\"'<>\\".contains(c))
    });
    match text {
        "" => Ok(String::new()),
        _ if good && text.len() <= 200 => Ok(text.to_owned()),
        _ => Err(FieldError::new(Field::Website, Problem::NotAnAddress)),
    }
}

fn day(values: Values, name: &str, field: Field) -> Result<Day, FieldError> {
    match values.get(name) {
        "" => Err(FieldError::new(field, Problem::Missing)),
        text => Day::parse(text).ok_or(FieldError::new(field, Problem::NotADay)),
    }
}

fn objectives(values: Values) -> Result<Vec<ObjectiveTitle>, FieldError> {
    let lines = values.get("objectives").lines().filter(|line| !line.trim().is_empty());
    let titles = lines.map(ObjectiveTitle::parse).collect::<Result<Vec<_>, _>>()?;
    match titles.len() {
        0 => Err(FieldError::new(Field::Objectives, Problem::Missing)),
        n if n > OBJECTIVES_MAX => Err(FieldError::new(Field::Objectives, Problem::TooMany { max: OBJECTIVES_MAX })),
        _ => Ok(titles),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn an_organisation_is_checked_field_by_field() {
        let good = [
            ("org_name", "Open Gate"),
            ("short_name", "OPENGATE"),
            ("country", "MK"),
            ("city", "Skopje"),
            ("website", "https://lastrada.example"),
            ("kind", "partner"),
        ];
        let form = values(&good);
        let org = OrganisationForm::parse(Values(&form)).map(|form| form.organisation(OrgId(uuid::Uuid::nil())));
        assert_eq!(org.map(|org| values_of_organisation(&org)), Ok(form));
        let bad =
            values(&[("short_name", "a b"), ("country", "mk"), ("website", "javascript:alert(1)"), ("kind", "x")]);
        let errors = OrganisationForm::parse(Values(&bad)).unwrap_err();
        let fields: Vec<Field> = errors.into_iter().map(|error| error.field).collect();
        assert_eq!(fields, [Field::Organisation, Field::ShortName, Field::Country, Field::Website, Field::Kind]);
    }

    #[test]
    fn a_first_start_needs_a_period_and_objectives() {
        let mut form = values(&[
            ("network", "Balkans ACT Now!"),
            ("email", "Coordinator@Network.example "),
            ("name", "Coordinator"),
            ("plan_title", "Action plan"),
            ("plan_start", "2027-01-01"),
            ("plan_end", "2026-12-31"),
            ("objectives", "One\r\n\r\nTwo\r\n"),
        ]);
        let errors = FirstStart::parse(Values(&form)).unwrap_err();
        assert_eq!(errors, [FieldError::new(Field::PlanEnd, Problem::EndsBeforeStart)]);
        form[5].1 = "2028-12-31".to_owned();
        let start = FirstStart::parse(Values(&form)).unwrap();
        assert_eq!((start.objectives.len(), start.email.as_str()), (2, "coordinator@network.example"));
    }

    #[test]
    fn a_password_is_counted_in_characters() {
        assert!(NewPassword::parse("ђурђевдан је").is_ok());
        let problem = |text: &str| NewPassword::parse(text).err().map(|error| error.problem);
        assert_eq!(problem("short"), Some(Problem::TooShort { min: 12 }));
        assert_eq!(problem(""), Some(Problem::Missing));
    }
}
