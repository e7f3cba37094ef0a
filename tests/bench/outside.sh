#!/usr/bin/env bash
# Measures the till from outside, as a person at its screen would with a very
# good watch: start, tap, scan, search, payment, memory and idling, under Xvfb at
# 1280x800 without a GPU, each beside its budget.
#
#   tests/bench/outside.sh TOOLS
#
# TOOLS (or TRESEN_TOOLS) is the folder with xlat.c, procstat.py and products.py.
# Settings, by environment:
#   TRESEN_PROGRAM   what is measured (.build/release/tresen, built if it is missing)
#   PRODUCTS=100000  of the small catalogue: start, taps, memory, idling
#   MANY=1000000     of the large one: scans and keystrokes; 0 leaves it out
#   ORDERS=40000     sales in the store of the second start; 0 leaves it out
#   OLD=             the data folder of a shop with a million orders (tests/bench/old_shop.h),
#                    all of which wait for their platform: the third start
#   SALES=1000       that are rung up before the memory is taken
#   PULL=100000      that a till pulls from the stub of a platform while it is tapped; 0: none
#   SAMPLES=100      of taps, scans, keystrokes and payments
#   OUTSIDE_ROWS     a file that gets the figures as well, for tests/bench/table.py
# Needs xvfb, a C compiler and the X libraries named in xlat.c, and for the stub
# Node.js and what tests/e2e/shopify/up.sh says. It runs for about
# ten minutes and ends by itself; exit status 1 when a figure is over its budget.
# Run it on a machine that does nothing else: it has no way to tell noise.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
tools=${1:-${TRESEN_TOOLS:-}}
tresen=${TRESEN_PROGRAM:-$root/.build/release/tresen}
products=${PRODUCTS:-100000} many=${MANY:-1000000} orders=${ORDERS:-40000}
sales=${SALES:-1000} samples=${SAMPLES:-100} pull=${PULL:-100000}
fail() { echo "error: $*" >&2; exit 2; }
[ -f "$tools/xlat.c" ] || fail "give the folder of xlat.c, procstat.py and products.py as the argument"
[ -x "$tresen" ] || (cd "$root" && cmake --preset release >/dev/null && cmake --build .build/release)
command -v Xvfb >/dev/null || fail "Xvfb is missing, install xvfb"

temp=$(mktemp -d)
screen= till= servers=()
clean_up() {
  [ -z "$till" ] || kill "$till" 2>/dev/null || :
  kill "${servers[@]}" 2>/dev/null || :
  [ -z "$screen" ] || kill "$screen" 2>/dev/null || :
  rm -rf "$temp"
}
trap clean_up EXIT
cc -O2 -w -o "$temp/xlat" "$tools/xlat.c" -lX11 -lXext -lXtst -lXdamage -lXfixes ||
  fail "xlat.c cannot be built, install libx11-dev libxext-dev libxtst-dev libxdamage-dev libxfixes-dev"
Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$temp/display" 2>/dev/null &
screen=$!
until [ -s "$temp/display" ]; do
  kill -0 "$screen" 2>/dev/null || fail "Xvfb does not start"
  read -rt 0.05 <> <(:) || :
done
DISPLAY=:$(cat "$temp/display")
export DISPLAY
xlat() { "$temp/xlat" "$@"; }

# shop N: a data folder with N products, its name on stdout.
shop() {
  local folder=$temp/shop-$1
  { echo "Handle,Title,Variant SKU,Variant Price,Variant Barcode"
    python3 "$tools/products.py" "$1" |
      awk -F'\t' '{ printf "p%s,%s,P%s,%.2f,%s\n", $1, $3, $1, $4 / 100, $2 }'
  } >"$temp/products.csv"
  "$tresen" --data "$folder" import "$temp/products.csv" >/dev/null 2>"$temp/import.log" ||
    { cat "$temp/import.log" >&2; fail "the products were not imported"; }
  rm "$temp/products.csv"
  echo "$folder"
}

# baskets N: N baskets of three products each, for tresen replay.
baskets() {
  python3 "$tools/products.py" 3000 |
    awk -F'\t' -v n="$1" '{ name[NR] = $3 } END { for (i = 0; i < n; ++i)
      print name[i % NR + 1] "," name[i * 7 % NR + 1] "," name[i * 13 % NR + 1] }'
}

# open FOLDER: starts the till, prints when its last pixel came (ms) to $times.
open_till() {
  local line
  line=$(xlat -q 500 -t 10000 start "$tresen" --data "$1" --lang en)
  till=$(pgrep -n -f -- "--data $1 " || pgrep -n -f -- "--data $1") || fail "the till did not start"
  awk '{ print $4 }' <<<"$line" >>"$temp/$2"
}
close_till() {
  kill "$till"
  while kill -0 "$till" 2>/dev/null; do read -rt 0.05 <> <(:) || :; done
  till=
}

