#!/usr/bin/env bash
# usage: tests/e2e/run.sh [--list | NAME]
# Runs one suite against real servers, which it starts and stops itself.
# Without a name it lists the suites.
set -euo pipefail
cd "$(dirname "$0")"
suites=$(ls -- *.sh | grep -vx -e run.sh -e setup.sh -e fetch.sh -e card_setup.sh | sed 's/\.sh$//')
case "${1:---list}" in
  --list) echo "$suites" ;;
  *)
    grep -qx -- "$1" <<<"$suites" || { echo "no suite \"$1\"; there are:" $suites >&2; exit 2; }
    exec "./$1.sh"
    ;;
esac
