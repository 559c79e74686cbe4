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

const HOUR_MS: i64 = 60 * 60 * 1000;

/// After so many milliseconds without use a session ends, and so does what a browser keeps of it: thirty days.
pub const SESSION_MS: i64 = 30 * 24 * HOUR_MS;

/// How long a session lasts without use, in milliseconds: twelve hours for a coordinator whose password alone opens
/// everything.
pub fn session_ms(role: Role, has_second_factor: bool) -> i64 {
    if role == Role::Coordinator && !has_second_factor { 12 * HOUR_MS } else { SESSION_MS }
}

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

impl Role {
    pub const ALL: [Role; 4] = [Self::Coordinator, Self::Partner, Self::Donor, Self::Observer];

    pub fn word(self) -> &'static str {
        match self {
            Self::Coordinator => "coordinator",
            Self::Partner => "partner",
            Self::Donor => "donor",
            Self::Observer => "observer",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

impl OrgKind {
    pub const ALL: [OrgKind; 3] = [Self::Partner, Self::Donor, Self::Institution];

    pub fn word(self) -> &'static str {
        match self {
            Self::Partner => "partner",
            Self::Donor => "donor",
            Self::Institution => "institution",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether somebody of such an organisation may have the role.
    pub fn fits(self, role: Role) -> bool {
        match role {
            Role::Coordinator | Role::Partner => self == Self::Partner,
            Role::Donor => self == Self::Donor,
            Role::Observer => self != Self::Partner,
        }
    }
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
        let plausible = !name.is_empty() && host.contains('.') && !host.contains('@') && text.len() <= 254;
        let clean = !text.contains(|c: char| c.is_whitespace() || c.is_control());
        (plausible && clean).then_some(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Browser and system of a user agent in two names, "Firefox, Android"; empty if neither is known. More is not kept.
pub fn device(user_agent: &str) -> String {
    let first =
        |names: &[(&str, &'static str)]| names.iter().find(|name| user_agent.contains(name.0)).map(|name| name.1);
    // The order matters: most say that they are Safari, and many that they are Chrome.
    let browser = first(&[
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    [browser, system].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_has_two_names() {
        let chrome =
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36";
        assert_eq!(device(chrome), "Chrome, Android");
        let edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0";
        assert_eq!(device(edge), "Edge, Windows");
        assert_eq!(device("curl/8.0"), "");
    }

    #[test]
    fn a_coordinator_without_a_second_factor_signs_in_daily() {
        assert_eq!(session_ms(Role::Coordinator, false), 12 * HOUR_MS);
        assert_eq!(session_ms(Role::Coordinator, true), SESSION_MS);
        assert_eq!(session_ms(Role::Partner, false), SESSION_MS);
    }
}
