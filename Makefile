# Everything starts here: `make` tells what there is. Paths are relative, because the folder may have spaces.

.DEFAULT_GOAL := help
.PHONY: help start stop test check bench lock
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory

PORT ?= 8000
TESTS ?= tests
VENV := .venv
PY := $(VENV)/bin/python
DEMO := INFOPUNT_DEMO=1 PORT="$(PORT)" $(PY) manage.py
# A venv whose Python is gone (an upgrade of the system) is made anew.
STALE := $(shell [ -x $(PY) ] || rm -f $(VENV)/.stamp-*)

help: ## Laat zien wat er kan
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

start: $(VENV)/.stamp-start ## Start de demo op http://127.0.0.1:8000 (andere poort: make start PORT=8001)
	@exec env $(DEMO) start

stop: $(VENV)/.stamp-start ## Stop de demo en de database
	@exec env $(DEMO) stop

test: $(VENV)/.stamp-dev ## Draai alle tests (een deel: make test TESTS=tests/registratie)
	$(PY) -m pytest -n auto $(TESTS)

# A production-like environment: what `check --deploy` judges is what an installation runs with.
DEPLOY := INFOPUNT_DEMO=nee INFOPUNT_HOSTS=infopunt.example.org INFOPUNT_ADRES=https://infopunt.example.org \
	INFOPUNT_SECRET_KEY=only-for-this-check-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG \
	INFOPUNT_KLUIS_SLEUTELS=b25seS1mb3ItdGhpcy1jaGVjay0wMTIzNDU2Nzg5MDE= \
	INFOPUNT_AFZENDER=infopunt@example.org EMAIL_URL=smtp+tls://localhost:587

check: $(VENV)/.stamp-dev ## Controleer stijl, typen, templates, migraties en beveiliging
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy .
	$(PY) -m djlint --lint --quiet templates
	$(DEPLOY) $(PY) manage.py makemigrations --check --dry-run
	$(DEPLOY) $(PY) manage.py check --deploy --fail-level WARNING

bench: $(VENV)/.stamp-dev ## Meet hoe goed en hoe snel het is
	$(PY) bench/run.py

lock: ## Leg de versies van alle pakketten opnieuw vast (vraagt uv)
	@command -v uv >/dev/null || { echo "uv ontbreekt. Zie https://docs.astral.sh/uv/ of doe: pipx install uv"; exit 1; }
	uv pip compile pyproject.toml $(UV) -o requirements.lock
	uv pip compile pyproject.toml $(UV) --group dev -c requirements.lock -o requirements-dev.lock
UV := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-annotate --no-header --quiet

# The venv, with exactly what a lock file says. The stamps are older than a lock file that changed.

$(VENV)/.stamp-start: requirements.lock
$(VENV)/.stamp-dev: requirements-dev.lock
$(VENV)/.stamp-start $(VENV)/.stamp-dev: | $(PY)
	@echo "Pakketten installeren uit $< (de eerste keer duurt dit even) ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r $<
	@touch $@

$(PY):
	@set -e; for name in $(if $(PYTHON),"$(PYTHON)",python3.13 python3.12 python3.11 python3); do \
		command -v "$$name" >/dev/null 2>&1 || continue; \
		"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		"$$name" -c 'import ensurepip, venv' 2>/dev/null || { no_venv="$$name"; continue; }; \
		"$$name" -m venv --clear $(VENV); exit 0; \
	done; \
	if [ -n "$$no_venv" ]; then \
		echo "$$no_venv kan geen venv maken. Op Debian en Ubuntu: sudo apt install python3-venv" >&2; \
	else \
		echo "Geen Python 3.11 of nieuwer gevonden. Wijs een aan: make start PYTHON=/pad/naar/python3" >&2; \
	fi; exit 1
