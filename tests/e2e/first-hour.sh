#!/usr/bin/env bash
# From an empty folder to the first own sale by the screens alone, in both languages: with a
# printer and a card terminal that are simulators, a file of 5,000 articles, secrets that are
# typed and scanned, hands with PINs and the first float. Counts taps and seconds.
source "$(dirname "$0")/setup.sh"

# The articles lie where a person looks for them.
home=$temp/home
mkdir -p "$home/Downloads"
"$python" - "$home/Downloads/articles.csv" <<'PY'
import csv, sys
with open(sys.argv[1], "w", newline="", encoding="utf-8") as file:
    rows = csv.writer(file)
    rows.writerow(["name", "price", "barcode", "tax", "category"])
    for i in range(5000):
        rows.writerow([f"Tee Nr. {i}", f"{2 + i % 40}.90", f"TEE{i:05d}", "reduced", f"Tee {i % 9}"])
PY
sed '3s/[0-9]*\.90/x/;9s/reduced/none/' "$home/Downloads/articles.csv" >"$home/Downloads/bad.csv"

# device NAME ARGUMENTS...: a simulator of ours; its port is in $port.
device() {
  local name=$1; shift
  "$tresen" "$@" --data "$temp" </dev/null >"$temp/$name.log" 2>&1 &
  servers+=($!)
  until grep -qsE '^(printing|listening) on ' "$temp/$name.log"; do
    kill -0 "${servers[-1]}" || { cat "$temp/$name.log" >&2; return 1; }
    read -rt 0.05 <> <(:) || :
  done
  port=$(grep -oE '[0-9]+$' <<<"$(grep -oE '127[0-9.]*:[0-9]+' "$temp/$name.log" | head -1)")
}
device printer printer-sim --port 0 --out "$temp/slips"
printer=127.0.0.1:$port
device terminal terminal-sim --zvt
terminal=127.0.0.1:$port

# said LANGUAGE WORD: the till's word for it.
said() { if [ "$1" = en ]; then echo "$2"; else "$python" - "$here/../../assets/locale/de.po" "$2" <<'PY'
import re, sys
text = open(sys.argv[1], encoding="utf-8").read()
entry = r'msgid "%s"\nmsgstr "(.*)"' % re.escape(sys.argv[2])
found = re.search(r'^msgctxt "button"\n' + entry, text, re.M) or re.search("^" + entry, text, re.M)
sys.exit("no German for " + sys.argv[2]) if not found else print(found.group(1))
PY
fi; }

# drive NAME LANGUAGE SCRIPT: by its screens, in a session of that language.
drive() {
  HOME=$home LC_ALL=$2 "$tresen" drive --first-start --data "$temp/$1" "$temp/$3" 2>"$temp/$1.err" ||
    { cat "$temp/$1.err"; return 1; }
}

knows_no_demo() { ! "$tresen" settings --data "$1" | grep -i lindner; }

first_hour() {
  local language=$1 script=first-hour.$1 begun=$SECONDS articles=5.000
  [ "$language" = de ] || articles=5,000
  # A word in @ is the till's, in the language of the session.
  cat >"$temp/script" <<DRIVE
expect @Welcome@
tap @Set up my shop@
tap @Germany@
tap @Software (TEST)@
tap @Next@
tap shop.name
type Teehaus Sommer
tap @Save@
tap shop.street
type Hauptstr. 5
tap @Save@
tap shop.city
type 50667 Köln
tap @Save@
tap shop.tax_number
type 214/5678/0912
tap @Save@
tap @Next@
tap @From a file@
tap Downloads
tap bad.csv
expect @Mend them in the file and read it again, or take the good rows alone.@
tap @Another file@
tap articles.csv
tap import
expect $articles
tap @Next@
tap printer.kind
tap @Network@
tap printer.address
type $printer
tap @Save@
tap @Set-up slip@
tap @Next@
tap ZVT
tap terminal.address
type $terminal
tap @Save@
tap secret#terminal.password
scan 000000
tap @Save@
tap @Test and upkeep@
tap @Test connection@
expect @The card terminal answers, password and currency are right.@
tap @Close@
tap @Next@
tap @We do without it@
tap @We do without it@
tap @Add cashier@
type Sommer
key Enter
key Enter
type 4711
key Enter
type 4711
key Enter
type 4711
key Enter
tap @Next@
type 15000
key Enter
tap @Begin to sell@
scan TEE00017
key F9
expect @Paid@
DRIVE
  while IFS= read -r line; do
    while [[ $line =~ @([^@]+)@ ]]; do
      line=${line/"@${BASH_REMATCH[1]}@"/$(said "$language" "${BASH_REMATCH[1]}")}
    done
    echo "$line"
  done <"$temp/script" >"$temp/$script"
  check "$language: the wizard is gone through" drive "shop-$language" "$([ "$language" = de ] && echo de_DE.UTF-8 || echo en_US.UTF-8)" "$script"
  check "$language: the sale is in the store" is "$("$tresen" orders --data "$temp/shop-$language" --json | "$python" -c '
import json, sys
print(len(json.load(sys.stdin)))')" 1
  check "$language: nothing of the demo is in it" knows_no_demo "$temp/shop-$language"
  check "$language: the password is in its file alone" grep -q '000000' "$temp/shop-$language/secrets.toml"
  check "$language: in time" test "$((SECONDS - begun))" -lt 900
  check "$language: with at most 60 taps" test "$(grep -c '^tap\|^key' "$temp/$script")" -le 60
}
first_hour de
first_hour en
finish
