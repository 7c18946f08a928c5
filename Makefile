PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test check bench clients

demo: $(VENV)/.run  ## a real digest from samples/
	$(BIN)/digest build samples --out build/demo --week 2026-W46 --number 1
	@$(BIN)/python -c "import os, pathlib, sys, webbrowser; page = pathlib.Path('build/demo/digest.html').resolve(); print('open', page.as_uri()); screen = os.environ.get('DISPLAY') or os.environ.get('WAYLAND_DISPLAY') or sys.platform in ('darwin', 'win32'); screen and webbrowser.open(page.as_uri())"

test: $(VENV)/.test  ## all tests
	$(BIN)/python -m pytest -n auto $(TESTS)

check: $(VENV)/.check  ## lint, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.bench  ## quality and speed beside the peers
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m bench.summaries
	$(BIN)/python -m bench.scaling
	$(BIN)/python -m bench.coverage
	$(BIN)/python -m bench.places
	$(BIN)/python -m bench.speed
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m bench.splitting
	$(BIN)/python -m bench.quoting
	$(BIN)/python -m bench.mail

clients: $(VENV)/.run  ## the demo's mail in both themes against caniemail and html-validate (needs npm)
	$(BIN)/digest build samples --out build/demo --week 2026-W46 --number 1
	printf '[rendering]\ntheme = "bulletin"\n' > build/bulletin.toml
	$(BIN)/digest build samples --out build/bulletin --week 2026-W46 --number 1 --config build/bulletin.toml
	cd bench/clients && npm install --silent && node check.mjs ../../build/demo && node check.mjs ../../build/bulletin
	cd bench/clients && node table.mjs | diff ../../tests/clients.json -

$(VENV)/.run: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.test: $(VENV)/.run
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

$(VENV)/.check: $(VENV)/.test
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test,check]'
	touch $@

$(VENV)/.bench: $(VENV)/.run
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[bench]'
	touch $@
