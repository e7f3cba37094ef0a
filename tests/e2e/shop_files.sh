#!/usr/bin/env bash
# Products as shops export them, a morning of baskets, and all of it upstream.
source "$(dirname "$0")/setup.sh"

# trade WHAT BASKETS LIMIT PRODUCTS...: imports, sells, and looks at what has arrived.
trade() {
  local what=$1 baskets=$2 limit=$3 data=$temp/$1; shift 3
  mkdir -m 700 "$data"
  local file
  for file in "$@"; do
    check "$what: $(basename "$file") is imported" run "$what" import --skip-bad "$file"
  done
  check "$what: there are products" test "$(run_json "$what" products --limit 100000 | count)" -gt 0
  check "$what: the baskets are sold and pushed" run "$what" replay --limit "$limit" "$baskets"
  local orders
  orders=$(run_json "$what" orders --limit 100000 | count)
  check "$what: each basket is an order ($orders)" test "$orders" -gt 0
  check "$what: each order is a file upstream" is "$(find "$data/upstream/outbox" -name '*.v1.json' | wc -l)" "$orders"
  check "$what: nothing waits" is "$(run_json "$what" outbox --limit 100000 | waiting_orders)" 0
  check "$what: the journal is whole" run "$what" journal verify
}
run() { local data=$temp/$1; shift; "$tresen" "$@" --data "$data" >"$data.log" 2>&1 || { cat "$data.log"; return 1; }; }
run_json() { local data=$temp/$1; shift; "$tresen" "$@" --json --data "$data"; }
count() { "$python" -c 'import json, sys; print(len(json.load(sys.stdin)))'; }
waiting_orders() {
  "$python" -c '
import json, sys
print(sum(row["kind"] != "mail receipt" and row["state"] != "done" for row in json.load(sys.stdin)))'
}

source_root=$(cd "$here/../.." && pwd)
trade own "$source_root/tests/data/baskets.csv" 0 "$source_root"/tests/data/products-*.csv
# The files of real shops are not part of the project; where they are, they are tried as well.
shared=$source_root/../shared/data
if [ -d "$shared/shopify-products" ]; then
  trade shared "$shared/grocery-baskets.csv" 2000 "$shared"/shopify-products/*.csv
else
  echo "only our own files: there is no $(basename "$(dirname "$shared")")/data beside the project"
fi
finish
