#!/usr/bin/env bash
# A shop's year in minutes, from the float to the Z report each day: summer time, a leap day, and
# clocks that start in 1970.
#   DAYS=366 SEED=7 tests/torture/year.sh
source "$(dirname "$0")/setup.sh"
mkdir "$temp/year"
status=0
"$python" "$here/year.py" "$tresen" "$shim" "$temp/year" "${DAYS:-8}" "$seed" || status=$?
exit "$status"
