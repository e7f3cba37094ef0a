#!/usr/bin/env bash
# Installs, builds and passes the tests.
#   tests/run.sh         unit, contract and screen tests
#   tests/run.sh --all   also format, tidy, sanitizers and fuzzers (built by clang), real servers
set -euo pipefail
source "$(dirname "$0")/../pos/setup.sh"
passed=0
failed=0

# suite NAME COMMAND...: runs one, counts it, and goes on.
suite() {
  local name=$1; shift
  say "test: $name"
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $name" >&2; fi
}

# unit PRESET: every doctest of a build, counted one by one.
unit() {
  local log=$root/.build/$1/ctest.log
  say "test: unit ($1)"
  ctest --test-dir "$root/.build/$1" -j "$(nproc)" --output-on-failure --no-tests=error >"$log" 2>&1 ||
    sed -n '/Failed\|FAILED\|ERROR/,+12p' "$log" | head -200
  local total bad
  total=$(sed -n 's/.* tests failed out of \([0-9]*\)/\1/p' "$log")
  bad=$(sed -n 's/.*, \([0-9]*\) tests failed out of .*/\1/p' "$log")
  [ -n "$total" ] || fail "ctest gave no count, see $log"
  passed=$((passed + total - bad))
  failed=$((failed + bad))
}

finish() {
  echo
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}

install build test
build dev
unit dev
suite "words" "$root/tests/check_words.sh"

if [ "${1:-}" = --all ]; then
  suite "format" "$root/tests/check_format.sh"
  suite "tidy" "$root/tests/check_tidy.sh"
  build asan
  unit asan
  build tsan pos_tests
  suite "threads (ThreadSanitizer)" "$root/.build/tsan/tests/pos_tests" --test-case='runtime*,queue*,latest*'
  suite "fuzzers" "$root/tests/fuzz/run.sh"
  for name in $("$root/tests/e2e/run.sh" --list); do
    suite "e2e: $name" "$root/tests/e2e/run.sh" "$name"
  done
fi
finish
