#!/usr/bin/env bash
# Trains in N fresh JVMs, one after the other, and counts those whose kernels were found badly compiled:
#   fresh-jvms.sh N [options of `burin train jets`]
# BURIN is the command to run instead of ./burin.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../../.." && pwd -P)
burin=${BURIN:-$root/burin}
count=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/logging.properties" <<'PROPERTIES'
handlers=java.util.logging.ConsoleHandler
.level=INFO
PROPERTIES
export JDK_JAVA_OPTIONS="-Djava.util.logging.config.file=$work/logging.properties ${JDK_JAVA_OPTIONS-}"

bad=0
for ((i = 1; i <= count; i++)); do
  "$burin" train jets --out "$work/run" --seed "$i" "$@" >/dev/null 2>"$work/log"
  rm -rf "$work/run"
  if ! grep -q "kernels: vector" "$work/log"; then
    echo "fresh-jvms: run $i did not use the vector kernels" >&2
    exit 1
  fi
  if grep -E "kernels: (badly compiled|steps)" "$work/log"; then
    bad=$((bad + 1))
  fi
done
echo "$bad of $count JVMs replaced badly compiled kernels"
[ "$bad" -eq 0 ]
