#!/usr/bin/env bash
# What a newcomer does: pos/run.sh in a clone of the tree, without a display.
source "$(dirname "$0")/setup.sh"
root=$(cd "$here/../.." && pwd)
export CCACHE_DIR=${CCACHE_DIR:-$HOME/.cache/ccache}
export HOME=$temp/home
mkdir "$HOME"
check "pos/run.sh installs, builds and sells" env -u DISPLAY -u WAYLAND_DISPLAY "$root/pos/run.sh" </dev/null

demo=$root/.build/demo
for shot in $(sed -n 's/^shot //p' "$root/pos/drive/demo.drive"); do
  check "the picture $shot is there" test -s "$demo/$shot"
done
# upstream NUMBER: its file holds it, paid.
upstream() {
  "$python" - "$demo/data/upstream/outbox/$1.v1.json" "$1" <<'PY'
import json, sys
order = json.load(open(sys.argv[1], encoding="utf-8"))
assert order["number"] == sys.argv[2], order["number"]
assert order["payment_status"] == "paid", order["payment_status"]
PY
}
for number in T1-000001 T1-000002; do
  check "the order $number is in the folder upstream, paid" upstream "$number"
done
till() { "$root/.build/release/tresen" "$@" --data "$demo/data"; }
check "the journal is whole" till journal verify
check "it answers --version" test "$("$root/.build/release/tresen" --version)"
finish
