#!/usr/bin/env bash
# Installs, builds and passes the tests; each step says how long it took.
#   tests/run.sh         unit, contract and screen tests of the till as it is shipped
#   tests/run.sh --all   also format, tidy, and by clang with sanitizers: the same
#                        tests again, fuzzers, threads, and every suite against real servers
set -euo pipefail
source "$(dirname "$0")/../pos/setup.sh"
passed=0
failed=0

# What a step says, and in the last line of its .end: seconds, passed, failed.
logs=$root/.build/logs

# step NAME COMMAND...: one check. Its own count of checks ("NAME: P passed, F failed" at the
# end) is taken over; else it counts as one.
step() {
  local name=$1 begun=$SECONDS status=0 counts; shift
  ("$@") >"$logs/$name.log" 2>&1 || status=$?  # in a shell of its own: it cannot touch our names
  counts=$(tail -1 "$logs/$name.log" | sed -n 's/^[a-z0-9_ -]*: \([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p')
  [ -n "$counts" ] || counts="$((status == 0)) 0"
  [ "$status" -eq 0 ] || [ "${counts#* }" -gt 0 ] || counts="${counts% *} 1"
  echo "$((SECONDS - begun)) $counts" >"$logs/$name.ending"
  mv "$logs/$name.ending" "$logs/$name.end"
}

# report NAME: how a step went; all that it said where it failed, else its last lines.
report() {
  local name=$1 seconds good bad
  read -r seconds good bad <"$logs/$name.end"
  passed=$((passed + good))
  failed=$((failed + bad))
  say "$name"
  if [ "$bad" -gt 0 ]; then
    sed -n '/FAILED\|ERROR\|error:/p' "$logs/$name.log" | head -40 >&2
    tail -n 400 "$logs/$name.log"
    echo "FAILED: $name" >&2
  else
    tail -n 3 "$logs/$name.log"
  fi
  took "$name ($good passed, $bad failed)" "$seconds"
}

# run NAME COMMAND...: a step by itself.
run() { step "$@"; report "$1"; }

# beside JOBS: steps from standard input ("NAME COMMAND" a line), so many at once, each
# reported as it ends.
beside() {
  local jobs=$1 running=0 line name ended
  local -A waiting=()
  settle() {
    wait -n
    running=$((running - 1))
    for ended in "${!waiting[@]}"; do
      [ -e "$logs/$ended.end" ] || continue
      report "$ended"
      unset "waiting[$ended]"
    done
  }
  while read -r line; do
    name=${line%% *}
    [ "$running" -lt "$jobs" ] || settle
    # shellcheck disable=SC2086
    step $line </dev/null &
    waiting[$name]=1
    running=$((running + 1))
  done
  while [ "$running" -gt 0 ]; do settle; done
}

# Stores of the unit tests lie in memory: what a disk loses is taken away by the tests themselves.
unit_folder() { if [ -w /dev/shm ]; then echo /dev/shm; else echo "${TMPDIR:-/tmp}"; fi; }

# unit PRESET: every doctest of a build, each in a process of its own.
unit() {
  local -x TMPDIR=$(unit_folder)
  local log=$root/.build/$1/ctest.log total bad status=0
  ctest --test-dir "$root/.build/$1" -j "$(nproc)" --output-on-failure --no-tests=error >"$log" 2>&1 || status=$?
  [ "$status" -eq 0 ] || sed -n '/Failed\|FAILED\|ERROR/,+12p' "$log" | head -200
  total=$(sed -n 's/.* tests failed out of \([0-9]*\)/\1/p' "$log")
  bad=$(sed -n 's/.*, \([0-9]*\) tests failed out of .*/\1/p' "$log")
  [ -n "$total" ] || { echo "ctest gave no count, see $log"; return 1; }
  echo "unit: $((total - bad)) passed, $bad failed"
  return "$((bad > 0))"
}

