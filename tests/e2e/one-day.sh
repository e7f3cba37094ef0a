#!/usr/bin/env bash
# A shop's day by the screens only, in German and in English: the float, sales of every kind,
# returns, an exchange, a voucher in two parts, a wrong tender put right, X, count and Z; no task
# takes more taps than it may, and the Z agrees with a recount of the exported receipts.
source "$(dirname "$0")/setup.sh"
po=$here/../../assets/locale/de.po
# day LANGUAGE SIZE: one whole day.
day() {
  local language=$1 size=$2 data=$temp/$1 what="$1, $2"
  mkdir -m 700 "$data" "$temp/$language.pictures"
  check "$what: no task takes more taps than it may" script "$language"
  check "$what: the day is driven by the screens" drive "$language" "$size" "$data"
  # Where the day did not get to its end the rest says nothing.
  "$tresen" shift show --z 1 --json --data "$data" >"$temp/$language.z" || return 0
  check "$what: the turnover is what was sold" is "$(z "$language" turnover)" 138.88
  check "$what: the drawer holds what it should" is "$(z "$language" drawer.expected)" 204.33
  check "$what: and 1.15 more" is "$(z "$language" drawer.closing_difference)" 1.15
  check "$what: the terminal's sum is one payment short" is "$(z "$language" terminal.difference)" -14.00
  check "$what: the receipts are exported" \
    "$tresen" export dsfinvk --from-z 1 --to-z 1 --out "$temp/$language.zip" --data "$data"
  check "$what: they say what the Z says" \
    "$python" "$here/one-day/recount.py" "$temp/$language.zip" "$temp/$language.z"
  check "$what: and agree among themselves" "$python" "$here/dsfinvk/recount.py" "$temp/$language.zip"
  check "$what: the journal is whole" "$tresen" journal verify --all --data "$data"
}
script() {
  "$python" "$here/one-day/script.py" "$here/one-day/shop.day" "$po" "$1" >"$temp/$1.pictures/day.drive"
}
drive() {
  (cd "$temp/$1.pictures" && timeout 300 "$tresen" drive day.drive --lang "$1" --size "$2" --data "$3" 2>&1) || {
    local status=$?
    ended "$status"
    return "$status"
  }
}
# z LANGUAGE NAME: of the Z report, "drawer.expected" is within "drawer".
z() {
  "$python" -c '
import functools, json, sys
print(functools.reduce(lambda part, name: part[name], sys.argv[2].split("."), json.load(open(sys.argv[1]))))' \
    "$temp/$1.z" "$2"
}
day de 1280x800
day en 1024x600
# ONE_DAY_PICTURES: a folder for the pictures of both days.
if [ -n "${ONE_DAY_PICTURES:-}" ]; then
  mkdir -p "$ONE_DAY_PICTURES" && cp -r "$temp"/*.pictures "$ONE_DAY_PICTURES"
fi
finish
