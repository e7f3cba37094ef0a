# Sourced by online-orders.sh: the same on a real Medusa.
source "$here/medusa/up.sh"
medusa_up || { bad "the platform starts"; finish; }

place_at_medusa() { medusa_order "$1" TEE 2 >>"$temp/medusa.orders"; }
touch_at_medusa() {
  medusa_post "/admin/orders/$(tail -1 "$temp/medusa.orders")" '{"metadata": {"note": "leave it at the door"}}' \
    >"$temp/touched"
}
medusa_says() {
  medusa_get "/admin/orders?email=$1&fields=id,email,status,payment_status,fulfillment_status" >"$temp/medusa.says"
  "$python" - "$temp/medusa.says" "$1" <<'PY'
import json, sys
rows = [row for row in json.load(open(sys.argv[1]))["orders"] if row["email"] == sys.argv[2]]
got = [(row["status"], row["payment_status"], row["fulfillment_status"]) for row in rows]
# With a tracking number Medusa says that it was not only fulfilled but shipped.
got = [(status, paid, "fulfilled" if goods == "shipped" else goods) for status, paid, goods in got]
if got != [("archived", "captured", "fulfilled")]: sys.exit(f"  it says {got}")
PY
}
place=place_at_medusa replay=touch_at_medusa says_so=medusa_says

platform_till medusa-hand 'capture = "by_hand"'
use_medusa medusa-hand
settle medusa-hand
by_hand medusa-hand "Medusa, by hand" brandt@example.de

platform_till medusa-rules 'capture = "at_order"
fulfil = "everything"
archive = "on"'
use_medusa medusa-rules
settle medusa-rules
by_rules medusa-rules "Medusa, by rules" petersen@example.com
