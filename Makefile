# Two commands: `make demo` and `make test`. Everything else is a shorthand.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
PORT   := 5000

export MLFLOW_DISABLE_TELEMETRY := true
export DVC_NO_ANALYTICS := 1
# LightGBM's and numba's threads wait politely when they share a machine.
export OMP_WAIT_POLICY := PASSIVE
# `dvc` finds the stages' interpreter by PATH.
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint types unit format lock docs site ui clean

help:  ## show this list
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "stridecast needs Python 3.11 or newer; point to one with: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "== setting up $(VENV) from requirements.lock (once; one to three minutes)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup: $(STAMP)  ## create .venv from the lock file

demo: $(STAMP)  ## run the whole pipeline on the simulated cohort and show where the page is
	@echo "== dvc repro: simulate, ingest, featurize, audit, train, evaluate, explain, score, report, card, track"
	@$(BIN)/dvc repro
	@$(BIN)/python -m pipelines.summary

test: $(STAMP) lint types unit  ## lint, type-check and test

lint: $(STAMP)
	@echo "== ruff"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(STAMP)
	@echo "== mypy --strict"
	@$(BIN)/mypy

unit: $(STAMP)
	@echo "== pytest"
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile

format: $(STAMP)  ## let ruff rewrite what it can
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

docs: $(STAMP)  ## rewrite the generated parts of the documentation
	@$(BIN)/python -m ingest.dictionary
	@$(BIN)/python -m features.dictionary

site: $(STAMP)  ## build the documentation into site/
	@$(BIN)/python -m sphinx -W --keep-going -q -b html -d .stridecast-cache/doctrees docs site
	@echo "site/index.html"

ui: $(STAMP)  ## open this project's runs in MLflow (or MLFLOW_TRACKING_URI's), telemetry off
	@case "$$MLFLOW_TRACKING_URI" in \
	  http*) echo "the runs are on a server: open $$MLFLOW_TRACKING_URI" ;; \
	  *) echo "http://127.0.0.1:$(PORT) (stop with Ctrl-C; another port: make ui PORT=5001)"; \
	     exec $(BIN)/mlflow ui --port $(PORT) --backend-store-uri "$${MLFLOW_TRACKING_URI:-sqlite:///$(CURDIR)/mlflow.db}" ;; \
	esac

lock:  ## renew requirements.lock (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate --quiet --output-file requirements.lock

clean:  ## remove the environment and caches, keep data and results
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist site *.egg-info
