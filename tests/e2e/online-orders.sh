#!/usr/bin/env bash
# Online orders from placed to archived, by hand and by rules alone, and who is
# told of them: with the folder upstream, a real Medusa and the stub of Shopify's
# API, and a real mail server.
#   ONLY=folder    one of folder, medusa, shopify
source "$(dirname "$0")/setup.sh"

mail_server_starts() {
  rm -f "$temp/server/port"
  "$python" -W ignore "$here/mail_server.py" "$temp/server" --port "${mail_port:-0}" 2>>"$temp/server.log" &
  mail_pid=$!
  servers+=("$mail_pid")
  wait_for "$temp/server/port" "$mail_pid"
  mail_port=$(cat "$temp/server/port")
}
mail_server_stops() {
  kill "$mail_pid"
  wait "$mail_pid" 2>/dev/null || :
}
mail_server_starts

# stands TILL NUMBER: the till's own list says archived, paid, fulfilled.
stands() {
  "$tresen" orders --data "$temp/$1" --json | "$python" -c '
import json, sys
row = next(row for row in json.load(sys.stdin) if row["number"] == sys.argv[1])
got = (row["status"], row["payment"], row["fulfilment"])
if got != ("archived", "paid", "fulfilled"): sys.exit(f"  it is {got}")' "$2"
}

# mails_to ADDRESS TEXT [ids]: how many mails to this address have TEXT in their
# subject; with ids: how many different ones, by their Message-ID.
mails_to() {
  "$python" - "$temp/server/mails" "$1" "$2" "${3:-}" <<'PY'
import email, email.policy, pathlib, sys
found = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
         for file in pathlib.Path(sys.argv[1]).glob("*.eml")]
found = [mail for mail in found if sys.argv[2] in mail["To"] and sys.argv[3] in mail["Subject"]]
print(len({mail["Message-ID"] for mail in found} if sys.argv[4] else found))
PY
}
told_once() { local count; count=$(mails_to "$1" "$2" ids); [ "$count" = 1 ] || { echo "  $count mails"; return 1; }; }
once() { local count; count=$(mails_to "$1" "$2"); [ "$count" = 1 ] || { echo "  $count mails"; return 1; }; }

if [ "${ONLY:-folder}" = folder ]; then source "$here/online-orders/folder.sh"; fi
source "$here/online-orders/platforms.sh"
if [ "${ONLY:-shopify}" = shopify ]; then source "$here/online-orders/shopify.sh"; fi
if [ "${ONLY:-medusa}" = medusa ]; then source "$here/online-orders/medusa.sh"; fi

finish
