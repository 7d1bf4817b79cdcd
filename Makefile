# Two commands: `make demo` and `make test`. Everything else is a shorthand.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# Two environments: what a coach needs, and everything. `make setup` makes the first, whatever
# develops or trains the second, on top of it.
COACH  := $(VENV)/.coach
STAMP  := $(VENV)/.installed
PORT   := 5000
FUZZ_SECONDS := 60

export MLFLOW_DISABLE_TELEMETRY := true
export DVC_NO_ANALYTICS := 1
# LightGBM's and numba's threads sleep while they wait, when they share a machine.
export OMP_WAIT_POLICY := PASSIVE
# `dvc` finds the stages' interpreter by PATH.
export PATH := $(CURDIR)/$(BIN):$(PATH)

# Of what the lock file in git names already nothing runs again, `track` neither: in a fresh clone
# what lies in the workspace is logged here.
LOGGED = test -e mlflow.db || test ! -e reports/metrics.json || $(BIN)/python -m pipelines.track

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint types unit fuzz oldest format lock bill docs site ui clean

help:  ## show this list
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

# $(call environment,LOCK): the packages of a lock file, our own commands, bytecode and kernels
# compiled. uv, which pip installs into the fresh environment, takes a third of pip's time; where it
# cannot be had, or fails, pip does the same. It is told pip's own index and certificates, and goes
# when its work is done, and so does what builds our own package, which is installed by then.
define environment
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "stridecast needs Python 3.11 or newer; point to one with: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "== setting up $(VENV) from $(1) (once; about a minute)"
	@$(PYTHON) -m venv $(VENV)
	@unset PYTHONDONTWRITEBYTECODE; PIP="$(BIN)/python -m pip --disable-pip-version-check --quiet"; \
	index="$${PIP_INDEX_URL:-$$($(BIN)/python -m pip config get global.index-url 2>/dev/null)}"; \
	{ $$PIP install --require-hashes -r requirements-uv.lock && \
	  env $${index:+UV_DEFAULT_INDEX="$$index"} $${PIP_CERT:+SSL_CERT_FILE="$$PIP_CERT"} \
	    $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode -r $(1); } || \
	{ echo "uv could not do it; pip does"; $$PIP install --require-hashes -r $(1); }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m pip uninstall --quiet --disable-pip-version-check --yes uv uv_build
	@$(BIN)/python -m compileall -q common ingest features models forecasting reporting pipelines || true
	@$(BIN)/python -m features.warm_up
	@$(BIN)/python -m models.warm_up
	@touch $@
endef

$(COACH): requirements-coach.lock requirements-uv.lock pyproject.toml
	$(call environment,requirements-coach.lock)

$(STAMP): requirements.lock requirements-uv.lock pyproject.toml
	$(call environment,requirements.lock)

# Who has everything needs no second set-up.
setup: $(if $(wildcard $(STAMP)),$(STAMP),$(COACH))  ## create .venv for scoring a team

demo: $(STAMP)  ## run the whole pipeline on the simulated cohort and show where the page is
	@echo "== dvc repro: simulate, ingest, featurize, audit, train, comparators, nested, own, evaluate, explain, score, report, card, track"
	@$(BIN)/dvc repro
	@$(LOGGED)
	@$(BIN)/python -m pipelines.summary

# Types beside the tests: a first type-check takes a minute of one processor.
test: $(STAMP) lint  ## lint, type-check and test
	@$(MAKE) --no-print-directory -j 2 types unit

lint: $(STAMP)
	@echo "== ruff"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(STAMP)
	@echo "== mypy --strict"
	@$(BIN)/mypy

unit: $(STAMP)
	@echo "== pytest"
	@unset PYTHONDONTWRITEBYTECODE; $(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder

fuzz: $(STAMP)  ## change inputs of every reader, guided by coverage (Linux): FUZZ_SECONDS each
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-fuzz.lock
	@$(BIN)/python -m benchmarks.fuzz --seconds $(FUZZ_SECONDS)

# The lowest versions that pyproject.toml allows, in an environment of their own.
OLDEST_TESTS := tests/common tests/ingest/people tests/ingest/sheets tests/ingest/test_ingest_corpus.py \
  tests/ingest/test_ingest_fit_paths.py tests/features/test_features_windows.py \
  tests/models/test_models_risk.py tests/models/evidence tests/pipelines/test_pipelines_monday.py
oldest: requirements-oldest.lock  ## test with the oldest versions that are supported
	@test -x $(VENV)-oldest/bin/python || $(PYTHON) -m venv $(VENV)-oldest
	@$(VENV)-oldest/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-oldest.lock
	@PYTHONPATH=$(CURDIR) $(VENV)-oldest/bin/python -m pytest -q $(OLDEST_TESTS)

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
	     test -n "$$MLFLOW_TRACKING_URI" || { $(LOGGED); }; \
	     $(BIN)/python -m models.store.tracking_moved "$${MLFLOW_TRACKING_URI:-sqlite:///$(CURDIR)/mlflow.db}"; \
	     exec $(BIN)/mlflow ui --port $(PORT) --backend-store-uri "$${MLFLOW_TRACKING_URI:-sqlite:///$(CURDIR)/mlflow.db}" ;; \
	esac

LOCK := uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet
lock:  ## renew the lock files (needs uv)
	$(LOCK) pyproject.toml --extra dev --output-file requirements.lock
	$(LOCK) pyproject.toml --extra install --constraint requirements.lock --output-file requirements-coach.lock
	echo uv | $(LOCK) - --output-file requirements-uv.lock
	$(LOCK) --resolution lowest-direct --python-version 3.11 pyproject.toml --extra install --extra test --output-file requirements-oldest.lock
	$(MAKE) bill

bill: $(STAMP)  ## list the packages with their licences: docs/licences.md, docs/bill.cdx.json
	@sed '/^| package/,$$d' docs/licences.md > docs/.licences.part
	@$(BIN)/python -m pipelines.upkeep.bill requirements-coach.lock >> docs/.licences.part
	@mv docs/.licences.part docs/licences.md
	@$(BIN)/python -m pipelines.upkeep.bill requirements-coach.lock --json > docs/bill.cdx.json

clean:  ## remove the environment and caches, keep data and results
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist site *.egg-info
