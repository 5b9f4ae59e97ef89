#!/usr/bin/env bash
# Runs a command against a PostgreSQL of its own, which is gone afterwards:
#
#   deploy/postgresql.sh psql -c 'select 1'
#   deploy/postgresql.sh .venv/bin/pytest
#
# The command finds it in DATABASE_URL (and psql in PGHOST, PGPORT, PGUSER, PGDATABASE). The cluster
# is made with the C.UTF-8 locale, as production's is; it forgets everything on a crash, on purpose.
set -euo pipefail

if [ $# -eq 0 ]; then
  echo "usage: deploy/postgresql.sh COMMAND [ARGUMENT…]" >&2
  exit 2
fi

binaries="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)"
if [ -z "$binaries" ] && command -v pg_ctl >/dev/null; then
  binaries="$(dirname "$(command -v pg_ctl)")"
fi
if [ ! -x "$binaries/initdb" ]; then
  echo "未找到 PostgreSQL 服务器程序，请先执行 make setup-test。 No PostgreSQL server found." >&2
  exit 1
fi

# The server refuses to run as root.
as_server=()
[ "$(id -u)" -ne 0 ] || as_server=(runuser -u postgres --)

folder="$(mktemp -d "${TMPDIR:-/tmp}/postgresql.XXXXXX")"
[ "$(id -u)" -ne 0 ] || chown postgres: "$folder"

finish() {
  local code=$?
  trap - EXIT INT TERM HUP
  (cd / && "${as_server[@]}" "$binaries/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1) || true
  rm -rf "$folder"
  exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

port="$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"

start() {
  cd /
  "${as_server[@]}" "$binaries/initdb" --pgdata="$folder/data" --username=postgres --auth=trust \
    --locale=C.UTF-8 --encoding=UTF8 --no-sync
  "${as_server[@]}" "$binaries/pg_ctl" --pgdata="$folder/data" --log="$folder/log" --wait start \
    --options="-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off \
      -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=128MB"
  "$binaries/createdb" --host=127.0.0.1 --port="$port" --username=postgres reports
}
if ! (start) >"$folder.start" 2>&1; then
  cat "$folder.start" "$folder/log" >&2 2>/dev/null || true
  rm -f "$folder.start"
  exit 1
fi
rm -f "$folder.start"

export PGHOST=127.0.0.1 PGPORT="$port" PGUSER=postgres PGDATABASE=reports
export DATABASE_URL="postgres://postgres@127.0.0.1:$port/reports"
"$@"
