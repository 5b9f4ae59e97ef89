#!/usr/bin/env bash
# Brings a machine to the state this project needs; idempotent, and instant when nothing is missing.
#
#   deploy/setup.sh run     system libraries, fonts, .venv from deploy/requirements.lock
#   deploy/setup.sh test    the same plus a browser, PostgreSQL, nginx and the development packages
#   deploy/setup.sh pictures  that, and the browser in Chinese which the manuals' pictures show
#
# SKIP_SYSTEM_PACKAGES=1 leaves the system alone (for people who install these things another way).
set -euo pipefail
cd "$(dirname "$0")/.."

profile="${1:-run}"
packages=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-lxgw-wenkai)
lock=deploy/requirements.lock
case "$profile" in
  run) ;;
  test | pictures)
    # chromium-headless-shell: Debian's Chromium without windows, for half the processor's time;
    # libatomic1: Playwright's own node; nginx-light: deploy/nginx.conf is tried with it
    packages+=(chromium-headless-shell libatomic1 postgresql poppler-utils git nginx-light)
    [ "$profile" = test ] || packages+=(chromium chromium-l10n)
    lock=deploy/requirements-dev.lock
    ;;
  *)
    echo "usage: deploy/setup.sh [run|test|pictures]" >&2
    exit 2
    ;;
esac

say() { printf '%s\n' "$*" >&2; }

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

find_python() {
  local candidate
  for candidate in python3 python3.11 python3.12 python3.13 /usr/bin/python3; do
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  return 1
}

install_packages() {
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      say "缺少系统软件包：$*。当前用户不是 root，也没有 sudo，请由管理员执行：apt-get install --no-install-recommends $*"
      say "System packages are missing and can only be installed by root: apt-get install --no-install-recommends $*"
      exit 1
    fi
    as_root=(sudo)
    [ -t 0 ] || as_root=(sudo -n)
  fi
  say "安装系统软件包：$*"
  local quiet=(-qq -o Dpkg::Use-Pty=0)
  local log
  log="$(mktemp)"
  if ! { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update "${quiet[@]}" &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y --no-install-recommends "${quiet[@]}" "$@"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    say "系统软件包未能安装，原因见上。 The system packages could not be installed; the reason is above."
    exit 1
  fi
  rm -f "$log"
}

if [ "${SKIP_SYSTEM_PACKAGES:-}" != 1 ]; then
  if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
    missing=()
    for package in "${packages[@]}"; do
      is_installed "$package" || missing+=("$package")
    done
    find_python >/dev/null || missing+=(python3 python3-venv)
    [ "${#missing[@]}" -eq 0 ] || install_packages "${missing[@]}"
  else
    say "本机不是 Debian 系，请自行安装与下列软件包相当者：${packages[*]}"
    say "This is not a Debian system: please provide the equivalents of ${packages[*]}"
  fi
fi

# The development lock holds everything the run lock does, at the same versions: whoever has
# the first needs nothing more for the second.
fingerprint() { sha256sum "$1" | cut -d' ' -f1; }
stamp=.venv/installed.sha256
if ! grep -qxs "$(fingerprint "$lock")" "$stamp"; then
  if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python="$(find_python)" || {
      say "需要 Python 3.11 或更高版本（含 venv）。 Python 3.11 or newer with venv is required."
      exit 1
    }
    "$python" -m venv --clear .venv
  fi
  say "安装 Python 软件包（$lock）"
  .venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --no-input --no-compile \
    --require-hashes --requirement "$lock"
  # By every core, where pip would use one. A file that is no Python of this version stops nothing,
  # as with pip: whoever imports it is told.
  .venv/bin/python -m compileall -qq -j 0 .venv/lib || true
  fingerprint "$lock" >"$stamp"
  [ "$profile" = run ] || fingerprint deploy/requirements.lock >>"$stamp"
fi

.venv/bin/python deploy/fonts.py "${DATA_DIR:-var}/fonts"
