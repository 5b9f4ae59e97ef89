#!/usr/bin/env bash
# One machine: two processes serving pages and one working off tasks. Both end together.
set -uo pipefail
cd "$(dirname "$0")/.."

export DJANGO_SETTINGS_MODULE="${DJANGO_SETTINGS_MODULE:-config.settings.development}"
address="${HOST:-127.0.0.1}:${PORT:-8000}"

# Sessions of their own, where the machine has setsid: Ctrl-C then reaches them once, from here,
# and a task in progress is finished instead of being cut off by a second signal.
apart=()
command -v setsid >/dev/null && apart=(setsid)

children=()
finish() {
  trap - EXIT
  trap '' INT TERM HUP # make passes on what it was sent itself: once is enough
  kill -TERM "${children[@]}" 2>/dev/null
  wait
  exit "${1:-0}"
}
trap 'finish 0' INT TERM HUP
trap 'finish $?' EXIT

.venv/bin/python manage.py check_ready >/dev/null || exit 1
.venv/bin/python manage.py sweep_tasks >/dev/null  # what a killed worker left behind
"${apart[@]}" .venv/bin/python manage.py worker --queue-name '*' --no-reload &
children+=($!)
"${apart[@]}" .venv/bin/gunicorn config.wsgi:application \
  --bind "$address" --workers "${WEB_CONCURRENCY:-2}" --worker-class sync \
  --timeout 60 --log-level warning &
children+=($!)

echo
echo "请打开 http://$address/ ，按 Ctrl-C 结束。"
wait -n "${children[@]}"
finish $?
