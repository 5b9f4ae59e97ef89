# make help lists what there is.

SHELL := /bin/bash
.DEFAULT_GOAL := help
export PORT ?= 8000
export PYTHONUNBUFFERED := 1
# Where it is set, every process that the tests start compiles every module anew.
unexport PYTHONDONTWRITEBYTECODE

PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py
PYTEST := $(PYTHON) -m pytest
WORKERS ?= 2
# A test waits for PostgreSQL, and a browser's walk for its pages and processes: more of them than cores.
WAITING ?= 3
BROWSERS ?= 4
TESTS ?= tests

# Where the tests need their settings or a scratch folder.
TEST_SETTINGS := DJANGO_SETTINGS_MODULE=config.settings.test
# What asks the database: rows, rules, locks, searches and lists. Tools on plain sheets ask none; what
# a page says of what it was given, whom an address answers, and who may move what, is tried on SQLite.
ON_POSTGRESQL := $(addprefix tests/,accounts actions management models operations permissions queries \
  public/api $(patsubst %,public/test_%.py,corrections lists) \
  $(patsubst %,admin/test_%.py,audit board bulk keyed keyed_orders queue rollup) \
  $(patsubst %,desk/test_%.py,conflicts importing_storing sums)) \
  $(patsubst %,--ignore=tests/%.py,actions/test_moves management/test_load_demonstration public/api/test_openapi)
# A file's tests stay together: what is made for all of them is made once.
TOGETHER := --dist loadfile --no-loadscope-reorder
UNIT := $(PYTEST) --ignore=tests/e2e --ignore=tests/benchmarks $(TESTS)

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-18s %s\n", $$1, $$2}'

# -- set-up

.PHONY: setup setup-test setup-pictures lock
setup: ## what running needs: system packages, fonts, .venv
	@deploy/setup.sh run

setup-test: ## what the tests need on top: Chromium, PostgreSQL, development packages
	@deploy/setup.sh test

setup-pictures: ## what making the manuals' pictures needs on top: the browser in Chinese
	@deploy/setup.sh pictures

lock: ## remake the lock files from pyproject.toml
	@deploy/lock.sh

# -- running

.PHONY: run prepare
run: setup prepare ## the site on http://127.0.0.1:8000 with demonstration data (PORT=…)
	@deploy/serve.sh

prepare:
	@$(MANAGE) check_ready --only database --only storage >/dev/null
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) collectstatic --no-input --verbosity 0
	@$(MANAGE) keep_fingerprints
	@$(MANAGE) index_reports
	@$(MANAGE) load_demonstration --if-empty
	@$(MANAGE) redraw_pages --if-stale

# -- tests and checks

.PHONY: test test-sqlite test-postgresql test-browser bench scale corpus precision fuzz fuzz-api faults coverage
test: ## everything: lint, types, migrations, units on both databases, browser
	@deploy/test.sh

test-sqlite: ## unit tests on SQLite (TESTS=tests/…)
	@env -u DATABASE_URL $(UNIT) -n $(WORKERS) $(TOGETHER)

test-postgresql: ## unit tests on a PostgreSQL of their own
	@deploy/postgresql.sh $(PYTEST) -n $(WAITING) $(TOGETHER) $(ON_POSTGRESQL)

# A file, not memory: the browser's server and the test then have connections of their own.
test-browser: ## browser tests
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	  DJANGO_ALLOW_ASYNC_UNSAFE=true DATABASE_URL="sqlite:///$$folder/browser.sqlite3" $(PYTEST) -n $(BROWSERS) $(TOGETHER) tests/e2e

bench: ## benchmarks, on PostgreSQL
	@deploy/postgresql.sh $(PYTEST) -s tests/benchmarks

# One needs room for 10 kB a report, and time: DATABASE_URL keeps the site between the steps.
AGENCIES ?= 1000
YEARS ?= 10
scale: ## how cost grows: a site of AGENCIES × YEARS reports filled and measured (docs/scale.md)
	@deploy/postgresql.sh bash -c '$(MANAGE) migrate --verbosity 0 && \
	  $(PYTHON) -m tests.scale fill measure draw --agencies $(AGENCIES) --years $(YEARS)'

corpus: ## every document of the corpora of which the unit tests try every fifth
	@WHOLE_CORPUS=1 $(PYTEST) -n $(WORKERS) -m corpus tests

precision: ## precision and recall of the checker, code by code, on the corpus of plantings
	@$(PYTHON) -m tests.checker.corpus.measure

fuzz: ## broken files over importers and checker (COUNT=10000 SEED=1 JOBS=2)
	@$(PYTHON) -W ignore -m tests.fuzz

fuzz-api: ## requests made from the OpenAPI document against a site of its own (COUNT=5000 SEED=1)
	@$(PYTHON) -m tests.fuzz.api

faults: ## kill -9, full disk, lost database, clocks that jump, on a site of its own (ENGINE= ROUNDS= SEED=)
	@$(PYTHON) -m tests.faults --engine $(or $(ENGINE),postgresql) --rounds $(or $(ROUNDS),2) --seed $(or $(SEED),1)

.PHONY: crawl crawl-postgresql
crawl: ## hostile requests to every address as every role (COUNT=20000 SEED=1)
	@env -u DATABASE_URL $(TEST_SETTINGS) $(PYTHON) -W ignore -m tests.crawler

crawl-postgresql: ## the same on a PostgreSQL of their own
	@$(TEST_SETTINGS) deploy/postgresql.sh $(PYTHON) -W ignore -m tests.crawler

coverage: ## unit tests on SQLite with coverage
	@env -u DATABASE_URL $(PYTHON) -m coverage run -m pytest --ignore=tests/e2e --ignore=tests/benchmarks tests
	@$(PYTHON) -m coverage report

.PHONY: lint lint-code lint-templates types check-migrations check-deploy format
lint: lint-code lint-templates ## ruff and djlint

lint-code:
	@$(PYTHON) -m ruff check
	@$(PYTHON) -m ruff format --check

lint-templates:
	@$(PYTHON) -m djlint --quiet --lint templates

types: ## mypy
	@$(PYTHON) -m mypy

check-migrations:
	@$(TEST_SETTINGS) $(MANAGE) makemigrations --check --dry-run

check-deploy:
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	  DJANGO_SETTINGS_MODULE=config.settings.production DATA_DIR="$$folder" ALLOWED_HOSTS=example.invalid \
	  SECRET_KEY="$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
	  $(MANAGE) check --deploy --fail-level WARNING

format: ## let ruff put the code in order
	@$(PYTHON) -m ruff check --fix
	@$(PYTHON) -m ruff format

.PHONY: manual-pictures
manual-pictures: setup-pictures ## the manuals' pictures (static/help), from a demonstration site of its own
	@DJANGO_SETTINGS_MODULE=config.settings.development $(PYTHON) -m tests.e2e.manual_pictures

.PHONY: screenshots
screenshots: setup-pictures ## every public page of the running site as pictures in var/screenshots (SITE=http://…)
	@DJANGO_SETTINGS_MODULE=config.settings.development $(PYTHON) -m tests.e2e.screenshots \
	  $(or $(SITE),http://127.0.0.1:$(PORT)) var/screenshots

.PHONY: clean
clean: ## remove what tools leave behind (not var/ and not .venv)
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis htmlcov .coverage test-results
	@find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
