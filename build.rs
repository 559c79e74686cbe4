//! The server embeds the built site, so it is built again when the site has changed.

fn main() {
    let server = std::env::var_os("CARGO_FEATURE_SSR").is_some();
    let watched = if server { "target/site/manifest.json" } else { "build.rs" };
    println!("cargo:rerun-if-changed={watched}");
    // A migration is read by a macro, which cargo cannot see.
    println!("cargo:rerun-if-changed=migrations");
}
