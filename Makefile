# 补白 Bubai. `make run` and `make test` do all set-up themselves; `make help` lists the rest.

VENV ?= .venv
PIP_ARGS ?=
ARGS ?=
PYTEST_ARGS ?=
# On a shared machine: make bench NICE="nice -n 10"
NICE ?=

PY := $(VENV)/bin/python
STAMPS := $(VENV)/stamps
PIP := $(PY) -m pip install --quiet --disable-pip-version-check $(PIP_ARGS) -c constraints.txt
SOURCES := assistant build_tools tests assistant.spec

.DEFAULT_GOAL := help
.PHONY: help setup run test test-build lint format app bench clean distclean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMPS)/python: build_tools/make_venv.sh
	@sh build_tools/make_venv.sh "$(VENV)"
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/dev: $(STAMPS)/python pyproject.toml constraints.txt
	@echo "Installing Bubai and its development tools into $(VENV) …"
	@$(PIP) -e '.[dev]'
	@touch $@

$(STAMPS)/bundle: $(STAMPS)/dev
	@echo "Installing PyInstaller into $(VENV) …"
	@$(PIP) -e '.[bundle]'
	@touch $@

$(STAMPS)/build: $(STAMPS)/dev
	@echo "Installing torch, transformers, onnx … into $(VENV) (some hundred megabytes) …"
	@$(PIP) -e '.[build]'
	@touch $@

# The Qt wheel needs a few system libraries. What is needed, and whether it is there, is decided
# by the plugins themselves, so this runs again only after Qt changed.
$(STAMPS)/window-libraries: $(STAMPS)/dev build_tools/system_libraries.py
	@$(PY) build_tools/system_libraries.py window
	@touch $@

$(STAMPS)/test-libraries: $(STAMPS)/dev build_tools/system_libraries.py
	@$(PY) build_tools/system_libraries.py offscreen
	@touch $@

setup: $(STAMPS)/dev ## make .venv and install the app and its development tools
	@echo "$(VENV) is ready."

run: $(STAMPS)/window-libraries ## open the app (ARGS="fill …" for the command line)
	@$(PY) -m assistant $(ARGS)

test: $(STAMPS)/test-libraries ## the app's tests
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest --ignore=tests/build_tools $(PYTEST_ARGS)

test-build: $(STAMPS)/test-libraries $(STAMPS)/build ## the build tools' tests (installs torch)
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest tests/build_tools $(PYTEST_ARGS)

lint: $(STAMPS)/dev ## ruff check, ruff format --check, pyright
	@failed=0; \
	$(PY) -m ruff check $(SOURCES) || failed=1; \
	$(PY) -m ruff format --check $(SOURCES) || failed=1; \
	$(PY) -m pyright --pythonpath $(PY) || failed=1; \
	exit $$failed

format: $(STAMPS)/dev ## ruff check --fix, ruff format
	@$(PY) -m ruff check --fix $(SOURCES)
	@$(PY) -m ruff format $(SOURCES)

app: $(STAMPS)/window-libraries $(STAMPS)/bundle ## freeze the app into dist/Bubai and try it there
	@$(PY) build_tools/system_libraries.py bundle
	@$(NICE) $(PY) -m build_tools.bundle
	@$(NICE) $(PY) -m build_tools.smoke

bench: $(STAMPS)/build $(STAMPS)/test-libraries ## measure all against its peers, write BENCHMARKS.md (ARGS="--help")
	@$(NICE) $(PY) -m build_tools.bench $(ARGS)

clean: ## remove what was built, keep .venv
	@rm -rf build dist .pytest_cache .ruff_cache .hypothesis *.egg-info
	@find assistant build_tools tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## remove .venv too
	@rm -rf $(VENV)
