#!/usr/bin/env bash
# clang-tidy over our own sources, with the checks of .clang-tidy, as the asan
# build compiles them: joined, so that the headers are read once for many.
# Fails on a finding and when clang-tidy itself fails.
set -euo pipefail
cd "$(dirname "$0")/.."
commands=.build/asan/compile_commands.json
[ -s "$commands" ] || { echo "error: build the preset asan first" >&2; exit 1; }
files=$(sed -n 's/^ *"file": "\(.*\)",\{0,1\}$/\1/p' "$commands" | grep -v -e '/tests/' -e '/migrations.cpp$')
[ -n "$files" ] || { echo "error: $commands names no source" >&2; exit 1; }

# The count of suppressed warnings is all that it says of a clean file.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
xargs -P "$(nproc)" -n 1 \
  clang-tidy --quiet --extra-arg=-Wno-unknown-warning-option -p .build/asan <<<"$files" >"$log" 2>&1 || status=1
grep -v -e '^[0-9]* warnings\{0,1\} generated\.$' -e '^Suppressed ' "$log" | cut -c1-400 | head -200 || :
[ "$status" -eq 0 ] || { echo "clang-tidy has findings or has failed" >&2; exit 1; }
echo "$(wc -l <<<"$files") joined sources are clean"
