# make demo | test | bench | check | fix | clean      (see README.md)
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo

help:            ## this list
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed 's/: .*##/\t/'

demo: $(VENV)/ready ## a whole sample year, from inbox to books, in ./demo
	@$(BIN)/automation demo $(DEMO) --again

test: $(VENV)/ready system ## the whole test suite
	@$(BIN)/ruff check . && $(BIN)/ruff format --check -q . && $(BIN)/mypy
	@$(BIN)/coverage erase
	@$(BIN)/pytest -n auto --cov --cov-report=term:skip-covered

bench: $(VENV)/ready ## speed as ratios against the named peers
	@$(BIN)/python benchmarks/run.py

check: $(VENV)/ready ## style and types only
	@$(BIN)/ruff check . && $(BIN)/ruff format --check -q . && $(BIN)/mypy

fix: $(VENV)/ready ## put style right
	@$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q .

system: ## the Debian packages that PDFs need, where this user may install them
	@sh .ci/system-packages

$(VENV)/ready: pyproject.toml uv.lock
	@sh .ci/environment $(VENV)
	@touch $@

clean: ## remove what these commands made
	rm -rf $(VENV) $(DEMO) .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .coverage.*

.PHONY: help demo test bench check fix system clean
