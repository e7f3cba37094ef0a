#!/usr/bin/env bash
# A person at work on the pages of Shopify's stub and a till at work on the same orders, by
# turns with and without a network. At every pull with nothing on its way both accounts
# agree field by field, or the order needs attention.
#   ORDERS=18 ROUNDS=8 SEED=1   for each way in which Shopify's documents can be read;
#   the long run: ORDERS=350 ROUNDS=60 tests/e2e/run.sh platform-people-shopify
source "$(dirname "$0")/setup.sh"
source "$here/shopify/up.sh"

# people NAME READINGS: a shop and a till of their own.
people() {
  shopify_up "$1" || { bad "$1: the stub starts"; return; }
  mkdir -m 700 "$temp/$1"
  use_shop "$1"
  "$tresen" replay --data "$temp/$1" --no-push /dev/null >"$temp/$1.replay"
  shopify_tell control "{\"readings\": $2, \"bucket\": {\"maximum\": 1000000, \"available\": 1000000}}"
  check "$1: both accounts agree at every pull" "$python" "$here/shopify/people.py" "$tresen" "$temp/$1" "$shop" \
    "${ORDERS:-18}" "${ROUNDS:-8}" "${SEED:-1}"
}
people as-documented '{}'
people held-is-transacted '{"authorizedIsTransacted": true}'
people returns-at-once '{"adjustmentsLowerTheTotal": false, "returnsCountAtOnce": true}'
finish