over=0
# row WHAT FILE P50 P99: the share of FILE beside what it may be; "-": not asked.
row() {
  local what=$1 file=$2 b50=$3 b99=$4
  sort -n "$temp/$file" | awk -v what="$what" -v b50="$b50" -v b99="$b99" -v rows="${OUTSIDE_ROWS:-}" '
    { v[NR] = $1 }
    END {
      if (NR == 0) { printf "%-46s nothing was measured\n", what; exit 1 }
      p50 = v[int((NR - 1) * .5) + 1]; p99 = v[int((NR - 1) * .99) + 1]
      bad = (b50 != "-" && p50 > b50) || (b99 != "-" && p99 > b99)
      printf "%-46s %4d %9.2f %9.2f   %7s %7s %s\n", what, NR, p50, p99, b50, b99, bad ? "OVER" : "ok"
      if (rows) printf "%s, p50\t%s\t%s\n%s, p99\t%s\t%s\n", what, p50, b50, what, p99, b99 >> rows
      exit bad
    }' >>"$temp/table" || over=1
}
note() { printf '%-46s %s\n' "$1" "$2" >>"$temp/table"; }

# first FILE ARG...: keeps the time of the first pixel of one xlat run.
first() {
  local file=$1; shift
  xlat "$@" | awk '$1 == "first" { print $2 }' >>"$temp/$file"
}
last() {
  local file=$1; shift
  xlat "$@" | awk '$1 == "first" { print $4 }' >>"$temp/$file"
}

# The parts of the sell screen at 1280x800: where tiles lie, lines come, hits show.
cart="896,128,376,410" hits="112,200,768,530"
code() { python3 "$tools/products.py" "$1" | awk -F'\t' -v n="$2" 'NR % int('"$1"' / n) == 0 { print $2 }' | head -n "$2"; }
start_times() {
  for _ in 1 2 3 4 5 6 7; do open_till "$1" "$2"; close_till; done
}

echo "importing $products products" >&2
small=$(shop "$products")
start_times "$small" start
row "start to sell screen, $products products" start 150 -
if [ "$orders" -gt 0 ]; then
  echo "replaying $orders sales" >&2
  cp -r "$small" "$temp/full"
  baskets "$orders" >"$temp/baskets.csv"
  "$tresen" --data "$temp/full" replay "$temp/baskets.csv" --no-push --unsafe-no-sync >/dev/null 2>&1 ||
    fail "the sales could not be replayed"
  start_times "$temp/full" start_full
  row "the same with $orders sales in the store" start_full 150 -
  rm -rf "$temp/full"
fi

if [ -n "${OLD:-}" ]; then
  echo "starting an old shop" >&2
  start_times "$OLD" start_old
  row "the same with a million orders that wait" start_old 150 -
fi

echo "taps, $samples" >&2
open_till "$small" ignored
for ((i = 0; i < samples; ++i)); do
  first tap -q 60 -t 1000 click $((196 + i % 5 * 152)) $((290 + i / 5 % 3 * 176))
done
row "tap to first pixel" tap 8 16
xlat -q 300 -t 2000 key F9 >/dev/null

echo "sales, $sales" >&2
mapfile -t codes < <(code "$products" 500)
pss() { awk '/^Pss:/ { print $2 / 1024 }' "/proc/$till/smaps_rollup"; }
for ((i = 0; i < sales; ++i)); do
  xlat -q 15 -t 400 scan "${codes[i % ${#codes[@]}]}" >/dev/null
  if [ "$i" -lt "$samples" ]; then
    first paid -q 150 -t 1500 -m 20000 key F9
  else
    xlat -q 15 -t 400 key F9 >/dev/null
  fi
  if [ "$i" -eq 100 ]; then pss >"$temp/pss_100"; fi
done
row "payment key to the next customer's screen" paid 15 40
pss >"$temp/pss"
row "memory (PSS, MiB) after $sales sales" pss 32 -
[ ! -s "$temp/pss_100" ] || note "  growth since sale 100" \
  "$(paste "$temp/pss" "$temp/pss_100" | awk '{ printf "%.1f MiB (2 allowed)", $1 - $2 }')"

echo "idling" >&2
xlat -q 5000 -t 12000 -m 1 key Shift_L >/dev/null
idle=$(python3 "$tools/procstat.py" cpu 30 "--data $small")
sed 's/.*CPU \([0-9.]*\)%.*/\1/' <<<"$idle" >"$temp/idle"
sed 's/.* \([0-9]*\) ctx.*/\1/' <<<"$idle" >"$temp/switches"
row "idle, % of one core over 30 s" idle 0.05 -
row "idle, context switches a second" switches 2 -
close_till

