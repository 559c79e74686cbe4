//! Who works here: organisations, members, roles, and who is asking.

use super::ids::{MemberId, OrgId};
use serde::{Deserialize, Serialize};

/// What an organisation is to the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrgKind {
    Partner,
    Donor,
    Institution,
}

/// An organisation. Only partners lead items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    pub id: OrgId,
    /// The full name.
    pub name: String,
    /// The mark on a card, and the word in the address: "EMMAUS".
    pub short_name: String,
    /// ISO 3166-1 alpha-2; `None` for the European Union.
    pub country: Option<Country>,
    pub city: String,
    pub website: String,
    pub kind: OrgKind,
}

/// An ISO 3166-1 alpha-2 code, in capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country([u8; 2]);

impl Country {
    pub fn parse(code: &str) -> Option<Self> {
        let bytes: [u8; 2] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    pub fn code(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl TryFrom<String> for Country {
    type Error = &'static str;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::parse(&code).ok_or("a country has two capital letters")
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.code().to_owned()
    }
}

/// A session ends after so many days without use, and so does what a browser keeps of it.
pub const SESSION_DAYS: i64 = 30;

/// The same in milliseconds.
pub const SESSION_MS: i64 = SESSION_DAYS * 24 * 60 * 60 * 1000;

/// What a member may do; see [`super::policy`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Coordinator,
    Partner,
    Donor,
    Observer,
}

/// A signed-in member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub id: MemberId,
    pub name: String,
    pub org: OrgId,
    pub role: Role,
}

/// Who is asking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Viewer {
    Public,
    Member(Member),
}

impl Viewer {
    pub fn member(&self) -> Option<&Member> {
        match self {
            Self::Public => None,
            Self::Member(member) => Some(member),
        }
    }

    pub fn org(&self) -> Option<OrgId> {
        self.member().map(|member| member.org)
    }

    pub fn role(&self) -> Option<Role> {
        self.member().map(|member| member.role)
    }
}

/// An e-mail address, in lower case: what a member signs in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let (name, host) = text.split_once('@')?;
        let plausible = !name.is_empty() && host.contains('.') && text.len() <= 254;
        let clean = !text.contains(|c: char| c.is_whitespace() || c.is_control());
        (plausible && clean).then_some(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}
