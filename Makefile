# Builds, runs and tests ACT Board. `make run` is all that a newcomer needs; `make help` lists the rest.
#
# Each recipe is one bash script that begins with the PRELUDE below. The targets setup-… install only what is missing.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
# Two cargo builds at once would wait for one another, and fight for the cores.
.NOTPARALLEL:
.PHONY: help setup setup-node setup-compiler setup-rust setup-bindgen setup-test setup-smtp build site site-debug run dev test check format lint faults fuzz bench locales

CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/act-board
TARGET := $(CURDIR)/target
SERVER := target/release/act-board
WASM := wasm32-unknown-unknown
HYDRATE := --lib --target $(WASM) --features hydrate
# The command line tool refuses a library of any other version than its own.
BINDGEN := $(shell sed -n '/^name = "wasm-bindgen"$$/{n;s/^version = "\(.*\)"/\1/p}' Cargo.lock)

# Whatever the user's own setting, all parts of the build look into this folder.
export CARGO_TARGET_DIR := $(TARGET)
# The tests use Debian's Chromium.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1
# The Python of the tests' mail server.
SMTP := $(CACHE)/smtp
export ACT_BOARD_SMTP_PYTHON := $(SMTP)/bin/python

define PRELUDE
export PATH="$(CACHE)/tools-$(BINDGEN)/bin:$$PATH"
# Written by setup-rust where Debian's Rust builds everything.
toolchain="$(TARGET)/toolchain.env"
[ ! -e "$$toolchain" ] || . "$$toolchain"
log="$(CACHE)/setup.log"
mkdir -p "$(CACHE)" "$(TARGET)"

# step NAME COMMAND...: says what begins, and at its end how long it took.
step() {
  local name=$$1 start=$$SECONDS
  shift
  echo "==> $$name"
  "$$@"
  echo "    $$name: $$((SECONDS - start)) s"
}

fail() { echo "act-board: $$*" >&2; exit 1; }

# or_fail SENTENCE COMMAND...: keeps the output in the log, and tells a failure in that one sentence.
or_fail() {
  local sentence=$$1 status
  shift
  # Not `COMMAND || fail`: in a function that is called so, bash ignores set -e.
  set +e
  (set -e; "$$@") >>"$$log" 2>&1
  status=$$?
  set -e
  [ $$status = 0 ] || fail "$$sentence (the log is $$log)"
}

as_root() {
  if [ "$$EUID" = 0 ]; then "$$@"; else sudo "$$@"; fi
}

# packages NAME...: installs packages of Debian. None is removed in exchange: that is for the owner of the machine to decide.
packages() {
  or_fail "please install, as root, what Debian calls $$*, and run make again" apt_install "$$@"
}

apt_install() {
  type apt-get
  # Once an hour is enough, when one make installs several things. If it fails, the older lists may still do.
  [ -n "$$(find "$(CACHE)/apt-updated" -mmin -60)" ] || { as_root apt-get update && touch "$(CACHE)/apt-updated"; } || true
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends --no-remove "$$@"
}
endef
export PRELUDE

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

# ---- what the machine needs

setup: setup-node setup-compiler setup-rust setup-bindgen node_modules/.package-lock.json ## installs what is missing to build

# Asked for first, since nothing here can install it.
setup-node:
	@eval "$$PRELUDE"
	version=$$(node -p 'parseInt(process.versions.node)' 2>/dev/null || echo 0)
	[ $$version -ge 20 ] && type npm &>/dev/null || fail 'please install Node.js 20 or later with npm'

# For the SQLite and the ring that come as C.
setup-compiler:
	@eval "$$PRELUDE"
	echo '#include <stdlib.h>' | cc -E - &>/dev/null || step 'C compiler' packages gcc libc6-dev