echo "idling without a printer and a platform, sales meanwhile" >&2
cp -r "$small" "$temp/alone"
cat >"$temp/alone/tresen.toml" <<'TOML'
[printer]
kind = "tcp"
address = "127.0.0.1:9"
[upstream]
kind = "medusa"
address = "http://127.0.0.1:9"
TOML
printf '[upstream]\nkey = "sk_nobody"\n' >"$temp/alone/secrets.toml"
chmod 600 "$temp/alone/secrets.toml"
written() { awk '/^write_bytes:/ { print $2 }' "/proc/$till/io"; }
open_till "$temp/alone" ignored
for ((i = 0; i < sales; ++i)); do
  xlat -q 15 -t 400 scan "${codes[i % ${#codes[@]}]}" >/dev/null
  xlat -q 15 -t 400 key F9 >/dev/null
  if [ "$i" -eq 100 ]; then pss >"$temp/pss_100"; fi
done
pss >"$temp/pss"
paste "$temp/pss" "$temp/pss_100" | awk '{ print $1 - $2 }' >"$temp/growth"
row "memory (PSS, MiB) grown since sale 100" growth 2 -
xlat -q 30000 -t 60000 -m 1 key Shift_L >/dev/null  # until pauses are at their longest
before=$(written)
idle=$(python3 "$tools/procstat.py" cpu 60 "--data $temp/alone")
sed 's/.*CPU \([0-9.]*\)%.*/\1/' <<<"$idle" >"$temp/idle_alone"
sed 's/.* \([0-9]*\) ctx.*/\1/' <<<"$idle" >"$temp/switches_alone"
echo $(($(written) - before)) >"$temp/written_alone"
row "idle, % of one core over 60 s" idle_alone 0.05 -
row "idle, context switches a second" switches_alone 2 -
row "idle, bytes written" written_alone 0 -
close_till
rm -rf "$temp/alone"

if [ "$many" -gt 0 ]; then
  echo "importing $many products" >&2
  large=$(shop "$many")
  start_times "$large" start_many
  row "start to sell screen, $many products" start_many - -
  open_till "$large" ignored
  echo "scans, $samples" >&2
  while read -r scanned; do
    first scan -q 60 -t 1000 -r "$cart" scan "$scanned"
  done < <(code "$many" "$samples")
  row "scan to line, $many products" scan 10 25
  head -n $(((samples + 9) / 10)) "$temp/scan" >"$temp/scan_first"
  tail -n $(((samples + 9) / 10)) "$temp/scan" >"$temp/scan_last"
  row "  the first tenth of the lines" scan_first 10 25
  row "  the last tenth" scan_last 10 25
  echo "keystrokes" >&2
  typed=0
  for word in coffee smoked organic chocolate toothpaste "dark rice" uff olat lamp 20000 cheese; do
    [ "$typed" -lt "$samples" ] || break
    xlat -q 200 -t 1000 click 430 100 >/dev/null
    for ((i = 0; i < ${#word}; ++i)); do
      letter=${word:i:1}
      [ "$letter" != " " ] || letter=space
      last hits -q 120 -t 1000 -r "$hits" key "$letter"
      typed=$((typed + 1))
    done
    xlat -q 200 -t 1000 key Escape >/dev/null
  done
  row "keystroke to hits, $many products" hits 12 25
  close_till
fi

if [ "$pull" -gt 0 ]; then
  echo "pulling $pull products" >&2
  here=$root/tests/e2e
  wait_for() { until [ -e "$1" ]; do kill -0 "$2" && read -rt 0.05 <> <(:) || :; done; }
  source "$here/fetch.sh"
  source "$here/shopify/up.sh"
  shopify_up platform || fail "the platform's stub does not start"
  shopify_tell control '{"bucket": {"maximum": 20000, "available": 20000, "restore": 20000}}'
  shopify_tell catalogue "{\"products\": $pull, \"variants\": 1}"
  pulling=$(shop 1000)
  use_shop "${pulling#"$temp/"}"
  pulled() {
    python3 -c 'import sqlite3, sys
print(sqlite3.connect(f"file:{sys.argv[1]}/till.db?mode=ro", uri=True)
      .execute("SELECT count(*) FROM upstream_variants").fetchone()[0])' "$pulling"
  }
  begun=$(date +%s%N)
  open_till "$pulling" ignored
  pss >"$temp/pss_before"
  for ((i = 0; $(pulled) < pull; ++i)); do
    for ((j = 0; j < 10; ++j)); do
      first pull_tap -q 60 -t 1000 click $((196 + (i + j) % 5 * 152)) $((290 + j / 5 % 3 * 176))
    done
    xlat -q 60 -t 1000 key F9 >/dev/null
  done
  echo "$((($(date +%s%N) - begun) / 1000000))" >"$temp/pull_time"
  row "tap to first pixel while it pulls" pull_tap 8 16
  row "pull of $pull products" pull_time 60000 -
  note "  memory (PSS, MiB)" "$(cat "$temp/pss_before") before, $(pss) after, $(
    awk '/^VmHWM:/ { print $2 / 1024 }' "/proc/$till/status") at most (resident)"
  close_till
fi

printf '%-46s %4s %9s %9s   %7s %7s\n' "milliseconds unless it says otherwise" n p50 p99 "<= p50" "<= p99"
cat "$temp/table"
exit "$over"
