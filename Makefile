# Everything a newcomer runs. The first run makes .venv and installs the pinned dependencies.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
BASE   ?= data/index
PORT   ?= 8501
SERVE  ?= 1

.PHONY: demo test check e2e samples model lock clean
.DEFAULT_GOAL := help

help:  ## Show what can be made
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(STAMP): pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Exempelbanken needs Python 3.11 or newer (this is %d.%d). Name another: make demo PYTHON=python3.12" % sys.version_info[:2])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[dev]'
	touch $@

demo: $(STAMP)  ## Ingest the sample PDFs, search three times, serve the page on 127.0.0.1 (SERVE=0: do not serve)
	$(BIN)/kb ingest data/raw_pdfs --base $(BASE)
	$(BIN)/kb search "stödtelefon för oroliga anhöriga" -k 3 --base $(BASE)
	$(BIN)/kb search "Hur får man med sig skolan i arbetet mot radikalisering?" -k 3 --base $(BASE)
	$(BIN)/kb search "mentorordning for unge på vei inn i ekstreme miljøer" -k 3 --base $(BASE)
ifeq ($(SERVE),1)
	$(BIN)/kb serve --port $(PORT) --base $(BASE)
endif

test: $(STAMP)  ## Run the tests
	$(BIN)/python -m pytest -n auto

check: $(STAMP)  ## Ruff, mypy (strict), import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

e2e: $(STAMP)  ## Drive the page in a real headless Chromium (needs Debian's chromium or another on the PATH)
	$(BIN)/python -m pytest -m e2e tests/e2e

samples: $(STAMP)  ## Render the sample PDFs anew (needs LibreOffice and LuaLaTeX; see data/samples/README.md)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,samples]'
	$(BIN)/python -m data.samples.build

model: $(STAMP)  ## Train the bundled embedding model anew (needs the corpus; see training/README.md)
	$(BIN)/python -m training.build --corpus ../shared/corpus --evaluation ../shared/eval

# torch is pinned in pyproject.toml: which build of it (CPU, CUDA) suits, the machine's package set-up decides.
lock: $(STAMP)  ## Resolve the dependencies anew into requirements.lock
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --upgrade --no-header --no-annotate --all-extras pyproject.toml \
	| grep -vE '^(torch|triton|nvidia-|cuda-)' > requirements.lock

clean:  ## Remove the environment and the built index
	rm -rf $(VENV) $(BASE)/exempelbanken.sqlite* $(BASE)/derived
