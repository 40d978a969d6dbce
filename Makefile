# `make` alone lists what there is to do.
.DEFAULT_GOAL := help
.PHONY: help run test quick test-tools check audit format bench load chaos attacks fuzz search texts screenshots pictures lock
BIN := .venv/bin
# One process more than there are cores, since tests wait now and then; each takes over what another has not come to.
TESTS = $(BIN)/pytest --numprocesses $$(($$(getconf _NPROCESSORS_ONLN) + 1)) --dist worksteal
# These hardly ever wait.
QUICK_TESTS = $(BIN)/pytest --numprocesses logical --dist worksteal
# With this set, as in many containers, each of the hundred processes of a test run would compile everything again.
unexport PYTHONDONTWRITEBYTECODE
export DENO_DIR := $(CURDIR)/.deno_cache
export DENO_NO_UPDATE_CHECK := 1

help: ## List what there is to do
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

run: ## Set everything up and serve on http://localhost:8000 (make run PORT=9000 for another port)
	@scripts/set-up run
	@exec $(BIN)/gunicorn wsgi:app

test: ## Set everything up and run every test of the product
	@scripts/set-up test
	@$(TESTS) --ignore tests/tools

quick: ## Run the tests that need no browser, no server and no Java (a minute)
	@scripts/set-up test
	@$(QUICK_TESTS) --ignore tests/tools --ignore tests/browser -m "not system"

test-tools: ## Test the measuring programs, and print a letter to each of the 650 members
	@scripts/set-up test
	@$(TESTS) tests/tools

check: ## Check style, spelling, types and the import contract
	@scripts/set-up test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/codespell
	@$(BIN)/shellcheck scripts/set-up .ci/run
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/deno lint --quiet
	@$(BIN)/deno fmt --quiet --check
	@$(BIN)/deno check --quiet app/static tests/script

audit: ## Look dependencies up among known vulnerabilities (needs a network)
	@scripts/set-up test
	@$(BIN)/pip-audit --require-hashes --disable-pip -r requirements.txt -r requirements-dev.txt

format: ## Format the code
	@scripts/set-up test
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .
	@$(BIN)/deno fmt --quiet

bench: ## Measure what should be fast, and write docs/performance.md (BENCH_QUICK=1 for a quick trial)
	@scripts/set-up test
	@$(BIN)/python -m benchmarks

load: ## Send an evening's supporters, twice as many as can be served at once (eight minutes)
	@scripts/set-up test
	@$(BIN)/python -m benchmarks.load

chaos: ## Kill, hang and fill what the site needs while supporters are at it (eight minutes)
	@scripts/set-up test
	@$(BIN)/python -m benchmarks.chaos

attacks: ## Attack the site as nine kinds of clients, directly and through Caddy and nginx (an hour and a half; ATTACKS="--seconds 5" for less)
	@scripts/set-up test
	@$(BIN)/python -m benchmarks.attacks $(ATTACKS)

fuzz: ## Send ten thousand odd requests to every route, hostile texts through letter, email and PDF, and 60,000 odd streams of bytes to the parser (FUZZ_EXAMPLES=100 FUZZ_CASES=1000 for fewer)
	@scripts/set-up test
	@FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-10000} FUZZ_CASES=$${FUZZ_CASES:-60000} $(BIN)/pytest --timeout 7200 \
		tests/test_hostile_text.py tests/security/test_every_route.py tests/security/test_one_reading.py

search: ## Go through every page, error and crash, then search everything for what was typed
	@scripts/set-up test
	@$(BIN)/pytest tests/privacy

texts: ## Gather the texts of code and pages into the catalogue for translators
	@scripts/set-up test
	@$(BIN)/python -m scripts.gather_texts

screenshots: ## Take pictures of every page and state, to look at (SCREENSHOTS=folder)
	@scripts/set-up test
	@$(BIN)/python -m tests.screenshots $${SCREENSHOTS:-screenshots}

pictures: ## Make the pictures of the README and docs again
	@scripts/set-up test
	@$(BIN)/python -m tests.pictures docs/pictures

lock: ## Pin the dependencies of pyproject.toml again, with hashes (needs uv)
	@UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url \
		--no-annotate --python-version 3.11 pyproject.toml --output-file requirements.txt
	@UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url \
		--no-annotate --python-version 3.11 pyproject.toml --group dev --constraint requirements.txt \
		--output-file requirements-dev.txt