# Rust for wasm, the first way that works: it is there; from rustup; Debian's second toolchain, which then builds the server too.
# ACT_BOARD_TOOLCHAIN=debian forces the last. Delete target/toolchain.env to choose anew.
setup-rust: setup-compiler
	@eval "$$PRELUDE"
	debian_bin="$(CACHE)/debian-rust"
	debian_std=/usr/lib/rustlib/$(WASM)/lib

	# The sysroot /usr is Debian's own Rust, which also needs a linker for wasm.
	rustup_has_wasm() {
	  local sysroot
	  sysroot=$$(rustc --print sysroot 2>/dev/null) && [ "$$sysroot" != /usr ] && [ -d "$$sysroot/lib/rustlib/$(WASM)/lib" ]
	}
	# As the field rust-version of Cargo.toml says.
	is_new_enough() {
	  local wanted=1.95
	  [ "$$(printf '%s\n' $$wanted "$$(rustc -V | cut -d ' ' -f 2)" | sort -V | head -n 1)" = $$wanted ]
	}
	# A minimal toolchain of rustup's lacks them.
	has_tools() { cargo fmt --version &>/dev/null && cargo clippy --version &>/dev/null; }
	add_tools() { timeout 90 rustup component add rustfmt clippy >>"$$log" 2>&1 || echo '    rustup could not'; }
	ask_rustup() { timeout 90 rustup target add $(WASM) >>"$$log" 2>&1 || echo '    rustup could not'; }

	has_debian_packages() {
	  [ -d /usr/lib/rustlib/src/rust/library ] && type /usr/bin/{rustc,cargo,cargo-clippy,cargo-fmt,wasm-ld-22} &>/dev/null
	}
	# The library must come from the very compiler that is installed now.
	has_debian_std() { [ "$$(cat $$debian_std/built-by 2>/dev/null)" = "$$(rustc -V)" ]; }
	build_debian_std() {
	  local work="$(CACHE)/debian-std"
	  mkdir -p "$$work/src"
	  touch "$$work/src/lib.rs"
	  printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2021"\n' >"$$work/Cargo.toml"
	  cd "$$work"
	  RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=out cargo build -Z build-std=std,panic_abort --target $(WASM) --release
	  as_root rm -rf $$debian_std
	  as_root mkdir -p $$debian_std
	  find out/$(WASM)/release/deps -name '*.rlib' ! -name 'libempty-*' -print0 | as_root xargs -0 cp -t $$debian_std
	  rustc -V | as_root tee $$debian_std/built-by
	  rm -rf "$$work"
	}

	if [ "$${ACT_BOARD_TOOLCHAIN:-}" != debian ] && [ ! -e "$$toolchain" ]; then
	  rustup_has_wasm || step 'Rust for wasm, from rustup' ask_rustup
	  has_tools || step 'rustfmt and clippy, from rustup' add_tools
	  if rustup_has_wasm && has_tools && is_new_enough; then
	    echo "Rust: $$(rustc -V), which has the wasm target"
	    exit
	  fi
	fi

	has_debian_packages || step "Debian's Rust" packages rustc-web cargo-web rust-web-src lld-22 rust-web-clippy rustfmt-web
	# A folder of links, since /usr/bin put first would also change node and others.
	mkdir -p "$$debian_bin"
	ln -sf /usr/bin/{rustc,rustdoc,cargo,cargo-fmt,rustfmt,cargo-clippy,clippy-driver} "$$debian_bin"
	cat >"$$toolchain.new" <<-END
		export PATH="$$debian_bin:\$$PATH"
		export RUSTC=/usr/bin/rustc
		export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-22
	END
	. "$$toolchain.new"
	has_debian_std || step "Rust's standard library for wasm, from Debian's sources" or_fail \
	  "please run rustup target add $(WASM) where rustup's server can be reached" build_debian_std
	mv "$$toolchain.new" "$$toolchain"
	echo "Rust: Debian's $$(rustc -V), with a wasm target built from its sources"

