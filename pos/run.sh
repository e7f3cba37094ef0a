#!/usr/bin/env bash
# From a clean clone to the open till: installs the packages, builds, and opens
# the demo shop. Without a display it drives a demo sale and leaves pictures.
#   pos/run.sh [--build-only | ARGUMENTS OF tresen]
set -euo pipefail
source "$(dirname "$0")/setup.sh"

install build
build release tresen translations
program=$root/.build/release/tresen
show_times

if [ "${1:-}" = --build-only ]; then
  echo "$program"
  exit 0
fi
if [ $# -gt 0 ]; then exec "$program" "$@"; fi

if [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]; then
  say "till: opening the demo shop"
  exec "$program" --demo
fi

pictures=$root/.build/demo
rm -rf "$pictures"
mkdir -p "$pictures"
say "till: there is no display, so a demo sale is driven without one"
cd "$pictures"
"$program" drive "$root/pos/drive/demo.drive" --data "$pictures/data" ||
  fail "the demo sale failed, see the line above"
say "till: the demo sale is done; pictures of it:"
ls "$pictures"/*.png
