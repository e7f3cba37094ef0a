#!/usr/bin/env bash
# Days of a German shop as an export for the tax office: sold, closed and exported by the
# program, read again by its own checker, its description held against the DTD by xmllint,
# and every sum recounted by a program of its own. DSFINVK_SALES: of each of three days.
source "$(dirname "$0")/setup.sh"
sales=${DSFINVK_SALES:-40}
data=$temp/shop zip=$temp/export.zip
mkdir -m 700 "$data"
call() {
  timeout 300 "$tresen" "$@" --data "$data" >"$temp/out" 2>"$temp/err" || { local status=$?; [ "$status" -eq 64 ] || ended "$status"; return "$status"; }
}
# run VERB...: as `call`, and where it fails it is said why.
run() { call "$@" || { local status=$?; tail -n 1 "$temp/err"; return "$status"; }; }
# refused WORDS STATUS VERB...: it says so, and ends so.
refused() {
  local words=$1 wanted=$2 status=0
  shift 2
  call "$@" || status=$?
  is "$status" "$wanted" && says "$(cat "$temp/err")" "$words"
}
# value NAME: of the JSON that the last call has said.
value() { "$python" -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$temp/out" "$1"; }
# expected: what should lie in the drawer.
expected() { run shift show --json && sed -n 's/^ *"expected": "\([-0-9.]*\)".*/\1/p' "$temp/out"; }
# counted NAME: what the recount of the export has found.
counted() { "$python" "$here/dsfinvk/recount.py" "$1" --value "$2"; }

# --- before there is anything ---
check "a till is begun" run replay --no-push /dev/null
check "a shop in no country has no such export" refused "fiscal setup --country DE" 1 \
  export dsfinvk --from 2026-01-01 --to 2026-12-31 --out "$zip"
check "the shop is Germany's, with a device for trying out" run fiscal setup --country DE --device software
check "which is ready" run fiscal test
check "without a closing there is nothing to export" refused "no closing is in that span" 1 \
  export dsfinvk --from-z 1 --to-z 9 --out "$zip"
check "and no file" test ! -e "$zip"

# --- three days ---
for _ in $(seq "$sales"); do echo 'whole milk,rolls/buns,yogurt'; echo 'soda,bottled water'; done >"$temp/baskets.csv"
today=$(TZ=Europe/Berlin date +%F)
for day in 1 2 3; do
  check "day $day: the shift is opened" run shift open 100.00
  check "day $day: $((2 * sales)) sales" run replay --no-push --no-print --seed "$day" "$temp/baskets.csv"
  check "day $day: stamps are bought" run shift out 5.50 --reason 'Briefmarken; "Brief"'
  check "day $day: cash goes to the bank" run shift out 20.00 --kind bank
  check "day $day: what waits is signed" run fiscal test
  check "day $day: the drawer is counted" run shift count "$(expected)"
  check "day $day: the shift is closed" run shift close --drop 0
  check "day $day: and its Z report signed" run fiscal test
done
tomorrow=$(TZ=Europe/Berlin date -d "$today + 1 day" +%F)
check "every receipt is signed, and proven" run fiscal verify

# --- the export ---
check "the days are exported" run export dsfinvk --from "$today" --to "$tomorrow" --out "$zip" --json
check "three closings" is "$(value closings)" 3
check "its size is said" is "$(value bytes)" "$(stat -c %s "$zip")"
check "and that the device is none of a real shop" is "$(value is_test)" True
receipts=$(value receipts)
check "nothing is left beside it" is "$(find "$temp" -maxdepth 1 -name 'export.zip*' | wc -l)" 1
check "our own checker finds nothing" run fiscal check-export "$zip" --json
check "and as many receipts" is "$(value receipts)" "$receipts"
mkdir "$temp/files"
"$python" -m zipfile -e "$zip" "$temp/files"
check "it has 22 files" is "$(ls "$temp/files" | wc -l)" 22
check "index.xml is valid by its DTD" xmllint --noout --dtdvalid "$temp/files/gdpdu-01-09-2004.dtd" "$temp/files/index.xml"
check "every sum is right when recounted" "$python" "$here/dsfinvk/recount.py" "$zip"
run shift list --json
turnover=$("$python" -c '
import json, sys
from decimal import Decimal
print(sum(Decimal(row["turnover"]) for row in json.load(open(sys.argv[1])) if row["state"] == "closed"))' "$temp/out")
check "its turnover is that of the Z reports" is "$(counted "$zip" turnover)" "$turnover"

# --- parts of it, and mishaps ---
check "one closing by its number" run export dsfinvk --from-z 2 --out "$temp/second.zip" --json
check "is one" is "$(value closings)" 1
check "and sound by itself" "$python" "$here/dsfinvk/recount.py" "$temp/second.zip"
check "a sale that is not closed" run replay --no-push --no-print --seed 9 --limit 1 "$temp/baskets.csv"
check "is said not to be in it" run export dsfinvk --from-z 1 --to-z 3 --out "$temp/again.zip" --json
check "on stderr" says "$(cat "$temp/err")" "of the shift that is still open"
check "and the export has what it had" is "$(value receipts)" "$receipts"
check "a day that is none" refused "is no day as in" 64 export dsfinvk --from 2026-02-30 --out "$temp/no.zip"
check "the last day before the first" refused "before the first" 64 \
  export dsfinvk --from 2026-02-03 --to 2026-02-01 --out "$temp/no.zip"
check "a day without a closing" refused "no closing is in that span" 1 \
  export dsfinvk --from 2001-01-01 --out "$temp/no.zip"
check "a folder that is not there" refused "there is no folder" 2 \
  export dsfinvk --from-z 1 --out "$temp/gone/no.zip"
check "none of them left anything" is "$(find "$temp" -name 'no.zip*' | wc -l)" 0
for moment in 0.02 0.05 0.1; do
  timeout -s KILL "$moment" "$tresen" export dsfinvk --from-z 1 --to-z 3 --out "$temp/killed.zip" --data "$data" \
    >"$temp/killed" 2>&1 || :
  if [ -e "$temp/killed.zip" ]; then check "what has a name is whole, whenever it was killed" \
    "$tresen" fiscal check-export "$temp/killed.zip"; fi
done 2>/dev/null
finish
