# Sourced by online-orders.sh: the folder upstream, where the till is the master.
# folder_till NAME RULES: a till with a folder upstream and the mail server.
folder_till() {
  local data=$temp/$1
  mkdir -m 700 "$data"
  mkdir -p "$data/upstream/inbox"
  cat >"$data/tresen.toml" <<TOML
[mail]
kind = "smtp"
host = "127.0.0.1"
port = $mail_port
security = "none"
[mails]
to = "laden@example.de"
[rules]
$2
TOML
}

# place TILL NUMBER EMAIL: an order with an authorised payment comes in.
place() {
  cat >"$temp/$1/upstream/inbox/.new" <<JSON
{"format": "tresen-order/1", "number": "$2", "channel": "online",
 "placed": "$(date -u +%Y-%m-%dT%H:%M:%SZ)", "currency": "EUR",
 "customer": {"name": "Henrike Vogt", "email": "$3", "language": "de"},
 "payment_status": "authorized", "fulfilment_status": "unfulfilled",
 "lines": [{"title": "Olivenöl nativ extra 0,5 l", "unit_price": "12.90", "quantity": "2", "tax_rate": "7"}],
 "extras": [{"title": "Versand, Paket", "amount": "4.90", "tax_rate": "19"}],
 "payments": [{"kind": "authorization", "tender": "card", "reference": "Visa •••• 4242", "amount": "30.70"}]}
JSON
  mv "$temp/$1/upstream/inbox/.new" "$temp/$1/upstream/inbox/order.json"
}

drive() { (cd "$temp/$1" && "$tresen" drive "$here/online-orders/$2.drive" --data "$temp/$1" --size 1280x800); }

# told TILL NUMBER: the last file in the folder says the same to the other side.
told() {
  "$python" - "$temp/$1/upstream/outbox" "$2" <<'PY'
import json, pathlib, sys
versions = [json.loads(file.read_text(encoding="utf-8"))
            for file in pathlib.Path(sys.argv[1]).glob("*.json")]
versions = [order for order in versions if order["number"] == sys.argv[2]]
if not versions: sys.exit("  no file was written")
last = max(versions, key=lambda order: order["version"])
got = (last["order_status"], last["payment_status"], last["fulfilment_status"])
if got != ("archived", "paid", "fulfilled"): sys.exit(f"  it says {got}")
PY
}

folder_till hand 'capture = "by_hand"'
place hand "#5001" "vogt@example.de"
check "by hand: captured, fulfilled and archived with one tap each" drive hand by-hand
check "by hand: the till says archived, paid, fulfilled" stands hand "#5001"
"$tresen" sync --once --data "$temp/hand" >/dev/null || :
check "by hand: the folder is told the same" told hand "#5001"
check "by hand: the shop gets one mail" once laden@example.de "Neue Bestellung #5001"
check "by hand: the customer gets one confirmation" once vogt@example.de "Bestellung #5001 bei"
check "by hand: and one mail that it is on its way" once vogt@example.de "#5001 ist unterwegs"

check "the rules are tried and the folder is connected on the screens" drive hand set-up

folder_till rules 'capture = "at_order"
fulfil = "everything"
archive = "on"'
place rules "#5002" "petersen@example.de"
check "by rules: a person only looks" drive rules by-rules
check "by rules: the till says archived, paid, fulfilled" stands rules "#5002"
"$tresen" sync --once --data "$temp/rules" >/dev/null || :
check "by rules: the folder is told the same" told rules "#5002"
check "by rules: the shop gets one mail" once laden@example.de "Neue Bestellung #5002"
check "by rules: the customer gets one confirmation" once petersen@example.de "Bestellung #5002 bei"
