#!/usr/bin/env bash
# Shopify's side: every document against the published schema, then a till with
# the stub of its Admin API (tests/e2e/shopify), with faults and kills.
# ORDERS=10000 pushes so many orders in the storm instead of 60. What passes here
# proves the shape of our requests and exactly-once; Shopify itself was not there.
source "$(dirname "$0")/setup.sh"
source "$here/shopify/up.sh"
orders=${ORDERS:-60}

shopify_install || exit
current=$(shopify_schema 2026-07) || exit
[ -n "$current" ] || { echo "there is no schema of Shopify's to check against" >&2; exit 2; }
operations=$here/../../sync/upstream/shopify/operations.cpp
while read -r verdict name; do check "2026-07 takes $name" test "$verdict" = valid; done \
  < <(node "$temp/shopify/validate.mjs" "$current" "$operations")
if next=$(shopify_schema 2026-10) && [ -n "$next" ]; then
  check "2026-10 takes all of them" node "$temp/shopify/validate.mjs" "$next" "$operations"
else
  echo "2026-10 is not at hand"
fi

# --- a stub, and tills that talk to it ---
state() { curl -sf "$shop/state" | "$python" -c "import json, sys; s = json.load(sys.stdin); print($1)"; }

# only_shop NAME [KEY]: the settings are this shop, and no mail.
only_shop() {
  cat >"$temp/$1/tresen.toml" <<TOML
[upstream]
kind = "shopify"
address = "$shop"
[mail]
kind = "none"
TOML
  printf '[upstream]\nkey = "%s"\n' "${2:-shpat_stub}" >"$temp/$1/secrets.toml"
  chmod 600 "$temp/$1/secrets.toml"
}
new_till() { mkdir -m 700 "$temp/$1"; only_shop "$1"; }
stock() { "$tresen" import --data "$temp/$1" "$here/../data/products-classic.csv" >/dev/null; }
reasons_of() {
  "$tresen" outbox --data "$temp/$1" --json --limit 1000000 | "$python" -c '
import json, sys
print("\n".join(sorted({row["reason"] for row in json.load(sys.stdin) if row["reason"]})))'
}

# settle TILL: until nothing waits; the stub asks to slow down now and then, as Shopify does.
settle() {
  local round
  for round in $(seq 120); do
    sync_once "$1"
    "$tresen" outbox --data "$temp/$1" --json --limit 1000 | "$python" -c '
import json, sys
sys.exit(any(r["state"] == "waiting" for r in json.load(sys.stdin)))' && return
    read -rt 0.5 <> <(:) || :
  done
}

shopify_up probe
while read -r verdict name rest; do check "the stub takes $name ($rest)" test "$verdict" = answered; done \
  < <(node "$temp/shopify/probe.mjs" "${shop##*:}" "$operations")

shopify_up plain
new_till plain
sell plain 25
sync_once plain
sold=$(orders_in plain done)
check "every order is pushed ($sold)" test "$sold" -ge 20
check "none waits or is refused" is "$(orders_in plain waiting)$(orders_in plain refused)" 00
check "each is there once, with the till's total, tenders and payment state" same_orders plain
check "what was paid over the counter is fulfilled" is "$(state 'sum(o["payment"] == "PAID" and o["fulfilment"] != "FULFILLED" for o in s["orders"])')" 0
sync_once plain
check "nothing is told twice" is "$(state 's["requests"]["CreateOrder"]')" "$sold"

# --- the storm: each fault, at random, and the till killed at random ---
shopify_up storm
new_till storm
sell storm "$orders"
# A fault ends a round, and a round is killed early: many orders need longer ones.
many=$((orders > 1000))
percent=$((many ? 1 : 25))
shopify_tell control '{"bucket": {"maximum": 20000, "available": 20000, "restore": 20000},
  "random": {"seed": 7, "percent": '$percent', "how": ["drop_before", "drop_after", "500", "500_after", "503", "503_retry", "429", "429_retry", "throttle", "half", "short", "html"]}}'
kills=0
RANDOM=7
calm=$((many ? orders / 10 : 100))  # the round from which there are no faults
for round in $(seq $((calm * 4))); do
  [ "$(orders_in storm waiting)" = 0 ] && break
  [ "$round" -lt "$calm" ] || shopify_tell control '{"random": null}'
  "$tresen" sync --once --data "$temp/storm" >"$temp/storm.sync" 2>&1 &
  till=$!
  if [ $((RANDOM % 3)) = 0 ]; then
    read -rt "$((many ? RANDOM % 2 : 0)).0$((RANDOM % 9 + 1))" <> <(:) || :
    kill -9 "$till" 2>/dev/null && kills=$((kills + 1))
  fi
  wait "$till" 2>/dev/null || :
