#!/usr/bin/env bash
# A shop with everything that stands around a till, and random people in it, while the till is
# killed all the time; after each kill an auditor that shares no code with it looks at every book.
#   KILLS=10000 SEED=7 tests/torture/shop.sh
# TORTURE_TALK=1 tells of every errand; TORTURE_KEEP=1 leaves the folder of a shop with faults.
source "$(dirname "$0")/setup.sh"
kills=${KILLS:-200} shops=0 bad=0
# A shop has a few hundred kills in it, so that its books stay quick to read.
while [ "$kills" -gt 0 ]; do
  some=$((kills < 250 ? kills : 250))
  mkdir "$temp/shop"
  "$python" "$here/shop.py" "$tresen" "$shim" "$temp/shop" "$some" "$((seed + shops))" || {
    bad=$((bad + 1))
    [ -z "${TORTURE_KEEP:-}" ] || mv "$temp/shop" "$(mktemp -d)"
  }
  rm -rf "$temp/shop"
  kills=$((kills - some))
  shops=$((shops + 1))
done
echo "shop: $((shops - bad)) passed, $bad failed"
exit "$((bad > 0))"
