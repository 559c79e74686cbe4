//! The command line.

#[cfg(feature = "ssr")]
mod cli;

#[cfg(feature = "ssr")]
fn main() -> std::process::ExitCode {
    cli::main()
}

/// The browser's half of the program is the library.
#[cfg(not(feature = "ssr"))]
fn main() {}
