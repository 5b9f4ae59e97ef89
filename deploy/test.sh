#!/usr/bin/env bash
# The whole suite, a step at a time; the first failure ends it. Run by `make test`.
set -euo pipefail
cd "$(dirname "$0")/.."

begun=$SECONDS

step() {
  local title="$1" started=$SECONDS code=0
  shift
  printf '\n== %s\n' "$title"
  "$@" || code=$?
  if [ "$code" -ne 0 ]; then
    printf '== %s：未通过（%d 秒）\n' "$title" $((SECONDS - started)) >&2
    exit "$code"
  fi
  printf '== %s：通过（%d 秒）\n' "$title" $((SECONDS - started))
}

make="${MAKE:-make} --no-print-directory"
step "环境 setup" $make setup-test

# mypy needs one core and longer than all that it can be run beside.
told="$(mktemp)"
step "类型 mypy" $make types >"$told" 2>&1 &
types=$!
trap 'kill "$types" 2>/dev/null || true; rm -f "$told"' EXIT
step "代码 ruff" $make lint-code
step "模板 djlint" $make lint-templates
step "迁移 makemigrations --check" $make check-migrations
step "部署 check --deploy" $make check-deploy
code=0
wait "$types" || code=$?
trap 'rm -f "$told"' EXIT
cat "$told"
[ "$code" -eq 0 ] || exit "$code"

step "单元测试 SQLite" $make test-sqlite
step "单元测试 PostgreSQL" $make test-postgresql
step "浏览器测试 Chromium" $make test-browser
printf '\n全部通过，共 %d 秒。\n' $((SECONDS - begun))
