# make test   formatter, linter, types, architecture, test suite
# make demo   the program on a fresh copy of the sample repository
# make bench  the benchmarks (minutes; they print tables, they fail on nothing)

VENV := .venv
BIN  := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: test demo bench format lint types unit pictures clean
.DEFAULT_GOAL := test

$(READY): pyproject.toml
	python3 -c 'import sys; sys.exit(sys.version_info < (3, 11) and "reviewtui needs Python 3.11 or newer")'
	python3 -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

test: lint types unit

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

unit: $(READY)
	$(BIN)/pytest -n auto

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

demo: $(READY)
	$(BIN)/reviewtui demo

bench: $(READY)
	$(BIN)/python -m tests.bench

pictures: $(READY)
	$(BIN)/python -m tests.pictures

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
