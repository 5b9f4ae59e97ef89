#!/usr/bin/env bash
# Remakes both lock files from pyproject.toml: versions with hashes, and nothing about where they
# come from. The development lock holds everything the run lock does, at the same versions.
set -euo pipefail
cd "$(dirname "$0")/.."

tools="$(mktemp -d)"
trap 'rm -rf "$tools"' EXIT
python3 -m venv "$tools"
"$tools/bin/pip" install --quiet --disable-pip-version-check uv

resolve() {
  "$tools/bin/uv" pip compile --quiet --universal --generate-hashes --no-emit-index-url \
    --no-annotate --no-header --python-version 3.11 --upgrade pyproject.toml "$@"
}
resolve --output-file deploy/requirements.lock
resolve --extra dev --constraints deploy/requirements.lock --output-file deploy/requirements-dev.lock
wc -l deploy/*.lock
