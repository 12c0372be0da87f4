# On a fresh machine with Python 3.11 and make:
#   make demo    install into .venv, rebuild the sample page, say where to look
#   make test    the whole suite
# For work on the code: make check, make gate, make bench, make scorecard, make docs, make clean.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
SAMPLE := samples/takungpao-2025-07-16/input.txt
BIN := .venv/bin
INSTALLED := .venv/.installed
INSTALLED_DEV := .venv/.installed-dev
INSTALLED_BENCH := .venv/.installed-bench

.PHONY: demo test check gate bench scorecard docs clean
.DELETE_ON_ERROR:

demo: $(INSTALLED)
	$(BIN)/relayout fix $(SAMPLE)
	$(BIN)/relayout view $(SAMPLE)
	@echo
	@echo "Look into input.relayout/: input.tei.xml is the page as TEI, input.txt the page as text, input-a1.txt its first article."
	@echo "Open input.view.html in a browser: the page, every article in its own colour."
	@echo "Compare with what came in: $(SAMPLE)"
	@echo "Why a line went where it went: $(BIN)/relayout explain $(SAMPLE) --line 17"

test: $(INSTALLED_DEV)
	$(BIN)/python -m pytest

check: $(INSTALLED_DEV)
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy --strict src
	$(BIN)/python -m pytest -W error --cov --cov-report=term:skip-covered

gate: $(INSTALLED_BENCH)
	$(BIN)/python bench/gate.py

bench: $(INSTALLED_BENCH)
	@$(BIN)/python -m compileall -q src
	$(BIN)/python bench/speed.py
	$(BIN)/python bench/pdf_speed.py
	$(BIN)/python bench/gate.py

scorecard: $(INSTALLED_BENCH)
	$(BIN)/python bench/scorecard.py --write

docs: $(INSTALLED_DEV)
	$(BIN)/python bench/pictures.py

clean:
	rm -rf .venv build dist input.relayout input.view.html .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache src/relayout.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): pyproject.toml
	@test -n "$(PYTHON)" || { echo "relayout needs Python 3.11 or newer; install it, or type: make demo PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@$(BIN)/python -m compileall -q src || true
	@touch $@

$(INSTALLED_DEV): $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

$(INSTALLED_BENCH): $(INSTALLED_DEV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench]'
	@touch $@
