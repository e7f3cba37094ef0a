#!/usr/bin/env bash
# The till against a real Medusa on a real PostgreSQL: a night without a network,
# one that comes and goes while the till is killed, then an order's whole life.
#   ORDERS=10000   of the night (40 keeps CI short); real baskets where they are
#   MINUTES=60     for all of them to arrive
source "$(dirname "$0")/setup.sh"
source "$here/medusa/up.sh"
orders=${ORDERS:-40}
minutes=${MINUTES:-$((10 + orders / 15))}

# --- what is sold: real baskets, or some of our own ---
baskets=$here/../../../shared/data/grocery-baskets.csv
if [ ! -e "$baskets" ]; then
  baskets=$temp/some.csv
  "$python" - >"$baskets" <<'PY'
import random
random.seed(11)
goods = ["whole milk", "rolls/buns", "yogurt", "coffee", "butter", "apples", "beef", "candles"]
for _ in range(1000):
    print(",".join(random.choices(goods, k=random.randint(1, 6))))
PY
fi
while [ "$(cat "$temp/baskets.csv" 2>/dev/null | wc -l)" -lt "$orders" ]; do cat "$baskets" >>"$temp/baskets.csv"; done
sed -i "${orders}q" "$temp/baskets.csv"
tr ',' '\n' <"$temp/baskets.csv" | sort -u | grep . >"$temp/goods"
# One poisoned order, early among them: Medusa has none of it and refuses.
sed -i "$((orders / 5 + 1))i Vergriffen" "$temp/baskets.csv"

medusa_up "$temp/goods" || { bad "Medusa starts"; finish; }

# --- a night without a network, then one that comes and goes, and a till that is killed ---
new_till() {
  data=$temp/$1
  mkdir -m 700 "$data"
  use_medusa "$1"
  "$tresen" replay --data "$data" --no-push /dev/null >"$temp/replay.log"
}
new_till night
medusa_post /admin/customers '{"first_name": "Änne", "last_name": "Groß", "email": "gross@example.de"}' >"$temp/customer"
asked=$SECONDS
sync_once night
# How long the whole catalogue takes says how slow this machine is today.
slow=$((SECONDS - asked))
check "a customer of the shop is found by the name" is "$("$tresen" customers --data "$data" --search "gross anne" --json | "$python" -c 'import json, sys; last = json.load(sys.stdin)[-1]; print(*filter(None, (last[key] for key in ("name", "email", "language"))))')" "Änne Groß gross@example.de"
check "the catalogue is pulled" is "$("$tresen" products --data "$data" --json --limit 10000 | "$python" -c '
import json, sys; print(len(json.load(sys.stdin)))')" "$(($(wc -l <"$temp/goods") + 5))"
"$tresen" replay --data "$data" --no-push --seed 7 "$temp/baskets.csv" >"$temp/replay.log"
# A fault pauses the whole way, as it should: many orders take longer between two.
per_mille=$((orders > 100 ? 15 : 60))
node "$here/fault_proxy.mjs" "$medusa_url" 5 "$per_mille" "$temp/port" >"$temp/faults.log" &
proxy=$!
servers+=("$proxy")
wait_for "$temp/port" "$proxy"
address() { sed -i "s#^address = .*#address = \"$1\"#" "$data/tresen.toml"; }
address "http://127.0.0.1:$(cat "$temp/port")"
# state_of WORD...: how many pushes of the outbox are in one of these states.
state_of() {
  "$tresen" outbox --data "$data" --json --limit 1000000 | "$python" -c '
import json, sys
print(sum(r["kind"] == "push order" and r["state"] in sys.argv[1:] for r in json.load(sys.stdin)))' "$@"
}
killed=0
round=0
RANDOM=7
begun=$SECONDS
while [ "$(state_of waiting sending)" -gt 0 ] && [ "$((SECONDS - begun))" -lt "$((minutes * 60))" ]; do
  round=$((round + 1))
  # Killed while it is at it, at another moment each time, and not always before Medusa
  # can have answered once.
  status=0
  timeout -s KILL "$((RANDOM % (7 + 3 * slow) + 2 + (orders > 100 ? RANDOM % 20 : 0)))" \
    "$tresen" sync --once --data "$data" >>"$temp/sync.log" 2>&1 || status=$?
  [ "$status" -ne 137 ] || killed=$((killed + 1))
done 2>/dev/null
kill -TERM "$proxy"
wait "$proxy" 2>/dev/null || :
echo "medusa: $orders orders in $((SECONDS - begun)) s and $round rounds, the till was killed $killed times, faults: $(cat "$temp/faults.log")"
waiting() {
  "$tresen" outbox --data "$data" --json --limit 1000000 | "$python" -c '
import json, sys
for row in json.load(sys.stdin):
    if row["state"] in ("waiting", "sending"): print(f"  waits: {row}")'
}
waiting
check "no order waits" is "$(state_of waiting sending)" 0
check "only the poisoned one was refused" is "$(state_of refused)" 1
check "and says why" grep -q "required inventory" <("$tresen" outbox --data "$data" --json --limit 5)
address "$medusa_url"

# compare WHAT: see compare.py.
compare() {
  local list=orders
  [ "$1" != stock ] || { list=products; read_all_stock; }
  "$tresen" "$list" --data "$data" --json --limit 1000000 >"$temp/till.json"
  "$python" "$here/medusa/compare.py" "$temp/till.json" "$medusa_url" "$medusa_key" "$1"
}
# A till that has just started reads the whole stock.
read_all_stock() { sync_once "$(basename "$data")"; }
check "every order is there once" compare once
check "every total is the till's" compare total
check "what was paid is the till's" compare paid
check "the payment's word is the till's" compare word
check "the stock is the till's" compare stock

source "$here/medusa/life.sh"
finish