setup-bindgen: setup-rust
	@eval "$$PRELUDE"
	[ "$$(wasm-bindgen --version 2>/dev/null)" != 'wasm-bindgen $(BINDGEN)' ] || exit 0
	export CARGO_TARGET_DIR="$(CACHE)/tools-build"
	# A tool that runs for a second need not be fast, but soon there.
	export CARGO_PROFILE_RELEASE_{OPT_LEVEL=1,CODEGEN_UNITS=16,LTO=off,DEBUG=0}
	install() { cargo install wasm-bindgen-cli --version $(BINDGEN) --root "$(CACHE)/tools-$(BINDGEN)" "$$@"; }
	# A mirror of the registry may lack the very latest crates that the lock file names.
	install_either_way() { install --locked || install; }
	step 'wasm-bindgen $(BINDGEN), two minutes, once' or_fail \
	  'please install wasm-bindgen-cli $(BINDGEN), or run make again where the crates registry can be reached' install_either_way
	rm -rf "$$CARGO_TARGET_DIR"

node_modules/.package-lock.json: package-lock.json
	@eval "$$PRELUDE"
	step 'npm packages' or_fail \
	  'please run make again where the npm registry can be reached: the packages of package-lock.json are missing' npm ci --no-audit --no-fund
	touch $@

