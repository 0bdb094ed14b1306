# Everything starts here: `make demo` to see it, `make test` to trust it. Each makes .venv by itself.
.DEFAULT_GOAL := help
.PHONY: help demo test check bench simulate mutants kill power drain soak year speech faces lock clean

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
WORKERS ?= 4
SEEDS ?= 1000
ARGS ?=

# A run starts many processes: what one has compiled the others need not, and none of it lies among the sources.
test simulate kill power drain soak year: export PYTHONDONTWRITEBYTECODE =
test simulate kill power drain soak year: export PYTHONPYCACHEPREFIX = $(CURDIR)/build/bytecode

help:  ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: .venv/ready  ## a studio with a fake day: server, scheduler, one kiosk with a virtual camera (ARGS=--no-browser)
	@$(BIN)/tessera demo $(ARGS)

# Compiled once, while the types are looked at, it need not be compiled by each worker.
test: .venv/ready  ## everything that must hold, on SQLite and PostgreSQL, in a real browser too
	@$(BIN)/python -m pytest --collect-only -qq > /dev/null 2>&1 & compiling=$$!; \
		$(MAKE) --no-print-directory check && { wait $$compiling || true; }
	$(BIN)/python -m tests.browser
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

check: .venv/ready  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/ready  ## speed, as ratios against a limit measured in the same run (PHOTOS=FOLDER reads your photographs, too)
	$(BIN)/python -m tests.bench
	$(if $(PHOTOS),$(BIN)/python -m tests.bench.bench_photographs $(PHOTOS))

simulate: .venv/ready  ## days of a studio in virtual time with everything going wrong (SEEDS=10000)
	$(BIN)/python -m tests.simulation --seeds $(SEEDS) $(ARGS)

mutants: .venv/ready  ## each fault of the protocol's list put into a copy of the product, and how many days it took to catch it
	$(BIN)/python -m tests.simulation.mutants $(ARGS)

kill: .venv/ready  ## 1,000 kills of a real server and kiosk (ARGS='-n 5000 -s 7'): no welcome lost, no punch twice
	$(BIN)/python -m tests.kill $(ARGS)

power: .venv/ready  ## 1,000 disks whose power is cut, honest and lying (ARGS='-n 5000 -s 7'): nothing promised is lost
	$(BIN)/python -m tests.power $(ARGS)

drain: .venv/ready  ## 10,000 attempts of 30 hours told while new cards are answered (ARGS='-n 2000')
	$(BIN)/python -m tests.drain $(ARGS)

soak: .venv/ready  ## two hours and 10,000 cards at one door: nothing grows, nothing is missed, no blank screen (ARGS='-n 500')
	$(BIN)/python -m tests.soak $(ARGS)

year: .venv/ready  ## a year of 500 members, every night's books looked at, and a picture of what policies do (ARGS='--members 75')
	$(BIN)/python -m tests.year $(ARGS)

speech: .venv/ready  ## render the kiosk's sentences that have no sound yet, in every language
	$(BIN)/python -m tests.speech $(ARGS)

faces: .venv/ready  ## a picture of every face in every language, on one sheet in build/faces (ARGS='--only welcome --language ar')
	$(BIN)/python -m tests.browser
	$(BIN)/python -m tests.faces $(ARGS)

lock: .venv/ready  ## write requirements.lock anew from pyproject.toml
	$(BIN)/python -m uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
		--generate-hashes --no-annotate --no-header -q -o requirements.lock

clean:  ## away with .venv and everything made
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/ready: pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { echo "Tessera needs Python 3.11 or newer; none was found. Install one and try again."; exit 1; }
	@if command -v uv >/dev/null 2>&1; then \
		uv venv -q --allow-existing --python $(PYTHON) .venv && \
		uv pip install -q --python $(BIN)/python --require-hashes -r requirements.lock && \
		uv pip install -q --python $(BIN)/python --no-deps -e . ; \
	else \
		$(PYTHON) -m venv .venv && \
		$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock && \
		$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e . ; \
	fi
	@touch $@
