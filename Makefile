# Flourish. On a fresh machine with Python 3.11, pip and make:
#   make demo   sets everything up, loads the sample team and serves http://127.0.0.1:7860
#   make test   sets everything up and runs the tests
PYTHON ?= python3
HOME_BIN := $(shell $(PYTHON) -c 'import sysconfig; print(sysconfig.get_path("scripts", "posix_user"))' 2>/dev/null)
export PATH := $(PATH):$(HOME_BIN)
UV := $(PYTHON) -m uv
RUN := $(UV) run --no-sync
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint types format browser postgres bench eval baselines examples screenshots crash fuzz schema clean docs

help:  ## Say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

setup:  ## Install everything into .venv (brings uv itself when it is missing)
	@$(PYTHON) -m uv --version >/dev/null 2>&1 || { echo "Installing uv …"; $(PYTHON) -m pip install --quiet uv || $(PYTHON) -m pip install --quiet --user --break-system-packages uv; }
	@echo "Setting up .venv (a minute the first time) …"
	@$(UV) sync --locked --quiet

demo: setup  ## Load the sample team and serve it on http://127.0.0.1:7860
	@$(RUN) flourish demo

test: setup  ## Run the tests
	@echo "Running the tests (a few minutes) …"
	@$(RUN) pytest -q -n 2 --dist loadfile --no-loadscope-reorder

lint: setup  ## ruff: style and imports
	@$(RUN) ruff check . && $(RUN) ruff format --check .

types: setup  ## mypy, strict
	@$(RUN) mypy

format: setup  ## Rewrite the code in the house's format
	@$(RUN) ruff check --fix . ; $(RUN) ruff format .

browser:  ## Install Debian's chromium for the browser tests
	@command -v chromium >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq chromium >/dev/null; }

postgres:  ## Install PostgreSQL's programs for the records tests
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq postgresql >/dev/null; }

bench: setup  ## Measure answers and speed beside the plain alternatives
	@$(RUN) flourish eval tests/cases/dev
	@$(RUN) flourish eval tests/cases/wharf
	@$(RUN) python -m benchmarks.retrieval_speed
	@$(RUN) python -m benchmarks.speed
	@$(RUN) python -m benchmarks.upkeep
	@$(RUN) python -m benchmarks.start
	@$(RUN) python -m benchmarks.overhead

eval: setup  ## Score the case sets; fails when a figure is worse than the saved one
	@failed=0; for case in dev wharf ward studio depot quay stacks mill yard; do \
		$(RUN) flourish eval tests/cases/$$case --against benchmarks/baselines/$$case.json || failed=1; \
	done; exit $$failed

baselines: setup  ## Save the figures of the case sets, to be compared with from now on
	@for case in dev wharf ward studio depot quay stacks mill yard; do \
		$(RUN) flourish eval tests/cases/$$case --save benchmarks/baselines/$$case.json --markdown || exit 1; \
	done

crash: setup  ## Kill the program at every named step of its writes, hundreds of times, and count what was lost
	@$(RUN) python -m tests.crash --write docs/crash.md

fuzz: setup  ## Send ten thousand broken files through the readers
	@$(RUN) python -m benchmarks.fuzz_import

docs: setup  ## Run the commands of docs/cli.md and write anew what they say; read it afterwards
	@$(RUN) python -m tests.cli_doc

examples: setup  ## Write the briefs and plans in docs/examples anew; read them afterwards
	@$(RUN) python -m tests.plan_examples
	@$(RUN) python -m tests.brief_examples

screenshots: setup browser  ## Take the pictures of README and docs anew; look at them afterwards
	@$(RUN) python -m tests.ui.web.screenshots

schema: setup  ## Write docs/schema from the contract
	@$(RUN) python -m ui.contract

clean:  ## Remove what was built; never touches notes
	@rm -rf .venv dist build artefacts .mypy_cache .ruff_cache
