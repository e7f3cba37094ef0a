# Sourced by medusa.sh: one order's life, at the till and on the real Medusa, and
# what goes wrong in words.
order_of() { # order_of NUMBER FIELD...: as the Orders page of the till has them
  local number=$1; shift
  "$tresen" order "$number" --data "$data" --json | "$python" -c '
import json, sys
order = json.load(sys.stdin)
print(*(order[field] for field in sys.argv[1:]))' "$@"
}
# there NUMBER: payment and total less what was given back, as Medusa has them.
there() {
  medusa_get "/admin/orders?order=-created_at&limit=1000&fields=id,metadata,status,payment_status,total,display_id" | "$python" -c '
import json, sys
for row in json.load(sys.stdin)["orders"]:
    if sys.argv[1] in ((row["metadata"] or {}).get("pos_number"), str(row["display_id"])):
        print(row["payment_status"], row["status"], "%.2f" % row["total"])' "$1"
}
# stocked SKU: what Medusa has to sell.
stocked() {
  medusa_get "/admin/inventory-items?sku=$1&fields=id,*location_levels" | "$python" -c '
import json, sys
level = json.load(sys.stdin)["inventory_items"][0]["location_levels"][0]
print(level["stocked_quantity"] - level["reserved_quantity"])'
}
# asked NUMBER VERB...: does it at the till, then tells the outside.
asked() {
  "$tresen" order "$@" --data "$data" >"$temp/asked.log" 2>&1 || cat "$temp/asked.log"
  sync_once "$(basename "$data")"
}
drive() { timeout 120 "$tresen" drive --headless --data "$data" "$here/medusa/$1.drive" >"$temp/drive.log" 2>&1 || { tail -5 "$temp/drive.log"; return 1; }; }

# --- 60 of 100, the rest, money back, goods back ---
new_till life
printf '[till]\nid = "T2"\nreceipts = "never"\n' >>"$data/tresen.toml"
sync_once life
before=$(stocked KORB)
check "a basket of 100 is left with 60 paid" drive part
sync_once life
part=$("$tresen" orders --data "$data" --json | "$python" -c 'import json, sys; print(json.load(sys.stdin)[0]["number"])')
check "the Orders page says partially paid" is "$(order_of "$part" payment paid)" "partially_paid 60.00"
check "and so does Medusa" is "$(there "$part")" "partially_captured pending 100.00"
asked "$part" collect --tender cash
check "with the rest it is paid" is "$(order_of "$part" payment paid)" "paid 100.00"
check "at Medusa too" is "$(there "$part")" "captured pending 100.00"
check "one is gone from the shelf" is "$(stocked KORB)" "$((before - 1))"
asked "$part" refund --amount 25 --reason Kratzer
check "a part is given back" is "$(order_of "$part" payment)" partially_refunded
check "Medusa knows" is "$(there "$part")" "partially_refunded pending 75.00"
echo 'Tee,Tee,Buch' >"$temp/goods.csv"
"$tresen" replay --data "$data" --no-push --seed 3 "$temp/goods.csv" >"$temp/replay.log"
sync_once life
back=$("$tresen" orders --data "$data" --json --search TEE | "$python" -c 'import json, sys; print(json.load(sys.stdin)[0]["number"])')
before=$(stocked TEE)
asked "$back" refund --line TEE=1 --restock --reason Umtausch
check "one piece comes back" is "$(order_of "$back" payment)" partially_refunded
check "Medusa has received it and given its price back" is "$(there "$back")" "partially_refunded pending 41.98"
check "it is on the shelf at Medusa" is "$(stocked TEE)" "$((before + 1))"
asked "$back" refund --line TEE=1 --restock --reason Umtausch
check "and the other one" is "$(there "$back")" "partially_refunded pending 21.99"
check "on the shelf, too" is "$(stocked TEE)" "$((before + 2))"
asked "$back" archive
check "it is archived at both" is "$(order_of "$back" status) $(there "$back")" "archived partially_refunded archived 21.99"

# --- an order of the web shop ---
medusa_order marlene@example.com TEE 2 >"$temp/online"
sync_once life
online=$("$tresen" orders --data "$data" --json | "$python" -c '
import json, sys
rows = [r for r in json.load(sys.stdin) if r["channel"] == "online"]
print(rows[0]["number"] if len(rows) == 1 else f"{len(rows)} orders")')
check "an order of the web shop arrives once, authorized" is "$(order_of "$online" payment total)" "authorized 44.88"
sync_once life
check "and stays one when it is pulled again" is "$("$tresen" orders --data "$data" --json | grep -c '"online"')" 1
before=$(stocked TEE)
asked "$online" capture --amount 20
check "a part is captured" is "$(order_of "$online" payment) $(there "$online" | cut -d' ' -f1)" "partially_paid partially_captured"
asked "$online" capture
check "then the rest" is "$(order_of "$online" payment) $(there "$online" | cut -d' ' -f1)" "paid captured"
asked "$online" fulfil --carrier DHL --tracking JD01
check "it is sent" is "$(order_of "$online" fulfilment)" fulfilled
asked "$online" refund --line TEE=1 --restock --reason Umtausch
check "one comes back" is "$(order_of "$online" payment) $(there "$online" | cut -d' ' -f1)" "partially_refunded partially_refunded"
check "to the shelf" is "$(stocked TEE)" "$((before + 1))"
asked "$online" archive
check "and it is archived" is "$(order_of "$online" status) $(there "$online" | cut -d' ' -f2)" "archived archived"
sync_once life
check "nothing waits, nothing is refused" is "$("$tresen" outbox --data "$data" --json | "$python" -c '
import json, sys; print([(r["kind"], r["reason"]) for r in json.load(sys.stdin) if r["state"] != "done" and not r["kind"].startswith("mail")])')" "[]"

# --- what goes wrong, in words ---
mkdir -m 700 "$temp/wrong"
echo 'whole milk' >"$temp/one.csv"
"$tresen" replay --data "$temp/wrong" --no-push --seed 3 "$temp/one.csv" >/dev/null
reason() { "$tresen" outbox --data "$temp/wrong" --json | "$python" -c '
import json, sys; print([r["reason"] for r in json.load(sys.stdin) if r["kind"] == "push order"][0])'; }
complains() {
  rm -f "$temp/wrong/tresen.toml" "$temp/wrong/secrets.toml"
  use_medusa wrong "$1" "$2"
  sync_once wrong
  reason | grep -q "$3" || { reason; return 1; }
}
check "a wrong key" complains "$medusa_url" sk_wrong "does not accept the key"
check "nobody there" complains "http://127.0.0.1:1" sk_x "cannot be reached"
"$python" -u -m http.server --bind 127.0.0.1 --directory "$temp" 0 >"$temp/web.log" 2>&1 &
servers+=($!)
until grep -q 'port [0-9]' "$temp/web.log"; do
  kill -0 "${servers[-1]}"
  read -rt 0.1 <> <(:) || :
done
check "something else there" complains "http://127.0.0.1:$(grep -o 'port [0-9]*' "$temp/web.log" | head -1 | cut -d' ' -f2)" sk_x "Medusa\|web page"
check "nothing was lost" is "$("$tresen" orders --data "$temp/wrong" --json | "$python" -c 'import json,sys; print(len(json.load(sys.stdin)))')" 1
