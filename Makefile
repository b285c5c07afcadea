# The two commands of the README are `make demo` and `make test`; both set everything up themselves.
UV := scripts/uv.sh
RUN := $(UV) run --frozen --quiet

.PHONY: setup pages consumers demo test check unit docs format clean

setup: .venv/.synced pages

.venv/.synced: pyproject.toml uv.lock
	$(UV) sync --frozen --quiet
	@touch $@

# quick where frontend/ did not change
pages: .venv/.synced
	@$(RUN) python frontend/build.py

demo: setup
	$(RUN) sitrep read samples --html demo.html
	$(RUN) sitrep ingest samples --db demo.db
	@echo
	@echo "The same as a page: open demo.html in a browser."
	@echo "To check and correct it, with map and timeline: $(RUN) sitrep desk --db demo.db"
	@echo "Next: docs/tutorial.md"

# What some tests of exports need of the system: GDAL's tools, and ICU with a compiler for FollowTheMoney. As root on
# Debian or Ubuntu it installs them; without it those tests are skipped and say so.
consumers:
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get install -y --no-install-recommends gdal-bin libicu-dev pkg-config g++ || \
	  { apt-get update && apt-get install -y --no-install-recommends gdal-bin libicu-dev pkg-config g++; }; fi
	$(UV) sync --frozen --quiet --group consumers

test: check unit docs

check: setup
	$(RUN) ruff format --check .
	$(RUN) ruff check .
	$(RUN) pyright
	$(RUN) lint-imports
	$(RUN) python frontend/build.py --run node_modules/svelte-check/bin/svelte-check --fail-on-warnings --output human
	$(RUN) python frontend/build.py --run --test "tests/*.test.ts"

unit: setup
	@$(RUN) python scripts/browser.py
	@scripts/postgres.sh > /dev/null || true
	$(RUN) pytest -n auto --dist loadgroup

docs: setup
	NO_MKDOCS_2_WARNING=1 $(RUN) mkdocs build --strict --quiet

format: setup
	$(RUN) ruff format .
	$(RUN) ruff check --fix .

clean:
	rm -rf .venv .tools site demo.html demo.db frontend/node_modules src/sitrep/review/static
