# make site   virtual environment, install, build the sample site into public/
# make test   everything that the tests need, the browser included, and the tests
# make lint   style, types, imports, generated documentation
# make bench  what a signed credential costs, how soon a verdict and a search stand; builds, beside Hugo's,
#             and with a million credentials (an hour, 25 GB)
# make audit  axe and Lighthouse over the sample; what the accessibility statement quotes (needs the network)
# make pins   remake requirements/*.txt from pyproject.toml (needs the network)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header --no-annotate
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: site test lint bench audit pins browser token clean

site: $(VENV)/run.done
	$(BIN)/python build.py
	@echo "The site is in public/. Look at it with: $(BIN)/mcsite serve --open"

test: $(VENV)/develop.done node_modules/.package-lock.json browser token
	$(BIN)/python -m pytest -n auto $(PYTEST)
	node --test tests/js/

lint: $(VENV)/develop.done node_modules/.package-lock.json
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	node_modules/.bin/tsc --project tsconfig.pure.json
	node_modules/.bin/tsc --project tsconfig.browser.json
	$(BIN)/python -m tools.reference_docs --check
	$(BIN)/python tools/checks_reference.py --check

bench: $(VENV)/develop.done
	$(INSTALL) --require-hashes --requirement requirements/bench.txt
	$(BIN)/python -m bench.issue
	$(BIN)/python -m bench.verdict
	$(BIN)/python -m bench.search
	$(BIN)/python -m bench.build
	$(BIN)/python -m bench.stages
	$(BIN)/python -m bench.growth

audit: $(VENV)/develop.done node_modules/.package-lock.json browser
	$(BIN)/python -m tools.audit

pins: $(VENV)/develop.done
	$(INSTALL) uv
	$(COMPILE) pyproject.toml --group build --output-file requirements/run.txt
	$(COMPILE) pyproject.toml --group build --group test --group lint --output-file requirements/develop.txt
	$(COMPILE) --group bench --output-file requirements/bench.txt

browser:
	@sh tools/need_chromium.sh

token:
	@sh tools/need_softhsm.sh

clean:
	rm -rf $(VENV) node_modules public .public.mcsite-cache .mcsite .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "mcsite needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ..."; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.done: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	$(INSTALL) --require-hashes --requirement requirements/run.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/develop.done: requirements/develop.txt pyproject.toml | $(VENV)/bin/python
	$(INSTALL) --require-hashes --requirement requirements/develop.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	touch $@ $(VENV)/run.done

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	touch $@
