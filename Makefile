# `make` alone lists the targets. Everything lives in .venv and build/; nothing outside the project is touched.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
SOURCES ?= ../shared/sources
PARAMS := $(filter-out params/report.yaml,$(wildcard params/*.yaml))

.DEFAULT_GOAL := help
.PHONY: help setup notebooks figures report lab serve docs test floors coverage lint audit data record-log schema bench sweep-all lock release clean

help: ## print this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

setup: $(READY) ## create .venv with the pinned packages (done by the others when needed)
	@echo "$(VENV) is ready"

$(READY): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "no $(PYTHON) found: install Python 3.11 or later, or say make PYTHON=/path/to/python"; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than 3.11: say make PYTHON=python3.11"; exit 2; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "$(PYTHON) cannot make environments, as Debian and Ubuntu leave that out: apt-get install python3-venv"; exit 2; }
	@echo "setting up $(VENV) (once; under a minute)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install uv \
	  && VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements.lock \
	  || { echo "uv did not manage it, falling back to pip (slower)"; $(PIP) install --require-hashes -r requirements.lock; }
	@$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/jupyter labextension disable --level=sys_prefix @jupyterlab/apputils-extension:announcements >/dev/null 2>&1  # no news, no updates
	@$(BIN)/python -m compileall -q -j 0 -x '[/\\]tests[/\\]' $(VENV)/lib hanyang_data  # or the first start compiles it, or every start
	@touch $@

notebooks: $(READY) ## run the notebooks with the defaults in params/
	@$(BIN)/hanyang run $(PARAMS) --figures figures
	@echo "next: make lab opens the start page; figures/ holds the figures, build/runs/ each notebook as executed, with its tables"

figures: $(READY) ## make the gallery anew, in English and Chinese
	@$(BIN)/hanyang run $(PARAMS) params/zh/*.yaml --figures figures

report: $(READY) ## build the brief and the annex of params/report.yaml into build/report: Word, HTML, PowerPoint, Excel, LaTeX, CSV
	@$(BIN)/hanyang report params/report.yaml -o build/report

lab: $(READY) ## open JupyterLab in the project's folder, on the start page (localhost only, with its token)
	@$(BIN)/python -m hanyang_data.charts.web build/letters
	@$(BIN)/jupyter lab notebooks/index.ipynb --custom-css "--ServerApp.tornado_settings={'static_custom_path': ['build/letters']}" \
		--ServerApp.root_dir=. --ServerApp.ip=127.0.0.1 $(if $(filter 0,$(shell id -u)),--allow-root)

serve: $(READY) ## show the explore notebook as a web page, for who has no Python (localhost only, with a token)
	@JUPYTER_PATH=serve $(BIN)/python -m voila notebooks/explore.ipynb --Voila.config_file_paths=serve --token $(if $(PORT),--port=$(PORT))

docs: $(READY) ## build the site into build/docs/site, without a network; what its pages tell one to type is typed
	@$(BIN)/sphinx-build -W --keep-going --quiet -d build/docs/doctrees docs build/docs/site
	@echo "the site: build/docs/site/index.html"

test: $(READY) ## pass all tests, the notebooks included (fast ones alone: .venv/bin/pytest); brings a browser and an office where it may
	@$(BIN)/python tests/programs.py
	@$(BIN)/python -m pytest -m '' -n auto --dist loadfile --no-loadscope-reorder --durations 15

floors: ## pass the fast tests with the oldest versions that pyproject.toml allows (its own environment, in build/)
	@$(PYTHON) -m venv build/floors && build/floors/bin/python -m pip install --quiet --disable-pip-version-check uv
	@VIRTUAL_ENV=build/floors build/floors/bin/uv pip install --quiet --resolution lowest-direct -e '.[dev]'
	@build/floors/bin/python -m pytest -n auto --dist loadfile --deselect tests/test_project.py::test_what_is_installed_is_what_is_pinned

coverage: $(READY) ## what the tests of the analyses reach, line by line and branch by branch
	@$(BIN)/python -m pytest tests/statistics tests/record/test_targets.py --cov=hanyang_data/statistics --cov-branch --cov-report=term-missing:skip-covered

lint: $(READY) ## ruff and mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

audit: $(READY) ## check the identities of the record, and every figure in the source texts where they are (SOURCES=folder)
	@$(BIN)/hanyang audit $(if $(wildcard $(SOURCES)),--sources $(SOURCES))

data: $(READY) ## write datapackage.json of the snapshot anew, after a change to its files
	@$(BIN)/python -m hanyang_data.record.datapackage hanyang_data/data

record-log: $(READY) ## print what came, changed and went in the record since a commit, for its CHANGES.md (SINCE=commit)
	@rm -rf build/record && mkdir -p build/record && git archive $(SINCE) hanyang_data/data | tar -x -C build/record
	@$(BIN)/python -m hanyang_data.record.changes build/record/hanyang_data/data hanyang_data/data

schema: $(READY) ## write params/schema.json anew, after a change to the parameters of a notebook or the catalogue
	@$(BIN)/hanyang schema params/schema.json

bench: $(READY) ## measure all that a user waits for, each beside the obvious alternative, in one table (half an hour; PARTS="24 site", ROUNDS=1: less)
	@$(BIN)/python tests/bench $(PARTS)

sweep-all: $(READY) ## run every notebook for every indicator, region and language, and count what fails (long)
	@$(BIN)/hanyang sweep params/sweeps/everything.yaml --out build/everything

lock: $(READY) ## pin the newest versions that pyproject.toml allows
	@$(BIN)/uv pip compile pyproject.toml --extra dev --python-version 3.11 --universal --upgrade --quiet \
	  --no-emit-index-url --no-annotate --generate-hashes --no-header -o requirements.lock

release: $(READY) ## build sdist and wheel of what is committed into build/release, check and install them, and write the notes from CHANGELOG.md
	@$(BIN)/python .ci/release.py

clean: ## remove .venv and build/ (figures/ stays)
	rm -rf $(VENV) build
