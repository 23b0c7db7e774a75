# greenroom: every target installs what it needs into .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test e2e lint types bench hostile faults browser lock

help: ## What can be made.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /|/' | column -t -s '|'

setup: $(VENV)/.run ## The virtual environment with the locked dependencies of `make run`.

setup-dev: $(VENV)/.dev ## The same with the tools of `make test`.

run: setup ## Greenroom with embedded PostgreSQL and Valkey, a demo page and the review desk. Ctrl-C stops it.
	@exec $(BIN)/greenroom up

test: setup-dev ## All tests on real servers but those in a browser; under six minutes.
	$(BIN)/python -m pytest --ignore tests/e2e $(PYTEST_ARGS)

e2e: setup-dev browser ## Every story in a real Chromium; under ten minutes.
	$(BIN)/python -m pytest tests/e2e $(PYTEST_ARGS)

lint: setup-dev ## ruff, with nearly every rule.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup-dev ## mypy, strict.
	$(BIN)/mypy service workers

bench: setup-dev ## The figures of docs/performance.md, measured side by side.
	$(BIN)/python -m bench

hostile: setup-dev browser ## Ten thousand hostile texts, posted and looked at in Chromium; prints the table.
	$(BIN)/python -m tests.e2e.hostile_set

faults: setup-dev ## Every fault of tests/test_promises.py 20 times; prints the table.
	$(BIN)/python -m tests.faults --rounds 20

browser: setup-dev
	@$(BIN)/python -m tests.browser

lock: setup-dev ## Resolve the dependencies anew: versions and hashes, no addresses.
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile $(LOCK) --group build pyproject.toml -o requirements/runtime.txt
	$(BIN)/uv pip compile $(LOCK) --extra embedded --group build -c requirements/runtime.txt pyproject.toml -o requirements/embedded.txt
	$(BIN)/uv pip compile $(LOCK) --extra embedded --extra lab --group build --group dev -c requirements/embedded.txt pyproject.toml -o requirements/dev.txt
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Greenroom needs Python 3.11 or newer." if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/embedded.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements/embedded.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements/dev.txt
	@touch $@
