# Sourced by online-orders.sh: the same with the stub of Shopify's Admin API.
source "$here/shopify/up.sh"
shopify_up shop || { bad "the platform starts"; finish; }

place_at_shop() { shopify_tell place "{\"payment\": \"authorized\", \"delivery\": \"shipping\", \"email\": \"$1\"}"; }
touch_at_shop() { shopify_tell change "{\"touch\": true, \"order\": \"#1001\"}"; }
shop_says() {
  curl -sf "$shop/state" >"$temp/shop.says"
  "$python" - "$temp/shop.says" "$1" <<'PY'
import json, sys
orders = json.load(open(sys.argv[1]))["orders"]
got = [(order["payment"], order["fulfilment"], order["closed"]) for order in orders if order["email"] == sys.argv[2]]
if got != [("PAID", "FULFILLED", True)]: sys.exit(f"  it says {got}")
PY
}
place=place_at_shop replay=touch_at_shop says_so=shop_says

platform_till shop-hand 'capture = "by_hand"'
use_shop shop-hand
settle shop-hand
by_hand shop-hand "Shopify, by hand" lorenz@example.de

platform_till shop-rules 'capture = "at_order"
fulfil = "everything"
archive = "on"'
use_shop shop-rules
settle shop-rules
by_rules shop-rules "Shopify, by rules" hansen@example.de