done
shopify_tell control '{"random": null}'
sync_once storm
echo "storm: $orders baskets, $(state 's["injected"]') faults, $kills kills, $round rounds"
check "after faults and kills no order waits or is refused" is "$(orders_in storm waiting)$(orders_in storm refused)" 00
check "each is there once with its total and payment state" same_orders storm
check "there were faults and kills" test "$(state 's["injected"]')" -gt 5 -a "$kills" -gt 0

# --- each fault has its sentence ---
shopify_up faults
new_till faults
sell faults 3
# fault WHAT SENTENCE: breaks every request, syncs, and looks at the reason.
fault() {
  shopify_tell control "{\"faults\": [{\"operation\": \"*\", \"how\": \"$1\"}]}"
  sync_once faults
  check "$1: it says so" says "$(reasons_of faults)" "$2"
  check "$1: nothing is lost" is "$(orders_in faults refused)" 0
}
fault drop_before "The connection to the platform broke off"
fault 500 "Shopify answers with an error (500)."
fault 503 "Shopify answers with an error (503)."
fault 429 "Shopify asks to slow down."
fault throttle "Shopify asks to slow down."
fault html "A web page answers instead of Shopify"
fault half "The answer was cut off on its way."
fault short "ended half way"
fault huge "larger than"
shopify_tell control '{"faults": []}'
only_shop faults shpat_wrong
sync_once faults
check "a wrong key: it says so" says "$(reasons_of faults)" "Shopify does not accept the access token"
only_shop faults
shopify_tell control '{"scopes": ["read_orders", "read_locations"]}'
sync_once faults
check "a missing scope is named" says "$(reasons_of faults)" "write_orders"
shopify_tell control '{"scopes": ["read_orders", "write_orders", "read_locations", "read_products", "read_inventory"], "dormant": true}'
sync_once faults
check "a dormant shop: it says so" says "$(reasons_of faults)" "dormant"
shopify_tell control '{"dormant": false, "ordersAMinute": 1}'
sync_once faults
check "a development shop's rate: it says so" says "$(reasons_of faults)" "try again later"
shopify_tell control '{"ordersAMinute": 0}'
for _ in 1 2 3; do sync_once faults; done
check "afterwards every order is there" is "$(orders_in faults waiting)$(orders_in faults refused)" 00
check "once, and right" same_orders faults
sed -i 's|^address.*|address = "http://shop.example"|' "$temp/faults/tresen.toml"
sell faults 4
sync_once faults
check "an address that is no shop's: it says so" says "$(reasons_of faults)" "must begin with https://"

