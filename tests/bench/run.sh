#!/usr/bin/env bash
# Every number that is promised, beside its budget and a yardstick measured in the same run:
# a raw sync of the disk, bare SQLite, plain libcurl, an empty frame, a plain SELECT.
#
#   tests/bench/run.sh [TOOLS]
#
# Prints Markdown; it and the same as JSON lie in .build/bench, which takes 5 GB meanwhile. With TOOLS (see outside.sh) the
# till is also measured from outside. TRESEN_BENCH_BRIEF=1 makes the shops small: that all
# of it runs. Half an hour on a machine that does nothing else; it has no way to tell noise.
# Exit status 1: a number is over its budget.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../pos/setup.sh"
install build test bench
build release tresen translations tresen_bench hot_paths
here=$root/tests/bench work=$root/.build/bench release=$root/.build/release
tresen=$release/tresen
rm -rf "$work"
mkdir -p "$work"

say "benchmarks"
TRESEN_BENCH_SHOP=$work/old "$release/tests/tresen_bench" --benchmark_out="$work/benchmarks.json" --benchmark_out_format=json \
  ${TRESEN_BENCH_BRIEF:+--benchmark_min_time=0.001} >&2
say "sales beside bare SQLite"
sales=${TRESEN_BENCH_BRIEF:+200}
python3 - "${sales:-20000}" >"$work/baskets.csv" <<'PY'
import random, sys
chance = random.Random(1)
goods = [f"Ware {n}" for n in range(3000)]
for _ in range(int(sys.argv[1])):
    print(",".join(chance.sample(goods, chance.randint(1, 6))))
PY
"$tresen" replay "$work/baskets.csv" --data "$work/fresh" --baseline --no-push --no-print --json \
  >"$work/replay.json"
# The shop of old_shop.h, whose platform has never answered; without the device on paper that
# signed there.
printf '[shop]\ncountry = ""\n[upstream]\nkind = "medusa"\naddress = "http://127.0.0.1:9"\n' \
  >"$work/old/tresen.toml"
"$tresen" replay "$work/baskets.csv" --data "$work/old" --baseline --no-push --no-print --json \
  >"$work/replay_old.json"
say "instructions"
"$here/count.py" "$release/tests/hot_paths" --json >"$work/instructions.json"
if [ $# -gt 0 ]; then
  say "from outside"
  OLD=$work/old OUTSIDE_ROWS=$work/outside.tsv "$here/outside.sh" "$1" >&2 || echo "over a budget, see the table" >&2
fi
rm -rf "$work/old" "$work/fresh"
python3 "$here/table.py" "$work"
