//! Where a request comes from: the address, as far as it can be believed, and the device.

use super::{Serve, cookies};
use crate::{
    domain::accounts::device,
    server::{config::Config, sessions::Origin},
};
use axum::http::{HeaderMap, header, request::Parts};
use std::net::IpAddr;

/// The other end of the connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// Where the request comes from.
pub fn of(serve: &Serve, parts: &Parts) -> Origin {
    let peer = parts.extensions.get::<Peer>().map(|peer| peer.0);
    let address = peer.map(|peer| client(&serve.state.config, peer, &parts.headers));
    let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Origin {
        address: address.map(network).unwrap_or_default(),
        device: device(agent),
        browser: cookies::browser(serve, &parts.headers),
    }
}

/// The address behind the proxies in front: the last one in X-Forwarded-For that is not a proxy's of ours. What stands
/// before it may be made up.
fn client(config: &Config, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    if !config.trusts(peer) {
        return peer;
    }
    let told = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let told: Vec<&str> = told.flat_map(|value| value.split(',')).collect();
    // From the end: each proxy of ours has added the one before it.
    let mut known = told.iter().rev().map_while(|part| part.trim().parse::<IpAddr>().ok());
    known.find(|address| !config.trusts(*address)).unwrap_or(peer)
}

/// One customer of a provider has a whole /64 of IPv6.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::clock::Clock;

    fn told(trusted: &[&str], peer: &str, forwarded: &[&str]) -> String {
        let mut config =
            Config::new(([127, 0, 0, 1], 3000).into(), None, false, Clock::default(), false).expect("a good address");
        config.trusted_proxies = trusted.iter().filter_map(|net| net.parse().ok()).collect();
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().expect("a header"));
        }
        network(client(&config, peer.parse().expect("an address"), &headers))
    }

    #[test]
    fn only_a_trusted_proxy_says_where_a_request_comes_from() {
        assert_eq!(told(&[], "10.0.0.1", &["1.2.3.4"]), "10.0.0.1");
        assert_eq!(told(&["10.0.0.0/8"], "10.0.0.1", &["1.2.3.4"]), "1.2.3.4");
        assert_eq!(told(&["10.0.0.0/8"], "10.0.0.1", &["6.6.6.6, 1.2.3.4", "10.0.0.2"]), "1.2.3.4");
        assert_eq!(told(&["10.0.0.0/8"], "10.0.0.1", &["nonsense"]), "10.0.0.1");
        assert_eq!(told(&["10.0.0.0/8"], "10.0.0.1", &["nonsense, 1.2.3.4"]), "1.2.3.4");
        assert_eq!(told(&["10.0.0.0/8"], "9.9.9.9", &["1.2.3.4"]), "9.9.9.9");
        assert_eq!(told(&[], "2001:db8:1:2:3::4", &[]), "2001:db8:1:2::/64");
        assert_eq!(told(&[], "::ffff:10.0.0.1", &[]), "10.0.0.1");
    }
}
