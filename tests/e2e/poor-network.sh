#!/usr/bin/env bash
# A till and a shop in a network of their own, by Linux's own means: it loses
# packets, is slow, is gone while the till is at it, and comes back. (netem, which
# could do all of it, is not in every kernel.)
#   ORDERS=120
source "$(dirname "$0")/setup.sh"
source "$here/shopify/up.sh"
orders=${ORDERS:-120}

shopify_install || exit
shopify_schema 2026-07 >/dev/null || exit
# Who is not root is one inside.
own=(unshare --net)
[ "$(id -u)" -eq 0 ] || own+=(--map-root-user)
if [ -z "${OWN_NETWORK:-}" ]; then
  "${own[@]}" true || { echo "poor-network: this machine permits no network of its own" >&2; exit 2; }
  OWN_NETWORK=yes "${own[@]}" "$0"
  exit
fi

lost=0
# network LOSS [RATE]: so many packets of a hundred are lost, each way.
network() {
  local more which="numgen random mod 100 < $1"
  [ "$1" -lt 100 ] || which=
  more=$(nft list ruleset | sed -n 's/.*counter packets \([0-9]*\).*/\1/p')
  lost=$((lost + ${more:-0}))
  nft -f - <<NFT
table inet poor
delete table inet poor
table inet poor {
  chain arriving {
    type filter hook input priority 0;
    meta l4proto tcp $which counter drop
  }
}
NFT
  [ -z "${2:-}" ] || tc qdisc replace dev lo root tbf rate "$2" burst 16kb latency 200ms
}

ip link set lo mtu 1500 up
shopify_up shop
shopify_tell control '{"bucket": {"maximum": 20000, "available": 20000, "restore": 20000}}'
mkdir -m 700 "$temp/till"
use_shop till
printf '[mail]\nkind = "none"\n' >>"$temp/till/tresen.toml"
sell till "$orders"

# round SECONDS: one sync, killed after so long.
killed=0
round() {
  local status=0
  timeout -s KILL "$1" "$tresen" sync --once --data "$temp/till" >"$temp/till.sync" 2>&1 || status=$?
  [ "$status" -ne 137 ] || killed=$((killed + 1))
} 2>/dev/null

network 10 1mbit
RANDOM=7
begun=$SECONDS
rounds=0
while [ "$(orders_in till waiting)" -gt $((orders / 2)) ] && [ "$rounds" -lt 100 ]; do
  rounds=$((rounds + 1))
  round $((RANDOM % 2 + 1)).$((RANDOM % 10))
done
echo "poor-network: half of $orders orders in $((SECONDS - begun)) s and $rounds rounds, killed $killed times"
check "orders get through a poor network" test "$rounds" -lt 100

# Gone while the till is at it: it notices by itself, and says so.
before=$(orders_in till waiting)
"$tresen" sync --once --data "$temp/till" >"$temp/till.sync" 2>&1 &
till=$!
until [ "$(orders_in till waiting)" -lt "$before" ]; do kill -0 "$till" 2>/dev/null || break; done
network 100
begun=$SECONDS
status=0
wait "$till" || status=$?
echo "poor-network: the till gave up $((SECONDS - begun)) s after the network was gone: $(tail -2 "$temp/till.sync" | head -1)"
check "without a network the till gives up by itself" test "$status" -ne 0 -a "$status" -lt 128
check "and says so" grep -q "The platform did not answer in time." "$temp/till.sync"
check "no order is refused for that" is "$(orders_in till refused)" 0

network 10 1mbit
for rounds in $(seq 100); do
  [ "$(orders_in till waiting)" -gt 0 ] || break
  round 60
done
network 0
check "when it is back all are told" is "$(orders_in till waiting)$(orders_in till refused)" 00
check "each is there once, with its total and payment state" same_orders till
check "packets were lost and tills were killed" test "$lost" -gt 0 -a "$killed" -gt 0
echo "poor-network: $lost packets were lost"
finish
