#!/usr/bin/env bash
# A till dies: its sealed backup, restored on another machine, is the till. What waited
# still waits, nothing is lost, no number is given twice; and every mishap with stick,
# code and file is a sentence that leaves nothing half done.
source "$(dirname "$0")/setup.sh"

begun=$SECONDS
till shop
data=$temp/shop stick=$temp/stick
mkdir "$stick"
# field FILE NAME: of a JSON object.
field() { "$python" -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$1" "$2"; }
# refused WORDS STATUS COMMAND...: it says so, and ends so.
refused() {
  local words=$1 wanted=$2 status=0
  shift 2
  "$@" >"$temp/out" 2>"$temp/err" || status=$?
  is "$status" "$wanted" && says "$(cat "$temp/err")" "$words"
}
nothing_left() { is "$(find "$1" -name '*.part' | wc -l)" 0; }

# --- the backup ---
check "without a code nothing is sealed" refused "tresen backup --new-code" 2 \
  "$tresen" backup "$stick" --data "$data"
"$tresen" backup --new-code --json --data "$data" >"$temp/code.json"
field "$temp/code.json" code >"$temp/code"
mark=$(field "$temp/code.json" mark)
check "the secrets file is nobody else's" is "$(stat -c %a "$data/secrets.toml")" 600
check "a till seals itself onto a stick" "$tresen" backup "$stick" --json --data "$data" >"$temp/backup.json"
backup=$(ls "$stick"/*-"$mark".tresen)
check "it is one file with the code's mark" is "$(ls "$stick" | wc -l)" 1
unreadable() { ! grep -q "milk\|Feinkost" "$1"; }
check "nobody reads it without the code" unreadable "$backup"
check "it is whole, by the till's own key" "$tresen" backup --check "$backup" --data "$data"
check "it is whole, by the code" "$tresen" backup --check "$backup" --code-file "$temp/code" --data "$data"

# --- mishaps with the stick ---
check "a stick that is not there" refused "no backup was made" 2 "$tresen" backup "$temp/gone/T1.tresen" --data "$data"
if mkdir "$temp/full" && mount -t tmpfs -o size=64k none "$temp/full" 2>/dev/null; then
  check "a full stick" refused "No space left on device" 2 "$tresen" backup "$temp/full" --data "$data"
  check "and nothing lies on it" is "$(ls -A "$temp/full" | wc -l)" 0
  umount "$temp/full"
fi
for moment in 0.01 0.03 0.05 0.1; do
  timeout -s KILL "$moment" "$tresen" backup "$stick" --data "$data" >"$temp/killed" 2>&1 || :
done 2>/dev/null
for file in "$stick"/*.tresen; do
  check "what has a name is whole, whenever it was killed" "$tresen" backup --check "$file" --data "$data"
done
"$tresen" backup "$stick" --data "$data" >"$temp/out"
check "and what was cut off is gone with the next one" nothing_left "$data"

# --- the old till sells on, and dies ---
waiting=$("$tresen" outbox --data "$data" --json --limit 1000 | "$python" -c '
import json, sys
print(sum(row["state"] == "waiting" for row in json.load(sys.stdin)))')
printf 'whole milk\nyogurt\n' >"$temp/more.csv"
"$tresen" replay --data "$data" --no-push "$temp/more.csv" >"$temp/replay"
last=$("$tresen" receipts --data "$data" --json --limit 1 | "$python" -c '
import json, sys
print(json.load(sys.stdin)[0]["receipt"])')
rm -rf "$data"

# --- mishaps with code and file ---
restore() { "$tresen" restore "$1" --data "$temp/new" --code-file "$2" --last-receipt "${3:-$last}"; }
sed 's/./2/;s/^22/3A/' "$temp/code" >"$temp/mistyped"
check "a mistyped code names its group" refused "of the code is mistyped" 2 restore "$backup" "$temp/mistyped"
mkdir "$temp/other"
"$tresen" replay --data "$temp/other" --no-push /dev/null >"$temp/replay"
"$tresen" backup --new-code --json --data "$temp/other" >"$temp/other.json"
field "$temp/other.json" code >"$temp/other.code"
check "another till's code" refused "this is another code" 2 restore "$backup" "$temp/other.code"
head -c 20000 "$backup" >"$temp/cut.tresen"
check "a cut file" refused "is damaged" 2 restore "$temp/cut.tresen" "$temp/code"
check "a file that is none" refused "is no backup of a till" 2 restore "$temp/more.csv" "$temp/code"
check "the last slip has to be said" refused "--last-receipt" 64 \
  "$tresen" restore "$backup" --data "$temp/new" --code-file "$temp/code"
check "none of them left anything" is "$(find "$temp" -maxdepth 1 -name 'new*' | wc -l)" 0

# --- the new till ---
status=0
{ timeout -s KILL 0.15 "$tresen" restore "$backup" --data "$temp/new" --code-file "$temp/code" --last-receipt "$last" \
  >"$temp/killed" 2>&1 || status=$?; } 2>/dev/null
[ "$status" -eq 0 ] && rm -rf "$temp/new"
check "killed in the middle it is no till" test ! -e "$temp/new/till.db"
check "a till is restored" restore "$backup" "$temp/code"
check "all receipts are there" is "$("$tresen" receipts --data "$temp/new" --json --limit 1000 | "$python" -c '
import json, sys
print(len(json.load(sys.stdin)))')" 60
still=$("$tresen" outbox --data "$temp/new" --json --limit 1000 | "$python" -c '
import json, sys
print(sum(row["state"] == "waiting" for row in json.load(sys.stdin)))')
check "what waited still waits" is "$still" "$waiting"
"$tresen" replay --data "$temp/new" --no-push "$temp/more.csv" >"$temp/replay"
next=$("$tresen" receipts --data "$temp/new" --json --limit 2 | "$python" -c '
import json, sys
print(json.load(sys.stdin)[1]["receipt"])')
check "numbers go on behind the last slip" test "$((10#${next##*R}))" -eq "$((10#${last##*R} + 1))"
check "and the journal says which are missing" refused "receipts 61 to 62 are missing: the store was put back to an older copy" 1 \
  "$tresen" journal verify --data "$temp/new"
mv "$temp/new" "$temp/shop"
sync_once shop
check "all is told once" is "$(ls "$temp/shop/upstream/outbox" | sed 's/\.v[0-9]*\.json//' | sort | uniq -d | wc -l)" 0
check "nothing waits any more" is "$("$tresen" outbox --data "$temp/shop" --json --limit 1000 | "$python" -c '
import json, sys
print(sum(row["kind"] == "push order" and row["state"] != "done" for row in json.load(sys.stdin)))')" 0
check "in under five minutes" test "$((SECONDS - begun))" -lt 300
finish
