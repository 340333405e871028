# What a person types. Each target sets up what it needs; nothing is prepared by hand.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
.PHONY: help setup demo up test check bench lock clean

# What another project left in this shell does not leak into ours.
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME PIP_USER PIP_TARGET PIP_PREFIX PIP_REQUIRE_VIRTUALENV

help:
	@echo "make demo    a throw-away record on the day before a real entry into force, everything running"
	@echo "make up      the same on your own record (ACCEDE_HOME, default ./var)"
	@echo "make test    every test"
	@echo "make check   lint, types, import contracts, tests"
	@echo "make bench   the benchmarks, as a table and in build/bench.json"
	@echo "make setup   only the set-up, into .venv"
	@echo "make lock    choose the dependencies' versions anew, with their hashes"
	@echo "make clean   take away what can be made again; never your record in var"

# The mark tells what .venv was made from, and where: a clone that moved is set up again.
MARK = { pwd; cat requirements-dev.txt pyproject.toml; .venv/bin/python -V; } 2>/dev/null | cksum

setup:
	@if [ -x .venv/bin/accede ] && [ "$$($(MARK))" = "$$(cat .venv/ready 2>/dev/null)" ]; then exit 0; fi
	for python in python3 python3.14 python3.13 python3.12 python3.11 none; do
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then break; fi
	done
	if [ "$$python" = none ]; then
	  echo "Accede needs Python 3.11 or later; here python3 is: $$(python3 -V 2>&1 || echo missing)." >&2
	  exit 1
	fi
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then
	  echo "$$python cannot make a virtual environment here. On Debian or Ubuntu: apt-get install python3-venv" >&2
	  exit 1
	fi
	echo "Setting up .venv with $$("$$python" -V); this takes a minute or two the first time." >&2
	if [ "$$(cat .venv/place 2>/dev/null)" != "$$(pwd) $$("$$python" -V)" ]; then
	  rm -rf .venv
	  "$$python" -m venv .venv
	fi
	rm -f .venv/ready
	.venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	.venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	echo "$$(pwd) $$("$$python" -V)" > .venv/place
	$(MARK) > .venv/ready

demo: setup
	@exec .venv/bin/accede up --demo

up: setup
	@exec .venv/bin/accede up

test: setup
	@exec .venv/bin/pytest -n 2 --dist loadfile

# All of it, whatever fails on the way: one run says everything. The tests come last, with their closing line.
check: setup
	@failed=0
	.venv/bin/ruff check . || failed=1
	.venv/bin/ruff format --check . || failed=1
	.venv/bin/mypy || failed=1
	.venv/bin/lint-imports || failed=1
	.venv/bin/pytest -n 2 --dist loadfile || failed=1
	exit $$failed

bench: setup
	@exec .venv/bin/python -m tests.bench

# The development lock first; what runs is then held to the same versions.
LOCK = .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate
lock: setup
	@$(LOCK) --upgrade --extra dev pyproject.toml -o requirements-dev.txt
	$(LOCK) --constraint requirements-dev.txt pyproject.toml -o requirements.txt

clean:
	@rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache ./*.egg-info
	find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +
