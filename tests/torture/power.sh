#!/usr/bin/env bash
# The power goes at every call of every command, and what was not synced is missing or torn; the
# disk is full, cannot be read, written or synced. Afterwards the till starts, has what it said,
# and works.
#   CUTS=100000 FAULTS=100000 SEED=7 tests/torture/power.sh
source "$(dirname "$0")/setup.sh"
mkdir "$temp/bench"
status=0
"$python" "$here/power.py" "$tresen" "$shim" "$temp/bench" "${CUTS:-150}" "${FAULTS:-150}" "$seed" || status=$?
exit "$status"
