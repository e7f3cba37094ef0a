# Sourced by suites after setup.sh: the stub of Shopify's Admin API.
#   shopify_schema VERSION   prints the file of the published schema; nothing where there is none
#   shopify_up NAME          a shop of its own; its address is in $shop
#   use_shop NAME            the till's platform
#   sell NAME COUNT          baskets with both rates, weighed goods, discounts and tenders
#   orders_in NAME STATE     how many pushes of the till's outbox are in this state
#   same_orders NAME         the till's orders are the shop's: each once, same total, same words
shopify_source=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# The stub runs in a folder of the suite's own, so that nobody changes it below a running one.
shopify_install() {
  [ ! -e "$temp/shopify/node_modules" ] || return 0
  npm_modules "$shopify_source" || return
  mkdir -p "$temp/shopify"
  cp "$shopify_source"/*.mjs "$shopify_source"/package.json "$temp/shopify/"
  ln -s "$modules" "$temp/shopify/node_modules"
}

fetch_schemas() {
  npm pack @shopify/dev-mcp@1.16.0 &&
    tar -xzf shopify-dev-mcp-1.16.0.tgz --strip-components=3 --wildcards 'package/dist/data/admin_2026-*.json.gz'
}

shopify_schema() {
  local shared=$here/../../../shared/data/shopify-admin-schema.$1.json.gz kept=$cache/shopify-schemas-1.16.0/admin_$1.json.gz
  if [ -e "$shared" ]; then echo "$shared"; return; fi
  fetched shopify-schemas-1.16.0 fetch_schemas || return
  [ ! -e "$kept" ] || echo "$kept"
}

shopify_up() {
  local schema
  shopify_install || return
  schema=$(shopify_schema 2026-07) || return
  node "$temp/shopify/stub.mjs" "$schema" "$temp/$1.port" >"$temp/$1.stub" 2>&1 &
  servers+=($!)
  wait_for "$temp/$1.port" $! || return
  shop=http://127.0.0.1:$(cat "$temp/$1.port")
}

shopify_tell() { curl -sf "$shop/$1" -d "$2" >"$temp/told"; }

use_shop() {
  cat >>"$temp/$1/tresen.toml" <<TOML
[upstream]
kind = "shopify"
address = "$shop"
TOML
  printf '[upstream]\nkey = "shpat_stub"\n' >>"$temp/$1/secrets.toml"
  chmod 600 "$temp/$1/secrets.toml"
}

sell() {
  local source=$here/../../../shared/data/grocery-baskets.csv
  [ -e "$source" ] || source=$here/../data/baskets.csv
  touch "$temp/$1.csv"
  while [ "$(wc -l <"$temp/$1.csv")" -lt "$2" ]; do cat "$source" >>"$temp/$1.csv"; done
  "$tresen" replay --data "$temp/$1" --no-push --limit "$2" --seed 7 "$temp/$1.csv" >/dev/null
}

orders_in() {
  "$tresen" outbox --data "$temp/$1" --json --limit 1000000 | "$python" -c '
import json, sys
print(sum(row["state"] == sys.argv[1] for row in json.load(sys.stdin) if not row["kind"].startswith("mail")))' "$2"
}

same_orders() {
  "$tresen" orders --data "$temp/$1" --json --limit 1000000 >"$temp/$1.orders"
  curl -sf "$shop/state" >"$temp/$1.state"
  "$python" - "$temp/$1.orders" "$temp/$1.state" <<'PY'
import json, sys
ours = {o["number"]: o for o in json.load(open(sys.argv[1])) if o["channel"] == "till"}
theirs = {}
wrong = 0
for order in json.load(open(sys.argv[2]))["orders"]:
    if order["sourceIdentifier"] is None: continue
    if order["sourceIdentifier"] in theirs: print("doubled:", order["sourceIdentifier"]); wrong += 1
    theirs[order["sourceIdentifier"]] = order
for number in sorted(ours.keys() ^ theirs.keys()): print("only on one side:", number); wrong += 1
for number in ours.keys() & theirs.keys():
    mine, there = ours[number], theirs[number]
    total = round(float(mine["total"]) * 100)
    paid = round(float(mine["paid"]) * 100)
    if (total, paid, mine["payment"]) != (there["total"], there["received"] - there["refunded"], there["payment"].lower()):
        print("differs:", number, (total, paid, mine["payment"]), (there["total"], there["received"], there["payment"])); wrong += 1
sys.exit(min(wrong, 1))
PY
}
