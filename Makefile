# `make` alone lists the targets. Everything lives in .venv and build/; nothing outside the project is touched.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
SOURCES ?= ../shared/sources

.DEFAULT_GOAL := help
.PHONY: help setup notebooks figures lab serve test lint audit data bench sweep-all lock clean

help: ## print this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

setup: $(READY) ## create .venv with the pinned packages (done by the others when needed)
	@echo "$(VENV) is ready"

$(READY): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "no $(PYTHON) found: install Python 3.11 or later, or say make PYTHON=/path/to/python"; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than 3.11: say make PYTHON=python3.11"; exit 2; }
	@echo "setting up $(VENV) (once; under a minute)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install uv \
	  && VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet -r requirements.lock \
	  || { echo "uv did not manage it, falling back to pip (slower)"; $(PIP) install -r requirements.lock; }
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

notebooks: $(READY) ## run the notebooks with the defaults in params/
	@$(BIN)/hanyang run params/*.yaml --figures figures

figures: $(READY) ## make the gallery anew, in English and Chinese
	@$(BIN)/hanyang run params/*.yaml params/zh/*.yaml --figures figures

lab: $(READY) ## open JupyterLab on the start page (localhost only, with its token)
	@$(BIN)/jupyter lab notebooks/index.ipynb --ServerApp.ip=127.0.0.1 $(if $(filter 0,$(shell id -u)),--allow-root)

serve: $(READY) ## show the explore notebook as a web page, for who has no Python (localhost only, with a token)
	@JUPYTER_PATH=serve $(BIN)/voila notebooks/explore.ipynb --Voila.config_file_paths=serve --token $(if $(PORT),--port=$(PORT))

test: $(READY) ## pass all tests, the notebooks included (fast ones alone: .venv/bin/pytest)
	@$(BIN)/python -m pytest -m '' -n auto --dist loadfile

lint: $(READY) ## ruff and mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

audit: $(READY) ## check the identities of the record, and every figure in the source texts where they are (SOURCES=folder)
	@$(BIN)/hanyang audit $(if $(wildcard $(SOURCES)),--sources $(SOURCES))

data: $(READY) ## write datapackage.json of the snapshot anew, after a change to its files
	@$(BIN)/python -m hanyang_data.datapackage hanyang_data/data

bench: $(READY) ## measure imports, notebooks and a panel of 60,000 rows, as ratios
	@$(BIN)/python tests/bench.py

sweep-all: $(READY) ## run every notebook for every indicator, region and language, and count what fails (long)
	@$(BIN)/python tests/sweep_all.py

lock: $(READY) ## pin the newest versions that pyproject.toml allows
	@$(BIN)/uv pip compile pyproject.toml --extra dev --python-version 3.11 --universal --upgrade --quiet \
	  --no-emit-index-url --no-annotate --generate-hashes --no-header -o requirements.lock

clean: ## remove .venv and build/ (figures/ stays)
	rm -rf $(VENV) build
