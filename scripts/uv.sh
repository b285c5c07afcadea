#!/bin/sh
# Runs uv, bringing it by pip into .tools/ where the machine has none that works.
# A uv on the PATH may be a shim that points nowhere, so it is asked for its version first.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
local_uv="$root/.tools/uv/bin/uv"

if uv --version >/dev/null 2>&1; then
  uv=uv
elif "$local_uv" --version >/dev/null 2>&1; then
  uv=$local_uv
else
  for python in python3 python3.12 python3.13 python3.11 python "$HOME"/.pyenv/versions/*/bin/python3 /usr/bin/python3; do
    if "$python" -m pip --version >/dev/null 2>&1; then
      echo "bringing uv by pip ($python) into .tools/uv" >&2
      "$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$root/.tools/uv" uv >&2 && break
    fi
  done
  if ! "$local_uv" --version >/dev/null 2>&1; then
    echo "sitrep needs uv (https://docs.astral.sh/uv/) and found neither uv nor a Python with pip to bring it." >&2
    exit 1
  fi
  uv=$local_uv
fi

# uv finds a Python 3.12 on the PATH or downloads one; a pyenv that is not on the PATH is looked into here
if [ -z "${UV_PYTHON:-}" ]; then
  for python in python3.12 python3 "$HOME"/.pyenv/versions/3.12*/bin/python3 /usr/local/bin/python3.12; do
    if [ "$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = 3.12 ]; then
      UV_PYTHON=$("$python" -c 'import sys; print(sys.executable)')
      export UV_PYTHON
      break
    fi
  done
fi
# desks often sit behind a proxy with a certificate of its own, which the system knows and uv does not
export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}"
exec "$uv" "$@"
