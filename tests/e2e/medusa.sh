#!/usr/bin/env bash
# The till against a real Medusa on a real PostgreSQL. ORDERS=10000 makes the
# long run of it; the default keeps CI short.
source "$(dirname "$0")/setup.sh"
source "$here/medusa/up.sh"
orders=${ORDERS:-40}
passes=0
# check2 WHAT COMMAND...: as check, counting both ways for the last line.
check2() {
  local before=$failures
  check "$@"
  [ "$failures" -gt "$before" ] || passes=$((passes + 1))
}
end_suite() {
  echo "medusa: $passes passed, $failures failed"
  exit "$((failures > 0))"
}

medusa_up || { echo "medusa: 0 passed, 1 failed"; exit 1; }

# --- a night without a network, then one that comes and goes, and a till that is killed ---
data=$temp/night
mkdir -m 700 "$data"
"$python" - "$orders" >"$temp/baskets.csv" <<'PY'
import random, sys
random.seed(11)
goods = ["whole milk", "rolls/buns", "yogurt", "coffee", "butter", "apples", "beef", "candles"]
for _ in range(int(sys.argv[1])):
    print(",".join(random.choices(goods, k=random.randint(1, 6))))
PY
"$tresen" replay --data "$data" --no-push --seed 7 "$temp/baskets.csv" >"$temp/replay.log"
node "$here/fault_proxy.mjs" "$medusa_url" 5 120 "$temp/port" >"$temp/faults.log" &
proxy=$!
servers+=("$proxy")
wait_for "$temp/port" "$proxy"
use_medusa night "http://127.0.0.1:$(cat "$temp/port")"
waiting() {
  "$tresen" outbox --data "$data" --json --limit 100000 | "$python" -c '
import json, sys
print(sum(r["kind"] == "push order" and r["state"] != "done" for r in json.load(sys.stdin)))'
}
killed=0
for round in $(seq "$((30 + orders / 4))"); do
  # Killed while it is at it, at another moment each time.
  status=0
  timeout -s KILL "$((round % 7 + 2))" "$tresen" sync --once --data "$data" >>"$temp/sync.log" 2>&1 || status=$?
  [ "$status" -ne 137 ] || killed=$((killed + 1))
  [ "$(waiting)" -gt 0 ] || break
done
kill -TERM "$proxy"
wait "$proxy" 2>/dev/null || :
echo "medusa: $orders orders, $round rounds, the till was killed $killed times, faults: $(cat "$temp/faults.log")"
check2 "every order has been pushed" [ "$(waiting)" -eq 0 ]

compare() {
  "$tresen" orders --data "$data" --json --limit 100000 >"$temp/till.json"
  "$python" - "$temp/till.json" "$medusa_url" "$medusa_key" "$1" <<'PY'
import base64, collections, json, sys, urllib.request
till = {o["number"]: o for o in json.load(open(sys.argv[1])) if o["channel"] == "till"}
url, key, what = sys.argv[2:]
there, offset = [], 0
while True:
    ask = urllib.request.Request(
        f"{url}/admin/orders?limit=200&offset={offset}&order=id&fields=id,custom_display_id,total,metadata,payment_status,*summary",
        headers={"Authorization": "Basic " + base64.b64encode(f"{key}:".encode()).decode()})
    rows = json.load(urllib.request.urlopen(ask, timeout=60))["orders"]
    there += [r for r in rows if (r["metadata"] or {}).get("pos_number")]
    offset += len(rows)
    if len(rows) < 200:
        break
number = lambda row: row["metadata"]["pos_number"]
amount = lambda value: round(float(str(value).split()[0]) * 100)
bad = []
if what == "once":
    counts = collections.Counter(map(number, there))
    bad = [n for n in till if counts[n] != 1] + [n for n in counts if n not in till]
elif what == "total":
    bad = [number(r) for r in there if amount(r["total"]) != amount(till[number(r)]["total"])]
elif what == "paid":
    bad = [number(r) for r in there if amount(r["summary"]["paid_total"]) != amount(till[number(r)]["paid"])]
elif what == "word":
    words = {"paid": "captured", "partially_paid": "partially_captured", "pending": "not_paid"}
    bad = [number(r) for r in there if r["payment_status"] != words[till[number(r)]["payment"]]]
print(f"{what}: {len(till)} at the till, {len(there)} at Medusa, {len(bad)} differ {bad[:5]}")
sys.exit(bool(bad))
PY
}
check2 "every order is there once" compare once
check2 "every total is the till's" compare total
check2 "what was paid is the till's" compare paid
check2 "the payment's word is the till's" compare word

# --- pulled ---
use_medusa_direct() {
  sed -i "s#^address = .*#address = \"$medusa_url\"#" "$data/tresen.toml"
}
use_medusa_direct
medusa_order marlene@example.com TEE 2 >"$temp/online"
sync_once night
online() {
  "$tresen" orders --data "$data" --json --limit 100000 | "$python" -c '
import json, sys
rows = [r for r in json.load(sys.stdin) if r["channel"] == "online"]
print(len(rows), rows[0]["payment"] if rows else "")'
}
check2 "an order of the web shop arrives once, authorized" [ "$(online)" = "1 authorized" ]
sync_once night
check2 "and stays one when it is pulled again" [ "$(online)" = "1 authorized" ]
has_article() { "$tresen" products --data "$data" --json --limit 1000 | grep -q '"TEE"'; }
check2 "the catalogue was pulled" has_article

# --- what goes wrong, in words ---
mkdir -m 700 "$temp/wrong"
echo 'whole milk' >"$temp/one.csv"
"$tresen" replay --data "$temp/wrong" --no-push --seed 3 "$temp/one.csv" >/dev/null
reason() { "$tresen" outbox --data "$temp/wrong" --json | "$python" -c '
import json, sys; print([r["reason"] for r in json.load(sys.stdin) if r["kind"] == "push order"][0])'; }
says() { rm -f "$temp/wrong/tresen.toml" "$temp/wrong/secrets.toml"; use_medusa wrong "$1" "$2"; sync_once wrong; reason | grep -q "$3" || { reason; return 1; }; }
check2 "a wrong key" says "$medusa_url" sk_wrong "does not accept the key"
check2 "nobody there" says "http://127.0.0.1:1" sk_x "cannot be reached"
"$python" -u -m http.server --bind 127.0.0.1 --directory "$temp" 0 >"$temp/web.log" 2>&1 &
servers+=($!)
until grep -q 'port [0-9]' "$temp/web.log"; do
  kill -0 "${servers[-1]}"
  read -rt 0.1 <> <(:) || :
done
check2 "something else there" says "http://127.0.0.1:$(grep -o 'port [0-9]*' "$temp/web.log" | head -1 | cut -d' ' -f2)" sk_x "Medusa\|web page"
check2 "nothing was lost" [ "$("$tresen" orders --data "$temp/wrong" --json | "$python" -c 'import json,sys; print(len(json.load(sys.stdin)))')" -ge 1 ]
end_suite