# units_together PRESET: every doctest of a build, five in one process, whose start is most of
# a short test's time under a sanitizer.
units_together() {
  local -x TMPDIR=$(unit_folder) together=$root/.build/$1/together
  local program cases first count name failed total=0 bad=0
  rm -rf "$together"
  mkdir "$together"
  for program in drivers core scenarios pos sync; do  # the longest first
    cases=$("$root/.build/$1/tests/${program}_tests" --count | sed -n 's/.*: *\([0-9]*\)$/\1/p')
    for ((first = 1; first <= cases; first += 5)); do
      count=$((cases - first < 4 ? cases - first + 1 : 5))
      echo "$root/.build/$1/tests/${program}_tests $first $count $together/$program-$first"
    done
  done >"$together/list"
  xargs -P "$(nproc)" -L 1 bash -c \
    'timeout 2400 "$0" --first="$1" --last="$(($1 + $2 - 1))" >"$3.log" 2>&1; echo "$?" >"$3.status"' <"$together/list"
  while read -r _ first count name; do
    total=$((total + count))
    [ "$(cat "$name.status")" -eq 0 ] && continue
    failed=$(sed -n 's/^\[doctest\] test cases:.*| *\([0-9]*\) failed.*/\1/p' "$name.log")
    bad=$((bad + ${failed:-count}))
    sed -n '/ERROR/,+12p' "$name.log" | head -100
    [ -n "$failed" ] || { echo "$(basename "$name") ended before its count:"; tail -60 "$name.log"; }
  done <"$together/list"
  echo "unit: $((total - bad)) passed, $bad failed"
  return "$((bad > 0))"
}

threads() { "$root/.build/tsan/tests/thread_tests" --test-case='runtime*,queue*,latest*,signing thread*,errands*'; }

# Each benchmark for a moment, in a small shop: that it runs, not how fast.
benchmarks() {
  local status=0
  TRESEN_BENCH_BRIEF=1 "$root/.build/release/tests/tresen_bench" --benchmark_min_time=0.001 2>&1 |
    tee "$logs/benchmarks.said" || status=$?
  ! grep "ERROR OCCURRED" "$logs/benchmarks.said" || status=1  # it ends well all the same
  return "$status"
}

# suite NAME: against the sanitized program; what looks at the shipped one says so itself. What a
# sanitizer finds fails it, whatever the suite makes of the program's end.
suite() {
  local said=$logs/$1.sanitizer status=0
  TRESEN_PROGRAM=$root/.build/asan/tresen ASAN_OPTIONS=log_path=$said:exitcode=99 \
    UBSAN_OPTIONS=log_path=$said:exitcode=99:print_stacktrace=1 "$root/tests/e2e/run.sh" "$1" || status=$?
  ! cat "$said".* 2>/dev/null || { echo "FAILED: a sanitizer found this in $1"; return 1; }
  return "$status"
}

finish() {
  show_times
  echo
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}

rm -rf "$logs"
mkdir -p "$logs"
install build test
build release all
run unit-release unit release
run words "$root/tests/check_words.sh"

if [ "${1:-}" = --all ]; then
  run format "$root/tests/check_format.sh"
  build asan all fuzzers
  build tsan thread_tests
  build release tresen_bench hot_paths
  run unit-asan units_together asan
  {
    echo "tidy $root/tests/check_tidy.sh"
    echo "threads threads"
    echo "benchmarks benchmarks"
    echo "instructions $root/tests/bench/count.py $root/.build/release/tests/hot_paths"
    echo "fuzzers $root/tests/fuzz/run.sh"
    echo "torture-shop env SEED=1 KILLS=100 $root/tests/torture/shop.sh"
    echo "torture-power env SEED=1 $root/tests/torture/power.sh"
    echo "torture-year env SEED=1 $root/tests/torture/year.sh"
  } >"$logs/steps"
  beside 2 <"$logs/steps"
  # A Medusa takes the machine for itself: its suites kill a till that waits for it.
  # Suites without one wait most of their time.
  platforms='^medusa$\|^platform-people$\|^online-orders$'
  # The package's suite builds the till once more and makes a whole system: a command of its own.
  for name in $("$root/tests/e2e/run.sh" --list | sed "/$platforms\|^package$/d"); do
    echo "e2e-$name suite $name"
  done >"$logs/steps"
  beside 2 <"$logs/steps"
  for name in $("$root/tests/e2e/run.sh" --list | sed -n "/$platforms/p"); do
    run "e2e-$name" suite "$name"
  done
fi
finish