setup-test: setup-smtp ## installs what is missing to test: Chromium with a font, PostgreSQL, a mail server
	@eval "$$PRELUDE"
	missing=()
	[ -x /usr/bin/chromium ] || missing+=(chromium)
	[ -d /usr/share/fonts/truetype/liberation ] || missing+=(fonts-liberation)
	compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
	[ $${#missing[@]} -gt 0 ] || exit 0
	# The tests start a PostgreSQL of their own: Debian's package shall not start another.
	no_main_cluster() {
	  local conf=/etc/postgresql-common/createcluster.conf
	  [ ! -e $$conf ] && type apt-get || return 0
	  as_root mkdir -p $${conf%/*}
	  echo 'create_main_cluster = false' | as_root tee $$conf
	}
	[[ " $${missing[*]} " != *' postgresql '* ]] || no_main_cluster &>>"$$log" || true
	step 'browser and database for the tests' packages "$${missing[@]}"

# A mail server for the tests, in a Python environment of its own. It is made anew when the system's Python has changed.
setup-smtp:
	@eval "$$PRELUDE"
	! "$(SMTP)/bin/python" -c 'import aiosmtpd' &>/dev/null || exit 0
	# Debian keeps what an environment needs in a package of its own.
	python3 -c 'import ensurepip, venv' &>/dev/null || step 'Python' packages python3 python3-venv
	install() {
	  rm -rf "$(SMTP)"
	  python3 -m venv "$(SMTP)"
	  "$(SMTP)/bin/python" -m pip install --disable-pip-version-check --quiet aiosmtpd==1.4.6
	}
	step 'mail server for the tests' or_fail 'please run make again where pypi.org can be reached: aiosmtpd is missing' install

# ---- the product

build: site ## the optimised server with the site inside it: target/release/act-board
	@eval "$$PRELUDE"
	step 'server' cargo build --release --features ssr --bin act-board

site: setup ## target/site: wasm, style sheet, fonts, with hashed names and compressed
	@eval "$$PRELUDE"
	step 'map' node map.mjs
	step 'wasm library' cargo build $(HYDRATE) --profile wasm-release
	step 'site' node build.mjs

# The same with debug assertions, without which Leptos is silent about hydration mismatches.
site-debug: setup
	@eval "$$PRELUDE"
	step 'wasm library that reports mismatches' cargo build $(HYDRATE) --profile wasm-debug
	step 'site that reports mismatches' node build.mjs --debug

run: build ## builds and serves the demo
	@exec $(SERVER) serve --demo

dev: setup ## serves the demo, and builds and reloads on every change
	@eval "$$PRELUDE"
	# Incremental and hardly optimised wasm. The server reads the site from its folder, and tells open pages to reload when it is new.
	export CARGO_PROFILE_RELEASE_INCREMENTAL=true ACT_BOARD_DEV=1 ACT_BOARD_SITE=target/site-debug
	build() {
	  step 'wasm library' cargo build $(HYDRATE) --profile wasm-debug
	  step 'site' node build.mjs --debug
	  step 'server' cargo build --release --features ssr --bin act-board
	}
	server=
	stop() {
	  [ -z "$$server" ] || { kill $$server && wait $$server; } 2>/dev/null || true
	  server=
	}
	trap stop EXIT
	while true; do
	  touch target/dev.stamp
	  # Not `if build`, where bash would ignore set -e. After a failure the last good server goes on.
	  set +e
	  (set -e; build)
	  built=$$?
	  set -e
	  if [ $$built = 0 ]; then
	    stop
	    $(SERVER) serve --demo &
	    server=$$!
	  fi
	  until [ -n "$$(find $(wildcard src style locales public migrations Cargo.toml build.mjs) -newer target/dev.stamp -print -quit)" ]; do
	    sleep 0.5
	  done
	done

# ---- the proof

check: setup format lint ## format, lints, layers, languages
	@eval "$$PRELUDE"
	step 'layers and languages' cargo test --release --features ssr --test layers --test locales

format: setup-rust
	@eval "$$PRELUDE"
	step 'format' cargo fmt --check

lint: setup
	@eval "$$PRELUDE"
	step 'map' node map.mjs --check
	step 'lints of the server' cargo clippy --release --features ssr --all-targets -- -D warnings
	step 'lints of the wasm library' cargo clippy $(HYDRATE) --profile wasm-release -- -D warnings

# The sites come before the tests, because a new site makes cargo build the server again.
test: setup setup-test format lint site site-debug ## every test, the browser's too
	@eval "$$PRELUDE"
	step 'tests of the server' cargo test --release --features ssr | tee target/test-server.log
	step 'server' cargo build --release --features ssr --bin act-board
	ACT_BOARD_BIN="$(CURDIR)/$(SERVER)" step 'tests in the browser' \
	  node_modules/.bin/playwright test --config end2end/playwright.config.ts | tee target/test-browser.log
	# One sum of cargo's and Playwright's counts.
	awk '/^test result:/ { passed += $$4; failed += $$6 } /^ +[0-9]+ passed/ { passed += $$1 }
	  END { print passed + 0 " passed, " failed + 0 " failed" }' target/test-{server,browser}.log

faults: build setup-test ## the long form of what is tried by chance, and of killed servers
	@eval "$$PRELUDE"
	export ACT_BOARD_CASES=400 ACT_BOARD_MOVES=100000 ACT_BOARD_KILLS=50 ACT_BOARD_ROUNDS=60
	step 'model and kills' cargo test --release --features ssr --test model --test faults -- --nocapture
	ACT_BOARD_BIN="$(CURDIR)/$(SERVER)" step 'browsers on bad lines' \
	  node_modules/.bin/playwright test --config end2end/playwright.config.ts live/faults

fuzz: build setup-test ## the long form of requests by chance, and of guessed passwords
	@eval "$$PRELUDE"
	export ACT_BOARD_FUZZ=200000 ACT_BOARD_GUESSES=10000
	step 'fuzz and guesses' cargo test --release --features ssr --test fuzz --test guessing -- --nocapture

bench: build setup-test ## measures load and latency
	@eval "$$PRELUDE"
	export ACT_BOARD_DURABLE=1
	step 'load' cargo bench --features ssr --bench load
	step 'browser' node benches/browser.mjs

locales: setup ## writes Serbian Latin from Cyrillic
	@eval "$$PRELUDE"
	cp locales/sr-Cyrl.json locales/sr-Latn.json # so that a new key is there for the program that transliterates
	UPDATE_LOCALES=1 step 'languages' cargo test --release --features ssr --test locales
