#!/usr/bin/env bash
# A random person in the admin of a real Medusa and a random till beside it, online
# and offline by turns: at every pull both accounts of every order agree field by
# field, or the order says in words that it is not in step.
#   ORDERS=1000   of them (8 keeps it short)
#   STEPS=30      events an order on average
#   SEED=1        another one is another day
source "$(dirname "$0")/setup.sh"
source "$here/medusa/up.sh"

medusa_up || { bad "Medusa starts"; finish; }
mkdir -m 700 "$temp/people"
use_medusa people
"$tresen" replay --data "$temp/people" --no-push /dev/null >"$temp/replay.log"

# checked SCRIPT ARGUMENT...: its lines "ok: ..." and "FAILED: ..." count as checks here.
checked() {
  local line
  while IFS= read -r line; do
    case $line in
      "ok: "*) ok "${line#ok: }" ;;
      "FAILED: "*) bad "${line#FAILED: }" ;;
      *) echo "$line" ;;
    esac
  done < <(MEDUSA_URL=$medusa_url MEDUSA_SEED=$medusa_seed TRESEN=$tresen TILL=$temp/people \
    PYTHONPATH=$here/platform-people "$python" -u "$here/platform-people/$1.py" "${@:2}" 2>&1 ||
    echo "FAILED: $1 ends well")
}
checked cases
checked days "${ORDERS:-8}" "${STEPS:-30}" "${SEED:-1}"
check "the journal is sound" "$tresen" journal verify --data "$temp/people"
finish
