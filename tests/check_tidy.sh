#!/usr/bin/env bash
# Fails, naming the places, where clang-tidy finds something in our code. It reads
# how the preset dev builds, so that one has to be configured.
set -euo pipefail
cd "$(dirname "$0")/.."
# The build may be g++'s, whose names of warnings clang does not all know.
run-clang-tidy -quiet -extra-arg=-Wno-unknown-warning-option -p .build/dev \
  "^$PWD/(\.build/dev/CMakeFiles/tresen|core/|drivers/|sync/|pos/)" >.build/tidy.log 2>&1 ||
  { grep -E '(error|warning):' .build/tidy.log | sort -u >&2; exit 1; }
