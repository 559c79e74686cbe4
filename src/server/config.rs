//! What an operator sets.

use super::{clock::Clock, sessions::Token};
use axum::http::uri::Authority;
use ipnet::IpNet;
use std::{
    fmt,
    net::{IpAddr, SocketAddr},
};

/// The server's settings, already checked against each other.
#[derive(Clone, Debug)]
pub struct Config {
    pub addr: SocketAddr,
    /// How browsers reach the server: scheme and host, without a slash at the end.
    pub public_url: String,
    pub demo: bool,
    pub clock: Clock,
    /// Whether pages reload themselves when the server restarts: for those who develop it.
    pub dev: bool,
    /// How mail is sent, if it is.
    pub mail: Option<MailConfig>,
    /// The proxies in front, whose word on where a request comes from is taken.
    pub trusted_proxies: Vec<IpNet>,
    /// What opens the first start, as long as the database is empty.
    pub setup_token: Option<Token>,
    /// How many changes a member may make in a second, on average.
    pub writes_per_second: u32,
}

/// Where mail goes, and as whose.
#[derive(Clone)]
pub struct MailConfig {
    /// `smtps://USER:PASSWORD@HOST`, or `smtp://…`.
    pub url: String,
    /// `ACT Board <board@network.example>`.
    pub from: String,
}

impl fmt::Debug for MailConfig {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MailConfig").field("from", &self.from).finish_non_exhaustive()
    }
}

/// Far more than hands can do; a program that runs wild is slowed down.
pub const WRITES_PER_SECOND: u32 = 30;

/// Why settings are refused. Each is one sentence for an operator.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    #[error("the demo's accounts are public, so it listens on loopback only; {0} is not")]
    DemoNotLocal(SocketAddr),
    #[error("ACT_BOARD_PUBLIC_URL must be https://HOST (or http:// on loopback), with no path: {0}")]
    PublicUrl(String),
    #[error(
        "{0} can be reached from elsewhere, so set ACT_BOARD_PUBLIC_URL to the https:// address of the proxy in front"
    )]
    Unprotected(SocketAddr),
}

impl Config {
    pub fn new(
        addr: SocketAddr,
        public_url: Option<String>,
        demo: bool,
        clock: Clock,
        dev: bool,
    ) -> Result<Self, ConfigError> {
        if demo && !addr.ip().is_loopback() {
            return Err(ConfigError::DemoNotLocal(addr));
        }
        let public_url = match public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None if addr.ip().is_loopback() => format!("http://{addr}"),
            None => return Err(ConfigError::Unprotected(addr)),
        };
        if !is_safe(&public_url) {
            return Err(ConfigError::PublicUrl(public_url));
        }
        Ok(Self {
            addr,
            public_url,
            demo,
            clock,
            dev,
            mail: None,
            trusted_proxies: Vec::new(),
            setup_token: None,
            writes_per_second: WRITES_PER_SECOND,
        })
    }

    /// Whether a proxy of ours has this address.
    pub fn trusts(&self, address: IpAddr) -> bool {
        self.trusted_proxies.iter().any(|net| net.contains(&address))
    }

    /// Whether browsers come by https: cookies and headers depend on it.
    pub fn secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// https anywhere, or http on loopback, with nothing after the host.
fn is_safe(url: &str) -> bool {
    // Browsers write the name of a host in ASCII, whatever its script.
    let host_only = |host: &str| {
        !host.is_empty()
            && host.is_ascii()
            && host.parse::<Authority>().is_ok_and(|found| found.as_str() == host && !host.contains('@'))
    };
    if let Some(host) = url.strip_prefix("https://") {
        return host_only(host);
    }
    let Some(host) = url.strip_prefix("http://").filter(|host| host_only(host)) else { return false };
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let loopback = |name: &str| name.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback());
    name == "localhost" || name == "[::1]" || loopback(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(addr: &str, url: Option<&str>, demo: bool) -> Result<Config, ConfigError> {
        Config::new(addr.parse().unwrap(), url.map(str::to_owned), demo, Clock::default(), false)
    }

    #[test]
    fn nothing_is_served_unprotected_by_mistake() {
        assert!(config("127.0.0.1:3000", None, true).is_ok());
        assert!(config("0.0.0.0:3000", None, true).is_err());
        assert!(config("0.0.0.0:3000", None, false).is_err());
        assert!(config("0.0.0.0:3000", Some("https://plan.example/"), false).is_ok_and(|config| config.secure()));
        for url in [
            "http://plan.example",
            "https://",
            "https://plan.example/board",
            "ftp://127.0.0.1",
            "http://127.evil/",
            "https://план.срб",
            "https://a b",
            "https://me@plan.example",
        ] {
            assert!(config("127.0.0.1:3000", Some(url), false).is_err(), "{url}");
        }
    }
}
