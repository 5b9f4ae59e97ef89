#!/usr/bin/env bash
# What an installation without a network needs, in one folder, made on a machine that has one:
#
#   deploy/offline.sh FOLDER [amd64|arm64]
#
# wheels/   Python packages at the lock's versions, checked against its hashes when installed
# debs/     system packages with what they depend on (for this machine's release of Debian)
# fonts/    the single-face files that PDFs are drawn with
#
# docs/operations.md tells how it is used on the other side.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ $# -lt 1 ]; then
  echo "usage: deploy/offline.sh FOLDER [amd64|arm64]" >&2
  exit 2
fi
folder="$(mkdir -p "$1" && cd "$1" && pwd)"
own="$(dpkg --print-architecture)"
architecture="${2:-$own}"
case "$architecture" in
  amd64) machine=x86_64 ;;
  arm64) machine=aarch64 ;;
  *)
    echo "没有为 $architecture 准备：请用 amd64 或 arm64。" >&2
    exit 2
    ;;
esac
packages=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-lxgw-wenkai
  python3 python3-venv make postgresql-client)

mkdir -p "$folder/wheels" "$folder/debs" "$folder/fonts"
platforms=()
for glibc in 17 28 34; do platforms+=(--platform "manylinux_2_${glibc}_$machine"); done
.venv/bin/python -m pip download --quiet --disable-pip-version-check --require-hashes --no-deps \
  --only-binary :all: --python-version 3.11 --implementation cp \
  --platform "manylinux2014_$machine" "${platforms[@]}" \
  --requirement deploy/requirements.lock --dest "$folder/wheels"

if [ "$architecture" != "$own" ]; then
  dpkg --print-foreign-architectures | grep -qx "$architecture" || {
    echo "先执行：dpkg --add-architecture $architecture && apt-get update" >&2
    exit 1
  }
fi
# What those packages depend on, and not what any Debian has: the other side's apt decides.
mapfile -t needed < <(
  apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks \
    --no-replaces --no-enhances "${packages[@]/%/:$architecture}" |
    grep -E '^[a-z0-9]' | sed 's/:any$//' | sort -u
)
# A virtual package has no candidate, and no file.
mapfile -t real < <(
  apt-cache policy "${needed[@]}" |
    awk '/^[a-z0-9]/ { name = $1; sub(/:$/, "", name) } /Candidate:/ && $2 != "(none)" { print name }'
)
(cd "$folder/debs" && apt-get download --quiet=2 "${real[@]}")
cp var/fonts/* "$folder/fonts/"
(cd "$folder" && find wheels debs fonts -type f -print0 | sort -z | xargs -0 sha256sum >SHA256SUMS)
echo "$folder：$(ls "$folder/wheels" | wc -l) 个 Python 软件包，$(ls "$folder/debs" | wc -l) 个系统软件包。"