# --- the certificate must be of the one authority, and of this address ---
# certificate NAME AUTHORITY ADDRESS: the authority is made when it is new.
certificate() {
  [ -e "$temp/$2.pem" ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
    -subj "/CN=$2" -keyout "$temp/$2.key" -out "$temp/$2.pem" 2>/dev/null
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$1" \
    -keyout "$temp/$1.key" -out "$temp/$1.csr" 2>/dev/null
  openssl x509 -req -in "$temp/$1.csr" -CA "$temp/$2.pem" -CAkey "$temp/$2.key" -days 2 -CAcreateserial \
    -extfile <(echo "subjectAltName=$3") -out "$temp/$1.pem" 2>/dev/null
}
# secure CERTIFICATE: the till's shop from now on, behind this certificate.
secure() {
  node "$here/fault_proxy.mjs" "$shop" 1 0 "$temp/$1.port" "$temp/$1.pem" "$temp/$1.key" >"$temp/$1.proxy" &
  servers+=($!)
  wait_for "$temp/$1.port" $!
  sed -i -e '/^authority/d' -e "s|^address = .*|address = \"https://127.0.0.1:$(cat "$temp/$1.port")\"\nauthority = \"$temp/root.pem\"|" \
    "$temp/secure/tresen.toml"
}
shopify_up secure
new_till secure
stock secure
certificate ours root IP:127.0.0.1
certificate forged forger IP:127.0.0.1
certificate another root DNS:shop.example
sell secure 3
secure forged
sync_once secure
check "a certificate of an unknown authority: it says so" says "$(reasons_of secure)" "certificate"
secure another
sync_once secure
check "another shop's certificate: it says so" says "$(reasons_of secure)" "certificate"
check "nothing was told to either" is "$(state 'len(s["orders"])')" 0
secure ours
sync_once secure
check "with the right one every order is there once" same_orders secure

# --- a total that differs is parked; the others go on ---
shopify_up cent
new_till cent
sell cent 2
shopify_tell control '{"wrongTotals": true}'
sync_once cent
check "a total that differs by a cent parks the order" test "$(orders_in cent refused)" -ge 2
check "with both totals" says "$(reasons_of cent)" "Shopify's total of #1001 is"

# --- pulling: online orders, and the catalogue ---
shopify_up online
new_till online
stock online
shopify_tell catalogue '{"products": 3000, "variants": 2}'
shopify_tell control '{"bucket": {"maximum": 20000, "available": 20000}}'
shopify_tell place '{"payment": "authorized", "delivery": "shipping"}'
shopify_tell place '{"payment": "paid", "delivery": "pickup"}'
shopify_tell place '{"payment": "pending", "delivery": "digital"}'
shopify_tell place '{"payment": "paid", "lines": 120}'
shopify_tell place '{"payment": "paid", "minutesAgo": 100000}'
for _ in 1 2 3; do sync_once online; done
"$tresen" orders --data "$temp/online" --json --limit 100 >"$temp/online.orders"
order_field() { "$python" -c 'import json, sys
print(next((o[sys.argv[2]] for o in json.load(open(sys.argv[3])) if o["number"] == sys.argv[1]), "missing"))' "$1" "$2" "$temp/online.orders"; }
check "an authorized order is pulled" is "$(order_field 1001 payment)" authorized
check "with Shopify's total" is "$(order_field 1001 total)" 44.88
check "a paid one for pick-up" is "$(order_field 1002 payment)" paid
check "an unpaid one" is "$(order_field 1003 payment)" pending
check "one with more lines than a page" is "$(order_field 1004 total)" 4802.50
check "one older than 60 days is out of reach" is "$(order_field 1005 payment)" missing
products() { "$tresen" products --data "$temp/online" --json --limit 100000 >"$temp/online.products"; "$python" -c "import json; p = json.load(open('$temp/online.products')); print($1)"; }
check "the catalogue is pulled in bulk" is "$(products 'sum(str(v.get("sku", "")).startswith("S-") for v in p)')" 6000
shopify_tell change '{"customer": {"firstName": "Änne", "lastName": "Groß", "email": "gross@example.de"}}'
shopify_tell change '{"deleteProduct": 0}'
shopify_tell change '{"price": {"product": 5, "cents": 12345}}'
sync_once online
check "a product that was deleted there is gone" is "$(products 'sum(str(v.get("sku", "")).startswith("S-") for v in p)')" 5998
check "a new customer is found by the name" is "$("$tresen" customers --data "$temp/online" --search "gross anne" --json | "$python" -c 'import json, sys; last = json.load(sys.stdin)[-1]; print(*filter(None, (last[key] for key in ("name", "email", "language"))))')" "Änne Groß gross@example.de de"
check "a changed price is there" test "$(products 'sum("123.45" in json.dumps(v) for v in p)')" -ge 1

# --- stock that is counted at the till, with an answer that is lost ---
counted=$("$python" -c "import json; print(next(v['sku'] for v in json.load(open('$temp/online.products')) if v['sku'].startswith('S-')))")
shelf() { state "next(v['stock'] for v in s['stock'] if v['sku'] == '$counted')"; }
before=$(shelf)
shopify_tell control '{"faults": [{"operation": "AdjustStock", "how": "drop_after", "times": 1}]}'
"$tresen" articles receive "$counted" 24 --reason Lieferung --data "$temp/online"
"$tresen" articles receive "$counted" -2 --reason Bruch --data "$temp/online"
settle online
check "what came in and broke is told, each once" is "$(shelf)" "$((before + 22))"
check "though an answer was lost" test "$(state 's["injected"]')" -ge 1

# --- an online order through its phases, by rules ---
shopify_up rules
new_till rules
stock rules
cat >>"$temp/rules/tresen.toml" <<'TOML'
[rules]
capture = "at_order"
fulfil = "everything"
archive = "on"
TOML
shopify_tell place '{"payment": "authorized", "delivery": "shipping"}'
shopify_tell place '{"payment": "authorized", "delivery": "pickup"}'
shopify_tell place '{"payment": "pending", "delivery": "shipping"}'
for _ in 1 2 3 4 5; do sync_once rules; done
phases() { state '" ".join(o["payment"] + "/" + o["fulfilment"] + "/" + str(o["closed"]) for o in s["orders"])'; }
check "authorized is captured, fulfilled and archived; pick-up waits for its customer; unpaid for its money" \
  is "$(phases)" "PAID/FULFILLED/True PAID/UNFULFILLED/False PENDING/UNFULFILLED/False"
for _ in 1 2; do sync_once rules; done
check "each step is told once" is "$(state '(s["requests"]["Capture"], s["requests"]["Fulfil"], s["requests"]["Archive"])')" "(2, 1, 1)"

# --- and by hand, on the command line ---
shopify_up hand
new_till hand
stock hand
# arrives NUMBER: until the order is here; a pull is asked to slow down as well.
arrives() {
  local round
  for round in $(seq 120); do
    sync_once hand
    "$tresen" order "$1" --data "$temp/hand" >"$temp/hand.out" 2>&1 && return
    read -rt 0.5 <> <(:) || :
  done
}
order() {
  "$tresen" order "$@" --data "$temp/hand" >"$temp/hand.out" 2>&1 || bad "order $*: $(cat "$temp/hand.out")"
  settle hand
}
shopify_tell place '{"payment": "authorized", "delivery": "shipping", "lines": 2}'
arrives 1001
order 1001 capture
check "captured by hand" is "$(state 's["orders"][0]["payment"]')" PAID
order 1001 fulfil --line W-1 --carrier DHL --tracking JD01
check "a part is fulfilled" is "$(state 's["orders"][0]["fulfilment"]')" PARTIALLY_FULFILLED
check "with its tracking" is "$(state 's["orders"][0]["tracking"]')" "['JD01']"
order 1001 fulfil --tracking JD02
check "and the rest" is "$(state 's["orders"][0]["fulfilment"]')" FULFILLED
order 1001 archive
check "archived" is "$(state 's["orders"][0]["closed"]')" True
order 1001 reopen
check "opened again" is "$(state 's["orders"][0]["closed"]')" False
order 1001 refund --amount 5.00 --tender other --reason Kratzer
check "a part is given back" is "$(state '(s["orders"][0]["refunded"], s["orders"][0]["payment"])')" "(500, 'PARTIALLY_REFUNDED')"
shopify_tell place '{"payment": "authorized", "delivery": "shipping"}'
arrives 1002
order 1002 cancel --reason Fehler
check "cancelled" is "$(state '(s["orders"][1]["cancelled"], s["orders"][1]["payment"])')" "(True, 'VOIDED')"
shopify_tell place '{"payment": "authorized", "delivery": "shipping"}'
arrives 1003
shopify_tell control '{"faults": [{"operation": "Capture", "how": "drop_after", "times": 1}]}'
order 1003 capture
check "an answer to a capture that was lost: captured once" is "$(state '(s["orders"][2]["payment"], s["requests"]["Capture"])')" "('PAID', 2)"
shopify_tell place '{"payment": "authorized", "delivery": "shipping"}'
arrives 1004
shopify_tell change '{"order": "#1004", "capture": true}'
order 1004 capture
check "captured on Shopify's own pages meanwhile: no conflict" is "$(state '(s["orders"][3]["received"], s["requests"]["Capture"])')" "(4488, 2)"

# Goods that are to be sent, and that a person takes out of the order before it is told.
field_of() { "$tresen" order "$1" --data "$temp/hand" --json | "$python" -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$2"; }
shopify_tell place '{"payment": "paid", "delivery": "shipping", "pieces": 3}'
arrives 1005
shopify_tell change '{"order": "#1005", "takeOut": {"line": 0, "pieces": 1}}'
order 1005 fulfil
check "a parcel whose goods were taken out is put to a person" is "$(field_of 1005 sync)" refused
check "with what is missing" is "$(field_of 1005 reason)" "3 x Ware 1 were to be sent, and 1 of them are no longer in the order at Shopify."
check "and none of it is told" is "$(state 's["orders"][4]["fulfilment"]')" UNFULFILLED
shopify_tell place '{"payment": "paid", "delivery": "shipping"}'
arrives 1006
shopify_tell change '{"order": "#1006", "cancel": true}'
order 1006 fulfil
check "a parcel of an order that was cancelled is put to a person" is "$(field_of 1006 reason)" "This order was cancelled at Shopify."

# A part payment at the till, its rest, and a refund of it.
sell hand 30
settle hand
part=$("$tresen" orders --data "$temp/hand" --json --limit 1000 | "$python" -c '
import json, sys
print(next(o["number"] for o in json.load(sys.stdin) if o["payment"] == "partially_paid"))')
order "$part" collect --tender cash
check "the rest of a part payment makes it paid there" is "$(state "next(o['payment'] for o in s['orders'] if o['sourceIdentifier'] == '$part')")" PAID
order "$part" refund --amount 0.50 --reason Druckstelle
check "a refund at the till is there" is "$(state "next(o['refunded'] for o in s['orders'] if o['sourceIdentifier'] == '$part')")" 50
check "all are the same on both sides" same_orders hand

finish
